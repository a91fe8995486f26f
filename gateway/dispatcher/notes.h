/* notes: small requests of the newsroom's page: who signed in, for the audit chain; what has been on the air.
 */
#ifndef GATEWAY_DISPATCHER_NOTES_H
#define GATEWAY_DISPATCHER_NOTES_H

#include "gateway/dispatcher/site.h"

/* MESSAGE_NOTE: a row of audit, at most so many a minute. ERR_VALUE; ERR_BUSY: over the limit. */
ERR_CHECKED enum err notes_put(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* A requests_lister of MESSAGE_AIR_LIST: the newest first. */
ERR_CHECKED enum err notes_list_aired(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);

#endif
