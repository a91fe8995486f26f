/* Any text in any language is spoken or refused. The first byte chooses the language. */
#include "audio/normal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char words[NORMAL_TEXT_MAX];
    char *text;

    if (size == 0)
        return 0;
    text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    if (normal_text(words, sizeof(words), text,
            (enum bulletin_language)(data[0] % BULLETIN_LANGUAGE_COUNT)) == 0 &&
        strlen(words) >= sizeof(words))
        abort();
    free(text);
    return 0;
}
