#include "tests/gateway/dispatcher/harness.h"

static void alert(struct rig *rig, uint32_t number)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, number);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void subscribe_many(struct rig *rig, unsigned count)
{
    for (unsigned n = 1; n <= count; n++)
        subscribe(rig, n);
}

static enum err control(
    struct rig *rig, const char *name, enum message_control what, const char *number)
{
    struct message message = {.type = MESSAGE_MODEM_CONTROL, .fd = -1};
    message.as.modem_control.control = (uint8_t)what;
    snprintf(message.as.modem_control.name, sizeof message.as.modem_control.name, "%s", name);
    snprintf(message.as.modem_control.number, sizeof message.as.modem_control.number, "%s", number);
    ask(rig, &message);
    return message.type == MESSAGE_OK ? ERR_OK : (enum err)message.as.refused.result;
}

static void a_refused_sim_is_set_aside_and_shown_and_others_go_on(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 20);
    int broke = plug(rig, 0), well = plug(rig, 1);
    alert(rig, 2);
    take_and_hold(broke, &part);
    fail_part(broke, part.job, MESSAGE_CAUSE_SIM, false);
    pull(broke);
    struct message_status_modem status = modem_of(rig, "m0");
    assert_int_equal(status.breaker, MESSAGE_BREAKER_OPEN);
    assert_int_equal(status.cause, MESSAGE_CAUSE_SIM);
    assert_in_range(status.wait_s, 1, 2);
    assert_non_null(strstr(status.detail, "credit"));
    for (int i = 0; i < 18; i++)
        send_all_of(well, &part, 1);
    assert_true(is_silent(broke, 100));
    assert_int_equal(modem_of(rig, "m1").breaker, MESSAGE_BREAKER_CLOSED);
    struct message message; /* after the pause it gets one, and one is enough to be well again */
    usleep(2000000);
    expect(broke, &message, MESSAGE_PART);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_TRYING);
    hold(broke, message.as.part.job);
    expect(broke, &message, MESSAGE_PART_GO);
    sent(broke, message.as.job.job, 3);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_CLOSED);
}

/* A modem that answers with an error after Ctrl-Z would use up the one more try that each of its doubts has. */
static void a_failing_modem_leaves_its_doubts_to_others(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    subscribe_many(rig, 1);
    int sick = plug(rig, 0);
    alert(rig, 2);
    take_and_hold(sick, &part);
    message.as.part_failed.job = part.job;
    message.as.part_failed.cause = MESSAGE_CAUSE_SIM;
    message.as.part_failed.doubt = 1;
    put(sick, &message);
    pull(sick);
    assert_true(is_silent(sick, 4000)); /* due after 1 s, and tried again after 1 to 1.25 s */
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_TRYING);
    assert_int_equal(status_of(rig, 2, false).doubt, 1);
    subscribe(rig, 2);
    alert(rig, 3);
    expect(sick, &message,
        MESSAGE_PART); /* what is new shows whether it is well, and then it has its doubts */
    assert_string_equal(message.as.part.number, "+77010000001");
    assert_int_equal(message.as.part.again, 0);
    hold(sick, message.as.part.job);
    expect(sick, &message, MESSAGE_PART_GO);
    sent(sick, message.as.job.job, 3);
    for (unsigned i = 0; i < 2; i++)
        send_all_of(sick, &part, (uint8_t)(4 + i));
    assert_int_equal(status_of(rig, 2, false).again, 1);
    assert_int_equal(status_of(rig, 2, false).unknown + status_of(rig, 2, false).doubt, 0);
}

/* Not after the time for which it would wait for a modem that is well. */
static void anothers_doubts_are_taken_as_soon_as_they_are_due(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    subscribe_many(rig, 1);
    int sick = plug(rig, 0);
    alert(rig, 2);
    take_and_hold(sick, &part);
    message.as.part_failed.job = part.job;
    message.as.part_failed.cause = MESSAGE_CAUSE_SIM;
    message.as.part_failed.doubt = 1;
    put(sick, &message);
    int well = plug(rig, 1);
    pull(well);
    expect(well, &message, MESSAGE_PART);
    assert_int_equal(message.as.part.again, 1);
}

static void tell_state(int modem, uint8_t registration, int64_t credit)
{
    struct message message = {.type = MESSAGE_MODEM_STATE, .fd = -1};
    message.as.modem_state.state = MESSAGE_MODEM_ONLINE;
    message.as.modem_state.registration = registration;
    message.as.modem_state.credit = credit;
    put(modem, &message);
}

