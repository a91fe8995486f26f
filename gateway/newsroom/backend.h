/* backend: the newsroom's one connection to the dispatcher: requests go out in a row, answers come back in that order.
 *
 * backend_ask never fails, never blocks and never calls the handler before it returns. The handler is called for each
 * message of the answer, the last time with last set; it is always called that last time, exactly once, whatever happens.
 * What cannot be asked or answered ends as MESSAGE_REFUSED: ERR_BUSY when BACKEND_WAITING_MAX requests are under way,
 * ERR_TIMEOUT when the dispatcher was silent for BACKEND_TIMEOUT_MS, ERR_CLOSED when it has gone, ERR_LONG or ERR_VALUE
 * when the message cannot be encoded. So a handler frees what arg points to when last is set, and only then.
 */
#ifndef GATEWAY_NEWSROOM_BACKEND_H
#define GATEWAY_NEWSROOM_BACKEND_H

#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"

#include <stdbool.h>

#define BACKEND_WAITING_MAX 512
#define BACKEND_TIMEOUT_MS 10000

struct backend;

/* reply lives during the call. With last it is OK, REFUSED, END or the only answer of its request (DRAFT, SEALED ...);
 * without, it is a row of a list, to be followed by others. A REFUSED may also end a list that has begun. */
typedef void backend_handler(void *arg, const struct message *reply, bool last);
/* Told of each request that the dispatcher has granted, after its handler. */
typedef void backend_watcher(void *arg, enum message_type granted);

/* fd stays the caller's. closed is called when the dispatcher has gone, after all handlers have been. No memory: the
 * process ends. */
struct backend *backend_new(struct loop *loop, int fd, loop_handler *closed, void *arg);
void backend_watch(struct backend *backend, backend_watcher *watcher, void *arg);
void backend_free(struct backend *backend);
/* message is copied; message->fd is ignored. A handler may ask again, also from its last call. */
void backend_ask(
    struct backend *backend, const struct message *message, backend_handler *handler, void *arg);
/* Requests not yet answered. */
unsigned backend_waiting(const struct backend *backend);

#endif
