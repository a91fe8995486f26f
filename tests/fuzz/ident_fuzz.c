/* ident: any 126 bytes, with a tag that fits: what decodes encodes to the same bytes and prints as one line. */
#include "audio/ident.h"

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
    uint8_t bytes[FRAME_SIZE], again[FRAME_SIZE];
    struct frame frame = {.object = FRAME_IDENT, .k = 1};
    char text[IDENT_TEXT_SIZE];
    struct ident ident;
    memcpy(frame.symbol.bytes, data, size < ERASURE_SYMBOL_SIZE ? size : ERASURE_SYMBOL_SIZE);
    frame_make_tag(frame.tag, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
    check(frame_encode(bytes, &frame) == ERR_OK);
    if (ident_decode(&ident, bytes))
        return 0;
    check(ident_encode(again, &ident) == ERR_OK && memcmp(bytes, again, FRAME_SIZE) == 0);
    ident_print(text, &ident);
    for (const char *at = text; *at; at++)
        check(*at >= ' ' && *at <= '~');
    return 0;
}
