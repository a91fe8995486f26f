/* The transmitter's own key: made once, kept, never overwritten; who may read it. */
#include "audio/station.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/dabyl-station-XXXXXX";
static char key_path[64], public_path[64];

static int make_folder(void **state)
{
    (void)state;
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    (void)snprintf(key_path, sizeof(key_path), "%s/station.key", folder);
    (void)snprintf(public_path, sizeof(public_path), "%s/station.key.pub", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(key_path);
    (void)unlink(public_path);
    return rmdir(folder);
}

static void read_line(char line[128])
{
    FILE *file = fopen(public_path, "r");

    assert_non_null(file);
    assert_non_null(fgets(line, 128, file));
    (void)fclose(file);
}

static void it_is_made_once_and_for_its_owner_alone(void **state)
{
    struct station first, second;
    struct stat info;
    char line[128];

    (void)state;
    assert_int_equal(station_open(&first, folder, "UN7ABC"), ERR_OK);
    assert_int_equal(stat(key_path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(info.st_size, 41);
    read_line(line);
    assert_int_equal(strncmp(line, "dabyl-station UN7ABC ", 21), 0);
    assert_int_equal(station_open(&second, folder, NULL), ERR_OK);
    assert_memory_equal(&first, &second, sizeof(first));
    read_line(line);
    assert_int_equal(strncmp(line, "dabyl-station - ", 16), 0);
    station_wipe(&second);
    assert_memory_not_equal(&first, &second, sizeof(first));
}

static void two_stations_have_two_keys(void **state)
{
    struct station first, second;

    (void)state;
    assert_int_equal(station_open(&first, folder, NULL), ERR_OK);
    assert_int_equal(unlink(key_path), 0);
    assert_int_equal(station_open(&second, folder, NULL), ERR_OK);
    assert_memory_not_equal(first.public_key, second.public_key, SEAL_PUBLIC_SIZE);
}

static void cut(long size)
{
    assert_int_equal(truncate(key_path, size), 0);
}

static void a_damaged_key_is_kept_and_refused(void **state)
{
    struct station station;
    struct stat info;
    FILE *file;

    (void)state;
    assert_int_equal(station_open(&station, folder, NULL), ERR_OK);
    cut(42);
    assert_int_equal(station_open(&station, folder, NULL), ERR_FORMAT);
    cut(41);
    assert_int_equal(station_open(&station, folder, NULL), ERR_OK);
    file = fopen(key_path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, 8, SEEK_SET), 0);
    assert_int_equal(fputc(9, file), 9);
    (void)fclose(file);
    assert_int_equal(station_open(&station, folder, NULL), ERR_VERSION);
    cut(0);
    assert_int_equal(station_open(&station, folder, NULL), ERR_FORMAT);
    assert_int_equal(stat(key_path, &info), 0);
    assert_int_equal(info.st_size, 0);
}

static void a_roster_lists_it(void **state)
{
    static struct roster roster;
    struct station station;

    (void)state;
    assert_int_equal(station_open(&station, folder, NULL), ERR_OK);
    assert_false(station_is_listed(&station, &roster, 150));
    roster.station_count = 1;
    roster.stations[0] = (struct roster_station){.from_s = 100, .until_s = 200};
    assert_false(station_is_listed(&station, &roster, 150));
    memcpy(roster.stations[0].public_key, station.public_key, SEAL_PUBLIC_SIZE);
    assert_true(station_is_listed(&station, &roster, 150));
    assert_false(station_is_listed(&station, &roster, 200));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            it_is_made_once_and_for_its_owner_alone, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(two_stations_have_two_keys, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(
            a_damaged_key_is_kept_and_refused, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_roster_lists_it, make_folder, remove_folder),
    };

    if (seal_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
