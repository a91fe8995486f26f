/* names: tables that tie codes to names, and their two look-ups.
 */
#ifndef GATEWAY_BASE_NAMES_H
#define GATEWAY_BASE_NAMES_H

#include "gateway/base/err.h"

/* A table ends with a NULL name. */
struct names {
    int code;
    const char *name;
};

/* The code's name, or "?" . */
const char *names_print(const struct names *table, int code);
/* ERR_MISSING if no row has this name; case must match. */
ERR_CHECKED enum err names_parse(int *code, const struct names *table, const char *name);

#endif
