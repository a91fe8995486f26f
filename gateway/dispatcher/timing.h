/* timing: the clock of the site (gateway/base/trust.h): what the radio is told of it, and an operator who says that it is right.
 */
#ifndef GATEWAY_DISPATCHER_TIMING_H
#define GATEWAY_DISPATCHER_TIMING_H

#include "gateway/dispatcher/peers.h"

/* Once a second: tells a radio that does not know it what time it is. */
void timing_tick(struct peers *peers);
/* MESSAGE_CLOCK_TRUST: the wall clock is right, whatever was believed before; reply is OK. ERR_VALUE where no gateway can have been
 * running then. */
ERR_CHECKED enum err timing_trust(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);

#endif
