#include "audio/live.h"

#include "gateway/base/buf.h"
#include "gateway/base/log.h"
#include "gateway/bulletin/quorum.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define VERSION 1
#define FILE_MODE 0600
#define FILE_MAX (2 * WIRE_SEALED_MAX + LIVE_PATH_MAX + 64)
#define NAME_END ".live"
#define NAME_SIZE 512

enum err live_check(
    struct bulletin *bulletin, const struct live *live, const char *fingerprint, int64_t now_s)
{
    struct wire_sealed sealed;
    struct roster roster;
    struct quorum quorum;
    enum err err = roster_open(&roster, live->roster, live->roster_size, fingerprint);

    if (!err)
        err = wire_decode_sealed(&sealed, live->sealed, live->sealed_size);
    if (err)
        return err;
    if (sealed.size != live->sealed_size)
        return ERR_FORMAT;
    return quorum_accept(bulletin, &quorum, &roster, &sealed, now_s);
}

static enum err print_path(
    char path[NAME_SIZE], const struct schedule_item *item, const char *directory, const char *more)
{
    int size = snprintf(path, NAME_SIZE, "%s/%s-%u" NAME_END "%s", directory,
        item->retraction ? "retraction" : "bulletin", (unsigned)item->number, more);

    return size < 0 || size >= NAME_SIZE ? ERR_LONG : ERR_OK;
}

static enum err encode(uint8_t bytes[FILE_MAX], size_t *size, const struct live *live)
{
    struct buf_out out;

    buf_out_init(&out, bytes, FILE_MAX);
    buf_put_u8(&out, VERSION);
    buf_put_u8(&out, live->item.turns);
    buf_put_u64(&out, (uint64_t)live->item.first_s);
    buf_put_u64(&out, (uint64_t)live->item.due_s);
    buf_put_u32(&out, live->seconds);
    buf_put_string(&out, live->path);
    buf_put_u16(&out, live->sealed_size);
    buf_put_bytes(&out, live->sealed, live->sealed_size);
    buf_put_u16(&out, live->roster_size);
    buf_put_bytes(&out, live->roster, live->roster_size);
    *size = out.used;
    return out.err;
}

static void get_sealed(struct buf_in *in, uint8_t bytes[WIRE_SEALED_MAX], uint16_t *size)
{
    const uint8_t *view;

    *size = buf_get_u16(in);
    view = buf_get_view(in, *size);
    if (view && *size <= WIRE_SEALED_MAX)
        memcpy(bytes, view, *size);
    else
        *size = 0;
}

static enum err decode(struct live *live, const uint8_t *bytes, size_t size)
{
    struct buf_in in;
    uint8_t version;
    enum err err;

    buf_in_init(&in, bytes, size);
    version = buf_get_u8(&in);
    live->item.turns = buf_get_u8(&in);
    live->item.first_s = (int64_t)buf_get_u64(&in);
    live->item.due_s = (int64_t)buf_get_u64(&in);
    live->seconds = buf_get_u32(&in);
    buf_get_string(&in, live->path, sizeof(live->path));
    get_sealed(&in, live->sealed, &live->sealed_size);
    get_sealed(&in, live->roster, &live->roster_size);
    err = buf_in_end(&in);
    return err ? err : version == VERSION ? ERR_OK : ERR_VERSION;
}

static enum err write_file(const char *path, const uint8_t *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    enum err err = ERR_OK;

    if (fd < 0)
        return err_from_errno(errno);
    if (write(fd, bytes, size) != (ssize_t)size || fsync(fd))
        err = err_from_errno(errno);
    if (close(fd) && !err)
        err = err_from_errno(errno);
    return err;
}

enum err live_save(const struct live *live, const char *directory)
{
    char aside[NAME_SIZE], path[NAME_SIZE];
    uint8_t bytes[FILE_MAX];
    size_t size;
    enum err err = encode(bytes, &size, live);

    if (!err)
        err = print_path(aside, &live->item, directory, ".new");
    if (!err)
        err = print_path(path, &live->item, directory, "");
    if (!err)
        err = write_file(aside, bytes, size);
    if (!err && rename(aside, path))
        err = err_from_errno(errno);
    return err;
}

void live_remove(const struct schedule_item *item, const char *directory)
{
    char path[NAME_SIZE];

    if (print_path(path, item, directory, "") == ERR_OK && unlink(path) && errno != ENOENT)
        log_warn("live_not_removed path=%s error=%s", path, strerror(errno));
}

static enum err load(struct live *live, int directory, const char *name)
{
    uint8_t bytes[FILE_MAX];
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, sizeof(bytes));
    enum err err = got < 0 ? err_from_errno(errno) : ERR_OK;

    if (fd >= 0)
        close(fd);
    return err ? err : decode(live, bytes, (size_t)got);
}

static bool is_live_name(const char *name)
{
    size_t size = strlen(name), end = sizeof(NAME_END) - 1;

    return size > end && strcmp(name + size - end, NAME_END) == 0;
}

void live_load(const char *directory, bool (*each)(void *arg, const struct live *live), void *arg)
{
    DIR *folder = opendir(directory);

    if (!folder)
        return;
    for (const struct dirent *row = readdir(folder); row; row = readdir(folder)) {
        struct live live = {.seconds = 0};
        enum err err =
            is_live_name(row->d_name) ? load(&live, dirfd(folder), row->d_name) : ERR_MISSING;

        if (!err && !each(arg, &live))
            (void)unlinkat(dirfd(folder), row->d_name, 0);
        if (err && err != ERR_MISSING)
            log_warn("live_not_read name=%s error=%s", row->d_name, err_name(err));
    }
    (void)closedir(folder);
}
