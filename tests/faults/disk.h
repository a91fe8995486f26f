/* disk: a disk that remembers. A VFS for SQLite passes everything on to the real one and records what was written, cut, synced,
 * made and removed; a model of the disk plays the record and lays out what may be there after a power cut at any moment.
 *
 * What is synced stays. Of what is not, each sector of 512 bytes is there or not, in any order; so are the lengths of files. Names
 * are journalled in order by the file system: the sync of a new file carries all that was done to names before it.
 */
#ifndef TESTS_FAULTS_DISK_H
#define TESTS_FAULTS_DISK_H

#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DISK_UNUSED __attribute__((unused))
#define DISK_NAME_SIZE 32
#define DISK_FILES_MAX 64 /* ever made */
#define DISK_SECTOR_BYTES 512
#define DISK_IMAGE_BYTES (16u << 20)
#define DISK_REAL_BYTES 2048 /* of the real VFS's file */

enum disk_kind { DISK_WRITE, DISK_CUT, DISK_SYNC, DISK_MAKE, DISK_REMOVE };

struct disk_entry {
    enum disk_kind kind;
    unsigned file;
    char name[DISK_NAME_SIZE]; /* MAKE, REMOVE */
    size_t at;                 /* WRITE; CUT: the new length */
    size_t size;
    uint8_t *bytes;
};

/* What has been recorded, and what is to fail. */
struct disk_record {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    sqlite3_io_methods methods;
    bool on;
    unsigned count, room, files;
    struct disk_entry *entries;
    struct disk_entry nowhere;
    unsigned syncs, reads;
    unsigned fail_sync, fail_read; /* the nth fails; 0 none */
};

struct disk_file {
    sqlite3_file base;
    struct disk_record *record;
    unsigned file;
    _Alignas(16) char real[DISK_REAL_BYTES];
};

static struct disk_file *disk_of(sqlite3_file *file)
{
    return (struct disk_file *)(void *)file;
}

static sqlite3_file *disk_real(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)disk_of(file)->real;
}

static struct disk_entry *disk_note(struct disk_record *record, enum disk_kind kind, unsigned file)
{
    if (!record->on)
        return &record->nowhere;
    if (record->count == record->room) {
        record->room = record->room == 0 ? 4096 : record->room * 2;
        record->entries = reallocarray(record->entries, record->room, sizeof record->entries[0]);
        if (record->entries == NULL)
            abort();
    }
    record->entries[record->count] = (struct disk_entry){.kind = kind, .file = file};
    return &record->entries[record->count++];
}

static const char *disk_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static int disk_close(sqlite3_file *file)
{
    return disk_real(file)->pMethods->xClose(disk_real(file));
}

static int disk_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    struct disk_record *record = disk_of(file)->record;
    if (++record->reads == record->fail_read)
        return SQLITE_IOERR_READ;
    return disk_real(file)->pMethods->xRead(disk_real(file), bytes, size, at);
}

static int disk_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    struct disk_entry *entry = disk_note(disk_of(file)->record, DISK_WRITE, disk_of(file)->file);
    if (disk_of(file)->record->on) {
        entry->at = (size_t)at;
        entry->size = (size_t)size;
        entry->bytes = malloc((size_t)size);
        memcpy(entry->bytes, bytes, (size_t)size);
    }
    return disk_real(file)->pMethods->xWrite(disk_real(file), bytes, size, at);
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    disk_note(disk_of(file)->record, DISK_CUT, disk_of(file)->file)->at = (size_t)size;
    return disk_real(file)->pMethods->xTruncate(disk_real(file), size);
}

static int disk_sync(sqlite3_file *file, int flags)
{
    struct disk_record *record = disk_of(file)->record;
    if (++record->syncs == record->fail_sync)
        return SQLITE_IOERR_FSYNC;
    int result = disk_real(file)->pMethods->xSync(disk_real(file), flags);
    (void)disk_note(record, DISK_SYNC, disk_of(file)->file);
    return result;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return disk_real(file)->pMethods->xFileSize(disk_real(file), size);
}

static int disk_lock(sqlite3_file *file, int level)
{
    return disk_real(file)->pMethods->xLock(disk_real(file), level);
}

static int disk_unlock(sqlite3_file *file, int level)
{
    return disk_real(file)->pMethods->xUnlock(disk_real(file), level);
}

static int disk_check_lock(sqlite3_file *file, int *out)
{
    return disk_real(file)->pMethods->xCheckReservedLock(disk_real(file), out);
}

static int disk_control(sqlite3_file *file, int op, void *arg)
{
    return disk_real(file)->pMethods->xFileControl(disk_real(file), op, arg);
}

