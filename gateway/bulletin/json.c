#include "gateway/bulletin/json.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/phrases.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Says in one line, cut at a whole character, what is wrong; returns err. */
__attribute__((format(printf, 3, 4))) static enum err refuse(
    char why[JSON_WHY_MAX], enum err err, const char *format, ...)
{
    char line[2 * JSON_WHY_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    size_t size = utf8_cut(line, strlen(line), JSON_WHY_MAX - 1);
    for (size_t i = 0; i < size; i++)
        why[i] = (char)((unsigned char)line[i] < ' ' ? ' ' : line[i]);
    why[size] = '\0';
    return err;
}

/* ---- reading ---- */

/* One member of a draft and how its value is read. Each reader says why it refuses. */
typedef enum err read_member(struct bulletin *b, char *why, const char *name, json_t *value);

static enum err refuse_word(char *why, const char *name, json_t *value)
{
    if (!json_is_string(value))
        return refuse(why, ERR_FORMAT, "%s: must be a word in quotes", name);
    return refuse(why, ERR_VALUE, "%s: no such word: \"%s\"", name, json_string_value(value));
}

static enum err read_kind(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known =
        json_is_string(value) && bulletin_parse_kind(&b->kind, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_event(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known =
        json_is_string(value) && phrases_event_parse(&b->event, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_category(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known = json_is_string(value) &&
                 bulletin_parse_category(&b->category, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_severity(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known = json_is_string(value) &&
                 bulletin_parse_severity(&b->severity, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_urgency(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known = json_is_string(value) &&
                 bulletin_parse_urgency(&b->urgency, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_certainty(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known = json_is_string(value) &&
                 bulletin_parse_certainty(&b->certainty, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_response(struct bulletin *b, char *why, const char *name, json_t *value)
{
    bool known = json_is_string(value) &&
                 bulletin_parse_response(&b->response, json_string_value(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_region(struct bulletin *b, char *why, const char *name, json_t *value)
{
    const struct area *area =
        json_is_string(value) ? area_find_code(json_string_value(value)) : NULL;
    if (area == NULL)
        return refuse_word(why, name, value);
    b->regions |= 1u << area->bit;
    return ERR_OK;
}

static enum err read_regions(struct bulletin *b, char *why, const char *name, json_t *value)
{
    if (!json_is_array(value) || json_array_size(value) == 0)
        return refuse(
            why, ERR_FORMAT, "%s: must be a list of codes, for instance [\"KZ-75\"]", name);
    enum err err = ERR_OK;
    for (size_t i = 0; i < json_array_size(value) && err == ERR_OK; i++)
        err = read_region(b, why, name, json_array_get(value, i));
    return err;
}

static enum err read_number(
    uint32_t *number, uint32_t max, char *why, const char *name, json_t *value)
{
    json_int_t is = json_is_integer(value) ? json_integer_value(value) : 0;
    if (is < 1 || is > (json_int_t)max)
        return refuse(
            why, ERR_VALUE, "%s: must be a whole number from 1 to %u", name, (unsigned)max);
    *number = (uint32_t)is;
    return ERR_OK;
}

static enum err read_lifetime(struct bulletin *b, char *why, const char *name, json_t *value)
{
    uint32_t minutes = 0;
    enum err err = read_number(&minutes, BULLETIN_LIFETIME_MAX_MIN, why, name, value);
    b->lifetime_min = (uint16_t)minutes;
    return err;
}

static enum err read_follows(struct bulletin *b, char *why, const char *name, json_t *value)
{
    return read_number(&b->follows, BULLETIN_NUMBER_MAX, why, name, value);
}

static const struct {
    const char *name;
    size_t offset;
    size_t max; /* bytes without the NUL */
} text_members[] = {
    {"headline", offsetof(struct bulletin_text, headline), BULLETIN_HEADLINE_MAX},
    {"instruction", offsetof(struct bulletin_text, instruction), BULLETIN_INSTRUCTION_MAX},
    {"description", offsetof(struct bulletin_text, description), BULLETIN_DESCRIPTION_MAX},
};

#define TEXT_MEMBER_COUNT (sizeof text_members / sizeof text_members[0])

static enum err read_text_member(
    struct bulletin_text *text, char *why, const char *language, const char *name, json_t *value)
{
    size_t row = 0;
    while (row < TEXT_MEMBER_COUNT && strcmp(text_members[row].name, name) != 0)
        row++;
    if (row == TEXT_MEMBER_COUNT)
        return refuse(why, ERR_VALUE, "%s: unknown member \"%s\"", language, name);
    if (!json_is_string(value))
        return refuse(why, ERR_FORMAT, "%s.%s: must be a text in quotes", language, name);
    size_t size = json_string_length(value);
    if (size > text_members[row].max)
        return refuse(why, ERR_LONG, "%s.%s: %zu bytes, at most %zu fit", language, name, size,
            text_members[row].max);
    memcpy((char *)text + text_members[row].offset, json_string_value(value), size + 1);
    return ERR_OK;
}

static enum err read_language(struct bulletin *b, char *why, const char *name, json_t *value)
{
    enum bulletin_language language;
    if (bulletin_parse_language(&language, name) != ERR_OK || !json_is_object(value))
        return refuse(why, ERR_FORMAT, "%s: must be an object with a headline", name);
    for (void *at = json_object_iter(value); at != NULL; at = json_object_iter_next(value, at)) {
        enum err err = read_text_member(
            &b->text[language], why, name, json_object_iter_key(at), json_object_iter_value(at));
        if (err != ERR_OK)
            return err;
    }
    if (b->text[language].headline[0] == '\0')
        return refuse(why, ERR_VALUE, "%s: has no headline", name);
    b->languages |= (uint8_t)(1u << language);
    return ERR_OK;
}

static const struct {
    const char *name;
    bool required;
    read_member *read;
} members[] = {
    {"kind", true, read_kind},
    {"event", false, read_event},
    {"category", false, read_category},
    {"severity", false, read_severity},
    {"urgency", false, read_urgency},
    {"certainty", false, read_certainty},
    {"response", false, read_response},
    {"regions", true, read_regions},
    {"lifetime_min", false, read_lifetime},
    {"follows", false, read_follows},
    {"kk", false, read_language},
    {"ru", false, read_language},
    {"en", false, read_language},
};

#define MEMBER_COUNT (sizeof members / sizeof members[0])

static enum err read_draft(struct bulletin *b, char *why, json_t *draft)
{
    if (!json_is_object(draft))
        return refuse(why, ERR_FORMAT, "a draft must be an object: {\"kind\": ...}");
    for (void *at = json_object_iter(draft); at != NULL; at = json_object_iter_next(draft, at)) {
        const char *name = json_object_iter_key(at);
        size_t row = 0;
        while (row < MEMBER_COUNT && strcmp(members[row].name, name) != 0)
            row++;
        if (row == MEMBER_COUNT)
            return refuse(why, ERR_VALUE, "unknown member \"%s\"", name);
        enum err err = members[row].read(b, why, name, json_object_iter_value(at));
        if (err != ERR_OK)
            return err;
    }
    for (size_t row = 0; row < MEMBER_COUNT; row++)
        if (members[row].required && json_object_get(draft, members[row].name) == NULL)
            return refuse(why, ERR_MISSING, "\"%s\" is missing", members[row].name);
    if (b->languages == 0)
        return refuse(why, ERR_MISSING, "a text is missing: \"kk\", \"ru\" or \"en\"");
    return ERR_OK;
}

enum err json_parse_draft(
    struct bulletin *bulletin, char why[JSON_WHY_MAX], const char *text, size_t size)
{
    json_error_t error;
    const char *field = "";
    *bulletin = (struct bulletin){
        .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
        .category = BULLETIN_OTHER,
        .response = BULLETIN_RESPONSE_NONE,
        .text_model = BULLETIN_TEXT_MODEL_MIXER,
    };
    why[0] = '\0';
    if (size > JSON_DRAFT_MAX)
        return refuse(why, ERR_LONG, "a draft has at most %d bytes", JSON_DRAFT_MAX);
    json_t *draft = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (draft == NULL)
        return refuse(
            why, ERR_FORMAT, "line %d, column %d: %s", error.line, error.column, error.text);
    enum err err = read_draft(bulletin, why, draft);
    json_decref(draft);
    if (err != ERR_OK)
        return err;
    err = bulletin_check_draft(bulletin, &field);
    return err == ERR_OK ? ERR_OK : refuse(why, err, "%s: %s", field, err_text(err));
}

/* ---- printing ---- */

/* An object being made; failed once the library had no memory or was given no UTF-8. */
struct printer {
    json_t *object;
    bool failed;
};

static void put(struct printer *p, const char *name, json_t *value)
{
    if (json_object_set_new(p->object, name, value) != 0)
        p->failed = true;
}

static void put_string(struct printer *p, const char *name, const char *value)
{
    put(p, name, json_string(value));
}

static void put_time(struct printer *p, const char *name, int64_t wall_s)
{
    char text[CLOCK_UTC_SIZE];
    clock_print_utc(text, wall_s);
    put_string(p, name, text);
}

static void put_header(struct printer *p, const struct bulletin *b)
{
    char newsroom[5];
    (void)snprintf(newsroom, sizeof newsroom, "%02x%02x", b->newsroom[0], b->newsroom[1]);
    const char *event = phrases_event_name(b->event);
    put_string(p, "newsroom", newsroom);
    put(p, "number", json_integer(b->number));
    put_string(p, "kind", bulletin_print_kind(b->kind));
    put_string(p, "severity", bulletin_print_severity(b->severity));
    put_string(p, "urgency", bulletin_print_urgency(b->urgency));
    put_string(p, "certainty", bulletin_print_certainty(b->certainty));
    put_string(p, "category", bulletin_print_category(b->category));
    put_string(p, "response", bulletin_print_response(b->response));
    if (event != NULL)
        put_string(p, "event", event);
    else
        put(p, "event", b->event == 0 ? json_null() : json_integer(b->event));
    put_time(p, "sent", b->sent_s);
    put_time(p, "expires", bulletin_expires_s(b));
}

static void put_regions(struct printer *p, uint32_t regions)
{
    json_t *list = json_array();
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((regions & 1u << bit) != 0 &&
            json_array_append_new(list, json_string(area_find_bit(bit)->code)) != 0)
            p->failed = true;
    put(p, "regions", list);
}

static void put_texts(struct printer *p, const struct bulletin *b)
{
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        const struct bulletin_text *text = &b->text[language];
        if ((b->languages & 1u << language) == 0)
            continue;
        struct printer inner = {json_object(), p->failed};
        for (size_t row = 0; row < TEXT_MEMBER_COUNT; row++)
            put_string(
                &inner, text_members[row].name, (const char *)text + text_members[row].offset);
        p->failed = inner.failed;
        put(p, bulletin_print_language((enum bulletin_language)language), inner.object);
    }
}

static void put_approvals(struct printer *p, const struct json_verdict *verdict)
{
    json_t *list = json_array();
    unsigned count = verdict->quorum != NULL ? verdict->quorum->count : 0;
    for (unsigned i = 0; i < count && i < WIRE_APPROVALS_MAX; i++) {
        uint8_t index = verdict->quorum->editors[i];
        const struct roster_editor *editor =
            verdict->roster != NULL ? roster_find(verdict->roster, index) : NULL;
        struct printer inner = {json_object(), p->failed};
        put(&inner, "index", json_integer(index));
        put(&inner, "name", editor != NULL ? json_string(editor->name) : json_null());
        p->failed = inner.failed || json_array_append_new(list, inner.object) != 0;
    }
    put(p, "approvals", list);
    put(p, "approvals_needed", json_integer(verdict->quorum != NULL ? verdict->quorum->needed : 0));
}

static void put_verdict(struct printer *p, const struct json_verdict *verdict)
{
    put(p, "check_code", verdict->code != NULL ? json_string(verdict->code) : json_null());
    put_approvals(p, verdict);
    put(p, "verified", json_boolean(verdict->result == ERR_OK));
    if (verdict->result != ERR_OK)
        put_string(p, "reason", err_name(verdict->result));
}

enum err json_print_bulletin(char text[JSON_TEXT_MAX], size_t *size,
    const struct bulletin *bulletin, const struct json_verdict *verdict)
{
    struct printer p = {json_object(), false};
    put_header(&p, bulletin);
    put_regions(&p, bulletin->regions);
    put(&p, "follows", bulletin->follows != 0 ? json_integer(bulletin->follows) : json_null());
    put_texts(&p, bulletin);
    put_verdict(&p, verdict);
    size_t used = p.failed ? 0 : json_dumpb(p.object, text, JSON_TEXT_MAX - 1, JSON_COMPACT);
    json_decref(p.object);
    if (used == 0)
        return ERR_SYSTEM;
    if (used > JSON_TEXT_MAX - 1)
        return ERR_LONG;
    text[used] = '\0';
    *size = used;
    return ERR_OK;
}
