/* The newsroom's socket: what its process may ask for, whoever has taken it over, and what is kept from it. */
#include "tests/gateway/dispatcher/harness.h"

/* All requests there are, and whether the newsroom may make them. A new request has to be entered here. */
static const struct {
    enum message_type type;
    bool newsroom;
    bool list;
} requests[] = {
    {MESSAGE_ROSTER_PUT, true, false}, {MESSAGE_ROSTER_GET, true, false},
    {MESSAGE_DRAFT_NEW, true, false}, {MESSAGE_DRAFT_GET, true, false},
    {MESSAGE_DRAFT_LIST, true, true}, {MESSAGE_DRAFT_APPROVE, true, false},
    {MESSAGE_DRAFT_SEND, true, false}, {MESSAGE_BULLETIN_SUBMIT, true, false},
    {MESSAGE_BULLETIN_GET, true, false}, {MESSAGE_STATUS_GET, true, true},
    {MESSAGE_SUBSCRIBER_PUT, true, false}, {MESSAGE_SUBSCRIBER_LIST, false, true},
    {MESSAGE_SUBSCRIBER_COUNT, true, true}, {MESSAGE_DOUBT_LIST, true, true},
    {MESSAGE_TIP_LIST, true, true}, {MESSAGE_RECEPTION_LIST, true, true},
    {MESSAGE_AUDIT_LIST, true, true}, {MESSAGE_AUDIT_VERIFY, true, false},
    {MESSAGE_EXPORT_NEXT, false, false}, {MESSAGE_MODEM_CONTROL, true, false},
    {MESSAGE_DRAFT_DROP, true, false}, {MESSAGE_TESTER_PUT, false, false},
    {MESSAGE_OUTCOME_LIST, true, true}, {MESSAGE_AUDIENCE_GET, true, false},
    {MESSAGE_RUMOUR_PUT, true, false}, {MESSAGE_RUMOUR_LIST, true, true},
    {MESSAGE_ASKED_LIST, true, true}, {MESSAGE_NOTE, true, false}, {MESSAGE_AIR_LIST, true, true},
    {MESSAGE_SKETCH_PUT, true, false}, {MESSAGE_SKETCH_GET, true, false},
    {MESSAGE_SKETCH_LIST, true, true}, {MESSAGE_BACKUP, false, false},
    {MESSAGE_BACKUP_STEP, false, true}, {MESSAGE_RESUME, false, false},
    {MESSAGE_CLOCK_TRUST, false, false},
    {MESSAGE_WIPED, false, false}, /* the last: it ends the process */
};

#define REQUESTS (sizeof requests / sizeof requests[0])

static bool is_list(enum message_type type)
{
    for (size_t i = 0; i < REQUESTS; i++)
        if (requests[i].type == type)
            return requests[i].list;
    return false;
}

/* The first answer to an empty request; a list is read to its end. */
static struct message ask_empty(int fd, enum message_type type)
{
    struct message request = {.type = type, .fd = -1};
    struct message first, next;
    put(fd, &request);
    receive(fd, &first);
    for (next = first; is_list(type) && next.type != MESSAGE_END && next.type != MESSAGE_REFUSED;)
        receive(fd, &next);
    return first;
}

static bool is_denied(const struct message *answer)
{
    return answer->type == MESSAGE_REFUSED && answer->as.refused.result == ERR_DENIED;
}

static void each_request_is_for_whom_it_should_be(void **state)
{
    struct rig *rig = *state;
    int newsroom = plug_newsroom(rig);
    subscribe(rig, 1);
    for (size_t i = 0; i < REQUESTS; i++) {
        struct message answer = ask_empty(newsroom, requests[i].type);
        if (is_denied(&answer) == requests[i].newsroom)
            fail_msg("%s: denied to the newsroom: %d", messages_name(requests[i].type),
                is_denied(&answer));
        if (is_denied(&answer))
            assert_non_null(strstr(answer.as.refused.detail, "newsroom"));
    }
    for (size_t i = 0; i + 1 < REQUESTS; i++) {
        struct message answer = ask_empty(rig->control, requests[i].type);
        if (is_denied(&answer))
            fail_msg("%s: denied to the control socket", messages_name(requests[i].type));
    }
    close(newsroom);
}

/* What is no request is none for the newsroom either; its table and the dispatcher's name the same. */
static void there_are_no_other_requests(void **state)
{
    struct rig *rig = *state;
    int newsroom = plug_newsroom(rig);
    for (int type = MESSAGE_NONE + 1; type < MESSAGE_TYPE_COUNT; type++) {
        bool known = false;
        for (size_t i = 0; i < REQUESTS; i++)
            known = known || requests[i].type == (enum message_type)type;
        if (known)
            continue;
        struct message answer = ask_empty(newsroom, (enum message_type)type);
        if (answer.type != MESSAGE_REFUSED || answer.as.refused.result != ERR_FORMAT)
            fail_msg("%s is answered by %s", messages_name((enum message_type)type),
                messages_name(answer.type));
    }
    close(newsroom);
}

