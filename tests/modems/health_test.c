/* health: the table of moves, and illnesses played through with a clock of the test's own. */
#include "modems/health.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define PATIENCE_MS 30000
#define MINUTE_MS 60000
#define HOUR_MS 3600000

static void test_moves(void **state)
{
    (void)state;
    /* rows: gone, starting, online, sick, resetting; columns: appeared, ready, failed, reset, vanished */
    static const char table[HEALTH_STATE_COUNT][HEALTH_EVENT_COUNT + 1] = {
        "sggrg", "sokrg", "ookrg", "kokrg", "sokrg"};
    static const char letters[HEALTH_STATE_COUNT + 1] = "gsokr";
    for (int from = 0; from < HEALTH_STATE_COUNT; from++)
        for (int event = 0; event < HEALTH_EVENT_COUNT; event++) {
            struct health health;
            health_init(&health, false, PATIENCE_MS);
            health.state = (enum health_state)from;
            bool moved = health_move(&health, (enum health_event)event, 0);
            if (letters[health.state] != table[from][event])
                fail_msg("%s, event %d: got %s", health_name((enum health_state)from), event,
                    health_name(health.state));
            assert_int_equal(moved, (int)health.state != from);
        }
}

static void come_online(struct health *health, int64_t now_ms)
{
    (void)health_move(health, HEALTH_APPEARED, now_ms);
    (void)health_move(health, HEALTH_READY, now_ms);
    assert_int_equal(health->state, HEALTH_ONLINE);
}

/* One failure after another, each a second after its pause, until until_ms; what was done, in order and without repeats. */
static int64_t ail(struct health *health, enum health_trouble trouble, int64_t now_ms,
    int64_t until_ms, unsigned done[HEALTH_REMEDY_COUNT])
{
    while (now_ms < until_ms) {
        (void)health_move(health, HEALTH_FAILED, now_ms);
        struct health_plan plan = health_ail(health, trouble, now_ms);
        done[plan.remedy]++;
        now_ms += plan.pause_ms + 1000;
    }
    return now_ms;
}

static void test_ladder(void **state)
{
    (void)state;
    struct health health;
    unsigned done[HEALTH_REMEDY_COUNT] = {0};
    health_init(&health, true, PATIENCE_MS);
    come_online(&health, 0);
    int64_t now_ms = HOUR_MS;
    struct health_plan plan = health_ail(&health, HEALTH_DRIVER, now_ms);
    assert_int_equal(plan.remedy, HEALTH_RESTART_TALKER);
    assert_int_equal(plan.pause_ms, 0);
    now_ms = ail(&health, HEALTH_UNFIT, now_ms, now_ms + PATIENCE_MS, done);
    assert_int_equal(done[HEALTH_RESTART_TALKER], 1);
    assert_true(done[HEALTH_REOPEN_TTY] > 3);
    assert_int_equal(done[HEALTH_RESTART_MODEM] + done[HEALTH_CYCLE_POWER], 0);
    now_ms = ail(&health, HEALTH_UNFIT, now_ms, now_ms + PATIENCE_MS, done);
    assert_int_equal(done[HEALTH_RESTART_MODEM], 1);
    (void)ail(&health, HEALTH_UNFIT, now_ms, now_ms + MINUTE_MS, done);
    assert_int_equal(done[HEALTH_RESTART_MODEM], 1);
    assert_int_equal(done[HEALTH_CYCLE_POWER], 1);
}

/* A day of illness: the harsh rungs become rarer, the gentle ones go on. */
static void test_no_loop(void **state)
{
    (void)state;
    struct health health;
    unsigned first[HEALTH_REMEDY_COUNT] = {0};
    unsigned later[HEALTH_REMEDY_COUNT] = {0};
    health_init(&health, true, PATIENCE_MS);
    come_online(&health, 0);
    int64_t now_ms = ail(&health, HEALTH_UNFIT, MINUTE_MS, 2 * HOUR_MS, first);
    (void)ail(&health, HEALTH_UNFIT, now_ms, now_ms + 22 * (int64_t)HOUR_MS, later);
    assert_in_range(first[HEALTH_RESTART_MODEM], 3, 5);
    assert_in_range(first[HEALTH_CYCLE_POWER], 2, 4);
    assert_in_range(later[HEALTH_RESTART_MODEM], 10, 17);
    assert_in_range(later[HEALTH_CYCLE_POWER], 3, 6);
    assert_true(later[HEALTH_REOPEN_TTY] > 1000);
}