/* Nobody waits for the end of a pause whose reason is over. */
static void back_in_the_network_or_paid_for_it_is_tried_at_once(void **state)
{
    struct rig *rig = *state;
    static const struct {
        enum message_cause cause;
        int64_t credit[2];
        uint8_t registration[2];
    } rows[] = {
        {MESSAGE_CAUSE_NETWORK, {-1, -1}, {2, 1}},
        {MESSAGE_CAUSE_SIM, {0, 500}, {1, 1}},
    };
    struct message_part part;
    subscribe_many(rig, 20);
    alert(rig, 2);
    for (unsigned i = 0; i < 2; i++) {
        char name[8];
        int modem = plug(rig, (uint16_t)i);
        snprintf(name, sizeof name, "m%u", i);
        tell_state(modem, rows[i].registration[0], rows[i].credit[0]);
        while (modem_of(rig, name).breaker != MESSAGE_BREAKER_OPEN) {
            take_and_hold(modem, &part);
            fail_part(modem, part.job, rows[i].cause, false);
        }
        pull(modem);
        assert_true(is_silent(modem, 200));
        struct message message;
        tell_state(modem, rows[i].registration[1], rows[i].credit[1]);
        expect(modem, &message, MESSAGE_PART);
        assert_int_equal(modem_of(rig, name).breaker, MESSAGE_BREAKER_TRYING);
    }
}

/* Nor is anything that it failed to send. */
static void what_a_modem_has_failed_is_due_when_it_is_well(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 4);
    alert(rig, 2);
    int modem = plug(rig, 0);
    tell_state(modem, 2, -1);
    for (int i = 0; i < 3; i++) {
        take_and_hold(modem, &part);
        fail_part(modem, part.job, MESSAGE_CAUSE_NETWORK, false); /* waits for 5 s */
    }
    tell_state(modem, 1, -1);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000004");
    pull(modem);
    assert_false(is_silent(modem, 2500));
}

static void hello(int modem, const char *imsi)
{
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    message.as.modem_hello.parts = 1;
    snprintf(message.as.modem_hello.imsi, sizeof message.as.modem_hello.imsi, "%s", imsi);
    put(modem, &message);
}

static void another_sim_is_tried_at_once(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 3);
    int modem = plug(rig, 0);
    hello(modem, "401010007000001");
    alert(rig, 2);
    take_and_hold(modem, &part);
    fail_part(modem, part.job, MESSAGE_CAUSE_SIM, false);
    pull(modem);
    hello(modem, "401010007000001");
    assert_true(is_silent(modem, 300));
    hello(modem, "401010007000002");
    struct message message;
    expect(modem, &message, MESSAGE_PART);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_CLOSED);
    assert_string_equal(modem_of(rig, "m0").detail, "");
}

static void a_number_that_always_fails_blocks_nobody_and_no_modem(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 30);
    int modem = plug(rig, 0);
    alert(rig, 2);
    for (int i = 0; i < 30; i++) {
        take_and_hold(modem, &part);
        if (i % 3 != 0)
            fail_part(modem, part.job, MESSAGE_CAUSE_NUMBER, true);
        else
            sent(modem, part.job, (uint16_t)i);
    }
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.failed, 20);
    assert_int_equal(status.sent, 10);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_CLOSED);
}

/* Phones that are off say nothing of modem and network: neither is the modem set aside nor is anybody kept waiting. */
static void phones_that_are_off_hold_up_nobody(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 301);
    int modem = plug(rig, 0);
    alert(rig, 2);
    for (int i = 0; i < 300; i++) {
        take_and_hold(modem, &part);
        fail_part(modem, part.job, MESSAGE_CAUSE_NUMBER, false);
    }
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000301");
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.failed, 0);
    assert_int_equal(status.queued, 300);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_CLOSED);
}

