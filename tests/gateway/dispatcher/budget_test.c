#include "gateway/dispatcher/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define S 1000LL
#define MIN (60 * S)
#define HOUR (60 * MIN)
#define DAY (24 * HOUR)
#define SENT_MAX 20000

static const struct budget_limits none;

/* Gives as many as the budget allows, as fast as it allows, for so long; notes when. */
static unsigned run(int64_t *sent, const struct budget_limits *limits, int64_t for_ms, int64_t step)
{
    struct budget budget;
    unsigned count = 0;
    budget_init(&budget, limits, 5 * DAY);
    for (int64_t now = 5 * DAY; now < 5 * DAY + for_ms; now += step)
        for (uint32_t left = budget_left(&budget, now); left > 0 && count < SENT_MAX; left--) {
            budget_add(&budget, now);
            sent[count++] = now;
        }
    return count;
}

/* The most in any time of this length. */
static unsigned most_in(const int64_t *sent, unsigned count, int64_t length)
{
    unsigned most = 0;
    for (unsigned i = 0, first = 0; i < count; i++) {
        while (sent[i] - sent[first] >= length)
            first++;
        most = i - first + 1 > most ? i - first + 1 : most;
    }
    return most;
}

static void no_time_has_more_than_its_limit(void **state)
{
    static int64_t sent[SENT_MAX];
    const struct budget_limits limits = {.per_minute = 7, .per_hour = 100, .per_day = 1000};
    (void)state;
    unsigned count = run(sent, &limits, 3 * DAY, 700);
    assert_in_range(most_in(sent, count, MIN), 7, 7);
    assert_in_range(most_in(sent, count, HOUR), 100, 100);
    assert_in_range(most_in(sent, count, DAY), 1000, 1000);
    assert_true(count >= 2900);
}

static void nothing_is_limited_without_limits(void **state)
{
    struct budget budget;
    (void)state;
    budget_init(&budget, &none, 0);
    for (int i = 0; i < 5000; i++)
        budget_add(&budget, 0);
    assert_int_equal(budget_left(&budget, 0), BUDGET_NONE);
    assert_int_equal(budget_rate(&budget, 0), 5000);
    assert_int_equal(budget_rate(&budget, 61 * S), 0);
}

static void what_was_sent_before_a_restart_counts(void **state)
{
    struct budget budget;
    const struct budget_limits limits = {.per_minute = 10, .per_hour = 20, .per_day = 30};
    (void)state;
    budget_init(&budget, &limits, 3 * MIN);
    budget_restore(&budget, 5000, 99); /* long ago */
    budget_restore(&budget, 100, 12);
    budget_restore(&budget, 30, 5);
    budget_restore(&budget, 0, 6);
    assert_int_equal(budget_left(&budget, 3 * MIN), 4);          /* 6 of 10 */
    assert_int_equal(budget_left(&budget, 3 * MIN + 61 * S), 7); /* 23 of 30 */
    assert_int_equal(budget_left(&budget, DAY + DAY), 10);
}

static void a_jump_of_time_forgets_all(void **state)
{
    struct budget budget;
    const struct budget_limits limits = {.per_day = 3};
    (void)state;
    budget_init(&budget, &limits, 0);
    for (int i = 0; i < 3; i++)
        budget_add(&budget, 0);
    assert_int_equal(budget_left(&budget, DAY - MIN), 0);
    assert_int_equal(budget_left(&budget, 400 * DAY), 3);
    assert_int_equal(budget_left(&budget, 1), 3); /* never back */
}

static void what_is_allowed_is_the_least_of_all(void **state)
{
    struct budget budget;
    const struct budget_limits limits = {.per_minute = 10, .per_hour = 100, .per_day = 500};
    (void)state;
    budget_init(&budget, &limits, 0);
    assert_int_equal(budget_allows(&budget, 0, 5, 20), 50);
    assert_int_equal(budget_allows(&budget, 0, 5, 4), 20);
    assert_int_equal(budget_allows(&budget, 0, 59, 20), 100);
    assert_int_equal(budget_allows(&budget, 0, 150, 20), 300);
    assert_int_equal(budget_allows(&budget, 0, 1000, 20), 500);
    budget_init(&budget, &none, 0);
    assert_int_equal(budget_allows(&budget, 0, 10080, 20000), 201600000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_time_has_more_than_its_limit),
        cmocka_unit_test(nothing_is_limited_without_limits),
        cmocka_unit_test(what_was_sent_before_a_restart_counts),
        cmocka_unit_test(a_jump_of_time_forgets_all),
        cmocka_unit_test(what_is_allowed_is_the_least_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
