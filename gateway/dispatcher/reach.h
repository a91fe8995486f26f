/* reach: how many a bulletin would go to, and how long that would take: what an editor sees before signing.
 */
#ifndef GATEWAY_DISPATCHER_REACH_H
#define GATEWAY_DISPATCHER_REACH_H

#include "gateway/dispatcher/site.h"

/* Who chose several regions counts once. ERR_VALUE: no region, or a value out of range. */
ERR_CHECKED enum err reach_get(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);

#endif
