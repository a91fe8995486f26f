/* outgoing: messages to one socket, held back until the round's transaction is on disk, then sent as fast as the other
 * side takes them.
 */
#ifndef GATEWAY_DISPATCHER_OUTGOING_H
#define GATEWAY_DISPATCHER_OUTGOING_H

#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"

#include <stdbool.h>

struct outgoing_item;

struct outgoing {
    int fd; /* owned */
    struct loop_source *source;
    struct outgoing_item *first;
    struct outgoing_item *last;
    unsigned count;
    bool blocked; /* the socket is full: goes on when it is writable */
    bool broken;  /* the other side has gone */
    bool paused;  /* is not read */
};

/* Takes fd and watches it: handler is called when it can be read, or, while blocked, written. */
void outgoing_open(
    struct outgoing *outgoing, struct loop *loop, int fd, loop_fd_handler *handler, void *arg);
/* Closes, forgets what was not sent. */
void outgoing_close(struct outgoing *outgoing);
/* Queues. */
void outgoing_put(struct outgoing *outgoing, const struct message *message);
/* Does not read, until told to; that the other side has gone is told all the same. */
void outgoing_pause(struct outgoing *outgoing, bool pause);
/* Sends what is queued; call it only when what it announces is on disk. */
void outgoing_flush(struct outgoing *outgoing);

#endif
