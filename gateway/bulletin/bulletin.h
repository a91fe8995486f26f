/* bulletin: what a bulletin is: its fields, their limits, when it is valid, what may follow what.
 *
 * A bulletin is one value with fixed maximums, without heap. It is immutable once sealed: what travels is the sealed
 * bytes (see wire.h), from which this value is read anew by whoever needs it.
 */
#ifndef GATEWAY_BULLETIN_BULLETIN_H
#define GATEWAY_BULLETIN_BULLETIN_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BULLETIN_HEADLINE_MAX 240     /* bytes of UTF-8, without the final NUL */
#define BULLETIN_INSTRUCTION_MAX 800  /* bytes of UTF-8 */
#define BULLETIN_DESCRIPTION_MAX 1200 /* bytes of UTF-8 */
#define BULLETIN_NUMBER_MAX 0xffffff
#define BULLETIN_LIFETIME_MAX_MIN 1440
#define BULLETIN_LIFETIME_DEFAULT_MIN 360
#define BULLETIN_AHEAD_MAX_S 600       /* further ahead of our clock than this is refused */
#define BULLETIN_EPOCH_S 1735689600LL  /* 2025-01-01T00:00:00Z, the zero of the wire's time */
#define BULLETIN_REGIONS_ALL 0x1fffffu /* bit 0 whole country, bits 1-20 the regions of area.h */
#define BULLETIN_COUNTRY 0x1u
#define BULLETIN_TEXT_MODEL_PLAIN 0   /* KZ-1048, one byte a character, escapes for the rest */
#define BULLETIN_TEXT_MODEL_MIXER 1   /* KZ-1048 and a primed context mixer */
#define BULLETIN_TEXT_MODEL_DEFLATE 2 /* raw deflate (RFC 1951) of UTF-8 */
#define BULLETIN_TEXT_MODEL_MAX 2     /* the last one that is known */

enum bulletin_kind {
    BULLETIN_ALERT,
    BULLETIN_UPDATE,
    BULLETIN_RETRACT,
    BULLETIN_ALL_CLEAR,
    BULLETIN_DRILL,
    BULLETIN_ROSTER,
    BULLETIN_KIND_COUNT
};

/* CAP 1.2, 3.2.2: severity, urgency, certainty; 0 is CAP's "Unknown", more is worse, sooner, surer. */
enum bulletin_severity {
    BULLETIN_SEVERITY_UNKNOWN,
    BULLETIN_MINOR,
    BULLETIN_MODERATE,
    BULLETIN_SEVERE,
    BULLETIN_EXTREME,
    BULLETIN_SEVERITY_COUNT
};

enum bulletin_urgency {
    BULLETIN_URGENCY_UNKNOWN,
    BULLETIN_PAST,
    BULLETIN_FUTURE,
    BULLETIN_EXPECTED,
    BULLETIN_IMMEDIATE,
    BULLETIN_URGENCY_COUNT
};

enum bulletin_certainty {
    BULLETIN_CERTAINTY_UNKNOWN,
    BULLETIN_UNLIKELY,
    BULLETIN_POSSIBLE,
    BULLETIN_LIKELY,
    BULLETIN_OBSERVED,
    BULLETIN_CERTAINTY_COUNT
};

/* CAP 1.2, 3.2.2 category, in the standard's order, 0-based. */
enum bulletin_category {
    BULLETIN_GEO,
    BULLETIN_MET,
    BULLETIN_SAFETY,
    BULLETIN_SECURITY,
    BULLETIN_RESCUE,
    BULLETIN_FIRE,
    BULLETIN_HEALTH,
    BULLETIN_ENV,
    BULLETIN_TRANSPORT,
    BULLETIN_INFRA,
    BULLETIN_CBRNE,
    BULLETIN_OTHER,
    BULLETIN_CATEGORY_COUNT
};

/* CAP 1.2, 3.2.2 responseType, in the standard's order, 0-based. */
enum bulletin_response {
    BULLETIN_SHELTER,
    BULLETIN_EVACUATE,
    BULLETIN_PREPARE,
    BULLETIN_EXECUTE,
    BULLETIN_AVOID,
    BULLETIN_MONITOR,
    BULLETIN_ASSESS,
    BULLETIN_RESPONSE_ALL_CLEAR,
    BULLETIN_RESPONSE_NONE,
    BULLETIN_RESPONSE_COUNT
};

enum bulletin_language { BULLETIN_KK, BULLETIN_RU, BULLETIN_EN, BULLETIN_LANGUAGE_COUNT };

/* What one language's audience gets. UTF-8; the headline is never empty where the language is present. */
struct bulletin_text {
    char headline[BULLETIN_HEADLINE_MAX + 1];
    char instruction[BULLETIN_INSTRUCTION_MAX + 1];
    char description[BULLETIN_DESCRIPTION_MAX + 1];
};

