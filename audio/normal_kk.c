/* Kazakh: numbers agree with their endings by vowel harmony, so each numeral's forms stand in a table, and an ending
 * written after digits ("14:00-де") already agrees with the last word spoken. A number that a hyphen joins to a noun is
 * an ordinal ("13-шағын аудан").
 */
#include "audio/normal_language.h"
#include "gateway/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define NUMERALS_MAX 24 /* words of a number below 10^12 */

enum form { PLAIN, ORDINAL, ABLATIVE, DATIVE, WITH, FORM_COUNT };

struct numeral {
    const char *form[FORM_COUNT];
};

static const struct numeral ones[10] = {
    {{"нөл", "нөлінші", "нөлден", "нөлге", "нөл мен"}},
    {{"бір", "бірінші", "бірден", "бірге", "бір мен"}},
    {{"екі", "екінші", "екіден", "екіге", "екі мен"}},
    {{"үш", "үшінші", "үштен", "үшке", "үш пен"}},
    {{"төрт", "төртінші", "төрттен", "төртке", "төрт пен"}},
    {{"бес", "бесінші", "бестен", "беске", "бес пен"}},
    {{"алты", "алтыншы", "алтыдан", "алтыға", "алты мен"}},
    {{"жеті", "жетінші", "жетіден", "жетіге", "жеті мен"}},
    {{"сегіз", "сегізінші", "сегізден", "сегізге", "сегіз бен"}},
    {{"тоғыз", "тоғызыншы", "тоғыздан", "тоғызға", "тоғыз бен"}},
};

static const struct numeral tens[10] = {
    {{"", "", "", "", ""}},
    {{"он", "оныншы", "оннан", "онға", "он мен"}},
    {{"жиырма", "жиырмасыншы", "жиырмадан", "жиырмаға", "жиырма мен"}},
    {{"отыз", "отызыншы", "отыздан", "отызға", "отыз бен"}},
    {{"қырық", "қырқыншы", "қырықтан", "қырыққа", "қырық пен"}},
    {{"елу", "елуінші", "елуден", "елуге", "елу мен"}},
    {{"алпыс", "алпысыншы", "алпыстан", "алпысқа", "алпыс пен"}},
    {{"жетпіс", "жетпісінші", "жетпістен", "жетпіске", "жетпіс пен"}},
    {{"сексен", "сексенінші", "сексеннен", "сексенге", "сексен мен"}},
    {{"тоқсан", "тоқсаныншы", "тоқсаннан", "тоқсанға", "тоқсан мен"}},
};

static const struct numeral hundred = {{"жүз", "жүзінші", "жүзден", "жүзге", "жүз бен"}};

static const struct scale {
    uint64_t size;
    struct numeral name;
} scales[] = {
    {1000000000, {{"миллиард", "миллиардыншы", "миллиардтан", "миллиардқа", "миллиард пен"}}},
    {1000000, {{"миллион", "миллионыншы", "миллионнан", "миллионға", "миллион мен"}}},
    {1000, {{"мың", "мыңыншы", "мыңнан", "мыңға", "мың мен"}}},
};

/* After the digits of a decimal: of ten, of a hundred, of a thousand parts. */
static const char *const parts[] = {"оннан", "жүзден", "мыңнан"};

/* Endings written after a hyphen that make an ordinal, and those that are a case or a postposition. */
static const char *const ordinal_endings[] = {"ІНШІ", "ЫНШЫ", "НШІ", "НШЫ", "ШІ", "ШЫ", NULL};
static const char *const case_endings[] = {"ГЕ", "ҒА", "КЕ", "ҚА", "НЕ", "НА", "ДЕ", "ДА", "ТЕ",
    "ТА", "НДЕ", "НДА", "ДЕН", "ДАН", "ТЕН", "ТАН", "НЕН", "НАН", "НІ", "НЫ", "ДІ", "ДЫ", "ТІ",
    "ТЫ", "НІҢ", "НЫҢ", "ДІҢ", "ДЫҢ", "ТІҢ", "ТЫҢ", "МЕН", "БЕН", "ПЕН", "І", "Ы", "СІ", "СЫ", "ЕУ",
    "ЕУІ", "ДЕГІ", "ДАҒЫ", "ТЕГІ", "ТАҒЫ", "ГЕН", "ҒАН", NULL};

