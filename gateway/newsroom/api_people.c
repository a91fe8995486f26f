/* api_people: how many get texts, and a list of people who agreed to. No number ever comes back. */
#include "gateway/base/fields.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"
#include "modems/people_line.h"

#include <stdlib.h>
#include <string.h>

#define UNDER_WAY_MAX 32 /* requests at a time */
#define REFUSED_SHOWN_MAX 100
#define CSV_MAX 4194304

static struct document *new_count(const struct message *reply)
{
    return reply->type == MESSAGE_COUNT ? shapes_new_count(&reply->as.count) : NULL;
}

void api_people_count(struct request *request)
{
    const struct message message = {.type = MESSAGE_SUBSCRIBER_COUNT, .fd = -1};
    ask_list(request, &message, new_count);
}

static struct document *new_doubt(const struct message *reply)
{
    return reply->type == MESSAGE_DOUBT ? shapes_new_doubt(&reply->as.doubt) : NULL;
}

void api_people_doubts(struct request *request)
{
    const struct message message = {.type = MESSAGE_DOUBT_LIST, .fd = -1};
    ask_list(request, &message, new_doubt);
}

/* A list being put in, some lines at a time. */
struct import {
    struct request *request;
    char *csv;
    const char *rest; /* of csv: not yet asked for */
    char consent[MESSAGES_DETAIL_SIZE];
    bool testers;
    unsigned under_way;
    int64_t added;
    int64_t changed;
    struct document *refused; /* wrong lines; if there is one, nothing is put in */
    struct message_refused why;
    bool failed; /* the dispatcher refused one: no more are asked for */
};

/* The next line of *rest into line, which is left unterminated by CR and LF. False: none is left. */
static bool take_line(char line[PEOPLE_LINE_MAX], bool *whole, const char **rest)
{
    size_t size = strcspn(*rest, "\n");
    if (**rest == '\0')
        return false;
    *whole = size < PEOPLE_LINE_MAX;
    size_t kept = *whole ? size : 0;
    memcpy(line, *rest, kept);
    line[kept] = '\0';
    *rest += size;
    *rest += **rest == '\n';
    return true;
}

static void refuse_line(struct document *refused, int64_t number, const char *why)
{
    struct document *row = document_new_object();
    document_set_number(row, "line", number);
    document_set_text(row, "why", why);
    document_append(refused, row);
}

static void check_lines(struct import *import)
{
    char line[PEOPLE_LINE_MAX];
    const char *rest = import->csv;
    bool whole;
    for (int64_t number = 1; take_line(line, &whole, &rest); number++) {
        struct message_subscriber_put put;
        const char *why = NULL;
        if (!whole)
            why = "too long";
        else if (!people_line_is_blank(line))
            why = people_line_parse(&put, line);
        if (why != NULL && document_count(import->refused) < REFUSED_SHOWN_MAX)
            refuse_line(import->refused, number, why);
    }
}

static void end(struct import *import)
{
    struct document *object = document_new_object();
    document_set_number(object, "added", import->added);
    document_set_number(object, "changed", import->changed);
    document_set(object, "refused", import->refused);
    if (import->failed && import->added + import->changed == 0) {
        document_free(object);
        response_refused(import->request, &import->why);
    } else {
        if (import->failed)
            document_set_text(object, "stopped", import->why.detail);
        response_json(import->request, 200, object);
    }
    free(import->csv);
    free(import);
}

static void ask_more(struct import *import);

static void take_put(void *arg, const struct message *reply, bool last)
{
    struct import *import = arg;
    (void)last;
    import->under_way--;
    if (reply->type == MESSAGE_REFUSED) {
        import->why = reply->as.refused;
        import->failed = true;
    } else if (reply->as.ok.value == 1) {
        import->added++;
    } else {
        import->changed++;
    }
    ask_more(import);
}

/* Asks for as many lines as may be under way; ends when none is left and all are answered. */
static void ask_more(struct import *import)
{
    char line[PEOPLE_LINE_MAX];
    bool whole;
    while (!import->failed && import->under_way < UNDER_WAY_MAX &&
           take_line(line, &whole, &import->rest)) {
        struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
        struct message_subscriber_put *put = &message.as.subscriber_put;
        if (people_line_is_blank(line) || people_line_parse(put, line) != NULL)
            continue;
        put->tester = import->testers;
        memcpy(put->consent, import->consent, sizeof put->consent);
        import->under_way++;
        backend_ask(import->request->backend, &message, take_put, import);
    }
    if (import->under_way == 0)
        end(import);
}

static void read_import(struct fields *in, struct import *import)
{
    fields_get_text(in, "csv", import->csv, CSV_MAX);
    fields_get_text(in, "consent", import->consent, sizeof import->consent);
    if (fields_has(in, "testers"))
        fields_get_bool(in, "testers", &import->testers);
}

void api_people_import(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct import *import = calloc(1, sizeof *import);
    char *csv = malloc(CSV_MAX);
    if (import == NULL || csv == NULL)
        log_fatal("no_memory import");
    import->request = request;
    import->csv = csv;
    import->rest = csv;
    if (!ask_parse_body(&body, request)) {
        free(csv);
        free(import);
        return;
    }
    fields_init(&in, body, "", why);
    read_import(&in, import);
    if (!ask_end_fields(&in, body, request)) {
        free(csv);
        free(import);
        return;
    }
    import->refused = document_new_list();
    check_lines(import);
    if (document_count(import->refused) > 0)
        end(import);
    else
        ask_more(import);
}
