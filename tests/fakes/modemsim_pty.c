#include "tests/fakes/modemsim_pty.h"

#include "tests/fakes/modemsim_out.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static bool link_replace(const char *link, const char *device)
{
    char fresh[PATH_MAX + 8];
    struct stat there;
    if (lstat(link, &there) == 0 && !S_ISLNK(there.st_mode)) {
        errno = EEXIST;
        return false;
    }
    snprintf(fresh, sizeof fresh, "%s.new", link);
    if (unlink(fresh) != 0 && errno != ENOENT)
        return false;
    return symlink(device, fresh) == 0 && rename(fresh, link) == 0;
}

bool pty_open(struct pty *pty)
{
    struct termios raw;
    memset(&raw, 0, sizeof raw);
    cfmakeraw(&raw);
    cfsetspeed(&raw, B115200);
    raw.c_cflag |= CS8 | CREAD | CLOCAL;
    pty->watch = -1;
    if (openpty(&pty->master, &pty->slave, NULL, &raw, NULL) != 0)
        return false;
    return ttyname_r(pty->slave, pty->device, sizeof pty->device) == 0 &&
           fcntl(pty->master, F_SETFL, O_NONBLOCK) == 0 &&
           fcntl(pty->master, F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(pty->slave, F_SETFD, FD_CLOEXEC) == 0;
}

bool pty_show(struct pty *pty, int notify)
{
    pty->watch = inotify_add_watch(notify, pty->device, IN_OPEN | IN_CLOSE);
    if (pty->watch < 0)
        return false;
    if (!link_replace(pty->link, pty->device)) {
        int why = errno;
        inotify_rm_watch(notify, pty->watch);
        pty->watch = -1; /* not shown: what lies at link is not ours to remove */
        errno = why;
        return false;
    }
    if (!pty->queue)
        pty->queue = out_of_heap(PTY_QUEUE_BYTES);
    pty->from = pty->to = 0;
    pty->openers = 0;
    return true;
}

void pty_close(struct pty *pty, int notify)
{
    if (pty->master < 0)
        return;
    if (pty->watch >= 0) {
        unlink(pty->link);
        inotify_rm_watch(notify, pty->watch);
    }
    close(pty->master);
    close(pty->slave);
    pty->master = pty->slave = pty->watch = -1;
    pty->openers = 0;
}

void pty_put(struct pty *pty, const void *bytes, size_t length)
{
    if (pty->master < 0 || pty->openers <= 0)
        return;
    if (pty->from == pty->to)
        pty->from = pty->to = 0;
    if (length > PTY_QUEUE_BYTES - pty->to && pty->from) {
        memmove(pty->queue, pty->queue + pty->from, pty->to - pty->from);
        pty->to -= pty->from;
        pty->from = 0;
    }
    size_t room = PTY_QUEUE_BYTES - pty->to;
    size_t taken = length < room ? length : room;
    memcpy(pty->queue + pty->to, bytes, taken);
    pty->to += taken;
    pty->lost_bytes += length - taken;
}

void pty_flush(struct pty *pty, size_t most)
{
    while (pty->master >= 0 && pty->from < pty->to && most) {
        size_t length = pty->to - pty->from;
        ssize_t wrote = write(pty->master, pty->queue + pty->from, length < most ? length : most);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return;
        pty->from += (size_t)wrote;
        most -= (size_t)wrote;
    }
}

bool pty_waiting(const struct pty *pty)
{
    return pty->master >= 0 && pty->from < pty->to;
}

size_t pty_get(struct pty *pty, void *bytes, size_t size)
{
    if (pty->master < 0)
        return 0;
    ssize_t got = read(pty->master, bytes, size);
    return got > 0 ? (size_t)got : 0;
}

void pty_note(struct pty *pty, int change)
{
    pty->openers += change;
    if (pty->openers > 0)
        return;
    pty->openers = 0;
    pty->from = pty->to = 0;
    tcflush(pty->slave, TCIFLUSH);
}
