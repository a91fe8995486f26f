#include "gateway/base/utf8.h"

#define LEAD_COUNT 4
#define CODE_MAX 0x10ffffu
#define REPLACEMENT 0xfffdu

/* RFC 3629, 3: a sequence of length bytes begins with (lead & mask) == bits and encodes min or more. */
static const struct {
    uint8_t mask;
    uint8_t bits;
    uint8_t length;
    uint32_t min;
} leads[LEAD_COUNT] = {
    {0x80, 0x00, 1, 0x1},
    {0xe0, 0xc0, 2, 0x80},
    {0xf0, 0xe0, 3, 0x800},
    {0xf8, 0xf0, 4, 0x10000},
};

static int is_surrogate(uint32_t code)
{
    return code >= 0xd800 && code <= 0xdfff;
}

/* Never looks past a byte that does not continue the sequence, so that the NUL ends a terminated text of unknown size. */
size_t utf8_decode(uint32_t *code, const char *text, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t row = size > 0 ? 0 : LEAD_COUNT;
    while (row < LEAD_COUNT && (bytes[0] & leads[row].mask) != leads[row].bits)
        row++;
    if (row == LEAD_COUNT || leads[row].length > size)
        return 0;
    uint32_t value = bytes[0] & (uint8_t)~leads[row].mask;
    for (size_t i = 1; i < leads[row].length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (bytes[i] & 0x3f);
    }
    if (value < leads[row].min || value > CODE_MAX || is_surrogate(value))
        return 0;
    *code = value;
    return leads[row].length;
}

enum err utf8_check(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t length = utf8_decode(&code, text + at, size - at);
        if (length == 0)
            return ERR_TEXT;
        at += length;
    }
    return ERR_OK;
}

uint32_t utf8_next(const char **text)
{
    if (**text == '\0')
        return 0;
    uint32_t code = REPLACEMENT;
    size_t length = utf8_decode(&code, *text, LEAD_COUNT);
    *text += length > 0 ? length : 1;
    return code;
}

size_t utf8_put(char bytes[4], uint32_t code)
{
    if (code > CODE_MAX || is_surrogate(code))
        return 0;
    size_t row = LEAD_COUNT - 1;
    while (row > 0 && code < leads[row].min)
        row--;
    for (size_t i = leads[row].length; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(leads[row].bits | code);
    return leads[row].length;
}

size_t utf8_count(const char *text)
{
    size_t count = 0;
    while (utf8_next(&text) != 0)
        count++;
    return count;
}

size_t utf8_count_utf16(const char *text)
{
    size_t units = 0;
    for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text))
        units += code > 0xffff ? 2 : 1;
    return units;
}

size_t utf8_cut(const char *text, size_t size, size_t room)
{
    if (size <= room)
        return size;
    while (room > 0 && ((uint8_t)text[room] & 0xc0) == 0x80)
        room--;
    return room;
}

/* Runs of small letters. EVERY: each code in the run; EVEN, ODD: those of this parity, their capitals lie between. */
enum parity { EVERY, EVEN, ODD };

static const struct {
    uint16_t first;
    uint16_t last;
    enum parity parity;
    int16_t to_upper;
} smalls[] = {
    {'a', 'z', EVERY, -0x20},
    {0x00e0, 0x00f6, EVERY, -0x20}, /* Latin-1, without the division sign */
    {0x00f8, 0x00fe, EVERY, -0x20},
    {0x00ff, 0x00ff, EVERY, 0x0178 - 0x00ff},
    {0x0101, 0x012f, ODD, -1}, /* Latin Extended-A */
    {0x0131, 0x0131, EVERY, 'I' - 0x0131},
    {0x0133, 0x0137, ODD, -1},
    {0x013a, 0x0148, EVEN, -1},
    {0x014b, 0x0177, ODD, -1},
    {0x017a, 0x017e, EVEN, -1},
    {0x017f, 0x017f, EVERY, 'S' - 0x017f},
    {0x0430, 0x044f, EVERY, -0x20}, /* Cyrillic */
    {0x0450, 0x045f, EVERY, -0x50},
    {0x0461, 0x0481, ODD, -1},
    {0x048b, 0x04bf, ODD, -1}, /* Kazakh among them */
    {0x04c2, 0x04ce, EVEN, -1},
    {0x04cf, 0x04cf, EVERY, 0x04c0 - 0x04cf},
    {0x04d1, 0x052f, ODD, -1},
};

uint32_t utf8_upper(uint32_t code)
{
    for (size_t i = 0; i < sizeof smalls / sizeof smalls[0]; i++) {
        if (code < smalls[i].first || code > smalls[i].last)
            continue;
        if (smalls[i].parity != EVERY && (smalls[i].parity == ODD) != (code % 2 == 1))
            continue;
        return (uint32_t)((int32_t)code + smalls[i].to_upper);
    }
    return code;
}
