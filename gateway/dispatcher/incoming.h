/* incoming: texts from phones: recorded once, joined, obeyed, all in the open transaction; the modem may delete a text from
 * the SIM once that is on disk.
 */
#ifndef GATEWAY_DISPATCHER_INCOMING_H
#define GATEWAY_DISPATCHER_INCOMING_H

#include "gateway/dispatcher/site.h"

/* The modem that read it, by its id in the store and its name. */
void incoming_take(
    struct site *site, int64_t modem_id, const char *modem, const struct message_inbound *inbound);

#endif
