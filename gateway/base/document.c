#include "gateway/base/document.h"

#include "gateway/base/base64.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/utf8.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *json_of(struct document *document)
{
    return (json_t *)(void *)document;
}

/* jansson's readers take const, and its look-ups return what may be changed: nothing here changes it. */
static const json_t *peek(const struct document *document)
{
    return (const json_t *)(const void *)document;
}

static const struct document *view(const json_t *json)
{
    return (const struct document *)(const void *)json;
}

static struct document *checked(json_t *json)
{
    if (json == NULL)
        log_fatal("no_memory document");
    return (struct document *)(void *)json;
}

static void must(int result)
{
    if (result != 0)
        log_fatal("no_memory document");
}

enum err document_explain(char why[DOCUMENT_WHY_MAX], enum err err, const char *format, ...)
{
    char line[2 * DOCUMENT_WHY_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    size_t size = utf8_cut(line, strlen(line), DOCUMENT_WHY_MAX - 1);
    for (size_t i = 0; i < size; i++)
        why[i] = (char)((unsigned char)line[i] < ' ' ? ' ' : line[i]);
    why[size] = '\0';
    return err;
}

/* ---- making ---- */

/* A text with U+FFFD (three bytes) for each malformed byte. */
static json_t *mended(const char *value)
{
    size_t used = 0;
    char *text = malloc(3 * strlen(value) + 1);
    if (text == NULL)
        log_fatal("no_memory document");
    while (*value != '\0')
        used += utf8_put(text + used, utf8_next(&value));
    json_t *json = json_stringn(text, used);
    free(text);
    return json;
}

static json_t *text_of(const char *value)
{
    return utf8_check(value, strlen(value)) == ERR_OK ? json_string(value) : mended(value);
}

struct document *document_new_object(void)
{
    return checked(json_object());
}

struct document *document_new_list(void)
{
    return checked(json_array());
}

struct document *document_copy(const struct document *document)
{
    return checked(json_deep_copy(peek(document)));
}

void document_free(struct document *document)
{
    json_decref(json_of(document));
}

void document_set_text(struct document *object, const char *key, const char *value)
{
    must(json_object_set_new(json_of(object), key, text_of(value)));
}

void document_set_number(struct document *object, const char *key, int64_t value)
{
    must(json_object_set_new(json_of(object), key, json_integer(value)));
}

void document_set_bool(struct document *object, const char *key, bool value)
{
    must(json_object_set_new(json_of(object), key, json_boolean(value)));
}

void document_set_null(struct document *object, const char *key)
{
    must(json_object_set_new(json_of(object), key, json_null()));
}

void document_set_bytes(struct document *object, const char *key, const uint8_t *bytes, size_t size)
{
    char *text = malloc(BASE64_LETTERS(size) + 1);
    if (text == NULL)
        log_fatal("no_memory document");
    base64_print(text, bytes, size);
    document_set_text(object, key, text);
    free(text);
}

void document_set_time(struct document *object, const char *key, int64_t wall_s)
{
    char text[CLOCK_UTC_SIZE];
    clock_print_utc(text, wall_s);
    document_set_text(object, key, text);
}

void document_set(struct document *object, const char *key, struct document *value)
{
    must(json_object_set_new(json_of(object), key, json_of(value)));
}

void document_append(struct document *list, struct document *value)
{
    must(json_array_append_new(json_of(list), json_of(value)));
}

void document_append_text(struct document *list, const char *value)
{
    must(json_array_append_new(json_of(list), text_of(value)));
}

void document_append_number(struct document *list, int64_t value)
{
    must(json_array_append_new(json_of(list), json_integer(value)));
}

/* ---- writing ---- */

static char *dump(size_t *size, const struct document *document, size_t flags)
{
    char *text = json_dumps(peek(document), flags | JSON_ENCODE_ANY);
    if (text == NULL)
        log_fatal("no_memory document");
    *size = strlen(text);
    return text;
}

char *document_write_new(size_t *size, const struct document *document)
{
    return dump(size, document, JSON_COMPACT);
}

char *document_write_indented_new(size_t *size, const struct document *document)
{
    return dump(size, document, JSON_INDENT(2));
}

size_t document_write(char *text, size_t size, const struct document *document)
{
    size_t used = json_dumpb(peek(document), text, size, JSON_COMPACT | JSON_ENCODE_ANY);
    if (used >= size)
        return 0;
    text[used] = '\0';
    return used;
}

/* ---- reading ---- */

/* The deepest nesting of brackets outside texts: looked at before the parser, which recurses, sees them. */
static size_t depth_of(const char *text, size_t size)
{
    size_t depth = 0, deepest = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '['))
            depth++;
        else if (!quoted && (text[i] == '}' || text[i] == ']') && depth > 0)
            depth--;
        if (depth > deepest)
            deepest = depth;
    }
    return deepest;
}

enum err document_parse(struct document **document, char why[DOCUMENT_WHY_MAX], const char *text,
    size_t size, size_t max)
{
    json_error_t error;
    why[0] = '\0';
    if (size > max)
        return document_explain(why, ERR_LONG, "%zu bytes, at most %zu are read", size, max);
    if (depth_of(text, size) > DOCUMENT_DEPTH_MAX)
        return document_explain(why, ERR_LONG, "nested deeper than %d levels", DOCUMENT_DEPTH_MAX);
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        return document_explain(
            why, ERR_FORMAT, "line %d, column %d: %s", error.line, error.column, error.text);
    *document = checked(json);
    return ERR_OK;
}

struct document *document_from_text(const char *json)
{
    return checked(json_loads(json, JSON_REJECT_DUPLICATES, NULL));
}

bool document_is_object(const struct document *value)
{
    return json_is_object(peek(value));
}

bool document_is_list(const struct document *value)
{
    return json_is_array(peek(value));
}

bool document_is_null(const struct document *value)
{
    return json_is_null(peek(value));
}

const char *document_text(const struct document *value)
{
    return json_string_value(peek(value));
}

bool document_number(int64_t *number, const struct document *value)
{
    if (!json_is_integer(peek(value)))
        return false;
    *number = json_integer_value(peek(value));
    return true;
}

bool document_bool(bool *truth, const struct document *value)
{
    if (!json_is_boolean(peek(value)))
        return false;
    *truth = json_is_true(peek(value));
    return true;
}

size_t document_count(const struct document *value)
{
    return json_is_object(peek(value)) ? json_object_size(peek(value))
                                       : json_array_size(peek(value));
}

const struct document *document_at(const struct document *list, size_t i)
{
    return view(json_array_get(peek(list), i));
}

const struct document *document_member(const struct document *object, const char *key)
{
    return view(json_object_get(peek(object), key));
}

/* jansson's iteration takes what may be changed, and changes nothing: the one cast away from const. */
static json_t *iterable(const struct document *object)
{
    union {
        const struct document *seen;
        json_t *json;
    } same = {object};
    return same.json;
}

enum err document_each(const struct document *object, document_on_member *each, void *arg)
{
    json_t *json = iterable(object);
    enum err err = ERR_OK;
    for (void *at = json_object_iter(json); at != NULL && err == ERR_OK;
         at = json_object_iter_next(json, at))
        err = each(arg, json_object_iter_key(at), view(json_object_iter_value(at)));
    return err;
}
