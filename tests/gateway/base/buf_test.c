/* buf: what is put can be got; no error of either side goes unseen, none is forgotten. */
#include "gateway/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_round_trip(void **state)
{
    (void)state;
    uint8_t bytes[64];
    struct buf_out out;
    buf_out_init(&out, bytes, sizeof bytes);
    buf_put_u8(&out, 0x12);
    buf_put_u16(&out, 0x3456);
    buf_put_u24(&out, 0x789abc);
    buf_put_u32(&out, 0xdef01234);
    buf_put_u64(&out, 0x56789abcdef01234);
    buf_put_string(&out, "қар");
    assert_int_equal(out.err, ERR_OK);
    assert_int_equal(bytes[0], 0x12);
    assert_int_equal(bytes[1], 0x34);

    struct buf_in in;
    char text[8];
    buf_in_init(&in, bytes, out.used);
    assert_int_equal(buf_get_u8(&in), 0x12);
    assert_int_equal(buf_get_u16(&in), 0x3456);
    assert_int_equal(buf_get_u24(&in), 0x789abc);
    assert_int_equal(buf_get_u32(&in), 0xdef01234);
    assert_true(buf_get_u64(&in) == 0x56789abcdef01234);
    buf_get_string(&in, text, sizeof text);
    assert_string_equal(text, "қар");
    assert_int_equal(buf_in_end(&in), ERR_OK);
}

static void test_first_error_sticks(void **state)
{
    (void)state;
    uint8_t bytes[3] = {0, 0, 7};
    struct buf_out out;
    buf_out_init(&out, bytes, 2);
    buf_put_u32(&out, 1);
    buf_put_u8(&out, 1);
    assert_int_equal(out.err, ERR_LONG);
    assert_int_equal(out.used, 0);

    struct buf_in in;
    buf_in_init(&in, bytes, sizeof bytes);
    assert_int_equal(buf_get_u32(&in), 0);
    assert_int_equal(buf_get_u8(&in), 0);
    assert_int_equal(buf_in_end(&in), ERR_SHORT);
    assert_int_equal(buf_left(&in), 0);
}

static void test_left_over_is_an_error(void **state)
{
    (void)state;
    const uint8_t bytes[2] = {1, 2};
    struct buf_in in;
    buf_in_init(&in, bytes, sizeof bytes);
    (void)buf_get_u8(&in);
    assert_int_equal(buf_in_end(&in), ERR_FORMAT);
}

static void test_strings(void **state)
{
    (void)state;
    const uint8_t too_long[] = {0, 4, 'a', 'b', 'c', 'd'};
    const uint8_t with_nul[] = {0, 2, 'a', 0};
    const uint8_t lies[] = {0, 9, 'a'};
    char text[4];
    struct buf_in in;
    buf_in_init(&in, too_long, sizeof too_long);
    buf_get_string(&in, text, sizeof text);
    assert_int_equal(in.err, ERR_LONG);
    assert_string_equal(text, "");
    buf_in_init(&in, with_nul, sizeof with_nul);
    buf_get_string(&in, text, sizeof text);
    assert_int_equal(in.err, ERR_TEXT);
    char roomy[16];
    buf_in_init(&in, lies, sizeof lies);
    buf_get_string(&in, roomy, sizeof roomy);
    assert_int_equal(in.err, ERR_SHORT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_first_error_sticks),
        cmocka_unit_test(test_left_over_is_an_error),
        cmocka_unit_test(test_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
