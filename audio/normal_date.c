/* Numbers that are more than digits: dates, times with a full stop, fractions, Roman numerals. */
#include "audio/normal_language.h"

#include "gateway/base/utf8.h"

#include <string.h>

#define ROMAN_MAX 39 /* I, V and X alone: C, D, L and M stand in too many names */
#define DAY_MAX 31
#define MONTH_MAX 12
#define HOUR_MAX 24
#define MINUTE_MAX 59
#define CENTURY 2000  /* of a year of two digits */
#define PARTS_MAX 10  /* of a fraction that has a name */
#define YEAR_DIGITS 4 /* of a whole year */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digit_run(const char *text)
{
    return strspn(text, "0123456789");
}

static unsigned number_of(const char *text, size_t digits)
{
    unsigned n = 0;

    for (size_t i = 0; i < digits; i++)
        n = n * 10 + (unsigned)(text[i] - '0');
    return n;
}

/* Does nothing follow that would make it part of a longer number? */
static bool ends(const char *text)
{
    return !is_digit(text[0]) && !(text[0] != '\0' && strchr(".,/:", text[0]) && is_digit(text[1]));
}

static size_t put_date(
    struct normal_value *value, unsigned day, unsigned month, unsigned year, size_t size)
{
    if (day < 1 || day > DAY_MAX || month < 1 || month > MONTH_MAX)
        return 0;
    *value = (struct normal_value){.kind = NORMAL_DATE, .whole = day, .month = month, .year = year};
    return size;
}

/* 2026-11-24 */
static size_t read_iso(struct normal_value *value, const char *text)
{
    if (digit_run(text) != YEAR_DIGITS || text[4] != '-' || digit_run(text + 5) != 2 ||
        text[7] != '-' || digit_run(text + 8) != 2)
        return 0;
    return put_date(
        value, number_of(text + 8, 2), number_of(text + 5, 2), number_of(text, YEAR_DIGITS), 10);
}

/* ".2026" or ".26" after the day and month; with the mark that parted those. */
static size_t read_year(unsigned *year, const char *text, char mark)
{
    size_t run = text[0] == mark ? digit_run(text + 1) : 0;

    if (run != 2 && run != YEAR_DIGITS)
        return 0;
    *year = number_of(text + 1, run) + (run == 2 ? CENTURY : 0);
    return ends(text + 1 + run) ? 1 + run : 0;
}

/* 18.00: what can't be a day and month, or stands where a time stands. */
static bool is_time(
    unsigned hour, unsigned minute, const char *before, const struct normal_language *language)
{
    if (hour > HOUR_MAX || minute > MINUTE_MAX || (hour == HOUR_MAX && minute > 0))
        return false;
    if (minute == 0 || normal_among(before, language->hours))
        return true;
    return minute > MONTH_MAX && minute % 5 == 0;
}

/* 24.11 and 18.30, where a full stop does not part a fraction. */
static size_t read_short(struct normal_value *value, const char *text, size_t first,
    const char *before, const struct normal_language *language)
{
    unsigned left = number_of(text, first), right = number_of(text + first + 1, 2);
    bool dated = normal_among(before, language->days);

    if (!ends(text + first + 3) || (left == 0 && first == 1) || (language->comma_groups && !dated))
        return 0;
    if (!dated && is_time(left, right, before, language)) {
        *value = (struct normal_value){.kind = NORMAL_TIME, .whole = left, .minutes = right};
        return first + 3;
    }
    return put_date(value, left, right, 0, first + 3);
}

/* Is it so many of something, so that the full stop parts a fraction? */
static bool is_counted(const char *text, const struct normal_language *language)
{
    char after[NORMAL_WORD_SIZE];

    text += strspn(text, " ");
    normal_upper(after, text, normal_word_size(text));
    return normal_begins(after, language->counted) || normal_unit_size(text, language) > 0;
}

