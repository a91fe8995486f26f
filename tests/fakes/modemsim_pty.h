/* pty: a pseudo terminal under a name that stays, with an outgoing queue that never blocks.
 * The emulator keeps the far end open too, so that settings last and no hang-up is seen; who else opens and
 * closes it is told by inotify. What is written while nobody has it open is lost, as on a USB modem.
 */
#ifndef TESTS_FAKES_MODEMSIM_PTY_H
#define TESTS_FAKES_MODEMSIM_PTY_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PTY_QUEUE_BYTES (128 * 1024)
#define PTY_DEVICE_SIZE 64

struct pty {
    int master, slave, watch; /* -1 while it has vanished */
    int openers;              /* programs that have it open */
    char device[PTY_DEVICE_SIZE];
    char link[PATH_MAX];
    uint8_t *queue; /* PTY_QUEUE_BYTES, owned */
    size_t from, to;
    unsigned long lost_bytes; /* queue was full */
};

/* Takes a terminal, raw, that nobody sees yet. False with errno. */
bool pty_open(struct pty *pty);
/* Points link at it, in place of an older link, and watches it by notify, an inotify descriptor. False with
 * errno; the link is then as it was. A file that is no link is not replaced (EEXIST). */
bool pty_show(struct pty *pty, int notify);
/* Closes it and removes the link, if it is shown. */
void pty_close(struct pty *pty, int notify);
/* Queues; what does not fit is counted and lost. */
void pty_put(struct pty *pty, const void *bytes, size_t length);
/* Writes what the terminal takes, at most `most` bytes. */
void pty_flush(struct pty *pty, size_t most);
bool pty_waiting(const struct pty *pty);
/* Reads what is there, 0 when nothing. */
size_t pty_get(struct pty *pty, void *bytes, size_t size);
/* Somebody opened (+1) or closed (-1) it. After the last close whatever was unread is dropped. */
void pty_note(struct pty *pty, int change);

#endif
