#include "gateway/bulletin/json.h"

#include "gateway/base/clock.h"
#include "gateway/base/document.h"
#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/phrases.h"

#include <stdio.h>
#include <string.h>

_Static_assert(JSON_WHY_MAX == DOCUMENT_WHY_MAX, "one size of explanation");

/* ---- reading ---- */

/* One member of a draft and how its value is read. Each reader says why it refuses. */
typedef enum err read_member(
    struct bulletin *b, char *why, const char *name, const struct document *value);

static enum err refuse_word(char *why, const char *name, const struct document *value)
{
    if (document_text(value) == NULL)
        return document_explain(why, ERR_FORMAT, "%s: must be a word in quotes", name);
    return document_explain(why, ERR_VALUE, "%s: no such word: \"%s\"", name, document_text(value));
}

static enum err read_kind(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 bulletin_parse_kind(&b->kind, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_event(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 phrases_event_parse(&b->event, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_category(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 bulletin_parse_category(&b->category, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_severity(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 bulletin_parse_severity(&b->severity, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_urgency(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 bulletin_parse_urgency(&b->urgency, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_certainty(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 bulletin_parse_certainty(&b->certainty, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_response(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    bool known = document_text(value) != NULL &&
                 bulletin_parse_response(&b->response, document_text(value)) == ERR_OK;
    return known ? ERR_OK : refuse_word(why, name, value);
}

static enum err read_region(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    const struct area *area =
        document_text(value) != NULL ? area_find_code(document_text(value)) : NULL;
    if (area == NULL)
        return refuse_word(why, name, value);
    b->regions |= 1u << area->bit;
    return ERR_OK;
}

static enum err read_regions(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    if (!document_is_list(value) || document_count(value) == 0)
        return document_explain(
            why, ERR_FORMAT, "%s: must be a list of codes, for instance [\"KZ-75\"]", name);
    enum err err = ERR_OK;
    for (size_t i = 0; i < document_count(value) && err == ERR_OK; i++)
        err = read_region(b, why, name, document_at(value, i));
    return err;
}

static enum err read_number(
    uint32_t *number, uint32_t max, char *why, const char *name, const struct document *value)
{
    int64_t is = 0;
    if (!document_number(&is, value) || is < 1 || is > (int64_t)max)
        return document_explain(
            why, ERR_VALUE, "%s: must be a whole number from 1 to %u", name, (unsigned)max);
    *number = (uint32_t)is;
    return ERR_OK;
}

static enum err read_lifetime(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    uint32_t minutes = 0;
    enum err err = read_number(&minutes, BULLETIN_LIFETIME_MAX_MIN, why, name, value);
    b->lifetime_min = (uint16_t)minutes;
    return err;
}

static enum err read_follows(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    return read_number(&b->follows, BULLETIN_NUMBER_MAX, why, name, value);
}

static enum err read_everyone(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    return document_bool(&b->everyone, value)
               ? ERR_OK
               : document_explain(why, ERR_FORMAT, "%s: must be true or false", name);
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

static enum err read_text_member(struct bulletin_text *text, char *why, const char *language,
    const char *name, const struct document *value)
{
    size_t row = 0;
    while (row < TEXT_MEMBER_COUNT && strcmp(text_members[row].name, name) != 0)
        row++;
    if (row == TEXT_MEMBER_COUNT)
        return document_explain(why, ERR_VALUE, "%s: unknown member \"%s\"", language, name);
    if (document_text(value) == NULL)
        return document_explain(why, ERR_FORMAT, "%s.%s: must be a text in quotes", language, name);
    size_t size = strlen(document_text(value));
    if (size > text_members[row].max)
        return document_explain(why, ERR_LONG, "%s.%s: %zu bytes, at most %zu fit", language, name,
            size, text_members[row].max);
    memcpy((char *)text + text_members[row].offset, document_text(value), size + 1);
    return ERR_OK;
}

/* Whose member is being read. */
struct language_reading {
    struct bulletin_text *text;
    char *why;
    const char *language;
};

static enum err read_language_member(void *arg, const char *name, const struct document *value)
{
    struct language_reading *reading = arg;
    return read_text_member(reading->text, reading->why, reading->language, name, value);
}

static enum err read_language(
    struct bulletin *b, char *why, const char *name, const struct document *value)
{
    enum bulletin_language language;
    if (bulletin_parse_language(&language, name) != ERR_OK || !document_is_object(value))
        return document_explain(why, ERR_FORMAT, "%s: must be an object with a headline", name);
    struct language_reading reading = {&b->text[language], why, name};
    enum err err = document_each(value, read_language_member, &reading);
    if (err != ERR_OK)
        return err;
    if (b->text[language].headline[0] == '\0')
        return document_explain(why, ERR_VALUE, "%s: has no headline", name);
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
    {"everyone", false, read_everyone},
    {"kk", false, read_language},
    {"ru", false, read_language},
    {"en", false, read_language},
};

#define MEMBER_COUNT (sizeof members / sizeof members[0])

struct draft_reading {
    struct bulletin *bulletin;
    char *why;
};

static enum err read_draft_member(void *arg, const char *name, const struct document *value)
{
    struct draft_reading *reading = arg;
    size_t row = 0;
    while (row < MEMBER_COUNT && strcmp(members[row].name, name) != 0)
        row++;
    if (row == MEMBER_COUNT)
        return document_explain(reading->why, ERR_VALUE, "unknown member \"%s\"", name);
    return members[row].read(reading->bulletin, reading->why, name, value);
}

static enum err read_draft(struct bulletin *b, char *why, const struct document *draft)
{
    if (!document_is_object(draft))
        return document_explain(why, ERR_FORMAT, "a draft must be an object: {\"kind\": ...}");
    struct draft_reading reading = {b, why};
    enum err err = document_each(draft, read_draft_member, &reading);
    if (err != ERR_OK)
        return err;
    for (size_t row = 0; row < MEMBER_COUNT; row++)
        if (members[row].required && document_member(draft, members[row].name) == NULL)
            return document_explain(why, ERR_MISSING, "\"%s\" is missing", members[row].name);
    if (b->languages == 0)
        return document_explain(why, ERR_MISSING, "a text is missing: \"kk\", \"ru\" or \"en\"");
    return ERR_OK;
}

enum err json_read_draft(
    struct bulletin *bulletin, char why[JSON_WHY_MAX], const struct document *draft)
{
    const char *field = "";
    *bulletin = (struct bulletin){
        .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
        .category = BULLETIN_OTHER,
        .response = BULLETIN_RESPONSE_NONE,
        .text_model = BULLETIN_TEXT_MODEL_MIXER,
    };
    why[0] = '\0';
    enum err err = read_draft(bulletin, why, draft);
    if (err != ERR_OK)
        return err;
    err = bulletin_check_draft(bulletin, &field);
    return err == ERR_OK ? ERR_OK : document_explain(why, err, "%s: %s", field, err_text(err));
}

enum err json_parse_draft(
    struct bulletin *bulletin, char why[JSON_WHY_MAX], const char *text, size_t size)
{
    struct document *draft;
    enum err err = document_parse(&draft, why, text, size, JSON_DRAFT_MAX);
    if (err != ERR_OK)
        return err;
    err = json_read_draft(bulletin, why, draft);
    document_free(draft);
    return err;
}

/* ---- printing ---- */

static void put_header(struct document *object, const struct bulletin *b)
{
    char newsroom[5];
    (void)snprintf(newsroom, sizeof newsroom, "%02x%02x", b->newsroom[0], b->newsroom[1]);
    const char *event = phrases_event_name(b->event);
    document_set_text(object, "newsroom", newsroom);
    document_set_number(object, "number", b->number);
    document_set_text(object, "kind", bulletin_print_kind(b->kind));
    document_set_text(object, "severity", bulletin_print_severity(b->severity));
    document_set_text(object, "urgency", bulletin_print_urgency(b->urgency));
    document_set_text(object, "certainty", bulletin_print_certainty(b->certainty));
    document_set_text(object, "category", bulletin_print_category(b->category));
    document_set_text(object, "response", bulletin_print_response(b->response));
    if (event != NULL)
        document_set_text(object, "event", event);
    else if (b->event != 0)
        document_set_number(object, "event", b->event);
    else
        document_set_null(object, "event");
    document_set_time(object, "sent", b->sent_s);
    document_set_time(object, "expires", bulletin_expires_s(b));
}

static struct document *list_regions(uint32_t regions)
{
    struct document *list = document_new_list();
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((regions & 1u << bit) != 0)
            document_append_text(list, area_find_bit(bit)->code);
    return list;
}

static void put_texts(struct document *object, const struct bulletin *b)
{
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        if ((b->languages & 1u << language) == 0)
            continue;
        struct document *texts = document_new_object();
        for (size_t row = 0; row < TEXT_MEMBER_COUNT; row++)
            document_set_text(texts, text_members[row].name,
                (const char *)&b->text[language] + text_members[row].offset);
        document_set(object, bulletin_print_language((enum bulletin_language)language), texts);
    }
}

struct document *json_new_draft(const struct bulletin *draft)
{
    struct document *object = document_new_object();
    const char *event = phrases_event_name(draft->event);
    document_set_text(object, "kind", bulletin_print_kind(draft->kind));
    if (event != NULL)
        document_set_text(object, "event", event);
    document_set_text(object, "category", bulletin_print_category(draft->category));
    document_set_text(object, "severity", bulletin_print_severity(draft->severity));
    document_set_text(object, "urgency", bulletin_print_urgency(draft->urgency));
    document_set_text(object, "certainty", bulletin_print_certainty(draft->certainty));
    document_set_text(object, "response", bulletin_print_response(draft->response));
    document_set(object, "regions", list_regions(draft->regions));
    document_set_number(object, "lifetime_min", draft->lifetime_min);
    if (draft->follows != 0)
        document_set_number(object, "follows", draft->follows);
    if (draft->everyone)
        document_set_bool(object, "everyone", true);
    put_texts(object, draft);
    return object;
}

static void put_approvals(struct document *object, const struct json_verdict *verdict)
{
    struct document *list = document_new_list();
    unsigned count = verdict->quorum != NULL ? verdict->quorum->count : 0;
    for (unsigned i = 0; i < count && i < WIRE_APPROVALS_MAX; i++) {
        uint8_t index = verdict->quorum->editors[i];
        const struct roster_editor *editor =
            verdict->roster != NULL ? roster_find(verdict->roster, index) : NULL;
        struct document *approval = document_new_object();
        document_set_number(approval, "index", index);
        if (editor != NULL)
            document_set_text(approval, "name", editor->name);
        else
            document_set_null(approval, "name");
        document_append(list, approval);
    }
    document_set(object, "approvals", list);
    document_set_number(
        object, "approvals_needed", verdict->quorum != NULL ? verdict->quorum->needed : 0);
}

static void put_verdict(struct document *object, const struct json_verdict *verdict)
{
    if (verdict->code != NULL)
        document_set_text(object, "check_code", verdict->code);
    else
        document_set_null(object, "check_code");
    put_approvals(object, verdict);
    document_set_bool(object, "verified", verdict->result == ERR_OK);
    if (verdict->result != ERR_OK)
        document_set_text(object, "reason", err_name(verdict->result));
}

struct document *json_new_bulletin(
    const struct bulletin *bulletin, const struct json_verdict *verdict)
{
    struct document *object = document_new_object();
    put_header(object, bulletin);
    document_set(object, "regions", list_regions(bulletin->regions));
    if (bulletin->follows != 0)
        document_set_number(object, "follows", bulletin->follows);
    else
        document_set_null(object, "follows");
    if (bulletin->kind == BULLETIN_DRILL)
        document_set_bool(object, "everyone", bulletin->everyone);
    put_texts(object, bulletin);
    put_verdict(object, verdict);
    return object;
}

enum err json_print_bulletin(char text[JSON_TEXT_MAX], size_t *size,
    const struct bulletin *bulletin, const struct json_verdict *verdict)
{
    struct document *object = json_new_bulletin(bulletin, verdict);
    *size = document_write(text, JSON_TEXT_MAX, object);
    document_free(object);
    return *size > 0 ? ERR_OK : ERR_LONG;
}
