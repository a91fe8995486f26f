/* Testers: drills go to them alone, unless the sealed bytes say everyone; who answers OK is counted once, and forgotten. */
#include "tests/gateway/dispatcher/harness.h"

static enum err set_tester(struct rig *rig, unsigned n, bool tester)
{
    struct message message = {.type = MESSAGE_TESTER_PUT, .fd = -1};
    snprintf(message.as.tester.number, sizeof message.as.tester.number, "+7701%07u", n);
    message.as.tester.tester = tester;
    ask(rig, &message);
    return message.type == MESSAGE_OK ? ERR_OK : (enum err)message.as.refused.result;
}

static uint32_t testers(struct rig *rig)
{
    struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    uint32_t count = 0;
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type != MESSAGE_END;
         receive(rig->control, &message))
        if (message.type == MESSAGE_STATUS_SITE)
            count = message.as.status_site.testers;
    return count;
}

static void drill(struct rig *rig, uint32_t number, bool everyone)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, number);
    bulletin.kind = BULLETIN_DRILL;
    bulletin.everyone = everyone;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

/* Sends all that there is to send by this modem; returns how many texts, and to whom the last went. */
static unsigned drain(struct rig *rig, int modem, char last[MESSAGES_NUMBER_SIZE])
{
    unsigned count = 0;
    struct message message;
    pull(modem);
    while (!is_silent(modem, 300)) {
        expect(modem, &message, MESSAGE_PART);
        struct message_part part = message.as.part;
        memcpy(last, part.number, sizeof part.number);
        hold(modem, part.job);
        expect(modem, &message, MESSAGE_PART_GO);
        sent(modem, part.job, (uint16_t)count);
        count++;
        pull(modem);
    }
    (void)rig;
    return count;
}

static void a_drill_goes_to_testers_alone(void **state)
{
    struct rig *rig = *state;
    char last[MESSAGES_NUMBER_SIZE] = "";
    for (unsigned n = 1; n <= 5; n++)
        subscribe(rig, n);
    assert_int_equal(set_tester(rig, 3, true), ERR_OK);
    assert_int_equal(set_tester(rig, 4, true), ERR_OK);
    assert_int_equal(set_tester(rig, 4, false), ERR_OK);
    assert_int_equal(set_tester(rig, 77, true), ERR_MISSING);
    assert_int_equal(testers(rig), 1);
    subscribe(rig, 3); /* an import anew does not undo it */
    assert_int_equal(testers(rig), 1);
    crash(rig);
    start(rig);
    drill(rig, 2, false);
    assert_int_equal(status_of(rig, 2, false).recipients, 1);
    assert_int_equal(status_of(rig, 2, false).everyone, 0);
    int modem = plug(rig, 0);
    assert_int_equal(drain(rig, modem, last), 1);
    assert_string_equal(last, "+77010000003");
    assert_int_equal(status_of(rig, 2, false).sent, 1);
}

static void one_for_everyone_goes_to_everyone(void **state)
{
    struct rig *rig = *state;
    char last[MESSAGES_NUMBER_SIZE] = "";
    for (unsigned n = 1; n <= 3; n++)
        subscribe(rig, n);
    assert_int_equal(set_tester(rig, 3, true), ERR_OK);
    drill(rig, 2, true);
    assert_int_equal(status_of(rig, 2, false).recipients, 3);
    assert_int_equal(status_of(rig, 2, false).everyone, 1);
    assert_int_equal(drain(rig, plug(rig, 0), last), 3);
}

static void text_in(int modem, const char *number, const char *text, int64_t at_s)
{
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    message.as.inbound.serial = 1;
    message.as.inbound.smsc_s = at_s;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "%s", number);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "%s", text);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
}

/* Of those for whom the drill was, once each, whatever else they text. */
static void who_answers_is_counted_once(void **state)
{
    struct rig *rig = *state;
    int modem = plug(rig, 0);
    for (unsigned n = 1; n <= 4; n++)
        subscribe(rig, n);
    for (unsigned n = 1; n <= 3; n++)
        assert_int_equal(set_tester(rig, n, true), ERR_OK);
    text_in(modem, "+77010000001", "OK", 90); /* to nothing */
    drill(rig, 2, false);
    text_in(modem, "+77010000001", "OK", 100);
    text_in(modem, "+77010000001", "ok", 101);
    text_in(modem, "+77010000002", "ОК", 102);
    text_in(modem, "+77010000004", "OK", 103); /* no tester */
    text_in(modem, "+77010000099", "OK", 104); /* nobody of ours */
    assert_int_equal(status_of(rig, 2, false).oks, 2);
    drill(rig, 3, true);
    text_in(modem, "+77010000004", "OK", 105);
    text_in(modem, "+77010000001", "OK", 106);
    assert_int_equal(status_of(rig, 2, false).oks, 2);
    assert_int_equal(status_of(rig, 3, false).oks, 2);
}

static void nobody_else_is_told_of_it(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct bulletin bulletin;
    int modem = plug(rig, 0);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    drill(rig, 3, false);
    text_in(modem, "+77010000001", "LAST", 100);
    take_and_hold(modem, &part);
    assert_non_null(strstr(part.text, "No 2"));
    assert_null(strstr(part.text, "DRILL"));
    sent(modem, part.job, 1);
    text_in(modem, "+77010000002", "START", 101); /* joins: is told what is in force */
    take_and_hold(modem, &part);
    sent(modem, part.job, 2);
    take_and_hold(modem, &part);
    assert_null(strstr(part.text, "DRILL"));
    sent(modem, part.job, 3);
    pull(modem);
    assert_true(is_silent(modem, 300));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_drill_goes_to_testers_alone),
        TEST(one_for_everyone_goes_to_everyone),
        TEST(who_answers_is_counted_once),
        TEST(nobody_else_is_told_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
