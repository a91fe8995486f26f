/* fields: an object of a document to values, strictly. The first error sticks, so that reading an object is a list of gets
 * and one check at its end; an error says which member is wrong and what it must be. Members that nobody asked for are
 * refused by name, so a misspelt one is never passed over in silence.
 *
 *   fields_init(&in, object, "", why);
 *   fields_get_text(&in, "name", name, sizeof name);
 *   if (fields_has(&in, "hold"))
 *       fields_get_bool(&in, "hold", &hold);
 *   err = fields_end(&in);
 */
#ifndef GATEWAY_BASE_FIELDS_H
#define GATEWAY_BASE_FIELDS_H

#include "gateway/base/document.h"

#define FIELDS_MAX 24       /* members that one object may be asked for */
#define FIELDS_NAME_MAX 64  /* bytes of "parts.kk.latin", with the NUL */
#define FIELDS_ELEMENTS 255 /* elements of a list that one get reads */

struct fields {
    const struct document *object;
    char where
        [FIELDS_NAME_MAX]; /* what stands before a member's name in an error: "" or "parts.kk." */
    char *why;             /* DOCUMENT_WHY_MAX bytes of the caller's */
    enum err err;
    unsigned count;
    const char *asked[FIELDS_MAX]; /* the callers' literals */
};

/* Begins to read object; where it stands is "" or its own name. why is empty until something is wrong. ERR_FORMAT sticks if
 * it is no object. */
void fields_init(struct fields *in, const struct document *object, const char *where,
    char why[DOCUMENT_WHY_MAX]);
/* Whether the member is there and not null: for those that may be left out. It counts as asked for. */
bool fields_has(struct fields *in, const char *key);

/* Each is required: ERR_MISSING sticks if it is not there. key must outlive the reading. */
/* ERR_FORMAT for what is no text, ERR_LONG if it does not fit with its NUL, ERR_VALUE if it is empty. */
void fields_get_text(struct fields *in, const char *key, char *text, size_t size);
/* The same, and it may be empty. */
void fields_get_any_text(struct fields *in, const char *key, char *text, size_t size);
/* ERR_VALUE outside least..most or for what is no whole number. */
void fields_get_number(
    struct fields *in, const char *key, int64_t *number, int64_t least, int64_t most);
void fields_get_bool(struct fields *in, const char *key, bool *truth);
/* Base64: ERR_FORMAT, ERR_LONG over room. */
void fields_get_bytes(
    struct fields *in, const char *key, uint8_t *bytes, size_t *size, size_t room);
/* Exactly size bytes: else ERR_VALUE. */
void fields_get_exact(struct fields *in, const char *key, uint8_t *bytes, size_t size);
/* A list of at most FIELDS_ELEMENTS, or an object: a view, or NULL on error. */
const struct document *fields_get_list(struct fields *in, const char *key);
const struct document *fields_get_object(struct fields *in, const char *key);
/* Refuses for a reason of the caller's that concerns one member; the first error stays. */
void fields_refuse(struct fields *in, enum err err, const char *key, const char *reason);
/* The result of the whole read: the first error, or ERR_VALUE for a member that was not asked for. */
ERR_CHECKED enum err fields_end(struct fields *in);

#endif
