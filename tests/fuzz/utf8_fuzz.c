/* utf8: what utf8_check accepts, steps and puts back to the same bytes; what it refuses never makes a step read on. */
#include "gateway/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX + 1];
    char again[TEXT_MAX * 3 + 4];
    size_t used = 0;
    if (size > TEXT_MAX)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    const char *at = text;
    for (uint32_t code = utf8_next(&at); code != 0; code = utf8_next(&at))
        used += utf8_put(again + used, code);
    check(at == text + strlen(text));
    if (utf8_check(text, size) == ERR_OK) {
        check(used == size && memcmp(text, again, size) == 0);
        for (size_t room = 0; room <= size; room++)
            check(utf8_check(text, utf8_cut(text, size, room)) == ERR_OK);
    }
    return 0;
}
