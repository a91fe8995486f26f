/* The worker with a modem that falls silent, loses its SIM, and is nursed: how soon its work is given back, and how soon it
 * works again.
 */
#include "tests/modems/pool.h"

#define WORK_BACK_MS 10000
#define WELL_AGAIN_MS 5000

/* ---- sick and well ---- */

/* Falls silent, gives its work back in time, and is back in time when it answers again. */
static void play_illness(struct pool *pool, char *spec)
{
    struct bench *bench = &pool->bench;
    const struct message_part part = make_part("ill", MESSAGE_GSM7);
    if (!bench->pulled)
        wait_for(bench, MESSAGE_PULL);
    fault_first(bench, spec);
    int64_t from_ms = clock_boot_ms();
    give(bench, &part);
    assert_false(wait_failed(bench)->doubt);
    wait_condition(bench, MESSAGE_MODEM_SICK);
    assert_in_range(clock_boot_ms() - from_ms, 0, WORK_BACK_MS);
    assert_false(wait_within(bench, MESSAGE_MODEM_HELLO, 4000));
    fault_first(bench, OPTION("clear"));
    from_ms = clock_boot_ms();
    wait_condition(bench, MESSAGE_MODEM_ONLINE);
    assert_in_range(clock_boot_ms() - from_ms, 0, WELL_AGAIN_MS);
    send_plain(bench, "well");
}

static void test_hangs(void **state)
{
    struct pool *pool = *state;
    start_worker_with(&pool->bench,
        OPTIONS(OPTION("--device"), pool->bench.device, OPTION("--prompt-timeout"), OPTION("8")));
    play_illness(pool, OPTION("hang"));
}

static void test_stalls(void **state)
{
    struct pool *pool = *state;
    start_worker(&pool->bench, NULL, NULL);
    play_illness(pool, OPTION("stall"));
}

static void test_mutes(void **state)
{
    struct pool *pool = *state;
    seek(pool, &pool->bench, OPTION(FIRST));
    play_illness(pool, OPTION("mute=0.2"));
}

static void test_is_told_to_restart(void **state)
{
    struct pool *pool = *state;
    char text[TEXT_SIZE];
    start_worker_with(&pool->bench,
        OPTIONS(OPTION("--device"), pool->bench.device, OPTION("--patience"), OPTION("2")));
    wait_for(&pool->bench, MESSAGE_PULL);
    read_file(text, pool->log);
    assert_null(strstr(text, "\"restart\""));
    fault_first(&pool->bench, OPTION("no-sim=8"));
    inject(&pool->bench, OPTION(NUMBER), OPTION("STOP"));
    const struct message_part part = make_part("no SIM", MESSAGE_GSM7);
    give(&pool->bench, &part);
    wait_condition(&pool->bench, MESSAGE_MODEM_SICK);
    int64_t until_ms = clock_boot_ms() + 12000;
    while (strstr(text, "\"restart\"") == NULL && clock_boot_ms() < until_ms) {
        pause_ms(100);
        read_file(text, pool->log);
    }
    assert_non_null(strstr(text, "\"restart\""));
    wait_condition(&pool->bench, MESSAGE_MODEM_ONLINE);
    read_file(text, pool->log);
    assert_null(strstr(strstr(text, "\"restart\"") + 1, "\"restart\""));
}

/* The program gets the tty's own name, whatever links led to it, and its slowness stops nothing. */
static void test_power_is_cycled(void **state)
{
    struct pool *pool = *state;
    char program[96];
    char note[96];
    char text[TEXT_SIZE];
    char device[PATH_MAX];
    assert_non_null(realpath(pool->bench.device, device));
    (void)snprintf(program, sizeof program, "%s/power", pool->bench.dir);
    (void)snprintf(note, sizeof note, "%s/note", pool->bench.dir);
    FILE *file = fopen(program, "we");
    assert_non_null(file);
    (void)fprintf(file, "#!/bin/sh\nsleep 0.5\necho \"$# $1\" >> %s\n", note);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(program, 0700), 0);
    start_worker_with(
        &pool->bench, OPTIONS(OPTION("--device"), pool->bench.device, OPTION("--patience"),
                          OPTION("1"), OPTION("--usb-reset"), program));
    wait_for(&pool->bench, MESSAGE_PULL);
    fault_first(&pool->bench, OPTION("hang"));
    const struct message_part part = make_part("hangs", MESSAGE_GSM7);
    give(&pool->bench, &part);
    for (int i = 0; i < 300 && access(note, F_OK) != 0; i++)
        pause_ms(100);
    fault_first(&pool->bench, OPTION("clear"));
    wait_condition(&pool->bench, MESSAGE_MODEM_SICK);
    wait_condition(&pool->bench, MESSAGE_MODEM_ONLINE);
    read_file(text, note);
    char want[PATH_MAX + 4];
    (void)snprintf(want, sizeof want, "1 %s\n", device);
    assert_string_equal(text, want);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, begin_pool, end_pool)

int main(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        WITH(test_hangs),
        WITH(test_stalls),
        WITH(test_mutes),
        WITH(test_is_told_to_restart),
        WITH(test_power_is_cycled),
    };
    cmocka_set_test_filter(getenv("ILLNESS_TEST_FILTER"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
