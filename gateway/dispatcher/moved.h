/* moved: somebody changes language, letters or regions, or joins, while bulletins are going out: nobody may fall between two
 * cursors.
 */
#ifndef GATEWAY_DISPATCHER_MOVED_H
#define GATEWAY_DISPATCHER_MOVED_H

#include "gateway/dispatcher/site.h"
#include "gateway/store/subscribers.h"

/* After a change of settings. A bulletin that now concerns the person, had not come and would not come is queued; one that
 * had come but whose cursor would pass the person in the new place is noted, so that it comes no second time by itself
 * and its retraction does come. The same is noted of those that have gone out, as long as they may be retracted. Returns the key of the most urgent one that the person has in another language or other
 * letters than are now wanted: to be sent as an answer. 0 if there is none. */
uint32_t moved_settings(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after);

/* After a change of settings by somebody who had left: what has been got before is noted where the cursors no longer tell. */
void moved_away(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after);

/* Whether a bulletin has, or may have, got to a person: while its marks are kept, as far as they tell. */
bool moved_was_reached(struct site *site, uint32_t key, const struct subscribers_entry *subscriber);

/* Whether no cursor will bring this bulletin to a person whom it concerns: it has passed, or the person came later. */
bool moved_has_missed(struct site *site, uint32_t key, const struct subscribers_entry *subscriber);

/* A bulletin goes to a subscriber as an answer: noted, if no cursor brings it, so that its retraction comes too. */
void moved_answered(struct site *site, const struct bulletins_entry *row,
    const struct subscribers_entry *subscriber);

#endif
