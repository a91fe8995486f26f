/* Times, bands and the queue, at given times. */
#include "audio/schedule.h"
#include "gateway/base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MIDNIGHT_S (1780272000LL - CLOCK_LOCAL_OFFSET_S) /* 2026-06-01, 00:00 in Kazakhstan */
#define AT(hour, minute) (MIDNIGHT_S + (hour)*3600LL + (minute)*60LL)

static struct schedule schedule_of(const char *times, const char *bands)
{
    struct schedule schedule;

    assert_int_equal(schedule_parse_times(&schedule, times), ERR_OK);
    assert_int_equal(schedule_parse_bands(&schedule, bands), ERR_OK);
    return schedule;
}

static void times_come_in_turn(void **state)
{
    struct schedule schedule = schedule_of(":00 :30", "");

    (void)state;
    assert_int_equal(schedule_next(&schedule, AT(7, 1)), AT(7, 30));
    assert_int_equal(schedule_next(&schedule, AT(7, 30)), AT(8, 0));
    assert_int_equal(schedule_next(&schedule, AT(7, 30) - 1), AT(7, 30));
    assert_int_equal(schedule_next(&schedule, AT(23, 45)), AT(24, 0));
    schedule = schedule_of("07:15, 19:05 :50", "");
    assert_int_equal(schedule_next(&schedule, AT(7, 0)), AT(7, 15));
    assert_int_equal(schedule_next(&schedule, AT(7, 15)), AT(7, 50));
    assert_int_equal(schedule_next(&schedule, AT(18, 59)), AT(19, 5));
    schedule = schedule_of("19:05", "");
    assert_int_equal(schedule_next(&schedule, AT(19, 5)), AT(24 + 19, 5));
    schedule = schedule_of("", "");
    assert_true(schedule_next(&schedule, AT(0, 0)) == SCHEDULE_NEVER);
}

static void bands_change_by_the_hour(void **state)
{
    struct schedule schedule = schedule_of(":00", "06-20=7105000 20-06=5505000");

    (void)state;
    assert_int_equal(schedule_hz(&schedule, AT(6, 0)), 7105000);
    assert_int_equal(schedule_hz(&schedule, AT(6, 0) - 1), 5505000);
    assert_int_equal(schedule_hz(&schedule, AT(19, 59)), 7105000);
    assert_int_equal(schedule_hz(&schedule, AT(20, 0)), 5505000);
    assert_int_equal(schedule_hz(&schedule, AT(0, 0)), 5505000);
    assert_int_equal(schedule_next(&schedule, AT(19, 10)), AT(20, 0));
    schedule = schedule_of("", "7105000");
    assert_int_equal(schedule_hz(&schedule, AT(3, 0)), 7105000);
    schedule = schedule_of("", "00-24=7105000");
    assert_int_equal(schedule_hz(&schedule, AT(23, 0)), 7105000);
}

static void what_is_no_schedule_is_refused(void **state)
{
    static const char *const times[] = {"0", ":60", ":5x", "24:00", "7", "7:", ":", ":001", ":00;"};
    static const char *const bands[] = {"06-20=7105000", "0", "abc", "06-20=7105000 19-06=5505000",
        "25-06=1 06-25=2", "00-24=999999999", "00-24=", "-=7105000", "7105000 5505000"};
    struct schedule schedule;

    (void)state;
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
        assert_int_not_equal(schedule_parse_times(&schedule, times[i]), ERR_OK);
    for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++)
        assert_int_not_equal(schedule_parse_bands(&schedule, bands[i]), ERR_OK);
}

static struct schedule_item item_of(
    const struct schedule *schedule, uint32_t number, enum bulletin_kind kind, int severity)
{
    const struct bulletin bulletin = {.number = number,
        .kind = kind,
        .severity = (enum bulletin_severity)severity,
        .sent_s = AT(7, 0),
        .lifetime_min = 60};

    return schedule_make(schedule, &bulletin, AT(7, 10));
}

static void an_urgent_one_goes_at_once_and_twice_more(void **state)
{
    struct schedule schedule = schedule_of(":00 :30", "");
    struct schedule_item item = item_of(&schedule, 41, BULLETIN_ALERT, BULLETIN_SEVERE);

    (void)state;
    assert_int_equal(item.due_s, AT(7, 10));
    schedule_aired(&schedule, &item, AT(7, 11), AT(7, 12));
    assert_int_equal(item.due_s, AT(7, 14));
    schedule_aired(&schedule, &item, AT(7, 14), AT(7, 16));
    assert_int_equal(item.due_s, AT(7, 21));
    schedule_aired(&schedule, &item, AT(7, 22), AT(7, 24));
    assert_int_equal(item.due_s, AT(7, 30));
    schedule_postpone(&item, AT(7, 30), 10);
    assert_int_equal(item.due_s, AT(7, 30) + 10);
    schedule_aired(&schedule, &item, AT(7, 31), AT(7, 33));
    assert_int_equal(item.due_s, AT(8, 0));
}