static const char until[] = "ДЕЙІН"; /* stands after a dative, which a bare number does not show */
static const char until_spoken[] = "дейін";

/* The words of a number, first to last. */
struct words {
    const struct numeral *word[NUMERALS_MAX];
    size_t count;
};

static void put(struct words *words, const struct numeral *numeral)
{
    if (words->count < NUMERALS_MAX)
        words->word[words->count++] = numeral;
}

static void put_hundreds(struct words *words, unsigned n)
{
    if (n >= 200)
        put(words, &ones[n / 100]);
    if (n >= 100)
        put(words, &hundred);
    if (n % 100 >= 10)
        put(words, &tens[n % 100 / 10]);
    if (n % 10 > 0)
        put(words, &ones[n % 10]);
}

static void say_whole(struct normal_sink *sink, uint64_t n, enum form form)
{
    struct words words = {.count = 0};

    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
        unsigned many = (unsigned)(n / scales[i].size);

        n %= scales[i].size;
        if (many > 1 || (many == 1 && scales[i].size > 1000))
            put_hundreds(&words, many);
        if (many > 0)
            put(&words, &scales[i].name);
    }
    put_hundreds(&words, (unsigned)n);
    if (words.count == 0)
        put(&words, &ones[0]);
    for (size_t i = 0; i < words.count; i++)
        normal_say(sink, words.word[i]->form[i + 1 < words.count ? PLAIN : form]);
}

static void say_time(struct normal_sink *sink, const struct normal_value *value, enum form form)
{
    say_whole(sink, value->whole, PLAIN);
    if (value->minutes < 10)
        normal_say(sink, ones[0].form[PLAIN]);
    say_whole(sink, value->minutes, form);
}

static void say_decimal(struct normal_sink *sink, const struct normal_value *value, enum form form)
{
    size_t digits = strlen(value->fraction);
    uint64_t fraction = 0;

    say_whole(sink, value->whole, PLAIN);
    normal_say(sink, "бүтін");
    for (size_t i = 0; i < digits && digits > 3; i++)
        normal_say(sink, ones[value->fraction[i] - '0'].form[i + 1 < digits ? PLAIN : form]);
    if (digits > 3 || digits == 0)
        return;
    for (size_t i = 0; i < digits; i++)
        fraction = fraction * 10 + (uint64_t)(value->fraction[i] - '0');
    normal_say(sink, parts[digits - 1]);
    say_whole(sink, fraction, form);
}

static void say_value(struct normal_sink *sink, const struct normal_value *value, enum form form)
{
    if (value->minus)
        normal_say(sink, "минус");
    switch (value->kind) {
    case NORMAL_TIME:
        say_time(sink, value, form);
        break;
    case NORMAL_DECIMAL:
        say_decimal(sink, value, form);
        break;
    case NORMAL_DIGITS:
        normal_say_digits(sink, value->digits, &normal_kk);
        break;
    case NORMAL_WHOLE:
        for (unsigned i = 0; i < value->zeros; i++)
            normal_say(sink, ones[0].form[PLAIN]);
        say_whole(sink, value->whole, form);
        break;
    }
}

/* Is it so many of something that follows? Then the two numbers of a range just follow each other: "бес-жеті сағат". */
static bool counts(const struct normal_number *number)
{
    return number->unit || number->suffix[0] ||
           (number->value.kind == NORMAL_WHOLE && number->after[0] &&
               strcmp(number->after, until) != 0);
}

/* From one to the other; beside "between" the two are joined. */
static void say_range(struct normal_sink *sink, const struct normal_number *number)
{
    static const char *const between[] = {"АРАЛЫҒЫ", "АРАСЫ", NULL};

    if (normal_begins(number->after, between)) {
        say_value(sink, &number->value, WITH);
        say_value(sink, &number->until, PLAIN);
    } else if (counts(number)) {
        say_value(sink, &number->value, PLAIN);
        normal_mark(sink, ',');
        if (!number->unit && !number->suffix[0])
            say_value(sink, &number->until, PLAIN);
    } else {
        say_value(sink, &number->value, ABLATIVE);
        say_value(sink, &number->until, DATIVE);
        if (strcmp(number->after, until) != 0)
            normal_say(sink, until_spoken);
    }
}

/* The last value with what a hyphen joins to it. */
static void say_suffix(
    struct normal_sink *sink, const struct normal_value *value, const char *suffix)
{
    char upper[NORMAL_WORD_SIZE];

