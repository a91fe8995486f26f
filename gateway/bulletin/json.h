/* json: a bulletin as JSON, both ways: what editors write as a draft and what programs are shown.
 *
 * Draft (unknown or repeated members are refused, by name):
 *   {"kind": "alert", "event": "shooting", "category": "Security", "severity": "Extreme", "urgency": "Immediate",
 *    "certainty": "Observed", "response": "Shelter", "regions": ["KZ-75"], "lifetime_min": 360, "follows": 41, "everyone": true,
 *    "kk": {"headline": "...", "instruction": "...", "description": "..."}, "ru": {...}, "en": {...}}
 * kind and regions are required, and at least one language with a headline; lifetime_min has its default; severity,
 * urgency, certainty default to unknown, category to Other, response to None, event to none; everyone, of drills alone, to
 * false: testers only.
 */
#ifndef GATEWAY_BULLETIN_JSON_H
#define GATEWAY_BULLETIN_JSON_H

#include "gateway/base/document.h"
#include "gateway/bulletin/quorum.h"

#define JSON_DRAFT_MAX 32768 /* bytes of a draft */
#define JSON_WHY_MAX 200
#define JSON_TEXT_MAX 16384

/* Reads a draft; number, sent, newsroom and audit head are left 0. text_model is set to the mixer. On failure why says
 * in one line what is wrong and where. Checks with bulletin_check_draft. ERR_FORMAT, ERR_VALUE, ERR_MISSING, ERR_LONG,
 * ERR_TEXT. */
ERR_CHECKED enum err json_parse_draft(
    struct bulletin *bulletin, char why[JSON_WHY_MAX], const char *text, size_t size);
/* The same for a draft that is part of a document. */
ERR_CHECKED enum err json_read_draft(
    struct bulletin *bulletin, char why[JSON_WHY_MAX], const struct document *draft);

/* A draft as an object that json_read_draft reads, if it is complete. The caller frees it. */
struct document *json_new_draft(const struct bulletin *draft);

/* How a bulletin was found to be. */
struct json_verdict {
    enum err result;             /* of quorum_accept */
    const struct roster *roster; /* for the editors' names; may be NULL */
    const struct quorum *quorum;
    const char *code; /* check code */
};

/* One line of JSON without a newline, terminated: newsroom (4 hex digits), number, kind, severity, urgency, certainty,
 * category, response, event, sent and expires (RFC 3339, Z), regions (codes), follows, everyone (bool, of a drill alone), texts per language, check_code,
 * approvals ([{index, name}]), approvals_needed, verified (bool), reason (err_name, where not verified). What there is not
 * (event, follows, code, an editor's name) is null. ERR_LONG if it does not fit. */
ERR_CHECKED enum err json_print_bulletin(char text[JSON_TEXT_MAX], size_t *size,
    const struct bulletin *bulletin, const struct json_verdict *verdict);
/* The same as a document, which the caller frees. */
struct document *json_new_bulletin(
    const struct bulletin *bulletin, const struct json_verdict *verdict);

#endif
