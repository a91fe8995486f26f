/* Kazakh: numbers agree with their endings by vowel harmony, so each numeral's forms stand in a table, and an ending
 * written after digits ("14:00-де") already agrees with the last word spoken. A number that a hyphen joins to a noun is
 * an ordinal ("13-шағын аудан").
 */
#include "audio/normal_language.h"
#include "gateway/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define NUMERALS_MAX 24 /* words of a number below 10^12 */
#define YEAR_MIN 1800   /* what is a year beside the word */
#define YEAR_MAX 2199

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

static const struct numeral months[] = {
    {{"қаңтар", "қаңтар", "қаңтардан", "қаңтарға", "қаңтар мен"}},
    {{"ақпан", "ақпан", "ақпаннан", "ақпанға", "ақпан мен"}},
    {{"наурыз", "наурыз", "наурыздан", "наурызға", "наурыз бен"}},
    {{"сәуір", "сәуір", "сәуірден", "сәуірге", "сәуір мен"}},
    {{"мамыр", "мамыр", "мамырдан", "мамырға", "мамыр мен"}},
    {{"маусым", "маусым", "маусымнан", "маусымға", "маусым мен"}},
    {{"шілде", "шілде", "шілдеден", "шілдеге", "шілде мен"}},
    {{"тамыз", "тамыз", "тамыздан", "тамызға", "тамыз бен"}},
    {{"қыркүйек", "қыркүйек", "қыркүйектен", "қыркүйекке", "қыркүйек пен"}},
    {{"қазан", "қазан", "қазаннан", "қазанға", "қазан мен"}},
    {{"қараша", "қараша", "қарашадан", "қарашаға", "қараша мен"}},
    {{"желтоқсан", "желтоқсан", "желтоқсаннан", "желтоқсанға", "желтоқсан мен"}},
};
static const char *const month_words[] = {"ҚАҢТАР", "АҚПАН", "НАУРЫЗ", "СӘУІР", "МАМЫР", "МАУСЫМ",
    "ШІЛДЕ", "ТАМЫЗ", "ҚЫРКҮЙЕК", "ҚАЗАН", "ҚАРАША", "ЖЕЛТОҚСАН", NULL};

/* The year stands before the day. */
static void say_date(struct normal_sink *sink, const struct normal_value *value, enum form form)
{
    if (value->year > 0) {
        say_whole(sink, value->year, ORDINAL);
        normal_say(sink, "жылғы");
    }
    say_whole(sink, value->whole, ORDINAL);
    normal_say(sink, months[value->month - 1].form[form]);
}

/* Of four parts one: "төрттен бір"; the half has a word. */
static void say_fraction(struct normal_sink *sink, const struct normal_value *value)
{
    if (value->under == 2) {
        normal_say(sink, "жарты");
        return;
    }
    say_whole(sink, value->under, ABLATIVE);
    say_whole(sink, value->whole, PLAIN);
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
    case NORMAL_DATE:
        say_date(sink, value, form);
        break;
    case NORMAL_FRACTION:
        say_fraction(sink, value);
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

/* Is the word's last vowel a front one? */
static bool is_front(const char *word)
{
    static const char *const front[] = {"ә", "е", "ө", "ү", "і", "э", "и", NULL};
    static const char *const back[] = {"а", "о", "ұ", "ы", "я", "у", NULL};
    bool found = true;

    while (*word) {
        char letter[5] = "";

        utf8_put(letter, utf8_next(&word));
        if (normal_among(letter, front))
            found = true;
        else if (normal_among(letter, back))
            found = false;
    }
    return found;
}

/* An ending after a unit or a month as that word takes it: written after a sign ("м/с-қа") it may agree with another word. */
static void attach_ending(struct normal_sink *sink, const char *word, const char *ending)
{
    static const struct {
        const char *back, *front;
    } vowels[] = {{"а", "е"}, {"ы", "і"}}, stops[] = {{"қ", "к"}, {"ғ", "г"}};
    static const char *const voiceless[] = {"п", "т", "с", "ш", "к", "қ", "ф", "х", "ц", "ч", NULL};
    bool front = is_front(word);
    bool hard = normal_ends(word, voiceless);

    for (const char *at = ending; *at;) {
        char letter[5] = "";
        const char *said = letter;

        utf8_put(letter, utf8_next(&at));
        for (size_t i = 0; i < 2; i++) {
            if (!strcmp(letter, vowels[i].back) || !strcmp(letter, vowels[i].front))
                said = front ? vowels[i].front : vowels[i].back;
            if (!strcmp(letter, stops[i].back) || !strcmp(letter, stops[i].front))
                said = front ? stops[!hard].front : stops[!hard].back;
        }
        if (!strcmp(letter, "т") || !strcmp(letter, "д"))
            said = hard ? "т" : "д";
        normal_attach(sink, said);
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
    if (value->kind == NORMAL_DATE)
        attach_ending(sink, months[value->month - 1].form[PLAIN], suffix);
    else if (normal_among(upper, case_endings))
        normal_attach(sink, suffix);
    else
        normal_say(sink, suffix);
}

/* Is it a day before its month, a year, a Roman numeral? */
static bool is_ordinal(const struct normal_number *number)
{
    static const char *const year_words[] = {"ЖЫЛ", NULL};
    static const char *const short_years[] = {"Ж", "ЖЖ", NULL};
    const struct normal_value *last = number->range ? &number->until : &number->value;
    bool year = last->whole >= YEAR_MIN && last->whole <= YEAR_MAX;

    if (last->kind != NORMAL_WHOLE || number->unit || number->suffix[0])
        return false;
    if (number->roman)
        return true;
    if (year &&
        (normal_begins(number->after, year_words) || normal_among(number->after, short_years)))
        return true;
    return last->whole >= 1 && last->whole <= 31 && normal_begins(number->after, month_words);
}

static void say_ordinals(struct normal_sink *sink, const struct normal_number *number)
{
    say_value(sink, &number->value, ORDINAL);
    if (!number->range)
        return;
    normal_mark(sink, ',');
    say_value(sink, &number->until, ORDINAL);
}

void normal_kk_say_number(struct normal_sink *sink, const struct normal_number *number)
{
    const struct normal_value *last = number->range ? &number->until : &number->value;
    const struct normal_unit *unit = number->unit;

    if (is_ordinal(number)) {
        say_ordinals(sink, number);
        return;
    }
    if (unit && unit->before)
        normal_say(sink, unit->before);
    if (number->range)
        say_range(sink, number);
    if (unit) {
        say_value(sink, last, PLAIN);
        normal_say(sink, unit->one);
        attach_ending(sink, unit->one, number->suffix);
    } else if (!number->range && !number->suffix[0] && strcmp(number->after, until) == 0) {
        say_value(sink, last, DATIVE);
    } else if (!number->range || number->suffix[0]) {
        say_suffix(sink, last, number->suffix);
    }
}

/* The synthesiser gives у after a consonant no vowel (су, келу): ұ or ү is written before it, as it is spoken. */
void normal_kk_say_word(struct normal_sink *sink, const char *word)
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
