#include "gateway/store/outbox.h"

#include "tests/gateway/store/site.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A sort costs more than all else that a delivery needs of the store; a scan stops a big site. */
static void what_each_delivery_runs_neither_sorts_nor_scans(void **state)
{
    static const enum sql each[] = {SQL_DELIVERY_NEXT, SQL_DELIVERY_DUE, SQL_DELIVERY_DUE_SURE,
        SQL_DELIVERY_RETRIES, SQL_CURSOR_OPEN, SQL_SUBSCRIBER_WALK, SQL_DELIVERY_FIND,
        SQL_CURSOR_MOVE, SQL_SUBSCRIBER_GET, SQL_MODEM_GET, SQL_DELIVERY_GET, SQL_SUBSCRIBER_HASH,
        SQL_DELIVERY_SUBMIT, SQL_MODEM_COUNT, SQL_CURSOR_COUNT, SQL_DELIVERY_REMOVE,
        SQL_DELIVERY_DOUBTFUL, SQL_REF_FIND};
    struct site *site = *state;
    char path[128];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/store.db", site->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++) {
        char text[1024];
        sqlite3_stmt *plan = NULL;
        snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", sql_text(each[i]));
        assert_int_equal(sqlite3_prepare_v2(db, text, -1, &plan, NULL), SQLITE_OK);
        while (sqlite3_step(plan) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(plan, 3);
            if (strstr(step, "TEMP B-TREE") != NULL || strncmp(step, "SCAN delivery", 13) == 0 ||
                strncmp(step, "SCAN subscriber", 15) == 0)
                fail_msg("%s: %s", step, text);
        }
        sqlite3_finalize(plan);
    }
    sqlite3_close(db);
}

static void what_is_due_first_is_found_first(void **state)
{
    struct site *site = *state;
    struct outbox_entry found;
    store_begin(site->store);
    struct outbox_entry doubt = {
        .bulletin = 4, .subscriber = 1, .state = OUTBOX_DOUBT, .part = 1, .due_ms = 50};
    struct outbox_entry retry = {
        .bulletin = 4, .subscriber = 2, .state = OUTBOX_RETRY, .part = 1, .due_ms = 70};
    outbox_add(site->store, &doubt);
    outbox_add(site->store, &retry);
    assert_int_equal(outbox_find_due(site->store, &found, 4, 1, 49), ERR_MISSING);
    assert_int_equal(outbox_find_due(site->store, &found, 4, 1, 60), ERR_OK);
    assert_int_equal(found.id, doubt.id);
    assert_int_equal(outbox_find_due(site->store, &found, 4, 1, 90), ERR_OK);
    assert_int_equal(found.id, doubt.id);
    retry.due_ms = 40;
    outbox_save(site->store, &retry);
    assert_int_equal(outbox_find_due(site->store, &found, 4, 1, 90), ERR_OK);
    assert_int_equal(found.id, retry.id);
    outbox_remove(site->store, retry.id);
    assert_int_equal(outbox_find_due(site->store, &found, 4, 1, 90), ERR_OK);
    assert_int_equal(found.id, doubt.id);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, site_start, site_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_each_delivery_runs_neither_sorts_nor_scans),
        TEST(what_is_due_first_is_found_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
