#include "gateway/newsroom/backend.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdlib.h>

#define RECEIVE_MAX 128 /* messages in a row before others of the loop have their turn */
#define WATCH_MS 1000

/* A request under way. */
struct waiting {
    struct waiting *next;
    enum message_type type;
    struct message *unsent;   /* NULL once it has gone out */
    enum err refused;         /* it never goes out */
    backend_handler *handler; /* NULL once it has been called for the last time */
    void *arg;
    int64_t deadline_ms;
};

struct backend {
    struct loop *loop;
    int fd;
    struct loop_source *source;
    struct loop_source *timer;
    loop_handler *closed;
    void *closed_arg;
    backend_watcher *watcher; /* NULL: nobody */
    void *watcher_arg;
    struct waiting *first;
    struct waiting **end;
    struct waiting *refused; /* to be told in the next round */
    unsigned count;
    bool gone;
};

/* The requests that are answered by a list; all others have one answer. */
static bool is_list(enum message_type type)
{
    static const enum message_type lists[] = {MESSAGE_DRAFT_LIST, MESSAGE_STATUS_GET,
        MESSAGE_SUBSCRIBER_LIST, MESSAGE_SUBSCRIBER_COUNT, MESSAGE_DOUBT_LIST, MESSAGE_TIP_LIST,
        MESSAGE_AUDIT_LIST, MESSAGE_SKETCH_LIST, MESSAGE_OUTCOME_LIST, MESSAGE_RUMOUR_LIST,
        MESSAGE_ASKED_LIST, MESSAGE_AIR_LIST, MESSAGE_RECEPTION_LIST};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (lists[i] == type)
            return true;
    return false;
}

static bool is_last(enum message_type request, enum message_type reply)
{
    return !is_list(request) || reply == MESSAGE_END || reply == MESSAGE_REFUSED;
}

static void refuse(struct waiting *waiting, enum err why)
{
    struct message reply = {.type = MESSAGE_REFUSED, .fd = -1};
    backend_handler *handler = waiting->handler;
    reply.as.refused.result = (uint8_t)why;
    waiting->handler = NULL;
    if (handler != NULL)
        handler(waiting->arg, &reply, true);
}

static void waiting_free(struct waiting *waiting)
{
    free(waiting->unsent);
    free(waiting);
}

static struct waiting *take_first(struct backend *backend)
{
    struct waiting *first = backend->first;
    backend->first = first->next;
    if (backend->first == NULL)
        backend->end = &backend->first;
    backend->count--;
    return first;
}

static void tell_refused(struct backend *backend)
{
    struct waiting *list = backend->refused;
    backend->refused = NULL;
    while (list != NULL) {
        struct waiting *next = list->next;
        refuse(list, list->refused);
        waiting_free(list);
        list = next;
    }
}

static void lose(struct backend *backend)
{
    if (backend->gone)
        return;
    backend->gone = true;
    loop_remove(backend->source);
    backend->source = NULL;
    while (backend->first != NULL) {
        struct waiting *first = take_first(backend);
        refuse(first, ERR_CLOSED);
        waiting_free(first);
    }
    backend->closed(backend->closed_arg);
}

/* What is not yet out, in order. */
static void send_more(struct backend *backend)
{
    unsigned events = LOOP_READ;
    for (struct waiting *w = backend->first; w != NULL; w = w->next) {
        if (w->unsent == NULL)
            continue;
        enum err err = messages_send(backend->fd, w->unsent);
        if (err == ERR_BUSY) {
            events |= LOOP_WRITE;
            break;
        }
        free(w->unsent);
        w->unsent = NULL;
    }
    if (backend->source != NULL)
        loop_set_events(backend->source, events);
}

static void on_reply(struct backend *backend, const struct message *reply)
{
    struct waiting *first = backend->first;
    if (first == NULL) {
        log_error("backend_unasked type=%s", messages_name(reply->type));
        return;
    }
    bool last = is_last(first->type, reply->type);
    if (last)
        (void)take_first(backend);
    else
        first->deadline_ms = clock_boot_ms() + BACKEND_TIMEOUT_MS;
    if (first->handler != NULL)
        first->handler(first->arg, reply, last);
    if (!last)
        return;
    if (backend->watcher != NULL && reply->type != MESSAGE_REFUSED)
        backend->watcher(backend->watcher_arg, first->type);
    waiting_free(first);
}

