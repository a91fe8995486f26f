#include "gateway/tools/output.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/tools/args.h"

#include <jansson.h>
#include <stdio.h>

static json_t *json_of(struct output *output)
{
    return (json_t *)(void *)output;
}

static struct output *checked(json_t *json)
{
    if (json == NULL)
        log_fatal("no_json");
    return (struct output *)(void *)json;
}

static void must(int result)
{
    if (result != 0)
        log_fatal("no_json");
}

struct output *output_object(void)
{
    return checked(json_object());
}

struct output *output_list(void)
{
    return checked(json_array());
}

struct output *output_from_text(const char *json)
{
    return checked(json_loads(json, JSON_REJECT_DUPLICATES, NULL));
}

void output_set_text(struct output *object, const char *key, const char *value)
{
    must(json_object_set_new(json_of(object), key, json_string(value)));
}

void output_set_number(struct output *object, const char *key, int64_t value)
{
    must(json_object_set_new(json_of(object), key, json_integer(value)));
}

void output_set_bool(struct output *object, const char *key, bool value)
{
    must(json_object_set_new(json_of(object), key, json_boolean(value)));
}

void output_set_null(struct output *object, const char *key)
{
    must(json_object_set_new(json_of(object), key, json_null()));
}

void output_set_time(struct output *object, const char *key, int64_t wall_s)
{
    char text[CLOCK_UTC_SIZE];
    clock_print_utc(text, wall_s);
    output_set_text(object, key, text);
}

void output_set(struct output *object, const char *key, struct output *value)
{
    must(json_object_set_new(json_of(object), key, json_of(value)));
}

void output_append(struct output *list, struct output *value)
{
    must(json_array_append_new(json_of(list), json_of(value)));
}

void output_append_text(struct output *list, const char *value)
{
    must(json_array_append_new(json_of(list), json_string(value)));
}

static int print(struct output *output, size_t flags)
{
    int bad = json_dumpf(json_of(output), stdout, flags) != 0 || putchar('\n') == EOF ||
              fflush(stdout) != 0;
    output_free(output);
    return bad ? ARGS_EXIT_INPUT : ARGS_EXIT_OK;
}

int output_print(struct output *output)
{
    return print(output, JSON_COMPACT);
}

int output_print_indented(struct output *output)
{
    return print(output, JSON_INDENT(2));
}

size_t output_write(char *text, size_t size, struct output *output)
{
    size_t used = json_dumpb(json_of(output), text, size, JSON_COMPACT);
    output_free(output);
    if (used >= size)
        return 0;
    text[used] = '\0';
    return used;
}

void output_free(struct output *output)
{
    json_decref(json_of(output));
}

int output_finish(int code)
{
    bool bad = fflush(stdout) != 0 || ferror(stdout) != 0;
    if (!bad || code != ARGS_EXIT_OK)
        return code;
    return args_fail(ARGS_EXIT_INPUT, "standard output cannot be written");
}
