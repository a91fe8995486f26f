#include "modems/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The first sentence of each is what stands before the bar. */
static void test_ends(void **state)
{
    static const char *const rows[] = {
        "|",
        "One|",
        "One.| Two.",
        "One!| two",
        "One?!| Two",
        "Wait…| Two",
        "Wait...| Two",
        "Скажите «стоп».| Потом идите",
        "«Стоп!»| Он ушёл",
        "Ждите на ул. Абая.| Потом идите",
        "City hospital No. 7 is open.| Go",
        "Корпус Б. Вход слева.| Дальше",
        "г. Алматы, д. 5.| Дальше",
        "Скорая помощь: 103.| Если дорога опасна",
        "1. Stay in.| 2. Lock",
        "С 23.00 до 7.00 сидите дома.| Ждите",
        "и т.д. и так далее.| Конец",
        "Line one|\nline two",
        "3.5 л воды.| Берите тару",
        "Жоғары шығыңыз (көш. Абай).| Кейін",
        "мкр. Самал-2, тел. 112.| Ждите",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *bar = strchr(rows[i], '|');
        char text[128];
        size_t before = (size_t)(bar - rows[i]);
        memcpy(text, rows[i], before);
        memcpy(text + before, bar + 1, strlen(bar + 1) + 1);
        assert_int_equal(sentence_measure(text), before);
    }
}

static void test_always_goes_on(void **state)
{
    (void)state;
    assert_int_equal(sentence_measure("\n"), 1);
    assert_int_equal(sentence_measure(" "), 1);
    assert_int_equal(sentence_measure("."), 1);
    assert_int_equal(sentence_measure("\xff"), 1);
    assert_int_equal(sentence_measure_space(" \n\u00a0x"), 4);
    assert_int_equal(sentence_measure_space(""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_always_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
