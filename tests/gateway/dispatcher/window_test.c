/* A carrier that holds several parts at a time: as many as it has room for, each by its own pull. */
#include "tests/gateway/dispatcher/harness.h"

#define PARTS 4
#define WIDE 0x1234 /* a reference that no TP-MR can be */

static int plug_wide(struct rig *rig, uint16_t index, uint16_t parts)
{
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    int modem = plug(rig, index);
    message.as.modem_hello.parts = parts;
    put(modem, &message);
    return modem;
}

static void alert(struct rig *rig, uint32_t number)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, number);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void take_many(int modem, struct message_part *parts, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        pull(modem);
    for (unsigned i = 0; i < count; i++) {
        struct message message;
        expect(modem, &message, MESSAGE_PART);
        parts[i] = message.as.part;
    }
}

static void hold_wide(int modem, uint64_t job, uint16_t reference)
{
    struct message message = {.type = MESSAGE_PART_HOLD, .fd = -1};
    message.as.job = (struct message_job){job, reference};
    put(modem, &message);
}

static void expect_go(int modem, uint64_t job)
{
    struct message message;
    expect(modem, &message, MESSAGE_PART_GO);
    assert_int_equal(message.as.job.job, job);
}

static void each_pull_gets_a_part(void **state)
{
    struct rig *rig = *state;
    struct message_part parts[PARTS];
    for (unsigned i = 1; i <= PARTS + 2; i++)
        subscribe(rig, i);
    int modem = plug_wide(rig, 0, PARTS);
    alert(rig, 2);
    take_many(modem, parts, PARTS);
    assert_true(is_silent(modem, 100));
    for (unsigned i = 0; i < PARTS; i++)
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(parts[i].number, parts[j].number);
    assert_int_equal(status_of(rig, 2, false).in_flight, PARTS);
}

/* A modem that is idle is taken to hold nothing; one that has room for one more still holds the others. */
static void a_pull_gives_back_nothing_of_what_is_under_way(void **state)
{
    struct rig *rig = *state;
    struct message_part parts[PARTS];
    for (unsigned i = 1; i <= PARTS; i++)
        subscribe(rig, i);
    int modem = plug_wide(rig, 0, PARTS);
    alert(rig, 2);
    take_many(modem, parts, PARTS);
    for (unsigned i = 0; i < PARTS; i++) {
        hold(modem, parts[i].job);
        expect_go(modem, parts[i].job);
    }
    sent(modem, parts[1].job, 7);
    pull(modem);
    assert_true(is_silent(modem, 100));
    assert_int_equal(status_of(rig, 2, false).doubt, 0);
    sent(modem, parts[0].job, 8);
    sent(modem, parts[3].job, 9);
    sent(modem, parts[2].job, 10);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, PARTS);
    assert_int_equal(status.again, 0);
}

static void a_lost_carrier_leaves_what_it_was_told_to_send_in_doubt(void **state)
{
    struct rig *rig = *state;
    struct message_part parts[PARTS];
    for (unsigned i = 1; i <= PARTS; i++)
        subscribe(rig, i);
    int modem = plug_wide(rig, 0, PARTS);
    alert(rig, 2);
    take_many(modem, parts, PARTS);
    hold(modem, parts[0].job);
    expect_go(modem, parts[0].job);
    hold(modem, parts[1].job);
    expect_go(modem, parts[1].job);
    unplug(rig, 0);
    struct message_status_bulletin status = {0};
    for (int i = 0; i < 100 && status.doubt == 0; i++)
        status = status_of(rig, 2, false);
    assert_int_equal(status.doubt, 2);
    assert_int_equal(status.queued, 2);
}

/* It was told with the hold, so that a report names a part of which it never heard that it was sent. */
static void a_report_settles_a_doubt_by_the_reference_of_the_hold(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message = {.type = MESSAGE_REPORT, .fd = -1};
    subscribe(rig, 1);
    int modem = plug_wide(rig, 0, PARTS);
    alert(rig, 2);
    take_many(modem, &part, 1);
    hold_wide(modem, part.job, WIDE);
    expect_go(modem, part.job);
    unplug(rig, 0);
    modem = plug_wide(rig, 0, PARTS);
    message.as.report.serial = 5;
    message.as.report.reference = WIDE;
    memcpy(message.as.report.number, part.number, sizeof part.number);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.doubt, 0);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.delivered, 1);
}

static void a_part_in_doubt_is_sent_again_under_the_same_reference(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    int modem = plug_wide(rig, 0, PARTS);
    alert(rig, 2);
    take_many(modem, &part, 1);
    hold_wide(modem, part.job, WIDE);
    expect_go(modem, part.job);
    unplug(rig, 0);
    modem = plug_wide(rig, 0, PARTS);
    take_many(modem, &part, 1);
    assert_int_equal(part.again, 1);
    assert_int_equal(part.reference, WIDE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_pull_gets_a_part, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_pull_gives_back_nothing_of_what_is_under_way, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_lost_carrier_leaves_what_it_was_told_to_send_in_doubt, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_report_settles_a_doubt_by_the_reference_of_the_hold, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_part_in_doubt_is_sent_again_under_the_same_reference, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
