#include "modems/segment.h"

#include "gateway/base/utf8.h"
#include "modems/gsm7.h"

#include <stdbool.h>
#include <string.h>

#define UCS2_ASTRAL 0xffff /* code points above are two units */
#define ZERO_WIDTH_JOINER 0x200d
#define BACK_SHARE 5 /* a break goes back to a space by at most one fifth of a part */

_Static_assert(
    SEGMENT_UDH_SIZE <= MESSAGES_UDH_MAX, "a header must fit the message that carries it");

/* Units of one part by coding: alone, with the 8-bit and with the 16-bit reference. */
static const struct {
    uint16_t alone;
    uint16_t each[SEGMENT_REFERENCE_COUNT];
} capacity[] = {
    [MESSAGE_GSM7] = {160, {153, 152}},
    [MESSAGE_UCS2] = {70, {67, 66}},
};

/* What belongs to the character before it: combining marks, variation selectors, skin tones, tags. */
static const struct {
    uint32_t first;
    uint32_t last;
} extenders[] = {
    {0x300, 0x36f},
    {0x483, 0x489},
    {0x591, 0x5bd},
    {0x610, 0x61a},
    {0x64b, 0x65f},
    {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff},
    {0x200c, ZERO_WIDTH_JOINER},
    {0x20d0, 0x20ff},
    {0xfe00, 0xfe0f},
    {0xfe20, 0xfe2f},
    {0x1f3fb, 0x1f3ff},
    {0xe0020, 0xe007f},
    {0xe0100, 0xe01ef},
};

static bool is_extender(uint32_t code)
{
    for (size_t i = 0; i < sizeof extenders / sizeof *extenders; i++)
        if (code >= extenders[i].first && code <= extenders[i].last)
            return true;
    return false;
}

/* Two of these make a flag. */
static bool is_regional(uint32_t code)
{
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

static unsigned cost_of(enum message_coding coding, uint32_t code)
{
    if (coding == MESSAGE_GSM7)
        return gsm7_cost(code);
    return code > UCS2_ASTRAL ? 2 : 1;
}

/* A character as its reader sees it, or as much of it as fits into `most` units, but at least one code point: moves *text
 * behind it and returns its units. */
static unsigned next_character(const char **text, enum message_coding coding, unsigned most)
{
    uint32_t last = utf8_next(text);
    unsigned units = cost_of(coding, last);
    bool flag = is_regional(last);
    while (**text != '\0') {
        const char *next = *text;
        uint32_t code = utf8_next(&next);
        bool joined = last == ZERO_WIDTH_JOINER || is_extender(code) || (flag && is_regional(code));
        unsigned cost = cost_of(coding, code);
        if (!joined || units + cost > most)
            break;
        flag = false;
        units += cost;
        last = code;
        *text = next;
    }
    return units;
}

/* The longest part of at most `most` units: returns its units, *end is behind it. */
static unsigned fill_part(
    const char **end, const char *text, enum message_coding coding, unsigned most)
{
    unsigned units = 0;
    *end = text;
    while (**end != '\0') {
        const char *next = *end;
        unsigned cost = next_character(&next, coding, most);
        if (units + cost > most)
            break;
        units += cost;
        *end = next;
    }
    return units;
}

/* Parts that a text takes if each is filled, but no more than `enough`. */
static size_t count_parts(
    const char *text, enum message_coding coding, unsigned most, size_t enough)
{
    size_t count = 0;
    while (*text != '\0' && count < enough) {
        const char *end;
        fill_part(&end, text, coding, most);
        text = end;
        count++;
    }
    return count;
}

/* A break before `at` parts nothing: there is a space before it, and what follows does not belong to that space. */
static bool is_word_start(const char *at)
{
    const char *next = at;
    uint32_t code = utf8_next(&next);
    return at[-1] == ' ' && code != ' ' && !is_extender(code);
}

/* Behind the last space in a full part that is near enough to its end and leaves no more than `left` parts; or end. */
static const char *find_break(
    const char *text, const char *end, enum message_coding coding, unsigned most, size_t left)
{
    unsigned back = 0;
    for (const char *at = end; at > text && back <= most / BACK_SHARE; at--) {
        if (((unsigned char)*at & 0xc0) == 0x80)
            continue;
        if (is_word_start(at) && count_parts(at, coding, most, left + 1) <= left)
            return at;
        back++;
    }
    return end;
}

static unsigned count_units(const char *text, const char *end, enum message_coding coding)
{
    unsigned units = 0;
    while (text < end)
        units += cost_of(coding, utf8_next(&text));
    return units;
}

/* 9.2.3.24.1 (element 0x00) and 9.2.3.24.8 (element 0x08). */
static void put_header(struct segment_part *part, enum segment_reference width, uint16_t reference,
    size_t count, size_t number)
{
    uint8_t high = (uint8_t)(reference >> 8), low = (uint8_t)(reference & 0xff);
    uint8_t all = (uint8_t)count, this = (uint8_t)number;
    const uint8_t narrow[] = {5, 0x00, 3, low, all, this};
    const uint8_t wide[] = {6, 0x08, 4, high, low, all, this};
    bool is_wide = width == SEGMENT_REFERENCE_16;
    part->udh_size = is_wide ? sizeof wide : sizeof narrow;
    memcpy(part->udh, is_wide ? wide : narrow, part->udh_size);
}

unsigned segment_room(enum message_coding coding, bool is_one_of_several)
{
    return is_one_of_several ? capacity[coding].each[SEGMENT_REFERENCE_8] : capacity[coding].alone;
}

void segment_measure(struct segment_size *size, const char *text)
{
    *size = (struct segment_size){.coding = MESSAGE_GSM7, .parts = 1};
    if (gsm7_measure(&size->units, &size->misfit, text) != ERR_OK) {
        size->coding = MESSAGE_UCS2;
        size->units = utf8_count_utf16(text);
    }
    if (size->units > capacity[size->coding].alone)
        size->parts = count_parts(
            text, size->coding, capacity[size->coding].each[SEGMENT_REFERENCE_8], SIZE_MAX);
}

enum err segment_split(
    struct segment *segment, const char *text, enum segment_reference width, uint16_t reference)
{
    enum err err = utf8_check(text, strlen(text));
    if (err != ERR_OK)
        return err;
    struct segment_size size;
    segment_measure(&size, text);
    *segment = (struct segment){.coding = size.coding, .count = 1};
    if (size.units <= capacity[size.coding].alone) {
        segment->part[0] = (struct segment_part){
            .text = text, .size = strlen(text), .units = (uint16_t)size.units};
        return ERR_OK;
    }
    unsigned most = capacity[size.coding].each[width];
    size_t count = count_parts(text, size.coding, most, SEGMENT_PARTS_MAX + 1);
    if (count > SEGMENT_PARTS_MAX)
        return ERR_LONG;
    segment->count = (uint8_t)count;
    for (size_t i = 0; i < count; i++) {
        struct segment_part *part = &segment->part[i];
        const char *end;
        fill_part(&end, text, size.coding, most);
        if (*end != '\0')
            end = find_break(text, end, size.coding, most, count - i - 1);
        part->text = text;
        part->size = (size_t)(end - text);
        part->units = (uint16_t)count_units(text, end, size.coding);
        put_header(part, width, reference, count, i + 1);
        text = end;
    }
    return ERR_OK;
}
