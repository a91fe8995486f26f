/* Russian: numerals by gender and case, ordinals, words that a number is joined to. */
#include "audio/normal_ru.h"

#include <string.h>

#define MILLION 1000000

/* How an ordinal's stem takes its endings: первый, второй, третий. */
enum stem { HARD, STRESSED, SOFT, STEM_COUNT };

struct numeral {
    const char *cardinal[GRAMMAR_COUNT]; /* masculine */
    const char *ordinal;                 /* stem */
    enum stem stem;
};

static const struct numeral small[20] = {
    {{"ноль", "ноля", "нолю", "нолём", "ноле"}, "нулев", STRESSED},
    {{"один", "одного", "одному", "одним", "одном"}, "перв", HARD},
    {{"два", "двух", "двум", "двумя", "двух"}, "втор", STRESSED},
    {{"три", "трёх", "трём", "тремя", "трёх"}, "трет", SOFT},
    {{"четыре", "четырёх", "четырём", "четырьмя", "четырёх"}, "четвёрт", HARD},
    {{"пять", "пяти", "пяти", "пятью", "пяти"}, "пят", HARD},
    {{"шесть", "шести", "шести", "шестью", "шести"}, "шест", STRESSED},
    {{"семь", "семи", "семи", "семью", "семи"}, "седьм", STRESSED},
    {{"восемь", "восьми", "восьми", "восемью", "восьми"}, "восьм", STRESSED},
    {{"девять", "девяти", "девяти", "девятью", "девяти"}, "девят", HARD},
    {{"десять", "десяти", "десяти", "десятью", "десяти"}, "десят", HARD},
    {{"одиннадцать", "одиннадцати", "одиннадцати", "одиннадцатью", "одиннадцати"}, "одиннадцат",
        HARD},
    {{"двенадцать", "двенадцати", "двенадцати", "двенадцатью", "двенадцати"}, "двенадцат", HARD},
    {{"тринадцать", "тринадцати", "тринадцати", "тринадцатью", "тринадцати"}, "тринадцат", HARD},
    {{"четырнадцать", "четырнадцати", "четырнадцати", "четырнадцатью", "четырнадцати"},
        "четырнадцат", HARD},
    {{"пятнадцать", "пятнадцати", "пятнадцати", "пятнадцатью", "пятнадцати"}, "пятнадцат", HARD},
    {{"шестнадцать", "шестнадцати", "шестнадцати", "шестнадцатью", "шестнадцати"}, "шестнадцат",
        HARD},
    {{"семнадцать", "семнадцати", "семнадцати", "семнадцатью", "семнадцати"}, "семнадцат", HARD},
    {{"восемнадцать", "восемнадцати", "восемнадцати", "восемнадцатью", "восемнадцати"},
        "восемнадцат", HARD},
    {{"девятнадцать", "девятнадцати", "девятнадцати", "девятнадцатью", "девятнадцати"},
        "девятнадцат", HARD},
};

static const struct numeral tens[10] = {
    {{"", "", "", "", ""}, "", HARD},
    {{"", "", "", "", ""}, "", HARD},
    {{"двадцать", "двадцати", "двадцати", "двадцатью", "двадцати"}, "двадцат", HARD},
    {{"тридцать", "тридцати", "тридцати", "тридцатью", "тридцати"}, "тридцат", HARD},
    {{"сорок", "сорока", "сорока", "сорока", "сорока"}, "сороков", STRESSED},
    {{"пятьдесят", "пятидесяти", "пятидесяти", "пятьюдесятью", "пятидесяти"}, "пятидесят", HARD},
    {{"шестьдесят", "шестидесяти", "шестидесяти", "шестьюдесятью", "шестидесяти"}, "шестидесят",
        HARD},
    {{"семьдесят", "семидесяти", "семидесяти", "семьюдесятью", "семидесяти"}, "семидесят", HARD},
    {{"восемьдесят", "восьмидесяти", "восьмидесяти", "восемьюдесятью", "восьмидесяти"},
        "восьмидесят", HARD},
    {{"девяносто", "девяноста", "девяноста", "девяноста", "девяноста"}, "девяност", HARD},
};

