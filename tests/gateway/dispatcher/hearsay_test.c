/* The rumour desk, the notes of the page, what was on the air. */
#include "tests/gateway/dispatcher/harness.h"

#include "gateway/store/rumours.h"

static struct message put_rumour(
    struct rig *rig, uint64_t id, uint8_t status, uint32_t bulletin, const char *words)
{
    struct message message = {.type = MESSAGE_RUMOUR_PUT, .fd = -1};
    struct message_rumour *rumour = &message.as.rumour;
    rumour->id = id;
    rumour->status = status;
    rumour->bulletin = bulletin;
    snprintf(rumour->words, sizeof rumour->words, "%s", words);
    snprintf(rumour->claim, sizeof rumour->claim, "They say that the water is poisoned");
    ask(rig, &message);
    return message;
}

static struct message_rumour first_rumour(struct rig *rig)
{
    struct message message = {.type = MESSAGE_RUMOUR_LIST, .fd = -1};
    struct message_rumour first = {0};
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type == MESSAGE_RUMOUR;
         receive(rig->control, &message))
        if (first.id == 0)
            first = message.as.rumour;
    assert_int_equal(message.type, MESSAGE_END);
    return first;
}

/* What a phone is answered to a text. */
static void ask_from(int modem, unsigned phone, const char *text, char answer[MESSAGES_TEXT_SIZE])
{
    static uint64_t serial;
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    struct message_part part;
    message.as.inbound.serial = ++serial;
    message.as.inbound.smsc_s = (int64_t)serial;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "+7702%07u", phone);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "%s", text);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    take_and_hold(modem, &part);
    sent(modem, part.job, (uint16_t)serial);
    memcpy(answer, part.text, sizeof part.text);
}

static void check_says_only_what_is_signed(void **state)
{
    struct rig *rig = *state;
    char answer[MESSAGES_TEXT_SIZE];
    struct bulletin bulletin;
    int modem = plug(rig, 0);
    struct message message = put_rumour(rig, 0, MESSAGE_RUMOUR_CHECKING, 0, "вода water");
    assert_int_equal(message.type, MESSAGE_OK);
    uint64_t id = message.as.ok.value;
    ask_from(modem, 1, "check water", answer);
    assert_non_null(strstr(answer, "looking into"));
    ask_from(modem, 2, "ПРОВЕРЬ воду", answer);
    assert_non_null(strstr(answer, "проверяем"));
    ask_from(modem, 3, "check bread", answer);
    assert_non_null(strstr(answer, "know nothing"));
    ask_from(modem, 4, "check 9", answer);
    assert_non_null(strstr(answer, "We sent no message No 9"));
    assert_int_equal(first_rumour(rig).asked, 2);
    assert_int_equal(
        put_rumour(rig, id, MESSAGE_RUMOUR_ANSWERED, 2, "вода water").as.refused.result, ERR_VALUE);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    assert_int_equal(
        put_rumour(rig, id, MESSAGE_RUMOUR_ANSWERED, 2, "вода water").type, MESSAGE_OK);
    ask_from(modem, 5, "check water", answer);
    assert_string_equal(answer, "See our No 2: Gas leak");
    struct bulletin retraction = bulletin;
    retraction.kind = BULLETIN_RETRACT;
    retraction.follows = 2;
    assert_int_equal(submit(rig, &retraction, 1), ERR_OK);
    ask_from(modem, 6, "check water", answer); /* what was taken back is not said again */
    assert_non_null(strstr(answer, "looking into"));
    assert_int_equal(put_rumour(rig, id, MESSAGE_RUMOUR_CLOSED, 0, "вода water").type, MESSAGE_OK);
    ask_from(modem, 7, "check water", answer);
    assert_non_null(strstr(answer, "know nothing"));
}

static void a_bad_rumour_is_refused(void **state)
{
    struct rig *rig = *state;
    assert_int_equal(put_rumour(rig, 0, 0, 0, "").as.refused.result, ERR_VALUE);
    assert_int_equal(put_rumour(rig, 0, 0, 0, "12 - ?").as.refused.result, ERR_VALUE);
    assert_int_equal(put_rumour(rig, 0, 9, 0, "water").as.refused.result, ERR_VALUE);
    assert_int_equal(put_rumour(rig, 7, 0, 0, "water").as.refused.result, ERR_MISSING);
    for (unsigned i = 0; i < RUMOURS_OPEN_MAX; i++)
        assert_int_equal(put_rumour(rig, 0, 0, 0, "water").type, MESSAGE_OK);
    assert_int_equal(put_rumour(rig, 0, 0, 0, "water").as.refused.result, ERR_FULL);
    assert_int_equal(put_rumour(rig, 1, MESSAGE_RUMOUR_CLOSED, 0, "water").type, MESSAGE_OK);
    assert_int_equal(put_rumour(rig, 0, 0, 0, "water").type, MESSAGE_OK);
}

