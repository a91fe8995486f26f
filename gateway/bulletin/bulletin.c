#include "gateway/bulletin/bulletin.h"

#include "gateway/base/names.h"
#include "gateway/base/utf8.h"

#include <stddef.h>
#include <string.h>

#define SENT_MAX_S (BULLETIN_EPOCH_S + 0xffffffffLL) /* what the wire's 32 bits hold */

static const struct names kinds[] = {
    {BULLETIN_ALERT, "alert"},
    {BULLETIN_UPDATE, "update"},
    {BULLETIN_RETRACT, "retract"},
    {BULLETIN_ALL_CLEAR, "all-clear"},
    {BULLETIN_DRILL, "drill"},
    {BULLETIN_ROSTER, "roster"},
    {0, NULL},
};

static const struct names severities[] = {
    {BULLETIN_SEVERITY_UNKNOWN, "Unknown"},
    {BULLETIN_MINOR, "Minor"},
    {BULLETIN_MODERATE, "Moderate"},
    {BULLETIN_SEVERE, "Severe"},
    {BULLETIN_EXTREME, "Extreme"},
    {0, NULL},
};

static const struct names urgencies[] = {
    {BULLETIN_URGENCY_UNKNOWN, "Unknown"},
    {BULLETIN_PAST, "Past"},
    {BULLETIN_FUTURE, "Future"},
    {BULLETIN_EXPECTED, "Expected"},
    {BULLETIN_IMMEDIATE, "Immediate"},
    {0, NULL},
};

static const struct names certainties[] = {
    {BULLETIN_CERTAINTY_UNKNOWN, "Unknown"},
    {BULLETIN_UNLIKELY, "Unlikely"},
    {BULLETIN_POSSIBLE, "Possible"},
    {BULLETIN_LIKELY, "Likely"},
    {BULLETIN_OBSERVED, "Observed"},
    {0, NULL},
};

static const struct names categories[] = {
    {BULLETIN_GEO, "Geo"},
    {BULLETIN_MET, "Met"},
    {BULLETIN_SAFETY, "Safety"},
    {BULLETIN_SECURITY, "Security"},
    {BULLETIN_RESCUE, "Rescue"},
    {BULLETIN_FIRE, "Fire"},
    {BULLETIN_HEALTH, "Health"},
    {BULLETIN_ENV, "Env"},
    {BULLETIN_TRANSPORT, "Transport"},
    {BULLETIN_INFRA, "Infra"},
    {BULLETIN_CBRNE, "CBRNE"},
    {BULLETIN_OTHER, "Other"},
    {0, NULL},
};

static const struct names responses[] = {
    {BULLETIN_SHELTER, "Shelter"},
    {BULLETIN_EVACUATE, "Evacuate"},
    {BULLETIN_PREPARE, "Prepare"},
    {BULLETIN_EXECUTE, "Execute"},
    {BULLETIN_AVOID, "Avoid"},
    {BULLETIN_MONITOR, "Monitor"},
    {BULLETIN_ASSESS, "Assess"},
    {BULLETIN_RESPONSE_ALL_CLEAR, "AllClear"},
    {BULLETIN_RESPONSE_NONE, "None"},
    {0, NULL},
};

static const struct names languages[] = {
    {BULLETIN_KK, "kk"},
    {BULLETIN_RU, "ru"},
    {BULLETIN_EN, "en"},
    {0, NULL},
};

static enum err refuse(const char **why, const char *text, enum err err)
{
    if (why != NULL && err != ERR_OK)
        *why = text;
    return err;
}

/* Characters that would break a text up, or make it show otherwise than it reads (Unicode 15, UAX 9, 2.). */
static const struct {
    uint32_t first;
    uint32_t last;
} forbidden[] = {
    {0x0000, 0x001f}, /* C0 controls */
    {0x007f, 0x009f}, /* DEL, C1 controls */
    {0x061c, 0x061c}, /* Arabic letter mark */
    {0x200e, 0x200f}, /* direction marks */
    {0x2028, 0x202e}, /* line and paragraph separators, embeddings and overrides of direction */
    {0x2066, 0x2069}, /* isolates */
    {0xfeff, 0xfeff}, /* byte order mark */
    {0xfff9, 0xfffb}, /* interlinear annotation */
    {0xfffe, 0xffff}, /* not characters */
};

