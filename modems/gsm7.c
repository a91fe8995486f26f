#include "modems/gsm7.h"

#include "gateway/base/utf8.h"

#include <stdbool.h>
#include <uchar.h>

#define REPLACEMENT 0xfffdu
#define ALPHABET_LAST 0x3a9 /* Ω: no character of the default alphabet has a greater code */
#define EURO 0x20ac         /* nor of the extension table, but this one */

/* 3GPP TS 23.038, 6.2.1: the characters of septets 0x00-0x7f, 16 a row. The escape stands for no character. */
static const char16_t alphabet[] = u"@£$¥èéùìòÇ\nØø\rÅå"
                                   u"Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
                                   u" !\"#¤%&'()*+,-./"
                                   u"0123456789:;<=>?"
                                   u"¡ABCDEFGHIJKLMNO"
                                   u"PQRSTUVWXYZÄÖÑÜ§"
                                   u"¿abcdefghijklmno"
                                   u"pqrstuvwxyzäöñüà";

/* 3GPP TS 23.038, 6.2.1.1: behind the escape. */
static const struct {
    uint16_t code;
    uint8_t septet;
} extension[] = {
    {'\f', 0x0a},
    {'^', 0x14},
    {'{', 0x28},
    {'}', 0x29},
    {'\\', 0x2f},
    {'[', 0x3c},
    {'~', 0x3d},
    {']', 0x3e},
    {'|', 0x40},
    {EURO, 0x65},
};

_Static_assert(
    sizeof alphabet / sizeof *alphabet == GSM7_SEPTET_MAX + 2, "all septets, and an end");

/* Letters, digits and most signs stand where they do in ASCII. */
static bool is_ascii_place(uint32_t code)
{
    return (code >= ' ' && code <= 'Z' && code != '$' && code != '@') ||
           (code >= 'a' && code <= 'z');
}

uint16_t gsm7_find(uint32_t code)
{
    if (is_ascii_place(code))
        return (uint16_t)code;
    if (code == 0 || code == GSM7_ESCAPE || (code > ALPHABET_LAST && code != EURO))
        return GSM7_NONE;
    for (uint16_t septet = 0; septet <= GSM7_SEPTET_MAX; septet++)
        if (alphabet[septet] == code)
            return septet;
    for (size_t i = 0; i < sizeof extension / sizeof *extension; i++)
        if (extension[i].code == code)
            return (uint16_t)(GSM7_ESCAPE << 8 | extension[i].septet);
    return GSM7_NONE;
}

uint32_t gsm7_letter(uint16_t found)
{
    for (size_t i = 0; i < sizeof extension / sizeof *extension; i++)
        if (found == (GSM7_ESCAPE << 8 | extension[i].septet))
            return extension[i].code;
    if (found > GSM7_SEPTET_MAX || found == GSM7_ESCAPE)
        return REPLACEMENT;
    return alphabet[found];
}

unsigned gsm7_cost(uint32_t code)
{
    uint16_t found = gsm7_find(code);
    if (found == GSM7_NONE)
        return 0;
    return found <= GSM7_SEPTET_MAX ? 1 : 2;
}

enum err gsm7_measure(size_t *septets, uint32_t *misfit, const char *text)
{
    *septets = 0;
    *misfit = 0;
    while (*text != '\0') {
        uint32_t code = utf8_next(&text);
        unsigned cost = gsm7_cost(code);
        if (cost == 0) {
            *misfit = code;
            return ERR_TEXT;
        }
        *septets += cost;
    }
    return ERR_OK;
}
