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
    assert_int_equal(trust_judge(&trust, NOW_S + TRUST_LEAP_S, 0), TRUST_VERIFIED);
    assert_int_equal(trust_judge(&trust, NOW_S + TRUST_LEAP_S + 1, 0), TRUST_AHEAD);
    assert_int_equal(trust_judge(&trust, NOW_S + 10LL * YEAR_S, 0), TRUST_AHEAD);
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
    assert_int_equal(trust.witness_s, 0);
    trust_hear(&trust, NOW_S + 7200, 0);
    trust_hear(&trust, NOW_S + 3600, 0);
    assert_int_equal(trust.witness_s, NOW_S + 7200);
    assert_int_equal(trust_judge(&trust, NOW_S, 0), TRUST_BEHIND);
    assert_int_equal(trust_judge(&trust, NOW_S, TRUST_WITNESS_MS + 1), TRUST_VERIFIED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_first_all_since_2025_is_believed),
        cmocka_unit_test(a_clock_before_the_floor_is_behind),
        cmocka_unit_test(a_clock_years_after_the_floor_is_ahead),
        cmocka_unit_test(an_operators_stamp_settles_it),
        cmocka_unit_test(old_stamps_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
