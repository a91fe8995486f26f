/* outcome: how a delivery leaves the state that it is in: given back, in doubt, over. Each changes its row and the counts.
 */
#ifndef GATEWAY_DISPATCHER_OUTCOME_H
#define GATEWAY_DISPATCHER_OUTCOME_H

#include "gateway/dispatcher/site.h"
#include "gateway/store/cursors.h"
#include "gateway/store/outbox.h"

#define OUTCOME_SAME_MODEM_MS                                                                      \
    20000 /* that a phone's half text, or a part in doubt, waits for its modem */

/* Is over: adds the change to the counts, removes the row; but of one that nothing has reached a mark stays until the
 * bulletin is emptied, so that no retraction goes there. */
void outcome_finish(
    struct site *site, struct outbox_entry *entry, const struct cursors_counts *change);
/* Over without being sent: expired, stopped, superseded. One in doubt becomes unknown instead. */
void outcome_skip(struct site *site, struct outbox_entry *entry);
/* Surely not sent: again after wait_ms. A text of which the phone has parts stays with its modem for a while. */
void outcome_retry(struct site *site, struct outbox_entry *entry, int64_t wait_ms);
/* May have been sent: waits for a report, less long if the modem has refused it; the second time, and for answers, it is
 * unknown for good. */
void outcome_doubt(struct site *site, struct outbox_entry *entry, bool refused);
/* What a modem held is given back, as its state demands. */
void outcome_give_back(struct site *site, struct outbox_entry *entry);

/* Ends a bulletin's sending (expired, retracted): all that waits is skipped. */
void outcome_end_bulletin(struct site *site, uint32_t key, enum message_bulletin_state state);
/* Everything that waits for a subscriber is skipped (STOP). */
void outcome_end_subscriber(struct site *site, const struct subscribers_entry *subscriber);
/* Done bulletins are marked, expired ones ended, those over emptied. */
void outcome_tick(struct site *site);

#endif