static const struct numeral hundreds[10] = {
    {{"", "", "", "", ""}, "", HARD},
    {{"сто", "ста", "ста", "ста", "ста"}, "сот", HARD},
    {{"двести", "двухсот", "двумстам", "двумястами", "двухстах"}, "двухсот", HARD},
    {{"триста", "трёхсот", "трёмстам", "тремястами", "трёхстах"}, "трёхсот", HARD},
    {{"четыреста", "четырёхсот", "четырёмстам", "четырьмястами", "четырёхстах"}, "четырёхсот",
        HARD},
    {{"пятьсот", "пятисот", "пятистам", "пятьюстами", "пятистах"}, "пятисот", HARD},
    {{"шестьсот", "шестисот", "шестистам", "шестьюстами", "шестистах"}, "шестисот", HARD},
    {{"семьсот", "семисот", "семистам", "семьюстами", "семистах"}, "семисот", HARD},
    {{"восемьсот", "восьмисот", "восьмистам", "восемьюстами", "восьмистах"}, "восьмисот", HARD},
    {{"девятьсот", "девятисот", "девятистам", "девятьюстами", "девятистах"}, "девятисот", HARD},
};

static const struct scale {
    uint64_t size;
    enum normal_gender gender;
    const char *one[GRAMMAR_COUNT];
    const char *few;
    const char *many[GRAMMAR_COUNT];
} scales[] = {
    {1000000000, NORMAL_MASCULINE,
        {"миллиард", "миллиарда", "миллиарду", "миллиардом", "миллиарде"}, "миллиарда",
        {"миллиардов", "миллиардов", "миллиардам", "миллиардами", "миллиардах"}},
    {1000000, NORMAL_MASCULINE, {"миллион", "миллиона", "миллиону", "миллионом", "миллионе"},
        "миллиона", {"миллионов", "миллионов", "миллионам", "миллионами", "миллионах"}},
    {1000, NORMAL_FEMININE, {"тысяча", "тысячи", "тысяче", "тысячей", "тысяче"}, "тысячи",
        {"тысяч", "тысяч", "тысячам", "тысячами", "тысячах"}},
};

/* What is written after an ordinal's digits, and the ending of each kind of stem. */
struct ending {
    const char *written;
    const char *spoken[STEM_COUNT];
};

static const struct ending ordinal_endings[] = {
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

const char *normal_ru_plural(uint64_t n, const char *one, const char *few, const char *many)
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
        normal_say(sink, grammar == NOMINATIVE ? "одна" : "одной");
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

void normal_ru_say_whole(
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
        normal_say(sink,
            normal_ru_plural(many, scale->one[grammar],
                grammar == NOMINATIVE ? scale->few : scale->many[grammar], scale->many[grammar]));
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

/* The genitive as one word, as other words are joined to it: "пяти", "двадцатипяти"; nothing for 1. */
static void say_joined(struct normal_sink *sink, uint64_t n)
{
    char glued[2 * NORMAL_WORD_SIZE] = "";
    struct normal_sink whole = {.words = glued, .size = sizeof(glued)};
    char *to = glued;

    if (n == 100 || n == 90 || n == 1000)
        normal_say(&whole, n == 100 ? "сто" : n == 90 ? "девяносто" : "тысяче");
    else if (n > 1)
        normal_ru_say_whole(&whole, n, NORMAL_MASCULINE, GENITIVE);
    for (const char *from = glued; *from; from++) {
        if (*from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    if (glued[0] == '\0' && sink->used > 0)
        normal_attach(sink, " ");
    normal_say(sink, glued);
}

void normal_ru_say_ordinal(struct normal_sink *sink, uint64_t n, const struct ending *ending)
{
    uint64_t part = 0;
    const struct numeral *last = last_numeral(&part, n);

    if (!last && n < MILLION) {
        say_joined(sink, n / 1000);
        normal_attach(sink, "тысячн");
        normal_attach(sink, ending->spoken[HARD]);
        return;
    }
    if (!last || n > part)
        normal_ru_say_whole(sink, n - part, NORMAL_MASCULINE, NOMINATIVE);
    if (!last)
        return;
    normal_say(sink, last->ordinal);
    normal_attach(sink, ending->spoken[last->stem]);
}

/* "5-этажный": the genitive joined to the word. */
void normal_ru_say_compound(struct normal_sink *sink, uint64_t n, const char *word)
{
    if (n == 1)
        normal_say(sink, "одно");
    else
        say_joined(sink, n);
    normal_attach(sink, word);
}

const struct ending *normal_ru_find_ending(const char *written)
{
    for (const struct ending *ending = ordinal_endings; ending->written; ending++) {
        if (strcmp(written, ending->written) == 0)
            return ending;
    }
    return NULL;
}
