#include "audio/normal_language.h"

#include "gateway/base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define WHOLE_MAX 999999999999ULL
#define LIST_MAX 12        /* numbers of a list that are looked through for its noun */
#define PHONE_DIGITS_MIN 7 /* a longer run is never a quantity here */

/* Numbers to call that are read digit by digit where the words around say so. */
static const uint16_t services[] = {
    101, 102, 103, 104, 109, 111, 112, 114, 115, 116, 119, 150, 1402, 1406, 1414, 1430};

/* Spaces and dashes as they are written in texts. */
static const char *const spaces[] = {" ", "\u00a0", "\u202f", "\u2009", NULL};
static const char *const dashes[] = {"–", "—", "-", "‑", "−", "...", "…", "..", NULL};
static const char *const currencies[] = {"₸", "$", "€", "₽", "£", NULL};

/* Letters after the number of a house, which are no endings. */
static const char *const houses[] = {"А", "Б", "В", "Г", "Д", NULL};
static const char *const minuses[] = {"−", "-", NULL};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The size of the list's first text that text begins with, or 0. */
static size_t match(const char *text, const char *const *list)
{
    for (; *list; list++) {
        if (strncmp(text, *list, strlen(*list)) == 0)
            return strlen(*list);
    }
    return 0;
}

static size_t digit_run(const char *text)
{
    return strspn(text, "0123456789");
}

/* Groups of digits as they stand in a phone number. */
struct groups {
    size_t size;   /* bytes read */
    size_t digits; /* in all */
    size_t count;
    size_t first; /* digits in the first group */
    bool threes;  /* all others have three digits */
    bool spaced;  /* parted by spaces alone */
    bool brackets;
    bool plus;
};

/* What parts two groups: spaces, one dash, brackets. 0 if no digit follows. */
static size_t gap(const char *text, struct groups *groups)
{
    size_t size = 0;
    bool dash = false;
    bool bracket = false;

    for (;;) {
        size_t space = match(text + size, spaces);

        if (text[size] == '(' || text[size] == ')')
            bracket = true;
        else if (text[size] == '-' && !dash)
            dash = true;
        else if (space == 0)
            break;
        if (space == 0)
            space = 1;
        size += space;
    }
    if (size == 0 || size > 4 || !is_digit(text[size]))
        return 0;
    groups->spaced = groups->spaced && !dash && !bracket;
    groups->brackets = groups->brackets || bracket;
    return size;
}

static void put_group(char digits[NORMAL_DIGITS_SIZE], const char *text, size_t size)
{
    size_t used = strlen(digits);

    if (used + size + 2 > NORMAL_DIGITS_SIZE)
        return;
    if (used > 0)
        digits[used++] = ' ';
    memcpy(digits + used, text, size);
    digits[used + size] = '\0';
}

static struct groups read_groups(char digits[NORMAL_DIGITS_SIZE], const char *text)
{
    struct groups g = {.threes = true, .spaced = true, .plus = text[0] == '+'};
    size_t step;

    digits[0] = '\0';
    g.size = g.plus;
    do {
        size_t run = digit_run(text + g.size);

        put_group(digits, text + g.size, run);
        if (g.count++ == 0)
            g.first = run;
        else if (run != 3)
            g.threes = false;
        g.digits += run;
        g.size += run;
        step = gap(text + g.size, &g);
        g.size += step;
    } while (step > 0 && g.digits < 20);
    return g;
}

/* Parts a number of ten or eleven digits that is written in one: 8 701 123 45 67. */
static void part_digits(char digits[NORMAL_DIGITS_SIZE], size_t count)
{
    char whole[12];
    const char *at = whole;

    memcpy(whole, digits, count + 1);
    digits[0] = '\0';
    for (size_t i = count == 10 ? 1 : 0; i < 5; i++) {
        static const size_t sizes[5] = {1, 3, 3, 2, 2};

        put_group(digits, at, sizes[i]);
        at += sizes[i];
    }
}

