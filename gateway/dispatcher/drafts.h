/* drafts: from a text to a sealed bulletin: stamped with number, time and audit head, approved by editors whose
 * signatures are made elsewhere over exactly the stamped bytes, then committed. Requests of the control socket: each
 * fills in the reply, or gives an error and one line for people.
 */
#ifndef GATEWAY_DISPATCHER_DRAFTS_H
#define GATEWAY_DISPATCHER_DRAFTS_H

#include "gateway/dispatcher/site.h"
#include "gateway/store/staff.h"

#define DRAFTS_LAPSE_S 900 /* 15 min: an approval that no second one joins in this time is void */

/* An alert or update of severity Extreme must be complete (complete.h): ERR_MISSING names the part that is not there. */
ERR_CHECKED enum err drafts_new(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* Without an approval the body is stamped anew. ERR_MISSING, ERR_ROSTER. */
ERR_CHECKED enum err drafts_get(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* ERR_STATE: the body is not the one that is stored now; ERR_EXISTS: this editor has approved already; ERR_ROSTER,
 * ERR_SEAL. */
ERR_CHECKED enum err drafts_approve(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* What commit_bulletin says. */
ERR_CHECKED enum err drafts_send(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* Forgets a draft that has not been sent, and its approvals. ERR_MISSING, ERR_STATE. */
ERR_CHECKED enum err drafts_drop(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* The first unsent draft over after as MESSAGE_DRAFT; ERR_MISSING. */
ERR_CHECKED enum err drafts_next(struct site *site, struct message *reply, int64_t after);
/* Voids approvals that have lapsed. */
void drafts_tick(struct site *site);

#endif
