/* incoming: texts from phones: recorded once, joined, obeyed, all in the open transaction; the modem may delete a text from
 * the SIM once that is on disk.
 */
#ifndef GATEWAY_DISPATCHER_INCOMING_H
#define GATEWAY_DISPATCHER_INCOMING_H

#include "gateway/dispatcher/site.h"

/* modem is the one's name that read it. */
void incoming_take(struct site *site, const char *modem, const struct message_inbound *inbound);

#endif
