/* Handing verified bulletins to a gateway that is there, is not, hangs, or can't take them yet. */
#include "audio/rx_relay.h"
#include "gateway/base/ipc.h"
#include "gateway/messages/messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PATH_SIZE 64
#define TRIES 1000

static char folder[] = "/tmp/rx_relay_testXXXXXX";
static char control[PATH_SIZE];
static struct rx_relay relay;
static char why[RX_RELAY_WHY_SIZE];
static int listening, peer;
static int64_t now_ms;

static void add(uint8_t mark)
{
    uint8_t bytes[100] = {mark};
    const struct rx_heard heard = {.sealed = bytes, .sealed_size = sizeof bytes};
    rx_relay_add(&relay, &heard);
}

static void check_told(const char *text)
{
    assert_true(rx_relay_step(&relay, why, now_ms));
    if (!strstr(why, text))
        fail_msg("\"%s\" is not in \"%s\"", text, why);
}

static void check_quiet(void)
{
    if (rx_relay_step(&relay, why, now_ms))
        fail_msg("told: %s", why);
}

/* The gateway takes the connection, and the bulletin with this mark. */
static void accept_bulletin(uint8_t mark)
{
    struct message message;
    check_quiet();
    assert_int_equal(ipc_accept(&peer, listening), ERR_OK);
    assert_int_equal(messages_receive(peer, &message), ERR_OK);
    assert_int_equal(message.type, MESSAGE_BULLETIN_SUBMIT);
    assert_int_equal(message.as.sealed.sealed.size, 100);
    assert_int_equal(message.as.sealed.sealed.bytes[0], mark);
}

static void answer(enum err result, uint64_t value)
{
    struct message message = {.type = result ? MESSAGE_REFUSED : MESSAGE_OK, .fd = -1};
    if (result)
        message.as.refused.result = (uint8_t)result;
    else
        message.as.ok.value = value;
    assert_int_equal(messages_send(peer, &message), ERR_OK);
    rx_relay_wait(&relay);
    close(peer);
}

static int start(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    (void)snprintf(control, sizeof control, "%s/control", folder);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    return rmdir(folder);
}

static int set_up(void **state)
{
    (void)state;
    relay = (struct rx_relay){.socket = folder};
    now_ms = 1000;
    return ipc_listen(&listening, control) == ERR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    if (relay.asked)
        close(relay.fd);
    close(listening);
    (void)unlink(control);
    return 0;
}

/* Away for minutes: said once, and each bulletin is handed over when it is back. */
static void test_away(void **state)
{
    (void)state;
    close(listening);
    unlink(control);
    check_quiet();
    add(1);
    add(2);
    check_told("the gateway cannot be reached");
    for (int i = 0; i < 60; i++, now_ms += RX_RELAY_RETRY_MS)
        check_quiet();
    assert_int_equal(ipc_listen(&listening, control), ERR_OK);
    accept_bulletin(1);
    answer(ERR_OK, 41);
    check_told("the gateway has taken bulletin 41");
    accept_bulletin(2);
    answer(ERR_OK, 42);
    check_told("the gateway has taken bulletin 42");
    check_quiet();
    assert_int_equal(relay.waiting_count, 0);
}

/* A gateway that takes no connection, or gives no answer, holds nothing up: nothing waits for it. */
static void test_hangs(void **state)
{
    (void)state;
    add(1);
    for (int i = 0; i < TRIES; i++)
        check_quiet();
    assert_true(relay.asked);
    now_ms += RX_RELAY_ANSWER_MS;
    check_told("no answer in time");
    for (int i = 0; i < TRIES; i++, now_ms += RX_RELAY_RETRY_MS)
        check_quiet();
    assert_int_equal(relay.waiting_count, 1);
    assert_true(relay.away);
}

/* It goes away between question and answer: asked again later. */
static void test_ends_early(void **state)
{
    (void)state;
    add(1);
    accept_bulletin(1);
    close(peer);
    rx_relay_wait(&relay);
    check_told("the gateway cannot be reached");
    now_ms += RX_RELAY_RETRY_MS - 1;
    check_quiet();
    assert_false(relay.asked);
    now_ms++;
    accept_bulletin(1);
    answer(ERR_OK, 41);
    check_told("the gateway has taken bulletin 41");
}

/* Without the editor's roster it can't take a bulletin yet; others go before it then. One that is no good is not tried again. */
static void test_refused(void **state)
{
    (void)state;
    add(1);
    add(2);
    add(3);
    accept_bulletin(1);
    answer(ERR_ROSTER, 0);
    check_told("tried again later");
    check_quiet();
    now_ms += RX_RELAY_RETRY_MS;
    accept_bulletin(2);
    answer(ERR_SEAL, 0);
    check_told("the gateway refused a bulletin: a signature does not verify");
    accept_bulletin(3);
    answer(ERR_OK, 43);
    check_told("43");
    accept_bulletin(1);
    answer(ERR_OK, 41);
    check_told("41");
    assert_int_equal(relay.waiting_count, 0);
}

/* Too many wait: the oldest that is not just being handed over gives way, and is counted. */
static void test_full(void **state)
{
    (void)state;
    for (int i = 0; i < RX_RELAY_WAITING_MAX; i++)
        add((uint8_t)i);
    accept_bulletin(0);
    add(200);
    assert_int_equal(relay.dropped, 1);
    assert_int_equal(relay.waiting_count, RX_RELAY_WAITING_MAX);
    answer(ERR_OK, 41);
    check_told("41");
    accept_bulletin(2);
    answer(ERR_OK, 42);
    check_told("42");
    assert_int_equal(relay.waiting[relay.waiting_count - 1].bytes[0], 200);
}

/* Without a gateway nothing is handed over. */
static void test_none(void **state)
{
    (void)state;
    relay.socket = NULL;
    add(1);
    check_quiet();
    assert_int_equal(ipc_accept(&peer, listening), ERR_BUSY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hangs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ends_early, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_none, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
