/* Russian: a number agrees with its noun in gender and case. The case comes from the preposition before it ("до 23:00" is
 * "до двадцати трёх ноль ноль") or the ending of the noun ("в 5 районах", "с 3 ранеными"); where neither tells, it is the
 * nominative, which is understood. Ordinals take their ending from what is written ("13-м"), Roman ones from the noun.
 */
#include "audio/normal_ru.h"

#include <stdio.h>
#include <string.h>

#define YEAR_MIN 1800 /* what is a year beside the word */
#define YEAR_MAX 2199

/* Written after digits: the genitive of the cardinal ("5-ти", "2-ух"). */
static const char *const cardinal_endings[] = {"ТИ", "И", "УХ", "ЁХ", "ЕХ", NULL};
static const char *const genitive_words[] = {"С", "СО", "ДО", "ОТ", "ИЗ", "ПОСЛЕ", "ОКОЛО", "БЕЗ",
    "СВЫШЕ", "БОЛЕЕ", "БОЛЬШЕ", "МЕНЕЕ", "МЕНЬШЕ", "У", "ДЛЯ", "ПОЗЖЕ", "ПОЗДНЕЕ", "НИЖЕ", "ВЫШЕ",
    "РАНЕЕ", "РАНЬШЕ", "БЛИЖЕ", "ДАЛЬШЕ", "ТЕЧЕНИЕ", "НЕТ", NULL};
static const char *const feminine_nouns[] = {"МИНУТ", "СЕКУНД", "НЕДЕЛ", "ШКОЛ", "УЛИЦ", "ГРУПП",
    "МАШИН", "БОЛЬНИЦ", "АПТЕК", "ПОЛИКЛИНИК", "СТАНЦИ", "ТЫСЯЧ", "ТОНН", "ЖЕНЩИН", "РАКЕТ",
    "АВАРИ", "ОСТАНОВ", "ТОЧ", "ЛИНИ", "БРИГАД", "КВАРТИР", "ПЛОЩАД", "ДОРОГ", "ТРАСС", "ДЕРЕВ",
    "КОМНАТ", "СЕМЬ", "СЕМЕЙ", "ЦИСТЕРН", "ЛОД", "БУТЫЛ", NULL};
static const char *const neuter_nouns[] = {
    "СЕЛ", "СЁЛ", "МЕСТ", "ОКН", "ЗДАНИ", "ОТДЕЛЕНИ", "СООБЩЕНИ", "ПРАВИЛ", NULL};

static void say_time(
    struct normal_sink *sink, const struct normal_value *value, enum grammar grammar)
{
    normal_ru_say_whole(sink, value->whole, NORMAL_MASCULINE, grammar);
    if (value->minutes < 10)
        normal_say(sink, "ноль");
    if (value->minutes == 0)
        normal_say(sink, "ноль");
    else
        normal_ru_say_whole(sink, value->minutes, NORMAL_MASCULINE, grammar);
}

static void say_decimal(struct normal_sink *sink, const struct normal_value *value,
    enum normal_gender gender, enum grammar grammar)
{
    static const struct {
        const char *one[2]; /* nominative, genitive */
        const char *many;
    } parts[] = {{{"десятая", "десятой"}, "десятых"}, {{"сотая", "сотой"}, "сотых"},
        {{"тысячная", "тысячной"}, "тысячных"}};
    size_t digits = strlen(value->fraction);
    enum grammar used = grammar == GENITIVE ? GENITIVE : NOMINATIVE;
    uint64_t fraction = 0;

    if (value->whole == 1 && strcmp(value->fraction, "5") == 0 && grammar == NOMINATIVE) {
        normal_say(sink, gender == NORMAL_FEMININE ? "полторы" : "полтора");
        return;
    }
    normal_ru_say_whole(sink, value->whole, NORMAL_FEMININE, used);
    if (digits > sizeof(parts) / sizeof(parts[0])) {
        normal_say(sink, "запятая");
        normal_say_digits(sink, value->fraction, &normal_ru);
        return;
    }
    normal_say(sink, normal_ru_plural(value->whole, used ? "целой" : "целая", "целых", "целых"));
    for (size_t i = 0; i < digits; i++)
        fraction = fraction * 10 + (uint64_t)(value->fraction[i] - '0');
    normal_ru_say_whole(sink, fraction, NORMAL_FEMININE, used);
    normal_say(sink, normal_ru_plural(fraction, parts[digits - 1].one[used], parts[digits - 1].many,
                         parts[digits - 1].many));
}