/* Reads a phone number: +7 701 123 45 67, 8 (727) 264-12-34, 264-12-34, 87011234567. */
static size_t read_phone(struct normal_value *value, const char *text)
{
    char digits[NORMAL_DIGITS_SIZE];
    struct groups g;
    bool thousands, years;

    if (!is_digit(text[text[0] == '+']))
        return 0;
    g = read_groups(digits, text);
    if (strlen(digits) + 1 < g.digits + g.count || strlen(digits) + g.plus >= sizeof(digits))
        return 0; /* too long to keep: a digit left out would make another number of it */
    thousands = g.count > 1 && g.spaced && g.threes && g.first <= 3 && !g.plus &&
                !(g.digits == 10 && (text[0] == '8' || text[0] == '7'));
    years = g.count == 2 && g.digits == 8 && g.first == 4 && (text[0] == '1' || text[0] == '2');
    if (thousands || years || g.digits < 5)
        return 0;
    if (g.digits < PHONE_DIGITS_MIN && !(g.count >= 3 && !g.spaced))
        return 0;
    if (strchr(":.,", text[g.size]) && text[g.size] && is_digit(text[g.size + 1]) && g.count > 1)
        return 0;
    if (g.count == 1 && (g.digits == 10 || g.digits == 11))
        part_digits(digits, g.digits);
    *value = (struct normal_value){.kind = NORMAL_DIGITS};
    (void)snprintf(value->digits, sizeof(value->digits), "%s%.*s", g.plus ? "+" : "",
        (int)(sizeof(value->digits) - 1 - g.plus), digits);
    return g.size;
}

/* One more group of thousands after text[0..size): 10 000, or 10,000 where the language writes so. */
static size_t thousands(const char *text, const struct normal_language *language)
{
    size_t step = match(text, spaces);

    if (step == 0 && language->comma_groups && text[0] == ',')
        step = 1;
    return step > 0 && digit_run(text + step) == 3 ? step + 3 : 0;
}

static void add_digits(struct normal_value *value, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (is_digit(text[i]))
            value->whole = value->whole * 10 + (uint64_t)(text[i] - '0');
    }
}

/* The minutes of 18:05 or the digits of 3,5 after the whole number. */
static size_t read_rest(struct normal_value *value, const char *text)
{
    size_t run = text[0] ? digit_run(text + 1) : 0;

    if (text[0] == ':' && run == 2 && value->whole <= 24 && text[1] < '6') {
        value->kind = NORMAL_TIME;
        value->minutes = (unsigned)(text[1] - '0') * 10 + (unsigned)(text[2] - '0');
        return 3;
    }
    if ((text[0] != ',' && text[0] != '.') || run == 0 || run >= NORMAL_FRACTION_SIZE)
        return 0;
    if ((text[run + 1] == '.' || text[run + 1] == ',') && is_digit(text[run + 2]))
        return 0;
    value->kind = NORMAL_DECIMAL;
    memcpy(value->fraction, text + 1, run);
    value->fraction[run] = '\0';
    return run + 1;
}

static size_t read_value(
    struct normal_value *value, const char *text, const struct normal_language *language)
{
    size_t size = digit_run(text);
    size_t step;

    *value = (struct normal_value){.kind = NORMAL_WHOLE};
    if (size == 0)
        return 0;
    if (size >= sizeof(value->digits))
        size = sizeof(value->digits) - 1; /* the rest is read as the next number */
    if (size > NORMAL_WHOLE_DIGITS) {
        value->kind = NORMAL_DIGITS;
        (void)snprintf(value->digits, sizeof(value->digits), "%.*s", (int)size, text);
        return size;
    }
    value->zeros = (unsigned)strspn(text, "0");
    if (value->zeros == size)
        value->zeros--;
    add_digits(value, text, size);
    step = size <= 3 && value->zeros == 0 ? thousands(text + size, language) : 0;
    while (step > 0 && value->whole < WHOLE_MAX / 1000) {
        add_digits(value, text + size, step);
        size += step;
        step = thousands(text + size, language);
    }
    return size + read_rest(value, text + size);
}

