/* Russian: a number agrees with its noun in gender, and after some prepositions stands in the genitive ("до 23:00" is
 * "до двадцати трёх ноль ноль"); other cases are left in the nominative, which is understood. Ordinals take their ending
 * from what is written ("13-м").
 */
#include "audio/normal_language.h"

#include <stdio.h>
#include <string.h>

enum grammar { NOMINATIVE, GENITIVE };

/* How an ordinal's stem takes its endings: первый, второй, третий. */
enum stem { HARD, STRESSED, SOFT, STEM_COUNT };

struct numeral {
    const char *cardinal[2]; /* by enum grammar; masculine */
    const char *ordinal;     /* stem */
    enum stem stem;
};

static const struct numeral small[20] = {
    {{"ноль", "ноля"}, "нулев", STRESSED},
    {{"один", "одного"}, "перв", HARD},
    {{"два", "двух"}, "втор", STRESSED},
    {{"три", "трёх"}, "трет", SOFT},
    {{"четыре", "четырёх"}, "четвёрт", HARD},
    {{"пять", "пяти"}, "пят", HARD},
    {{"шесть", "шести"}, "шест", STRESSED},
    {{"семь", "семи"}, "седьм", STRESSED},
    {{"восемь", "восьми"}, "восьм", STRESSED},
    {{"девять", "девяти"}, "девят", HARD},
    {{"десять", "десяти"}, "десят", HARD},
    {{"одиннадцать", "одиннадцати"}, "одиннадцат", HARD},
    {{"двенадцать", "двенадцати"}, "двенадцат", HARD},
    {{"тринадцать", "тринадцати"}, "тринадцат", HARD},
    {{"четырнадцать", "четырнадцати"}, "четырнадцат", HARD},
    {{"пятнадцать", "пятнадцати"}, "пятнадцат", HARD},
    {{"шестнадцать", "шестнадцати"}, "шестнадцат", HARD},
    {{"семнадцать", "семнадцати"}, "семнадцат", HARD},
    {{"восемнадцать", "восемнадцати"}, "восемнадцат", HARD},
    {{"девятнадцать", "девятнадцати"}, "девятнадцат", HARD},
};

static const struct numeral tens[10] = {
    {{"", ""}, "", HARD},
    {{"", ""}, "", HARD},
    {{"двадцать", "двадцати"}, "двадцат", HARD},
    {{"тридцать", "тридцати"}, "тридцат", HARD},
    {{"сорок", "сорока"}, "сороков", STRESSED},
    {{"пятьдесят", "пятидесяти"}, "пятидесят", HARD},
    {{"шестьдесят", "шестидесяти"}, "шестидесят", HARD},
    {{"семьдесят", "семидесяти"}, "семидесят", HARD},
    {{"восемьдесят", "восьмидесяти"}, "восьмидесят", HARD},
    {{"девяносто", "девяноста"}, "девяност", HARD},
};

static const struct numeral hundreds[10] = {
    {{"", ""}, "", HARD},
    {{"сто", "ста"}, "сот", HARD},
    {{"двести", "двухсот"}, "двухсот", HARD},
    {{"триста", "трёхсот"}, "трёхсот", HARD},
    {{"четыреста", "четырёхсот"}, "четырёхсот", HARD},
    {{"пятьсот", "пятисот"}, "пятисот", HARD},
    {{"шестьсот", "шестисот"}, "шестисот", HARD},
    {{"семьсот", "семисот"}, "семисот", HARD},
    {{"восемьсот", "восьмисот"}, "восьмисот", HARD},
    {{"девятьсот", "девятисот"}, "девятисот", HARD},
};

static const struct scale {
    uint64_t size;
    enum normal_gender gender;
    const char *one;
    const char *few;
    const char *many;
} scales[] = {
    {1000000000, NORMAL_MASCULINE, "миллиард", "миллиарда", "миллиардов"},
    {1000000, NORMAL_MASCULINE, "миллион", "миллиона", "миллионов"},
    {1000, NORMAL_FEMININE, "тысяча", "тысячи", "тысяч"},
};

