#include "modems/seek.h"

#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PATTERN_MAX 256
#define NS_PER_S 1000000000
#define TRIES_DOUBLED_MAX 4 /* a silent tty is asked again after at most 16 times the first pause */

static const int again_ms[SEEK_VERDICT_COUNT] = {0, 500, 2000, 60000};

void seek_init(struct seek *seek, const char *globs)
{
    *seek = (struct seek){.globs = globs};
}

static struct seek_place *find_device(struct seek *seek, dev_t device)
{
    for (size_t i = 0; i < seek->count; i++)
        if (seek->places[i].device == device)
            return &seek->places[i];
    return NULL;
}

/* Names come in order; the first that leads to a tty is the one that is used. */
static void note(struct seek *seek, const char *path)
{
    struct stat is;
    if (strlen(path) >= SEEK_PATH_MAX || stat(path, &is) != 0 || !S_ISCHR(is.st_mode))
        return;
    int64_t changed_ns = (int64_t)is.st_ctim.tv_sec * NS_PER_S + is.st_ctim.tv_nsec;
    struct seek_place *place = find_device(seek, is.st_rdev);
    if (place == NULL) {
        if (seek->count == SEEK_PLACES_MAX)
            return;
        place = &seek->places[seek->count++];
        *place = (struct seek_place){.device = is.st_rdev};
    }
    if (place->scan == seek->scan)
        return;
    if (place->inode != is.st_ino || place->changed_ns != changed_ns)
        *place =
            (struct seek_place){.device = is.st_rdev, .inode = is.st_ino, .changed_ns = changed_ns};
    place->scan = seek->scan;
    (void)snprintf(place->path, sizeof place->path, "%s", path);
}

static void scan_pattern(struct seek *seek, const char *pattern)
{
    glob_t found = {0};
    if (glob(pattern, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            note(seek, found.gl_pathv[i]);
    globfree(&found);
}

static void forget_unseen(struct seek *seek)
{
    size_t kept = 0;
    for (size_t i = 0; i < seek->count; i++)
        if (seek->places[i].scan == seek->scan)
            seek->places[kept++] = seek->places[i];
    seek->count = kept;
}

static void scan(struct seek *seek)
{
    seek->scan++;
    for (const char *next = seek->globs; *next != '\0';) {
        char pattern[PATTERN_MAX];
        size_t size = strcspn(next, " ");
        if (size > 0 && size < sizeof pattern) {
            memcpy(pattern, next, size);
            pattern[size] = '\0';
            scan_pattern(seek, pattern);
        }
        next += size + strspn(next + size, " ");
    }
    forget_unseen(seek);
}

enum err seek_next(struct seek *seek, char path[SEEK_PATH_MAX], int64_t now_ms)
{
    const struct seek_place *best = NULL;
    scan(seek);
    for (size_t i = 0; i < seek->count; i++) {
        const struct seek_place *place = &seek->places[i];
        if (place->again_ms > now_ms)
            continue;
        bool ours = strcmp(place->path, seek->ours) == 0;
        if (ours || best == NULL || place->tries < best->tries)
            best = place;
        if (ours)
            break;
    }
    if (best == NULL)
        return ERR_MISSING;
    memcpy(path, best->path, SEEK_PATH_MAX);
    return ERR_OK;
}

void seek_judge(struct seek *seek, const char *path, enum seek_verdict verdict, int64_t now_ms)
{
    if (verdict == SEEK_OURS)
        (void)snprintf(seek->ours, sizeof seek->ours, "%s", path);
    for (size_t i = 0; i < seek->count; i++) {
        struct seek_place *place = &seek->places[i];
        if (strcmp(place->path, path) != 0)
            continue;
        bool ours = strcmp(path, seek->ours) == 0;
        unsigned doublings = verdict != SEEK_SILENT || ours     ? 0
                             : place->tries < TRIES_DOUBLED_MAX ? place->tries
                                                                : TRIES_DOUBLED_MAX;
        place->again_ms = now_ms + ((int64_t)again_ms[verdict] << doublings);
        place->tries = verdict == SEEK_OURS ? 0 : place->tries + (verdict != SEEK_BUSY);
    }
}