static int disk_sector(sqlite3_file *file)
{
    return disk_real(file)->pMethods->xSectorSize(disk_real(file));
}

static int disk_traits(sqlite3_file *file)
{
    return disk_real(file)->pMethods->xDeviceCharacteristics(disk_real(file));
}

static int disk_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return disk_real(file)->pMethods->xShmMap(disk_real(file), page, size, extend, out);
}

static int disk_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return disk_real(file)->pMethods->xShmLock(disk_real(file), offset, n, flags);
}

static void disk_shm_barrier(sqlite3_file *file)
{
    disk_real(file)->pMethods->xShmBarrier(disk_real(file));
}

static int disk_shm_unmap(sqlite3_file *file, int flag)
{
    return disk_real(file)->pMethods->xShmUnmap(disk_real(file), flag);
}

static unsigned disk_find_file(const struct disk_record *record, const char *name)
{
    for (unsigned i = record->count; i-- > 0;)
        if (record->entries[i].kind == DISK_MAKE && strcmp(record->entries[i].name, name) == 0)
            return record->entries[i].file;
    abort();
}

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
    struct disk_record *record = vfs->pAppData;
    bool there = path != NULL && access(path, F_OK) == 0;
    disk_of(file)->record = record;
    int result = record->real->xOpen(record->real, path, disk_real(file), flags, out);
    file->pMethods = result == SQLITE_OK ? &record->methods : NULL;
    if (result != SQLITE_OK || path == NULL || !record->on)
        return result;
    if (!there) {
        struct disk_entry *entry = disk_note(record, DISK_MAKE, record->files++);
        (void)snprintf(entry->name, sizeof entry->name, "%s", disk_base(path));
    }
    disk_of(file)->file = disk_find_file(record, disk_base(path));
    return result;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    struct disk_record *record = vfs->pAppData;
    struct disk_entry *entry = disk_note(record, DISK_REMOVE, 0);
    (void)snprintf(entry->name, sizeof entry->name, "%s", disk_base(path));
    return record->real->xDelete(record->real, path, sync);
}

/* From now on SQLite's default. Recording begins with on = true. */
DISK_UNUSED static void disk_register(struct disk_record *record)
{
    record->real = sqlite3_vfs_find(NULL);
    record->vfs = *record->real;
    record->vfs.pNext = NULL;
    record->vfs.zName = "disk";
    record->vfs.pAppData = record;
    record->vfs.szOsFile = (int)sizeof(struct disk_file);
    record->vfs.xOpen = disk_open;
    record->vfs.xDelete = disk_delete;
    record->methods = (sqlite3_io_methods){2, disk_close, disk_read, disk_write, disk_truncate,
        disk_sync, disk_size, disk_lock, disk_unlock, disk_check_lock, disk_control, disk_sector,
        disk_traits, disk_shm_map, disk_shm_lock, disk_shm_barrier, disk_shm_unmap, NULL, NULL};
    if (record->real->szOsFile > DISK_REAL_BYTES ||
        sqlite3_vfs_register(&record->vfs, 1) != SQLITE_OK)
        abort();
}

/* ---- the model ---- */

struct disk_image {
    size_t size;
    uint8_t *bytes;
};

struct disk_pending {
    unsigned count, room;
    const struct disk_entry **entries;
};

struct disk_model {
    struct disk_image files[DISK_FILES_MAX];     /* what is surely there */
    struct disk_pending pending[DISK_FILES_MAX]; /* what may be */
    bool named[DISK_FILES_MAX];                  /* its name is surely there, or has been */
    struct disk_pending names;
    char present[DISK_FILES_MAX][DISK_NAME_SIZE]; /* its name on the disk; empty none */
    unsigned lies;                                /* one sync of so many does nothing; 0 none */
    unsigned seed;
    struct disk_image scratch;
};

/* What a cut leaves of what was not synced. */
enum disk_how { DISK_NOTHING, DISK_ALL, DISK_FIRST, DISK_SOME, DISK_HOW_COUNT };

static void disk_image_write(struct disk_image *image, size_t at, const uint8_t *bytes, size_t size)
{
    if (at + size > DISK_IMAGE_BYTES)
        abort();
    if (image->bytes == NULL)
        image->bytes = calloc(1, DISK_IMAGE_BYTES);
    if (at > image->size)
        memset(image->bytes + image->size, 0, at - image->size);
    memcpy(image->bytes + at, bytes, size);
    if (at + size > image->size)
        image->size = at + size;
}

