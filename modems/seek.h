/* seek: which tty to try next when a modem is known by its identity and not by its tty's name. A tty that was tried is left
 * alone for a while, unless it has vanished and come back. Reads the file system, opens nothing, knows no clock.
 */
#ifndef MODEMS_SEEK_H
#define MODEMS_SEEK_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define SEEK_PATH_MAX 256
#define SEEK_PLACES_MAX 256
#define SEEK_EVERYWHERE "/dev/serial/by-id/* /dev/ttyUSB* /dev/ttyACM*"

enum seek_verdict {
    SEEK_OURS,   /* to be tried first from now on */
    SEEK_BUSY,   /* another process holds it */
    SEEK_SILENT, /* no modem, or it does not answer yet */
    SEEK_OTHER,  /* another modem or SIM */
    SEEK_VERDICT_COUNT
};

/* A tty, however many names lead to it. */
struct seek_place {
    char path[SEEK_PATH_MAX];
    dev_t device;
    ino_t inode;
    int64_t changed_ns; /* of the inode: a tty that came back is another */
    int64_t again_ms;   /* not before */
    unsigned tries;     /* in vain */
    unsigned scan;      /* the last that saw it */
};

struct seek {
    const char *globs; /* shell patterns with spaces between; the caller's */
    char ours[SEEK_PATH_MAX];
    unsigned scan;
    size_t count;
    struct seek_place places[SEEK_PLACES_MAX];
};

void seek_init(struct seek *seek, const char *globs);
/* The tty to be tried now. Ours comes first, then what was tried least. ERR_MISSING if nothing is due. */
ERR_CHECKED enum err seek_next(struct seek *seek, char path[SEEK_PATH_MAX], int64_t now_ms);
/* What became of it. Ours is tried again soon, however often it was silent. */
void seek_judge(struct seek *seek, const char *path, enum seek_verdict verdict, int64_t now_ms);

#endif
