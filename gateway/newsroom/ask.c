#include "gateway/newsroom/ask.h"

#include "gateway/base/fields.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/routes.h"

#include <stdio.h>
#include <stdlib.h>

/* What is kept while the dispatcher is asked. */
struct ask {
    struct request *request;
    ask_builder *build;
    unsigned status;
    struct document *list; /* of ask_list */
};

static struct ask *begin(struct request *request, ask_builder *build, unsigned status)
{
    struct ask *ask = malloc(sizeof *ask);
    if (ask == NULL)
        log_fatal("no_memory ask");
    *ask = (struct ask){.request = request, .build = build, .status = status};
    return ask;
}

static void answer_one(void *arg, const struct message *reply, bool last)
{
    struct ask *ask = arg;
    if (!last)
        return;
    if (reply->type == MESSAGE_REFUSED)
        response_refused(ask->request, &reply->as.refused);
    else if (ask->build == NULL)
        response_nothing(ask->request);
    else
        response_json(ask->request, ask->status, ask->build(reply));
    free(ask);
}

void ask_one_status(
    struct request *request, const struct message *message, unsigned status, ask_builder *build)
{
    backend_ask(request->backend, message, answer_one, begin(request, build, status));
}

void ask_one(struct request *request, const struct message *message, ask_builder *build)
{
    ask_one_status(request, message, 200, build);
}

static void answer_list(void *arg, const struct message *reply, bool last)
{
    struct ask *ask = arg;
    struct document *row =
        last || document_count(ask->list) >= ASK_ROWS_MAX ? NULL : ask->build(reply);
    if (row != NULL)
        document_append(ask->list, row);
    if (!last)
        return;
    if (reply->type == MESSAGE_REFUSED) {
        document_free(ask->list);
        response_refused(ask->request, &reply->as.refused);
    } else {
        response_json(ask->request, ask->status, ask->list);
    }
    free(ask);
}

void ask_list(struct request *request, const struct message *message, ask_builder *build)
{
    struct ask *ask = begin(request, build, 200);
    ask->list = document_new_list();
    backend_ask(request->backend, message, answer_list, ask);
}

bool ask_parse_body(struct document **document, struct request *request)
{
    char why[DOCUMENT_WHY_MAX];
    const char *body = request->body_size > 0 ? (const char *)request->body : "";
    enum err err =
        document_parse(document, why, body, request->body_size, request->route->max_body);
    if (err == ERR_OK)
        return true;
    response_error(request, err, why);
    return false;
}

bool ask_end_fields(struct fields *in, struct document *document, struct request *request)
{
    enum err err = fields_end(in);
    document_free(document);
    if (err == ERR_OK)
        return true;
    /* what is missing is missing in the request, not here */
    response_error_status(request, err == ERR_FORMAT ? 400 : 422, err, in->why);
    return false;
}

void ask_get_sealed(struct fields *in, struct message_sealed_bytes *sealed, const char *advice)
{
    struct wire_sealed parts;
    char reason[DOCUMENT_WHY_MAX];
    size_t size;
    fields_get_bytes(in, "sealed", sealed->bytes, &size, sizeof sealed->bytes);
    sealed->size = (uint16_t)size;
    if (in->err != ERR_OK)
        return;
    enum err err = wire_decode_sealed(&parts, sealed->bytes, sealed->size);
    if (err == ERR_OK && parts.size == size)
        return;
    (void)snprintf(reason, sizeof reason, "not the bytes of one (%s); %s",
        err_text(err == ERR_OK ? ERR_FORMAT : err), advice);
    fields_refuse(in, ERR_VALUE, "sealed", reason);
}