static void while_it_is_tried_a_modem_gets_one_part_at_a_time(void **state)
{
    struct rig *rig = *state;
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    subscribe_many(rig, 20);
    int modem = plug(rig, 0);
    message.as.modem_hello.parts = 4;
    put(modem, &message);
    for (int i = 0; i < 4; i++)
        pull(modem);
    alert(rig, 2);
    uint64_t jobs[4];
    for (int i = 0; i < 4; i++) {
        expect(modem, &message, MESSAGE_PART);
        jobs[i] = message.as.part.job;
    }
    for (int i = 0; i < 4; i++)
        fail_part(modem, jobs[i], MESSAGE_CAUSE_MODEM, false);
    for (int i = 0; i < 4; i++)
        pull(modem);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_OPEN);
    expect(modem, &message, MESSAGE_PART);
    assert_true(is_silent(modem, 1500));
    sent(modem, message.as.part.job, 9);
    hold(modem, message.as.part.job);
    for (int i = 0; i < 3; i++)
        receive(modem, &message);
    assert_int_equal(modem_of(rig, "m0").breaker, MESSAGE_BREAKER_CLOSED);
}

static void a_budget_holds_and_outlives_a_restart(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    rig->limits = "per_hour = 3";
    write_conf(rig);
    start(rig);
    put_roster(rig);
    subscribe_many(rig, 5);
    int modem = plug(rig, 0);
    alert(rig, 2);
    assert_int_equal(modem_of(rig, "m0").left, 3);
    for (int i = 0; i < 3; i++)
        send_all_of(modem, &part, 1);
    pull(modem);
    assert_true(is_silent(modem, 1500));
    assert_int_equal(modem_of(rig, "m0").left, 0);
    assert_int_equal(modem_of(rig, "m0").rate, 3);
    assert_in_range(status_of(rig, 2, false).minutes, 60, 61);
    crash(rig);
    start(rig);
    modem = plug(rig, 0);
    pull(modem);
    assert_true(is_silent(modem, 1500));
    assert_int_equal(modem_of(rig, "m0").left, 0);
    int other = plug(rig, 1); /* has no limit */
    send_all_of(other, &part, 1);
    assert_int_equal(modem_of(rig, "m1").left, MESSAGES_NO_LIMIT);
}

static void hello_card(int modem, const char *iccid)
{
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    message.as.modem_hello.parts = 1;
    snprintf(message.as.modem_hello.iccid, sizeof message.as.modem_hello.iccid, "%s", iccid);
    put(modem, &message);
}

/* What a modem has just said may not have been heard yet. */
static void expect_left(struct rig *rig, const char *name, uint32_t left)
{
    for (int64_t end_ms = clock_boot_ms() + 2000;
         clock_boot_ms() < end_ms && modem_of(rig, name).left != left;)
        usleep(10000);
    assert_int_equal(modem_of(rig, name).left, left);
}

#define CARD_A "8997701000000000019"
#define CARD_B "8997701000000000027"

static void a_budget_goes_with_its_sim(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    rig->more = "modem \"m1\" { device = \"/dev/null\" per_hour = 4 }\n";
    rig->limits = "per_hour = 4";
    write_conf(rig);
    start(rig);
    put_roster(rig);
    subscribe_many(rig, 9);
    alert(rig, 2);
    hello_card(plug(rig, 0), CARD_A);
    plug(rig, 1);
    for (int i = 0; i < 3; i++)
        send_all_of(rig->modems[0], &part, 1);
    expect_left(rig, "m0", 1);
    hello_card(rig->modems[1], CARD_A);
    expect_left(rig, "m1", 1);
    hello_card(rig->modems[0], CARD_B);
    expect_left(rig, "m0", 4);
    send_all_of(rig->modems[0], &part, 2);
    expect_left(rig, "m0", 3);
    send_all_of(rig->modems[1], &part, 3);
    expect_left(rig, "m1", 0);
    crash(rig);
    start(rig);
    hello_card(plug(rig, 0), ""); /* does not tell it now: it is the one that was there */
    expect_left(rig, "m0", 3);
    hello_card(plug(rig, 1), CARD_B);
    expect_left(rig, "m1", 3);
    hello_card(rig->modems[0], CARD_A);
    expect_left(rig, "m0", 0);
    send_all_of(rig->modems[1], &part, 4);
    hello_card(rig->modems[0], CARD_B); /* what it has sent elsewhere counts where it comes back */
    expect_left(rig, "m0", 2);
}

static void paused_it_gets_nothing_until_it_is_resumed(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message;
    subscribe_many(rig, 3);
    int modem = plug(rig, 0);
    alert(rig, 2);
    send_all_of(modem, &part, 1);
    assert_int_equal(control(rig, "m9", MESSAGE_CONTROL_PAUSE, ""), ERR_MISSING);
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_PAUSE, ""), ERR_OK);
    pull(modem);
    assert_true(is_silent(modem, 300));
    assert_int_equal(modem_of(rig, "m0").hold, MESSAGE_HOLD_PAUSED);
    assert_int_equal(status_of(rig, 2, false).minutes, MESSAGES_MINUTES_NEVER);
    crash(rig); /* what an operator said holds */
    start(rig);
    modem = plug(rig, 0);
    pull(modem);
    assert_true(is_silent(modem, 300));
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_RESUME, ""), ERR_OK);
    expect(modem, &message, MESSAGE_PART);
}

