/* api_bulletins: what has gone out, and what became of it. */
#include "gateway/base/fields.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

#include <stdlib.h>

static struct document *new_row(const struct message *reply)
{
    return reply->type == MESSAGE_STATUS_BULLETIN ? shapes_new_bulletin(&reply->as.status_bulletin)
                                                  : NULL;
}

void api_bulletins_list(struct request *request)
{
    const struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    ask_list(request, &message, new_row);
}

static struct document *new_number(const struct message *reply)
{
    struct document *object = document_new_object();
    document_set_number(object, "number", (int64_t)reply->as.ok.value);
    return object;
}

void api_bulletins_submit(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_BULLETIN_SUBMIT, .fd = -1};
    struct message_sealed_bytes *sealed = &message.as.sealed.sealed;
    if (!ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    ask_get_sealed(&in, sealed, "export it again: dabylctl bulletin export");
    if (ask_end_fields(&in, body, request))
        ask_one_status(request, &message, 201, new_number);
}

/* One bulletin in full, made of several answers. */
struct whole {
    struct request *request;
    uint32_t number;
    unsigned waiting;            /* answers that are still to come */
    struct document *bulletin;   /* its counts; NULL until they came */
    struct document *retraction; /* the same of what took it back */
    struct document *sealed;     /* {"sealed"} of each; NULL: there is none */
    struct document *retraction_sealed;
    struct document *languages;
    struct document *regions;
    struct document *failures;
    struct document *air;
    struct message_refused refused;
    bool failed;
};

static void set_or_null(struct document *object, const char *key, struct document *value)
{
    if (value != NULL)
        document_set(object, key, value);
    else
        document_set_null(object, key);
}

static void answer_whole(struct whole *whole)
{
    struct document *object = whole->bulletin != NULL ? whole->bulletin : whole->retraction;
    struct document *second = whole->bulletin != NULL ? whole->retraction : NULL;
    if (whole->bulletin == NULL && whole->sealed == NULL) {
        whole->sealed = whole->retraction_sealed;
        whole->retraction_sealed = NULL;
    }
    if (second != NULL)
        set_or_null(second, "sealed", whole->retraction_sealed);
    else
        document_free(whole->retraction_sealed);
    set_or_null(object, "sealed", whole->sealed);
    set_or_null(object, "retraction", second);
    document_set(object, "languages", whole->languages);
    document_set(object, "regions_reached", whole->regions);
    document_set(object, "failures", whole->failures);
    set_or_null(object, "air", whole->air);
    response_json(whole->request, 200, object);
}

static void refuse_whole(struct whole *whole)
{
    struct document *parts[] = {whole->bulletin, whole->retraction, whole->sealed,
        whole->retraction_sealed, whole->languages, whole->regions, whole->failures, whole->air};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        document_free(parts[i]);
    if (whole->failed)
        response_refused(whole->request, &whole->refused);
    else
        response_error(whole->request, ERR_MISSING, "there is no bulletin of this number");
}

/* Each answer ends here; the last one answers. */
static void end_part(struct whole *whole, const struct message *reply, bool last)
{
    if (!last)
        return;
    if (reply->type == MESSAGE_REFUSED && reply->as.refused.result != ERR_MISSING) {
        whole->refused = reply->as.refused;
        whole->failed = true;
    }
    if (--whole->waiting > 0)
        return;
    if (whole->failed || (whole->bulletin == NULL && whole->retraction == NULL))
        refuse_whole(whole);
    else
        answer_whole(whole);
    free(whole);
}

static void take_status(void *arg, const struct message *reply, bool last)
{
    struct whole *whole = arg;
    if (reply->type == MESSAGE_STATUS_BULLETIN) {
        bool retract = reply->as.status_bulletin.kind == BULLETIN_RETRACT;
        struct document **to = retract ? &whole->retraction : &whole->bulletin;
        document_free(*to);
        *to = shapes_new_bulletin(&reply->as.status_bulletin);
    }
    end_part(whole, reply, last);
}

static struct document *sealed_text(const struct message_sealed_bytes *sealed)
{
    struct document *holder = document_new_object();
    document_set_bytes(holder, "sealed", sealed->bytes, sealed->size);
    struct document *text = document_copy(document_member(holder, "sealed"));
    document_free(holder);
    return text;
}

static void take_sealed(void *arg, const struct message *reply, bool last)
{
    struct whole *whole = arg;
    if (reply->type == MESSAGE_SEALED && whole->sealed == NULL)
        whole->sealed = sealed_text(&reply->as.sealed.sealed);
    end_part(whole, reply, last);
}

static void take_retraction(void *arg, const struct message *reply, bool last)
{
    struct whole *whole = arg;
    if (reply->type == MESSAGE_SEALED && whole->retraction_sealed == NULL)
        whole->retraction_sealed = sealed_text(&reply->as.sealed.sealed);
    end_part(whole, reply, last);
}

static void take_outcome(void *arg, const struct message *reply, bool last)
{
    struct whole *whole = arg;
    struct document *lists[MESSAGE_OUTCOME_ROW_COUNT] = {
        [MESSAGE_OUTCOME_LANGUAGE] = whole->languages,
        [MESSAGE_OUTCOME_REGION] = whole->regions,
        [MESSAGE_OUTCOME_CAUSE] = whole->failures,
    };
    if (reply->type == MESSAGE_OUTCOME && reply->as.outcome.what < MESSAGE_OUTCOME_ROW_COUNT)
        document_append(lists[reply->as.outcome.what], shapes_new_outcome(&reply->as.outcome));
    end_part(whole, reply, last);
}

static void take_air(void *arg, const struct message *reply, bool last)
{
    struct whole *whole = arg;
    const struct message_aired *aired = &reply->as.aired;
    if (reply->type == MESSAGE_AIRED && aired->number == whole->number && aired->result == ERR_OK) {
        document_free(whole->air);
        whole->air = shapes_new_airing(aired);
    }
    end_part(whole, reply, last);
}

void api_bulletins_get(struct request *request)
{
    const struct {
        enum message_type type;
        uint64_t id; /* added to the number */
        backend_handler *take;
    } parts[] = {
        {MESSAGE_STATUS_GET, 0, take_status},
        {MESSAGE_BULLETIN_GET, 0, take_sealed},
        {MESSAGE_BULLETIN_GET, MESSAGES_RETRACTION, take_retraction},
        {MESSAGE_OUTCOME_LIST, 0, take_outcome},
        {MESSAGE_AIR_LIST, 0, take_air},
    };
    uint64_t number = 0;
    if (request_number(&number, request, 0) != ERR_OK || number == 0 ||
        number > BULLETIN_NUMBER_MAX) {
        response_error(request, ERR_MISSING, "a bulletin is named by its number, from 1 on");
        return;
    }
    struct whole *whole = calloc(1, sizeof *whole);
    if (whole == NULL)
        log_fatal("no_memory bulletin");
    whole->request = request;
    whole->number = (uint32_t)number;
    whole->waiting = sizeof parts / sizeof parts[0];
    whole->languages = document_new_list();
    whole->regions = document_new_list();
    whole->failures = document_new_list();
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct message message = {.type = parts[i].type, .fd = -1};
        if (message.type != MESSAGE_AIR_LIST)
            message.as.id.id = number + parts[i].id;
        backend_ask(request->backend, &message, parts[i].take, whole);
    }
}
