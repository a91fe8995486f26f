#include "modems/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TAPE_SIZE 4096

/* What came out, in order: bytes to the modem, bytes to the talker, and events as "name value text\n". */
struct tape {
    char modem[TAPE_SIZE];
    char talker[TAPE_SIZE];
    char events[TAPE_SIZE];
};

static const char *const event_names[FILTER_EVENT_COUNT] = {"prompted", "holding", "sent",
    "refused", "late", "line", "done", "arrived", "pdu", "ussd", "synced"};

static void append(char tape[TAPE_SIZE], const char *bytes, size_t size)
{
    size_t used = strlen(tape);
    assert_true(used + size < TAPE_SIZE);
    memcpy(tape + used, bytes, size);
    tape[used + size] = '\0';
}

static void to_modem(void *arg, const void *bytes, size_t size)
{
    append(((struct tape *)arg)->modem, bytes, size);
}

static void to_talker(void *arg, const void *bytes, size_t size)
{
    append(((struct tape *)arg)->talker, bytes, size);
}

static void event(void *arg, enum filter_event event, int value, const char *text)
{
    char line[FILTER_LINE_MAX + 64];
    int size = snprintf(line, sizeof line, "%s %d %s\n", event_names[event], value, text);
    append(((struct tape *)arg)->events, line, (size_t)size);
}

static void begin(struct filter *filter, struct tape *tape)
{
    memset(tape, 0, sizeof *tape);
    const struct filter_sink sink = {to_modem, to_talker, event, tape};
    filter_init(filter, &sink);
}

static void modem(struct filter *filter, const char *text)
{
    filter_from_modem(filter, text, strlen(text));
}

static void talker(struct filter *filter, const char *text)
{
    filter_from_talker(filter, text, strlen(text));
}

static void wipe(struct tape *tape)
{
    memset(tape, 0, sizeof *tape);
}

static void test_answer(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    talker(&filter, "AT+CSCA?\r");
    assert_string_equal(tape.modem, "AT+CSCA?\r");
    modem(&filter, "AT+CSCA?\r\r\n+CSCA: \"+7701\",145\r\n\r\nOK\r\n");
    assert_string_equal(tape.talker, "AT+CSCA?\r\r\n+CSCA: \"+7701\",145\r\n\r\nOK\r\n");
    assert_string_equal(tape.events, "line 0 +CSCA: \"+7701\",145\ndone 0 OK\n");
    assert_int_equal(filter.state, FILTER_IDLE);
}

/* The talker hears the same whether the modem echoes or not, and however its bytes are torn. */
static void test_echo_and_tearing(void **state)
{
    (void)state;
    static const char *const ways[] = {"AT+CIMI\r\r\n401\r\n\r\nOK\r\n", "\r\n401\r\n\r\nOK\r\n",
        "401\nOK\n", "\r\n\r\n401\r\n\r\n\r\n\r\nOK\r\n"};
    for (size_t way = 0; way < sizeof ways / sizeof ways[0]; way++) {
        struct filter filter;
        struct tape tape;
        begin(&filter, &tape);
        talker(&filter, "AT+C");
        talker(&filter, "IMI\r");
        for (const char *at = ways[way]; *at != '\0'; at++)
            filter_from_modem(&filter, at, 1);
        assert_string_equal(tape.talker, "AT+CIMI\r\r\n401\r\n\r\nOK\r\n");
    }
}

