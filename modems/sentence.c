#include "modems/sentence.h"

#include "gateway/base/utf8.h"

#include <stdbool.h>
#include <string.h>

#define ELLIPSIS 0x2026
#define ABBREVIATION_MAX 16 /* bytes */

/* In capitals, behind a space: what people shorten before a name or a number. */
static const char *const abbreviations[] = {
    "АВТ",
    "АУД",
    "ДОМ",
    "ИМ",
    "КАБ",
    "КВ",
    "КОРП",
    "КӨШ",
    "МИН",
    "МКР",
    "НАП",
    "ОБЛ",
    "ПЕР",
    "ПЛ",
    "ПОС",
    "ПР",
    "ПРОСП",
    "РН",
    "СМ",
    "СТ",
    "СТР",
    "ТЕЛ",
    "УЛ",
    "ЧАС",
    "ЭТ",
    "AVE",
    "DR",
    "MR",
    "MRS",
    "NO",
    "NR",
    "ST",
    "TEL",
};

static const uint32_t closing[] = {'"', '\'', ')', ']', 0xbb, 0x2019, 0x201c, 0x201d};

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\n' || code == '\r' || code == 0xa0;
}

static bool is_stop(uint32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == ELLIPSIS;
}

static bool is_closing(uint32_t code)
{
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (closing[i] == code)
            return true;
    return false;
}

static uint32_t peek_code(const char *text)
{
    return utf8_next(&text);
}

size_t sentence_measure_space(const char *text)
{
    const char *at = text;
    while (is_space(peek_code(at)))
        utf8_next(&at);
    return (size_t)(at - text);
}

/* word[0..size) is an abbreviation, or a single letter. */
static bool is_abbreviation(const char *word, size_t size)
{
    char capitals[ABBREVIATION_MAX + 4] = "";
    size_t used = 0, count = 0;
    for (const char *at = word; at < word + size; count++) {
        if (used > ABBREVIATION_MAX)
            return false;
        used += utf8_put(capitals + used, utf8_upper(utf8_next(&at)));
    }
    capitals[used] = '\0';
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strcmp(abbreviations[i], capitals) == 0)
            return true;
    return count == 1 && (capitals[0] < '0' || capitals[0] > '9');
}

static bool is_number(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word[i] < '0' || word[i] > '9')
            return false;
    return true;
}

static bool is_small(uint32_t code)
{
    return code != utf8_upper(code);
}

/* The full stop behind text[word..stop) does not end the sentence that starts at text. */
static bool is_inside(const char *text, const char *word, const char *stop)
{
    size_t size = (size_t)(stop - word);
    const char *behind = stop + 1 + sentence_measure_space(stop + 1);
    return is_small(peek_code(behind)) || is_abbreviation(word, size) ||
           (word == text && is_number(word, size));
}

/* Behind all closing marks at `at`. */
static const char *skip_closing(const char *at)
{
    while (is_stop(peek_code(at)) || is_closing(peek_code(at)))
        utf8_next(&at);
    return at;
}

size_t sentence_measure(const char *text)
{
    const char *word = text, *at = text;
    if (*text == '\n')
        return 1;
    while (*at != '\0' && *at != '\n') {
        const char *here = at;
        uint32_t code = utf8_next(&at);
        if (is_space(code) || code == '(' || code == '-')
            word = at;
        if (!is_stop(code))
            continue;
        bool alone = code == '.' && is_space(peek_code(at));
        at = skip_closing(at);
        uint32_t next = peek_code(at);
        if ((next == 0 || is_space(next)) && !(alone && is_inside(text, word, here)))
            break;
    }
    return (size_t)(at - text);
}
