/* core_names: the lists of core.h, and where the fields and texts that they name lie in a bulletin.
 */
#ifndef GATEWAY_NEWSROOM_WEB_CORE_NAMES_H
#define GATEWAY_NEWSROOM_WEB_CORE_NAMES_H

#include <stddef.h>

#define CORE_NAMES_FIELD_COUNT 17
#define CORE_NAMES_TEXT_COUNT 3

/* A whole number in struct bulletin, little-endian as all of WebAssembly is. */
struct core_names_field {
    const char *name;
    size_t offset;
    size_t size;
};

/* A text in struct bulletin_text. */
struct core_names_text {
    const char *name;
    size_t offset;
    size_t max; /* bytes without the NUL */
};

extern const struct core_names_field core_names_fields[CORE_NAMES_FIELD_COUNT];
extern const struct core_names_text core_names_texts[CORE_NAMES_TEXT_COUNT];

#endif
