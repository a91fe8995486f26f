#include "gateway/base/names.h"

#include <string.h>

const char *names_print(const struct names *table, int code)
{
    for (; table->name != NULL; table++)
        if (table->code == code)
            return table->name;
    return "?";
}

enum err names_parse(int *code, const struct names *table, const char *name)
{
    for (; table->name != NULL; table++)
        if (strcmp(table->name, name) == 0) {
            *code = table->code;
            return ERR_OK;
        }
    return ERR_MISSING;
}
