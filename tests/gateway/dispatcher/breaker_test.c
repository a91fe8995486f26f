#include "gateway/dispatcher/breaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define HOUR_MS 3600000

static bool fails(struct breaker *breaker, enum message_cause cause, uint64_t delivery, int64_t now)
{
    const struct breaker_failure failure = {.cause = cause, .delivery = delivery, .seed = 1};
    return breaker_fail(breaker, &failure, now);
}

static void numbers_and_texts_are_never_the_modems_fault(void **state)
{
    struct breaker breaker = {0};
    (void)state;
    for (uint64_t delivery = 1; delivery < 1000; delivery++) {
        assert_false(fails(&breaker, MESSAGE_CAUSE_NUMBER, delivery, 1));
        assert_false(fails(&breaker, MESSAGE_CAUSE_TEXT, delivery, 1));
    }
    assert_int_equal(breaker_room(&breaker), UINT32_MAX);
}

static void one_delivery_however_often_it_fails_stops_nothing(void **state)
{
    struct breaker breaker = {0};
    (void)state;
    for (int64_t now = 0; now < 100; now++)
        assert_false(fails(&breaker, MESSAGE_CAUSE_NETWORK, 7, now));
    struct breaker_failure old = {.cause = MESSAGE_CAUSE_SIM, .delivery = 8, .before = 2};
    assert_false(breaker_fail(&breaker, &old, 1)); /* it failed elsewhere too */
    assert_int_equal(breaker_room(&breaker), UINT32_MAX);
    assert_false(fails(&breaker, MESSAGE_CAUSE_NETWORK, 8, 1));
    assert_true(fails(&breaker, MESSAGE_CAUSE_NETWORK, 9, 1)); /* the third of several */
}

static void it_opens_tries_with_one_and_closes(void **state)
{
    struct breaker breaker = {0};
    (void)state;
    assert_true(fails(&breaker, MESSAGE_CAUSE_SIM, 1, 1000));
    assert_int_equal(breaker.state, MESSAGE_BREAKER_OPEN);
    assert_int_equal(breaker_room(&breaker), 0);
    assert_false(breaker_check(&breaker, 1000 + 999));
    assert_true(breaker_check(&breaker, 1000 + 1000 * 5 / 4));
    assert_int_equal(breaker_room(&breaker), 1);
    assert_true(breaker_succeed(&breaker));
    assert_int_equal(breaker_room(&breaker), UINT32_MAX);
    assert_false(breaker_succeed(&breaker));
    assert_int_equal(breaker.trips, 0);
}

/* What was short is over at once; what lasts is seldom asked. */
static void a_pause_is_a_share_of_the_time_that_it_has_failed(void **state)
{
    struct breaker breaker = {0};
    int64_t now = 0;
    unsigned tries = 0, tries_in_half_a_minute = 0;
    (void)state;
    for (; now < HOUR_MS; tries++) {
        assert_true(fails(&breaker, MESSAGE_CAUSE_SIM, tries + 1, now));
        int64_t pause = breaker.until_ms - now, least = now / 32;
        least = least < 1000 ? 1000 : least > 60000 ? 60000 : least;
        assert_in_range(pause, least, least * 5 / 4);
        now = breaker.until_ms;
        assert_true(breaker_check(&breaker, now));
        tries_in_half_a_minute += now < 30000;
    }
    assert_in_range(tries_in_half_a_minute, 20, 30);
    assert_in_range(tries, 100, 250);
    assert_true(breaker_succeed(&breaker));
    assert_true(fails(&breaker, MESSAGE_CAUSE_SIM, 1, now));
    assert_in_range(breaker.until_ms - now, 1000, 1250);
}

static void a_network_that_is_back_is_used_soon(void **state)
{
    struct breaker breaker = {0};
    int64_t now = 0;
    (void)state;
    for (uint64_t n = 1; n <= 400; n++) {
        if (!fails(&breaker, MESSAGE_CAUSE_NETWORK, n, now))
            continue;
        assert_in_range(breaker.until_ms - now, 3000, 10000 * 5 / 4);
        now = breaker.until_ms;
        assert_true(breaker_check(&breaker, now));
    }
    assert_true(now > HOUR_MS);
}

static void modems_do_not_come_back_all_at_once(void **state)
{
    struct breaker breaker[4] = {0};
    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        struct breaker_failure failure = {.cause = MESSAGE_CAUSE_SIM, .delivery = i, .seed = i};
        assert_true(breaker_fail(&breaker[i], &failure, 0));
        for (uint32_t j = 0; j < i; j++)
            assert_true(llabs(breaker[i].until_ms - breaker[j].until_ms) >= 10);
    }
}

static void only_the_networks_fault_is_tried_at_once(void **state)
{
    struct breaker network = {0}, sim = {0};
    (void)state;
    for (uint64_t n = 1; n <= 3; n++)
        (void)fails(&network, MESSAGE_CAUSE_NETWORK, n, 0);
    (void)fails(&sim, MESSAGE_CAUSE_SIM, 1, 0);
    assert_true(breaker_wake(&network, MESSAGE_CAUSE_NETWORK));
    assert_int_equal(network.state, MESSAGE_BREAKER_TRYING);
    assert_false(breaker_wake(&sim, MESSAGE_CAUSE_NETWORK));
    assert_false(breaker_check(&sim, 100));
    assert_true(breaker_check(&sim, HOUR_MS));
    assert_string_equal(breaker_print(sim.state), "trying");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_texts_are_never_the_modems_fault),
        cmocka_unit_test(one_delivery_however_often_it_fails_stops_nothing),
        cmocka_unit_test(it_opens_tries_with_one_and_closes),
        cmocka_unit_test(a_pause_is_a_share_of_the_time_that_it_has_failed),
        cmocka_unit_test(a_network_that_is_back_is_used_soon),
        cmocka_unit_test(modems_do_not_come_back_all_at_once),
        cmocka_unit_test(only_the_networks_fault_is_tried_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
