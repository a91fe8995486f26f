#include "gateway/newsroom/request.h"

#include <string.h>

static enum err parse(uint64_t *value, const char *text, size_t size)
{
    uint64_t parsed = 0;
    if (size == 0)
        return ERR_FORMAT;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return ERR_FORMAT;
        unsigned digit = (unsigned)(text[i] - '0');
        if (parsed > ((uint64_t)INT64_MAX - digit) / 10)
            return ERR_VALUE;
        parsed = parsed * 10 + digit;
    }
    *value = parsed;
    return ERR_OK;
}

enum err request_number(uint64_t *value, const struct request *request, unsigned argument)
{
    if (argument >= request->arguments.count)
        return ERR_FORMAT;
    const char *text = request->arguments.text[argument];
    return parse(value, text, strlen(text));
}

enum err request_query_number(uint64_t *value, const struct request *request, const char *name)
{
    size_t name_size = strlen(name);
    const char *at = request->query;
    while (*at != '\0') {
        size_t size = strcspn(at, "&");
        if (size > name_size && at[name_size] == '=' && memcmp(at, name, name_size) == 0)
            return parse(value, at + name_size + 1, size - name_size - 1);
        at += size;
        at += strspn(at, "&");
    }
    return ERR_OK;
}
