/* talk: what a modem's worker and its talker say to each other. The worker owns the tty and the link to the dispatcher; the
 * talker is its child, which alone runs the driver (transport.h) and is killed when it does not come back in time.
 * One answer, TALK_DONE, ends each request; TALK_FOUND may come before it.
 */
#ifndef MODEMS_TALK_H
#define MODEMS_TALK_H

#include "modems/pdu_guard.h"
#include "modems/transport.h"

#define TALK_HEX_SIZE (2 * PDU_GUARD_MAX + 1)

enum talk_type {
    TALK_NONE,
    TALK_OPEN,   /* asked for by starting the talker */
    TALK_SEND,   /* part */
    TALK_SWEEP,  /* of storage: a TALK_FOUND for each message */
    TALK_REMOVE, /* location */
    TALK_DECODE, /* hex: one TALK_FOUND */
    TALK_ASK, /* of the modem by the worker itself: never sent to the talker, which is idle meanwhile */
    TALK_FOUND, /* found */
    TALK_DONE,  /* done */
    TALK_TYPE_COUNT
};

struct talk_done {
    uint32_t of;                      /* enum talk_type: the request that has ended */
    uint32_t err;                     /* enum err */
    struct message_modem_hello hello; /* TALK_OPEN */
    struct transport_sent sent;       /* TALK_SEND */
};

struct talk {
    enum talk_type type;
    union {
        struct message_part part;
        uint32_t location;
        char hex[TALK_HEX_SIZE];
        struct transport_found found;
        struct talk_done done;
    } as;
};

/* Memory that worker and talker share. */
struct talk_shared {
    volatile uint32_t pace_percent; /* of libgammu's own pauses */
    struct pdu_guard_note note;
};

/* ERR_BUSY if the socket is full, ERR_CLOSED. */
ERR_CHECKED enum err talk_send(int fd, const struct talk *talk);
/* ERR_BUSY if there is nothing, ERR_CLOSED, ERR_FORMAT for anything that talk_send did not write. Texts end within their
 * arrays and are UTF-8, whatever the other side has become. */
ERR_CHECKED enum err talk_receive(int fd, struct talk *talk);
/* "open", "send" ... */
const char *talk_name(enum talk_type type);
/* How long a request may take, in milliseconds; 0 for what is no request. The worker kills the talker then. */
unsigned talk_deadline_ms(enum talk_type type);

#endif
