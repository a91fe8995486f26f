/* templates: bulletins of which only the slots are still to be written: place, time, way around. For each: its texts in three
 * languages and the codes that go with it, which an editor may still change. All wording is data (templates.c), so that a
 * native editor can correct it without reading code.
 */
#ifndef GATEWAY_BULLETIN_TEMPLATES_H
#define GATEWAY_BULLETIN_TEMPLATES_H

#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

#define TEMPLATES_WHY_SIZE 200
#define TEMPLATES_VALUE_MAX 160 /* bytes of what fills a slot */

/* A slot stands in the texts as {place}. Every language has the same ones. */
struct template
{
    const char *name; /* "flood" */
    const char
        *slots; /* "place until"; with n, which number it follows, where its kind follows one */
    enum bulletin_kind kind;
    const char *event; /* for phrases_event_parse */
    struct {
        enum bulletin_category category;
        enum bulletin_severity severity;
        enum bulletin_urgency urgency;
        enum bulletin_certainty certainty;
        enum bulletin_response response;
    } codes;
    struct {
        const char *headline;
        const char *instruction;
        const char *description;
    } text[BULLETIN_LANGUAGE_COUNT];
};

/* What fills a slot, in one language or, with `all`, in each that has none of its own. */
struct templates_value {
    const char *slot;
    const char *value;
    enum bulletin_language language;
    bool all;
};

/* In the order in which they are listed; NULL behind the last one. */
const struct template *templates_get(size_t index);
/* NULL if there is none of this name. */
const struct template *templates_find(const char *name);

/* Makes a draft in three languages with the template's codes; regions are left 0, the lifetime is the default. Spaces around
 * a value and a full stop behind it are left out, since the texts have their own. ERR_MISSING if a slot has no value or an empty
 * one, ERR_VALUE for one that the template has not or a number that is none, ERR_EXISTS if one is given twice, ERR_LONG if
 * a value or a text is too long, ERR_TEXT for one that no bulletin may hold. why then names slot and language. */
ERR_CHECKED enum err templates_fill(struct bulletin *bulletin, char why[TEMPLATES_WHY_SIZE],
    const struct template *template, const struct templates_value *values, size_t count);

#endif