/* A date, a fraction or any other value. */
static size_t read_any(struct normal_value *value, const char *text, const char *before,
    const struct normal_language *language)
{
    size_t size = normal_date_read(value, text, before, language);

    if (size == 0)
        size = normal_fraction_read(value, text, before, language);
    return size > 0 ? size : read_value(value, text, language);
}

/* "–20:00", "-7", " – 20": the end of a range of two values of one kind, the second the larger. */
static size_t read_range(
    struct normal_number *number, const char *text, const struct normal_language *language)
{
    size_t space = match(text, spaces);
    size_t dash = match(text + space, dashes);
    size_t size = space + dash;
    size_t value, sign;

    if (dash == 0)
        return 0;
    if (space > 0)
        size += match(text + size, spaces);
    sign = number->value.minus ? match(text + size, minuses) : 0;
    size += sign;
    value = read_any(&number->until, text + size, number->before, language);
    if (value == 0 || number->until.kind != number->value.kind)
        return 0;
    number->until.minus = sign > 0;
    if (number->value.kind == NORMAL_WHOLE && number->until.whole <= number->value.whole &&
        !number->value.minus)
        return 0;
    number->range = true;
    return size + value;
}

/* The unit whose sign text begins with, and which no letter or digit follows, or NULL. */
static const struct normal_unit *find_unit(const char *text, const struct normal_language *language)
{
    for (const struct normal_unit *unit = language->units; unit->sign; unit++) {
        size_t size = strlen(unit->sign);
        const char *end = text + size;

        if (strncmp(text, unit->sign, size) != 0)
            continue;
        if (normal_word_size(end) == 0 && !is_digit(*end) && *end != '/')
            return unit;
    }
    return NULL;
}

size_t normal_unit_size(const char *text, const struct normal_language *language)
{
    const struct normal_unit *unit = find_unit(text, language);

    return unit ? strlen(unit->sign) : 0;
}

/* Is the full stop here an abbreviation's? A sentence that goes on says so. */
static bool goes_on(const char *text)
{
    size_t space;
    const char *at;
    uint32_t code;

    if (text[0] != '.')
        return false;
    space = strspn(text + 1, " ");
    at = text + 1 + space;
    if (*at == ',' || (is_digit(*at) && space > 0))
        return true;
    if (normal_word_size(at) == 0)
        return false;
    code = utf8_next(&at);
    return utf8_upper(code) != code;
}

static size_t read_unit(
    struct normal_number *number, const char *text, const struct normal_language *language)
{
    size_t space = match(text, spaces);
    size_t size;

    if (number->value.kind == NORMAL_DATE || number->value.kind == NORMAL_FRACTION)
        return 0;
    number->unit = find_unit(text + space, language);
    if (!number->unit)
        return 0;
    size = space + strlen(number->unit->sign);
    return size + goes_on(text + size);
}

/* "г." after a year. */
static size_t skip_year(
    const struct normal_number *number, const char *text, const struct normal_language *language)
{
    const struct normal_value *last = number->range ? &number->until : &number->value;
    size_t space = match(text, spaces);
    size_t size = match(text + space, language->years);

    return last->kind == NORMAL_DATE && last->year > 0 && size > 0 ? space + size : 0;
}

/* "$" before a number, as its unit. */
static size_t read_currency(
    struct normal_number *number, const char *text, const struct normal_language *language)
{
    size_t size = match(text, currencies);

    if (size == 0 || !is_digit(text[size]))
        return 0;
    for (const struct normal_unit *unit = language->units; unit->sign; unit++) {
        if (strlen(unit->sign) == size && strncmp(text, unit->sign, size) == 0)
            number->unit = unit;
    }
    return number->unit ? size : 0;
}

/* "-ші", "-ге", "th": letters that are joined to the number. After a unit only with a hyphen. */
static size_t read_suffix(struct normal_number *number, const char *text)
{
    size_t hyphen = match(text, (const char *const[]){"-", "‑", NULL});
    size_t size = normal_word_size(text + hyphen);

    if (match(text + hyphen, houses) == size || size >= sizeof(number->suffix) ||
        (number->unit && hyphen == 0))
        return 0;
    memcpy(number->suffix, text + hyphen, size);
    number->suffix[size] = '\0';
    return hyphen + size;
}

