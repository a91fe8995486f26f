/* pack: the first byte chooses the model; the rest is read as packed bytes, and as a text. Whatever decodes is UTF-8, and, in
 * the models with one encoding, encodes to the same bytes; whatever encodes decodes to the same text. */
#include "gateway/base/utf8.h"
#include "gateway/bulletin/bulletin.h"
#include "gateway/bulletin/pack.h"

#include <stdlib.h>
#include <string.h>

#define MIXED_MAX                                                                                  \
    128 /* bytes: longer ones take the mixer long under sanitizers, and reach nothing more */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void unpack(uint8_t model, const uint8_t *data, size_t size)
{
    static char text[PACK_TEXT_MAX + 1];
    static uint8_t again[PACK_BYTES_MAX];
    struct buf_in in;
    size_t text_size, again_size;
    buf_in_init(&in, data, size);
    if (pack_decode(text, &text_size, sizeof text, model, &in) != ERR_OK)
        return;
    check(strlen(text) == text_size && utf8_check(text, text_size) == ERR_OK);
    if (model == BULLETIN_TEXT_MODEL_DEFLATE)
        return;
    buf_in_init(&in, (const uint8_t *)text, text_size);
    check(pack_encode(again, &again_size, sizeof again, model, &in) == ERR_OK);
    check(again_size == size && memcmp(again, data, size) == 0);
}

static void pack(uint8_t model, const uint8_t *data, size_t size)
{
    static char again[PACK_TEXT_MAX + 1];
    static uint8_t bytes[PACK_BYTES_MAX];
    struct buf_in in;
    size_t bytes_size, again_size;
    buf_in_init(&in, data, size);
    if (pack_encode(bytes, &bytes_size, sizeof bytes, model, &in) != ERR_OK)
        return;
    buf_in_init(&in, bytes, bytes_size);
    check(pack_decode(again, &again_size, sizeof again, model, &in) == ERR_OK);
    check(again_size == size && memcmp(again, data, size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    uint8_t model = data[0] % 4; /* 3 is unknown */
    if (model == BULLETIN_TEXT_MODEL_MIXER && size > MIXED_MAX)
        return 0;
    unpack(model, data + 1, size - 1);
    pack(model, data + 1, size - 1);
    return 0;
}
