#include "gateway/bulletin/cap_export.h"

#include "gateway/base/base64.h"
#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/cap_import.h"
#include "gateway/bulletin/cap_time.h"
#include "gateway/bulletin/phrases.h"
#include "gateway/bulletin/wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NAMES_SIZE 2048
#define IDENTIFIER_SIZE 80

static const char *const languages[BULLETIN_LANGUAGE_COUNT] = {"kk-KZ", "ru-KZ", "en"};

/* What CAP calls each kind. */
static const struct {
    const char *type, *status, *identifier; /* behind the number */
} kinds[BULLETIN_KIND_COUNT] = {
    [BULLETIN_ALERT] = {"Alert", "Actual", ""},
    [BULLETIN_UPDATE] = {"Update", "Actual", ""},
    [BULLETIN_RETRACT] = {"Cancel", "Actual", "-retract"},
    [BULLETIN_ALL_CLEAR] = {"Update", "Actual", ""},
    [BULLETIN_DRILL] = {"Alert", "Exercise", ""},
    [BULLETIN_ROSTER] = {"Alert", "System", ""},
};

/* ---- writing XML ---- */

static void put_raw(struct cap_feed *out, const char *text, size_t size)
{
    if (out->err != ERR_OK || size >= out->size - out->used) {
        out->err = ERR_LONG;
        return;
    }
    memcpy(out->xml + out->used, text, size);
    out->used += size;
    out->xml[out->used] = '\0';
}

__attribute__((format(printf, 2, 3))) static void put(struct cap_feed *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t room = out->size - out->used;
    int used = vsnprintf(out->xml + out->used, room, format, arguments);
    va_end(arguments);
    if (out->err != ERR_OK || used < 0 || (size_t)used >= room)
        out->err = ERR_LONG;
    else
        out->used += (size_t)used;
}

/* XML 1.0, 2.4: what would be markup is written as an entity. */
static void put_escaped(struct cap_feed *out, const char *text)
{
    static const struct {
        char letter;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    while (*text != '\0') {
        size_t plain = strcspn(text, "&<>\"");
        put_raw(out, text, plain);
        text += plain;
        for (size_t i = 0; i < sizeof entities / sizeof entities[0] && *text != '\0'; i++)
            if (entities[i].letter == *text)
                put(out, "%s", entities[i].entity);
        text += *text != '\0';
    }
}

static void put_element(struct cap_feed *out, const char *name, const char *text)
{
    put(out, "<%s>", name);
    put_escaped(out, text);
    put(out, "</%s>\n", name);
}

static void put_pair(struct cap_feed *out, const char *element, const char *name, const char *value)
{
    put(out, "<%s>\n", element);
    put_element(out, "valueName", name);
    put_element(out, "value", value);
    put(out, "</%s>\n", element);
}

/* ---- a message ---- */

static void print_identifier(
    char text[IDENTIFIER_SIZE], const struct cap_export *request, uint32_t number, const char *tail)
{
    (void)snprintf(
        text, IDENTIFIER_SIZE, "%.45s-%u%s", request->fingerprint, (unsigned)number, tail);
}

static void put_references(struct cap_feed *out, const struct cap_export *request)
{
    const struct bulletin *b = request->bulletin;
    char identifier[IDENTIFIER_SIZE], sent[CAP_TIME_SIZE];
    if (b->follows == 0)
        return;
    print_identifier(identifier, request, b->follows, "");
    cap_time_print(sent, b->kind == BULLETIN_RETRACT ? b->sent_s : request->follows_sent_s);
    put(out, "<references>dabyl-%s,%s,%s</references>\n", request->fingerprint, identifier, sent);
}

static void put_head(struct cap_feed *out, const struct cap_export *request)
{
    const struct bulletin *b = request->bulletin;
    char identifier[IDENTIFIER_SIZE], sent[CAP_TIME_SIZE];
    print_identifier(identifier, request, b->number, kinds[b->kind].identifier);
    cap_time_print(sent, b->sent_s);
    put_element(out, "identifier", identifier);
    put(out, "<sender>dabyl-%s</sender>\n", request->fingerprint);
    put_element(out, "sent", sent);
    put_element(out, "status", kinds[b->kind].status);
    put_element(out, "msgType", kinds[b->kind].type);
    put_element(out, "source", request->sender);
    put_element(out, "scope", "Public");
    if (b->kind == BULLETIN_DRILL)
        put_element(out, "note", phrases_get(PHRASE_VOICE_DRILL, BULLETIN_EN));
    put_references(out, request);
}

static void put_codes(
    struct cap_feed *out, const struct bulletin *b, enum bulletin_language language)
{
    const char *word = phrases_event_word(b->event, language);
    bool clear = b->kind == BULLETIN_ALL_CLEAR;
    put_element(out, "language", languages[language]);
    put_element(out, "category", bulletin_print_category(b->category));
    put_element(out, "event", word != NULL ? word : b->text[language].headline);
    if (clear || b->response != BULLETIN_RESPONSE_NONE)
        put_element(out, "responseType",
            bulletin_print_response(clear ? BULLETIN_RESPONSE_ALL_CLEAR : b->response));
    put_element(out, "urgency", bulletin_print_urgency(b->urgency));
    put_element(out, "severity", bulletin_print_severity(b->severity));
    put_element(out, "certainty", bulletin_print_certainty(b->certainty));
    if (phrases_event_name(b->event) != NULL)
        put_pair(out, "eventCode", "dabyl:event", phrases_event_name(b->event));
}

static void put_texts(
    struct cap_feed *out, const struct cap_export *request, enum bulletin_language language)
{
    const struct bulletin_text *text = &request->bulletin->text[language];
    char expires[CAP_TIME_SIZE];
    cap_time_print(expires, bulletin_expires_s(request->bulletin));
    put_element(out, "expires", expires);
    put_element(out, "senderName", request->sender);
    put_element(out, "headline", text->headline);
    if (text->description[0] != '\0')
        put_element(out, "description", text->description);
    if (text->instruction[0] != '\0')
        put_element(out, "instruction", text->instruction);
}

static void put_parameters(struct cap_feed *out, const struct cap_export *request, bool first)
{
    char number[12], sealed[BASE64_LETTERS(WIRE_SEALED_MAX) + 1];
    (void)snprintf(number, sizeof number, "%u", (unsigned)request->bulletin->number);
    put_pair(out, "parameter", "dabyl:number", number);
    put_pair(out, "parameter", "dabyl:check-code", request->code);
    if (!first)
        return;
    base64_print(sealed, request->sealed, request->sealed_size);
    put_pair(out, "parameter", CAP_SEALED_PARAMETER, sealed);
}

static void put_area(
    struct cap_feed *out, const struct bulletin *b, enum bulletin_language language)
{
    char names[NAMES_SIZE];
    area_print_names(names, sizeof names, b->regions, language);
    put(out, "<area>\n");
    put_element(out, "areaDesc", names);
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((b->regions & 1u << bit) != 0)
            put_pair(out, "geocode", "ISO3166-2", area_find_bit(bit)->code);
    put(out, "</area>\n");
}

// NOLINTNEXTLINE(readability-non-const-parameter): it is written to through out
enum err cap_export(char *xml, size_t *used, size_t size, const struct cap_export *request)
{
    const struct bulletin *b = request->bulletin;
    struct cap_feed out = {.xml = xml, .size = size, .err = ERR_OK};
    bool first = true;
    if (b->kind == BULLETIN_ROSTER || request->sealed_size > WIRE_SEALED_MAX)
        return ERR_VALUE;
    if (b->follows != 0 && b->kind != BULLETIN_RETRACT && request->follows_sent_s == 0)
        return ERR_MISSING;
    put(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"%s\">\n", CAP_NAMESPACE);
    put_head(&out, request);
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        enum bulletin_language language = (enum bulletin_language)i;
        if ((b->languages & 1u << i) == 0)
            continue;
        put(&out, "<info>\n");
        put_codes(&out, b, language);
        put_texts(&out, request, language);
        put_parameters(&out, request, first);
        put_area(&out, b, language);
        put(&out, "</info>\n");
        first = false;
    }
    put(&out, "</alert>\n");
    *used = out.used;
    return out.err;
}

