#include "gateway/newsroom/shapes.h"

#include "gateway/bulletin/area.h"
#include "gateway/messages/states.h"

#include <stdio.h>
#include <string.h>

#define SIGNAL_UNKNOWN 255
#define ADDRESS_SIZE 48
#define HASH_LETTERS (2 * MESSAGES_HASH_SIZE)

static const char *const scripts[MESSAGES_SCRIPTS] = {"cyrillic", "latin"};

static const char *language_of(uint8_t language)
{
    return bulletin_print_language((enum bulletin_language)language);
}

/* A number, or null where it stands for none. */
static void set_known(struct document *object, const char *key, int64_t value, bool known)
{
    if (known)
        document_set_number(object, key, value);
    else
        document_set_null(object, key);
}

/* One row of a table of counts: the member's name and where its uint32_t stands. */
struct figure {
    const char *key;
    size_t offset;
};

static void set_figures(
    struct document *object, const struct figure *figures, size_t count, const void *from)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t value;
        memcpy(&value, (const char *)from + figures[i].offset, sizeof value);
        document_set_number(object, figures[i].key, value);
    }
}

struct document *shapes_new_regions(uint32_t regions)
{
    struct document *list = document_new_list();
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((regions & 1u << bit) != 0)
            document_append_text(list, area_find_bit(bit)->code);
    return list;
}

enum err shapes_read_regions(uint32_t *regions, const struct document *list)
{
    *regions = 0;
    if (!document_is_list(list) || document_count(list) == 0)
        return ERR_FORMAT;
    for (size_t i = 0; i < document_count(list); i++) {
        const char *code = document_text(document_at(list, i));
        const struct area *area = code != NULL ? area_find_code(code) : NULL;
        if (area == NULL)
            return ERR_VALUE;
        *regions |= 1u << area->bit;
    }
    return ERR_OK;
}

/* null: there is no transmitter. */
static void set_on_air(struct document *site, const struct message_on_air *on_air)
{
    if (on_air->state == MESSAGE_ON_AIR_NONE) {
        document_set_null(site, "on_air");
        return;
    }
    struct document *object = document_new_object();
    document_set_text(object, "state", states_print_on_air(on_air->state));
    document_set_number(object, "since_s", on_air->since_s);
    set_known(object, "number", on_air->number, on_air->number != 0);
    set_known(object, "hz", on_air->hz, on_air->hz != 0);
    set_known(object, "next_s", on_air->next_s, on_air->next_s != 0);
    set_known(object, "next_hz", on_air->next_hz, on_air->next_hz != 0);
    if (on_air->result != ERR_OK)
        document_set_text(object, "failed", err_name((enum err)on_air->result));
    else
        document_set_null(object, "failed");
    document_set(site, "on_air", object);
}

struct document *shapes_new_site(const struct message_status_site *site)
{
    struct document *object = document_new_object();
    struct document *degraded = document_new_list();
    document_set_number(object, "now_s", site->now_s);
    document_set_number(object, "started_s", site->started_s);
    document_set_number(object, "subscribers", site->subscribers);
    document_set_number(object, "testers", site->testers);
    document_set_number(object, "answers_waiting", site->answers_waiting);
    document_set_number(object, "inbound", site->inbound);
    document_set_bool(object, "radio", site->radio != 0);
    set_on_air(object, &site->on_air);
    set_known(object, "minutes", site->minutes, site->minutes != MESSAGES_MINUTES_NEVER);
    if (site->roster_number == 0)
        document_append_text(degraded, "no_roster");
    if (site->minutes == MESSAGES_MINUTES_NEVER)
        document_append_text(degraded, "no_modem");
    if (site->room == 1)
        document_append_text(degraded, "disk_low");
    if (site->room > 1)
        document_append_text(degraded, "disk_full");
    if (states_is_in_doubt(&site->on_air, site->now_s))
        document_append_text(degraded, "transmitter_doubt");
    if (site->on_air.result != ERR_OK)
        document_append_text(degraded, "transmitter_failed");
    document_set(object, "degraded", degraded);
    return object;
}

