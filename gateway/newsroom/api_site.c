/* api_site: how the site is, and its roster. */
#include "gateway/base/fields.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

#include <stdlib.h>

/* The answer being made of two requests: the roster, then the status. */
struct site_answer {
    struct request *request;
    struct document *site; /* NULL until its row came */
    struct document *modems;
    struct document *roster; /* NULL: there is none */
    struct message_refused refused;
    bool failed; /* refused says why */
};

static void fail(struct site_answer *answer, const struct message_refused *refused)
{
    if (!answer->failed)
        answer->refused = *refused;
    answer->failed = true;
}

static void take_roster(void *arg, const struct message *reply, bool last)
{
    struct site_answer *answer = arg;
    struct roster roster;
    (void)last;
    if (reply->type == MESSAGE_REFUSED && reply->as.refused.result != ERR_MISSING)
        fail(answer, &reply->as.refused);
    if (reply->type != MESSAGE_SEALED)
        return;
    const struct message_sealed_bytes *sealed = &reply->as.sealed.sealed;
    if (roster_open(&roster, sealed->bytes, sealed->size, answer->request->site->fingerprint) ==
        ERR_OK)
        answer->roster = shapes_new_roster(&roster, sealed);
}

static void end(struct site_answer *answer)
{
    const struct request_site *site = answer->request->site;
    if (!answer->failed && answer->site == NULL)
        answer->site = document_new_object();
    if (answer->failed) {
        document_free(answer->site);
        document_free(answer->modems);
        document_free(answer->roster);
        response_refused(answer->request, &answer->refused);
        free(answer);
        return;
    }
    document_set_text(answer->site, "sender", site->sender);
    document_set_text(answer->site, "fingerprint", site->fingerprint);
    if (answer->roster != NULL)
        document_set(answer->site, "roster", answer->roster);
    else
        document_set_null(answer->site, "roster");
    document_set(answer->site, "modems", answer->modems);
    response_json(answer->request, 200, answer->site);
    free(answer);
}

static void take_status(void *arg, const struct message *reply, bool last)
{
    struct site_answer *answer = arg;
    if (reply->type == MESSAGE_STATUS_SITE && answer->site == NULL)
        answer->site = shapes_new_site(&reply->as.status_site);
    else if (reply->type == MESSAGE_STATUS_MODEM)
        document_append(answer->modems, shapes_new_modem(&reply->as.status_modem));
    else if (reply->type == MESSAGE_REFUSED)
        fail(answer, &reply->as.refused);
    if (last)
        end(answer);
}

void api_site_get(struct request *request)
{
    struct site_answer *answer = calloc(1, sizeof *answer);
    if (answer == NULL)
        log_fatal("no_memory site");
    answer->request = request;
    answer->modems = document_new_list();
    const struct message roster = {.type = MESSAGE_ROSTER_GET, .fd = -1};
    const struct message status = {.type = MESSAGE_STATUS_GET, .fd = -1};
    backend_ask(request->backend, &roster, take_roster, answer);
    backend_ask(request->backend, &status, take_status, answer);
}

static struct document *new_number(const struct message *reply)
{
    struct document *object = document_new_object();
    document_set_number(object, "number", (int64_t)reply->as.ok.value);
    return object;
}

void api_site_put_roster(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_ROSTER_PUT, .fd = -1};
    struct message_sealed_bytes *sealed = &message.as.sealed.sealed;
    if (!ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    ask_get_sealed(&in, sealed, "make it again: dabylctl roster make");
    if (ask_end_fields(&in, body, request))
        ask_one(request, &message, new_number);
}
