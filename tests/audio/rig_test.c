/* The client of rigctld, against the real one and against peers that say what none should. */
#include "audio/rig.h"
#include "tests/audio/rigctld.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_transceiver_is_tuned_and_keyed(void **state)
{
    struct rigctld rigctld = {0};
    struct rig *rig;
    char line[RIGCTLD_LINE_MAX];

    (void)state;
    rigctld_start(&rigctld);
    assert_int_equal(rig_open(&rig, rigctld.place), ERR_OK);
    assert_int_equal(rig_tune(rig, 7105000, "USB"), ERR_OK);
    assert_true(rigctld_ask(&rigctld, "f\n", line));
    assert_string_equal(line, "7105000");
    assert_true(rigctld_ask(&rigctld, "m\n", line));
    assert_string_equal(line, "USB");
    assert_int_equal(rig_key(rig, true), ERR_OK);
    assert_true(rigctld_is_keyed(&rigctld));
    assert_int_equal(rig_key(rig, false), ERR_OK);
    assert_false(rigctld_is_keyed(&rigctld));
    assert_int_equal(rig_tune(rig, 0, "NOSUCH"), ERR_DEVICE);
    rigctld_kill(&rigctld);
    assert_int_not_equal(rig_key(rig, true), ERR_OK);
    rig_close(rig);
    assert_int_equal(rig_open(&rig, rigctld.place), ERR_DEVICE);
}

/* A peer that answers each command with the next of those lines, in a process of its own. */
static pid_t answer(unsigned *port, const char *const *lines, size_t count)
{
    int listening = rigctld_listen(port);
    pid_t pid = fork();

    if (pid == 0) {
        int fd = accept(listening, NULL, NULL);
        char command[64];

        for (size_t i = 0; i < count && recv(fd, command, sizeof(command), 0) > 0; i++)
            if (send(fd, lines[i], strlen(lines[i]), MSG_NOSIGNAL) < 0)
                break;
        (void)poll(NULL, 0, 3000);
        _exit(0);
    }
    close(listening);
    return pid;
}

static enum err key_by(const char *first, const char *second)
{
    const char *const lines[] = {first, second};
    char place[32];
    unsigned port;
    struct rig *rig;
    pid_t pid = answer(&port, lines, second ? 2 : 1);

    (void)snprintf(place, sizeof(place), "127.0.0.1:%u", port);
    assert_int_equal(rig_open(&rig, place), ERR_OK);
    enum err err = rig_key(rig, true);
    rig_close(rig);
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    return err;
}

static void only_the_expected_answer_is_one(void **state)
{
    char endless[2 * RIG_LINE_MAX];

    (void)state;
    memset(endless, 'x', sizeof(endless));
    endless[sizeof(endless) - 1] = '\0';
    assert_int_equal(key_by("RPRT 0\n", "1\n"), ERR_OK);
    assert_int_equal(key_by("RPRT 0\n", "RPRT -11\n"), ERR_OK); /* it cannot tell */
    assert_int_equal(key_by("RPRT 0\n", "0\n"), ERR_DEVICE);
    assert_int_equal(key_by("RPRT -1\n", NULL), ERR_DEVICE);
    assert_int_equal(key_by("RPRT 0\nRPRT 0\n", "1\n"), ERR_FORMAT);
    assert_int_equal(key_by("RPRT 0\n", "on\n"), ERR_FORMAT);
    assert_int_equal(key_by("\n", NULL), ERR_FORMAT);
    assert_int_equal(key_by("HTTP/1.1 400 Bad Request\r\n", NULL), ERR_FORMAT);
    assert_int_equal(key_by(endless, NULL), ERR_LONG);
    assert_int_equal(key_by("RPRT 0", NULL), ERR_TIMEOUT);
}

static void lines_are_read_strictly(void **state)
{
    static const char *const wrong[] = {"", "RPRT", "RPRT ", "RPRT -", "RPRT --1", "RPRT 0 ",
        "RPRT +1", "RPRT 99999999", "rprt 0", " RPRT 0", "RPRT 0\r"};
    uint64_t number;
    int code;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(rig_parse_report(&code, wrong[i]), ERR_FORMAT);
    assert_int_equal(rig_parse_report(&code, "RPRT -11"), ERR_OK);
    assert_int_equal(code, -11);
    assert_int_equal(rig_parse_number(&number, "9999999999"), ERR_OK);
    assert_int_equal(rig_parse_number(&number, "99999999990"), ERR_FORMAT);
    assert_int_equal(rig_parse_number(&number, "-1"), ERR_FORMAT);
    assert_true(rig_is_place("127.0.0.1:4532"));
    assert_false(rig_is_place("127.0.0.1"));
    assert_false(rig_is_place("127.0.0.1:0"));
    assert_false(rig_is_place("radio.example:4532"));
    assert_false(rig_is_place("127.0.0.1:65536"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_transceiver_is_tuned_and_keyed),
        cmocka_unit_test(only_the_expected_answer_is_one),
        cmocka_unit_test(lines_are_read_strictly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
