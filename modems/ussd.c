#include "modems/ussd.h"

#include "modems/vitals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 600
#define AMOUNT_DIGITS_MAX 15
#define SEPTET_BITS 7

static void put_hex(char *out, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        (void)snprintf(out + 2 * i, 3, "%02X", bytes[i]);
}

/* 3GPP TS 23.038, 6.1.2.3: a rest of seven bits is filled by CR, so that no '@' appears. */
static size_t pack(uint8_t *bytes, const char *code, size_t size)
{
    size_t packed = (size * SEPTET_BITS + 7) / 8;
    memset(bytes, 0, packed + 1);
    for (size_t i = 0; i < size; i++) {
        size_t bit = i * SEPTET_BITS;
        unsigned value = (unsigned)code[i] << bit % 8;
        bytes[bit / 8] |= (uint8_t)(value & 0xff);
        bytes[bit / 8 + 1] |= (uint8_t)(value >> 8);
    }
    if (size % 8 == 7)
        bytes[packed - 1] |= (uint8_t)('\r' << 1);
    return packed;
}

static void unpack(char *text, size_t room, const uint8_t *bytes, size_t size)
{
    size_t count = size * 8 / SEPTET_BITS;
    size_t used = 0;
    for (size_t i = 0; i < count && used + 1 < room; i++) {
        size_t bit = i * SEPTET_BITS;
        unsigned pair =
            bytes[bit / 8] | (bit / 8 + 1 < size ? (unsigned)bytes[bit / 8 + 1] << 8 : 0u);
        char letter = (char)(pair >> bit % 8 & 0x7f);
        if (letter < ' ')
            letter = ' ';
        text[used++] = letter;
    }
    text[used] = '\0';
}

enum err ussd_command(char command[USSD_COMMAND_MAX], enum ussd_form form, const char *code)
{
    char text[4 * USSD_CODE_MAX + 1] = "";
    uint8_t bytes[USSD_CODE_MAX + 1];
    size_t size = strlen(code);
    if (size == 0 || size > USSD_CODE_MAX)
        return ERR_VALUE;
    for (size_t i = 0; i < size; i++) {
        if (code[i] < ' ' || code[i] > '~' || code[i] == '"')
            return ERR_VALUE;
        if (form == USSD_UCS2)
            (void)snprintf(text + 4 * i, 5, "%04X", (unsigned)code[i]);
    }
    if (form == USSD_PLAIN)
        memcpy(text, code, size + 1);
    else if (form == USSD_PACKED)
        put_hex(text, bytes, pack(bytes, code, size));
    (void)snprintf(command, USSD_COMMAND_MAX, "AT+CUSD=1,\"%s\",15", text);
    return ERR_OK;
}

/* ---- the answer ---- */

static void read_plain(char text[TEXT_MAX], const char *raw)
{
    (void)snprintf(text, TEXT_MAX, "%s", raw);
}

static void read_ucs2(char text[TEXT_MAX], const char *raw)
{
    (void)vitals_decode_ucs2(text, TEXT_MAX, raw);
}

static void read_packed(char text[TEXT_MAX], const char *raw)
{
    uint8_t bytes[TEXT_MAX / 2];
    size_t digits = strlen(raw);
    text[0] = '\0';
    if (digits == 0 || digits % 2 != 0 || digits / 2 > sizeof bytes ||
        strspn(raw, "0123456789ABCDEFabcdef") != digits)
        return;
    for (size_t i = 0; i < digits / 2; i++) {
        const char pair[3] = {raw[2 * i], raw[2 * i + 1], '\0'};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    unpack(text, TEXT_MAX, bytes, digits / 2);
}

/* Digits up to the first that is neither one nor a space between thousands. */
static int64_t parse_amount(const char *text, size_t size)
{
    int64_t amount = 0;
    int digits = 0;
    for (size_t i = 0; i < size && digits < AMOUNT_DIGITS_MAX; i++) {
        if (text[i] == '-' && digits == 0)
            return 0;
        if (text[i] >= '0' && text[i] <= '9') {
            amount = amount * 10 + (text[i] - '0');
            digits++;
        } else if (text[i] != ' ') {
            break;
        }
    }
    return amount;
}

static bool find_amount(int64_t *amount, const regex_t *pattern, const char *text)
{
    regmatch_t groups[2];
    if (text[0] == '\0' || regexec(pattern, text, 2, groups, 0) != 0 || groups[1].rm_so < 0)
        return false;
    *amount = parse_amount(text + groups[1].rm_so, (size_t)(groups[1].rm_eo - groups[1].rm_so));
    return true;
}

bool ussd_read(int64_t *amount, const regex_t *pattern, const char *line)
{
    typedef void read_text(char text[TEXT_MAX], const char *raw);
    static read_text *const readings[] = {read_plain, read_ucs2, read_packed};
    char raw[TEXT_MAX] = "";
    char text[TEXT_MAX];
    const char *quote = strchr(line, '"');
    const char *last = strrchr(line, '"');
    if (quote == NULL || last == quote || (size_t)(last - quote) > sizeof raw)
        return false;
    memcpy(raw, quote + 1, (size_t)(last - quote) - 1);
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        readings[i](text, raw);
        if (find_amount(amount, pattern, text))
            return true;
    }
    return false;
}

bool ussd_is_open(const char *line)
{
    const char *colon = strchr(line, ':');
    return colon != NULL && strtol(colon + 1, NULL, 10) == 1;
}
