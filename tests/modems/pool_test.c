/* The worker as one of a bank: found by identity, unplugged, replugged, sick, and well again. */
#include "tests/modems/bench.h"

#include <sys/stat.h>

#define FIRST "356938035643015"
#define SECOND "356938035643023"
#define OPTION(text) ((char[]){text})
#define WORK_BACK_MS 10000
#define WELL_AGAIN_MS 5000

/* Two modems; their ttys are seen under names of the test's own. */
struct pool {
    struct bench bench;
    struct bench second; /* another worker, same emulator */
    char dev[80];
    char globs[96];
    char log[96];
};

static void plug(struct pool *pool, const char *name, int modem)
{
    char link[160];
    char target[160];
    (void)snprintf(link, sizeof link, "%s/%s", pool->dev, name);
    (void)snprintf(target, sizeof target, "%s/modem%d", pool->bench.dir, modem);
    assert_int_equal(symlink(target, link), 0);
}

static void unplug(struct pool *pool, const char *name)
{
    char link[160];
    (void)snprintf(link, sizeof link, "%s/%s", pool->dev, name);
    assert_int_equal(unlink(link), 0);
}

static void start_pool_sim(struct pool *pool)
{
    struct bench *bench = &pool->bench;
    (void)snprintf(bench->dir, sizeof bench->dir, "/tmp/pool_test.XXXXXX");
    assert_non_null(mkdtemp(bench->dir));
    (void)snprintf(bench->device, sizeof bench->device, "%s/modem1", bench->dir);
    (void)snprintf(pool->dev, sizeof pool->dev, "%s/dev", bench->dir);
    (void)snprintf(pool->globs, sizeof pool->globs, "%s/*", pool->dev);
    (void)snprintf(pool->log, sizeof pool->log, "%s/log", bench->dir);
    char *const argv[] = {OPTION("dabyl-modemsim"), OPTION("--dir"), bench->dir, OPTION("--modems"),
        OPTION("2"), OPTION("--log"), pool->log, OPTION("--balance"), OPTION("100"), NULL};
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bench->sim = run(bench, argv, -1, null);
    close(null);
    wait_path(bench->device);
    char path[96];
    (void)snprintf(path, sizeof path, "%s/modem2", bench->dir);
    wait_path(path);
    assert_int_equal(mkdir(pool->dev, 0700), 0);
}

static int begin_pool(void **state)
{
    struct pool *pool = calloc(1, sizeof *pool);
    assert_non_null(pool);
    find_programs(&pool->bench);
    start_pool_sim(pool);
    plug(pool, "a", 1);
    plug(pool, "b", 2);
    pool->second = pool->bench;
    *state = pool;
    return 0;
}

static int end_pool(void **state)
{
    struct pool *pool = *state;
    if (pool->second.worker > 0)
        stop(pool->second.worker);
    if (pool->bench.worker > 0)
        stop(pool->bench.worker);
    stop(pool->bench.sim);
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf %s", pool->bench.dir);
    assert_int_equal(system(command), 0);
    free(pool);
    return 0;
}

static void fault_first(struct bench *bench, char *spec)
{
    char text[TEXT_SIZE];
    ask_sim(bench,
        SIM(OPTION("fault"), OPTION("--dir"), bench->dir, OPTION("--modem"), OPTION("1"), spec),
        text);
}

static void seek(struct pool *pool, struct bench *bench, char *imei)
{
    start_worker_with(bench, OPTIONS(OPTION("--imei"), imei, OPTION("--devices"), pool->globs));
}

static void read_file(char text[TEXT_SIZE], const char *path)
{
    text[0] = '\0';
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return;
    text[fread(text, 1, TEXT_SIZE - 1, file)] = '\0';
    (void)fclose(file);
}

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
        WITH(test_each_finds_its_own),
        WITH(test_by_sim),
        WITH(test_replugged_under_another_name),
        WITH(test_not_there),
        WITH(test_two_do_not_fight),
        WITH(test_another_modem_at_the_tty),
        WITH(test_hangs),
        WITH(test_stalls),
        WITH(test_mutes),
        WITH(test_is_told_to_restart),
        WITH(test_power_is_cycled),
    };
    cmocka_set_test_filter(getenv("POOL_TEST_FILTER"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
