/* store: the one seam to SQLite: open, migrate, transactions, prepared statements (sql.h).
 *
 * One process opens a state folder at a time (flock). WAL with synchronous=FULL: what store_commit has returned from is on
 * disk. An error of the disk or of SQLite is never retried: it is logged and ends the process (log_fatal), the parent starts
 * it again, and recovery (README.md) is the only way on. So the functions here and in this folder have no error for it.
 * Everything blocks for the time of the disk.
 */
#ifndef GATEWAY_STORE_STORE_H
#define GATEWAY_STORE_STORE_H

#include "gateway/base/err.h"
#include "gateway/store/sql.h"
#include "gateway/store/vault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_WHY_MAX 512
#define STORE_PATH_MAX 256

struct store;

/* Opens FOLDER/store.db, creating the folder (0700), the store and the site key as needed. why gets one line that says what
 * is wrong and what to do. ERR_BUSY: another process has this folder. ERR_VERSION: made by a newer program. ERR_KEY,
 * ERR_MISSING: the site key is not the store's, or lost. ERR_DENIED, ERR_FULL, ERR_LONG, ERR_FORMAT, ERR_SYSTEM. */
ERR_CHECKED enum err store_open(struct store **store, char why[STORE_WHY_MAX], const char *folder);
/* Rolls back what is open. NULL is allowed. */
void store_close(struct store *store);

/* Starts a transaction unless one is open: all that one round of the loop does goes into one. */
void store_begin(struct store *store);
bool store_in_transaction(const struct store *store);
/* Commits what is open, if anything, and returns when it is on disk. */
void store_commit(struct store *store);
void store_rollback(struct store *store);

struct vault *store_vault(const struct store *store);
const char *store_folder(const struct store *store);
struct sqlite3;
/* For the other files of the seam (tests/house/LAYERS) alone. */
struct sqlite3 *store_db(const struct store *store);

/* One run of one statement: begin, bind in order, then next until it says false, reading columns in order in between; or
 * run for statements without rows. A statement can't be used again inside its own loop. end leaves a loop early. */
struct store_query {
    struct store *store;
    enum sql sql;
    int bound;
    int column;
};

struct store_query store_query(struct store *store, enum sql sql);
void store_bind_int(struct store_query *query, int64_t value);
void store_bind_text(struct store_query *query, const char *text);
void store_bind_bytes(struct store_query *query, const void *bytes, size_t size);
bool store_next(struct store_query *query);
void store_end(struct store_query *query);
/* Runs to the end; returns how many rows changed. A row that a UNIQUE rule refuses ends the process: write OR IGNORE. */
int store_run(struct store_query *query);
int64_t store_last_id(const struct store *store);

int64_t store_get_int(struct store_query *query);
/* Cut to size - 1 bytes, terminated. */
void store_get_text(struct store_query *query, char *text, size_t size);
/* The bytes' size; what is over room ends the process (a corrupt store). */
size_t store_get_bytes(struct store_query *query, void *bytes, size_t room);

/* The statement's single number, or otherwise if it gives no row. query is bound already. */
int64_t store_value(struct store_query *query, int64_t otherwise);

#endif
