/* document: JSON values (RFC 8259), made, written and read. The seam to jansson.
 *
 * A document is owned by its maker until it is put into another one, written by a function that says so, or freed. What is
 * read out of a document is a view that lives as long as the whole. No memory: the process ends.
 * Bytes are base64 (base64.h). Texts are UTF-8; a malformed byte of one that is put becomes U+FFFD.
 */
#ifndef GATEWAY_BASE_DOCUMENT_H
#define GATEWAY_BASE_DOCUMENT_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DOCUMENT_DEPTH_MAX 16 /* lists and objects inside each other */
#define DOCUMENT_WHY_MAX 200  /* bytes of an explanation, with the NUL */

struct document;

struct document *document_new_object(void);
struct document *document_new_list(void);
struct document *document_copy(const struct document *document);
void document_free(struct document *document);

/* Members of an object; a second one of the same name takes the place of the first. */
void document_set_text(struct document *object, const char *key, const char *value);
void document_set_number(struct document *object, const char *key, int64_t value);
void document_set_bool(struct document *object, const char *key, bool value);
void document_set_null(struct document *object, const char *key);
void document_set_bytes(
    struct document *object, const char *key, const uint8_t *bytes, size_t size);
/* Seconds since 1970-01-01Z as RFC 3339. */
void document_set_time(struct document *object, const char *key, int64_t wall_s);
/* value belongs to object afterwards. */
void document_set(struct document *object, const char *key, struct document *value);

/* Elements of a list. */
void document_append(struct document *list, struct document *value);
void document_append_text(struct document *list, const char *value);
void document_append_number(struct document *list, int64_t value);

/* One line without spaces, terminated, in memory of its own that the caller frees with free(). */
char *document_write_new(size_t *size, const struct document *document);
/* The same in lines with indents, for people. */
char *document_write_indented_new(size_t *size, const struct document *document);
/* One line as a terminated text; returns its bytes, or 0 if it does not fit. Frees nothing. */
size_t document_write(char *text, size_t size, const struct document *document);

/* Reads an object or list, all of text[0..size). Refused: members of the same name, NUL characters, text that is not UTF-8,
 * numbers that are not finite, anything left over. ERR_LONG for what is over max bytes or deeper than DOCUMENT_DEPTH_MAX,
 * else ERR_FORMAT; why says in one line what is wrong and where. The caller frees *document. */
ERR_CHECKED enum err document_parse(struct document **document, char why[DOCUMENT_WHY_MAX],
    const char *text, size_t size, size_t max);
/* The same for a line of JSON that another module has made; ends the process if it is none. */
struct document *document_from_text(const char *json);

/* What a value is. NULL is nothing of these. */
bool document_is_object(const struct document *value);
bool document_is_list(const struct document *value);
bool document_is_null(const struct document *value);
/* The text of a value, or NULL if it is none. It holds no NUL but its last. */
const char *document_text(const struct document *value);
/* False if it is no whole number within int64_t; *number is untouched then. */
bool document_number(int64_t *number, const struct document *value);
/* False if it is neither true nor false; *truth is untouched then. */
bool document_bool(bool *truth, const struct document *value);
/* A list's elements or an object's members; 0 for all else. */
size_t document_count(const struct document *value);
/* A list's element, NULL behind its end. */
const struct document *document_at(const struct document *list, size_t i);
/* An object's member, NULL if it has none of that name or is no object. */
const struct document *document_member(const struct document *object, const char *key);

/* Calls each for an object's members in the order of their text until it returns another result than ERR_OK, and returns
 * that. Nothing may be changed meanwhile. */
typedef enum err document_on_member(void *arg, const char *key, const struct document *value);
ERR_CHECKED enum err document_each(
    const struct document *object, document_on_member *each, void *arg);

/* Writes one line, cut at a whole character, control characters as spaces; returns err. */
enum err document_explain(char why[DOCUMENT_WHY_MAX], enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
