/* tty: opening a modem's tty and the private PTY that libgammu takes for one.
 */
#ifndef MODEMS_TTY_H
#define MODEMS_TTY_H

#include "gateway/base/err.h"

#define TTY_PATH_MAX 64

/* Claims the tty at path, whatever name leads to it, among all processes of this kind: *claim is to be closed when the tty
 * is. It is not opened, so that who has it is not disturbed. ERR_BUSY, ERR_MISSING, ERR_DENIED, ERR_DEVICE if it is no tty. */
ERR_CHECKED enum err tty_claim(int *claim, const char *path);
/* Opens path raw, 115,200 baud, for this process alone, not blocking, not as controlling terminal, and drops what waits in
 * it. ERR_MISSING, ERR_DENIED, ERR_BUSY if another process holds it, ERR_DEVICE if it is no tty. */
ERR_CHECKED enum err tty_open(int *fd, const char *path);
/* Drops what was written and not yet read by the other side. */
void tty_discard(int fd);

/* A new PTY, raw: the master is not blocking; slave is kept open by the caller so that the master does not hang up when
 * nobody else has it; path is the slave's. */
struct tty_pair {
    int master;
    int slave;
    char path[TTY_PATH_MAX];
};

ERR_CHECKED enum err tty_pair_open(struct tty_pair *pair);
void tty_pair_close(struct tty_pair *pair);

#endif
