#include "gateway/store/store.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/store/ending.h"
#include "gateway/store/schema.h"
#include "gateway/store/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define VAULT_CHECK                                                                                \
    "dabyl site key" /* its keyed hash in the store tells whether the key is the store's */

#define DAMAGE_ADVICE                                                                              \
    ": nothing in it was changed; move the folder away and restore the last backup into a new "    \
    "one "                                                                                         \
    "(dabylctl restore)"

struct store {
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_COUNT];
    struct vault *vault;
    char folder[STORE_PATH_MAX];
    int lock_fd;
    bool in_transaction;
    bool marked; /* as running (ending.h) */
};

/* secure_delete overwrites what is forgotten, as far as it costs no further write. */
static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                               "PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY;"
                               "PRAGMA cache_size = -32768; PRAGMA trusted_schema = OFF;"
                               "PRAGMA journal_size_limit = 67108864;";

__attribute__((format(printf, 2, 3))) static void explain(
    char why[STORE_WHY_MAX], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(why, STORE_WHY_MAX, format, args);
    va_end(args);
}

static _Noreturn void fail(const struct store *store, const char *doing)
{
    int code = sqlite3_extended_errcode(store->db);
    int kind = code & 0xff;
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_IOERR)
        ending_mark_damage(store->folder);
    bool full = (code & 0xff) == SQLITE_FULL || sqlite3_system_errno(store->db) == ENOSPC;
    log_fatal("store_failed doing=\"%s\" code=%d error=\"%s\"%s", doing, code,
        sqlite3_errmsg(store->db),
        full ? ": the disk is full, make room; what was under way is taken up again at the next "
               "start"
             : "");
}

static void run_plain(struct store *store, const char *text)
{
    if (sqlite3_exec(store->db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail(store, text);
}

static enum err err_from_open(struct store *store, char why[STORE_WHY_MAX])
{
    int code = store->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(store->db);
    bool damaged = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
    explain(why, "%s/store.db: %s%s", store->folder,
        store->db == NULL ? "no memory" : sqlite3_errmsg(store->db), damaged ? DAMAGE_ADVICE : "");
    switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ERR_FORMAT;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return ERR_DENIED;
    default:
        return ERR_SYSTEM;
    }
}

static int64_t ask_int(struct store *store, const char *text)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, text, -1, &statement, NULL) != SQLITE_OK)
        return -1;
    int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    (void)sqlite3_finalize(statement);
    return value;
}

static void migrate_one(struct store *store, int number)
{
    char record[128];
    (void)snprintf(record, sizeof record,
        "INSERT INTO migration (number, applied_s) VALUES (%d, %lld)", number,
        (long long)clock_wall_s());
    run_plain(store, "BEGIN IMMEDIATE");
    run_plain(store, schema_migration(number));
    run_plain(store, record);
    run_plain(store, "COMMIT");
    log_info("store_migrated to=%d", number);
}

static enum err migrate(struct store *store, char why[STORE_WHY_MAX])
{
    if (sqlite3_exec(store->db,
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY,"
            " applied_s INTEGER NOT NULL)",
            NULL, NULL, NULL) != SQLITE_OK)
        return err_from_open(store, why);
    int64_t have = ask_int(store, "SELECT max(number) FROM migration");
    if (have < 0)
        return err_from_open(store, why);
    if (have > SCHEMA_VERSION) {
        explain(why,
            "%s/store.db has schema %lld, this program knows up to %d: it was made by a newer "
            "dabyl, start that one",
            store->folder, (long long)have, SCHEMA_VERSION);
        return ERR_VERSION;
    }
    for (int number = (int)have + 1; number <= SCHEMA_VERSION; number++)
        migrate_one(store, number);
    return ERR_OK;
}

static enum err lock_folder(struct store *store, char why[STORE_WHY_MAX])
{
    char path[STORE_PATH_MAX + 16];
    (void)snprintf(path, sizeof path, "%s/lock", store->folder);
    store->lock_fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (store->lock_fd < 0) {
        int number = errno;
        explain(why, "%s: %s", path, strerror(number));
        return err_from_errno(number);
    }
    if (flock(store->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        explain(why,
            "%s is in use by another dispatcher: stop that one, or give this one a folder of its "
            "own",
            store->folder);
        return ERR_BUSY;
    }
    return ERR_OK;
}

static enum err make_folder(const char *folder, char why[STORE_WHY_MAX])
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return ERR_OK;
    int number = errno;
    explain(why, "%s: %s: the state folder can't be made", folder, strerror(number));
    return err_from_errno(number);
}