/* 18-00: a whole hour, or what stands where a time stands. */
static size_t read_dashed(struct normal_value *value, const char *text, const char *before,
    const struct normal_language *language)
{
    size_t first = digit_run(text);
    unsigned hour, minute;

    if (first < 1 || first > 2 || text[first] != '-' || digit_run(text + first + 1) != 2 ||
        (text[first + 3] == '-' && is_digit(text[first + 4])) || !ends(text + first + 3) ||
        language->comma_groups)
        return 0;
    hour = number_of(text, first);
    minute = number_of(text + first + 1, 2);
    if ((minute > 0 && !normal_among(before, language->hours)) ||
        !is_time(hour, minute, before, language))
        return 0;
    *value = (struct normal_value){.kind = NORMAL_TIME, .whole = hour, .minutes = minute};
    return first + 3;
}

size_t normal_date_read(struct normal_value *value, const char *text, const char *before,
    const struct normal_language *language)
{
    size_t first = digit_run(text), size = read_iso(value, text), more;
    unsigned year;
    char mark;

    if (size > 0 && ends(text + size))
        return size;
    size = read_dashed(value, text, before, language);
    if (size > 0)
        return size;
    if (first < 1 || first > 2 || (text[first] != '.' && text[first] != '/') ||
        digit_run(text + first + 1) != 2)
        return 0;
    mark = text[first];
    more = read_year(&year, text + first + 3, mark);
    if (more > 0)
        return put_date(
            value, number_of(text, first), number_of(text + first + 1, 2), year, first + 3 + more);
    if (mark != '.' || is_counted(text + first + 3, language))
        return 0;
    return read_short(value, text, first, before, language);
}

/* A small letter: what is parted follows ("3/4 воды"), unlike after the number of a house. */
static bool small_follows(const char *text)
{
    size_t space = strspn(text, " ");
    const char *at = text + space;
    uint32_t code;

    if (space == 0 || normal_word_size(at) == 0)
        return false;
    code = utf8_next(&at);
    return utf8_upper(code) != code;
}

size_t normal_fraction_read(struct normal_value *value, const char *text, const char *before,
    const struct normal_language *language)
{
    size_t first = digit_run(text);
    size_t second = text[first] == '/' ? digit_run(text + first + 1) : 0;
    size_t size = first + 1 + second;
    unsigned over, under;

    if (first < 1 || first > 2 || second < 1 || second > 2 || !ends(text + size))
        return 0;
    over = number_of(text, first);
    under = number_of(text + first + 1, second);
    if (over < 1 || over >= under || under > PARTS_MAX || !small_follows(text + size) ||
        normal_begins(before, language->houses))
        return 0;
    *value = (struct normal_value){.kind = NORMAL_FRACTION, .whole = over, .under = under};
    return size;
}

/* I, V or X, also in the Cyrillic letters that look like them; 0 for others. */
static char roman_letter(uint32_t code)
{
    static const struct {
        uint32_t code;
        char letter;
    } letters[] = {{'I', 'I'}, {'V', 'V'}, {'X', 'X'}, {0x406, 'I'}, {0x425, 'X'}};

    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
        if (letters[i].code == code)
            return letters[i].letter;
    }
    return '\0';
}

/* The number that such letters are, 0 if they are none. */
static unsigned roman_value(const char *letters)
{
    static const struct {
        const char *letters;
        unsigned value;
    } parts[] = {{"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}};
    unsigned n = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        unsigned most = parts[i].letters[1] || parts[i].value == 5 ? 1 : 3;
        size_t size = strlen(parts[i].letters);

        for (; most > 0 && strncmp(letters, parts[i].letters, size) == 0; most--) {
            n += parts[i].value;
            letters += size;
        }
    }
    return *letters ? 0 : n;
}

size_t normal_roman_read(
    struct normal_value *value, const char *text, const struct normal_language *language)
{
    size_t size = normal_word_size(text);
    const char *at = text;
    char letters[8] = "";
    size_t count = 0;
    bool latin = true;
    unsigned n;

    while (at < text + size && count + 1 < sizeof(letters)) {
        uint32_t code = utf8_next(&at);

        letters[count] = roman_letter(code);
        latin = latin && code < 0x80;
        if (letters[count++] == '\0')
            return 0;
    }
    n = at == text + size ? roman_value(letters) : 0;
    if (n < 1 || n > ROMAN_MAX)
        return 0;
    if (count == 1 && (language->latin || !latin ||
                          !(small_follows(at) || (at[0] == '-' && (unsigned char)at[1] >= 0x80))))
        return 0;
    *value = (struct normal_value){.kind = NORMAL_WHOLE, .whole = n};
    return size;
}
