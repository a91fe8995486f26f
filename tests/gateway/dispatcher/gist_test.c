/* gist: what a text is about, without any number of a phone; what is alike. */
#include "gateway/dispatcher/gist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *gist_of(const char *text)
{
    static char gist[MESSAGES_WORDS_SIZE];
    gist_print(gist, text);
    return gist;
}

static void words_alone_are_left(void **state)
{
    (void)state;
    assert_string_equal(gist_of("  правда, что вода\tотравлена?! "), "ПРАВДА ЧТО ВОДА ОТРАВЛЕНА");
    assert_string_equal(gist_of("Мост 42 закрыт"), "МОСТ 42 ЗАКРЫТ");
    assert_string_equal(gist_of("Қала суы"), "ҚАЛА СУЫ");
    assert_string_equal(gist_of(""), "");
    assert_string_equal(gist_of("?!.. \xff\xfe"), "");
    assert_string_equal(gist_of("a\x01\x1b[2Jb"), "A 2JB"); /* nothing that moves a cursor */
}

static void numbers_of_phones_are_not_left(void **state)
{
    (void)state;
    assert_string_equal(gist_of("позвоните 87011234567 срочно"), "ПОЗВОНИТЕ * СРОЧНО");
    assert_string_equal(gist_of("+7 (701) 123-45-67"), "*");
    assert_string_equal(gist_of("12345"), "*");
    assert_string_equal(gist_of("1234"), "1234");
    assert_string_equal(gist_of("в 2026 году"), "В 2026 ГОДУ");
    assert_string_equal(gist_of("8a701b1234c567"), "*A*B*C*");
    assert_null(strpbrk(gist_of("8 seven 01 one 2345 6 7"), "0123456789"));
}

static void long_ones_are_cut_at_a_word(void **state)
{
    (void)state;
    char text[2000];
    memset(text, 0, sizeof text);
    for (int i = 0; i < 100; i++)
        memcpy(text + strlen(text), "вода ", sizeof "вода ");
    assert_true(strlen(gist_of(text)) < MESSAGES_WORDS_SIZE);
    assert_string_equal(gist_of(text) + strlen(gist_of(text)) - 8, "ВОДА");
    memset(text, 'x', sizeof text - 1);
    assert_int_equal(strlen(gist_of(text)), MESSAGES_WORDS_SIZE - 1);
}

static unsigned match(const char *known, const char *asks)
{
    char a[MESSAGES_WORDS_SIZE], b[MESSAGES_WORDS_SIZE];
    gist_print(a, known);
    gist_print(b, asks);
    return gist_match(a, b);
}

static void what_is_alike_matches(void **state)
{
    (void)state;
    assert_int_equal(match("вода отравлена", "вода"), 1);
    assert_int_equal(match("вода отравлена", "правда что воду отравили"), 2);
    assert_int_equal(match("вода отравлена", "BOДA"), 1); /* Latin look-alikes */
    assert_int_equal(match("мост", "мосты"), 1);
    assert_int_equal(match("қала суы", "кала суы"), 2);
    assert_int_equal(match("вода отравлена", "в городе стреляют"), 0);
    assert_int_equal(match("вода", "вода хлеб бензин"), 0); /* fewer than half */
    assert_int_equal(match("вода", ""), 0);
    assert_int_equal(match("", "вода"), 0);
    assert_int_equal(match("41", "41"), 0);
    assert_int_equal(match("дом", "домой"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_alone_are_left),
        cmocka_unit_test(numbers_of_phones_are_not_left),
        cmocka_unit_test(long_ones_are_cut_at_a_word),
        cmocka_unit_test(what_is_alike_matches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
