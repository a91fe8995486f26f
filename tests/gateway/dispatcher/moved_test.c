/* Who has got a bulletin hears of its retraction, wherever the person is by then; who has not does not. */
#include "tests/gateway/dispatcher/harness.h"

#define HERE 2u /* regions */
#define THERE 4u

static int64_t sent_s;

static void settle_in(struct rig *rig, unsigned n, uint32_t regions)
{
    struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
    struct message_subscriber_put *to = &message.as.subscriber_put;
    snprintf(to->number, sizeof to->number, "+7701%07u", n);
    to->language = BULLETIN_EN;
    to->regions = regions;
    snprintf(to->consent, sizeof to->consent, "on paper");
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
}

static void publish(struct rig *rig, bool retraction)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 2);
    bulletin.regions = HERE;
    if (retraction) {
        bulletin.kind = BULLETIN_RETRACT;
        bulletin.follows = 2;
        bulletin.sent_s = sent_s;
    }
    sent_s = bulletin.sent_s;
    assert_int_equal(submit(rig, &bulletin, retraction ? 1 : 2), ERR_OK);
}

/* Another modem looks for more, and there is none. */
static void wait_until_out(struct rig *rig)
{
    pull(plug(rig, 1));
    for (int i = 0; i < 100 && status_of(rig, 2, false).state == MESSAGE_BULLETIN_SENDING; i++)
        usleep(50000);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_DONE);
    unplug(rig, 1);
}

static void text_in(int modem, const char *number, const char *text)
{
    static uint64_t serial;
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    message.as.inbound.serial = ++serial;
    message.as.inbound.smsc_s = clock_wall_s() + (int64_t)serial;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "%s", number);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "%s", text);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
}

static void send_to(int modem, const char *number, const char *piece)
{
    struct message_part part;
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, number);
    if (strstr(part.text, piece) == NULL)
        fail_msg("'%s' is not in: %s", piece, part.text);
}

/* To nobody but these, each once, in this order. */
static void expect_retraction(struct rig *rig, const char *const *numbers)
{
    unsigned count = 0;
    unplug(rig, 0);
    publish(rig, true);
    int modem = plug(rig, 0);
    for (; numbers[count] != NULL; count++)
        send_to(modem, numbers[count], "our message No 2 was wrong");
    pull(modem);
    assert_true(is_silent(modem, 200));
    struct message_status_bulletin status = status_of(rig, 2, true);
    assert_int_equal(status.sent, count);
    assert_int_equal(status.recipients, count);
}

static const char first[] = "+77010000001", second[] = "+77010000002";

static void regions_changed_after_it_has_gone_out(void **state)
{
    struct rig *rig = *state;
    settle_in(rig, 1, HERE);
    settle_in(rig, 2, THERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    send_to(modem, first, "Gas leak");
    wait_until_out(rig);
    settle_in(rig, 1, THERE);
    settle_in(rig, 2, HERE);
    expect_retraction(rig, (const char *const[]){first, NULL});
}

static void there_and_back_is_as_before(void **state)
{
    struct rig *rig = *state;
    settle_in(rig, 1, HERE);
    settle_in(rig, 2, THERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    send_to(modem, first, "Gas leak");
    wait_until_out(rig);
    for (unsigned i = 0; i < 2; i++) {
        settle_in(rig, 1, i == 0 ? THERE : HERE);
        settle_in(rig, 2, i == 0 ? HERE : THERE);
    }
    expect_retraction(rig, (const char *const[]){first, NULL});
}

static void regions_changed_while_it_goes_out(void **state)
{
    struct rig *rig = *state;
    settle_in(rig, 1, HERE);
    settle_in(rig, 2, HERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    send_to(modem, first, "Gas leak");
    settle_in(rig, 1, THERE);
    send_to(modem, second, "Gas leak");
    expect_retraction(rig, (const char *const[]){first, second, NULL});
}

static void who_says_start_with_another_place(void **state)
{
    struct rig *rig = *state;
    settle_in(rig, 1, HERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    send_to(modem, first, "Gas leak");
    wait_until_out(rig);
    text_in(modem, first, "START KZ-75 EN");
    send_to(modem, first, "Safety alerts for");
    expect_retraction(rig, (const char *const[]){first, NULL});
}

static void who_left_and_came_back_elsewhere(void **state)
{
    struct rig *rig = *state;
    settle_in(rig, 1, HERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    send_to(modem, first, "Gas leak");
    wait_until_out(rig);
    text_in(modem, first, "STOP");
    send_to(modem, first, "You have left");
    text_in(modem, first, "START KZ-75 EN");
    send_to(modem, first, "Safety alerts for");
    expect_retraction(rig, (const char *const[]){first, NULL});
}

/* What may have arrived counts as arrived. */
static void who_may_have_it_and_moved(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    settle_in(rig, 1, HERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    for (unsigned i = 0; i < 2; i++) {
        take_and_hold(modem, &part);
        unplug(rig, 0);
        modem = plug(rig, 0);
    }
    assert_int_equal(status_of(rig, 2, false).unknown, 1);
    wait_until_out(rig);
    settle_in(rig, 1, THERE);
    expect_retraction(rig, (const char *const[]){first, NULL});
}

/* The delivery failed for good, but the person asked for it. */
static void who_missed_it_and_asked(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    settle_in(rig, 1, HERE);
    settle_in(rig, 2, HERE);
    int modem = plug(rig, 0);
    publish(rig, false);
    for (unsigned i = 0; i < 2; i++) {
        take_and_hold(modem, &part);
        fail_part(modem, part.job, MESSAGE_CAUSE_NUMBER, true);
    }
    wait_until_out(rig);
    text_in(modem, second, "2");
    send_to(modem, second, "Gas leak");
    expect_retraction(rig, (const char *const[]){second, NULL});
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(regions_changed_after_it_has_gone_out),
        TEST(there_and_back_is_as_before),
        TEST(regions_changed_while_it_goes_out),
        TEST(who_says_start_with_another_place),
        TEST(who_left_and_came_back_elsewhere),
        TEST(who_may_have_it_and_moved),
        TEST(who_missed_it_and_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
