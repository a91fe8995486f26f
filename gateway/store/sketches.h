/* sketches: drafts in the making, as the newsroom's page saves them: text of its own that nothing here reads, a version by
 * which two editors do not write over each other's, who began it and who changed it last.
 */
#ifndef GATEWAY_STORE_SKETCHES_H
#define GATEWAY_STORE_SKETCHES_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

#define SKETCHES_OPEN_MAX 500   /* not closed */
#define SKETCHES_CLOSED_MAX 500 /* beyond them the oldest are forgotten */
#define SKETCHES_KEEP_S 2592000 /* 30 days: then a closed one is forgotten */

/* A new one: id and version are filled in, in the open transaction. */
void sketches_add(struct store *store, struct message_sketch *sketch);
/* Changes all but the author of one that was read before; the version rises. */
void sketches_save(struct store *store, struct message_sketch *sketch);
/* ERR_MISSING. */
ERR_CHECKED enum err sketches_get(struct store *store, struct message_sketch *sketch, int64_t id);
/* The first with an id over after. ERR_MISSING. */
ERR_CHECKED enum err sketches_next(
    struct store *store, struct message_sketch *sketch, int64_t after);
uint32_t sketches_count_open(struct store *store);
/* Forgets closed ones that were last changed before a time, and those that are too many. */
void sketches_purge(struct store *store, int64_t before_s);

#endif
