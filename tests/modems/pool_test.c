/* The worker as one of a bank: found by identity, unplugged, replugged; what it says of itself. */
#include "tests/modems/pool.h"

/* ---- by identity ---- */

static void test_each_finds_its_own(void **state)
{
    struct pool *pool = *state;
    seek(pool, &pool->bench, OPTION(SECOND));
    seek(pool, &pool->second, OPTION(FIRST));
    wait_for(&pool->bench, MESSAGE_MODEM_HELLO);
    assert_string_equal(pool->bench.got.as.modem_hello.imei, SECOND);
    assert_true(strlen(pool->bench.got.as.modem_hello.iccid) >= 18);
    wait_for(&pool->second, MESSAGE_MODEM_HELLO);
    assert_string_equal(pool->second.got.as.modem_hello.imei, FIRST);
    send_plain(&pool->bench, "by the second");
    send_plain(&pool->second, "by the first");
    expect_shown(&pool->bench, "by the second");
    expect_shown(&pool->bench, "by the first");
}

static void test_by_sim(void **state)
{
    struct pool *pool = *state;
    seek(pool, &pool->bench, OPTION(SECOND));
    wait_for(&pool->bench, MESSAGE_MODEM_HELLO);
    char iccid[MESSAGES_NAME_SIZE];
    memcpy(iccid, pool->bench.got.as.modem_hello.iccid, sizeof iccid);
    stop(pool->bench.worker);
    close(pool->bench.fd);
    start_worker_with(
        &pool->bench, OPTIONS(OPTION("--iccid"), iccid, OPTION("--devices"), pool->globs));
    wait_for(&pool->bench, MESSAGE_MODEM_HELLO);
    assert_string_equal(pool->bench.got.as.modem_hello.imei, SECOND);
}

static void test_replugged_under_another_name(void **state)
{
    struct pool *pool = *state;
    seek(pool, &pool->bench, OPTION(FIRST));
    send_plain(&pool->bench, "before");
    fault_first(&pool->bench, OPTION("vanish=1"));
    wait_condition(&pool->bench, MESSAGE_MODEM_GONE);
    unplug(pool, "a");
    unplug(pool, "b");
    plug(pool, "c", 2);
    plug(pool, "d", 1);
    int64_t from_ms = clock_boot_ms();
    wait_condition(&pool->bench, MESSAGE_MODEM_ONLINE);
    assert_in_range(clock_boot_ms() - from_ms, 0, 6000);
    send_plain(&pool->bench, "after");
}

static void test_not_there(void **state)
{
    struct pool *pool = *state;
    seek(pool, &pool->bench, OPTION("490154203237518"));
    wait_condition(&pool->bench, MESSAGE_MODEM_GONE);
    assert_non_null(strstr(pool->bench.state.detail, "490154203237518"));
    assert_false(wait_within(&pool->bench, MESSAGE_MODEM_HELLO, 1000));
}

static void test_two_do_not_fight(void **state)
{
    struct pool *pool = *state;
    start_worker(&pool->bench, NULL, NULL);
    send_plain(&pool->bench, "one");
    start_worker(&pool->second, NULL, NULL);
    wait_condition(&pool->second, MESSAGE_MODEM_GONE);
    assert_false(wait_within(&pool->second, MESSAGE_MODEM_HELLO, 1000));
    send_plain(&pool->bench, "two");
    assert_int_not_equal(pool->bench.condition, MESSAGE_MODEM_SICK);
    stop_worker(&pool->bench);
    pool->bench.worker = 0;
    wait_for(&pool->second, MESSAGE_MODEM_HELLO);
}

static void test_another_modem_at_the_tty(void **state)
{
    struct pool *pool = *state;
    (void)snprintf(pool->bench.device, sizeof pool->bench.device, "%s/a", pool->dev);
    start_worker(&pool->bench, NULL, NULL);
    wait_condition(&pool->bench, MESSAGE_MODEM_ONLINE);
    assert_string_equal(pool->bench.state.detail, "");
    unplug(pool, "b");
    fault_first(&pool->bench, OPTION("vanish=30"));
    wait_condition(&pool->bench, MESSAGE_MODEM_GONE);
    unplug(pool, "a");
    plug(pool, "a", 2);
    wait_condition(&pool->bench, MESSAGE_MODEM_ONLINE);
    assert_non_null(strstr(pool->bench.state.detail, "another modem"));
    assert_non_null(strstr(pool->bench.state.detail, FIRST));
    assert_non_null(strstr(pool->bench.state.detail, SECOND));
}

/* ---- what it says of itself ---- */

static void wait_state(struct bench *bench, bool (*holds)(const struct message_modem_state *state))
{
    int64_t until_ms = clock_boot_ms() + WAIT_MS;
    while (!holds(&bench->state)) {
        if (clock_boot_ms() >= until_ms)
            fail_msg("the state that is awaited does not come");
        (void)wait_within(bench, MESSAGE_MODEM_STATE, 500);
    }
}

static bool is_registered(const struct message_modem_state *state)
{
    return state->registration == 1 && state->signal == 67 &&
           strcmp(state->operator_name, "Sim.kz") == 0;
}

static bool is_searching(const struct message_modem_state *state)
{
    return state->registration == 2 && state->signal == 255 && state->operator_name[0] == '\0';
}

