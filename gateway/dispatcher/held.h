/* held: a store that was a backup does not know what was sent after it was made. At its first start all that was going out is held,
 * and answers that waited are dropped; somebody says of each bulletin whether it goes on. What is new goes out as ever.
 */
#ifndef GATEWAY_DISPATCHER_HELD_H
#define GATEWAY_DISPATCHER_HELD_H

#include "gateway/dispatcher/site.h"

#define HELD_MAX 256 /* looked at in one step */

/* At start, in the open transaction, after delivery_recover. */
void held_begin(struct site *site);
/* What is held and has expired is over. */
void held_tick(struct site *site);
/* MESSAGE_RESUME: id is a bulletin's number, or 0 for all. reply is OK with how many go on. ERR_MISSING if none is held. */
ERR_CHECKED enum err held_resume(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);

#endif