static void test_unsolicited_is_kept_out(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    talker(&filter, "AT+CSQ\r");
    modem(&filter,
        "\r\n^RSSI:19\r\n\r\nRING\r\n+CREG: 1\r\n\r\n+CSQ: 20,99\r\n^MODE:5\r\n\r\nOK\r\n");
    assert_string_equal(tape.talker, "AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
    assert_int_equal(filter.dropped, 4);
    wipe(&tape);
    talker(&filter, "AT+CREG?\r");
    modem(&filter, "\r\n+CREG: 0,1\r\n\r\nOK\r\n");
    assert_string_equal(tape.talker, "AT+CREG?\r\r\n+CREG: 0,1\r\n\r\nOK\r\n");
    wipe(&tape);
    modem(&filter, "\r\nOK\r\n\r\n> \r\n^RSSI:19\r\n");
    assert_string_equal(tape.talker, "");
}

static void test_arrivals(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    modem(&filter, "\r\n+CMTI: \"SM\",3\r\n\r\n+CDS: 24\r\n0791AB\r\n+CBM: 88\r\n00AA\r\n");
    assert_string_equal(tape.events, "arrived 0 +CMTI: \"SM\",3\npdu 0 0791AB\n");
    assert_string_equal(tape.talker, "");
    wipe(&tape);
    talker(&filter, "AT+CMGL=4\r");
    modem(&filter,
        "\r\n+CMGL: 1,1,,23\r\n0791\r\n+CDS: 24\r\n0791AB\r\n+CMGL: 2,1,,23\r\n0792\r\n\r\nOK\r\n");
    assert_string_equal(tape.talker,
        "AT+CMGL=4\r\r\n+CMGL: 1,1,,23\r\n0791\r\n+CMGL: 2,1,,23\r\n0792\r\n\r\nOK\r\n");
    assert_non_null(strstr(tape.events, "pdu 0 0791AB\n"));
}

static void test_garbage_and_long_lines(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    talker(&filter, "AT+CGMM\r");
    filter_from_modem(&filter, "\0\r\n\xffModel\0 \x01X\r\n\0\r\nOK\r\n", 21);
    assert_string_equal(tape.talker, "AT+CGMM\r\r\nModel X\r\n\r\nOK\r\n");
    wipe(&tape);
    talker(&filter, "AT+CGMM\r");
    for (int i = 0; i < 3 * FILTER_LINE_MAX; i++)
        modem(&filter, "M");
    modem(&filter, "\r\n\r\nOK\r\n");
    assert_int_equal(strlen(tape.talker), strlen("AT+CGMM\r\r\n\r\n\r\nOK\r\n") + FILTER_LINE_MAX);
    assert_int_equal(filter.cut, 2 * FILTER_LINE_MAX);
}

/* Lets AT+CMGS run until Ctrl-Z is held back. */
static void write_pdu(struct filter *filter)
{
    talker(filter, "AT+CMGS=14\r");
    modem(filter, "AT+CMGS=14\r\r\n> ");
    talker(filter, "0011AABB");
    talker(filter, "\x1a");
}

static void test_ctrl_z_waits(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    assert_int_equal(filter_go(&filter), ERR_STATE);
    write_pdu(&filter);
    assert_string_equal(tape.modem, "AT+CMGS=14\r0011AABB");
    assert_string_equal(tape.talker, "AT+CMGS=14\r\r\n> ");
    assert_string_equal(tape.events, "prompted 0 \nholding 0 \n");
    assert_false(filter.ctrl_z);
    assert_int_equal(filter_go(&filter), ERR_OK);
    assert_true(filter.ctrl_z);
    assert_string_equal(tape.modem, "AT+CMGS=14\r0011AABB\x1a");
    assert_int_equal(filter_go(&filter), ERR_STATE);
    modem(&filter, "0011AABB\x1a\r\n+CMGS: 77\r\n\r\nOK\r\n");
    assert_string_equal(tape.talker, "AT+CMGS=14\r\r\n> \r\n+CMGS: 77\r\n\r\nOK\r\n");
    assert_string_equal(tape.events, "prompted 0 \nholding 0 \nsent 77 +CMGS: 77\n");
    assert_int_equal(filter.state, FILTER_IDLE);
}

static void test_nothing_but_the_prompt_is_the_prompt(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    talker(&filter, "AT+CMGS=14\r");
    modem(&filter, "\r\n^RSSI:19\r\n\r\nOK\r\nA> B\r\n\r\n+CMTI: \"SM\",1\r\n\r\nRING > \r\n");
    talker(&filter, "0011\x1a");
    assert_string_equal(tape.talker, "AT+CMGS=14\r");
    assert_string_equal(tape.modem, "AT+CMGS=14\r");
    modem(&filter, "\r\n> ");
    assert_string_equal(tape.talker, "AT+CMGS=14\r\r\n> ");
    talker(&filter, "00");
    assert_string_equal(tape.modem, "AT+CMGS=14\r00");
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *events;
    } ways[] = {{"+CMS ERROR: 38", "refused 38 +CMS ERROR: 38\n"},
        {"+CME ERROR: 515", "refused 515 +CME ERROR: 515\n"}, {"ERROR", "refused 0 ERROR\n"},
        {"0011AABB+CMS ERROR: 500", "refused 500 +CMS ERROR: 500\n"},
        {"+CMS ERROR: no network", "refused 0 +CMS ERROR: no network\n"}};
    for (size_t way = 0; way < sizeof ways / sizeof ways[0]; way++) {
        struct filter filter;
        struct tape tape;
        begin(&filter, &tape);
        write_pdu(&filter);
        assert_int_equal(filter_go(&filter), ERR_OK);
        wipe(&tape);
        modem(&filter, "\r\n");
        modem(&filter, ways[way].line);
        modem(&filter, "\r\n");
        assert_string_equal(tape.events, ways[way].events);
        assert_true(filter.ctrl_z);
        assert_int_equal(filter.state, FILTER_IDLE);
    }
}

