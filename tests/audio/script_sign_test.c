/* How a station signs off, in words for the synthesiser. */
#include "audio/script_sign.h"
#include "gateway/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *call;
    const char *times;
    const char *words[BULLETIN_LANGUAGE_COUNT];
} rows[] = {
    {"UN7ABC-10", ":00 :30",
        {"Шақырұу белгісі: юниформ новембер жеті альфа браво чарли. Эфирге әр сағаттың басында "
         "және "
         "отызыншы минутында шығамыз.",
            "Позывной: юниформ новембер семь альфа браво чарли. Мы выходим в эфир каждый час в "
            "начале "
            "и на тридцатой минуте.",
            "Call sign: Uniform November seven Alfa Bravo Charlie. We broadcast every hour at the "
            "full "
            "hour and at thirty past."}},
    {NULL, ":05,:20 :35",
        {"Эфирге әр сағаттың бесінші минутында, жиырмасыншы минутында және отыз бесінші минутында "
         "шығамыз.",
            "Мы выходим в эфир каждый час на пятой минуте, на двадцатой минуте и на тридцать пятой "
            "минуте.",
            "We broadcast every hour at five past, at twenty past and at thirty five past."}},
    {"", ":00 :15 :30 :45",
        {"Эфирге әр он бес минұут сайын шығамыз.", "Мы выходим в эфир каждые пятнадцать минут.",
            "We broadcast every fifteen minutes."}},
    {NULL, "07:15 19:15",
        {"Эфирге күн сайын жеті он бес және он тоғыз он бес кезінде шығамыз.",
            "Мы выходим в эфир ежедневно в семь пятнадцать и девятнадцать пятнадцать.",
            "We broadcast each day at seven fifteen and nineteen fifteen."}},
    /* a time of the day that is also one of each hour is not said twice */
    {NULL, ":30 07:30 12:00",
        {"Эфирге әр сағаттың отызыншы минутында, сонымен қатар күн сайын он екі нөл нөл кезінде "
         "шығамыз.",
            "Мы выходим в эфир каждый час на тридцатой минуте, а также ежедневно в двенадцать ноль "
            "ноль.",
            "We broadcast every hour at thirty past, and each day at twelve hundred hours."}},
    {"UN7ABC", NULL,
        {"Шақырұу белгісі: юниформ новембер жеті альфа браво чарли.",
            "Позывной: юниформ новембер семь альфа браво чарли.",
            "Call sign: Uniform November seven Alfa Bravo Charlie."}},
    /* too many to note down */
    {"UN7ABC", ":01 :02 :03 :04 :05 :06 :07",
        {"Шақырұу белгісі: юниформ новембер жеті альфа браво чарли.",
            "Позывной: юниформ новембер семь альфа браво чарли.",
            "Call sign: Uniform November seven Alfa Bravo Charlie."}},
};

static void each_is_said_in_each_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            const struct script_sign sign = {
                rows[i].call, rows[i].times, (enum bulletin_language)language};
            char words[NORMAL_TEXT_MAX];

            assert_int_equal(script_sign_write(words, sizeof(words), &sign), ERR_OK);
            assert_string_equal(words, rows[i].words[language]);
        }
}

static void nothing_is_not_said(void **state)
{
    static const char *const none[] = {NULL, "", " , "};
    char words[NORMAL_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        const struct script_sign sign = {NULL, none[i], BULLETIN_RU};

        assert_int_equal(script_sign_write(words, sizeof(words), &sign), ERR_MISSING);
    }
}

static void what_is_wrong_is_told(void **state)
{
    struct script_sign sign = {"un7abc", NULL, BULLETIN_EN};
    char words[NORMAL_TEXT_MAX];

    (void)state;
    assert_int_equal(script_sign_write(words, sizeof(words), &sign), ERR_TEXT);
    sign = (struct script_sign){NULL, "at noon", BULLETIN_EN};
    assert_int_equal(script_sign_write(words, sizeof(words), &sign), ERR_MISSING);
    sign = (struct script_sign){"UN7ABC", ":00", BULLETIN_EN};
    assert_int_equal(script_sign_write(words, 20, &sign), ERR_LONG);
    assert_int_equal(script_sign_write(words, 0, &sign), ERR_LONG);
}

/* Whatever the schedule, it is said or left out: each minute of an hour, many of a day. */
static void every_schedule_fits(void **state)
{
    (void)state;
    for (unsigned count = 1; count <= 60; count++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            char times[600] = "", words[NORMAL_TEXT_MAX];
            const struct script_sign sign = {"UN7ABC", times, (enum bulletin_language)language};

            for (unsigned i = 0; i < count; i++)
                snprintf(times + strlen(times), sizeof(times) - strlen(times), "%s:%02u ",
                    count % 2 ? "" : "07", i * 60 / count);
            assert_int_equal(script_sign_write(words, sizeof(words), &sign), ERR_OK);
            assert_int_equal(utf8_check(words, strlen(words)), ERR_OK);
            assert_null(strpbrk(words, "0123456789{}"));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_is_said_in_each_language),
        cmocka_unit_test(nothing_is_not_said), cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(every_schedule_fits)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
