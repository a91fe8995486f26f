/* The keyer with the real rigctld: whatever happens to its asker, to rigctld or to itself, the transmitter does not stay keyed. */
#include "audio/keyer.h"
#include "tests/audio/rigctld.h"

#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LONG_MS 60000
#define SECOND_MS 1000 /* the promise */
#define PATIENCE_MS 8000

struct site {
    struct rigctld rigctld;
    struct keyer_config config;
    struct keyer *keyer;
};

static struct keyer_report wait_report(struct keyer *keyer)
{
    struct pollfd ready = {.fd = keyer_fd(keyer), .events = POLLIN};
    struct keyer_report report;

    assert_int_equal(poll(&ready, 1, PATIENCE_MS), 1);
    assert_int_equal(keyer_read(keyer, &report), ERR_OK);
    return report;
}

static void want(struct keyer *keyer, enum keyer_state state, enum err err)
{
    struct keyer_report report = wait_report(keyer);

    assert_string_equal(keyer_print_state(report.state), keyer_print_state(state));
    assert_int_equal(report.err, err);
    assert_int_equal(report.why[0] == '\0', err == ERR_OK);
}

static int set_up(void **state)
{
    static struct site site;

    site = (struct site){.config = {.line = KEYER_RIGCTLD}};
    rigctld_start(&site.rigctld);
    (void)snprintf(site.config.rig, sizeof(site.config.rig), "%s", site.rigctld.place);
    site.keyer = keyer_new(&site.config);
    want(site.keyer, KEYER_UNKEYED, ERR_OK);
    *state = &site;
    return 0;
}

static int tear_down(void **state)
{
    struct site *site = *state;

    keyer_free(site->keyer);
    rigctld_kill(&site->rigctld);
    return 0;
}

static void key(struct site *site, uint32_t most_ms)
{
    assert_int_equal(keyer_key(site->keyer, most_ms, 7105000, "USB"), ERR_OK);
    want(site->keyer, KEYER_KEYED, ERR_OK);
    assert_true(rigctld_is_keyed(&site->rigctld));
}

static void beat_for(struct site *site, int64_t ms)
{
    int64_t until_ms = clock_boot_ms() + ms;

    while (clock_boot_ms() < until_ms) {
        assert_int_equal(keyer_beat(site->keyer), ERR_OK);
        (void)poll(NULL, 0, KEYER_BEAT_MS / 3);
    }
}

static void it_keys_and_unkeys_as_told(void **state)
{
    struct site *site = *state;
    char line[RIGCTLD_LINE_MAX];

    key(site, LONG_MS);
    assert_true(rigctld_ask(&site->rigctld, "f\n", line));
    assert_string_equal(line, "7105000");
    beat_for(site, 2 * KEYER_SILENT_MS);
    assert_true(rigctld_is_keyed(&site->rigctld));
    assert_int_equal(keyer_unkey(site->keyer), ERR_OK);
    want(site->keyer, KEYER_UNKEYED, ERR_OK);
    assert_false(rigctld_is_keyed(&site->rigctld));
}

static void without_a_heartbeat_it_unkeys(void **state)
{
    struct site *site = *state;

    key(site, LONG_MS);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
    want(site->keyer, KEYER_UNKEYED, ERR_TIMEOUT);
}

static void its_time_ends_whatever_the_heartbeat(void **state)
{
    struct site *site = *state;

    key(site, 700);
    beat_for(site, 900);
    assert_false(rigctld_is_keyed(&site->rigctld));
    want(site->keyer, KEYER_UNKEYED, ERR_TIMEOUT);
}

static void at_its_start_it_unkeys(void **state)
{
    struct site *site = *state;
    char line[RIGCTLD_LINE_MAX];
    struct keyer *second;

    assert_true(rigctld_ask(&site->rigctld, "T 1\n", line));
    assert_true(rigctld_is_keyed(&site->rigctld));
    second = keyer_new(&site->config);
    want(second, KEYER_UNKEYED, ERR_OK);
    assert_false(rigctld_is_keyed(&site->rigctld));
    keyer_free(second);
}

