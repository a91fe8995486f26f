#include "gateway/store/ballast.h"

#include "gateway/base/log.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LOW_BYTES (4LL << 20)  /* less free than this: the disk counts as full */
#define NONE_BYTES (1LL << 20) /* more than one round of the loop can write */
#define PATH_SIZE 512

static int64_t free_bytes(const char *folder)
{
    struct statvfs info;
    if (statvfs(folder, &info) != 0)
        return 0;
    return (int64_t)info.f_bavail * (int64_t)info.f_frsize;
}

static void path_of(char path[PATH_SIZE], const struct ballast *ballast)
{
    (void)snprintf(path, PATH_SIZE, "%s/ballast", ballast->folder);
}

static bool is_laid(const struct ballast *ballast)
{
    char path[PATH_SIZE];
    path_of(path, ballast);
    struct stat info;
    return stat(path, &info) == 0 && info.st_size == ballast->bytes;
}

static void lay(const struct ballast *ballast)
{
    char path[PATH_SIZE];
    path_of(path, ballast);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    if (posix_fallocate(fd, 0, ballast->bytes) != 0)
        (void)unlink(path);
    close(fd);
}

static void release(const struct ballast *ballast)
{
    char path[PATH_SIZE];
    path_of(path, ballast);
    (void)unlink(path);
}

static enum ballast_room judge(int64_t bytes)
{
    return bytes < NONE_BYTES ? BALLAST_NONE : BALLAST_LOW;
}

enum ballast_room ballast_check(struct ballast *ballast)
{
    int64_t bytes = free_bytes(ballast->folder);
    enum ballast_room before = ballast->room;
    if (before == BALLAST_PLENTY && bytes < LOW_BYTES) {
        release(ballast);
        ballast->room = judge(free_bytes(ballast->folder));
        log_error("disk_full folder=%s free_bytes=%lld: new bulletins and drafts are refused, "
                  "sending goes on; make room",
            ballast->folder, (long long)bytes);
    } else if (before != BALLAST_PLENTY && bytes >= ballast->bytes + 2 * LOW_BYTES) {
        if (ballast->bytes > 0)
            lay(ballast);
        ballast->room = BALLAST_PLENTY;
        log_info("disk_has_room folder=%s", ballast->folder);
    } else if (before != BALLAST_PLENTY) {
        ballast->room = judge(bytes);
    }
    if (before != BALLAST_NONE && ballast->room == BALLAST_NONE)
        log_error("disk_full folder=%s: sending stops, it could not be recorded; make room",
            ballast->folder);
    return ballast->room;
}

void ballast_init(struct ballast *ballast, const char *folder, int64_t bytes)
{
    ballast->folder = folder;
    ballast->bytes = bytes;
    ballast->room = BALLAST_PLENTY;
    if (bytes > 0 && !is_laid(ballast) && free_bytes(folder) >= bytes + 2 * LOW_BYTES)
        lay(ballast);
    (void)ballast_check(ballast);
    if (ballast->room == BALLAST_PLENTY && bytes > 0 && !is_laid(ballast)) {
        ballast->room = BALLAST_LOW;
        log_error("disk_full folder=%s: no room for the ballast of %lld bytes; new bulletins and "
                  "drafts are refused",
            folder, (long long)bytes);
    }
}
