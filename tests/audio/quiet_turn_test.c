/* When it is said that all is quiet: at the first time of the schedule in each hour. */
#include "audio/quiet_turn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define HOUR_S 3600
#define TEN_S 1795496400LL /* 2026-11-24T05:00:00Z, 10:00 in Kazakhstan */

static int64_t find(const char *times, int64_t now_s)
{
    struct schedule schedule = {.hz = {0}};

    assert_int_equal(schedule_parse_times(&schedule, times), ERR_OK);
    return quiet_turn_find(&schedule, now_s);
}

static void once_an_hour_at_its_first_time(void **state)
{
    (void)state;
    assert_int_equal(find(":00 :30", TEN_S - 1), TEN_S);
    assert_int_equal(find(":00 :30", TEN_S), TEN_S + HOUR_S);
    assert_int_equal(find(":00 :30", TEN_S + 1860), TEN_S + HOUR_S);
    assert_int_equal(find(":20 :10 :50", TEN_S), TEN_S + 600);
    assert_int_equal(find(":20 :10 :50", TEN_S + 600), TEN_S + HOUR_S + 600);
}

static void at_times_of_the_day(void **state)
{
    (void)state;
    assert_int_equal(find("10:15 10:45 19:15", TEN_S), TEN_S + 900);
    assert_int_equal(find("10:15 10:45 19:15", TEN_S + 900), TEN_S + 9 * HOUR_S + 900);
    assert_int_equal(find("10:15", TEN_S + 900), TEN_S + 24 * HOUR_S + 900);
}

static void never_without_times(void **state)
{
    (void)state;
    assert_int_equal(find("", TEN_S), SCHEDULE_NEVER);
}

/* A minute of each: the first is found among sixty. */
static void each_minute(void **state)
{
    char times[60 * 4 + 1] = "";

    (void)state;
    for (unsigned i = 0; i < 60; i++)
        (void)snprintf(times + 4 * i, 5, ":%02u ", i);
    assert_int_equal(find(times, TEN_S), TEN_S + HOUR_S);
    assert_int_equal(find(times, TEN_S + 59 * 60), TEN_S + HOUR_S);
}

/* All that takes none: a radio without a station's folder. */
static void none_is_allowed(void **state)
{
    (void)state;
    quiet_turn_tell(NULL, NULL);
    quiet_turn_hold(NULL);
    quiet_turn_look(NULL);
    quiet_turn_free(NULL);
    assert_null(quiet_turn_new(&(struct radio_role){.station = NULL}, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(once_an_hour_at_its_first_time),
        cmocka_unit_test(at_times_of_the_day),
        cmocka_unit_test(never_without_times),
        cmocka_unit_test(each_minute),
        cmocka_unit_test(none_is_allowed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
