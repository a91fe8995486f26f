#include "tests/fakes/modemsim_gsm.h"

#include <string.h>

/* 23.038 section 6.2.1, row by row of 16 */
/* clang-format off */
static const uint16_t basic[128] = {
    '@', 0xA3, '$', 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, '\n', 0xD8, 0xF8, '\r', 0xC5, 0xE5,
    0x394, '_', 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xA0, 0xC6, 0xE6, 0xDF, 0xC9,
    ' ', '!', '"', '#', 0xA4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
    0xA1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
    0xBF, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
};
/* clang-format on */

/* section 6.2.1.1 */
static const struct {
    uint8_t septet;
    uint16_t code;
} extension[] = {
    {0x0A, '\f'},
    {0x14, '^'},
    {0x28, '{'},
    {0x29, '}'},
    {0x2F, '\\'},
    {0x3C, '['},
    {0x3D, '~'},
    {0x3E, ']'},
    {0x40, '|'},
    {0x65, 0x20AC},
};
#define EXTENSIONS (sizeof extension / sizeof *extension)

uint32_t gsm_utf8_next(const char **text)
{
    static const uint32_t least[4] = {0, 0x80, 0x800, 0x10000};
    const uint8_t *p = (const uint8_t *)*text;
    size_t more = p[0] < 0x80 ? 0 : p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1;
    uint32_t code = more ? p[0] & (0x3FU >> more) : p[0];
    (*text)++;
    if (p[0] >= 0xF8 || (p[0] >= 0x80 && p[0] < 0xC0))
        return GSM_REPLACEMENT;
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return GSM_REPLACEMENT;
        code = code << 6 | (p[i] & 63);
    }
    if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return GSM_REPLACEMENT;
    *text += more;
    return code;
}

static bool extension_find(uint32_t *code, uint8_t septet)
{
    for (size_t i = 0; i < EXTENSIONS; i++) {
        if (extension[i].septet == septet) {
            *code = extension[i].code;
            return true;
        }
    }
    return false;
}

unsigned gsm_decode(struct out *utf8, const uint8_t *septets, size_t count)
{
    unsigned flaws = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t code = basic[septets[i] & 127];
        if ((septets[i] & 127) == GSM_ESCAPE) {
            if (i + 1 == count) {
                flaws |= GSM_FLAW_ESCAPE_AT_END;
                break;
            }
            code = basic[septets[++i] & 127];
            if (!extension_find(&code, septets[i] & 127))
                flaws |= GSM_FLAW_UNKNOWN_ESCAPE;
        }
        out_code_point(utf8, code ? code : GSM_REPLACEMENT);
    }
    return flaws;
}

unsigned gsm_ucs2_decode(struct out *utf8, const uint8_t *bytes, size_t length)
{
    unsigned flaws = length % 2 ? GSM_FLAW_ODD_BYTES : 0;
    for (size_t i = 0; i + 1 < length; i += 2) {
        uint32_t unit = (uint32_t)bytes[i] << 8 | bytes[i + 1];
        if (unit >= 0xD800 && unit <= 0xDBFF && i + 3 < length && (bytes[i + 2] & 0xFC) == 0xDC) {
            uint32_t low = (uint32_t)(bytes[i + 2] & 3) << 8 | bytes[i + 3];
            unit = 0x10000 + ((unit & 0x3FF) << 10) + low;
            i += 2;
        } else if (unit >= 0xD800 && unit <= 0xDFFF) {
            flaws |= GSM_FLAW_LONE_SURROGATE;
        }
        out_code_point(utf8, unit ? unit : GSM_REPLACEMENT);
    }
    return flaws;
}

/* 1 or 2 septets; 0 when the alphabet has no such character. */
static size_t encode_one(uint8_t septets[2], uint32_t code)
{
    for (uint8_t i = 0; i < 128; i++) {
        if (basic[i] == code && i != GSM_ESCAPE) {
            septets[0] = i;
            return 1;
        }
    }
    for (size_t i = 0; i < EXTENSIONS; i++) {
        if (extension[i].code == code) {
            septets[0] = GSM_ESCAPE;
            septets[1] = extension[i].septet;
            return 2;
        }
    }
    return 0;
}

bool gsm_encode(uint8_t *septets, size_t size, size_t *count, const char *utf8)
{
    size_t n = 0;
    while (*utf8) {
        uint8_t pair[2] = {0, 0};
        size_t length = encode_one(pair, gsm_utf8_next(&utf8));
        if (!length || n + length > size)
            return false;
        memcpy(septets + n, pair, length);
        n += length;
    }
    *count = n;
    return true;
}

bool gsm_ucs2_encode(uint8_t *bytes, size_t size, size_t *length, const char *utf8)
{
    size_t n = 0;
    while (*utf8) {
        uint32_t code = gsm_utf8_next(&utf8), high = 0;
        if (code >= 0x10000) {
            high = 0xD800 | (code - 0x10000) >> 10;
            code = 0xDC00 | ((code - 0x10000) & 0x3FF);
        }
        if (n + (high ? 4 : 2) > size)
            return false;
        if (high) {
            bytes[n++] = (uint8_t)(high >> 8);
            bytes[n++] = (uint8_t)high;
        }
        bytes[n++] = (uint8_t)(code >> 8);
        bytes[n++] = (uint8_t)code;
    }
    *length = n;
    return true;
}

void gsm_unpack(uint8_t *septets, size_t count, const uint8_t *octets, size_t length, size_t first)
{
    for (size_t i = 0; i < count; i++) {
        size_t bit = (first + i) * 7, at = bit / 8;
        unsigned two = at < length ? octets[at] : 0;
        two |= at + 1 < length ? (unsigned)octets[at + 1] << 8 : 0;
        septets[i] = (uint8_t)(two >> (bit % 8) & 127);
    }
}

void gsm_pack(uint8_t *octets, size_t length, size_t first, const uint8_t *septets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t bit = (first + i) * 7, at = bit / 8;
        unsigned two = (septets[i] & 127U) << (bit % 8);
        if (at < length)
            octets[at] |= (uint8_t)two;
        if (at + 1 < length)
            octets[at + 1] |= (uint8_t)(two >> 8);
    }
}