static void what_people_ask_about_is_counted_without_who_asked(void **state)
{
    struct rig *rig = *state;
    char answer[MESSAGES_TEXT_SIZE];
    int modem = plug(rig, 0);
    for (unsigned phone = 1; phone <= 3; phone++)
        ask_from(modem, phone, "check is the bridge closed", answer);
    ask_from(modem, 4, "check call 87017654321", answer);
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1}; /* the same person once more */
    message.as.inbound.serial = 99;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "+77020000001");
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "check is the bridge closed");
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    message = (struct message){.type = MESSAGE_ASKED_LIST, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_ASKED);
    assert_string_equal(message.as.asked.text, "IS THE BRIDGE CLOSED");
    assert_int_equal(message.as.asked.count, 3);
    expect(rig->control, &message, MESSAGE_ASKED);
    assert_string_equal(message.as.asked.text, "CALL *");
    expect(rig->control, &message, MESSAGE_END);
}

static unsigned count_events(struct rig *rig, const char *event, const char *detail)
{
    struct message message = {.type = MESSAGE_AUDIT_LIST, .fd = -1};
    unsigned count = 0;
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type == MESSAGE_AUDIT;
         receive(rig->control, &message))
        count += strcmp(message.as.audit.event, event) == 0 &&
                 strcmp(message.as.audit.detail, detail) == 0;
    assert_int_equal(message.type, MESSAGE_END);
    return count;
}

static struct message note(struct rig *rig, uint8_t event, uint8_t editor, const char *detail)
{
    struct message message = {.type = MESSAGE_NOTE, .fd = -1};
    message.as.note.event = event;
    message.as.note.editor = editor;
    snprintf(message.as.note.detail, sizeof message.as.note.detail, "%s", detail);
    ask(rig, &message);
    return message;
}

static void notes_are_rows_of_audit_and_not_too_many(void **state)
{
    struct rig *rig = *state;
    assert_int_equal(note(rig, MESSAGE_NOTE_SIGN_IN, 1, "from 10.0.0.7").type, MESSAGE_OK);
    assert_int_equal(count_events(rig, "sign_in", "editor=editor1 from 10.0.0.7"), 1);
    assert_int_equal(
        note(rig, MESSAGE_NOTE_THROTTLED, MESSAGES_NO_EDITOR, "a\nb").type, MESSAGE_OK);
    assert_int_equal(count_events(rig, "throttled", "editor=- a b"), 1);
    assert_int_equal(note(rig, 77, 1, "").as.refused.result, ERR_VALUE);
    unsigned taken = 0;
    for (unsigned i = 0; i < 200; i++)
        taken += note(rig, MESSAGE_NOTE_SIGN_OUT, 1, "").type == MESSAGE_OK;
    assert_true(taken >= 50 && taken <= 120); /* of one minute, or of two that meet here */
    struct message message = {.type = MESSAGE_AUDIT_VERIFY, .fd = -1};
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
}

/* A radio is told between them when all is quiet, and what the time is. */
static void expect_air(int radio)
{
    struct message message;
    do
        receive(radio, &message);
    while (message.type == MESSAGE_QUIET || message.type == MESSAGE_CLOCK);
    assert_int_equal(message.type, MESSAGE_AIR);
}

static void what_was_on_the_air_is_listed(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message message;
    int radio = plug_radio(rig);
    for (uint32_t number = 2; number <= 3; number++) {
        fill_bulletin(rig, &bulletin, number);
        assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
        expect_air(radio);
        message = (struct message){.type = MESSAGE_AIRED, .fd = -1};
        message.as.aired.number = number;
        message.as.aired.seconds = 40 + number;
        snprintf(message.as.aired.path, sizeof message.as.aired.path, "air/%u.wav", number);
        put(radio, &message);
    }
    for (int i = 0; i < 100 && status_of(rig, 3, false).aired == 0; i++)
        usleep(10000);
    message = (struct message){.type = MESSAGE_AIR_LIST, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_AIRED);
    assert_int_equal(message.as.aired.number, 3);
    assert_int_equal(message.as.aired.seconds, 43);
    assert_string_equal(message.as.aired.path, "air/3.wav");
    assert_true(message.as.aired.at_s >= bulletin.sent_s);
    expect(rig->control, &message, MESSAGE_AIRED);
    assert_int_equal(message.as.aired.number, 2);
    expect(rig->control, &message, MESSAGE_END);
    close(radio);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(check_says_only_what_is_signed),
        TEST(a_bad_rumour_is_refused),
        TEST(what_people_ask_about_is_counted_without_who_asked),
        TEST(notes_are_rows_of_audit_and_not_too_many),
        TEST(what_was_on_the_air_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
