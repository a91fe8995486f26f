#include "gateway/store/copy.h"

#include "gateway/base/log.h"
#include "gateway/store/copy_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP_PAGES 32
#define PATH_SIZE (STORE_PATH_MAX + 32)
#define MADE "copy_made"
#define FLOOR "number_floor"

struct copy {
    sqlite3 *to;
    sqlite3_backup *backup;
    int64_t now_s;
    bool whole;
    char folder[STORE_PATH_MAX];
};

static enum err err_of(const struct copy *copy, int result)
{
    log_error("copy_failed error=\"%s\"", sqlite3_errmsg(copy->to));
    return (result & 0xff) == SQLITE_FULL ? ERR_FULL : ERR_SYSTEM;
}

/* No journal: what a crash leaves of it is thrown away. */
static enum err open_copy(struct copy *copy, struct store *store)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/" COPY_FILE_NAME, copy->folder);
    mode_t mask = umask(077);
    int result = sqlite3_open_v2(path, &copy->to,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        NULL);
    if (result == SQLITE_OK)
        result = sqlite3_exec(
            copy->to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    (void)umask(mask);
    if (result == SQLITE_OK)
        copy->backup = sqlite3_backup_init(copy->to, "main", store_db(store), "main");
    return copy->backup != NULL ? ERR_OK : err_of(copy, result);
}

enum err copy_begin(struct copy **copy, struct store *store, int64_t now_s)
{
    struct copy *made = calloc(1, sizeof *made);
    if (made == NULL)
        log_fatal("no_memory");
    made->now_s = now_s;
    (void)snprintf(made->folder, sizeof made->folder, "%s", store_folder(store));
    copy_file_remove(made->folder);
    enum err err = open_copy(made, store);
    if (err == ERR_OK)
        *copy = made;
    else
        copy_end(made);
    return err;
}

static enum err sync_copy(const char *folder)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/" COPY_FILE_NAME, folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done ? ERR_OK : ERR_SYSTEM;
}

/* Says in the copy that it is one, makes it one plain file, and puts it on the disk. */
static enum err finish(struct copy *copy)
{
    char text[256];
    int result = sqlite3_backup_finish(copy->backup);
    copy->backup = NULL;
    (void)snprintf(text, sizeof text,
        "PRAGMA journal_mode = DELETE; INSERT OR REPLACE INTO setting (name, value) VALUES ('" MADE
        "', %lld)",
        (long long)copy->now_s);
    if (result == SQLITE_OK)
        result = sqlite3_exec(copy->to, text, NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return err_of(copy, result);
    (void)sqlite3_close(copy->to);
    copy->to = NULL;
    copy->whole = sync_copy(copy->folder) == ERR_OK;
    return copy->whole ? ERR_OK : ERR_SYSTEM;
}

enum err copy_step(struct copy *copy, uint32_t *left)
{
    int result = sqlite3_backup_step(copy->backup, STEP_PAGES);
    *left = (uint32_t)sqlite3_backup_remaining(copy->backup);
    int kind = result & 0xff;
    if (kind == SQLITE_OK || kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
        return ERR_BUSY;
    return result == SQLITE_DONE ? finish(copy) : err_of(copy, result);
}

void copy_end(struct copy *copy)
{
    if (copy == NULL)
        return;
    if (copy->backup != NULL)
        (void)sqlite3_backup_finish(copy->backup);
    (void)sqlite3_close(copy->to);
    if (!copy->whole)
        copy_file_remove(copy->folder);
    free(copy);
}

static int64_t get_setting(struct store *store, const char *name)
{
    struct store_query query = store_query(store, SQL_SETTING_GET);
    store_bind_text(&query, name);
    return store_value(&query, 0);
}

static void put_setting(struct store *store, const char *name, int64_t value)
{
    struct store_query query = store_query(store, SQL_SETTING_PUT);
    store_bind_text(&query, name);
    store_bind_int(&query, value);
    (void)store_run(&query);
}

int64_t copy_made_s(struct store *store)
{
    return get_setting(store, MADE);
}

void copy_take_up(struct store *store, uint32_t floor)
{
    put_setting(store, MADE, 0);
    put_setting(store, FLOOR, floor);
}

uint32_t copy_number_floor(struct store *store)
{
    return (uint32_t)get_setting(store, FLOOR);
}
