/* reports: what people send to the desk: tips, sealed like numbers, and how well listeners hear the radio, as counts.
 */
#ifndef GATEWAY_STORE_REPORTS_H
#define GATEWAY_STORE_REPORTS_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

#define REPORTS_KEPT_MAX 10000 /* beyond them the oldest are forgotten */
#define REPORTS_TEXT_MAX 1000  /* bytes; a longer one is cut between characters */

struct reports_entry {
    int64_t id;
    int64_t at_s;
    char number[MESSAGES_NUMBER_SIZE]; /* in clear: not to be logged or shown unmasked */
    char text[REPORTS_TEXT_MAX + 1];
};

/* Adds a tip and fills in its id. */
ERR_CHECKED enum err reports_add(struct store *store, struct reports_entry *entry);
#define REPORTS_PER_DAY 10 /* of one number */
/* How many a number has sent since a time. */
uint32_t reports_count_of(struct store *store, const char *number, int64_t since_s);
/* The first with an id over after. ERR_MISSING; ERR_SEAL. */
ERR_CHECKED enum err reports_next(struct store *store, struct reports_entry *entry, int64_t after);

#define REPORTS_LEVELS 5

/* A listener heard a bulletin's programme: level 1 (hardly) to REPORTS_LEVELS (well). */
void reports_add_reception(struct store *store, uint32_t bulletin, uint8_t level);
/* The first bulletin with a number over after of which anybody said so; 0 if none. */
uint32_t reports_find_heard(struct store *store, uint32_t after);
/* How many heard it how well: counts[0] is level 1. */
void reports_count_reception(
    struct store *store, uint32_t counts[REPORTS_LEVELS], uint32_t bulletin);

#endif
