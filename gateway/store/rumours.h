/* rumours: what people have heard, as the newsroom looks into it; and what they ask about, counted, without who asked.
 */
#ifndef GATEWAY_STORE_RUMOURS_H
#define GATEWAY_STORE_RUMOURS_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

#define RUMOURS_OPEN_MAX 200   /* not closed */
#define RUMOURS_CLOSED_MAX 500 /* beyond them the oldest are forgotten */
#define RUMOURS_ASKED_MAX                                                                          \
    2000 /* different texts; beyond them those that were asked longest ago are forgotten */

/* A new one: its id is filled in, in the open transaction. */
void rumours_add(struct store *store, struct message_rumour *rumour);
/* Changes all but how often it was asked about. */
void rumours_save(struct store *store, const struct message_rumour *rumour);
/* ERR_MISSING. */
ERR_CHECKED enum err rumours_get(struct store *store, struct message_rumour *rumour, int64_t id);
/* The first with an id over after. ERR_MISSING. */
ERR_CHECKED enum err rumours_next(
    struct store *store, struct message_rumour *rumour, int64_t after);
uint32_t rumours_count_open(struct store *store);
/* It was asked about once more. */
void rumours_count_asked(struct store *store, int64_t id);

/* Somebody has asked about this. */
void rumours_add_asked(struct store *store, const char *text, int64_t now_s);
/* The nth most frequent. ERR_MISSING. */
ERR_CHECKED enum err rumours_get_asked(
    struct store *store, struct message_asked *asked, unsigned n);

#endif
