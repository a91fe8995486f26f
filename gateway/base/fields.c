#include "gateway/base/fields.h"

#include "gateway/base/base64.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void fields_init(
    struct fields *in, const struct document *object, const char *where, char why[DOCUMENT_WHY_MAX])
{
    *in = (struct fields){.object = object, .why = why};
    why[0] = '\0';
    if (where[0] != '\0')
        (void)snprintf(in->where, sizeof in->where, "%s.", where);
    if (!document_is_object(object))
        in->err = document_explain(
            why, ERR_FORMAT, "%s: must be an object", where[0] != '\0' ? where : "the body");
}

void fields_refuse(struct fields *in, enum err err, const char *key, const char *reason)
{
    if (in->err == ERR_OK)
        in->err = document_explain(in->why, err, "%s%s: %s", in->where, key, reason);
}

/* Remembers that key was asked for and returns its value, NULL if it is not there or something was wrong before. */
static const struct document *ask(struct fields *in, const char *key)
{
    if (in->err != ERR_OK)
        return NULL;
    unsigned i = 0;
    while (i < in->count && strcmp(in->asked[i], key) != 0)
        i++;
    if (i == FIELDS_MAX) {
        fields_refuse(in, ERR_LONG, key, "one member too many for this reader");
        return NULL;
    }
    if (i == in->count)
        in->asked[in->count++] = key;
    return document_member(in->object, key);
}

static const struct document *require(struct fields *in, const char *key)
{
    const struct document *value = ask(in, key);
    if (value == NULL)
        fields_refuse(in, ERR_MISSING, key, "is missing");
    return value;
}

bool fields_has(struct fields *in, const char *key)
{
    const struct document *value = ask(in, key);
    return value != NULL && !document_is_null(value);
}

void fields_get_any_text(struct fields *in, const char *key, char *text, size_t size)
{
    const struct document *value = require(in, key);
    const char *found = document_text(value);
    if (value == NULL)
        return;
    if (found == NULL) {
        fields_refuse(in, ERR_FORMAT, key, "must be a text in quotes");
        return;
    }
    size_t length = strlen(found);
    if (length >= size) {
        in->err = document_explain(in->why, ERR_LONG, "%s%s: %zu bytes, at most %zu fit", in->where,
            key, length, size - 1);
        return;
    }
    memcpy(text, found, length + 1);
}

void fields_get_text(struct fields *in, const char *key, char *text, size_t size)
{
    fields_get_any_text(in, key, text, size);
    if (in->err == ERR_OK && text[0] == '\0')
        fields_refuse(in, ERR_VALUE, key, "must not be empty");
}

void fields_get_number(
    struct fields *in, const char *key, int64_t *number, int64_t least, int64_t most)
{
    const struct document *value = require(in, key);
    int64_t is = 0;
    if (value == NULL)
        return;
    if (!document_number(&is, value) || is < least || is > most)
        in->err = document_explain(in->why, ERR_VALUE,
            "%s%s: must be a whole number from %" PRId64 " to %" PRId64, in->where, key, least,
            most);
    else
        *number = is;
}

void fields_get_bool(struct fields *in, const char *key, bool *truth)
{
    const struct document *value = require(in, key);
    if (value != NULL && !document_bool(truth, value))
        fields_refuse(in, ERR_FORMAT, key, "must be true or false");
}

void fields_get_bytes(struct fields *in, const char *key, uint8_t *bytes, size_t *size, size_t room)
{
    const struct document *value = require(in, key);
    const char *text = document_text(value);
    *size = 0;
    if (value == NULL)
        return;
    enum err err = text != NULL ? base64_parse(bytes, size, room, text, strlen(text)) : ERR_FORMAT;
    if (err == ERR_LONG)
        in->err =
            document_explain(in->why, err, "%s%s: at most %zu bytes fit", in->where, key, room);
    else if (err != ERR_OK)
        fields_refuse(in, err, key, "must be bytes in base64 with padding");
}

void fields_get_exact(struct fields *in, const char *key, uint8_t *bytes, size_t size)
{
    size_t got;
    fields_get_bytes(in, key, bytes, &got, size);
    if (in->err == ERR_OK && got != size)
        in->err = document_explain(
            in->why, ERR_VALUE, "%s%s: must be %zu bytes, not %zu", in->where, key, size, got);
}

const struct document *fields_get_list(struct fields *in, const char *key)
{
    const struct document *value = require(in, key);
    if (value != NULL && !document_is_list(value))
        fields_refuse(in, ERR_FORMAT, key, "must be a list in brackets");
    else if (value != NULL && document_count(value) > FIELDS_ELEMENTS)
        fields_refuse(in, ERR_LONG, key, "is too long a list");
    return in->err == ERR_OK ? value : NULL;
}

const struct document *fields_get_object(struct fields *in, const char *key)
{
    const struct document *value = require(in, key);
    if (value != NULL && !document_is_object(value))
        fields_refuse(in, ERR_FORMAT, key, "must be an object in braces");
    return in->err == ERR_OK ? value : NULL;
}

static enum err refuse_unasked(void *arg, const char *key, const struct document *value)
{
    struct fields *in = arg;
    (void)value;
    for (unsigned i = 0; i < in->count; i++)
        if (strcmp(in->asked[i], key) == 0)
            return ERR_OK;
    return document_explain(in->why, ERR_VALUE, "%s%s: unknown member", in->where, key);
}

enum err fields_end(struct fields *in)
{
    if (in->err == ERR_OK)
        in->err = document_each(in->object, refuse_unasked, in);
    return in->err;
}
