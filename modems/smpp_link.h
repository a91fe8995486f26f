/* smpp_link: the TCP connection to a service centre: whole PDUs in, bytes out. Nothing blocks but the look-up of a host's name,
 * which is made only while there is no connection.
 */
#ifndef MODEMS_SMPP_LINK_H
#define MODEMS_SMPP_LINK_H

#include "gateway/base/loop.h"
#include "modems/smpp_pdu.h"

#define SMPP_LINK_IN_SIZE (8 * SMPP_PDU_MAX)
#define SMPP_LINK_OUT_SIZE (1 << 20) /* so much unread means that the other side has stopped */

/* Called with the arg given to smpp_link_init; each may close the link. */
struct smpp_link_events {
    void (*connected)(void *arg);
    void (*pdu)(void *arg, const uint8_t *pdu, size_t size);
    void (*idle)(void *arg);                  /* what had come has been handed on */
    void (*lost)(void *arg, const char *why); /* the link is closed already */
};

struct smpp_link {
    struct loop *loop;
    const struct smpp_link_events *events;
    void *arg;
    int fd; /* -1: closed */
    struct loop_source *source;
    bool connecting;
    bool blocked;
    unsigned tries; /* the next of the host's addresses is taken each time */
    size_t in_size;
    size_t out_size;
    uint8_t in[SMPP_LINK_IN_SIZE];
    uint8_t out[SMPP_LINK_OUT_SIZE];
};

void smpp_link_init(
    struct smpp_link *link, struct loop *loop, const struct smpp_link_events *events, void *arg);
/* Begins to connect: connected or lost is called later. ERR_MISSING if there is no such host, ERR_SYSTEM. */
ERR_CHECKED enum err smpp_link_open(struct smpp_link *link, const char *host, const char *port);
void smpp_link_close(struct smpp_link *link);
/* Queues; nothing if the link is closed. */
void smpp_link_put(struct smpp_link *link, const struct buf_out *bytes);
/* Writes what is queued. */
void smpp_link_flush(struct smpp_link *link);

#endif