static void test_refused_before_the_prompt(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    talker(&filter, "AT+CMGS=14\r");
    modem(&filter, "\r\n+CMS ERROR: 304\r\n");
    assert_string_equal(tape.events, "refused 304 +CMS ERROR: 304\n");
    assert_false(filter.ctrl_z);
}

static void test_garbage_before_the_result(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    write_pdu(&filter);
    assert_int_equal(filter_go(&filter), ERR_OK);
    wipe(&tape);
    modem(&filter, "\x80\x81@@@@garbage+CMGS: 5\r\n^RSSI:1\r\n\r\nOK\r\n");
    assert_string_equal(tape.events, "sent 5 +CMGS: 5\n");
    assert_string_equal(tape.talker, "\r\n+CMGS: 5\r\n\r\nOK\r\n");
}

static void test_ok_without_reference(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    write_pdu(&filter);
    assert_int_equal(filter_go(&filter), ERR_OK);
    wipe(&tape);
    modem(&filter, "\r\nOK\r\n");
    assert_string_equal(tape.events, "sent -1 OK\n");
}

#define RESYNC "\x1b\rAT+CMEE?\r"

static void test_drop(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    assert_int_equal(filter_drop(&filter), ERR_STATE);
    write_pdu(&filter);
    wipe(&tape);
    assert_int_equal(filter_drop(&filter), ERR_OK);
    assert_string_equal(tape.modem, RESYNC);
    assert_string_equal(tape.talker, "\r\nERROR\r\n");
    assert_int_equal(filter_go(&filter), ERR_STATE);
    talker(&filter, "AT+CSQ\r");
    assert_string_equal(tape.modem, RESYNC);
    modem(&filter, "\r\nOK\r\n\r\n> \r\n+CMEE: 1\r\n\r\nOK\r\n");
    assert_string_equal(tape.events, "synced 0 \n");
    assert_string_equal(tape.modem, RESYNC "AT+CSQ\r");
    assert_false(filter.ctrl_z);
}

/* Three tries: what was late for the first must not be taken for the third's. */
static void test_resync_again(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    filter_resync(&filter);
    filter_resync(&filter);
    modem(&filter, "\r\n+CMEE: 1\r\n\r\nOK\r\n");
    assert_int_equal(filter.state, FILTER_RESYNC);
    modem(&filter, "\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
    assert_int_equal(filter.state, FILTER_IDLE);
    filter_resync(&filter);
    assert_string_equal(tape.modem, RESYNC "\x1b\rAT+CSQ\r" RESYNC);
}

static void test_talker_gives_up(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    write_pdu(&filter);
    wipe(&tape);
    talker(&filter, "\x1b\r");
    assert_string_equal(tape.modem, RESYNC);
    assert_int_equal(filter.state, FILTER_RESYNC);
}

static void test_late_result(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    write_pdu(&filter);
    assert_int_equal(filter_go(&filter), ERR_OK);
    filter_resync(&filter);
    wipe(&tape);
    modem(&filter, "\r\n+CMGS: 9\r\n\r\nOK\r\n");
    assert_string_equal(tape.events, "late 9 +CMGS: 9\n");
    assert_int_equal(filter.state, FILTER_RESYNC);
    modem(&filter, "\r\n+CMEE: 0\r\n\r\nOK\r\n\r\n+CMGS: 10\r\n");
    assert_string_equal(tape.events, "late 9 +CMGS: 9\nsynced 0 \nlate 10 +CMGS: 10\n");
    assert_true(filter.ctrl_z);
}

static void test_new_command_replaces(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    talker(&filter, "AT+COPS?\r");
    talker(&filter, "\x1b\r");
    talker(&filter, "AT\r");
    modem(&filter, "\r\n+COPS: 0\r\n\r\nOK\r\n");
    assert_string_equal(tape.modem, "AT+COPS?\rAT\r");
    assert_string_equal(tape.talker, "AT+COPS?\rAT\r\r\nOK\r\n");
}

static void count_bytes(void *arg, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)arg += size;
}

static void ignore_bytes(void *arg, const void *bytes, size_t size)
{
    (void)arg;
    (void)bytes;
    (void)size;
}

static void ignore_event(void *arg, enum filter_event event, int value, const char *text)
{
    (void)arg;
    (void)event;
    (void)value;
    (void)text;
}

