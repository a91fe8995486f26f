/* What is said where nothing is in force. */
#include "audio/script_quiet.h"
#include "gateway/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TIME_S 1795528800LL /* 2026-11-24T14:00:00Z, 19:00 in Kazakhstan */

static const char *write_script(enum bulletin_language language, uint32_t number, int64_t next_s)
{
    static char words[NORMAL_TEXT_MAX];
    const struct script_quiet script = {.sender = "AZAT",
        .time_s = TIME_S,
        .next_s = next_s,
        .number = number,
        .language = language};

    assert_int_equal(script_quiet_write(words, sizeof(words), &script), ERR_OK);
    assert_int_equal(utf8_check(words, strlen(words)), ERR_OK);
    assert_null(strpbrk(words, "0123456789{}"));
    return words;
}

static void each_language_says_time_number_and_next(void **state)
{
    (void)state;
    assert_string_equal(write_script(BULLETIN_EN, 41, TIME_S + 3600),
        "This is Azat. It is nineteen hundred hours. All is quiet, no bulletin is in force. The "
        "newest "
        "bulletin was number forty one. The next broadcast is at twenty hundred hours.");
    assert_string_equal(write_script(BULLETIN_RU, 41, TIME_S + 1800),
        "Говорит азат, девятнадцать ноль ноль. Всё спокойно, действующих сообщений нет. Последнее "
        "сообщение было под номером сорок один. Следующая передача в девятнадцать тридцать.");
    assert_string_equal(write_script(BULLETIN_KK, 41, TIME_S + 1800),
        "Бұл азат. Қазір он тоғыз нөл нөл. Жағдай тыныш, күшінде хабар жоқ. Соңғы хабарламаның "
        "нөмірі қырық бір. Келесі беріліс уақыты: он тоғыз отыз.");
}

static void what_is_not_known_is_not_said(void **state)
{
    const char *words = write_script(BULLETIN_EN, 0, 0);

    (void)state;
    assert_non_null(strstr(words, "All is quiet"));
    assert_null(strstr(words, "number"));
    assert_null(strstr(words, "next"));
}

static void too_little_room_is_said(void **state)
{
    char words[20];
    const struct script_quiet script = {
        .sender = "AZAT", .time_s = TIME_S, .language = BULLETIN_EN};

    (void)state;
    assert_int_equal(script_quiet_write(words, sizeof(words), &script), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_says_time_number_and_next),
        cmocka_unit_test(what_is_not_known_is_not_said),
        cmocka_unit_test(too_little_room_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
