#include "audio/live.h"

#include "audio/aside.h"
#include "gateway/base/buf.h"
#include "gateway/base/log.h"
#include "gateway/bulletin/quorum.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VERSION 2
#define VERSION_ALONE                                                                              \
    1 /* of sounds that carry nothing but their own bulletin, with segments that are not known */
#define FILE_MAX                                                                                   \
    (2 * WIRE_SEALED_MAX + LIVE_PATH_MAX + 4 * (SCHEDULE_LIVE_MAX + LIVE_SEGMENTS_MAX) + 128)
#define MS_PER_S 1000
#define NS_PER_MS 1000000
#define NAME_END ".live"
#define NAME_SIZE ASIDE_PATH_MAX

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

bool live_carries(const struct live_made *made, uint32_t key)
{
    for (size_t i = 0; i < made->with_count; i++)
        if (made->with[i] == key)
            return true;
    return false;
}

bool live_is_over(const struct live_made *made, const struct schedule_queue *queue)
{
    size_t known = 0;

    for (size_t i = 0; i < queue->count; i++)
        if (live_carries(made, schedule_key(&queue->items[i])))
            known++;
    return known < made->with_count;
}

enum live_truth live_judge(const struct live *live, const struct schedule_queue *queue)
{
    const uint32_t own = schedule_key(&live->item);

    if (live->made.at_ms == 0 || live_is_over(&live->made, queue))
        return LIVE_FALSE;
    for (size_t i = 0; i < queue->count; i++) {
        uint32_t key = schedule_key(&queue->items[i]);

        if (key != own && !live_carries(&live->made, key))
            return LIVE_LACKS;
    }
    return LIVE_TRUE;
}

enum err live_note_file(struct live_made *made, const char *path)
{
    struct stat about;

    made->at_ms = 0;
    if (stat(path, &about))
        return err_from_errno(errno);
    made->at_ms = (int64_t)about.st_mtim.tv_sec * MS_PER_S + about.st_mtim.tv_nsec / NS_PER_MS;
    made->bytes = (uint64_t)about.st_size;
    return ERR_OK;
}

bool live_has_file(const struct live *live)
{
    struct live_made now;

    return live->made.at_ms != 0 && live_note_file(&now, live->path) == ERR_OK &&
           now.at_ms == live->made.at_ms && now.bytes == live->made.bytes;
}

uint32_t live_find_start(const struct live_made *made, uint32_t at_ms)
{
    uint32_t start_ms = 0;

    for (size_t i = 0; i < made->start_count && made->starts_ms[i] <= at_ms; i++)
        start_ms = made->starts_ms[i];
    return start_ms;
}

static enum err print_path(
    char path[NAME_SIZE], const struct schedule_item *item, const char *directory)
{
    int size = snprintf(path, NAME_SIZE, "%s/%s-%u" NAME_END, directory,
        item->retraction ? "retraction" : "bulletin", (unsigned)item->number);

    return size < 0 || size >= NAME_SIZE ? ERR_LONG : ERR_OK;
}

static void put_list(struct buf_out *out, const uint32_t *list, uint8_t count)
{
    buf_put_u8(out, count);
    for (size_t i = 0; i < count; i++)
        buf_put_u32(out, list[i]);
}

static void get_list(struct buf_in *in, uint8_t *count, uint32_t *list, size_t size)
{
    uint8_t told = buf_get_u8(in);

    if (told > size && !in->err)
        in->err = ERR_LONG;
    for (*count = 0; *count < told && !in->err; (*count)++)
        list[*count] = buf_get_u32(in);
}

static void get_made(struct buf_in *in, struct live_made *made)
{
    made->at_ms = (int64_t)buf_get_u64(in);
    made->bytes = buf_get_u64(in);
    get_list(in, &made->with_count, made->with, SCHEDULE_LIVE_MAX);
    get_list(in, &made->start_count, made->starts_ms, LIVE_SEGMENTS_MAX);
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
    buf_put_u64(&out, (uint64_t)live->made.at_ms);
    buf_put_u64(&out, live->made.bytes);
    put_list(&out, live->made.with, live->made.with_count);
    put_list(&out, live->made.starts_ms, live->made.start_count);
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
    if (version == VERSION)
        get_made(&in, &live->made);
    else if (version != VERSION_ALONE)
        return ERR_VERSION;
    err = buf_in_end(&in);
    if (!err && version == VERSION_ALONE && live_note_file(&live->made, live->path))
        live->made.at_ms = 0;
    return err;
}

enum err live_save(const struct live *live, const char *directory)
{
    char path[NAME_SIZE];
    uint8_t bytes[FILE_MAX];
    size_t size;
    enum err err = encode(bytes, &size, live);

    if (!err)
        err = print_path(path, &live->item, directory);
    return err ? err : aside_write(path, bytes, size);
}

void live_remove(const struct schedule_item *item, const char *directory)
{
    char path[NAME_SIZE];

    if (print_path(path, item, directory) == ERR_OK && unlink(path) && errno != ENOENT)
        log_warn("live_not_removed path=%s error=%s", path, strerror(errno));
}

static enum err load(struct live *live, const char *directory, const char *name)
{
    char path[NAME_SIZE];
    uint8_t bytes[FILE_MAX];
    size_t used = 0;
    int size = snprintf(path, sizeof(path), "%s/%s", directory, name);
    enum err err = size < 0 || (size_t)size >= sizeof(path)
                       ? ERR_LONG
                       : aside_read(bytes, sizeof(bytes), &used, path);

    return err ? err : decode(live, bytes, used);
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
            is_live_name(row->d_name) ? load(&live, directory, row->d_name) : ERR_MISSING;

        if (!err && !each(arg, &live))
            (void)unlinkat(dirfd(folder), row->d_name, 0);
        if (err && err != ERR_MISSING)
            log_warn("live_not_read name=%s error=%s", row->d_name, err_name(err));
    }
    (void)closedir(folder);
}
