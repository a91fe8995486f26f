/* The share of an hour that a transmitter is keyed. */
#include "audio/duty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

#define WALL_S 1795000000LL

static enum err write_and_read(
    struct duty *duty, const struct duty_clocks *then, const struct duty_clocks *now)
{
    uint8_t record[DUTY_RECORD_MAX];
    size_t size;

    duty_encode(record, &size, duty, then);
    memset(duty, 0, sizeof(*duty));
    return duty_decode(duty, record, size, now);
}

/* Keyed for five minutes until the 60th; started again a minute later, in the same boot and in others. */
static void it_survives_a_restart(void **state)
{
    static const struct {
        int64_t boot_minute; /* of the new start */
        int64_t wall_minute; /* since the record */
        int64_t passed_min;  /* since the last keying, as it is counted */
    } rows[] = {
        {61, 1, 1},     /* the program alone */
        {61, 9000, 1},  /* and the wall clock was set meanwhile */
        {61, -9000, 1}, /* or set back */
        {2, 30, 30},    /* the machine */
        {2, -9000, 2},  /* and its wall clock is not set yet */
        {2, 0, 2},      /* or stands still */
        {62, 9000, 2},  /* another boot that has lasted longer: less counts as passed, never more */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct duty_clocks then = {60 * MINUTE_MS, WALL_S};
        const struct duty_clocks now = {
            rows[i].boot_minute * MINUTE_MS, WALL_S + rows[i].wall_minute * 60};
        struct duty duty = {0};

        duty_add(&duty, 20 * MINUTE_MS, 22 * MINUTE_MS);
        duty_add(&duty, 57 * MINUTE_MS, 60 * MINUTE_MS);
        assert_int_equal(write_and_read(&duty, &then, &now), ERR_OK);
        assert_int_equal(duty.count, 2);
        assert_int_equal(duty.spans[1].end_ms, now.boot_ms - rows[i].passed_min * MINUTE_MS);
        assert_int_equal(
            duty_used_ms(&duty, now.boot_ms), (rows[i].passed_min < 22 ? 5 : 3) * MINUTE_MS);
    }
}

/* It was to last for ten minutes; the program was killed in the third. */
static void what_was_cut_short_counts_until_the_restart(void **state)
{
    const struct duty_clocks then = {60 * MINUTE_MS, WALL_S};
    const struct duty_clocks now = {63 * MINUTE_MS, WALL_S + 180};
    struct duty duty = {0};

    (void)state;
    duty_add(&duty, 60 * MINUTE_MS, 70 * MINUTE_MS);
    assert_int_equal(write_and_read(&duty, &then, &now), ERR_OK);
    assert_int_equal(duty_used_ms(&duty, 70 * MINUTE_MS), 3 * MINUTE_MS);
    duty_end(&duty, 61 * MINUTE_MS);
    assert_int_equal(duty_used_ms(&duty, 70 * MINUTE_MS), 1 * MINUTE_MS);
}

static void a_broken_record_is_refused(void **state)
{
    const struct duty_clocks clocks = {60 * MINUTE_MS, WALL_S};
    uint8_t record[DUTY_RECORD_MAX];
    struct duty duty = {0}, read;
    size_t size;

    (void)state;
    for (int i = 0; i < DUTY_SPANS_MAX; i++)
        duty_add(&duty, i * 1000, i * 1000 + 500);
    duty_encode(record, &size, &duty, &clocks);
    assert_int_equal(size, DUTY_RECORD_MAX);
    for (size_t at = 0; at < size; at++) {
        assert_int_not_equal(duty_decode(&read, record, at, &clocks), ERR_OK);
        record[at] ^= 0x10;
        assert_int_not_equal(duty_decode(&read, record, size, &clocks), ERR_OK);
        record[at] ^= 0x10;
    }
    assert_int_equal(duty_decode(&read, record, size, &clocks), ERR_OK);
}

static void a_full_share_waits_until_it_is_past(void **state)
{
    struct duty duty = {0};

    (void)state;
    duty_fill(&duty, 5 * MINUTE_MS, 25);
    assert_int_equal(duty_used_ms(&duty, 5 * MINUTE_MS), 15 * MINUTE_MS);
    assert_int_equal(duty_wait_ms(&duty, 5 * MINUTE_MS, 3 * MINUTE_MS, 25), 45 * MINUTE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_last_hour_counts),
        cmocka_unit_test(more_than_the_share_waits),
        cmocka_unit_test(no_hour_has_more_than_the_share),
        cmocka_unit_test(one_longer_than_the_share_waits_for_an_empty_hour),
        cmocka_unit_test(it_survives_a_restart),
        cmocka_unit_test(what_was_cut_short_counts_until_the_restart),
        cmocka_unit_test(a_broken_record_is_refused),
        cmocka_unit_test(a_full_share_waits_until_it_is_past),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
