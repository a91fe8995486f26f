/* commit: the only way in: sealed bytes, from wherever, are checked against the roster and the clock and stored with their
 * cursors in the open transaction. Nothing else can start a delivery.
 */
#ifndef GATEWAY_DISPATCHER_COMMIT_H
#define GATEWAY_DISPATCHER_COMMIT_H

#include "gateway/dispatcher/site.h"

/* On success *number is the bulletin's. why is one line for people on failure. ERR_REPLAY: the number was seen, or a later
 * one was (but an own draft's reserved number counts, and a retraction has the number of what it retracts);
 * ERR_STATE: it has been retracted already; otherwise what wire_decode_sealed and quorum_accept say. A refusal is audited. */
ERR_CHECKED enum err commit_bulletin(struct site *site, uint32_t *number,
    char why[MESSAGES_DETAIL_SIZE], const struct message_sealed_bytes *sealed);

#endif
