#include "gateway/bulletin/pack_mixer.h"

#include "gateway/bulletin/pack_plain.h"
#include "gateway/bulletin/pack_predict.h"
#include "gateway/bulletin/pack_prime.h"

#include <string.h>

#define BYTE_BITS 8
#define CODE_BYTES 4
#define END_OF_TEXT 0x00

struct encoder {
    uint32_t low;
    uint32_t high;
    struct buf_out *out;
};

struct decoder {
    uint32_t code; /* the 32 bits that stand where low and high do */
    size_t at;     /* bytes read, those after the end counted */
    const uint8_t *bytes;
    size_t size;
};

enum err pack_mixer_prime(struct buf_out *plain)
{
    size_t at = 0;
    while (at < pack_prime_size) {
        const char *text = pack_prime_text + at;
        size_t size = strlen(text);
        enum err err = pack_plain_encode(plain, (const uint8_t *)text, size);
        if (err != ERR_OK)
            return err;
        buf_put_u8(plain, END_OF_TEXT);
        at += size + 1;
    }
    return plain->err;
}

static enum err begin(struct pack_history *history)
{
    uint8_t prime[PACK_HISTORY_MAX];
    struct buf_out plain;
    buf_out_init(&plain, prime, sizeof prime);
    enum err err = pack_mixer_prime(&plain);
    pack_history_init(history);
    for (size_t i = 0; i < plain.used && err == ERR_OK; i++)
        err = pack_history_add(history, prime[i]);
    pack_history_begin_own(history);
    return err;
}

static uint32_t find_middle(const struct encoder *e, uint32_t p)
{
    uint32_t range = e->high - e->low;
    return e->low + (range >> 16) * p + ((range & 0xffff) * p >> 16);
}

/* Bytes that low and high share are settled; returns how many were written. */
static unsigned put_settled(struct encoder *e)
{
    unsigned count = 0;
    for (; ((e->low ^ e->high) >> 24) == 0; count++) {
        buf_put_u8(e->out, (uint8_t)(e->high >> 24));
        e->low <<= 8;
        e->high = e->high << 8 | 0xff;
    }
    return count;
}

static unsigned encode_bit(struct encoder *e, unsigned bit, uint32_t p)
{
    uint32_t middle = find_middle(e, p);
    if (bit)
        e->high = middle;
    else
        e->low = middle + 1;
    return put_settled(e);
}

/* The fewest bytes that, followed by zeros, lie between low and high. */
static void put_rest(const struct encoder *e)
{
    for (unsigned count = 0; count <= CODE_BYTES; count++) {
        uint64_t step = (uint64_t)1 << (BYTE_BITS * (CODE_BYTES - count));
        uint64_t value = (e->low + step - 1) / step * step;
        if (value > e->high)
            continue;
        for (unsigned i = 0; i < count; i++)
            buf_put_u8(e->out, (uint8_t)(value >> (BYTE_BITS * (CODE_BYTES - 1 - i))));
        return;
    }
}

static void encode_byte(struct encoder *e, const struct pack_history *history, uint8_t byte)
{
    struct pack_counts counts;
    struct pack_predictor predictor;
    pack_history_count(&counts, history);
    pack_predict_begin(&predictor, &counts);
    for (unsigned i = BYTE_BITS; i-- > 0;) {
        unsigned bit = (unsigned)byte >> i & 1u;
        (void)encode_bit(e, bit, pack_predict_bit(&predictor));
        pack_predict_take(&predictor, bit);
    }
}

enum err pack_mixer_encode(struct buf_out *out, const uint8_t *plain, size_t size)
{
    struct pack_history history;
    struct encoder encoder = {0, UINT32_MAX, out};
    enum err err = begin(&history);
    for (size_t i = 0; i < size && err == ERR_OK; i++) {
        encode_byte(&encoder, &history, plain[i]);
        err = pack_history_add(&history, plain[i]);
        if (err == ERR_OK)
            err = out->err;
    }
    if (err != ERR_OK)
        return err;
    encode_byte(&encoder, &history, END_OF_TEXT);
    put_rest(&encoder);
    return out->err;
}

static void read_byte(struct decoder *d)
{
    d->code = d->code << 8 | (d->at < d->size ? d->bytes[d->at] : 0u);
    d->at++;
}

/* Decodes a byte and encodes it again. */
static uint8_t decode_byte(
    struct decoder *d, struct encoder *again, const struct pack_history *history)
{
    struct pack_counts counts;
    struct pack_predictor predictor;
    pack_history_count(&counts, history);
    pack_predict_begin(&predictor, &counts);
    for (unsigned i = 0; i < BYTE_BITS; i++) {
        uint32_t p = pack_predict_bit(&predictor);
        unsigned bit = d->code <= find_middle(again, p);
        for (unsigned count = encode_bit(again, bit, p); count > 0; count--)
            read_byte(d);
        pack_predict_take(&predictor, bit);
    }
    return (uint8_t)(predictor.prefix & 0xff);
}

/* Texts until the end of text; then whether what was encoded again is the same bytes. */
static enum err decode_text(
    struct buf_out *plain, struct decoder *d, struct encoder *again, struct pack_history *history)
{
    for (;;) {
        uint8_t byte = decode_byte(d, again, history);
        if (d->at > d->size + CODE_BYTES || again->out->err != ERR_OK)
            return ERR_FORMAT;
        if (byte == END_OF_TEXT)
            break;
        buf_put_u8(plain, byte);
        if (plain->err != ERR_OK || pack_history_add(history, byte) != ERR_OK)
            return ERR_LONG;
    }
    put_rest(again);
    bool same = again->out->err == ERR_OK && again->out->used == d->size;
    return same && memcmp(again->out->data, d->bytes, d->size) == 0 ? ERR_OK : ERR_FORMAT;
}

enum err pack_mixer_decode(struct buf_out *plain, const uint8_t *bytes, size_t size)
{
    struct pack_history history;
    uint8_t copy[PACK_HISTORY_MAX];
    struct buf_out out;
    struct encoder again = {0, UINT32_MAX, &out};
    struct decoder decoder = {.bytes = bytes, .size = size};
    enum err err = begin(&history);
    if (err != ERR_OK || size > sizeof copy)
        return err != ERR_OK ? err : ERR_LONG;
    buf_out_init(&out, copy, size);
    for (unsigned i = 0; i < CODE_BYTES; i++)
        read_byte(&decoder);
    return decode_text(plain, &decoder, &again, &history);
}
