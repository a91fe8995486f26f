#include "modems/smpp_link.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TOO_MUCH "it does not read what is sent to it"

void smpp_link_init(
    struct smpp_link *link, struct loop *loop, const struct smpp_link_events *events, void *arg)
{
    memset(link, 0, sizeof *link);
    link->loop = loop;
    link->events = events;
    link->arg = arg;
    link->fd = -1;
}

void smpp_link_close(struct smpp_link *link)
{
    if (link->fd < 0)
        return;
    loop_remove(link->source);
    close(link->fd);
    link->source = NULL;
    link->fd = -1;
    link->in_size = link->out_size = 0;
    link->connecting = link->blocked = false;
}

static void lose(struct smpp_link *link, const char *why)
{
    smpp_link_close(link);
    link->events->lost(link->arg, why);
}

static void watch(struct smpp_link *link, bool blocked)
{
    if (blocked != link->blocked)
        loop_set_events(link->source, blocked ? LOOP_READ | LOOP_WRITE : LOOP_READ);
    link->blocked = blocked;
}

/* Hands on each whole PDU. A handler may close the link. */
static void take_pdus(struct smpp_link *link)
{
    int fd = link->fd;
    size_t at = 0;
    size_t size = 0;
    enum err err = ERR_OK;
    while (link->fd == fd &&
           (err = smpp_pdu_measure(&size, link->in + at, link->in_size - at)) == ERR_OK) {
        link->events->pdu(link->arg, link->in + at, size);
        at += size;
    }
    if (link->fd != fd)
        return;
    if (err != ERR_BUSY) {
        lose(link, err == ERR_LONG ? "it sent a PDU that is too long" : "it does not speak SMPP");
        return;
    }
    link->in_size -= at;
    memmove(link->in, link->in + at, link->in_size);
}

static void take_bytes(struct smpp_link *link)
{
    ssize_t got = read(link->fd, link->in + link->in_size, sizeof link->in - link->in_size);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        lose(link, got == 0 ? "it closed the connection" : strerror(errno));
        return;
    }
    if (got > 0)
        link->in_size += (size_t)got;
    take_pdus(link);
}

_Static_assert(SMPP_LINK_IN_SIZE > SMPP_PDU_MAX, "a PDU and the begin of another fit");

static void end_connecting(struct smpp_link *link)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        error = errno;
    if (error != 0) {
        lose(link, strerror(error));
        return;
    }
    link->connecting = false;
    watch(link, false);
    link->events->connected(link->arg);
}

static void on_ready(void *arg, int fd, unsigned events)
{
    struct smpp_link *link = arg;
    if (link->connecting) {
        end_connecting(link);
        return;
    }
    if ((events & (LOOP_READ | LOOP_HANGUP)) != 0)
        take_bytes(link);
    if (link->fd != fd)
        return;
    link->events->idle(link->arg);
    smpp_link_flush(link);
}

/* ERR_OK also while it is still connecting. */
static enum err connect_to(struct smpp_link *link, const struct addrinfo *address)
{
    int yes = 1;
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return ERR_SYSTEM;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    if (connect(fd, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS) {
        enum err err = err_from_errno(errno);
        close(fd);
        return err;
    }
    link->fd = fd;
    link->connecting = link->blocked = true;
    link->source = loop_add_fd(link->loop, fd, LOOP_READ | LOOP_WRITE, on_ready, link);
    return ERR_OK;
}

enum err smpp_link_open(struct smpp_link *link, const char *host, const char *port)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    unsigned count = 0;
    smpp_link_close(link);
    if (getaddrinfo(host, port, &hints, &list) != 0 || list == NULL)
        return ERR_MISSING;
    for (const struct addrinfo *at = list; at != NULL; at = at->ai_next)
        count++;
    const struct addrinfo *chosen = list;
    for (unsigned skip = link->tries++ % count; skip > 0; skip--)
        chosen = chosen->ai_next;
    enum err err = connect_to(link, chosen);
    freeaddrinfo(list);
    return err;
}

void smpp_link_put(struct smpp_link *link, const struct buf_out *bytes)
{
    if (link->fd < 0 || bytes->err != ERR_OK)
        return;
    if (bytes->used > sizeof link->out - link->out_size) {
        lose(link, TOO_MUCH);
        return;
    }
    memcpy(link->out + link->out_size, bytes->data, bytes->used);
    link->out_size += bytes->used;
}

void smpp_link_flush(struct smpp_link *link)
{
    size_t done = 0;
    while (link->fd >= 0 && !link->connecting && done < link->out_size) {
        ssize_t wrote =
            send(link->fd, link->out + done, link->out_size - done, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0 && errno != EAGAIN) {
            lose(link, strerror(errno));
            return;
        }
        if (wrote < 0)
            break;
        done += (size_t)wrote;
    }
    if (link->fd < 0 || link->connecting)
        return;
    link->out_size -= done;
    memmove(link->out, link->out + done, link->out_size);
    watch(link, link->out_size > 0);
}
