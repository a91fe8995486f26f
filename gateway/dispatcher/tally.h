/* tally: what became of a bulletin, by language and letters, by region and by why it failed. The counts by region are added up
 * in memory and written in the transaction of the round that they belong to, so that each text costs no statement more.
 */
#ifndef GATEWAY_DISPATCHER_TALLY_H
#define GATEWAY_DISPATCHER_TALLY_H

#include "gateway/messages/messages.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/cursors.h"
#include "gateway/store/outbox.h"

#define TALLY_ROWS_MAX 64 /* in one round; more are written at once */

struct site;
struct peers;

struct tally {
    unsigned count;
    struct tally_row {
        uint32_t bulletin; /* key */
        uint32_t regions;  /* that people have chosen */
        struct cursors_counts counts;
    } rows[TALLY_ROWS_MAX];
};

/* A bulletin has been accepted, its cursors are open: how many there are of each kind. */
void tally_begin(struct site *site, const struct bulletins_entry *row);
/* Counts for the cursor and for the regions of a delivery. */
void tally_count(
    struct site *site, const struct outbox_entry *entry, const struct cursors_counts *change);
/* The same for one of which only the reference is left. */
void tally_count_ref(
    struct site *site, const struct outbox_ref *ref, const struct cursors_counts *change);
/* A delivery has failed for good. */
void tally_fail(struct site *site, const struct outbox_entry *entry, enum message_cause cause);
/* Before the commit: writes what the round has counted. */
void tally_flush(struct site *site);

/* A requests_lister of MESSAGE_OUTCOME_LIST: rows by language, by region, by cause. */
ERR_CHECKED enum err tally_list(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);

#endif