static const char *const months[] = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля",
    "августа", "сентября", "октября", "ноября", "декабря"};
static const char *const month_words[] = {"ЯНВАР", "ФЕВРАЛ", "МАРТА", "АПРЕЛ", "МАЯ", "ИЮНЯ",
    "ИЮЛЯ", "АВГУСТА", "СЕНТЯБР", "ОКТЯБР", "НОЯБР", "ДЕКАБР", NULL};
static const char *const from[] = {"С", "СО", "ОТ", NULL};

static void say_date(struct normal_sink *sink, const struct normal_value *value, const char *ending)
{
    normal_ru_say_ordinal(sink, value->whole, normal_ru_find_ending(ending));
    normal_say(sink, months[value->month - 1]);
    if (value->year == 0)
        return;
    normal_ru_say_ordinal(sink, value->year, normal_ru_find_ending("ГО"));
    normal_say(sink, "года");
}

static void say_fraction(
    struct normal_sink *sink, const struct normal_value *value, enum grammar grammar)
{
    static const char *const named[5][2] = {
        {"", ""}, {"", ""}, {"вторая", "вторых"}, {"треть", "трети"}, {"четверть", "четверти"}};
    const struct ending *ending = normal_ru_find_ending(value->whole == 1 ? "Я" : "Х");

    normal_ru_say_whole(sink, value->whole, NORMAL_FEMININE, grammar);
    if (value->under > 4)
        normal_ru_say_ordinal(sink, value->under, ending);
    else
        normal_say(sink, named[value->under][value->whole > 1]);
}

static void say_value(struct normal_sink *sink, const struct normal_value *value,
    enum normal_gender gender, enum grammar grammar)
{
    if (value->minus)
        normal_say(sink, "минус");
    switch (value->kind) {
    case NORMAL_TIME:
        say_time(sink, value, grammar);
        break;
    case NORMAL_DECIMAL:
        say_decimal(sink, value, gender, grammar);
        break;
    case NORMAL_DATE:
        say_date(sink, value, "ГО");
        break;
    case NORMAL_FRACTION:
        say_fraction(sink, value, grammar);
        break;
    case NORMAL_DIGITS:
        normal_say_digits(sink, value->digits, &normal_ru);
        break;
    case NORMAL_WHOLE:
        for (unsigned i = 0; i < value->zeros; i++)
            normal_say(sink, "ноль");
        normal_ru_say_whole(sink, value->whole, gender, grammar);
        break;
    }
}

/* A unit in an oblique case, from its nominative: километр, минута; what ends otherwise stays. */
static void say_oblique(
    struct normal_sink *sink, const struct normal_unit *unit, bool single, enum grammar grammar)
{
    static const char *const plural_endings[GRAMMAR_COUNT] = {"", "", "ам", "ами", "ах"};
    static const char *const masculine[GRAMMAR_COUNT] = {"", "", "у", "ом", "е"};
    static const char *const feminine[GRAMMAR_COUNT] = {"", "", "е", "ой", "е"};
    size_t size = strlen(unit->one);
    bool soft = size > 2 && strcmp(unit->one + size - 2, "а") == 0;

    if (unit->gender == NORMAL_NEUTER || strchr(unit->many, ' ') ||
        strcmp(unit->one + size - 2, "ь") == 0) {
        normal_say(sink, unit->many);
        return;
    }
    normal_say_bytes(sink, unit->one, soft ? size - 2 : size);
    normal_attach(sink, single ? (soft ? feminine : masculine)[grammar] : plural_endings[grammar]);
}

static void say_unit(
    struct normal_sink *sink, const struct normal_number *number, enum grammar grammar)
{
    const struct normal_value *last = number->range ? &number->until : &number->value;
    const struct normal_unit *unit = number->unit;
    bool single = last->whole % 10 == 1 && last->whole % 100 != 11;

    if (last->kind == NORMAL_DECIMAL)
        normal_say(sink, unit->few);
    else if (grammar == GENITIVE)
        normal_say(sink, normal_ru_plural(last->whole, unit->few, unit->many, unit->many));
    else if (grammar == NOMINATIVE)
        normal_say(sink, normal_ru_plural(last->whole, unit->one, unit->few, unit->many));
    else
        say_oblique(sink, unit, single, grammar);
    if (unit->after)
        normal_say(sink, unit->after);
}

