/* digest: a phone gets one text that names what still holds, not a queue of stale ones. Of what is late (sent longer ago than
 * the configuration's digest_after) and not yet sent to a subscriber there go in full: what is Extreme; what updates or ends
 * what the subscriber has been told; drills; and the most urgent of the rest, if it is Severe. The others are named in one text
 * if they are two or more: that is a delivery of the most urgent of them, its digest, with a row for each that it names.
 * They are counted as told by a digest, never as sent. All in the open transaction.
 */
#ifndef GATEWAY_DISPATCHER_DIGEST_H
#define GATEWAY_DISPATCHER_DIGEST_H

#include "gateway/dispatcher/site.h"
#include "gateway/store/cursors.h"
#include "gateway/store/outbox.h"

bool digest_is_late(struct site *site, const struct plan_entry *plan);
bool digest_is_one(const struct outbox_entry *entry);

/* Before a delivery of a bulletin is given to a modem: makes it a digest if it is to be one. The entry is new, or waits. */
void digest_begin(struct site *site, const struct plan_entry *plan, struct outbox_entry *entry);
/* After it was given in full: the others that are late follow in a digest. */
void digest_follow(
    struct site *site, const struct plan_entry *plan, const struct outbox_entry *entry);

/* The text of a digest and until when some of it holds. What is over is left out, what does not fit goes on its own.
 * ERR_MISSING: nothing else is left, the entry is no digest any more. */
ERR_CHECKED enum err digest_make_text(struct site *site, struct plan_text *text, int64_t *expires_s,
    struct outbox_entry *entry, const struct subscribers_entry *subscriber);

/* A digest is over: what it named is counted, or waits again if nothing was sent. As outcome_finish. */
void digest_finish(
    struct site *site, struct outbox_entry *entry, const struct cursors_counts *change);
/* Whether a digest arrived is not known for good: nor is what it named. */
void digest_make_unknown(struct site *site, const struct outbox_entry *entry);
/* What is named and surely not sent must not be sent any more: it is taken out of its digest. */
void digest_drop(struct site *site, struct outbox_entry *named);

#endif