static void others_wait_for_the_schedule(void **state)
{
    struct schedule schedule = schedule_of(":00 :30", "");

    (void)state;
    assert_int_equal(item_of(&schedule, 41, BULLETIN_ALERT, BULLETIN_MODERATE).due_s, AT(7, 30));
    assert_int_equal(item_of(&schedule, 41, BULLETIN_DRILL, BULLETIN_EXTREME).due_s, AT(7, 30));
    assert_int_equal(item_of(&schedule, 41, BULLETIN_RETRACT, BULLETIN_MINOR).due_s, AT(7, 10));
    assert_int_equal(item_of(&schedule, 41, BULLETIN_ALL_CLEAR, BULLETIN_MINOR).due_s, AT(7, 10));
}

static void the_worst_goes_first_and_each_in_its_turn(void **state)
{
    struct schedule schedule = schedule_of(":00 :30", "");
    struct schedule_queue queue = {0};
    struct schedule_item gone;
    static const uint32_t order[] = {44, 43, 42, 41};

    (void)state;
    struct schedule_item items[] = {item_of(&schedule, 41, BULLETIN_ALERT, BULLETIN_MINOR),
        item_of(&schedule, 42, BULLETIN_ALERT, BULLETIN_MODERATE),
        item_of(&schedule, 43, BULLETIN_ALERT, BULLETIN_EXTREME),
        item_of(&schedule, 44, BULLETIN_RETRACT, BULLETIN_MINOR)};
    for (size_t i = 0; i < 4; i++)
        schedule_add(&queue, &gone, &items[i]);
    assert_int_equal(schedule_soonest(&queue), AT(7, 10));
    for (size_t i = 0; i < 4; i++) {
        int due = schedule_find_due(&queue, AT(7, 31));

        assert_int_not_equal(due, SCHEDULE_NONE);
        assert_int_equal(queue.items[due].number, order[i]);
        queue.items[due].urgent = false;
        schedule_aired(&schedule, &queue.items[due], AT(7, 31), AT(7, 33));
    }
    assert_int_equal(schedule_find_due(&queue, AT(7, 33)), SCHEDULE_NONE);
    assert_int_equal(schedule_soonest(&queue), AT(8, 0));
    assert_int_equal(schedule_find_expired(&queue, AT(7, 59)), SCHEDULE_NONE);
    assert_int_equal(schedule_find_expired(&queue, AT(8, 0)), 0);
    schedule_remove(&queue, 0);
    assert_int_equal(schedule_find(&queue, 41, false), SCHEDULE_NONE);
    assert_int_equal(schedule_find(&queue, 44, true), 2);
    assert_int_equal(schedule_find(&queue, 44, false), SCHEDULE_NONE);
}

static void what_is_held_waits(void **state)
{
    struct schedule schedule = schedule_of(":00 :30", "");
    struct schedule_queue queue = {0};
    struct schedule_item gone;
    struct schedule_item worst = item_of(&schedule, 43, BULLETIN_ALERT, BULLETIN_EXTREME),
                         other = item_of(&schedule, 42, BULLETIN_ALERT, BULLETIN_MODERATE);

    (void)state;
    worst.held = true;
    schedule_add(&queue, &gone, &worst);
    assert_int_equal(schedule_soonest(&queue), SCHEDULE_NEVER);
    schedule_add(&queue, &gone, &other);
    assert_int_equal(schedule_soonest(&queue), AT(7, 30));
    assert_int_equal(schedule_find_due(&queue, AT(7, 31)), 1);
    queue.items[0].held = false;
    assert_int_equal(schedule_find_due(&queue, AT(7, 31)), 0);
}

static void a_full_queue_loses_the_least(void **state)
{
    struct schedule schedule = schedule_of(":00", "");
    struct schedule_queue queue = {0};
    struct schedule_item gone, item;

    (void)state;
    for (uint32_t i = 0; i < SCHEDULE_LIVE_MAX; i++) {
        item = item_of(&schedule, 100 + i, BULLETIN_ALERT,
            i == 3 || i == 5 ? BULLETIN_MINOR : BULLETIN_SEVERE);
        schedule_add(&queue, &gone, &item);
        assert_int_equal(gone.number, 0);
    }
    schedule_add(&queue, &gone, &item);
    assert_int_equal(queue.count, SCHEDULE_LIVE_MAX);
    assert_int_equal(gone.number, 0);
    item = item_of(&schedule, 500, BULLETIN_ALERT, BULLETIN_EXTREME);
    schedule_add(&queue, &gone, &item);
    assert_int_equal(gone.number, 103);
    assert_int_equal(queue.count, SCHEDULE_LIVE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_come_in_turn),
        cmocka_unit_test(bands_change_by_the_hour),
        cmocka_unit_test(what_is_no_schedule_is_refused),
        cmocka_unit_test(an_urgent_one_goes_at_once_and_twice_more),
        cmocka_unit_test(others_wait_for_the_schedule),
        cmocka_unit_test(the_worst_goes_first_and_each_in_its_turn),
        cmocka_unit_test(what_is_held_waits),
        cmocka_unit_test(a_full_queue_loses_the_least),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
