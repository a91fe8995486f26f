#include "gateway/newsroom/metrics.h"

#include "gateway/messages/states.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

static const char *const bulletin_states[MESSAGE_BULLETIN_STATE_COUNT] = {
    [MESSAGE_BULLETIN_SENDING] = "sending",
    [MESSAGE_BULLETIN_DONE] = "done",
    [MESSAGE_BULLETIN_EXPIRED] = "expired",
    [MESSAGE_BULLETIN_RETRACTED] = "retracted",
    [MESSAGE_BULLETIN_HELD] = "held"};

/* One line: the value of one label. name NULL: another label of the metric before. */
#define VALUE(member) offsetof(struct metrics, member)
static const struct row {
    const char *name;
    const char *type;
    const char *help;
    const char *label;
    size_t value;
} rows[] = {
    {"dabyl_recipients", "gauge", "Recipients of bulletins, by what has become of them.",
        "state=\"queued\"", VALUE(queued)},
    {NULL, NULL, NULL, "state=\"in_flight\"", VALUE(in_flight)},
    {NULL, NULL, NULL, "state=\"sent\"", VALUE(sent)},
    {NULL, NULL, NULL, "state=\"failed\"", VALUE(failed)},
    {NULL, NULL, NULL, "state=\"unknown\"", VALUE(unknown)},
    {NULL, NULL, NULL, "state=\"skipped\"", VALUE(skipped)},
    {"dabyl_delivered", "gauge", "Of those sent, how many a phone has reported.", NULL,
        VALUE(delivered)},
    {"dabyl_texts", "gauge", "Texts of bulletins that operators have accepted.", NULL,
        VALUE(texts)},
    {"dabyl_texts_again", "gauge", "Texts that were sent a second time.", NULL, VALUE(again)},
    {"dabyl_sessions", "gauge", "Editors' sessions.", NULL, VALUE(sessions)},
    {"dabyl_watchers", "gauge", "Pages that watch events.", NULL, VALUE(watchers)},
    {"dabyl_connections", "gauge", "Connections to the newsroom.", NULL, VALUE(connections)},
};

struct out {
    char *text;
    size_t used;
};

__attribute__((format(printf, 2, 3))) static void put(struct out *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(out->text + out->used, METRICS_TEXT_SIZE - out->used, format, arguments);
    va_end(arguments);
    if (size > 0 && (size_t)size < METRICS_TEXT_SIZE - out->used)
        out->used += (size_t)size;
}

static void head(struct out *out, const char *name, const char *type, const char *help)
{
    put(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void single(struct out *out, const char *name, const char *help, uint64_t value)
{
    head(out, name, "gauge", help);
    put(out, "%s %llu\n", name, (unsigned long long)value);
}

void metrics_add(struct metrics *metrics, const struct message *row)
{
    const struct message_status_bulletin *bulletin = &row->as.status_bulletin;
    if (row->type == MESSAGE_STATUS_SITE)
        metrics->site = row->as.status_site;
    if (row->type == MESSAGE_STATUS_MODEM && row->as.status_modem.state < MESSAGE_CONDITION_COUNT)
        metrics->modems[row->as.status_modem.state]++;
    if (row->type != MESSAGE_STATUS_BULLETIN || bulletin->state >= MESSAGE_BULLETIN_STATE_COUNT)
        return;
    metrics->bulletins[bulletin->state]++;
    metrics->queued += bulletin->queued;
    metrics->in_flight += bulletin->in_flight;
    metrics->sent += bulletin->sent;
    metrics->delivered += bulletin->delivered;
    metrics->failed += bulletin->failed;
    metrics->unknown += bulletin->unknown;
    metrics->skipped += bulletin->skipped;
    metrics->texts += bulletin->parts;
    metrics->again += bulletin->again;
}

static void print_site(struct out *out, const struct metrics *metrics)
{
    const struct message_status_site *site = &metrics->site;
    single(out, "dabyl_started_seconds", "When the dispatcher was started.",
        (uint64_t)site->started_s);
    single(out, "dabyl_roster_number", "Number of the roster, 0 for none.", site->roster_number);
    single(out, "dabyl_subscribers", "People who get texts.", site->subscribers);
    single(out, "dabyl_testers", "Of them, those who get drills.", site->testers);
    single(out, "dabyl_answers_waiting", "Answers to subscribers not yet sent.",
        site->answers_waiting);
    single(out, "dabyl_texts_received", "Texts from phones since the dispatcher's start.",
        site->inbound);
    single(out, "dabyl_radio", "1 if a radio role is there.", site->radio);
    single(out, "dabyl_disk", "0 enough room, 1 little, 2 none.", site->room);
    head(out, "dabyl_reach_minutes", "gauge", "Minutes to reach all subscribers.");
    if (site->minutes == MESSAGES_MINUTES_NEVER)
        put(out, "dabyl_reach_minutes +Inf\n");
    else
        put(out, "dabyl_reach_minutes %u\n", site->minutes);
}

static void print_transmitter(struct out *out, const struct message_on_air *on_air)
{
    if (on_air->state == MESSAGE_ON_AIR_NONE)
        return;
    head(out, "dabyl_transmitter", "gauge", "1 for the state that the transmitter is in.");
    for (uint8_t i = MESSAGE_ON_AIR_NONE + 1; i < MESSAGE_ON_AIR_COUNT; i++)
        put(out, "dabyl_transmitter{state=\"%s\"} %d\n", states_print_on_air(i),
            on_air->state == i);
    single(out, "dabyl_transmitter_failed", "1 if the last broadcast did not go out whole.",
        on_air->result != ERR_OK);
}

static void print_states(struct out *out, const struct metrics *metrics)
{
    head(out, "dabyl_bulletins", "gauge", "Bulletins by state.");
    for (size_t i = 0; i < MESSAGE_BULLETIN_STATE_COUNT; i++)
        put(out, "dabyl_bulletins{state=\"%s\"} %llu\n", bulletin_states[i],
            (unsigned long long)metrics->bulletins[i]);
    head(out, "dabyl_modems", "gauge", "Modems and binds by state.");
    for (size_t i = 0; i < MESSAGE_CONDITION_COUNT; i++)
        put(out, "dabyl_modems{state=\"%s\"} %llu\n", messages_condition((enum message_condition)i),
            (unsigned long long)metrics->modems[i]);
    head(out, "dabyl_http_requests_total", "counter", "Requests answered, by status.");
    for (unsigned i = 0; i < METRICS_STATUS_MAX; i++)
        if (metrics->answers[i] > 0)
            put(out, "dabyl_http_requests_total{code=\"%u\"} %llu\n", i,
                (unsigned long long)metrics->answers[i]);
}

// NOLINTNEXTLINE(readability-non-const-parameter): it is written through out
size_t metrics_print(char text[METRICS_TEXT_SIZE], const struct metrics *metrics)
{
    struct out out = {text, 0};
    const char *name = NULL;
    print_site(&out, metrics);
    print_transmitter(&out, &metrics->site.on_air);
    print_states(&out, metrics);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        const uint64_t *value = (const void *)((const char *)metrics + row->value);
        if (row->name != NULL) {
            name = row->name;
            head(&out, name, row->type, row->help);
        }
        put(&out, "%s%s%s%s %llu\n", name, row->label != NULL ? "{" : "",
            row->label != NULL ? row->label : "", row->label != NULL ? "}" : "",
            (unsigned long long)*value);
    }
    return out.used;
}