static void test_network(void **state)
{
    struct pool *pool = *state;
    start_worker(&pool->bench, NULL, NULL);
    wait_state(&pool->bench, is_registered);
    assert_int_equal(pool->bench.state.credit, -1);
    fault_first(&pool->bench, OPTION("no-network=3"));
    const struct message_part part = make_part("nowhere", MESSAGE_GSM7);
    submit(&pool->bench, &part);
    assert_int_equal(wait_failed(&pool->bench)->cause, MESSAGE_CAUSE_NETWORK);
    wait_state(&pool->bench, is_searching);
    assert_int_equal(pool->bench.condition, MESSAGE_MODEM_ONLINE);
    pause_ms(3000);
    send_plain(&pool->bench, "there");
}

static bool has_100(const struct message_modem_state *state)
{
    return state->credit == 100;
}

static bool has_85(const struct message_modem_state *state)
{
    return state->credit == 85;
}

static bool has_nothing(const struct message_modem_state *state)
{
    return state->credit == 0;
}

static void start_counting(struct pool *pool, char *pattern)
{
    start_worker_with(&pool->bench,
        OPTIONS(OPTION("--device"), pool->bench.device, OPTION("--ussd"), OPTION("*100#"),
            OPTION("--ussd-pattern"), pattern, OPTION("--ussd-every"), OPTION("2")));
}

static void test_credit(void **state)
{
    struct pool *pool = *state;
    start_counting(pool, OPTION("Balance: ([0-9]+)"));
    wait_state(&pool->bench, has_100);
    send_plain(&pool->bench, "costs 15");
    wait_state(&pool->bench, has_85);
    fault_first(&pool->bench, OPTION("no-credit=50"));
    wait_state(&pool->bench, has_nothing);
    assert_int_equal(pool->bench.condition, MESSAGE_MODEM_ONLINE);
}

/* A pattern that finds nothing costs the credit, and no more. */
static void test_credit_unread(void **state)
{
    struct pool *pool = *state;
    start_counting(pool, OPTION("Guthaben: ([0-9]+)"));
    send_plain(&pool->bench, "one");
    assert_false(wait_within(&pool->bench, MESSAGE_PART_FAILED, 6000));
    assert_int_equal(pool->bench.state.credit, -1);
    send_plain(&pool->bench, "two");
    assert_int_not_equal(pool->bench.condition, MESSAGE_MODEM_SICK);
}

static void test_pace_is_told(void **state)
{
    struct pool *pool = *state;
    start_worker_with(&pool->bench,
        OPTIONS(OPTION("--device"), pool->bench.device, OPTION("--pace"), OPTION("10")));
    wait_state(&pool->bench, is_registered);
    assert_int_equal(pool->bench.state.pace, 10);
    for (int i = 0; i < 11; i++)
        send_plain(&pool->bench, "well");
    fault_first(&pool->bench, OPTION("no-prompt"));
    const struct message_part part = make_part("unsaid", MESSAGE_GSM7);
    give(&pool->bench, &part);
    assert_false(wait_failed(&pool->bench)->doubt);
    assert_int_equal(pool->bench.state.pace, 5);
    send_plain(&pool->bench, "slowly");
    wait_condition(&pool->bench, MESSAGE_MODEM_ONLINE);
    assert_int_equal(pool->bench.state.pace, 100);
}

static void test_identify(void **state)
{
    struct pool *pool = *state;
    char text[TEXT_SIZE];
    ask_sim(&pool->bench,
        ((char *const[]){OPTION("dabyl-modem"), OPTION("--device"), pool->bench.device,
            OPTION("--identify"), OPTION("--json"), NULL}),
        text);
    assert_non_null(strstr(text, "\"imei\":\"" FIRST "\""));
    assert_non_null(strstr(text, "\"iccid\":\"89"));
    assert_non_null(strstr(text, "\"operator\":\"Sim.kz\""));
    assert_non_null(strstr(text, "\"signal\":67,\"registration\":1,"));
    ask_sim(&pool->bench,
        ((char *const[]){OPTION("dabyl-modem"), OPTION("--imei"), OPTION(SECOND),
            OPTION("--devices"), pool->globs, OPTION("--identify"), NULL}),
        text);
    assert_non_null(strstr(text, "imei      " SECOND));
    ask_sim(&pool->bench,
        ((char *const[]){OPTION("dabyl-modem"), OPTION("--devices"), pool->globs,
            OPTION("--identify"), OPTION("--json"), NULL}),
        text);
    assert_non_null(strstr(text, "\"imei\":\"" FIRST "\""));
    assert_non_null(strstr(text, "\"imei\":\"" SECOND "\""));
    assert_int_equal(text[0], '{');
    assert_non_null(strstr(text, "}\n{"));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, begin_pool, end_pool)

int main(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        WITH(test_each_finds_its_own),
        WITH(test_by_sim),
        WITH(test_replugged_under_another_name),
        WITH(test_not_there),
        WITH(test_two_do_not_fight),
        WITH(test_another_modem_at_the_tty),
        WITH(test_network),
        WITH(test_credit),
        WITH(test_credit_unread),
        WITH(test_pace_is_told),
        WITH(test_identify),
    };
    cmocka_set_test_filter(getenv("POOL_TEST_FILTER"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