struct bulletin {
    uint8_t newsroom[2];   /* first bytes of the newsroom key's BLAKE2b-256 (seal_newsroom_id) */
    uint32_t number;       /* 1..BULLETIN_NUMBER_MAX, strictly increasing per newsroom */
    int64_t sent_s;        /* seconds since 1970-01-01Z */
    uint16_t lifetime_min; /* 1..BULLETIN_LIFETIME_MAX_MIN */
    enum bulletin_kind kind;
    enum bulletin_severity severity;
    enum bulletin_urgency urgency;
    enum bulletin_certainty certainty;
    enum bulletin_category category;
    enum bulletin_response response;
    uint8_t event;         /* phrase book code (phrases.h); 0 none */
    uint32_t regions;      /* mask, never 0: bit 0 whole country, bits 1-20 as in area.h */
    uint8_t audit_head[2]; /* first bytes of the newsroom's audit chain when it was written */
    uint8_t languages;     /* mask, 1 << enum bulletin_language, never 0 */
    uint8_t text_model;    /* BULLETIN_TEXT_MODEL_* */
    uint32_t follows;      /* number of what this one updates, retracts or ends; 0 none */
    bool everyone;         /* a drill: for all, not for testers alone; false of all other kinds */
    struct bulletin_text text[BULLETIN_LANGUAGE_COUNT];
};

/* Checks every field and text against its limits and the kind against its reference: an update or all-clear follows a
 * smaller number; a retraction has the number of what it retracts as its own number and as what it follows, so that
 * it leaves no gap and one editor's key cannot use numbers up; alert and drill follow nothing.
 * Texts: UTF-8, no control characters, nothing that turns the direction of writing; none in a language that is not
 * named. Rosters are checked by roster.h: here their kind is ERR_VALUE.
 * ERR_VALUE, ERR_TEXT or ERR_LONG; *why then names the field in a static English phrase; why may be NULL. */
ERR_CHECKED enum err bulletin_check(const struct bulletin *bulletin, const char **why);

/* bulletin_check without the texts. */
ERR_CHECKED enum err bulletin_check_header(const struct bulletin *bulletin, const char **why);

/* The same for a draft, which has neither number nor sent time yet: both must be 0. */
ERR_CHECKED enum err bulletin_check_draft(const struct bulletin *bulletin, const char **why);
ERR_CHECKED enum err bulletin_check_draft_header(const struct bulletin *bulletin, const char **why);

/* Checks one text of at most max bytes as bulletin_check does: ERR_LONG, ERR_TEXT. text[0..max] must be readable, or
 * terminated before. */
ERR_CHECKED enum err bulletin_check_line(const char *text, size_t max);

/* Whether number and sent time are in their ranges. */
bool bulletin_is_dated(const struct bulletin *bulletin);

/* When it ends, in seconds since 1970-01-01Z. */
int64_t bulletin_expires_s(const struct bulletin *bulletin);

/* ERR_EXPIRED at or after its end, ERR_FUTURE if sent more than BULLETIN_AHEAD_MAX_S after now_s. */
ERR_CHECKED enum err bulletin_check_time(const struct bulletin *bulletin, int64_t now_s);

/* Which goes first? Above 0 if a goes before b, below 0 if b goes before a: retractions, then all-clears, then all else
 * that is real by severity, urgency and freshness, drills last. 0 only for the same kind and number of one newsroom. */
int bulletin_compare_priority(const struct bulletin *a, const struct bulletin *b);

/* Names as they stand in JSON and CAP ("alert", "Extreme", "kk"). print: static text, "?" for a value out of range.
 * parse: ERR_MISSING for an unknown word; case must match. */
const char *bulletin_print_kind(enum bulletin_kind kind);
const char *bulletin_print_severity(enum bulletin_severity severity);
const char *bulletin_print_urgency(enum bulletin_urgency urgency);
const char *bulletin_print_certainty(enum bulletin_certainty certainty);
const char *bulletin_print_category(enum bulletin_category category);
const char *bulletin_print_response(enum bulletin_response response);
const char *bulletin_print_language(enum bulletin_language language);
ERR_CHECKED enum err bulletin_parse_kind(enum bulletin_kind *kind, const char *text);
ERR_CHECKED enum err bulletin_parse_severity(enum bulletin_severity *severity, const char *text);
ERR_CHECKED enum err bulletin_parse_urgency(enum bulletin_urgency *urgency, const char *text);
ERR_CHECKED enum err bulletin_parse_certainty(enum bulletin_certainty *certainty, const char *text);
ERR_CHECKED enum err bulletin_parse_category(enum bulletin_category *category, const char *text);
ERR_CHECKED enum err bulletin_parse_response(enum bulletin_response *response, const char *text);
ERR_CHECKED enum err bulletin_parse_language(enum bulletin_language *language, const char *text);

#endif