/* ", 6" or " и 7" after a number: a list of numbers goes on; *joined: by a word. */
static size_t list_step(const char *text, bool *joined, const struct normal_language *language)
{
    size_t size = text[0] == ',' ? 1 : 0;
    char word[NORMAL_WORD_SIZE];
    size_t space = match(text + size, spaces);
    size_t letters;

    if (space == 0)
        return 0;
    size += space;
    letters = normal_word_size(text + size);
    normal_upper(word, text + size, letters);
    if (letters > 0 && !normal_among(word, language->joins))
        return 0;
    *joined = *joined || letters > 0;
    size += letters;
    size += letters > 0 ? match(text + size, spaces) : 0;
    return is_digit(text[size]) ? size + digit_run(text + size) : 0;
}

/* The word after a number, or after the list that it begins: "5, 6 и 7 школах". */
static void read_after(
    struct normal_number *number, const char *text, const struct normal_language *language)
{
    bool joined = false;
    size_t list = 0;
    size_t step = list_step(text, &joined, language);
    size_t space;

    for (unsigned i = 0; step > 0 && i < LIST_MAX; i++) {
        list += step;
        step = list_step(text + list, &joined, language);
    }
    if (joined)
        text += list;
    space = match(text, spaces);
    normal_upper(number->after, text + space, space > 0 ? normal_word_size(text + space) : 0);
}

/* Is it a number to call? Yes where nothing that could be counted follows, or the words around say so. */
static bool is_service(const struct normal_number *number, const struct normal_language *language)
{
    bool known = false;

    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
        known = known || number->value.whole == services[i];
    if (!known || number->value.kind != NORMAL_WHOLE || number->range || number->unit)
        return false;
    return number->after[0] == '\0' || normal_among(number->after, language->joins) ||
           normal_begins(number->after, language->calls) ||
           normal_begins(number->before, language->calls);
}

static size_t minus_size(const char *text, char previous)
{
    size_t sign = match(text, minuses);
    bool apart = previous == '\0' || previous == ' ' || previous == '(';

    return sign > 0 && apart && is_digit(text[sign]) ? sign : 0;
}

/* What is neither a phone number nor Roman: a sign, a value, a range, a unit. */
static size_t read_quantity(struct normal_number *number, const char *text, char previous,
    const struct normal_language *language)
{
    size_t sign = minus_size(text, previous);
    size_t currency = read_currency(number, text + sign, language);
    size_t size = sign + currency;
    size_t value = read_any(&number->value, text + size, number->before, language);

    if (value == 0)
        return 0;
    number->value.minus = sign > 0;
    size += value;
    size += read_range(number, text + size, language);
    if (currency == 0)
        size += read_unit(number, text + size, language);
    return size + skip_year(number, text + size, language);
}

size_t normal_number_read(struct normal_number *number, const char *text, char previous,
    const char *before, const struct normal_language *language)
{
    size_t size;

    *number = (struct normal_number){.value = {.kind = NORMAL_WHOLE}};
    (void)snprintf(number->before, sizeof(number->before), "%s", before);
    size = normal_date_read(&number->value, text, before, language) > 0
               ? 0
               : read_phone(&number->value, text);
    if (size == 0) {
        size = normal_roman_read(&number->value, text, language);
        number->roman = size > 0;
    }
    if (size == 0)
        size = read_quantity(number, text, previous, language);
    if (size == 0)
        return 0;
    size += read_suffix(number, text + size);
    read_after(number, text + size, language);
    if (is_service(number, language)) {
        (void)snprintf(number->value.digits, sizeof(number->value.digits), "%u",
            (unsigned)number->value.whole);
        number->value.kind = NORMAL_DIGITS;
    }
    return size;
}

void normal_say_digits(
    struct normal_sink *sink, const char *digits, const struct normal_language *language)
{
    for (; *digits; digits++) {
        if (*digits == '+')
            normal_say(sink, language->plus);
        else if (*digits == ' ')
            normal_mark(sink, ',');
        else
            normal_say(sink, language->digit[*digits - '0']);
    }
}
