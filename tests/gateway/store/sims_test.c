#include "gateway/store/sims.h"

#include "gateway/store/modems.h"
#include "gateway/store/schema.h"
#include "tests/gateway/store/site.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define MINUTE 30000000
#define OLD_SCHEMA 3 /* what was spent belonged to modems */

#define FIRST "89977010000000000"
#define FIRST_CHECKED "8997701000000000019"
#define SECOND_CHECKED "8997701000000000027"

static int64_t find(struct site *site, const char *iccid, const char *imsi, const char *modem)
{
    return sims_find(site->store, &(struct sims_card){iccid, imsi, modem});
}

static void a_sim_is_the_same_in_any_modem(void **state)
{
    struct site *site = *state;
    store_begin(site->store);
    int64_t first = find(site, FIRST_CHECKED, "401010007000001", "m0");
    assert_int_not_equal(first, 0);
    assert_int_equal(find(site, FIRST_CHECKED, "401010007000001", "m1"), first);
    assert_int_equal(find(site, FIRST_CHECKED, "", "m1"), first);
    assert_int_equal(find(site, "", "401010007000001", "m1"), first);
    assert_int_equal(find(site, FIRST "1", "", "m1"), first); /* without its check digit */
    int64_t second = find(site, SECOND_CHECKED, "401010007000002", "m0");
    assert_int_not_equal(second, first);
    int64_t replaced = find(site, "8997701000000000035", "401010007000002", "m0");
    assert_int_not_equal(replaced, second); /* the card counts, not the number on it */
}

static void what_is_told_later_is_kept(void **state)
{
    struct site *site = *state;
    store_begin(site->store);
    int64_t sim = find(site, "", "401010007000001", "m0");
    assert_int_equal(find(site, FIRST "1", "401010007000001", "m0"), sim);
    assert_int_equal(find(site, FIRST_CHECKED, "", "m1"), sim);
    assert_int_not_equal(find(site, SECOND_CHECKED, "401010007000001", "m1"), sim);
    int64_t bare = find(site, "8997701000000000043", "", "m2");
    assert_int_equal(find(site, "8997701000000000043", "401010007000004", "m2"), bare);
    assert_int_equal(find(site, "", "401010007000004", "m3"), bare);
}

static void one_that_tells_nothing_is_known_by_its_modem(void **state)
{
    struct site *site = *state;
    store_begin(site->store);
    int64_t first = find(site, "", "", "m0"), second = find(site, "", "", "m1");
    assert_int_not_equal(first, second);
    assert_int_equal(find(site, "", "", "m0"), first);
    int64_t told = find(site, FIRST_CHECKED, "", "m0");
    assert_int_not_equal(told, first);
    assert_int_equal(find(site, "", "", "m0"), first);
}

static uint32_t spent(struct site *site, int64_t sim)
{
    struct sims_spent list[SIMS_SPENT_MIN];
    uint32_t sum = 0;
    unsigned count = sims_list_spent(site->store, list, sim, 0);
    for (unsigned i = 0; i < count; i++)
        sum += list[i].count;
    return sum;
}

static void who_has_spent_nothing_and_is_in_no_modem_is_forgotten(void **state)
{
    struct site *site = *state;
    struct modems_entry modem;
    store_begin(site->store);
    int64_t held = find(site, FIRST_CHECKED, "", "m0");
    int64_t spender = find(site, SECOND_CHECKED, "", "m0");
    int64_t gone = find(site, "8997701000000000035", "", "m0");
    modems_find(site->store, &modem, "m0");
    modems_set_sim(site->store, modem.id, held);
    sims_add_spent(site->store, gone, MINUTE);
    sims_add_spent(site->store, spender, MINUTE + 1);
    sims_add_spent(site->store, spender, MINUTE + 1);
    sims_purge(site->store, MINUTE + 1);
    assert_int_equal(spent(site, gone), 0);
    assert_int_equal(spent(site, spender), 2);
    find(site, "8997701000000000043", "", "m0"); /* may have the id that is free */
    assert_int_equal(find(site, FIRST_CHECKED, "", "m0"), held);
    assert_int_equal(find(site, SECOND_CHECKED, "", "m0"), spender);
    modems_find(site->store, &modem, "m0");
    assert_int_equal(modem.sim, held);
}

static void run_sql(sqlite3 *db, const char *text)
{
    char *why = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", why, text);
}

/* Two modems of which one has been renamed, and one that never told its SIM. */
static const char *const of_before[] = {
    "CREATE TABLE migration (number INTEGER PRIMARY KEY, applied_s INTEGER NOT NULL)",
    "INSERT INTO migration VALUES (1, 0), (2, 0), (3, 0)",
    "INSERT INTO modem (id, name, imsi) VALUES (1, 'm0', '401010007000001'),"
    " (2, 'renamed', '401010007000001'), (3, 'mute', '')",
    "INSERT INTO spent VALUES (1, 30000000, 4), (2, 30000000, 3), (2, 30000001, 2),"
    " (3, 30000001, 1)",
};

static void what_modems_have_spent_becomes_their_sims(void **state)
{
    struct site *site = *state;
    char path[128];
    sqlite3 *db = NULL;
    store_close(site->store);
    site->store = NULL;
    site_remove_files(site, site_database);
    snprintf(path, sizeof path, "%s/store.db", site->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (int number = 1; number <= OLD_SCHEMA; number++)
        run_sql(db, schema_migration(number));
    for (size_t i = 0; i < sizeof of_before / sizeof of_before[0]; i++)
        run_sql(db, of_before[i]);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    site_open(site);
    store_begin(site->store);
    struct modems_entry modem;
    int64_t sim = find(site, FIRST_CHECKED, "401010007000001", "m0");
    assert_int_equal(spent(site, sim), 9);
    modems_find(site->store, &modem, "renamed");
    assert_int_equal(modem.sim, sim);
    modems_find(site->store, &modem, "mute");
    assert_int_equal(modem.sim, find(site, "", "", "mute"));
    assert_int_equal(spent(site, modem.sim), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, site_start, site_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sim_is_the_same_in_any_modem),
        TEST(what_is_told_later_is_kept),
        TEST(one_that_tells_nothing_is_known_by_its_modem),
        TEST(who_has_spent_nothing_and_is_in_no_modem_is_forgotten),
        TEST(what_modems_have_spent_becomes_their_sims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
