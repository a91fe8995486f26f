/* api_desk: what people ask and tell: tips, rumours, what CHECK is asked about. */
#include "gateway/base/fields.h"
#include "gateway/messages/states.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

#define STATUS_SIZE 16

static struct document *new_tip(const struct message *reply)
{
    return reply->type == MESSAGE_TIP ? shapes_new_tip(&reply->as.tip) : NULL;
}

static struct document *new_rumour(const struct message *reply)
{
    return reply->type == MESSAGE_RUMOUR ? shapes_new_rumour(&reply->as.rumour) : NULL;
}

static struct document *new_asked(const struct message *reply)
{
    return reply->type == MESSAGE_ASKED ? shapes_new_asked(&reply->as.asked) : NULL;
}

static struct document *new_id(const struct message *reply)
{
    struct document *object = document_new_object();
    document_set_number(object, "id", (int64_t)reply->as.ok.value);
    return object;
}

void api_desk_tips(struct request *request)
{
    struct message message = {.type = MESSAGE_TIP_LIST, .fd = -1};
    if (request_query_number(&message.as.id.id, request, "after") != ERR_OK)
        response_error(request, ERR_FORMAT, "after: must be the id of the last tip seen");
    else
        ask_list(request, &message, new_tip);
}

void api_desk_rumours(struct request *request)
{
    const struct message message = {.type = MESSAGE_RUMOUR_LIST, .fd = -1};
    ask_list(request, &message, new_rumour);
}

void api_desk_asked(struct request *request)
{
    const struct message message = {.type = MESSAGE_ASKED_LIST, .fd = -1};
    ask_list(request, &message, new_asked);
}

static void read_status(struct fields *in, struct message_rumour *rumour)
{
    char status[STATUS_SIZE];
    int64_t bulletin = 0;
    fields_get_text(in, "status", status, sizeof status);
    if (in->err == ERR_OK && states_parse_rumour(&rumour->status, status) != ERR_OK)
        fields_refuse(in, ERR_VALUE, "status", "must be checking, answered or closed");
    if (fields_has(in, "bulletin"))
        fields_get_number(in, "bulletin", &bulletin, 1, BULLETIN_NUMBER_MAX);
    rumour->bulletin = (uint32_t)bulletin;
    if (in->err == ERR_OK && rumour->status == MESSAGE_RUMOUR_ANSWERED && bulletin == 0)
        fields_refuse(
            in, ERR_MISSING, "bulletin", "only a bulletin answers a rumour: name its number");
}

static void put(struct request *request, uint64_t id)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_RUMOUR_PUT, .fd = -1};
    struct message_rumour *rumour = &message.as.rumour;
    if (!ask_parse_body(&body, request))
        return;
    rumour->id = id;
    rumour->editor = (uint8_t)request->editor;
    fields_init(&in, body, "", why);
    fields_get_text(&in, "words", rumour->words, sizeof rumour->words);
    fields_get_text(&in, "claim", rumour->claim, sizeof rumour->claim);
    if (fields_has(&in, "evidence"))
        fields_get_any_text(&in, "evidence", rumour->evidence, sizeof rumour->evidence);
    if (id != 0 || fields_has(&in, "status"))
        read_status(&in, rumour);
    if (ask_end_fields(&in, body, request))
        ask_one_status(request, &message, id == 0 ? 201 : 200, new_id);
}

void api_desk_add_rumour(struct request *request)
{
    put(request, 0);
}

void api_desk_put_rumour(struct request *request)
{
    uint64_t id = 0;
    if (request_number(&id, request, 0) != ERR_OK || id == 0)
        response_error(request, ERR_MISSING, "a rumour is named by its id, a number from 1 on");
    else
        put(request, id);
}
