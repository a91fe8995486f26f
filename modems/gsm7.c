#include "modems/gsm7.h"

#include "gateway/base/utf8.h"

#include <stdbool.h>

#define REPLACEMENT 0xfffdu

/* 3GPP TS 23.038, 6.2.1: the characters of septets 0x00-0x7f, 16 a row. The escape stands for no character. */
static const char alphabet[] = "@£$¥èéùìòÇ\nØø\rÅå"
                               "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
                               " !\"#¤%&'()*+,-./"
                               "0123456789:;<=>?"
                               "¡ABCDEFGHIJKLMNO"
                               "PQRSTUVWXYZÄÖÑÜ§"
                               "¿abcdefghijklmno"
                               "pqrstuvwxyzäöñüà";

/* 3GPP TS 23.038, 6.2.1.1: behind the escape. */
static const struct {
    uint16_t code;
    uint8_t septet;
} extension[] = {
    {'\f', 0x0a}, {'^', 0x14}, {'{', 0x28}, {'}', 0x29}, {'\\', 0x2f}, {'[', 0x3c}, {'~', 0x3d},
    {']', 0x3e}, {'|', 0x40}, {0x20ac, 0x65}, /* € */
};

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
    if (code == 0 || code == GSM7_ESCAPE)
        return GSM7_NONE;
    uint16_t septet = 0;
    for (const char *at = alphabet; *at != '\0'; septet++)
        if (utf8_next(&at) == code)
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
    const char *at = alphabet;
    for (uint16_t septet = 0; septet < found; septet++)
        (void)utf8_next(&at);
    return utf8_next(&at);
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