    normal_upper(upper, suffix, strlen(suffix));
    for (const char *const *ending = ordinal_endings; *ending; ending++) {
        if (strncmp(upper, *ending, strlen(*ending)) == 0 && value->kind == NORMAL_WHOLE) {
            say_value(sink, value, ORDINAL);
            normal_attach(sink, suffix + strlen(*ending));
            return;
        }
    }
    if (suffix[0] && !normal_among(upper, case_endings) && value->kind == NORMAL_WHOLE) {
        say_value(sink, value, ORDINAL);
        normal_say(sink, suffix);
        return;
    }
    say_value(sink, value, PLAIN);
    if (normal_among(upper, case_endings))
        normal_attach(sink, suffix);
    else
        normal_say(sink, suffix);
}

static void say_number(struct normal_sink *sink, const struct normal_number *number)
{
    const struct normal_value *last = number->range ? &number->until : &number->value;
    const struct normal_unit *unit = number->unit;

    if (unit && unit->before)
        normal_say(sink, unit->before);
    if (number->range)
        say_range(sink, number);
    if (unit) {
        say_value(sink, last, PLAIN);
        normal_say(sink, unit->one);
        normal_attach(sink, number->suffix);
    } else if (!number->range && !number->suffix[0] && strcmp(number->after, until) == 0) {
        say_value(sink, last, DATIVE);
    } else if (!number->range || number->suffix[0]) {
        say_suffix(sink, last, number->suffix);
    }
}

/* The synthesiser gives у after a consonant no vowel (су, келу): ұ or ү is written before it, as it is spoken. */
static void say_word(struct normal_sink *sink, const char *word)
{
    static const char *const glide[2][2] = {{"ұ", "Ұ"}, {"ү", "Ү"}}; /* soft, capital */
    static const char back[] = "аоұыуяАОҰЫУЯ";
    static const char front[] = "әеөүіэӘЕӨҮІЭ";
    static const char vowels[] = "аоұыяәеөүіэиюёАОҰЫЯӘЕӨҮІЭИЮЁ";
    char out[2 * NORMAL_WORD_SIZE] = "";
    size_t used = 0;
    bool soft = false;
    bool consonant = false; /* the letter before is one */

    while (*word) {
        const char *start = word;
        char letter[5] = "";
        char next[5] = "";
        bool u, capital;

        utf8_put(letter, utf8_next(&word));
        if (*word)
            utf8_put(next, utf8_next(&(const char *){word}));
        capital = strcmp(letter, "У") == 0;
        u = capital || strcmp(letter, "у") == 0;
        if (u && consonant && (!next[0] || !strstr("аоұәеөүияАОҰӘЕӨҮИЯ", next)))
            used += (size_t)snprintf(out + used, sizeof(out) - used, "%s", glide[soft][capital]);
        used +=
            (size_t)snprintf(out + used, sizeof(out) - used, "%.*s", (int)(word - start), start);
        if (strstr(front, letter))
            soft = true;
        else if (strstr(back, letter) && !u)
            soft = false;
        consonant = !strstr(vowels, letter) && !u;
    }
    normal_say(sink, out);
}

static const struct normal_pair consonants[] = {{"Б", "бэ"}, {"В", "вэ"}, {"Г", "гэ"}, {"Ғ", "ғы"},
    {"Д", "дэ"}, {"Ж", "жы"}, {"З", "зэ"}, {"Й", "й"}, {"К", "ка"}, {"Қ", "қы"}, {"Л", "эл"},
    {"М", "эм"}, {"Н", "эн"}, {"Ң", "эң"}, {"П", "пэ"}, {"Р", "эр"}, {"С", "эс"}, {"Т", "тэ"},
    {"Ф", "эф"}, {"Х", "ха"}, {"Һ", "һа"}, {"Ц", "цэ"}, {"Ч", "чэ"}, {"Ш", "ша"}, {"Щ", "ща"},
    {NULL, NULL}};

