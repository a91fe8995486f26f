/* backup: the requests by which dabylctl gets a copy of the store while all goes on; it is encrypted there.
 */
#ifndef GATEWAY_DISPATCHER_BACKUP_H
#define GATEWAY_DISPATCHER_BACKUP_H

#include "gateway/dispatcher/site.h"

struct peers;

/* MESSAGE_BACKUP: begins a copy in place of any before; audited. reply is OK. */
ERR_CHECKED enum err backup_begin(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* A list's next message, MESSAGE_BACKUP_STEP: OK with the pages that are left. ERR_MISSING: the copy is in the state folder
 * (COPY_FILE_NAME), or could not be made, which a REFUSED before it says. */
ERR_CHECKED enum err backup_step(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);

#endif
