/* quiet: what the radio may say where nothing is in force: the newest number, until when something is in force, the roster.
 */
#ifndef GATEWAY_DISPATCHER_QUIET_H
#define GATEWAY_DISPATCHER_QUIET_H

#include "gateway/dispatcher/site.h"
#include "gateway/messages/messages.h"

/* In the open transaction. Bulletins that are held count as in force, retracted and expired ones do not (a retraction does itself);
 * while the clock is not believed nobody knows. */
void quiet_fill(struct message_quiet *quiet, struct site *site);

#endif
