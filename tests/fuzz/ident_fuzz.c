/* ident: any 126 bytes, with a tag that fits: what decodes encodes to the same bytes and prints as one line; nobody has signed it, and
 * signed anew it checks. */
#include "audio/ident.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void check_signing(const struct ident *found)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {1};
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE], bytes[FRAME_SIZE];
    struct ident ident = *found, back;
    check(seal_init() == ERR_OK);
    seal_keypair(public_key, secret, seed);
    check(ident_check(&ident, public_key) == ERR_SEAL);
    if (!ident.dated)
        return;
    check(ident_sign(&ident, ident.time_s, secret) == ERR_OK);
    check(ident_encode(bytes, &ident) == ERR_OK && ident_decode(&back, bytes) == ERR_OK);
    check(ident_check(&back, public_key) == ERR_OK);
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
    check_signing(&ident);
    return 0;
}
