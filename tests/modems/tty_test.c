/* tty: two that want one modem, by one name or two. */
#include "modems/tty.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct bench {
    int master;
    char path[64];
    char second[64]; /* another name */
};

static int begin(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(bench->master >= 0);
    assert_int_equal(grantpt(bench->master), 0);
    assert_int_equal(unlockpt(bench->master), 0);
    assert_int_equal(ptsname_r(bench->master, bench->path, sizeof bench->path), 0);
    (void)snprintf(bench->second, sizeof bench->second, "/tmp/tty_test.%d", (int)getpid());
    assert_int_equal(symlink(bench->path, bench->second), 0);
    *state = bench;
    return 0;
}

static int end(void **state)
{
    struct bench *bench = *state;
    (void)unlink(bench->second);
    close(bench->master);
    free(bench);
    return 0;
}

static void test_claim(void **state)
{
    struct bench *bench = *state;
    int first;
    int second;
    assert_int_equal(tty_claim(&first, bench->path), ERR_OK);
    assert_int_equal(tty_claim(&second, bench->path), ERR_BUSY);
    assert_int_equal(second, -1);
    assert_int_equal(tty_claim(&second, bench->second), ERR_BUSY);
    close(first);
    assert_int_equal(tty_claim(&second, bench->second), ERR_OK);
    close(second);
    assert_int_equal(tty_claim(&first, "/tmp/tty_test.none"), ERR_MISSING);
    assert_int_equal(tty_claim(&first, "/tmp"), ERR_DEVICE);
}

static void test_open(void **state)
{
    struct bench *bench = *state;
    int first;
    int second;
    char byte = 0;
    assert_int_equal(tty_open(&first, bench->path), ERR_OK);
    assert_int_equal(tty_open(&second, bench->second), ERR_BUSY);
    assert_int_equal(write(first, "a\rb", 3), 3);
    assert_int_equal(read(bench->master, &byte, 1), 1);
    assert_int_equal(byte, 'a');
    close(first);
    assert_int_equal(tty_open(&first, bench->second), ERR_OK);
    close(first);
    assert_int_equal(tty_open(&first, "/dev/null"), ERR_DEVICE);
    assert_int_equal(tty_open(&first, "/tmp/tty_test.none"), ERR_MISSING);
}

static void test_pair(void **state)
{
    (void)state;
    struct tty_pair pair;
    assert_int_equal(tty_pair_open(&pair), ERR_OK);
    assert_int_equal(write(pair.slave, "AT\r", 3), 3);
    char text[8] = "";
    assert_int_equal(read(pair.master, text, sizeof text - 1), 3);
    assert_string_equal(text, "AT\r");
    tty_pair_close(&pair);
    assert_int_equal(pair.master, -1);
    tty_pair_close(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_claim, begin, end),
        cmocka_unit_test_setup_teardown(test_open, begin, end),
        cmocka_unit_test(test_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
