/* The frame that says who sends: both ways, and what is refused. */
#include "audio/ident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct ident sent = {
    .newsroom = {0x1a, 0x2b}, .number = 70041, .call = "UN7ABC-10", .times = ":00 :30"};

static void it_comes_back(void **state)
{
    uint8_t bytes[FRAME_SIZE];
    char text[IDENT_TEXT_SIZE];
    struct ident back;

    (void)state;
    assert_int_equal(ident_encode(bytes, &sent), ERR_OK);
    assert_int_equal(ident_decode(&back, bytes), ERR_OK);
    ident_print(text, &back);
    assert_string_equal(text, "UN7ABC-10, newsroom 1a2b, newest bulletin 70041, sends at :00 :30");
    back.times[0] = '\0';
    ident_print(text, &back);
    assert_string_equal(text, "UN7ABC-10, newsroom 1a2b, newest bulletin 70041");
    memset(back.times, 'x', IDENT_TIMES_MAX);
    back.times[IDENT_TIMES_MAX] = '\0';
    assert_int_equal(ident_encode(bytes, &back), ERR_OK);
    assert_int_equal(ident_decode(&back, bytes), ERR_OK);
    assert_int_equal(strlen(back.times), IDENT_TIMES_MAX);
}

static void wrong_fields_are_refused(void **state)
{
    uint8_t bytes[FRAME_SIZE];
    struct ident ident = sent;

    (void)state;
    ident.call[0] = 'u';
    assert_int_equal(ident_encode(bytes, &ident), ERR_FORMAT);
    ident = sent;
    ident.number = 0;
    assert_int_equal(ident_encode(bytes, &ident), ERR_VALUE);
    ident = sent;
    ident.times[0] = '\x1b';
    assert_int_equal(ident_encode(bytes, &ident), ERR_TEXT);
}

/* Whatever is changed on the way, nothing wrong is believed. */
static void damage_is_seen(void **state)
{
    uint8_t bytes[FRAME_SIZE];
    struct ident back;

    (void)state;
    assert_int_equal(ident_encode(bytes, &sent), ERR_OK);
    for (size_t bit = 0; bit < (size_t)FRAME_SIZE * 8; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_not_equal(ident_decode(&back, bytes), ERR_OK);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_back),
        cmocka_unit_test(wrong_fields_are_refused),
        cmocka_unit_test(damage_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
