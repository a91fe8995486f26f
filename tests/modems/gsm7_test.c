#include "modems/gsm7.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_places(void **state)
{
    /* 3GPP TS 23.038, 6.2.1: one of each row, and the corners. */
    static const struct {
        uint32_t code;
        uint16_t want;
    } rows[] = {
        {'@', 0x00},
        {0xa3, 0x01},
        {'$', 0x02},
        {0xa5, 0x03},
        {0xe8, 0x04},
        {0xe9, 0x05},
        {0xf9, 0x06},
        {0xec, 0x07},
        {0xf2, 0x08},
        {0xc7, 0x09},
        {'\n', 0x0a},
        {0xd8, 0x0b},
        {0xf8, 0x0c},
        {'\r', 0x0d},
        {0xc5, 0x0e},
        {0xe5, 0x0f},
        {0x394, 0x10},
        {'_', 0x11},
        {0x3a6, 0x12},
        {0x393, 0x13},
        {0x39b, 0x14},
        {0x3a9, 0x15},
        {0x3a0, 0x16},
        {0x3a8, 0x17},
        {0x3a3, 0x18},
        {0x398, 0x19},
        {0x39e, 0x1a},
        {0xc6, 0x1c},
        {0xe6, 0x1d},
        {0xdf, 0x1e},
        {0xc9, 0x1f},
        {' ', 0x20},
        {0xa4, 0x24},
        {'0', 0x30},
        {'?', 0x3f},
        {0xa1, 0x40},
        {'A', 0x41},
        {'Z', 0x5a},
        {0xc4, 0x5b},
        {0xd6, 0x5c},
        {0xd1, 0x5d},
        {0xdc, 0x5e},
        {0xa7, 0x5f},
        {0xbf, 0x60},
        {'a', 0x61},
        {'z', 0x7a},
        {0xe4, 0x7b},
        {0xf6, 0x7c},
        {0xf1, 0x7d},
        {0xfc, 0x7e},
        {0xe0, 0x7f},
        {'\f', 0x1b0a},
        {'^', 0x1b14},
        {'{', 0x1b28},
        {'}', 0x1b29},
        {'\\', 0x1b2f},
        {'[', 0x1b3c},
        {'~', 0x1b3d},
        {']', 0x1b3e},
        {'|', 0x1b40},
        {0x20ac, 0x1b65},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(gsm7_find(rows[i].code), rows[i].want);
        assert_int_equal(gsm7_cost(rows[i].code), rows[i].want > GSM7_SEPTET_MAX ? 2 : 1);
    }
}

static void test_every_septet_once(void **state)
{
    unsigned seen[GSM7_SEPTET_MAX + 1] = {0}, extended = 0;
    (void)state;
    for (uint32_t code = 0; code <= 0xffff; code++) {
        uint16_t found = gsm7_find(code);
        if (found <= GSM7_SEPTET_MAX)
            seen[found]++;
        else
            extended += found != GSM7_NONE;
    }
    for (unsigned i = 0; i <= GSM7_SEPTET_MAX; i++)
        assert_int_equal(seen[i], i == GSM7_ESCAPE ? 0 : 1);
    assert_int_equal(extended, 10);
}

static void test_outside(void **state)
{
    /* What Kazakh's Latin alphabet of 2021, Russian and typography would need. */
    static const uint32_t codes[] = {0, GSM7_ESCAPE, '`', 0xe7, 0x11f, 0x14b, 0x15f, 0x16b, 0x131,
        0x130, 0x430, 0x49b, 0x2116, 0x2013, 0xab, 0x1f525, 0xb0, '\t'};
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(gsm7_find(codes[i]), GSM7_NONE);
        assert_int_equal(gsm7_cost(codes[i]), 0);
    }
}

static void test_measure(void **state)
{
    static const struct {
        const char *text;
        enum err err;
        size_t septets;
        uint32_t misfit;
    } rows[] = {
        {"", ERR_OK, 0, 0},
        {"No 41", ERR_OK, 5, 0},
        {"Qañtar köşe", ERR_TEXT, 9, 0x15f},
        {"[€]", ERR_OK, 6, 0},
        {"№41", ERR_TEXT, 0, 0x2116},
        {"ok\xff", ERR_TEXT, 2, 0xfffd},
        {"ab 🔥", ERR_TEXT, 3, 0x1f525},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t septets;
        uint32_t misfit;
        assert_int_equal(gsm7_measure(&septets, &misfit, rows[i].text), rows[i].err);
        assert_int_equal(septets, rows[i].septets);
        assert_int_equal(misfit, rows[i].misfit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_every_septet_once),
        cmocka_unit_test(test_outside),
        cmocka_unit_test(test_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