/* ---- a feed ---- */

// NOLINTNEXTLINE(readability-non-const-parameter): it is written to through feed
void cap_feed_begin(struct cap_feed *feed, char *xml, size_t size, const struct cap_export *newest,
    const char *origin)
{
    char updated[CLOCK_UTC_SIZE];
    *feed = (struct cap_feed){.xml = xml, .size = size, .err = ERR_OK};
    clock_print_utc(updated, newest->bulletin != NULL ? newest->bulletin->sent_s : 0);
    put(feed, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    put(feed, "<id>urn:dabyl:%s</id>\n", newest->fingerprint);
    put_element(feed, "title", newest->sender);
    put_element(feed, "updated", updated);
    put(feed, "<author>\n");
    put_element(feed, "name", newest->sender);
    put(feed, "</author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"");
    put_escaped(feed, origin);
    put(feed, "/api/feed.atom\"/>\n");
}

void cap_feed_add(struct cap_feed *feed, const struct cap_export *request, const char *origin)
{
    static const enum bulletin_language order[] = {BULLETIN_RU, BULLETIN_KK, BULLETIN_EN};
    const struct bulletin *b = request->bulletin;
    char updated[CLOCK_UTC_SIZE], names[NAMES_SIZE];
    enum bulletin_language language = BULLETIN_EN;
    for (size_t i = sizeof order / sizeof order[0]; i > 0; i--)
        if ((b->languages & 1u << order[i - 1]) != 0)
            language = order[i - 1];
    clock_print_utc(updated, b->sent_s);
    area_print_names(names, sizeof names, b->regions, language);
    put(feed, "<entry>\n<id>urn:dabyl:%s:%u%s</id>\n", request->fingerprint, (unsigned)b->number,
        kinds[b->kind].identifier);
    put_element(feed, "title", b->text[language].headline);
    put_element(feed, "updated", updated);
    put(feed, "<category term=\"%s\"/>\n", bulletin_print_kind(b->kind));
    put(feed, "<link rel=\"alternate\" type=\"application/cap+xml\" href=\"");
    put_escaped(feed, origin);
    put(feed, "/api/bulletins/%u/cap%s\"/>\n", (unsigned)b->number,
        b->kind == BULLETIN_RETRACT ? "?retraction=1" : "");
    put_element(feed, "summary", names);
    put(feed, "</entry>\n");
}

enum err cap_feed_end(struct cap_feed *feed)
{
    put(feed, "</feed>\n");
    return feed->err;
}
