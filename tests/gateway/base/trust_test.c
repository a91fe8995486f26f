#include "gateway/base/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NOW_S 1800000000
#define YEAR_S 31536000
#define HOUR_MS 3600000

static void at_first_all_since_2025_is_believed(void **state)
{
    (void)state;
    struct trust trust = {0};
    assert_int_equal(trust_judge(&trust, TRUST_LEAST_S - 1, 0), TRUST_BEHIND);
    assert_int_equal(trust_judge(&trust, NOW_S + 50LL * YEAR_S, 0), TRUST_VERIFIED);
}

static void a_clock_before_the_floor_is_behind(void **state)
{
    (void)state;
    struct trust trust = {.floor_s = NOW_S};
    assert_int_equal(trust_judge(&trust, 0, 0), TRUST_BEHIND); /* 1970: the battery is empty */
    assert_int_equal(trust_judge(&trust, NOW_S - YEAR_S, 0), TRUST_BEHIND);
    assert_int_equal(trust_judge(&trust, NOW_S - TRUST_SLACK_S - 1, 0), TRUST_BEHIND);
    assert_int_equal(trust_judge(&trust, NOW_S - TRUST_SLACK_S, 0), TRUST_VERIFIED);
}

static void a_clock_years_after_the_floor_is_ahead(void **state)
{
    (void)state;
    struct trust trust = {.floor_s = NOW_S};
    assert_int_equal(trust_judge(&trust, NOW_S + TRUST_LEAP_S + 1, 0), TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, NOW_S + 10LL * YEAR_S, 0), TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, NOW_S + TRUST_LEAP_S, 0), TRUST_VERIFIED);
}

static void an_operators_stamp_settles_it(void **state)
{
    (void)state;
    struct trust trust = {.floor_s = NOW_S - 3LL * YEAR_S};
    assert_int_equal(trust_judge(&trust, NOW_S, HOUR_MS), TRUST_AHEAD);
    trust_hear(&trust, NOW_S, HOUR_MS);
    assert_int_equal(trust_judge(&trust, NOW_S, HOUR_MS), TRUST_VERIFIED);
    assert_int_equal(trust_judge(&trust, NOW_S + 3600, 2 * HOUR_MS), TRUST_VERIFIED);
    assert_int_equal(
        trust_judge(&trust, NOW_S, 2 * HOUR_MS), TRUST_BEHIND); /* it has stood still */
    assert_int_equal(trust_judge(&trust, NOW_S + 3LL * YEAR_S, 2 * HOUR_MS), TRUST_AHEAD);
}

static void old_stamps_do_not_count(void **state)
{
    (void)state;
    struct trust trust = {.floor_s = NOW_S};
    trust_hear(&trust, NOW_S - 86400, 0); /* a text that waited */
    assert_int_equal(trust.witness.wall_s, 0);
    trust_hear(&trust, NOW_S + 7200, 0);
    trust_hear(&trust, NOW_S + 3600, 0);
    assert_int_equal(trust.witness.wall_s, NOW_S + 7200);
    assert_int_equal(trust_judge(&trust, NOW_S, 0), TRUST_BEHIND);
    assert_int_equal(trust_judge(&trust, NOW_S, TRUST_WITNESS_MS + 1), TRUST_VERIFIED);
}

/* A clock that runs on is believed; one that steps is not, until it has stood, or a centre says the same. */
static void a_step_forward_is_not_believed_at_once(void **state)
{
    (void)state;
    struct trust trust = {.floor_s = NOW_S};
    int64_t stepped_s = NOW_S + 4 * 3600;
    assert_int_equal(trust_judge(&trust, NOW_S, 0), TRUST_VERIFIED);
    assert_int_equal(trust_judge(&trust, NOW_S + 7200, 2 * HOUR_MS), TRUST_VERIFIED);
    assert_int_equal(trust_judge(&trust, stepped_s, 2 * HOUR_MS), TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, stepped_s + 600, 2 * HOUR_MS + 600000), TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, NOW_S + 7800, 2 * HOUR_MS + 600000), TRUST_VERIFIED);
    assert_int_equal(trust_judge(&trust, stepped_s, 2 * HOUR_MS + 600000), TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, stepped_s + TRUST_SETTLE_MS / 1000,
                         2 * HOUR_MS + 600000 + TRUST_SETTLE_MS - 1),
        TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, stepped_s + TRUST_SETTLE_MS / 1000,
                         2 * HOUR_MS + 600000 + TRUST_SETTLE_MS),
        TRUST_VERIFIED);
}

static void a_centre_confirms_a_step(void **state)
{
    (void)state;
    struct trust trust = {.floor_s = NOW_S};
    assert_int_equal(trust_judge(&trust, NOW_S, 0), TRUST_VERIFIED);
    assert_int_equal(trust_judge(&trust, NOW_S + 7200, 1000), TRUST_AHEAD);
    trust_hear(&trust, NOW_S + 7190, 2000);
    assert_int_equal(trust_judge(&trust, NOW_S + 7202, 3000), TRUST_VERIFIED);
}

/* To and fro: whatever the clock says, it is told what was believed, carried on. */
static void what_was_believed_is_carried_on(void **state)
{
    (void)state;
    static const int jumps_s[] = {7200, -7200, 0, 7200, 7200, -7200};
    struct trust trust = {.floor_s = NOW_S};
    enum trust_verdict verdict;
    assert_int_equal(trust_tell_s(&trust, &verdict, NOW_S, 0), NOW_S);
    for (int minute = 1; minute < 120; minute++) {
        int64_t right_s = NOW_S + 60 * minute;
        int jump_s = jumps_s[minute % 6];
        assert_int_equal(trust_tell_s(&trust, &verdict, right_s + jump_s, minute * 60000), right_s);
        assert_int_equal(verdict, jump_s > 0   ? TRUST_AHEAD
                                  : jump_s < 0 ? TRUST_BEHIND
                                               : TRUST_VERIFIED);
    }
    struct trust new = {0};
    assert_int_equal(trust_tell_s(&new, &verdict, 5, 0), 5);
    assert_int_equal(verdict, TRUST_BEHIND);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_first_all_since_2025_is_believed),
        cmocka_unit_test(a_clock_before_the_floor_is_behind),
        cmocka_unit_test(a_clock_years_after_the_floor_is_ahead),
        cmocka_unit_test(an_operators_stamp_settles_it),
        cmocka_unit_test(old_stamps_do_not_count),
        cmocka_unit_test(a_step_forward_is_not_believed_at_once),
        cmocka_unit_test(a_centre_confirms_a_step),
        cmocka_unit_test(what_was_believed_is_carried_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