static void it_orders_no_test_text_but_pauses(void **state)
{
    struct rig *rig = *state;
    int newsroom = plug_newsroom(rig);
    plug(rig, 0);
    struct message message = {.type = MESSAGE_MODEM_CONTROL, .fd = -1};
    snprintf(message.as.modem_control.name, MESSAGES_NAME_SIZE, "m0");
    message.as.modem_control.control = MESSAGE_CONTROL_PAUSE;
    put(newsroom, &message);
    expect(newsroom, &message, MESSAGE_OK);
    message = (struct message){.type = MESSAGE_MODEM_CONTROL, .fd = -1};
    snprintf(message.as.modem_control.name, MESSAGES_NAME_SIZE, "m0");
    message.as.modem_control.control = MESSAGE_CONTROL_TEST;
    snprintf(message.as.modem_control.number, MESSAGES_NUMBER_SIZE, "+77011234567");
    put(newsroom, &message);
    expect(newsroom, &message, MESSAGE_REFUSED);
    assert_int_equal(message.as.refused.result, ERR_DENIED);
    pull(rig->modems[0]);
    assert_true(is_silent(rig->modems[0], 200));
    close(newsroom);
}

/* Requests that come at once are answered in their order, lists whole. */
static void answers_come_in_the_order_of_the_requests(void **state)
{
    struct rig *rig = *state;
    int newsroom = plug_newsroom(rig);
    struct message message;
    for (unsigned round = 0; round < 20; round++) {
        static const enum message_type types[] = {
            MESSAGE_ROSTER_GET, MESSAGE_STATUS_GET, MESSAGE_WIPED, MESSAGE_AUDIT_VERIFY};
        for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
            message = (struct message){.type = types[i], .fd = -1};
            put(newsroom, &message);
        }
    }
    for (unsigned round = 0; round < 20; round++) {
        expect(newsroom, &message, MESSAGE_SEALED);
        expect(newsroom, &message, MESSAGE_STATUS_SITE);
        expect(newsroom, &message, MESSAGE_END);
        expect(newsroom, &message, MESSAGE_REFUSED);
        expect(newsroom, &message, MESSAGE_OK);
    }
    close(newsroom);
}

/* What it asks for and does not fetch costs the gateway nothing, and others are served as before. */
static void one_that_asks_without_end_harms_nobody(void **state)
{
    struct rig *rig = *state;
    struct message message;
    int newsroom = plug_newsroom(rig);
    unsigned asked = 0;
    for (enum err err = ERR_OK; err == ERR_OK && asked < 100000; asked++) {
        message = (struct message){.type = MESSAGE_STATUS_GET, .fd = -1};
        err = messages_send(newsroom, &message);
        if (err == ERR_BUSY && asked % 100 != 99) {
            usleep(1000);
            err = ERR_OK;
        }
    }
    assert_true(asked < 100000); /* the socket was full: the gateway does not read on */
    assert_int_equal(ask_empty(rig->control, MESSAGE_STATUS_GET).type, MESSAGE_STATUS_SITE);
    close(newsroom); /* in the middle of a list */
    assert_int_equal(ask_empty(rig->control, MESSAGE_STATUS_GET).type, MESSAGE_STATUS_SITE);
    newsroom = plug_newsroom(rig);
    assert_int_equal(ask_empty(newsroom, MESSAGE_ROSTER_GET).type, MESSAGE_SEALED);
    close(newsroom);
}

static void what_it_may_not_is_on_the_record(void **state)
{
    struct rig *rig = *state;
    int newsroom = plug_newsroom(rig);
    (void)ask_empty(newsroom, MESSAGE_EXPORT_NEXT);
    close(newsroom);
    newsroom = plug_newsroom(rig); /* started anew after it ended */
    struct message message = {.type = MESSAGE_AUDIT_LIST, .fd = -1};
    bool found = false;
    put(newsroom, &message);
    for (receive(newsroom, &message); message.type == MESSAGE_AUDIT; receive(newsroom, &message))
        found = found || strstr(message.as.audit.detail, "export_next") != NULL;
    assert_int_equal(message.type, MESSAGE_END);
    assert_true(found);
    close(newsroom);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_request_is_for_whom_it_should_be, setup, teardown),
        cmocka_unit_test_setup_teardown(there_are_no_other_requests, setup, teardown),
        cmocka_unit_test_setup_teardown(it_orders_no_test_text_but_pauses, setup, teardown),
        cmocka_unit_test_setup_teardown(answers_come_in_the_order_of_the_requests, setup, teardown),
        cmocka_unit_test_setup_teardown(one_that_asks_without_end_harms_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(what_it_may_not_is_on_the_record, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
