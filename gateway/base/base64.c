#include "gateway/base/base64.h"

#include <stdbool.h>
#include <string.h>

#define LETTER_BITS 6
#define GROUP_LETTERS 4
#define GROUP_BYTES 3

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_print(char *text, const uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size; at += GROUP_BYTES) {
        size_t left = size - at;
        uint32_t group = (uint32_t)bytes[at] << 16;
        if (left > 1)
            group |= (uint32_t)bytes[at + 1] << 8;
        if (left > 2)
            group |= bytes[at + 2];
        for (size_t i = 0; i < GROUP_LETTERS; i++)
            *text++ = (char)(i <= left ? alphabet[group >> (18 - LETTER_BITS * i) & 0x3f] : '=');
    }
    *text = '\0';
}

/* A letter's 6 bits, or 64 for what is none. */
static uint32_t letter_bits(char letter)
{
    const char *found = letter != '\0' ? strchr(alphabet, letter) : NULL;
    return found != NULL ? (uint32_t)(found - alphabet) : 64;
}

/* One group of four letters, the last one with its padding. Returns its bytes, 1 to 3, or 0 for a wrong one. */
static size_t parse_group(uint8_t bytes[GROUP_BYTES], const char *text, bool last)
{
    size_t letters = GROUP_LETTERS;
    while (last && letters > 2 && text[letters - 1] == '=')
        letters--;
    uint32_t group = 0;
    for (size_t i = 0; i < GROUP_LETTERS; i++) {
        uint32_t bits = i < letters ? letter_bits(text[i]) : 0;
        if (bits > 0x3f)
            return 0;
        group = group << LETTER_BITS | bits;
    }
    for (size_t i = 0; i < GROUP_BYTES; i++)
        bytes[i] = (uint8_t)(group >> (16 - 8 * i));
    for (size_t i = letters - 1; i < GROUP_BYTES; i++)
        if (bytes[i] != 0)
            return 0;
    return letters - 1;
}

enum err base64_parse(uint8_t *bytes, size_t *size, size_t room, const char *text, size_t text_size)
{
    *size = 0;
    if (text_size % GROUP_LETTERS != 0)
        return ERR_FORMAT;
    for (size_t at = 0; at < text_size; at += GROUP_LETTERS) {
        uint8_t group[GROUP_BYTES];
        size_t count = parse_group(group, text + at, at + GROUP_LETTERS == text_size);
        if (count == 0)
            return ERR_FORMAT;
        if (count > room - *size)
            return ERR_LONG;
        memcpy(bytes + *size, group, count);
        *size += count;
    }
    return ERR_OK;
}
