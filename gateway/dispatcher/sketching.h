/* sketching: drafts in the making, saved for the newsroom's page as it is typed, and handed on from editor to editor. Requests:
 * each fills in the reply, or gives an error and one line for people.
 */
#ifndef GATEWAY_DISPATCHER_SKETCHING_H
#define GATEWAY_DISPATCHER_SKETCHING_H

#include "gateway/dispatcher/site.h"

/* ERR_STATE: another has changed it since it was read, and why says who. ERR_MISSING; ERR_FULL, too many are open; ERR_TEXT;
 * ERR_ROSTER, there is no such editor. */
ERR_CHECKED enum err sketching_put(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* ERR_MISSING. */
ERR_CHECKED enum err sketching_get(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* A requests_lister. */
ERR_CHECKED enum err sketching_list(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);
/* Forgets closed ones whose time is over. */
void sketching_purge(struct site *site);

#endif