static enum err open_vault(struct store *store, char why[STORE_WHY_MAX])
{
    char path[STORE_PATH_MAX + 16];
    (void)snprintf(path, sizeof path, "%s/store.db", store->folder);
    bool fresh = access(path, F_OK) != 0;
    enum err err = vault_open(&store->vault, store->folder, fresh);
    if (err == ERR_OK)
        return ERR_OK;
    const char *advice = err == ERR_MISSING ? "it belongs to this store and is lost: restore the "
                                              "last backup into a new folder (dabylctl restore)"
                         : err == ERR_FORMAT
                             ? "it must be 32 bytes that only its owner may read (chmod 600)"
                             : err_text(err);
    explain(why, "%s/site.key: %s", store->folder, advice);
    return err;
}

/* After a power cut or an error of the disk everything is looked at before anything is believed. */
static enum err check_whole(struct store *store, char why[STORE_WHY_MAX])
{
    char finding[WHOLE_FINDING_SIZE];
    enum ending ending = ending_read(store->folder);
    if (ending == ENDING_CLEAN || ending == ENDING_KILLED)
        return ERR_OK;
    int64_t begun_ms = clock_boot_ms();
    whole_find_damage(finding, store->db);
    if (finding[0] == '\0') {
        log_warn("store_checked ending=%s took_ms=%lld: nothing is wrong with it",
            ending_name(ending), (long long)(clock_boot_ms() - begun_ms));
        return ERR_OK;
    }
    explain(why, "%s/store.db is damaged (%s)%s", store->folder, finding, DAMAGE_ADVICE);
    return ERR_FORMAT;
}

static enum err open_database(struct store *store, char why[STORE_WHY_MAX])
{
    char path[STORE_PATH_MAX + 16];
    (void)snprintf(path, sizeof path, "%s/store.db", store->folder);
    mode_t mask = umask(077);
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int result = sqlite3_open_v2(path, &store->db, flags, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_busy_timeout(store->db, 5000);
    if (result == SQLITE_OK)
        result = sqlite3_exec(store->db, settings, NULL, NULL, NULL);
    (void)umask(mask);
    if (result != SQLITE_OK)
        return err_from_open(store, why);
    enum err err = check_whole(store, why);
    return err == ERR_OK ? migrate(store, why) : err;
}

static void prepare_all(struct store *store)
{
    for (int sql = 0; sql < SQL_COUNT; sql++) {
        const char *text = sql_text((enum sql)sql);
        if (sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT,
                &store->statements[sql], NULL) != SQLITE_OK)
            fail(store, text);
    }
}

/* Numbers sealed with one key can't be read with another: better to say so at the start. */
static enum err check_vault(struct store *store, char why[STORE_WHY_MAX])
{
    uint8_t expected[VAULT_HASH_SIZE];
    vault_hash(store->vault, expected, VAULT_CHECK);
    struct store_query query = store_query(store, SQL_SETTING_GET);
    store_bind_text(&query, VAULT_CHECK);
    if (store_next(&query)) {
        uint8_t found[VAULT_HASH_SIZE] = {0};
        size_t size = store_get_bytes(&query, found, sizeof found);
        store_end(&query);
        if (size == sizeof found && memcmp(found, expected, sizeof found) == 0)
            return ERR_OK;
        explain(
            why, "%s/site.key is not the key of this store: restore the right one", store->folder);
        return ERR_KEY;
    }
    query = store_query(store, SQL_SETTING_PUT);
    store_bind_text(&query, VAULT_CHECK);
    store_bind_bytes(&query, expected, sizeof expected);
    (void)store_run(&query);
    return ERR_OK;
}

static enum err open_all(struct store *store, char why[STORE_WHY_MAX])
{
    enum err err = make_folder(store->folder, why);
    if (err == ERR_OK)
        err = lock_folder(store, why);
    if (err == ERR_OK)
        err = open_vault(store, why);
    if (err == ERR_OK)
        err = open_database(store, why);
    if (err != ERR_OK)
        return err;
    prepare_all(store);
    err = check_vault(store, why);
    if (err == ERR_OK)
        err = ending_mark(store->folder);
    store->marked = err == ERR_OK;
    if (err != ERR_OK && why[0] == '\0')
        explain(why, "%s/running can't be written: %s", store->folder, err_text(err));
    return err;
}

