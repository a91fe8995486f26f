/* status: how the site, its modems and its bulletins are, as messages for the control socket.
 */
#ifndef GATEWAY_DISPATCHER_STATUS_H
#define GATEWAY_DISPATCHER_STATUS_H

#include "gateway/dispatcher/site.h"

#define STATUS_BULLETINS_MAX 64 /* of a list; the newest */

/* MESSAGE_STATUS_SITE; whether a radio is there is the caller's to fill in. */
void status_print_site(struct site *site, struct message *message);
/* MESSAGE_STATUS_BULLETIN. ERR_MISSING. */
ERR_CHECKED enum err status_print_bulletin(
    struct site *site, struct message *message, uint32_t key);
/* MESSAGE_DOUBT: the first delivery in doubt or unknown over *after, which moves on. ERR_MISSING at the end. */
ERR_CHECKED enum err status_print_doubt(struct site *site, struct message *message, int64_t *after);

#endif
