/* api_drafts: canonical bytes to be signed. The browser makes them and the signatures; here they are only handed on. */
#include "gateway/base/fields.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

static struct document *new_draft(const struct message *reply)
{
    return reply->type == MESSAGE_DRAFT ? shapes_new_draft(&reply->as.draft) : NULL;
}

static struct document *new_number(const struct message *reply)
{
    struct document *object = document_new_object();
    document_set_number(object, "number", (int64_t)reply->as.ok.value);
    return object;
}

/* False: answered. */
static bool find_id(uint64_t *id, struct request *request)
{
    if (request_number(id, request, 0) == ERR_OK)
        return true;
    response_error(request, ERR_MISSING, "a draft is named by its id, a number");
    return false;
}

void api_drafts_list(struct request *request)
{
    const struct message message = {.type = MESSAGE_DRAFT_LIST, .fd = -1};
    ask_list(request, &message, new_draft);
}

void api_drafts_get(struct request *request)
{
    struct message message = {.type = MESSAGE_DRAFT_GET, .fd = -1};
    if (find_id(&message.as.id.id, request))
        ask_one(request, &message, new_draft);
}

static void read_body(struct fields *in, struct message_sealed_bytes *body)
{
    size_t size;
    fields_get_bytes(in, "body", body->bytes, &size, sizeof body->bytes);
    body->size = (uint16_t)size;
}

void api_drafts_add(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_DRAFT_NEW, .fd = -1};
    if (!ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    read_body(&in, &message.as.draft_new.body);
    if (ask_end_fields(&in, body, request))
        ask_one_status(request, &message, 201, new_draft);
}

void api_drafts_approve(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_DRAFT_APPROVE, .fd = -1};
    struct message_draft_approve *approve = &message.as.draft_approve;
    if (!find_id(&approve->id, request) || !ask_parse_body(&body, request))
        return;
    approve->editor = (uint8_t)request->editor;
    fields_init(&in, body, "", why);
    read_body(&in, &approve->body);
    fields_get_exact(&in, "signature", approve->signature, sizeof approve->signature);
    if (ask_end_fields(&in, body, request))
        ask_one(request, &message, new_draft);
}

void api_drafts_send(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_DRAFT_SEND, .fd = -1};
    if (!find_id(&message.as.id.id, request) || !ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    if (ask_end_fields(&in, body, request))
        ask_one(request, &message, new_number);
}

void api_drafts_drop(struct request *request)
{
    struct message message = {.type = MESSAGE_DRAFT_DROP, .fd = -1};
    if (find_id(&message.as.id.id, request))
        ask_one(request, &message, NULL);
}