enum err store_open(struct store **store, char why[STORE_WHY_MAX], const char *folder)
{
    why[0] = '\0';
    struct store *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        log_fatal("no_memory");
    opened->lock_fd = -1;
    if ((size_t)snprintf(opened->folder, sizeof opened->folder, "%s", folder) >=
        sizeof opened->folder) {
        explain(why, "the path of the state folder is too long");
        free(opened);
        return ERR_LONG;
    }
    enum err err = open_all(opened, why);
    if (err == ERR_OK)
        *store = opened;
    else
        store_close(opened);
    return err;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (int sql = 0; sql < SQL_COUNT; sql++)
        (void)sqlite3_finalize(store->statements[sql]);
    if (sqlite3_close(store->db) == SQLITE_OK && store->marked)
        ending_clear(store->folder);
    vault_close(store->vault);
    if (store->lock_fd >= 0)
        close(store->lock_fd);
    free(store);
}

void store_begin(struct store *store)
{
    if (!store->in_transaction)
        run_plain(store, "BEGIN IMMEDIATE");
    store->in_transaction = true;
}

bool store_in_transaction(const struct store *store)
{
    return store->in_transaction;
}

void store_commit(struct store *store)
{
    if (store->in_transaction)
        run_plain(store, "COMMIT");
    store->in_transaction = false;
}

void store_rollback(struct store *store)
{
    if (store->in_transaction)
        run_plain(store, "ROLLBACK");
    store->in_transaction = false;
}

struct vault *store_vault(const struct store *store)
{
    return store->vault;
}

struct sqlite3 *store_db(const struct store *store)
{
    return store->db;
}

const char *store_folder(const struct store *store)
{
    return store->folder;
}

static sqlite3_stmt *statement_of(const struct store_query *query)
{
    return query->store->statements[query->sql];
}

struct store_query store_query(struct store *store, enum sql sql)
{
    struct store_query query = {.store = store, .sql = sql};
    if (sqlite3_stmt_busy(statement_of(&query)))
        log_fatal("store_statement_nested sql=\"%s\"", sql_text(sql));
    return query;
}

static void check_bound(const struct store_query *query, int result)
{
    if (result != SQLITE_OK)
        fail(query->store, sql_text(query->sql));
}

void store_bind_int(struct store_query *query, int64_t value)
{
    check_bound(query, sqlite3_bind_int64(statement_of(query), ++query->bound, value));
}

void store_bind_text(struct store_query *query, const char *text)
{
    check_bound(
        query, sqlite3_bind_text(statement_of(query), ++query->bound, text, -1, SQLITE_TRANSIENT));
}

void store_bind_bytes(struct store_query *query, const void *bytes, size_t size)
{
    check_bound(query,
        sqlite3_bind_blob64(statement_of(query), ++query->bound, bytes, size, SQLITE_TRANSIENT));
}

bool store_next(struct store_query *query)
{
    query->column = 0;
    int result = sqlite3_step(statement_of(query));
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        fail(query->store, sql_text(query->sql));
    store_end(query);
    return false;
}

void store_end(struct store_query *query)
{
    (void)sqlite3_reset(statement_of(query));
    (void)sqlite3_clear_bindings(statement_of(query));
}

int store_run(struct store_query *query)
{
    while (store_next(query))
        continue;
    return sqlite3_changes(query->store->db);
}

int64_t store_last_id(const struct store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

int64_t store_get_int(struct store_query *query)
{
    return sqlite3_column_int64(statement_of(query), query->column++);
}

void store_get_text(struct store_query *query, char *text, size_t size)
{
    const char *found = (const char *)sqlite3_column_text(statement_of(query), query->column++);
    (void)snprintf(text, size, "%s", found == NULL ? "" : found);
}

size_t store_get_bytes(struct store_query *query, void *bytes, size_t room)
{
    sqlite3_stmt *statement = statement_of(query);
    const void *found = sqlite3_column_blob(statement, query->column);
    size_t size = (size_t)sqlite3_column_bytes(statement, query->column++);
    if (size > room)
        log_fatal("store_corrupt sql=\"%s\" size=%zu", sql_text(query->sql), size);
    if (size > 0)
        memcpy(bytes, found, size);
    return size;
}

int64_t store_value(struct store_query *query, int64_t otherwise)
{
    if (!store_next(query))
        return otherwise;
    int64_t value = store_get_int(query);
    store_end(query);
    return value;
}