/* What is written after an ordinal's digits, and the ending of each kind of stem. */
static const struct ending {
    const char *written;
    const char *spoken[STEM_COUNT];
} ordinal_endings[] = {
    {"Й", {"ый", "ой", "ий"}},
    {"ЫЙ", {"ый", "ой", "ий"}},
    {"ОЙ", {"ой", "ой", "ьей"}},
    {"ЕЙ", {"ой", "ой", "ьей"}},
    {"Я", {"ая", "ая", "ья"}},
    {"АЯ", {"ая", "ая", "ья"}},
    {"Е", {"ое", "ое", "ье"}},
    {"ОЕ", {"ое", "ое", "ье"}},
    {"ГО", {"ого", "ого", "ьего"}},
    {"ОГО", {"ого", "ого", "ьего"}},
    {"МУ", {"ому", "ому", "ьему"}},
    {"ОМУ", {"ому", "ому", "ьему"}},
    {"М", {"ом", "ом", "ьем"}},
    {"ОМ", {"ом", "ом", "ьем"}},
    {"ЫМ", {"ым", "ым", "ьим"}},
    {"Х", {"ых", "ых", "ьих"}},
    {"ЫХ", {"ых", "ых", "ьих"}},
    {"Ю", {"ую", "ую", "ью"}},
    {"УЮ", {"ую", "ую", "ью"}},
    {"МИ", {"ыми", "ыми", "ьими"}},
    {NULL, {NULL, NULL, NULL}},
};

/* Written after digits: the genitive of the cardinal ("5-ти", "2-ух"). */
static const char *const cardinal_endings[] = {"ТИ", "И", "УХ", "ЁХ", "ЕХ", NULL};
static const char *const genitive_words[] = {"С", "СО", "ДО", "ОТ", "ИЗ", "ПОСЛЕ", "ОКОЛО", "БЕЗ",
    "СВЫШЕ", "БОЛЕЕ", "БОЛЬШЕ", "МЕНЕЕ", "МЕНЬШЕ", "У", "ДЛЯ", "ПОЗЖЕ", "ПОЗДНЕЕ", "РАНЕЕ",
    "РАНЬШЕ", "БЛИЖЕ", "ДАЛЬШЕ", "ТЕЧЕНИЕ", "НЕТ", NULL};
static const char *const feminine_nouns[] = {"МИНУТ", "СЕКУНД", "НЕДЕЛ", "ШКОЛ", "УЛИЦ", "ГРУПП",
    "МАШИН", "БОЛЬНИЦ", "АПТЕК", "ПОЛИКЛИНИК", "СТАНЦИ", "ТЫСЯЧ", "ТОНН", "ЖЕНЩИН", "РАКЕТ",
    "АВАРИ", "ОСТАНОВ", "ТОЧ", "ЛИНИ", "БРИГАД", "КВАРТИР", "ПЛОЩАД", "ДОРОГ", "ТРАСС", "ДЕРЕВ",
    "КОМНАТ", "СЕМЬ", "СЕМЕЙ", "ЦИСТЕРН", "ЛОД", "БУТЫЛ", NULL};
static const char *const neuter_nouns[] = {
    "СЕЛ", "СЁЛ", "МЕСТ", "ОКН", "ЗДАНИ", "ОТДЕЛЕНИ", "СООБЩЕНИ", "ПРАВИЛ", NULL};

static const char *plural(uint64_t n, const char *one, const char *few, const char *many)
{
    if (n % 100 >= 11 && n % 100 <= 14)
        return many;
    if (n % 10 == 1)
        return one;
    return n % 10 >= 2 && n % 10 <= 4 ? few : many;
}

static void say_small(
    struct normal_sink *sink, unsigned n, enum normal_gender gender, enum grammar grammar)
{
    if (n == 1 && gender == NORMAL_FEMININE)
        normal_say(sink, grammar == GENITIVE ? "одной" : "одна");
    else if (n == 1 && gender == NORMAL_NEUTER && grammar == NOMINATIVE)
        normal_say(sink, "одно");
    else if (n == 2 && gender == NORMAL_FEMININE && grammar == NOMINATIVE)
        normal_say(sink, "две");
    else
        normal_say(sink, small[n].cardinal[grammar]);
}

static void say_hundreds(
    struct normal_sink *sink, unsigned n, enum normal_gender gender, enum grammar grammar)
{
    if (n >= 100)
        normal_say(sink, hundreds[n / 100].cardinal[grammar]);
    n %= 100;
    if (n >= 20)
        normal_say(sink, tens[n / 10].cardinal[grammar]);
    if (n >= 20)
        n %= 10;
    if (n > 0)
        say_small(sink, n, gender, grammar);
}

static void say_whole(
    struct normal_sink *sink, uint64_t n, enum normal_gender gender, enum grammar grammar)
{
    if (n == 0)
        normal_say(sink, small[0].cardinal[grammar]);
    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
        const struct scale *scale = &scales[i];
        unsigned many = (unsigned)(n / scale->size);

