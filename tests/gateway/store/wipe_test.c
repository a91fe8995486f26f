#include "gateway/store/wipe.h"

#include "gateway/store/store.h"
#include "gateway/store/subscribers.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[64];
};

static int setup(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->folder, sizeof place->folder, "/tmp/dabyl-wipe-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;
    (void)rmdir(place->folder);
    free(place);
    return 0;
}

static void put_file(const struct place *place, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "something", 9), 9);
    close(fd);
}

/* The key is overwritten in place: an open descriptor sees nothing of it. */
static void the_key_is_overwritten_and_nothing_is_left(void **state)
{
    struct place *place = *state;
    struct store *store = NULL;
    char why[STORE_WHY_MAX], path[128];
    struct subscribers_entry entry = {.number = "+77010000001", .regions = 1};
    assert_int_equal(store_open(&store, why, place->folder), ERR_OK);
    store_begin(store);
    assert_int_equal(subscribers_add(store, &entry, 1), ERR_OK);
    store_commit(store);
    snprintf(path, sizeof path, "%s/air", place->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    put_file(place, "air/one.wav");
    put_file(place, "ballast");
    snprintf(path, sizeof path, "%s/site.key", place->folder);
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_true(vault_has_key(place->folder));
    assert_int_equal(wipe_folder(place->folder), ERR_OK);
    assert_false(vault_has_key(place->folder));
    unsigned char bytes[64], zeros[32] = {0};
    assert_int_equal(pread(fd, bytes, sizeof bytes, 0), 32);
    assert_memory_equal(bytes, zeros, sizeof zeros);
    close(fd);
    assert_int_equal(rmdir(place->folder), 0); /* it is empty */
    store_close(store);
}

static void a_folder_without_a_key_is_left_alone(void **state)
{
    struct place *place = *state;
    char path[128];
    put_file(place, "letter");
    assert_int_equal(wipe_folder(place->folder), ERR_MISSING);
    snprintf(path, sizeof path, "%s/letter", place->folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(wipe_folder("/tmp/dabyl-there-is-none"), ERR_MISSING);
}

static void links_are_not_followed(void **state)
{
    struct place *place = *state;
    char outside[] = "/tmp/dabyl-outside-XXXXXX", path[128], file[128];
    assert_non_null(mkdtemp(outside));
    snprintf(file, sizeof file, "%s/kept", outside);
    int fd = open(file, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    close(fd);
    put_file(place, "site.key");
    snprintf(path, sizeof path, "%s/air", place->folder);
    assert_int_equal(symlink(outside, path), 0);
    assert_int_equal(wipe_folder(place->folder), ERR_OK);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(outside), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_key_is_overwritten_and_nothing_is_left, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_without_a_key_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(links_are_not_followed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