/* From day to day: "с двадцать четвёртого по двадцать шестое ноября". */
static void say_days(struct normal_sink *sink, const struct normal_number *number, unsigned month)
{
    if (!normal_among(number->before, from))
        normal_say(sink, "с");
    normal_ru_say_ordinal(sink, number->value.whole, normal_ru_find_ending("ГО"));
    if (month > 0 && month != number->until.month)
        normal_say(sink, months[month - 1]);
    normal_say(sink, "по");
    if (number->until.kind == NORMAL_DATE)
        say_date(sink, &number->until, "Е");
    else
        normal_ru_say_ordinal(sink, number->until.whole, normal_ru_find_ending("Е"));
}

/* "2-3 дня": the noun after two to four stands as it does after no other number. */
static bool is_few(const struct normal_number *number)
{
    uint64_t n = number->until.whole;

    return number->until.kind == NORMAL_WHOLE && !number->unit && number->after[0] && n % 10 >= 2 &&
           n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
}

static void say_range(
    struct normal_sink *sink, const struct normal_number *number, enum normal_gender gender)
{
    if (is_few(number)) {
        say_value(sink, &number->value, gender, NOMINATIVE);
        normal_mark(sink, ',');
        say_value(sink, &number->until, gender, NOMINATIVE);
        return;
    }
    if (!normal_among(number->before, from))
        normal_say(sink, number->value.kind == NORMAL_TIME ? "с" : "от");
    say_value(sink, &number->value, gender, GENITIVE);
    normal_say(sink, "до");
    say_value(sink, &number->until, gender, GENITIVE);
}

/* A whole number with letters joined to it. */
static void say_suffix(struct normal_sink *sink, uint64_t n, const char *suffix)
{
    char upper[NORMAL_WORD_SIZE];

    normal_upper(upper, suffix, strlen(suffix));
    if (normal_among(upper, cardinal_endings) || (strcmp(upper, "Х") == 0 && n >= 2 && n <= 4)) {
        normal_ru_say_whole(sink, n, NORMAL_MASCULINE, GENITIVE);
        return;
    }
    if (normal_ru_find_ending(upper))
        normal_ru_say_ordinal(sink, n, normal_ru_find_ending(upper));
    else
        normal_ru_say_compound(sink, n, suffix);
}

static enum normal_gender find_gender(const struct normal_number *number)
{
    if (number->unit)
        return number->unit->gender;
    if (normal_begins(number->after, feminine_nouns))
        return NORMAL_FEMININE;
    return normal_begins(number->after, neuter_nouns) ? NORMAL_NEUTER : NORMAL_MASCULINE;
}

static bool is_single(const struct normal_number *number)
{
    return number->value.whole % 10 == 1 && number->value.whole % 100 != 11;
}

/* The case that the preposition and the noun tell. */
static enum grammar find_grammar(const struct normal_number *number)
{
    static const char *const dative[] = {"К", "КО", NULL};
    static const char *const place[] = {"В", "ВО", "НА", "О", "ОБ", "ПРИ", NULL};
    static const char *const by[] = {"АМИ", "ЯМИ", "ЫМИ", "ИМИ", "ЬМИ", NULL};
    static const char *const at[] = {"АХ", "ЯХ", NULL};
    static const char *const of[] = {"ЫХ", "ИХ", NULL};
    static const char *const at_one[] = {"Е", "И", "ОМ", "ЕМ", "ОЙ", NULL};
    static const char *const away[] = {"ОТ", NULL};
    bool placed = normal_among(number->before, place);

    if (normal_among(number->before, dative))
        return DATIVE;
    if (number->range ||
        (normal_among(number->before, genitive_words) && !normal_ends(number->after, by)))
        return GENITIVE;
    if (number->unit)
        return placed && normal_among(number->after, away) ? PREPOSITIONAL : NOMINATIVE;
    if (normal_ends(number->after, by))
        return INSTRUMENTAL;
    if (normal_ends(number->after, at) || (placed && normal_ends(number->after, of)) ||
        (placed && is_single(number) && normal_ends(number->after, at_one)))
        return PREPOSITIONAL;
    return NOMINATIVE;
}

