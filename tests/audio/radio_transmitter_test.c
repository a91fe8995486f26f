/* The words in which a transmitter is asked for. */
#include "audio/radio_transmitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void little_is_needed(void **state)
{
    const struct radio_transmitter words = {.card = "default", .ptt = "", .rig = ""};
    struct on_air_config on_air = {.directory = NULL};
    char why[RADIO_TRANSMITTER_WHY_MAX];

    (void)state;
    assert_int_equal(radio_transmitter_read(&on_air, why, &words), ERR_OK);
    assert_string_equal(on_air.transmitter.card, "default");
    assert_null(on_air.transmitter.receiver);
    assert_int_equal(on_air.transmitter.keyer.line, KEYER_NONE);
    assert_int_equal(on_air.transmitter.lead_ms, 400);
    assert_int_equal(on_air.transmitter.duty_percent, 25);
    assert_string_equal(on_air.transmitter.mode, "");
    assert_int_equal(schedule_hz(&on_air.schedule, 0), 0);
}

static void all_is_taken(void **state)
{
    const struct radio_transmitter words = {.card = "plughw:1",
        .receiver = "plughw:2",
        .receiver_level = "-50",
        .ptt = "dtr",
        .ptt_device = "/dev/ttyS0",
        .rig = "127.0.0.1:4532",
        .mode = "PKTUSB",
        .frequency = "7105000",
        .at = ":15",
        .lead_ms = "300",
        .max_seconds = "90",
        .duty = "10"};
    struct on_air_config on_air = {.directory = NULL};
    char why[RADIO_TRANSMITTER_WHY_MAX];

    (void)state;
    assert_int_equal(radio_transmitter_read(&on_air, why, &words), ERR_OK);
    assert_string_equal(on_air.transmitter.receiver, "plughw:2");
    assert_int_equal(on_air.transmitter.receiver_dbfs, -50);
    assert_int_equal(on_air.transmitter.keyer.line, KEYER_DTR);
    assert_string_equal(on_air.transmitter.keyer.device, "/dev/ttyS0");
    assert_string_equal(on_air.transmitter.keyer.rig, "127.0.0.1:4532");
    assert_string_equal(on_air.transmitter.mode, "PKTUSB");
    assert_int_equal(on_air.transmitter.lead_ms, 300);
    assert_int_equal(on_air.transmitter.max_s, 90);
    assert_int_equal(on_air.transmitter.duty_percent, 10);
    assert_int_equal(schedule_hz(&on_air.schedule, 0), 7105000);
    assert_int_equal(schedule_next(&on_air.schedule, 0), 900);
}

static void what_is_wrong_is_said(void **state)
{
    static const struct {
        struct radio_transmitter words;
        const char *why;
    } rows[] = {
        {{.ptt = "cat"}, "ptt is 'cat'; it may be none, rts, dtr, rigctld"},
        {{.ptt = "rts"}, "ptt 'rts' needs ptt_device"},
        {{.ptt = "none", .ptt_device = "/dev/ttyS0"}, "ptt 'none' has no use for ptt_device"},
        {{.ptt = "rigctld"}, "ptt 'rigctld' needs rig"},
        {{.rig = "radio.example:4532"}, "rig is 'radio.example:4532'"},
        {{.mode = "USB\nT 1"}, "mode is"},
        {{.mode = "MUCHTOOLONG"}, "mode is 'MUCHTOOLONG'"},
        {{.at = "25:00"}, "at is '25:00'"},
        {{.frequency = "06-20=7105000"}, "frequency is '06-20=7105000'"},
        {{.lead_ms = "4x"}, "lead_ms is '4x'; it may be 300 to 500"},
        {{.duty = "101"}, "duty is '101'; it may be 1 to 100"},
        {{.receiver_level = "1"}, "receiver_level is '1'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct on_air_config on_air = {.directory = NULL};
        char why[RADIO_TRANSMITTER_WHY_MAX] = "";

        assert_int_equal(radio_transmitter_read(&on_air, why, &rows[i].words), ERR_VALUE);
        if (!strstr(why, rows[i].why))
            fail_msg("row %zu says '%s'", i, why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(little_is_needed),
        cmocka_unit_test(all_is_taken),
        cmocka_unit_test(what_is_wrong_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
