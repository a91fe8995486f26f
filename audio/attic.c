#include "audio/attic.h"

#include "gateway/base/log.h"
#include "gateway/bulletin/bulletin.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_START "bulletin-"

/* All files of one bulletin. */
struct box {
    uint32_t number;
    int64_t made_s; /* the newest one */
    uint64_t bytes;
};

struct boxes {
    size_t count;
    struct box list[ATTIC_BULLETINS_MAX];
};

/* 0: no such file. */
static uint32_t read_number(const char *name)
{
    const char *at = name + sizeof(NAME_START) - 1;
    uint32_t number = 0;

    if (strncmp(name, NAME_START, sizeof(NAME_START) - 1) != 0)
        return 0;
    while (*at >= '0' && *at <= '9' && number <= BULLETIN_NUMBER_MAX)
        number = number * 10 + (uint32_t)(*at++ - '0');
    return *at == '-' && number <= BULLETIN_NUMBER_MAX ? number : 0;
}

static struct box *find_box(struct boxes *boxes, uint32_t number)
{
    for (size_t i = 0; i < boxes->count; i++)
        if (boxes->list[i].number == number)
            return &boxes->list[i];
    if (boxes->count == ATTIC_BULLETINS_MAX)
        return NULL;
    boxes->list[boxes->count] = (struct box){.number = number};
    return &boxes->list[boxes->count++];
}

static void look_at(struct boxes *boxes, int directory, const char *name)
{
    const uint32_t number = read_number(name);
    struct stat about;
    struct box *box;

    if (number == 0 || fstatat(directory, name, &about, AT_SYMLINK_NOFOLLOW) ||
        !S_ISREG(about.st_mode))
        return;
    box = find_box(boxes, number);
    if (!box)
        return;
    box->bytes += (uint64_t)about.st_size;
    if (about.st_mtim.tv_sec > box->made_s)
        box->made_s = about.st_mtim.tv_sec;
}

static int newest_first(const void *a, const void *b)
{
    const struct box *first = a, *second = b;

    return (first->made_s < second->made_s) - (first->made_s > second->made_s);
}

static void remove_files(DIR *folder, uint32_t number)
{
    rewinddir(folder);
    for (const struct dirent *row = readdir(folder); row; row = readdir(folder))
        if (read_number(row->d_name) == number && unlinkat(dirfd(folder), row->d_name, 0) &&
            errno != ENOENT)
            log_warn("not_removed name=%s error=%s", row->d_name, strerror(errno));
}

static bool is_live(const struct attic *attic, const struct box *box)
{
    return attic->is_live(attic->arg, box->number);
}

static uint64_t count_live(const struct attic *attic, const struct boxes *boxes)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < boxes->count; i++)
        if (is_live(attic, &boxes->list[i]))
            bytes += boxes->list[i].bytes;
    return bytes;
}

/* What is in force has its room first, then the newest. */
static bool remove_boxes(const struct attic *attic, struct boxes *boxes, DIR *folder, int64_t now_s)
{
    uint64_t bytes = count_live(attic, boxes);
    unsigned removed = 0;

    qsort(boxes->list, boxes->count, sizeof(boxes->list[0]), newest_first);
    for (size_t i = 0; i < boxes->count; i++) {
        const struct box *box = &boxes->list[i];

        if (is_live(attic, box))
            continue;
        if (now_s - box->made_s <= attic->kept_s && bytes + box->bytes <= attic->bytes) {
            bytes += box->bytes;
            continue;
        }
        if (removed++ == attic->most)
            return true;
        log_info("old_files_removed number=%u bytes=%llu", (unsigned)box->number,
            (unsigned long long)box->bytes);
        remove_files(folder, box->number);
    }
    return false;
}

bool attic_clear(const struct attic *attic, int64_t now_s)
{
    struct boxes *boxes = calloc(1, sizeof(*boxes));
    DIR *folder = opendir(attic->directory);
    bool more = false;

    if (!boxes)
        log_fatal("no_memory");
    if (folder) {
        for (const struct dirent *row = readdir(folder); row; row = readdir(folder))
            look_at(boxes, dirfd(folder), row->d_name);
        more = remove_boxes(attic, boxes, folder, now_s);
        (void)closedir(folder);
    }
    free(boxes);
    return more;
}