static void test_endless_answer_is_bounded(void **state)
{
    (void)state;
    struct filter filter;
    size_t heard = 0;
    const struct filter_sink sink = {ignore_bytes, count_bytes, ignore_event, &heard};
    filter_init(&filter, &sink);
    talker(&filter, "AT+CMGL=4\r");
    for (int i = 0; i < 2 * FILTER_ANSWER_MAX / 10; i++)
        modem(&filter, "0123456789\r\n");
    assert_in_range(heard, FILTER_ANSWER_MAX / 2, FILTER_ANSWER_MAX + 64);
    modem(&filter, "OK\r\n");
    assert_int_equal(filter.state, FILTER_IDLE);
}

/* The worker asks while the talker is idle; what the talker writes meanwhile waits for the answer. */
static void test_ask(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    assert_int_equal(filter_ask(&filter, "AT+CSQ"), ERR_OK);
    assert_string_equal(tape.modem, "AT+CSQ\r");
    assert_int_equal(filter_ask(&filter, "AT+CREG?"), ERR_STATE);
    talker(&filter, "AT+CIMI\r");
    modem(&filter, "AT+CSQ\r\r\n^RSSI: 3\r\n+CSQ: 21,99\r\n\r\nOK\r\n");
    assert_string_equal(tape.events, "line 0 +CSQ: 21,99\ndone 0 OK\n");
    assert_string_equal(tape.modem, "AT+CSQ\rAT+CIMI\r");
    assert_string_equal(tape.talker, "AT+CIMI\r");
    wipe(&tape);
    modem(&filter, "\r\n401\r\n\r\nOK\r\n");
    assert_string_equal(tape.talker, "\r\n401\r\n\r\nOK\r\n");
    talker(&filter, "AT+C");
    assert_int_equal(filter_ask(&filter, "AT+CSQ"), ERR_STATE);
}

static void test_ask_is_forgotten(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    assert_int_equal(filter_ask(&filter, "AT+CSQ"), ERR_OK);
    filter_resync(&filter);
    modem(&filter, "+CMEE: 1\r\nOK\r\n");
    wipe(&tape);
    talker(&filter, "AT\r");
    modem(&filter, "OK\r\n");
    assert_string_equal(tape.talker, "AT\r\r\nOK\r\n");
}

static void test_ussd(void **state)
{
    (void)state;
    struct filter filter;
    struct tape tape;
    begin(&filter, &tape);
    modem(&filter, "+CUSD: 0,\"Balance: 5\",15\r\n");
    modem(&filter, "+CUSD: 0,\"One\r\n\r\nTwo\nOK\",15\r\nRING\r\n");
    modem(&filter, "+CUSD: 2\r\n");
    assert_string_equal(tape.events, "ussd 0 +CUSD: 0,\"Balance: 5\",15\n"
                                     "ussd 0 +CUSD: 0,\"One Two OK\",15\nussd 0 +CUSD: 2\n");
    assert_string_equal(tape.talker, "");
    /* while a command of the talker's runs, its answer comes first; and what never ends does not swallow the rest */
    wipe(&tape);
    talker(&filter, "AT\r");
    modem(&filter, "+CUSD: 0,\"One\r\nOK\r\n");
    assert_string_equal(tape.events, "ussd 0 +CUSD: 0,\"One\ndone 0 OK\n");
    wipe(&tape);
    modem(&filter, "+CUSD: 0,\"One\r\n");
    for (int i = 0; i < 60; i++)
        modem(&filter, "RING RING\r\n");
    assert_non_null(strstr(tape.events, "ussd 0 +CUSD: 0,\"One RING RING"));
    wipe(&tape);
    modem(&filter, "+CMTI: \"SM\",1\r\n");
    assert_string_equal(tape.events, "arrived 0 +CMTI: \"SM\",1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer),
        cmocka_unit_test(test_echo_and_tearing),
        cmocka_unit_test(test_unsolicited_is_kept_out),
        cmocka_unit_test(test_arrivals),
        cmocka_unit_test(test_garbage_and_long_lines),
        cmocka_unit_test(test_ctrl_z_waits),
        cmocka_unit_test(test_nothing_but_the_prompt_is_the_prompt),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_refused_before_the_prompt),
        cmocka_unit_test(test_garbage_before_the_result),
        cmocka_unit_test(test_ok_without_reference),
        cmocka_unit_test(test_drop),
        cmocka_unit_test(test_resync_again),
        cmocka_unit_test(test_talker_gives_up),
        cmocka_unit_test(test_late_result),
        cmocka_unit_test(test_new_command_replaces),
        cmocka_unit_test(test_endless_answer_is_bounded),
        cmocka_unit_test(test_ask),
        cmocka_unit_test(test_ask_is_forgotten),
        cmocka_unit_test(test_ussd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