        n %= scale->size;
        if (many == 0)
            continue;
        if (many > 1)
            say_hundreds(sink, many, scale->gender, grammar);
        normal_say(sink, grammar == GENITIVE ? plural(many, scale->few, scale->many, scale->many)
                                             : plural(many, scale->one, scale->few, scale->many));
    }
    say_hundreds(sink, (unsigned)n, gender, grammar);
}

/* The last word of a number, and how much of it that is; NULL for whole thousands. */
static const struct numeral *last_numeral(uint64_t *part, uint64_t n)
{
    unsigned low = (unsigned)(n % 100);

    if (n > 0 && n % 1000 == 0)
        return NULL;
    if (low == 0 && n > 0) {
        *part = n % 1000;
        return &hundreds[*part / 100];
    }
    if (low >= 20 && low % 10 == 0) {
        *part = low;
        return &tens[low / 10];
    }
    *part = low < 20 ? low : low % 10;
    return &small[*part];
}

static void say_ordinal(struct normal_sink *sink, uint64_t n, const struct ending *ending)
{
    uint64_t part = 0;
    const struct numeral *last = last_numeral(&part, n);

    if (!last || n > part)
        say_whole(sink, n - part, NORMAL_MASCULINE, NOMINATIVE);
    if (!last)
        return;
    normal_say(sink, last->ordinal);
    normal_attach(sink, ending->spoken[last->stem]);
}

/* "5-этажный": the genitive joined to the word. */
static void say_compound(struct normal_sink *sink, uint64_t n, const char *word)
{
    char glued[2 * NORMAL_WORD_SIZE] = "";
    struct normal_sink whole = {.words = glued, .size = sizeof(glued)};
    char *to = glued;

    if (n == 100 || n == 90 || n == 1000)
        normal_say(&whole, n == 100 ? "сто" : n == 90 ? "девяносто" : "тысяче");
    else
        say_whole(&whole, n, NORMAL_MASCULINE, GENITIVE);
    for (const char *from = glued; *from; from++) {
        if (*from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    normal_say(sink, glued);
    normal_attach(sink, word);
}

static void say_time(
    struct normal_sink *sink, const struct normal_value *value, enum grammar grammar)
{
    say_whole(sink, value->whole, NORMAL_MASCULINE, grammar);
    if (value->minutes < 10)
        normal_say(sink, "ноль");
    if (value->minutes == 0)
        normal_say(sink, "ноль");
    else
        say_whole(sink, value->minutes, NORMAL_MASCULINE, grammar);
}

static void say_decimal(struct normal_sink *sink, const struct normal_value *value)
{
    static const struct {
        const char *one;
        const char *many;
    } parts[] = {{"десятая", "десятых"}, {"сотая", "сотых"}, {"тысячная", "тысячных"}};
    size_t digits = strlen(value->fraction);
    uint64_t fraction = 0;

    say_whole(sink, value->whole, NORMAL_FEMININE, NOMINATIVE);
    if (digits > sizeof(parts) / sizeof(parts[0])) {
        normal_say(sink, "запятая");
        normal_say_digits(sink, value->fraction, &normal_ru);
        return;
    }
    normal_say(sink, plural(value->whole, "целая", "целых", "целых"));
    for (size_t i = 0; i < digits; i++)
        fraction = fraction * 10 + (uint64_t)(value->fraction[i] - '0');
    say_whole(sink, fraction, NORMAL_FEMININE, NOMINATIVE);
    normal_say(sink,
        plural(fraction, parts[digits - 1].one, parts[digits - 1].many, parts[digits - 1].many));
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
        say_decimal(sink, value);
        break;
    case NORMAL_DIGITS:
        normal_say_digits(sink, value->digits, &normal_ru);
        break;
    case NORMAL_WHOLE:
        for (unsigned i = 0; i < value->zeros; i++)
            normal_say(sink, "ноль");
        say_whole(sink, value->whole, gender, grammar);
        break;
    }
}

static void say_unit(
    struct normal_sink *sink, const struct normal_number *number, enum grammar grammar)
{
    const struct normal_value *last = number->range ? &number->until : &number->value;
    const struct normal_unit *unit = number->unit;

    if (last->kind == NORMAL_DECIMAL)
        normal_say(sink, unit->few);
    else if (grammar == GENITIVE)
        normal_say(sink, plural(last->whole, unit->few, unit->many, unit->many));
    else
        normal_say(sink, plural(last->whole, unit->one, unit->few, unit->many));
    if (unit->after)
        normal_say(sink, unit->after);
}

static void say_range(
    struct normal_sink *sink, const struct normal_number *number, enum normal_gender gender)
{
    static const char *const from[] = {"С", "СО", "ОТ", NULL};

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
        say_whole(sink, n, NORMAL_MASCULINE, GENITIVE);
        return;
    }
    for (const struct ending *ending = ordinal_endings; ending->written; ending++) {
        if (strcmp(upper, ending->written) == 0) {
            say_ordinal(sink, n, ending);
            return;
        }
    }
    say_compound(sink, n, suffix);
}

