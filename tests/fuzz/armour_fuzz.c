/* armour: what is taken out of a text goes into an armour of its own and comes back the same. */
#include "gateway/bulletin/armour.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX], again[WIRE_SEALED_MAX];
    size_t sealed_size, again_size;
    check(seal_init() == ERR_OK);
    if (armour_parse(sealed, &sealed_size, (const char *)data, size) != ERR_OK)
        return 0;
    check(armour_print(text, sealed, sealed_size) == ERR_OK);
    check(armour_parse(again, &again_size, text, strlen(text)) == ERR_OK);
    check(again_size == sealed_size && memcmp(again, sealed, sealed_size) == 0);
    return 0;
}
