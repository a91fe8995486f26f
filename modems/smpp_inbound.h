/* smpp_inbound: what the centre delivers: texts and receipts. Each is answered (deliver_sm_resp) only when the dispatcher has it
 * on disk; until then the centre keeps it, and delivers it again after a lost link. One that comes again gets the time of its
 * first coming, by which the dispatcher sees that it is the same.
 */
#ifndef MODEMS_SMPP_INBOUND_H
#define MODEMS_SMPP_INBOUND_H

#include "modems/smpp_pdu.h"

#define SMPP_INBOUND_MAX 1024 /* unanswered; more are refused for now */

struct smpp_worker;

enum smpp_inbound_state {
    SMPP_INBOUND_FREE,
    SMPP_INBOUND_OPEN,    /* the centre waits for our answer */
    SMPP_INBOUND_REMEMBER /* a text that was not answered and will come again */
};

struct smpp_inbound_entry {
    enum smpp_inbound_state state;
    uint64_t serial;
    uint32_t sequence; /* of the deliver_sm */
    uint64_t digest;   /* of a text; 0 for a receipt */
    int64_t first_s;   /* wall time of its first coming */
    int64_t until_ms;  /* OPEN: then it is refused for now; REMEMBER: then forgotten */
};

struct smpp_inbound {
    uint64_t serial; /* the last one given */
    struct smpp_inbound_entry list[SMPP_INBOUND_MAX];
};

/* A whole deliver_sm. */
void smpp_inbound_deliver(
    struct smpp_worker *worker, uint32_t sequence, const uint8_t *pdu, size_t size);
/* INBOUND_STORED. */
void smpp_inbound_stored(struct smpp_worker *worker, uint64_t serial);
/* The link is no more: nothing can be answered. */
void smpp_inbound_lost(struct smpp_worker *worker);
/* Once a second. */
void smpp_inbound_tick(struct smpp_worker *worker);

#endif