static enum normal_gender find_gender(const struct normal_number *number)
{
    if (number->unit)
        return number->unit->gender;
    if (normal_begins(number->after, feminine_nouns))
        return NORMAL_FEMININE;
    return normal_begins(number->after, neuter_nouns) ? NORMAL_NEUTER : NORMAL_MASCULINE;
}

static void say_number(struct normal_sink *sink, const struct normal_number *number)
{
    bool after_genitive = normal_among(number->before, genitive_words);
    enum grammar grammar = number->range || after_genitive ? GENITIVE : NOMINATIVE;
    enum normal_gender gender = find_gender(number);

    if (number->suffix[0] && number->value.kind == NORMAL_WHOLE) {
        if (number->range)
            say_value(sink, &number->value, gender, NOMINATIVE);
        say_suffix(sink, number->range ? number->until.whole : number->value.whole, number->suffix);
        return;
    }
    if (number->range)
        say_range(sink, number, gender);
    else
        say_value(sink, &number->value, gender, grammar);
    if (number->unit)
        say_unit(sink, number, grammar);
}

static const struct normal_pair consonants[] = {{"Б", "бэ"}, {"В", "вэ"}, {"Г", "гэ"}, {"Д", "дэ"},
    {"Ж", "жэ"}, {"З", "зэ"}, {"Й", "й"}, {"К", "ка"}, {"Л", "эл"}, {"М", "эм"}, {"Н", "эн"},
    {"П", "пэ"}, {"Р", "эр"}, {"С", "эс"}, {"Т", "тэ"}, {"Ф", "эф"}, {"Х", "ха"}, {"Ц", "цэ"},
    {"Ч", "че"}, {"Ш", "ша"}, {"Щ", "ща"}, {NULL, NULL}};

static const struct normal_pair script[] = {{"SCH", "щ"}, {"SH", "ш"}, {"CH", "ч"}, {"ZH", "ж"},
    {"KH", "х"}, {"TS", "ц"}, {"YU", "ю"}, {"YA", "я"}, {"PH", "ф"}, {"TH", "т"}, {"EE", "и"},
    {"OO", "у"}, {"A", "а"}, {"B", "б"}, {"C", "к"}, {"D", "д"}, {"E", "е"}, {"F", "ф"}, {"G", "г"},
    {"H", "х"}, {"I", "и"}, {"J", "дж"}, {"K", "к"}, {"L", "л"}, {"M", "м"}, {"N", "н"}, {"O", "о"},
    {"P", "п"}, {"Q", "к"}, {"R", "р"}, {"S", "с"}, {"T", "т"}, {"U", "у"}, {"V", "в"}, {"W", "в"},
    {"X", "кс"}, {"Y", "й"}, {"Z", "з"}, {"Ä", "э"}, {"Ö", "ё"}, {"Ü", "ю"}, {NULL, NULL}};

static const struct normal_pair words[] = {{"OK", "окей"}, {"ОК", "окей"}, {"WHATSAPP", "вотсап"},
    {"TELEGRAM", "телеграм"}, {"WI", "вай"}, {"FI", "фай"}, {"FREEDV", "фри ди ви"},
    {"USB", "ю эс би"}, {"FM", "эф эм"}, {"UTC", "ю ти си"}, {"GPS", "джи пи эс"}, {NULL, NULL}};

static const struct normal_pair endings[] = {{"УЛ", "улица"}, {"ТЕЛ", "телефон"},
    {"ПР", "проспект"}, {"МКР", "микрорайон"}, {"РУБ", "рублей"}, {"ЧЕЛ", "человек"},
    {"МИН", "минут"}, {"ТЫС", "тысяч"}, {"МЛН", "миллионов"}, {NULL, NULL}};

