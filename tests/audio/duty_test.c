/* The share of an hour that a transmitter is keyed. */
#include "audio/duty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MINUTE_MS 60000LL

static void only_the_last_hour_counts(void **state)
{
    struct duty duty = {0};

    (void)state;
    duty_add(&duty, 0, 3 * MINUTE_MS);
    duty_add(&duty, 10 * MINUTE_MS, 12 * MINUTE_MS);
    assert_int_equal(duty_used_ms(&duty, 12 * MINUTE_MS), 5 * MINUTE_MS);
    assert_int_equal(duty_used_ms(&duty, 61 * MINUTE_MS), 4 * MINUTE_MS);
    assert_int_equal(duty_used_ms(&duty, 71 * MINUTE_MS), 1 * MINUTE_MS);
    assert_int_equal(duty_used_ms(&duty, 72 * MINUTE_MS), 0);
}

static void more_than_the_share_waits(void **state)
{
    struct duty duty = {0};

    (void)state;
    assert_int_equal(duty_wait_ms(&duty, 0, 3 * MINUTE_MS, 10), 0);
    duty_add(&duty, 0, 3 * MINUTE_MS);
    assert_int_equal(duty_wait_ms(&duty, 4 * MINUTE_MS, 3 * MINUTE_MS, 10), 0);
    duty_add(&duty, 4 * MINUTE_MS, 7 * MINUTE_MS);
    /* the first three must have left the hour when the next three end: they end at 63 */
    assert_int_equal(duty_wait_ms(&duty, 8 * MINUTE_MS, 3 * MINUTE_MS, 10), 52 * MINUTE_MS);
    assert_int_equal(duty_wait_ms(&duty, 60 * MINUTE_MS, 3 * MINUTE_MS, 10), 0);
    assert_int_equal(duty_wait_ms(&duty, 8 * MINUTE_MS, 3 * MINUTE_MS, 100), 0);
}

/* In any hour, at each second, whatever is begun as soon as it may be. */
static void no_hour_has_more_than_the_share(void **state)
{
    struct duty duty = {0};
    int64_t now_ms = 0;

    (void)state;
    for (int i = 0; i < 400; i++) {
        int64_t length_ms = (int64_t)(20 + i * 37 % 160) * 1000;

        now_ms += duty_wait_ms(&duty, now_ms, length_ms, 25);
        duty_add(&duty, now_ms, now_ms + length_ms);
        now_ms += length_ms;
        assert_true(duty_used_ms(&duty, now_ms) <= DUTY_WINDOW_MS / 4);
    }
    assert_true(now_ms > 30LL * DUTY_WINDOW_MS);
}

static void one_longer_than_the_share_waits_for_an_empty_hour(void **state)
{
    struct duty duty = {0};

    (void)state;
    assert_int_equal(duty_wait_ms(&duty, 0, 10 * MINUTE_MS, 10), 0);
    duty_add(&duty, 0, 1 * MINUTE_MS);
    assert_int_equal(duty_wait_ms(&duty, 1 * MINUTE_MS, 10 * MINUTE_MS, 10), 54 * MINUTE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_last_hour_counts),
        cmocka_unit_test(more_than_the_share_waits),
        cmocka_unit_test(no_hour_has_more_than_the_share),
        cmocka_unit_test(one_longer_than_the_share_waits_for_an_empty_hour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
