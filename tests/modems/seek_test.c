/* seek, over the names of ttys that the test makes and removes. */
#include "modems/seek.h"

#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TTYS 3

struct bench {
    char dir[32];
    char globs[96];
    int masters[TTYS];
    char names[TTYS][64];
    struct seek seek;
};

static void plug(struct bench *bench, int i)
{
    bench->masters[i] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(bench->masters[i] >= 0);
    assert_int_equal(grantpt(bench->masters[i]), 0);
    assert_int_equal(unlockpt(bench->masters[i]), 0);
    assert_int_equal(symlink(ptsname(bench->masters[i]), bench->names[i]), 0);
}

static void unplug(struct bench *bench, int i)
{
    assert_int_equal(unlink(bench->names[i]), 0);
    close(bench->masters[i]);
    bench->masters[i] = -1;
}

static int begin(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    (void)snprintf(bench->dir, sizeof bench->dir, "/tmp/seek_test.XXXXXX");
    assert_non_null(mkdtemp(bench->dir));
    (void)snprintf(bench->globs, sizeof bench->globs, "%s/x*  %s/m*", bench->dir, bench->dir);
    for (int i = 0; i < TTYS; i++) {
        (void)snprintf(bench->names[i], sizeof bench->names[i], "%s/m%d", bench->dir, i);
        plug(bench, i);
    }
    seek_init(&bench->seek, bench->globs);
    *state = bench;
    return 0;
}

static int end(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < TTYS; i++)
        if (bench->masters[i] >= 0)
            unplug(bench, i);
    (void)rmdir(bench->dir);
    free(bench);
    return 0;
}

static void expect(struct bench *bench, int i, int64_t now_ms)
{
    char path[SEEK_PATH_MAX];
    assert_int_equal(seek_next(&bench->seek, path, now_ms), ERR_OK);
    assert_string_equal(path, bench->names[i]);
}

static void expect_none(struct bench *bench, int64_t now_ms)
{
    char path[SEEK_PATH_MAX];
    assert_int_equal(seek_next(&bench->seek, path, now_ms), ERR_MISSING);
}

static void test_each_once(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < TTYS; i++) {
        expect(bench, i, 1000);
        seek_judge(&bench->seek, bench->names[i], SEEK_OTHER, 1000);
    }
    expect_none(bench, 1000);
    expect_none(bench, 60999);
    expect(bench, 0, 61000);
}

static void test_busy_and_silent_are_tried_soon(void **state)
{
    struct bench *bench = *state;
    seek_judge(&bench->seek, bench->names[0], SEEK_BUSY, 0); /* not seen yet: no matter */
    expect(bench, 0, 0);
    seek_judge(&bench->seek, bench->names[0], SEEK_BUSY, 0);
    expect(bench, 1, 0);
    seek_judge(&bench->seek, bench->names[1], SEEK_SILENT, 0);
    seek_judge(&bench->seek, bench->names[2], SEEK_OTHER, 0);
    expect_none(bench, 499);
    expect(bench, 0, 500);
    seek_judge(&bench->seek, bench->names[0], SEEK_OTHER, 500);
    expect(bench, 1, 2000);
    seek_judge(&bench->seek, bench->names[1], SEEK_SILENT, 2000);
    expect_none(bench, 5999);
    expect(bench, 1, 6000);
}

static void test_replugged_is_new(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < TTYS; i++) {
        expect(bench, i, 0);
        seek_judge(&bench->seek, bench->names[i], SEEK_OTHER, 0);
    }
    expect_none(bench, 0);
    unplug(bench, 1);
    expect_none(bench, 0);
    plug(bench, 1);
    expect(bench, 1, 0);
}

static void test_ours_first(void **state)
{
    struct bench *bench = *state;
    expect(bench, 0, 0);
    seek_judge(&bench->seek, bench->names[2], SEEK_OURS, 0);
    expect(bench, 2, 0);
    unplug(bench, 2);
    expect(bench, 0, 0);
}

/* Two names of one tty are one place, under the name that comes first. */
static void test_two_names(void **state)
{
    struct bench *bench = *state;
    char second[64];
    (void)snprintf(second, sizeof second, "%s/x", bench->dir);
    char target[PATH_MAX];
    ssize_t size = readlink(bench->names[1], target, sizeof target - 1);
    assert_true(size > 0);
    target[size] = '\0';
    assert_int_equal(symlink(target, second), 0);
    char path[SEEK_PATH_MAX];
    assert_int_equal(seek_next(&bench->seek, path, 0), ERR_OK);
    assert_string_equal(path, second);
    assert_int_equal(bench->seek.count, TTYS);
    assert_int_equal(unlink(second), 0);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_each_once),
        WITH(test_busy_and_silent_are_tried_soon),
        WITH(test_replugged_is_new),
        WITH(test_ours_first),
        WITH(test_two_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