static const struct normal_sign signs[] = {{"№", "номер", false}, {"%", "процентов", false},
    {"+", "плюс", false}, {"&", "и", false}, {"₸", "тенге", false}, {"°", "градусов", false},
    {"=", "равно", false}, {NULL, NULL, false}};

static const struct normal_unit units[] = {
    {"°C", NULL, "градус", "градуса", "градусов", NULL, NORMAL_MASCULINE},
    {"°С", NULL, "градус", "градуса", "градусов", NULL, NORMAL_MASCULINE},
    {"℃", NULL, "градус", "градуса", "градусов", NULL, NORMAL_MASCULINE},
    {"°", NULL, "градус", "градуса", "градусов", NULL, NORMAL_MASCULINE},
    {"%", NULL, "процент", "процента", "процентов", NULL, NORMAL_MASCULINE},
    {"₸", NULL, "тенге", "тенге", "тенге", NULL, NORMAL_NEUTER},
    {"тг", NULL, "тенге", "тенге", "тенге", NULL, NORMAL_NEUTER},
    {"км/ч", NULL, "километр", "километра", "километров", "в час", NORMAL_MASCULINE},
    {"м/с", NULL, "метр", "метра", "метров", "в секунду", NORMAL_MASCULINE},
    {"мм", NULL, "миллиметр", "миллиметра", "миллиметров", NULL, NORMAL_MASCULINE},
    {"см", NULL, "сантиметр", "сантиметра", "сантиметров", NULL, NORMAL_MASCULINE},
    {"км", NULL, "километр", "километра", "километров", NULL, NORMAL_MASCULINE},
    {"м", NULL, "метр", "метра", "метров", NULL, NORMAL_MASCULINE},
    {"га", NULL, "гектар", "гектара", "гектаров", NULL, NORMAL_MASCULINE},
    {"кг", NULL, "килограмм", "килограмма", "килограммов", NULL, NORMAL_MASCULINE},
    {"г", NULL, "грамм", "грамма", "граммов", NULL, NORMAL_MASCULINE},
    {"т", NULL, "тонна", "тонны", "тонн", NULL, NORMAL_FEMININE},
    {"мл", NULL, "миллилитр", "миллилитра", "миллилитров", NULL, NORMAL_MASCULINE},
    {"л", NULL, "литр", "литра", "литров", NULL, NORMAL_MASCULINE},
    {"мин", NULL, "минута", "минуты", "минут", NULL, NORMAL_FEMININE},
    {"ч", NULL, "час", "часа", "часов", NULL, NORMAL_MASCULINE},
    {"сек", NULL, "секунда", "секунды", "секунд", NULL, NORMAL_FEMININE},
    {"МГц", NULL, "мегагерц", "мегагерца", "мегагерц", NULL, NORMAL_MASCULINE},
    {"кГц", NULL, "килогерц", "килогерца", "килогерц", NULL, NORMAL_MASCULINE},
    {"кВт", NULL, "киловатт", "киловатта", "киловатт", NULL, NORMAL_MASCULINE},
    {NULL, NULL, NULL, NULL, NULL, NULL, NORMAL_MASCULINE},
};

static const char *const calls[] = {"ЗВОН", "ПОЗВОН", "НОМЕР", "ТЕЛЕФОН", "НАБЕР", "НАБИР", NULL};
static const char *const joins[] = {"И", "ИЛИ", "ЛИБО", "ЕСЛИ", "СРАЗУ", "НЕМЕДЛЕННО", NULL};

const struct normal_language normal_ru = {
    .digit = {"ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"},
    .plus = "плюс",
    .letter = {"а", "бэ", "цэ", "дэ", "е", "эф", "гэ", "аш", "и", "жи", "ка", "эл", "эм", "эн", "о",
        "пэ", "ку", "эр", "эс", "тэ", "у", "вэ", "дубль вэ", "икс", "игрек", "зэт"},
    .spelling = {"альфа", "браво", "чарли", "дельта", "эхо", "фокстрот", "гольф", "хотел", "индия",
        "джульет", "кило", "лима", "майк", "новембер", "оскар", "папа", "квебек", "ромео", "сьерра",
        "танго", "юниформ", "виктор", "виски", "иксрей", "янки", "зулу"},
    .vowels = "АЕЁИОУЫЭЮЯ",
    .consonants = consonants,
    .script = script,
    .words = words,
    .endings = endings,
    .signs = signs,
    .units = units,
    .calls = calls,
    .joins = joins,
    .say_number = say_number,
};