static const struct normal_pair script[] = {{"SCH", "щ"}, {"SH", "ш"}, {"CH", "ч"}, {"ZH", "ж"},
    {"KH", "х"}, {"TS", "ц"}, {"YU", "ю"}, {"YA", "я"}, {"GH", "ғ"}, {"NG", "ң"}, {"PH", "ф"},
    {"TH", "т"}, {"EE", "и"}, {"OO", "у"}, {"A", "а"}, {"B", "б"}, {"C", "к"}, {"D", "д"},
    {"E", "е"}, {"F", "ф"}, {"G", "г"}, {"H", "х"}, {"I", "и"}, {"J", "ж"}, {"K", "к"}, {"L", "л"},
    {"M", "м"}, {"N", "н"}, {"O", "о"}, {"P", "п"}, {"Q", "қ"}, {"R", "р"}, {"S", "с"}, {"T", "т"},
    {"U", "у"}, {"V", "в"}, {"W", "уа"}, {"X", "кс"}, {"Y", "й"}, {"Z", "з"}, {"Ä", "ә"},
    {"Ö", "ө"}, {"Ü", "ү"}, {"Ñ", "ң"}, {"Ğ", "ғ"}, {"Ş", "ш"}, {"Ū", "ұ"}, {"İ", "и"}, {"Ç", "ч"},
    {NULL, NULL}};

static const struct normal_pair words[] = {{"OK", "окей"}, {"ОК", "окей"}, {"WHATSAPP", "уатсап"},
    {"TELEGRAM", "телеграм"}, {"WI", "уай"}, {"FI", "фай"}, {"FREEDV", "фри ди ви"},
    {"USB", "ю эс би"}, {"FM", "эф эм"}, {"UTC", "ю ти си"}, {"GPS", "жи пи эс"}, {NULL, NULL}};

static const struct normal_pair endings[] = {{"ТЕЛ", "телефон"}, {"КӨШ", "көшесі"},
    {"ДАҢ", "даңғылы"}, {"МИН", "минут"}, {"САҒ", "сағат"}, {NULL, NULL}};

static const struct normal_sign signs[] = {{"№", "нөмір", false}, {"%", "пайыз", false},
    {"+", "плюс", false}, {"&", "және", false}, {"₸", "теңге", false}, {"°", "градус", false},
    {"=", "тең", false}, {NULL, NULL, false}};

static const struct normal_unit units[] = {
    {"°C", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"°С", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"℃", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"°", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"%", NULL, "пайыз", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"₸", NULL, "теңге", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"тг", NULL, "теңге", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км/сағ", "сағатына", "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км/ч", "сағатына", "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м/с", "секундына", "метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мм", NULL, "миллиметр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"см", NULL, "сантиметр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км", NULL, "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м", NULL, "метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"га", NULL, "гектар", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"кг", NULL, "килограмм", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"г", NULL, "грамм", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"т", NULL, "тонна", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мл", NULL, "миллилитр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"л", NULL, "литр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мин", NULL, "минут", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"сағ", NULL, "сағат", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"сек", NULL, "секунд", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"МГц", NULL, "мегагерц", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"кГц", NULL, "килогерц", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"кВт", NULL, "киловатт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {NULL, NULL, NULL, NULL, NULL, NULL, NORMAL_MASCULINE},
};

static const char *const calls[] = {
    "ХАБАРЛАС", "ҚОҢЫРАУ", "НӨМІР", "ТЕЛЕФОН", "ҚЫЗМЕТІ", "ЖӘРДЕМ", NULL};
static const char *const joins[] = {"ЖӘНЕ", "НЕМЕСЕ", "МЕН", "ӘЛДЕ", NULL};

const struct normal_language normal_kk = {
    .digit = {"нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"},
    .plus = "плюс",
    .letter = {"а", "бэ", "цэ", "дэ", "е", "эф", "гэ", "аш", "и", "жи", "ка", "эл", "эм", "эн", "о",
        "пэ", "кю", "эр", "эс", "тэ", "у", "вэ", "дабл вэ", "икс", "игрек", "зэт"},
    .spelling = {"альфа", "браво", "чарли", "дельта", "эко", "фокстрот", "гольф", "хотел", "индия",
        "жульет", "кило", "лима", "майк", "новембер", "оскар", "папа", "квебек", "ромео", "сьерра",
        "танго", "юниформ", "виктор", "виски", "иксрей", "янки", "зулу"},
    .vowels = "АӘЕЁИОӨУҰҮЫІЭЮЯ",
    .consonants = consonants,
    .script = script,
    .words = words,
    .endings = endings,
    .signs = signs,
    .units = units,
    .calls = calls,
    .joins = joins,
    .say_number = say_number,
    .say_word = say_word,
};
