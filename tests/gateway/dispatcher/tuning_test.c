/* When and where to tune in, in one text message. */
#include "gateway/dispatcher/tuning.h"
#include "modems/segment.h"
#include "modems/translit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOON_S 1767250800 /* 1 January 2026, 12:00 in Kazakhstan */
#define HOUR_S 3600

static const struct {
    struct message_on_air on_air;
    const char *mode;
    enum bulletin_language language;
    bool latin;
    const char *text;
} rows[] = {
    {{MESSAGE_ON_AIR_WAITING, 0, 0, NOON_S + HOUR_S, 7105000, 0, 0}, "USB", BULLETIN_EN, true,
        "Next broadcast 13:00, 7105 kHz USB."},
    {{MESSAGE_ON_AIR_WAITING, 0, 0, NOON_S + HOUR_S, 7105500, 0, 0}, "PKTUSB", BULLETIN_RU, false,
        "Следующий эфир 13:00, 7105.5 кГц USB."},
    {{MESSAGE_ON_AIR_WAITING, 0, 0, NOON_S + HOUR_S, 145512500, 0, 0}, "FM", BULLETIN_KK, true,
        "Келесі эфир 13:00, 145.5125 MHz FM."},
    {{MESSAGE_ON_AIR_WAITING, 0, 0, NOON_S + 14 * HOUR_S, 7100000, 0, 0}, "", BULLETIN_RU, false,
        "Следующий эфир 02.01 02:00, 7100 кГц."},
    {{MESSAGE_ON_AIR_WAITING, 0, 0, NOON_S + HOUR_S, 0, 0, 0}, "USB", BULLETIN_RU, false,
        "Следующий эфир 13:00. Частоту скажет редакция."},
    {{MESSAGE_ON_AIR_KEYED, 41, 7105000, NOON_S + HOUR_S, 7105000, 0, 0}, "USB", BULLETIN_RU, false,
        "Сейчас в эфире №41, 7105 кГц USB. Следующий эфир 13:00."},
    {{MESSAGE_ON_AIR_KEYED, 41, 7105000, NOON_S + HOUR_S, 5505000, 0, 0}, "USB", BULLETIN_KK, false,
        "Қазір эфирде №41, 7105 кГц USB. Келесі эфир 13:00, 5505 кГц USB."},
    {{MESSAGE_ON_AIR_KEYED, 41, 0, NOON_S + HOUR_S, 0, 0, 0}, "", BULLETIN_EN, true,
        "On the air now: No 41. Next broadcast 13:00. Ask the newsroom for the frequency."},
    {{MESSAGE_ON_AIR_KEYED, 41, 7105000, 0, 0, 0, 0}, "USB", BULLETIN_EN, true,
        "On the air now: No 41, 7105 kHz USB."},
    /* all is quiet: no number */
    {{MESSAGE_ON_AIR_KEYED, 0, 7105000, NOON_S + HOUR_S, 7105000, 0, 0}, "USB", BULLETIN_EN, true,
        "Next broadcast 13:00, 7105 kHz USB."},
    /* of what would be two messages, what is on the air now */
    {{MESSAGE_ON_AIR_KEYED, 99999, 7105500, NOON_S + 14 * HOUR_S, 145512500, 0, 0}, "USB",
        BULLETIN_RU, false, "Сейчас в эфире №99999, 7105.5 кГц USB."},
};

static void each_says_when_and_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct tuning tuning = {.on_air = &rows[i].on_air,
            .mode = rows[i].mode,
            .language = rows[i].language,
            .latin = rows[i].latin,
            .now_s = NOON_S};
        char text[TUNING_TEXT_SIZE], sent[2 * TUNING_TEXT_SIZE];
        struct segment_size size;
        assert_int_equal(tuning_print(text, &tuning), ERR_OK);
        assert_string_equal(text, rows[i].text);
        segment_measure(&size, text);
        assert_int_equal(size.parts, 1);
        assert_int_equal(translit_print_latin(sent, sizeof sent, text, rows[i].language), ERR_OK);
        segment_measure(&size, sent);
        assert_int_equal(size.parts, 1);
    }
}

/* Whatever the numbers, it is one text message. */
static void the_longest_is_one_message(void **state)
{
    static const char *const modes[] = {"", "FM", "PKTUSB", "LSB", "DIGITAL"};
    static const uint32_t hz[] = {0, 1810500, 29999999, 145512500, 499999999, UINT32_MAX};
    (void)state;
    for (unsigned i = 0; i < 5 * 6 * 6 * 4 * BULLETIN_LANGUAGE_COUNT; i++) {
        const struct message_on_air on_air = {
            .state = i % 2 ? MESSAGE_ON_AIR_KEYED : MESSAGE_ON_AIR_WAITING,
            .number = i / 2 % 2 ? BULLETIN_NUMBER_MAX : 0,
            .next_s = NOON_S + 20 * HOUR_S,
            .hz = hz[i / 4 % 6],
            .next_hz = hz[i / 24 % 6]};
        const struct tuning tuning = {.on_air = &on_air,
            .mode = modes[i / 144 % 5],
            .language = (enum bulletin_language)(i / 720),
            .now_s = NOON_S};
        char text[TUNING_TEXT_SIZE];
        struct segment_size size;
        assert_int_equal(tuning_print(text, &tuning), ERR_OK);
        segment_measure(&size, text);
        if (size.parts != 1)
            fail_msg("%zu parts: %s", size.parts, text);
    }
}

static void nothing_to_say(void **state)
{
    static const struct message_on_air nothing[] = {
        {.state = MESSAGE_ON_AIR_NONE, .next_s = NOON_S + HOUR_S},
        {.state = MESSAGE_ON_AIR_WAITING, .next_s = 0},
        {.state = MESSAGE_ON_AIR_WAITING, .next_s = NOON_S},
        {.state = MESSAGE_ON_AIR_KEYED, .number = 0, .hz = 7105000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        const struct tuning tuning = {
            .on_air = &nothing[i], .mode = "USB", .language = BULLETIN_EN, .now_s = NOON_S};
        char text[TUNING_TEXT_SIZE];
        assert_int_equal(tuning_print(text, &tuning), ERR_MISSING);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_says_when_and_where),
        cmocka_unit_test(the_longest_is_one_message), cmocka_unit_test(nothing_to_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
