/* What is an order and what is not, and what the words of one mean. */
#include "audio/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define KK 1u
#define RU 2u
#define EN 4u
#define ALL 7u

static bool is_known(const char *text)
{
    const struct order order = order_find(text);

    return order_is_known(&order);
}

static void names_and_words_are_known(void **state)
{
    static const char *const known[] = {"hf", "fm", "data", "start tone, brief data", " data ",
        "voice:ru", "voice:kk+ru+en", "data*3", "mfsk:ru*9 ident"};
    static const char *const unknown[] = {"", " , ", "am", "uhf", "tone song data", "tone:data",
        "tone:ru", "voice:", "voice:de", "voice:ru+", "voice:r", "voice:rus", "data*", "data*0",
        "data*10", "data*x", "data*2:ru", "data * 2", "data**2", "data;ident", "\xff"};
    char many[2 * ORDER_SIZE_MAX] = "data";

    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (!is_known(known[i]))
            fail_msg("'%s' is not known", known[i]);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        if (is_known(unknown[i]))
            fail_msg("'%s' is known", unknown[i]);
    for (size_t i = 4; i + 6 < sizeof(many); i += 5)
        memcpy(many + i, " data", 6);
    assert_false(is_known(many));
    many[ORDER_SIZE_MAX - 4] = '\0';
    assert_true(is_known(many));
}

static void words_say_what_is_wanted(void **state)
{
    const char *text = "pause, brief:kk+en data*3 voice*2:ru";
    struct order_item item;

    (void)state;
    assert_true(order_next(&item, &text));
    assert_ptr_equal(item.kind, &segment_pause);
    assert_int_equal(item.milliseconds, SEGMENT_PAUSE_MS);
    assert_int_equal(item.languages, KK);
    assert_true(order_next(&item, &text));
    assert_ptr_equal(item.kind, &segment_speech);
    assert_true(item.brief);
    assert_int_equal(item.languages, KK | EN);
    assert_int_equal(item.times, 1);
    assert_true(order_next(&item, &text));
    assert_ptr_equal(item.kind, &segment_data);
    assert_int_equal(item.times, 3);
    assert_false(order_next(&item, &text));
    assert_string_equal(text, "voice*2:ru");
    text = "speech";
    assert_true(order_next(&item, &text));
    assert_int_equal(item.languages, ALL);
    assert_false(item.brief);
    assert_false(order_next(&item, &text));
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_words_are_known),
        cmocka_unit_test(words_say_what_is_wanted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