static bool has_forbidden(const char *text)
{
    for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text))
        for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
            if (code >= forbidden[i].first && code <= forbidden[i].last)
                return true;
    return false;
}

enum err bulletin_check_line(const char *text, size_t max)
{
    size_t size = strnlen(text, max + 1);
    if (size > max)
        return ERR_LONG;
    return utf8_check(text, size) != ERR_OK || has_forbidden(text) ? ERR_TEXT : ERR_OK;
}

static enum err check_text(const char **why, const char *name, const char *text, size_t max)
{
    return refuse(why, name, bulletin_check_line(text, max));
}

static enum err check_language(const char **why, const struct bulletin_text *text)
{
    enum err err = check_text(why, "headline", text->headline, BULLETIN_HEADLINE_MAX);
    if (err == ERR_OK)
        err = check_text(why, "instruction", text->instruction, BULLETIN_INSTRUCTION_MAX);
    if (err == ERR_OK)
        err = check_text(why, "description", text->description, BULLETIN_DESCRIPTION_MAX);
    if (err == ERR_OK && text->headline[0] == '\0')
        return refuse(why, "headline is empty", ERR_VALUE);
    return err;
}

static enum err check_texts(const char **why, const struct bulletin *b)
{
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const struct bulletin_text *text = &b->text[i];
        enum err err = ERR_OK;
        if ((b->languages >> i & 1) != 0)
            err = check_language(why, text);
        else if (text->headline[0] != '\0' || text->instruction[0] != '\0' ||
                 text->description[0] != '\0')
            err = refuse(why, "text in a language that is not named", ERR_VALUE);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

/* Whether the reference fits the kind; a draft (number 0) has no number yet to compare with. */
static bool reference_fits(const struct bulletin *b)
{
    switch (b->kind) {
    case BULLETIN_UPDATE:
    case BULLETIN_ALL_CLEAR:
        return b->follows != 0 && (b->number == 0 || b->follows < b->number);
    case BULLETIN_RETRACT:
        return b->follows != 0 && (b->number == 0 || b->follows == b->number);
    case BULLETIN_ALERT:
    case BULLETIN_DRILL:
    case BULLETIN_ROSTER:
    case BULLETIN_KIND_COUNT:
    default:
        return b->follows == 0;
    }
}

/* The fields that are the author's: all but number, sent, newsroom, audit head and the texts. */
static enum err check_fields(const struct bulletin *b, const char **why)
{
    const struct {
        const char *name;
        bool good;
    } rules[] = {
        {"kind", (unsigned)b->kind < BULLETIN_KIND_COUNT && b->kind != BULLETIN_ROSTER},
        {"lifetime", b->lifetime_min >= 1 && b->lifetime_min <= BULLETIN_LIFETIME_MAX_MIN},
        {"severity", (unsigned)b->severity < BULLETIN_SEVERITY_COUNT},
        {"urgency", (unsigned)b->urgency < BULLETIN_URGENCY_COUNT},
        {"certainty", (unsigned)b->certainty < BULLETIN_CERTAINTY_COUNT},
        {"category", (unsigned)b->category < BULLETIN_CATEGORY_COUNT},
        {"response", (unsigned)b->response < BULLETIN_RESPONSE_COUNT},
        {"regions", b->regions != 0 && (b->regions & ~BULLETIN_REGIONS_ALL) == 0},
        {"languages", b->languages != 0 && b->languages >> BULLETIN_LANGUAGE_COUNT == 0},
        {"text model", b->text_model <= BULLETIN_TEXT_MODEL_MAX},
        {"everyone", !b->everyone || b->kind == BULLETIN_DRILL},
        {"follows", b->follows <= BULLETIN_NUMBER_MAX && reference_fits(b)},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (!rules[i].good)
            return refuse(why, rules[i].name, ERR_VALUE);
    return ERR_OK;
}

bool bulletin_is_dated(const struct bulletin *b)
{
    return b->number >= 1 && b->number <= BULLETIN_NUMBER_MAX && b->sent_s >= BULLETIN_EPOCH_S &&
           b->sent_s <= SENT_MAX_S;
}

enum err bulletin_check_header(const struct bulletin *b, const char **why)
{
    return bulletin_is_dated(b) ? check_fields(b, why)
                                : refuse(why, "number or sent time", ERR_VALUE);
}

enum err bulletin_check(const struct bulletin *b, const char **why)
{
    enum err err = bulletin_check_header(b, why);
    return err == ERR_OK ? check_texts(why, b) : err;
}

enum err bulletin_check_draft_header(const struct bulletin *b, const char **why)
{
    bool undated = b->number == 0 && b->sent_s == 0;
    return undated ? check_fields(b, why) : refuse(why, "number or sent time", ERR_VALUE);
}

enum err bulletin_check_draft(const struct bulletin *b, const char **why)
{
    enum err err = bulletin_check_draft_header(b, why);
    return err == ERR_OK ? check_texts(why, b) : err;
}

int64_t bulletin_expires_s(const struct bulletin *bulletin)
{
    return bulletin->sent_s + (int64_t)bulletin->lifetime_min * 60;
}

enum err bulletin_check_time(const struct bulletin *bulletin, int64_t now_s)
{
    if (now_s >= bulletin_expires_s(bulletin))
        return ERR_EXPIRED;
    return bulletin->sent_s > now_s + BULLETIN_AHEAD_MAX_S ? ERR_FUTURE : ERR_OK;
}

/* What ends an alarm goes before what raises one; a drill waits for everything real. */
static int rank_kind(enum bulletin_kind kind)
{
    if (kind == BULLETIN_RETRACT)
        return 3;
    if (kind == BULLETIN_ALL_CLEAR)
        return 2;
    return kind == BULLETIN_DRILL ? 0 : 1;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int bulletin_compare_priority(const struct bulletin *a, const struct bulletin *b)
{
    const int order[] = {
        compare(rank_kind(a->kind), rank_kind(b->kind)),
        compare((int64_t)a->severity, (int64_t)b->severity),
        compare((int64_t)a->urgency, (int64_t)b->urgency),
        compare(a->sent_s, b->sent_s),
        compare(a->number, b->number),
    };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (order[i] != 0)
            return order[i];
    return 0;
}

const char *bulletin_print_kind(enum bulletin_kind kind)
{
    return names_print(kinds, (int)kind);
}

const char *bulletin_print_severity(enum bulletin_severity severity)
{
    return names_print(severities, (int)severity);
}

const char *bulletin_print_urgency(enum bulletin_urgency urgency)
{
    return names_print(urgencies, (int)urgency);
}

const char *bulletin_print_certainty(enum bulletin_certainty certainty)
{
    return names_print(certainties, (int)certainty);
}

const char *bulletin_print_category(enum bulletin_category category)
{
    return names_print(categories, (int)category);
}

const char *bulletin_print_response(enum bulletin_response response)
{
    return names_print(responses, (int)response);
}

const char *bulletin_print_language(enum bulletin_language language)
{
    return names_print(languages, (int)language);
}

enum err bulletin_parse_kind(enum bulletin_kind *kind, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, kinds, text);
    *kind = (enum bulletin_kind)code;
    return err;
}

enum err bulletin_parse_severity(enum bulletin_severity *severity, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, severities, text);
    *severity = (enum bulletin_severity)code;
    return err;
}

enum err bulletin_parse_urgency(enum bulletin_urgency *urgency, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, urgencies, text);
    *urgency = (enum bulletin_urgency)code;
    return err;
}

enum err bulletin_parse_certainty(enum bulletin_certainty *certainty, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, certainties, text);
    *certainty = (enum bulletin_certainty)code;
    return err;
}

enum err bulletin_parse_category(enum bulletin_category *category, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, categories, text);
    *category = (enum bulletin_category)code;
    return err;
}

enum err bulletin_parse_response(enum bulletin_response *response, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, responses, text);
    *response = (enum bulletin_response)code;
    return err;
}

enum err bulletin_parse_language(enum bulletin_language *language, const char *text)
{
    int code = 0;
    enum err err = names_parse(&code, languages, text);
    *language = (enum bulletin_language)code;
    return err;
}
