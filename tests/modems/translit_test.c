#include "modems/translit.h"

#include "gateway/base/utf8.h"
#include "modems/gsm7.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_SIZE 512

static void test_normalize(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"«Арна» — “x” – №7, № 8…", "\"Арна\" - \"x\" - No 7, No 8..."},
        {"don’t ‘a’", "don't 'a'"},
        {"−25 °C", "-25 C"},
        {"5 000 ₸", "5 000 tg"},
        {"ca\u00adfé ½", "café 1/2"},
        {"Şymkent, Ağyn, ŋ, Ñ, ÇA", "Shymkent, Aghyn, ñ, Ñ, ÇA"},
        {"e\u0301", "é"}, /* a letter and its mark as one */
        {"a\u0308 A\u0308 n\u0303", "ä Ä ñ"},
        {"e\u0302 x\u0301", "e x"},
        {"№\u00a07 №\u2009 8", "No 7 No 8"},
        {"À, È, Ç, ç, ð, Œ", "A, E, Ç, c, d, Oe"},
        {"и\u0306 И\u0306", "й Й"},
        {"€[]{}", "€[]{}"},
        {"Жар 🔥", "Жар 🔥"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[TEXT_SIZE];
        assert_int_equal(translit_normalize(out, sizeof out, rows[i].text), ERR_OK);
        assert_string_equal(out, rows[i].want);
    }
}

static void test_latin(void **state)
{
    static const struct {
        enum bulletin_language language;
        const char *text;
        const char *want;
    } rows[] = {
        {BULLETIN_KK, "Көшеге шықпаңыз.", "Köshege shyqpañyz."},
        {BULLETIN_KK, "ҚАУІПТІ: Жаңа қала", "QAUIPTI: Jaña qala"},
        {BULLETIN_KK, "Әуежай, Ұлытау, Үй, һ", "Äuejai, Ulytau, Üi, h"},
        {BULLETIN_KK, "Шымкент ШЫМКЕНТ ЖОҒАРЫ БОШ", "Shymkent SHYMKENT JOGHARY BOSH"},
        {BULLETIN_KK, "Ю, Я", "Iu, Ia"},
        {BULLETIN_RU, "Щука и ёж; подъезд, съёмка", "Schuka i ezh; podezd, semka"},
        {BULLETIN_RU, "Не выходите на улицу. Живой щит", "Ne vyhodite na ulitsu. Zhivoy schit"},
        {BULLETIN_RU, "ПОЖАР: площадь Қазыбек би", "POZHAR: ploschad Qazybek bi"},
        {BULLETIN_RU, "Чуи\u0306, за\u0301мок, е\u0308ж, И\u0306", "Chuy, zamok, ezh, Y"},
        {BULLETIN_EN, "«Жетісу» Region", "\"Zhetisu\" Region"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[TEXT_SIZE];
        assert_int_equal(
            translit_print_latin(out, sizeof out, rows[i].text, rows[i].language), ERR_OK);
        assert_string_equal(out, rows[i].want);
    }
}

/* Every letter and sign of Latin-1 and of Latin Extended-A, and each combining mark. */
static void test_latin_letters_fit(void **state)
{
    (void)state;
    for (uint32_t code = 0xa0; code <= 0x36f; code++) {
        char text[8] = "x", out[TEXT_SIZE];
        size_t septets;
        uint32_t misfit;
        if (code == 0x180)
            code = 0x300; /* what lies between is not of our neighbours' alphabets */
        text[1 + utf8_put(text + 1, code)] = '\0';
        assert_int_equal(translit_normalize(out, sizeof out, text), ERR_OK);
        assert_int_equal(gsm7_measure(&septets, &misfit, out), ERR_OK);
    }
}

/* Every letter of both alphabets ends in the GSM 7-bit alphabet, in both languages, small and capital. */
static void test_alphabets_fit(void **state)
{
    static const char letters[] =
        "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяАӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ";
    (void)state;
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        char out[TEXT_SIZE];
        size_t septets;
        uint32_t misfit;
        assert_int_equal(
            translit_print_latin(out, sizeof out, letters, (enum bulletin_language)language),
            ERR_OK);
        assert_int_equal(gsm7_measure(&septets, &misfit, out), ERR_OK);
    }
}

/* The eighteen Kazakh letters that differ from each other only in Cyrillic stay apart in Latin. */
static void test_kazakh_letters_stay_apart(void **state)
{
    static const char *const words[] = {"ән", "ан", "көл", "қол", "тұр", "түр", "жаға", "жаға́",
        "аң", "ан", "қағаз", "құс", "күс", "шаш", "сас"};
    static const size_t same[] = {
        2, 3}; /* words[6] and [7] differ by a stress mark, words[1] and [9] not at all */
    unsigned equal = 0;
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t j = i + 1; j < sizeof words / sizeof *words; j++) {
            char a[TEXT_SIZE], b[TEXT_SIZE];
            assert_int_equal(translit_print_latin(a, sizeof a, words[i], BULLETIN_KK), ERR_OK);
            assert_int_equal(translit_print_latin(b, sizeof b, words[j], BULLETIN_KK), ERR_OK);
            equal += strcmp(a, b) == 0;
        }
    assert_int_equal(equal, sizeof same / sizeof *same);
}

static void test_room(void **state)
{
    char out[6];
    (void)state;
    assert_int_equal(translit_print_latin(out, 5, "шш", BULLETIN_RU), ERR_OK);
    assert_string_equal(out, "shsh");
    assert_int_equal(translit_print_latin(out, 4, "шш", BULLETIN_RU), ERR_LONG);
    assert_int_equal(translit_normalize(out, 1, ""), ERR_OK);
    assert_int_equal(translit_normalize(out, 0, ""), ERR_LONG);
}

static void test_misfits(void **state)
{
    char out[TEXT_SIZE];
    (void)state;
    translit_list_misfits(out, sizeof out, "a №7 «x» №8 🔥");
    assert_string_equal(out, "№«»🔥");
    translit_list_misfits(out, sizeof out, "all fits €");
    assert_string_equal(out, "");
    translit_list_misfits(out, 6, "№«»");
    assert_string_equal(out, "№«");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normalize),
        cmocka_unit_test(test_latin),
        cmocka_unit_test(test_latin_letters_fit),
        cmocka_unit_test(test_alphabets_fit),
        cmocka_unit_test(test_kazakh_letters_stay_apart),
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_misfits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
