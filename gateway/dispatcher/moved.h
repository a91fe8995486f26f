/* moved: somebody changes language, letters or regions, or joins, while bulletins are going out: nobody may fall between two
 * cursors.
 */
#ifndef GATEWAY_DISPATCHER_MOVED_H
#define GATEWAY_DISPATCHER_MOVED_H

#include "gateway/dispatcher/site.h"
#include "gateway/store/subscribers.h"

/* After a change of settings: bulletins that concern the person, that the old segment had not reached and that the new one
 * has passed are queued one by one. (The other way round they come a second time, in the new language.) */
void moved_settings(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after);

/* The most urgent bulletin going out that concerns the person and that no cursor will bring: to be sent as an answer. 0 if there
 * is none. */
uint32_t moved_find_missed(struct site *site, const struct subscribers_entry *subscriber);

#endif