static void long_alert(struct rig *rig)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 2);
    char *headline = bulletin.text[BULLETIN_EN].headline;
    for (int i = 0; i < 198; i++)
        headline[i] = i % 10 == 9 ? ' ' : 'a';
    headline[198] = '\0';
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void drained_it_finishes_what_it_has_begun(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 2);
    int modem = plug(rig, 0);
    long_alert(rig);
    send_all_of(modem, &part, 1);
    assert_int_equal(part.udh[5], 1);
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_DRAIN, ""), ERR_OK);
    send_all_of(modem, &part, 2);
    assert_int_equal(part.udh[5], 2);
    pull(modem);
    assert_true(is_silent(modem, 300));
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.queued, 1);
}

static void a_paused_modems_half_text_goes_on_by_another(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    long_alert(rig);
    send_all_of(modem, &part, 1);
    assert_int_equal(status_of(rig, 2, false).in_flight, 1);
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_PAUSE, ""), ERR_OK);
    assert_int_equal(status_of(rig, 2, false).queued, 1);
}

static void a_test_text_goes_by_its_modem_and_one_at_a_time(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    int modem = plug(rig, 0), other = plug(rig, 1);
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_PAUSE, ""), ERR_OK);
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_TEST, "12"), ERR_VALUE);
    assert_int_equal(control(rig, "m0", MESSAGE_CONTROL_TEST, "87010000001"), ERR_OK);
    assert_int_equal(control(rig, "m1", MESSAGE_CONTROL_TEST, "87010000001"), ERR_BUSY);
    pull(other);
    assert_true(is_silent(other, 200));
    take_and_hold(modem, &part);
    assert_string_equal(part.number, "+77010000001");
    assert_non_null(strstr(part.text, "test of modem m0"));
    fail_part(modem, part.job, MESSAGE_CAUSE_MODEM, false);
    pull(modem);
    assert_true(is_silent(modem, 1500)); /* not tried again */
    assert_int_equal(modem_of(rig, "m0").failed, 1);
    assert_int_equal(control(rig, "m1", MESSAGE_CONTROL_TEST, "87010000001"), ERR_OK);
}

static void minutes_follow_from_pace_and_people(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe_many(rig, 90);
    alert(rig, 2);
    assert_int_equal(status_of(rig, 2, false).minutes, MESSAGES_MINUTES_NEVER);
    int modem = plug(rig, 0);
    assert_int_equal(
        status_of(rig, 2, false).minutes, 9); /* two parts each, three seconds a part */
    for (int i = 0; i < 3; i++) {
        take_and_hold(modem, &part);
        usleep(100000);
        sent(modem, part.job, 1);
    }
    assert_int_equal(status_of(rig, 2, false).minutes, 1);
    assert_in_range(modem_of(rig, "m0").part_ms, 95, 200);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_refused_sim_is_set_aside_and_shown_and_others_go_on),
        TEST(a_failing_modem_leaves_its_doubts_to_others),
        TEST(anothers_doubts_are_taken_as_soon_as_they_are_due),
        TEST(back_in_the_network_or_paid_for_it_is_tried_at_once),
        TEST(what_a_modem_has_failed_is_due_when_it_is_well),
        TEST(another_sim_is_tried_at_once),
        TEST(a_number_that_always_fails_blocks_nobody_and_no_modem),
        TEST(phones_that_are_off_hold_up_nobody),
        TEST(while_it_is_tried_a_modem_gets_one_part_at_a_time),
        cmocka_unit_test_setup_teardown(
            a_budget_holds_and_outlives_a_restart, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(a_budget_goes_with_its_sim, setup_plain, teardown),
        TEST(paused_it_gets_nothing_until_it_is_resumed),
        TEST(drained_it_finishes_what_it_has_begun),
        TEST(a_paused_modems_half_text_goes_on_by_another),
        TEST(a_test_text_goes_by_its_modem_and_one_at_a_time),
        TEST(minutes_follow_from_pace_and_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