struct document *shapes_new_modem(const struct message_status_modem *modem)
{
    struct document *object = document_new_object();
    bool closed = modem->breaker == MESSAGE_BREAKER_CLOSED;
    document_set_text(object, "name", modem->name);
    document_set_text(object, "state", messages_condition((enum message_condition)modem->state));
    set_known(object, "signal", modem->signal, modem->signal != SIGNAL_UNKNOWN);
    document_set_text(object, "operator", modem->operator_name);
    set_known(object, "credit", modem->credit, modem->credit >= 0);
    document_set_number(object, "pace", modem->pace);
    set_known(object, "part_ms", modem->part_ms, modem->part_ms != 0);
    document_set_number(object, "rate", modem->rate);
    document_set_text(object, "hold", states_print_hold(modem->hold));
    document_set_text(object, "breaker", states_print_breaker(modem->breaker));
    if (closed)
        document_set_null(object, "cause");
    else
        document_set_text(object, "cause", messages_cause((enum message_cause)modem->cause));
    document_set_number(object, "wait_s", modem->wait_s);
    document_set_number(object, "sent", modem->sent);
    document_set_number(object, "failed", modem->failed);
    set_known(object, "left", modem->left, modem->left != MESSAGES_NO_LIMIT);
    document_set_text(object, "detail", modem->detail);
    return object;
}

#define BULLETIN_FIGURE(name)                                                                      \
    {                                                                                              \
#name, offsetof(struct message_status_bulletin, name)                                      \
    }

static const struct figure bulletin_figures[] = {
    BULLETIN_FIGURE(recipients),
    BULLETIN_FIGURE(queued),
    BULLETIN_FIGURE(in_flight),
    BULLETIN_FIGURE(sent),
    BULLETIN_FIGURE(delivered),
    BULLETIN_FIGURE(undeliverable),
    BULLETIN_FIGURE(doubt),
    BULLETIN_FIGURE(unknown),
    BULLETIN_FIGURE(failed),
    BULLETIN_FIGURE(skipped),
    BULLETIN_FIGURE(digest),
    BULLETIN_FIGURE(parts),
    BULLETIN_FIGURE(again),
    BULLETIN_FIGURE(oks),
};

/* How many listeners heard it on the radio at each level. */
static struct document *new_heard(const struct message_status_bulletin *bulletin)
{
    struct document *list = document_new_list();
    for (unsigned level = 0; level < MESSAGES_HEARD; level++)
        document_append_number(list, bulletin->heard[level]);
    return list;
}

struct document *shapes_new_bulletin(const struct message_status_bulletin *bulletin)
{
    struct document *object = document_new_object();
    document_set_number(object, "number", bulletin->number);
    document_set_text(object, "kind", bulletin_print_kind((enum bulletin_kind)bulletin->kind));
    document_set_text(object, "state", states_print_bulletin(bulletin->state));
    document_set_number(object, "sent_s", bulletin->sent_s);
    document_set_number(object, "expires_s", bulletin->expires_s);
    document_set_text(object, "check_code", bulletin->code);
    document_set_text(
        object, "severity", bulletin_print_severity((enum bulletin_severity)bulletin->severity));
    document_set(object, "regions", shapes_new_regions(bulletin->regions));
    set_known(object, "follows", bulletin->follows, bulletin->follows != 0);
    set_figures(
        object, bulletin_figures, sizeof bulletin_figures / sizeof bulletin_figures[0], bulletin);
    document_set_bool(object, "aired", bulletin->aired != 0);
    set_known(object, "minutes", bulletin->minutes, bulletin->minutes != MESSAGES_MINUTES_NEVER);
    document_set_bool(object, "everyone", bulletin->everyone != 0);
    document_set(object, "heard", new_heard(bulletin));
    return object;
}