/* An asker of its own process keys, beats for ever, and is killed. */
static void a_killed_asker_leaves_it_unkeyed(void **state)
{
    struct site *site = *state;
    pid_t asker = fork();

    assert_true(asker >= 0);
    if (asker == 0) {
        struct keyer *keyer = keyer_new(&site->config);

        if (keyer_key(keyer, LONG_MS, 0, ""))
            _exit(1);
        for (;;) {
            (void)poll(NULL, 0, KEYER_BEAT_MS / 3);
            if (keyer_beat(keyer))
                _exit(1);
        }
    }
    assert_true(rigctld_becomes(&site->rigctld, true, PATIENCE_MS));
    (void)poll(NULL, 0, 2 * KEYER_SILENT_MS);
    assert_true(rigctld_is_keyed(&site->rigctld));
    assert_int_equal(kill(asker, SIGKILL), 0);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
    assert_int_equal(waitpid(asker, NULL, 0), asker);
}

static void a_terminated_keyer_unkeys(void **state)
{
    struct site *site = *state;

    key(site, LONG_MS);
    assert_int_equal(kill(keyer_pid(site->keyer), SIGTERM), 0);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
}

/* What it cannot say for sure it says, and refuses to key until it can. */
static void a_dead_rigctld_is_doubt(void **state)
{
    struct site *site = *state;

    key(site, LONG_MS);
    rigctld_kill(&site->rigctld);
    want(site->keyer, KEYER_DOUBT, ERR_DEVICE);
    assert_int_equal(keyer_key(site->keyer, LONG_MS, 0, ""), ERR_OK);
    struct keyer_report report = wait_report(site->keyer);
    assert_int_equal(report.state, KEYER_DOUBT);
    rigctld_run(&site->rigctld);
    while (report.state == KEYER_DOUBT)
        report = wait_report(site->keyer);
    assert_int_equal(report.state, KEYER_UNKEYED);
    key(site, LONG_MS);
}

static void a_hung_rigctld_does_not_hang_it(void **state)
{
    struct site *site = *state;

    key(site, LONG_MS);
    assert_int_equal(kill(site->rigctld.pid, SIGSTOP), 0);
    assert_int_equal(keyer_unkey(site->keyer), ERR_OK);
    want(site->keyer, KEYER_DOUBT, ERR_TIMEOUT);
    assert_int_equal(kill(site->rigctld.pid, SIGCONT), 0);
    assert_true(rigctld_becomes(&site->rigctld, false, PATIENCE_MS));
    struct keyer_report report = wait_report(site->keyer);
    while (report.state == KEYER_DOUBT)
        report = wait_report(site->keyer);
    assert_int_equal(report.state, KEYER_UNKEYED);
}

/* A frequency that the transceiver refuses is never keyed on. */
static void what_cannot_be_tuned_is_not_keyed(void **state)
{
    struct site *site = *state;

    assert_int_equal(keyer_key(site->keyer, LONG_MS, 7105000, "NOSUCH"), ERR_OK);
    want(site->keyer, KEYER_UNKEYED, ERR_DEVICE);
    assert_false(rigctld_is_keyed(&site->rigctld));
}

/* A pseudo-terminal has no RTS: what cannot be lowered is not raised. */
static void a_tty_without_lines_is_doubt(void **state)
{
    struct keyer_config config = {.line = KEYER_RTS};
    struct keyer *keyer;
    int master, slave;

    (void)state;
    assert_int_equal(openpty(&master, &slave, config.device, NULL, NULL), 0);
    keyer = keyer_new(&config);
    want(keyer, KEYER_DOUBT, ERR_DEVICE);
    assert_int_equal(keyer_key(keyer, LONG_MS, 0, ""), ERR_OK);
    assert_int_equal(wait_report(keyer).state, KEYER_DOUBT);
    assert_int_equal(kill(keyer_pid(keyer), SIGKILL), 0);
    keyer_free(keyer);
    close(master);
    close(slave);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_keys_and_unkeys_as_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_heartbeat_it_unkeys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_time_ends_whatever_the_heartbeat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(at_its_start_it_unkeys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_killed_asker_leaves_it_unkeyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_terminated_keyer_unkeys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dead_rigctld_is_doubt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hung_rigctld_does_not_hang_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_tuned_is_not_keyed, set_up, tear_down),
        cmocka_unit_test(a_tty_without_lines_is_doubt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
