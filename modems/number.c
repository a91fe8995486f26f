#include "modems/number.h"

#include "gateway/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 15    /* of an international number, ITU-T E.164 */
#define NATIONAL_SIZE 10 /* digits behind the country code or the national prefix */
#define SHORT_MAX 6      /* digits of a service */
#define BULLET 0x2022
#define UTF8_MOST 4 /* bytes of one character */

/* The first three digits of Kazakh mobiles. */
static const char *const mobile_prefixes[] = {
    "700",
    "701",
    "702",
    "705",
    "706",
    "707",
    "708",
    "747",
    "760",
    "761",
    "762",
    "763",
    "764",
    "771",
    "775",
    "776",
    "777",
    "778",
    "785",
};

/* What people write between digits: ASCII, no-break spaces, hyphens and dashes. */
static const uint32_t separators[] = {
    ' ',
    '-',
    '.',
    '(',
    ')',
    0xa0,
    0x202f,
    0x2010,
    0x2011,
    0x2012,
    0x2013,
    0x2212,
};

struct digits {
    bool plus;
    size_t count;
    char digit[DIGITS_MAX + 1];
};

static bool is_separator(uint32_t code)
{
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (separators[i] == code)
            return true;
    return false;
}

/* ERR_FORMAT unless there is nothing but an optional plus, digits and separators. */
static enum err collect_digits(struct digits *digits, const char *text)
{
    *digits = (struct digits){0};
    while (*text != '\0') {
        uint32_t code = utf8_next(&text);
        if (code == '+' && digits->count == 0 && !digits->plus) {
            digits->plus = true;
        } else if (code >= '0' && code <= '9') {
            if (digits->count == DIGITS_MAX)
                return ERR_FORMAT;
            digits->digit[digits->count++] = (char)code;
        } else if (!is_separator(code)) {
            return ERR_FORMAT;
        }
    }
    return digits->count > 0 ? ERR_OK : ERR_FORMAT;
}

/* The ten digits of a Kazakh number, or NULL. */
static const char *find_national(const struct digits *digits)
{
    const char *digit = digits->digit;
    size_t count = digits->count;
    bool international = digits->plus;
    if (!international && strncmp(digit, "00", 2) == 0) {
        international = true;
        digit += 2;
        count -= 2;
    }
    if (count == NATIONAL_SIZE + 1 && (*digit == '7' || (*digit == '8' && !international)))
        return digit + 1;
    return count == NATIONAL_SIZE && !international ? digit : NULL;
}

static bool is_mobile(const char *national)
{
    for (size_t i = 0; i < sizeof mobile_prefixes / sizeof *mobile_prefixes; i++)
        if (strncmp(national, mobile_prefixes[i], 3) == 0)
            return true;
    return false;
}

enum err number_parse_mobile(char number[NUMBER_SIZE], const char *text)
{
    struct digits digits;
    enum err err = collect_digits(&digits, text);
    if (err != ERR_OK)
        return err;
    const char *national = find_national(&digits);
    if (national == NULL || !is_mobile(national))
        return ERR_VALUE;
    (void)snprintf(number, NUMBER_SIZE, "+7%.*s", NATIONAL_SIZE, national);
    return ERR_OK;
}

enum number_class number_classify(const char *text)
{
    char number[NUMBER_SIZE];
    struct digits digits;
    if (number_parse_mobile(number, text) == ERR_OK)
        return NUMBER_MOBILE;
    if (collect_digits(&digits, text) != ERR_OK)
        return NUMBER_LETTERS;
    return digits.count <= SHORT_MAX ? NUMBER_SHORT : NUMBER_OTHER;
}

bool number_can_answer(const char *sender)
{
    return number_classify(sender) == NUMBER_MOBILE;
}

static size_t count_digits(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text >= '0' && *text <= '9';
    return count;
}

/* Each digit but the last two becomes a bullet; what does not fit is left out at the end. */
static void mask_digits(char mask[NUMBER_MASK_SIZE], const char *text)
{
    size_t left = count_digits(text), used = 0;
    bool hide = left > SHORT_MAX;
    while (*text != '\0' && used + UTF8_MOST < NUMBER_MASK_SIZE) {
        uint32_t code = utf8_next(&text);
        bool digit = code >= '0' && code <= '9';
        used += utf8_put(mask + used, hide && digit && left > 2 ? BULLET : code);
        left -= digit;
    }
    mask[used] = '\0';
}

void number_mask(char mask[NUMBER_MASK_SIZE], const char *text)
{
    char number[NUMBER_SIZE];
    if (number_parse_mobile(number, text) == ERR_OK)
        (void)snprintf(mask, NUMBER_MASK_SIZE, "+7 7•• ••• ••%s", number + NUMBER_SIZE - 3);
    else
        mask_digits(mask, text);
}