struct document *shapes_new_roster(
    const struct roster *roster, const struct message_sealed_bytes *sealed)
{
    struct document *object = document_new_object();
    struct document *editors = document_new_list();
    document_set_number(object, "number", roster->number);
    document_set_number(object, "approvals", roster->approvals);
    document_set_bytes(object, "sealed", sealed->bytes, sealed->size);
    for (unsigned i = 0; i < roster->editor_count; i++) {
        const struct roster_editor *editor = &roster->editors[i];
        struct document *row = document_new_object();
        document_set_number(row, "index", editor->index);
        document_set_text(row, "name", editor->name);
        document_set_bytes(row, "key", editor->public_key, sizeof editor->public_key);
        document_set_number(row, "from_s", editor->from_s);
        document_set_number(row, "until_s", editor->until_s);
        document_set_bool(row, "revoked", editor->revoked);
        document_append(editors, row);
    }
    document_set(object, "editors", editors);
    return object;
}

struct document *shapes_new_draft(const struct message_draft *draft)
{
    struct document *object = document_new_object();
    document_set_number(object, "id", (int64_t)draft->id);
    document_set_text(object, "state", states_print_draft(draft->state));
    document_set_number(object, "created_s", draft->created_s);
    set_known(object, "first_s", draft->first_s, draft->first_s != 0);
    document_set_bytes(object, "sealed", draft->sealed.bytes, draft->sealed.size);
    return object;
}

/* The page's own JSON; what was not put here by it is shown as null. */
static struct document *read_sketch(const char *text)
{
    struct document *document;
    char why[DOCUMENT_WHY_MAX];
    enum err err = document_parse(&document, why, text, strlen(text), SKETCH_TEXT_SIZE);
    return err == ERR_OK ? document : NULL;
}

struct document *shapes_new_sketch(const struct message_sketch *sketch)
{
    struct document *object = document_new_object();
    struct document *text = read_sketch(sketch->text);
    document_set_number(object, "id", (int64_t)sketch->id);
    document_set_number(object, "version", sketch->version);
    document_set_number(object, "author", sketch->author);
    document_set_number(object, "editor", sketch->editor);
    set_known(object, "draft", (int64_t)sketch->draft, sketch->draft != 0);
    document_set_number(object, "at_s", sketch->at_s);
    document_set_bool(object, "closed", sketch->closed != 0);
    if (text != NULL)
        document_set(object, "text", text);
    else
        document_set_null(object, "text");
    return object;
}

struct document *shapes_new_audience(const struct message_audience *audience)
{
    struct document *object = document_new_object();
    struct document *counts = document_new_object();
    for (unsigned language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        struct document *row = document_new_object();
        for (unsigned script = 0; script < MESSAGES_SCRIPTS; script++)
            document_set_number(row, scripts[script], audience->count[language][script]);
        document_set(counts, language_of((uint8_t)language), row);
    }
    document_set_number(object, "people", audience->people);
    document_set(object, "count", counts);
    document_set_number(object, "parts", audience->parts);
    set_known(object, "minutes", audience->minutes, audience->minutes != MESSAGES_MINUTES_NEVER);
    set_known(
        object, "minutes95", audience->minutes95, audience->minutes95 != MESSAGES_MINUTES_NEVER);
    return object;
}

#define OUTCOME_FIGURE(name)                                                                       \
    {                                                                                              \
#name, offsetof(struct message_outcome, name)                                              \
    }

static const struct figure outcome_figures[] = {
    OUTCOME_FIGURE(recipients),
    OUTCOME_FIGURE(queued),
    OUTCOME_FIGURE(sent),
    OUTCOME_FIGURE(delivered),
    OUTCOME_FIGURE(undeliverable),
    OUTCOME_FIGURE(failed),
    OUTCOME_FIGURE(unknown),
    OUTCOME_FIGURE(skipped),
    OUTCOME_FIGURE(parts),
};

static const char *area_code(uint8_t bit)
{
    const struct area *area = area_find_bit(bit);
    return area != NULL ? area->code : "?";
}