/* Its place in the row is kept: what is no answer still is one to who asked for it. */
static void on_malformed(struct backend *backend, enum err err)
{
    log_error("backend_reply_malformed error=%s", err_name(err));
    struct message reply = {.type = MESSAGE_REFUSED, .fd = -1};
    reply.as.refused.result = (uint8_t)ERR_FORMAT;
    if (backend->first != NULL && !is_list(backend->first->type))
        on_reply(backend, &reply);
}

static void on_socket(void *arg, int fd, unsigned events)
{
    struct backend *backend = arg;
    struct message reply;
    if ((events & LOOP_WRITE) != 0)
        send_more(backend);
    for (int i = 0; i < RECEIVE_MAX && !backend->gone; i++) {
        enum err err = messages_receive(fd, &reply);
        if (err == ERR_BUSY)
            return;
        if (err == ERR_OK)
            on_reply(backend, &reply);
        else if (err == ERR_CLOSED || err == ERR_SYSTEM)
            lose(backend);
        else
            on_malformed(backend, err);
    }
}

/* An answer that comes too late is still awaited, so that those behind it keep their places, but told to nobody. */
static void on_timer(void *arg)
{
    struct backend *backend = arg;
    tell_refused(backend);
    int64_t now_ms = clock_boot_ms();
    for (struct waiting *w = backend->first; w != NULL; w = w->next)
        if (w->handler != NULL && w->deadline_ms <= now_ms) {
            log_warn("backend_silent type=%s", messages_name(w->type));
            refuse(w, ERR_TIMEOUT);
        }
    loop_set_timer(backend->timer, backend->refused != NULL ? 0 : WATCH_MS);
}

struct backend *backend_new(struct loop *loop, int fd, loop_handler *closed, void *arg)
{
    struct backend *backend = calloc(1, sizeof *backend);
    if (backend == NULL)
        log_fatal("no_memory");
    backend->loop = loop;
    backend->fd = fd;
    backend->closed = closed;
    backend->closed_arg = arg;
    backend->end = &backend->first;
    backend->source = loop_add_fd(loop, fd, LOOP_READ, on_socket, backend);
    backend->timer = loop_add_timer(loop, on_timer, backend);
    loop_set_timer(backend->timer, WATCH_MS);
    return backend;
}

void backend_watch(struct backend *backend, backend_watcher *watcher, void *arg)
{
    backend->watcher = watcher;
    backend->watcher_arg = arg;
}

void backend_free(struct backend *backend)
{
    tell_refused(backend);
    while (backend->first != NULL) {
        struct waiting *first = take_first(backend);
        refuse(first, ERR_CLOSED);
        waiting_free(first);
    }
    loop_remove(backend->source);
    loop_remove(backend->timer);
    free(backend);
}

static enum err may_ask(const struct backend *backend, const struct message *message)
{
    struct ipc_packet packet;
    if (backend->gone)
        return ERR_CLOSED;
    if (backend->count >= BACKEND_WAITING_MAX)
        return ERR_BUSY;
    return messages_encode(&packet, message);
}

static struct message *copy(const struct message *message)
{
    struct message *made = malloc(sizeof *made);
    if (made == NULL)
        log_fatal("no_memory");
    *made = *message;
    made->fd = -1;
    return made;
}

void backend_ask(
    struct backend *backend, const struct message *message, backend_handler *handler, void *arg)
{
    struct waiting *waiting = calloc(1, sizeof *waiting);
    if (waiting == NULL)
        log_fatal("no_memory");
    waiting->type = message->type;
    waiting->handler = handler;
    waiting->arg = arg;
    waiting->deadline_ms = clock_boot_ms() + BACKEND_TIMEOUT_MS;
    waiting->refused = may_ask(backend, message);
    if (waiting->refused != ERR_OK) {
        waiting->next = backend->refused;
        backend->refused = waiting;
        loop_set_timer(backend->timer, 0);
        return;
    }
    waiting->unsent = copy(message);
    *backend->end = waiting;
    backend->end = &waiting->next;
    backend->count++;
    send_more(backend);
}

unsigned backend_waiting(const struct backend *backend)
{
    return backend->count;
}
