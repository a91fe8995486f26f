/* api_audit: who did what, and whether the chain of that is whole. */
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

static struct document *new_row(const struct message *reply)
{
    return reply->type == MESSAGE_AUDIT ? shapes_new_audit(&reply->as.audit) : NULL;
}

void api_audit_list(struct request *request)
{
    struct message message = {.type = MESSAGE_AUDIT_LIST, .fd = -1};
    if (request_query_number(&message.as.id.id, request, "after") != ERR_OK)
        response_error(request, ERR_FORMAT, "after: must be the id of the last row seen");
    else
        ask_list(request, &message, new_row);
}

/* A chain that was tampered with is what was asked about, not a failure to answer. */
static void answer_verify(void *arg, const struct message *reply, bool last)
{
    struct request *request = arg;
    bool broken = reply->type == MESSAGE_REFUSED && reply->as.refused.result == ERR_SEAL;
    (void)last;
    if (reply->type == MESSAGE_REFUSED && !broken) {
        response_refused(request, &reply->as.refused);
        return;
    }
    struct document *object = document_new_object();
    document_set_bool(object, "whole", !broken);
    if (broken)
        document_set_text(object, "why", reply->as.refused.detail);
    else
        document_set_number(object, "rows", (int64_t)reply->as.ok.value);
    response_json(request, 200, object);
}

void api_audit_verify(struct request *request)
{
    const struct message message = {.type = MESSAGE_AUDIT_VERIFY, .fd = -1};
    backend_ask(request->backend, &message, answer_verify, request);
}