struct document *shapes_new_outcome(const struct message_outcome *outcome)
{
    struct document *object = document_new_object();
    if (outcome->what == MESSAGE_OUTCOME_CAUSE) {
        document_set_text(object, "cause", messages_cause((enum message_cause)outcome->cause));
        document_set_number(object, "failed", outcome->failed);
        return object;
    }
    if (outcome->what == MESSAGE_OUTCOME_LANGUAGE) {
        document_set_text(object, "language", language_of(outcome->language));
        document_set_text(object, "script", scripts[outcome->latin != 0]);
    } else {
        document_set_text(object, "region", area_code(outcome->region));
    }
    set_figures(
        object, outcome_figures, sizeof outcome_figures / sizeof outcome_figures[0], outcome);
    return object;
}

struct document *shapes_new_count(const struct message_count *count)
{
    struct document *object = document_new_object();
    document_set_text(object, "region", area_code(count->region));
    document_set_text(object, "language", language_of(count->language));
    document_set_text(object, "script", scripts[count->latin != 0]);
    document_set_number(object, "count", count->count);
    return object;
}

struct document *shapes_new_tip(const struct message_tip *tip)
{
    struct document *object = document_new_object();
    document_set_number(object, "id", (int64_t)tip->id);
    document_set_number(object, "at_s", tip->at_s);
    document_set_text(object, "number", tip->number);
    document_set_text(object, "text", tip->text);
    return object;
}

struct document *shapes_new_rumour(const struct message_rumour *rumour)
{
    struct document *object = document_new_object();
    document_set_number(object, "id", (int64_t)rumour->id);
    document_set_text(object, "status", states_print_rumour(rumour->status));
    document_set_number(object, "editor", rumour->editor);
    set_known(object, "bulletin", rumour->bulletin, rumour->bulletin != 0);
    document_set_number(object, "asked", rumour->asked);
    document_set_number(object, "at_s", rumour->at_s);
    document_set_text(object, "words", rumour->words);
    document_set_text(object, "claim", rumour->claim);
    document_set_text(object, "evidence", rumour->evidence);
    return object;
}

struct document *shapes_new_asked(const struct message_asked *asked)
{
    struct document *object = document_new_object();
    document_set_text(object, "text", asked->text);
    document_set_number(object, "count", asked->count);
    document_set_number(object, "last_s", asked->last_s);
    return object;
}

struct document *shapes_new_audit(const struct message_audit *audit)
{
    struct document *object = document_new_object();
    char hash[HASH_LETTERS + 1] = "";
    for (size_t i = 0; i < MESSAGES_HASH_SIZE; i++)
        (void)snprintf(hash + 2 * i, 3, "%02x", audit->hash[i]);
    document_set_number(object, "id", (int64_t)audit->id);
    document_set_number(object, "at_s", audit->at_s);
    document_set_text(object, "event", audit->event);
    document_set_text(object, "detail", audit->detail);
    document_set_text(object, "hash", hash);
    return object;
}

struct document *shapes_new_airing(const struct message_aired *aired)
{
    struct document *object = document_new_object();
    char address[ADDRESS_SIZE];
    (void)snprintf(address, sizeof address, "/api/radio/%u.wav", (unsigned)aired->number);
    document_set_number(object, "number", aired->number);
    document_set_number(object, "seconds", aired->seconds);
    document_set_number(object, "at_s", aired->at_s);
    document_set_text(object, "wav", address);
    (void)snprintf(address, sizeof address, "/api/radio/%u.png", (unsigned)aired->number);
    document_set_text(object, "picture", address);
    return object;
}

struct document *shapes_new_doubt(const struct message_doubt *doubt)
{
    struct document *object = document_new_object();
    document_set_number(object, "bulletin", doubt->bulletin);
    document_set_text(object, "number", doubt->number);
    document_set_number(object, "part", doubt->part);
    document_set_bool(object, "final", doubt->final != 0);
    document_set_text(object, "modem", doubt->modem);
    return object;
}
