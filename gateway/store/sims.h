/* sims: SIM cards, and how many parts each was given, minute by minute: what a SIM has spent goes with it from modem to modem.
 */
#ifndef GATEWAY_STORE_SIMS_H
#define GATEWAY_STORE_SIMS_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

#define SIMS_SPENT_MIN 1441 /* minutes that are kept */

/* By what a SIM is known. */
struct sims_card {
    const char *iccid; /* with or without its check digit; empty: not told */
    const char *imsi;  /* empty: not told */
    const char *modem; /* the name of the modem that it is in */
};

/* The id, never 0, of the SIM with this ICCID; without one, or if only the IMSI was told before, with this IMSI; the one
 * that tells neither in this modem. A new one is added; what is told for the first time is kept. */
int64_t sims_find(struct store *store, const struct sims_card *card);

/* Parts given in a minute since 1970-01-01Z. */
struct sims_spent {
    int64_t minute;
    uint32_t count;
};

/* One part is given to it in this minute. */
void sims_add_spent(struct store *store, int64_t id, int64_t minute);
/* From a minute on, ascending; returns how many, at most SIMS_SPENT_MIN. */
unsigned sims_list_spent(
    struct store *store, struct sims_spent list[SIMS_SPENT_MIN], int64_t id, int64_t since);
/* Forgets minutes before this one, and the SIMs that have spent nothing since and are in no modem. */
void sims_purge(struct store *store, int64_t before);

#endif