/* The ending of an ordinal beside its noun: "II группа", "XXI века". */
static const struct ending *find_roman_ending(const struct normal_number *number)
{
    static const struct {
        const char *noun[5];
        const char *masculine, *feminine;
    } rows[] = {{{"АЯ", "А", "Я", NULL}, "ГО", "Я"}, {{"ОМ", "ЕМ", NULL}, "ЫМ", "ЫМ"},
        {{"ОЙ", "ЕЙ", "И", "Ы", NULL}, "Й", "ОЙ"}, {{"У", "Ю", NULL}, "МУ", "Ю"},
        {{"ОЕ", "О", NULL}, "Е", "Е"}, {{"Е", NULL}, "М", "ОЙ"}};
    static const char *const masculine[] = {"ВЕК", "КВАРТАЛ", "ЭТАП", "ТУР", "УРОВ", "КЛАСС",
        "РАЗРЯД", "СОЗЫВ", "СЪЕЗД", "РАЙОН", "ЭТАЖ", "ПОДЪЕЗД", NULL};
    bool him = normal_begins(number->after, masculine);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (normal_ends(number->after, rows[i].noun))
            return normal_ru_find_ending(him ? rows[i].masculine : rows[i].feminine);
    }
    return normal_ru_find_ending("Й");
}

/* "24 ноября", "2026 года": an ordinal; "Й" and so on, or NULL. */
static const struct ending *find_date_ending(const struct normal_number *number)
{
    static const char *const forms[][2] = {{"ГОД", "Й"}, {"ГОДА", "ГО"}, {"ГОДУ", "М"},
        {"ГОДОМ", "ЫМ"}, {"ГОДЕ", "М"}, {"ГОДЫ", "Й"}, {"ГОДОВ", "ГО"}, {"ГОДАМ", "МУ"},
        {"ГОДАХ", "М"}};
    static const char *const whole_day[] = {"НА", "ПО", "ЗА", "ЧЕРЕЗ", NULL};
    static const char *const estates[] = {"МКР", "МИКРОРАЙОН", "ЭТАЖ", "ПОДЪЕЗД", "КЛАСС", NULL};
    uint64_t n = number->value.whole;

    if (number->value.kind != NORMAL_WHOLE || number->unit)
        return NULL;
    if (number->roman)
        return find_roman_ending(number);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (n >= YEAR_MIN && n <= YEAR_MAX && strcmp(number->after, forms[i][0]) == 0)
            return normal_ru_find_ending(forms[i][1]);
    }
    if (n < 1 || n > 31)
        return NULL;
    if (normal_among(number->before, from) && strcmp(number->after, "ПО") == 0)
        return normal_ru_find_ending("ГО");
    if (normal_among(number->after, estates))
        return normal_ru_find_ending("Й");
    if (!normal_begins(number->after, month_words))
        return NULL;
    if (normal_among(number->before, whole_day))
        return normal_ru_find_ending("Е");
    return normal_ru_find_ending(strcmp(number->before, "К") == 0 ? "МУ" : "ГО");
}

/* Dates and years; false: it is neither. */
static bool say_calendar(struct normal_sink *sink, const struct normal_number *number)
{
    static const char *const year[] = {"г", NULL};
    const struct normal_value *value = &number->value;
    const struct ending *ending = find_date_ending(number);
    bool in = strcmp(number->before, "В") == 0;

    if (number->range && ending && value->whole >= YEAR_MIN) {
        normal_ru_say_ordinal(sink, value->whole, ending);
        normal_mark(sink, ',');
        normal_ru_say_ordinal(sink, number->until.whole, ending);
    } else if (number->range && (value->kind == NORMAL_DATE || ending)) {
        say_days(sink, number, value->month);
    } else if (value->kind == NORMAL_DATE) {
        say_date(sink, value, strcmp(number->before, "ПО") == 0 ? "Е" : "ГО");
    } else if (ending) {
        normal_ru_say_ordinal(sink, value->whole, ending);
    } else if (number->unit && !number->range && normal_among(number->unit->sign, year) &&
               value->whole >= YEAR_MIN && value->whole <= YEAR_MAX) {
        normal_ru_say_ordinal(sink, value->whole, normal_ru_find_ending(in ? "М" : "ГО"));
        normal_say(sink, in ? "году" : "года");
    } else {
        return false;
    }
    return true;
}

void normal_ru_say_number(struct normal_sink *sink, const struct normal_number *number)
{
    enum grammar grammar = find_grammar(number);
    enum normal_gender gender = find_gender(number);

    if (number->suffix[0] && number->value.kind == NORMAL_WHOLE && !number->unit) {
        if (number->range)
            say_value(sink, &number->value, gender, NOMINATIVE);
        say_suffix(sink, number->range ? number->until.whole : number->value.whole, number->suffix);
        return;
    }
    if (say_calendar(sink, number))
        return;
    if (number->range)
        say_range(sink, number, gender);
    else
        say_value(sink, &number->value, gender, grammar);
    if (number->unit)
        say_unit(sink, number, grammar);
    else
        normal_say(sink, number->suffix);
}