static void disk_pend(struct disk_pending *pending, const struct disk_entry *entry)
{
    if (pending->count == pending->room) {
        pending->room = pending->room == 0 ? 64 : pending->room * 2;
        pending->entries =
            reallocarray(pending->entries, pending->room, sizeof(const struct disk_entry *));
        if (pending->entries == NULL)
            abort();
    }
    pending->entries[pending->count++] = entry;
}

static void disk_apply(struct disk_image *image, const struct disk_entry *entry)
{
    if (entry->kind == DISK_WRITE)
        disk_image_write(image, entry->at, entry->bytes, entry->size);
    else if (entry->at < image->size)
        image->size = entry->at;
}

static void disk_apply_name(
    char present[DISK_FILES_MAX][DISK_NAME_SIZE], const struct disk_entry *entry)
{
    for (unsigned i = 0; i < DISK_FILES_MAX; i++)
        if (strcmp(present[i], entry->name) == 0)
            present[i][0] = '\0';
    if (entry->kind == DISK_MAKE)
        memcpy(present[entry->file], entry->name, DISK_NAME_SIZE);
}

static void disk_settle(struct disk_model *model, unsigned file)
{
    for (unsigned i = 0; i < model->pending[file].count; i++)
        disk_apply(&model->files[file], model->pending[file].entries[i]);
    model->pending[file].count = 0;
    if (model->named[file])
        return;
    model->named[file] = true;
    for (unsigned i = 0; i < model->names.count; i++)
        disk_apply_name(model->present, model->names.entries[i]);
    model->names.count = 0;
}

/* The disk goes on by one entry of the record. */
DISK_UNUSED static void disk_play(struct disk_model *model, const struct disk_entry *entry)
{
    if (entry->kind == DISK_SYNC) {
        if (model->lies == 0 || (unsigned)rand_r(&model->seed) % model->lies != 0)
            disk_settle(model, entry->file);
    } else if (entry->kind == DISK_MAKE || entry->kind == DISK_REMOVE) {
        disk_pend(&model->names, entry);
    } else {
        disk_pend(&model->pending[entry->file], entry);
    }
}

/* Each sector of a write is there or not. */
static void disk_apply_some(
    struct disk_image *image, const struct disk_entry *entry, unsigned *seed)
{
    if (entry->kind != DISK_WRITE) {
        if (rand_r(seed) % 2 == 0)
            disk_apply(image, entry);
        return;
    }
    for (size_t done = 0; done < entry->size;) {
        size_t at = entry->at + done;
        size_t size = DISK_SECTOR_BYTES - at % DISK_SECTOR_BYTES;
        if (size > entry->size - done)
            size = entry->size - done;
        if (rand_r(seed) % 2 == 0)
            disk_image_write(image, at, entry->bytes + done, size);
        done += size;
    }
}

static void disk_save(const struct disk_image *image, const char *folder, const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%.200s/%.32s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || (image->size > 0 && write(fd, image->bytes, image->size) != (ssize_t)image->size))
        abort();
    close(fd);
}

static void disk_lay_file(struct disk_model *model, unsigned file, enum disk_how how,
    const char *folder, const char *name)
{
    const struct disk_pending *pending = &model->pending[file];
    unsigned reached = pending->count;
    if (how == DISK_NOTHING)
        reached = 0;
    if (how == DISK_FIRST && pending->count > 0)
        reached = (unsigned)rand_r(&model->seed) % pending->count;
    model->scratch.size = 0;
    if (model->files[file].size > 0)
        disk_image_write(&model->scratch, 0, model->files[file].bytes, model->files[file].size);
    for (unsigned i = 0; i < reached; i++)
        if (how == DISK_SOME)
            disk_apply_some(&model->scratch, pending->entries[i], &model->seed);
        else
            disk_apply(&model->scratch, pending->entries[i]);
    disk_save(&model->scratch, folder, name);
}

/* Lays out in folder what is there after a cut now. */
DISK_UNUSED static void disk_lay(struct disk_model *model, enum disk_how how, const char *folder)
{
    char present[DISK_FILES_MAX][DISK_NAME_SIZE];
    memcpy(present, model->present, sizeof present);
    unsigned names = model->names.count;
    if (how == DISK_NOTHING)
        names = 0;
    if (how == DISK_FIRST || how == DISK_SOME)
        names = (unsigned)rand_r(&model->seed) % (names + 1);
    for (unsigned i = 0; i < names; i++)
        disk_apply_name(present, model->names.entries[i]);
    for (unsigned i = 0; i < DISK_FILES_MAX; i++)
        if (present[i][0] != '\0')
            disk_lay_file(model, i, how, folder, present[i]);
}

#endif
