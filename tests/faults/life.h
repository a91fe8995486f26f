/* life: the work of a store, as tests do it: numbered transactions of all kinds, and a digest of all that stands in it.
 */
#ifndef TESTS_FAULTS_LIFE_H
#define TESTS_FAULTS_LIFE_H

#include "gateway/bulletin/seal.h"
#include "gateway/store/audit.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/cursors.h"
#include "gateway/store/inbox.h"
#include "gateway/store/outbox.h"
#include "gateway/store/subscribers.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIFE_UNUSED __attribute__((unused))
#define NOW_S 1800000000

LIFE_UNUSED static void must(bool right, const char *what)
{
    if (right)
        return;
    (void)fprintf(stderr, "not so: %s\n", what);
    _exit(1);
}

LIFE_UNUSED static void mix(uint64_t *digest, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        *digest = (*digest ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
}

LIFE_UNUSED static void digest_table(sqlite3 *db, uint64_t *digest, const char *table)
{
    char text[128];
    sqlite3_stmt *rows = NULL;
    (void)snprintf(text, sizeof text, "SELECT * FROM %s", table);
    must(sqlite3_prepare_v2(db, text, -1, &rows, NULL) == SQLITE_OK, sqlite3_errmsg(db));
    mix(digest, table, strlen(table));
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            int type = sqlite3_column_type(rows, i);
            const void *bytes = sqlite3_column_blob(rows, i);
            mix(digest, &type, sizeof type);
            mix(digest, bytes, (size_t)sqlite3_column_bytes(rows, i));
        }
    must(sqlite3_finalize(rows) == SQLITE_OK, sqlite3_errmsg(db));
}

/* Of all that is in a store beside what each start writes. */
LIFE_UNUSED static uint64_t digest_of(const char *folder)
{
    char path[128];
    uint64_t digest = 14695981039346656037u;
    sqlite3 *db = NULL;
    sqlite3_stmt *tables = NULL;
    (void)snprintf(path, sizeof path, "%s/store.db", folder);
    must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK, "opened to be read");
    must(sqlite3_prepare_v2(db,
             "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
             " AND name NOT IN ('setting', 'migration') ORDER BY name",
             -1, &tables, NULL) == SQLITE_OK,
        sqlite3_errmsg(db));
    while (sqlite3_step(tables) == SQLITE_ROW)
        digest_table(db, &digest, (const char *)sqlite3_column_text(tables, 0));
    (void)sqlite3_finalize(tables);
    (void)sqlite3_close(db);
    return digest;
}

LIFE_UNUSED static void join(struct store *store, unsigned n)
{
    struct subscribers_entry entry = {
        .language = (uint8_t)(n % 3), .latin = n % 2, .regions = 1, .consent = "on paper"};
    (void)snprintf(entry.number, sizeof entry.number, "+7701%07u", n);
    must(subscribers_add(store, &entry, NOW_S) == ERR_OK, "joined");
}

LIFE_UNUSED static void stop(struct store *store, unsigned n)
{
    struct subscribers_entry entry;
    char number[MESSAGES_NUMBER_SIZE];
    (void)snprintf(number, sizeof number, "+7701%07u", n);
    must(subscribers_find(store, &entry, number) == ERR_OK, "somebody who stops");
    entry.stopped = true;
    subscribers_save(store, &entry, NOW_S);
}

LIFE_UNUSED static void publish(struct store *store, unsigned n)
{
    struct bulletins_entry row = {.key = n * 2,
        .number = n,
        .sent_s = NOW_S,
        .expires_s = NOW_S + 3600,
        .regions = 1,
        .severity = 3,
        .code = "7Q2K",
        .recipients = n};
    struct message_sealed_bytes sealed = {.size = 300};
    memset(sealed.bytes, (int)n, sealed.size);
    bulletins_add(store, &row, &sealed);
    cursors_open(store, row.key);
}

LIFE_UNUSED static void deliver(struct store *store, unsigned n)
{
    struct outbox_entry entry = {.bulletin = 2 * (n / 10 * 10 + 1),
        .subscriber = n,
        .state = OUTBOX_SUBMITTING,
        .part = 1,
        .parts = 1,
        .mr = (int)(n & 0xff),
        .modem = 1};
    outbox_add(store, &entry);
}

LIFE_UNUSED static void hear(struct store *store, unsigned n)
{
    uint8_t hash[VAULT_HASH_SIZE];
    struct message_inbound inbound = {.serial = n, .text = "START", .smsc_s = NOW_S + n};
    struct inbox_answer answer = {.text = "Welcome.", .word = 1};
    (void)snprintf(inbound.number, sizeof inbound.number, "+7702%07u", n);
    memcpy(answer.number, inbound.number, sizeof answer.number);
    vault_hash(store_vault(store), hash, inbound.number);
    must(inbox_add(store, &inbound, "sim1", hash, NOW_S), "a text");
    must(inbox_add_answer(store, &answer, NOW_S) == ERR_OK, "an answer");
}

/* The nth transaction: a bulletin now and then, a delivery, a text, and somebody who comes or goes; its number is that of rows in the
 * audit. */
LIFE_UNUSED static void work(struct store *store, unsigned n)
{
    store_begin(store);
    if (n % 10 == 1)
        publish(store, n);
    join(store, n);
    deliver(store, n);
    if (n % 3 == 0)
        hear(store, n);
    if (n % 5 == 0)
        stop(store, n - 2);
    audit_add(store, NOW_S, "work", "done");
    store_commit(store);
}

LIFE_UNUSED static struct store *open_store(const char *folder)
{
    struct store *store = NULL;
    char why[STORE_WHY_MAX];
    if (store_open(&store, why, folder) != ERR_OK)
        must(false, why);
    return store;
}

LIFE_UNUSED static void remove_all(const char *folder, bool key)
{
    static const char *const names[] = {
        "store.db", "store.db-wal", "store.db-shm", "store.db-journal", "lock", "running"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)snprintf(path, sizeof path, "%s/site.key", folder);
    if (key)
        (void)unlink(path);
}

/* Written by another boot: the store looks at everything. */
LIFE_UNUSED static void mark_cut(const char *folder)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/running", folder);
    FILE *file = fopen(path, "w");
    must(file != NULL && fputs("another boot", file) >= 0, "the mark");
    (void)fclose(file);
}

LIFE_UNUSED static int64_t rows_of_audit(struct store *store)
{
    int64_t rows = 0;
    must(audit_verify(store, &rows) == ERR_OK, "the audit chain is whole");
    return rows;
}

#endif
