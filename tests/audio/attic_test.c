/* What is removed of old sounds and pictures, on a real folder. */
#include "audio/attic.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_S 1795000000
#define DAY_S 86400
#define PATH_SIZE 128

static char folder[32];
static uint32_t live; /* number of the one in force */

static bool is_live(const void *arg, uint32_t number)
{
    (void)arg;
    return number == live;
}

static int set_up(void **state)
{
    (void)state;
    live = 0;
    (void)snprintf(folder, sizeof(folder), "/tmp/dabyl-attic-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void put(const char *name, off_t size, int64_t age_s)
{
    char path[PATH_SIZE];
    struct timespec times[2] = {{.tv_sec = NOW_S - age_s}, {.tv_sec = NOW_S - age_s}};
    int fd;

    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, size), 0);
    assert_int_equal(futimens(fd, times), 0);
    assert_int_equal(close(fd), 0);
}

/* Was it there? It is not any more. */
static bool take(const char *name)
{
    char path[PATH_SIZE];

    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    return unlink(path) == 0;
}

static bool clear(uint64_t bytes, unsigned most)
{
    const struct attic attic = {.directory = folder,
        .kept_s = 30 * DAY_S,
        .bytes = bytes,
        .most = most,
        .is_live = is_live};

    return attic_clear(&attic, NOW_S);
}

static void what_is_old_goes_with_all_its_files(void **state)
{
    (void)state;
    put("bulletin-41-hf-48000.wav", 10, 31 * DAY_S);
    put("bulletin-41-hf-8000.wav", 10, 31 * DAY_S);
    put("bulletin-41-hf.png", 10, 31 * DAY_S);
    put("bulletin-41-fm-48000.wav.part", 10, 32 * DAY_S);
    put("bulletin-42-hf-48000.wav", 10, 29 * DAY_S);
    put("bulletin-42-hf.png", 10, 31 * DAY_S);
    put("bulletin-43-hf.png", 10, 31 * DAY_S);
    live = 43;
    assert_false(clear(1000, 9));
    assert_false(take("bulletin-41-hf-48000.wav"));
    assert_false(take("bulletin-41-hf-8000.wav"));
    assert_false(take("bulletin-41-hf.png"));
    assert_false(take("bulletin-41-fm-48000.wav.part"));
    assert_true(take("bulletin-42-hf-48000.wav"));
    assert_true(take("bulletin-42-hf.png"));
    assert_true(take("bulletin-43-hf.png"));
}

/* What is in force has its room first, whatever its age. */
static void of_too_much_the_oldest_go(void **state)
{
    (void)state;
    put("bulletin-41-hf.wav", 100, 4 * DAY_S);
    put("bulletin-42-hf.wav", 100, 3 * DAY_S);
    put("bulletin-43-hf.wav", 100, 2 * DAY_S);
    put("bulletin-44-hf.wav", 100, 5 * DAY_S);
    live = 44;
    assert_false(clear(400, 9));
    assert_false(clear(399, 9));
    assert_false(take("bulletin-41-hf.wav"));
    assert_true(take("bulletin-42-hf.wav"));
    assert_true(take("bulletin-43-hf.wav"));
    assert_true(take("bulletin-44-hf.wav"));
}

static void not_too_many_go_at_a_time(void **state)
{
    (void)state;
    put("bulletin-41-hf.wav", 1, 41 * DAY_S);
    put("bulletin-42-hf.wav", 1, 42 * DAY_S);
    put("bulletin-43-hf.wav", 1, 43 * DAY_S);
    assert_true(clear(1000, 2));
    assert_false(clear(1000, 2));
    assert_false(
        take("bulletin-41-hf.wav") || take("bulletin-42-hf.wav") || take("bulletin-43-hf.wav"));
}

static void other_files_stay(void **state)
{
    static const char *const names[] = {"bulletin-41.live", "keyed", "bulletin-x-hf.wav",
        "bulletin-.wav", "retraction-41-hf.wav", "bulletin-99999999999-hf.wav"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        put(names[i], 1, 99 * DAY_S);
    assert_false(clear(0, 9));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_true(take(names[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_old_goes_with_all_its_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_too_much_the_oldest_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(not_too_many_go_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_files_stay, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
