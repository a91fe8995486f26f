#include "modems/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void good(struct pace *pace, unsigned parts)
{
    for (unsigned i = 0; i < parts; i++)
        (void)pace_good(pace);
}

static void test_falls(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 250);
    assert_int_equal(pace.percent, PACE_FULL);
    good(&pace, 9);
    assert_int_equal(pace.percent, PACE_FULL);
    assert_true(pace_good(&pace));
    assert_int_equal(pace.percent, 50);
    good(&pace, 60);
    assert_int_equal(pace.percent, 0);
    assert_false(pace_good(&pace));
    assert_int_equal(pace.percent, 0);
}

static void test_rises(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 0);
    assert_true(pace_bad(&pace));
    assert_int_equal(pace.percent, PACE_FULL);
    assert_false(pace_bad(&pace));
    good(&pace, 9);
    (void)pace_bad(&pace);
    good(&pace, 9);
    assert_int_equal(pace.percent, PACE_FULL); /* good parts in a row count */
}

/* Where it failed it is not tried again soon, but some day. */
static void test_learns(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 25);
    (void)pace_bad(&pace);
    good(&pace, 150);
    assert_int_equal(pace.percent, 50);
    good(&pace, 60);
    assert_int_equal(pace.percent, 25); /* 12 is the limit now */
    good(&pace, 200);
    assert_int_equal(pace.percent, 12); /* 6 */
    (void)pace_bad(&pace);
    good(&pace, 199);
    assert_int_equal(pace.percent, 25);
}

static void test_one_failure_at_no_pause(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 0);
    (void)pace_bad(&pace);
    good(&pace, 100);
    assert_int_equal(pace.percent, 3); /* 1 is where it counts as failed */
    good(&pace, 200);
    assert_int_equal(pace.percent, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_falls),
        cmocka_unit_test(test_rises),
        cmocka_unit_test(test_learns),
        cmocka_unit_test(test_one_failure_at_no_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