static void test_silent_is_not_told_to_restart(void **state)
{
    (void)state;
    struct health health;
    unsigned done[HEALTH_REMEDY_COUNT] = {0};
    health_init(&health, false, PATIENCE_MS);
    come_online(&health, 0);
    (void)ail(&health, HEALTH_SILENT, HOUR_MS, 3 * HOUR_MS, done);
    assert_int_equal(done[HEALTH_RESTART_MODEM] + done[HEALTH_CYCLE_POWER], 0);
    /* and it is asked often enough to be back soon */
    assert_true(done[HEALTH_REOPEN_TTY] > 3000);
}

/* A reset makes the modem vanish and come back: it is given time, although it has been ill for long. */
static void test_just_appeared(void **state)
{
    (void)state;
    struct health health;
    unsigned done[HEALTH_REMEDY_COUNT] = {0};
    health_init(&health, true, PATIENCE_MS);
    come_online(&health, 0);
    int64_t now_ms = HOUR_MS;
    (void)health_ail(&health, HEALTH_DRIVER, now_ms);
    now_ms += 10 * MINUTE_MS;
    (void)health_move(&health, HEALTH_VANISHED, now_ms);
    (void)health_move(&health, HEALTH_APPEARED, now_ms);
    now_ms = ail(&health, HEALTH_UNFIT, now_ms, now_ms + PATIENCE_MS, done);
    assert_int_equal(done[HEALTH_RESTART_MODEM] + done[HEALTH_CYCLE_POWER], 0);
    assert_int_equal(health_ail(&health, HEALTH_UNFIT, now_ms).remedy, HEALTH_RESTART_MODEM);
}

static void test_forgets(void **state)
{
    (void)state;
    struct health health;
    unsigned done[HEALTH_REMEDY_COUNT] = {0};
    health_init(&health, false, PATIENCE_MS);
    come_online(&health, 0);
    int64_t now_ms = ail(&health, HEALTH_DRIVER, MINUTE_MS, 5 * MINUTE_MS, done);
    assert_int_equal(health.times[HEALTH_RESTART_MODEM], 1);
    (void)health_move(&health, HEALTH_READY, now_ms);
    health_tick(&health, now_ms + MINUTE_MS - 1);
    assert_int_not_equal(health_troubles(&health), 0);
    health_tick(&health, now_ms + MINUTE_MS);
    assert_int_equal(health_troubles(&health), 0);
    assert_int_equal(health.ill_ms, -1);
    assert_int_equal(health.times[HEALTH_RESTART_MODEM], 1);
    struct health_plan plan = health_ail(&health, HEALTH_DRIVER, now_ms + 2 * MINUTE_MS);
    assert_int_equal(plan.remedy, HEALTH_RESTART_TALKER);
    assert_int_equal(plan.pause_ms, 0);
    health_worked(&health);
    assert_int_equal(health_troubles(&health), 0);
    health_tick(&health, now_ms + HOUR_MS);
    assert_int_equal(health.times[HEALTH_RESTART_MODEM], 0);
}

/* Unplugged once or twice, it is looked for at once; once a second all day, it is left alone for longer. */
static void test_comes_and_goes(void **state)
{
    (void)state;
    struct health health;
    health_init(&health, false, PATIENCE_MS);
    for (int i = 0; i < 3; i++) {
        come_online(&health, i);
        (void)health_move(&health, HEALTH_VANISHED, i);
        (void)health_move(&health, HEALTH_VANISHED, i);
        assert_in_range(health_absence_ms(&health), 1, 500);
    }
    for (int i = 3; i < 100; i++) {
        come_online(&health, i);
        (void)health_move(&health, HEALTH_VANISHED, i);
    }
    assert_int_equal(health_absence_ms(&health), 4000);
    health_worked(&health);
    assert_in_range(health_absence_ms(&health), 1, 500);
}

static void test_names(void **state)
{
    (void)state;
    static const enum message_condition told[HEALTH_STATE_COUNT] = {MESSAGE_MODEM_GONE,
        MESSAGE_MODEM_STARTING, MESSAGE_MODEM_ONLINE, MESSAGE_MODEM_SICK, MESSAGE_MODEM_SICK};
    for (int i = 0; i < HEALTH_STATE_COUNT; i++) {
        assert_non_null(health_name((enum health_state)i));
        assert_int_equal(health_condition((enum health_state)i), told[i]);
    }
    assert_string_equal(health_remedy_name(HEALTH_CYCLE_POWER), "cycle power");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_ladder),
        cmocka_unit_test(test_no_loop),
        cmocka_unit_test(test_silent_is_not_told_to_restart),
        cmocka_unit_test(test_just_appeared),
        cmocka_unit_test(test_forgets),
        cmocka_unit_test(test_comes_and_goes),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
