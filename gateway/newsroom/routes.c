#include "gateway/newsroom/routes.h"

#include <stdbool.h>
#include <string.h>

/* One part of a path, up to the next '/'. */
static bool fits_part(struct request_arguments *arguments, const char *pattern, size_t pattern_size,
    const char *part, size_t part_size)
{
    if (pattern[0] != ':')
        return pattern_size == part_size && memcmp(pattern, part, part_size) == 0;
    if (arguments->count == REQUEST_ARGUMENTS_MAX || part_size == 0 ||
        part_size >= REQUEST_ARGUMENT_SIZE)
        return false;
    char *text = arguments->text[arguments->count++];
    memcpy(text, part, part_size);
    text[part_size] = '\0';
    return true;
}

static bool fits(struct request_arguments *arguments, const char *pattern, const char *path)
{
    arguments->count = 0;
    while (*pattern == '/' && *path == '/') {
        size_t pattern_size = strcspn(++pattern, "/");
        size_t part_size = strcspn(++path, "/");
        if (!fits_part(arguments, pattern, pattern_size, path, part_size))
            return false;
        pattern += pattern_size;
        path += part_size;
    }
    return *pattern == '\0' && *path == '\0';
}

enum err routes_find(const struct route **route, struct request_arguments *arguments,
    const struct routes_table *table, enum routes_method method, const char *path)
{
    enum err err = ERR_MISSING;
    for (size_t i = 0; i < table->count; i++) {
        if (!fits(arguments, table->routes[i].pattern, path))
            continue;
        *route = &table->routes[i];
        if (table->routes[i].method == method)
            return ERR_OK;
        err = ERR_STATE;
    }
    return err;
}
