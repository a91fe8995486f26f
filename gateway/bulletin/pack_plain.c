#include "gateway/bulletin/pack_plain.h"

#include "gateway/base/utf8.h"

#define ESCAPE 0x1b
#define UPPER_FIRST 0x80
#define LETTERS_FIRST 0xc0 /* А-я stand here in Unicode's order */
#define CODE_A 0x0410u
#define CODE_YA 0x044fu

/* Bytes 0x80..0xBF; 0 is not assigned. */
static const uint16_t upper[LETTERS_FIRST - UPPER_FIRST] = {
    0x0402, 0x0403, 0x201a, 0x0453, 0x201e, 0x2026, 0x2020, 0x2021, /* 0x80 */
    0x20ac, 0x2030, 0x0409, 0x2039, 0x040a, 0x049a, 0x04ba, 0x040f, /* 0x88 */
    0x0452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 0x90 */
    0x0000, 0x2122, 0x0459, 0x203a, 0x045a, 0x049b, 0x04bb, 0x045f, /* 0x98 */
    0x00a0, 0x04b0, 0x04b1, 0x04d8, 0x00a4, 0x04e8, 0x00a6, 0x00a7, /* 0xa0 */
    0x0401, 0x00a9, 0x0492, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x04ae, /* 0xa8 */
    0x00b0, 0x00b1, 0x0406, 0x0456, 0x04e9, 0x00b5, 0x00b6, 0x00b7, /* 0xb0 */
    0x0451, 0x2116, 0x0493, 0x00bb, 0x04d9, 0x04a2, 0x04a3, 0x04af, /* 0xb8 */
};

/* The byte of a character, or ESCAPE if it has none. */
static uint8_t find_byte(uint32_t code)
{
    if (code < UPPER_FIRST)
        return (uint8_t)code;
    if (code >= CODE_A && code <= CODE_YA)
        return (uint8_t)(LETTERS_FIRST + (code - CODE_A));
    for (size_t i = 0; i < sizeof upper / sizeof upper[0]; i++)
        if (upper[i] == code)
            return (uint8_t)(UPPER_FIRST + i);
    return ESCAPE;
}

enum err pack_plain_encode(struct buf_out *out, const uint8_t *text, size_t size)
{
    enum err err = utf8_check((const char *)text, size);
    if (err != ERR_OK)
        return err;
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t length = utf8_decode(&code, (const char *)text + at, size - at);
        uint8_t byte = find_byte(code);
        buf_put_u8(out, byte);
        if (byte == ESCAPE)
            buf_put_bytes(out, text + at, length);
        at += length;
    }
    return out->err;
}

/* What an escape at bytes[0..size) stands for; returns the length of its UTF-8, 0 if no encoder makes it. */
static size_t decode_escape(const uint8_t *bytes, size_t size)
{
    uint32_t code;
    size_t length = utf8_decode(&code, (const char *)bytes, size);
    return length > 0 && find_byte(code) == ESCAPE ? length : 0;
}

/* Writes the character of one byte that is no escape; false if the byte is not assigned. */
static int put_byte(struct buf_out *out, uint8_t byte)
{
    char utf8[4];
    uint32_t code = byte;
    if (byte >= LETTERS_FIRST)
        code = CODE_A + (byte - LETTERS_FIRST);
    else if (byte >= UPPER_FIRST)
        code = upper[byte - UPPER_FIRST];
    buf_put_bytes(out, utf8, utf8_put(utf8, code));
    return code != 0;
}

enum err pack_plain_decode(struct buf_out *out, const uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        if (bytes[at] != ESCAPE) {
            if (!put_byte(out, bytes[at++]))
                return ERR_FORMAT;
            continue;
        }
        at++;
        size_t length = decode_escape(bytes + at, size - at);
        if (length == 0)
            return ERR_FORMAT;
        buf_put_bytes(out, bytes + at, length);
        at += length;
    }
    return out->err;
}
