/* cursors: recipients are not rows. A bulletin opens a cursor per segment (language, letters), which walks the subscribers
 * in id order; who is at or below its high-water mark has been taken. A retraction's cursors end at the marks of what it
 * retracts and pass by whom that has not reached: one editor alone can speak only to those.
 */
#ifndef GATEWAY_STORE_CURSORS_H
#define GATEWAY_STORE_CURSORS_H

#include "gateway/store/subscribers.h"

#define CURSORS_SEGMENTS (BULLETIN_LANGUAGE_COUNT * 2)
#define CURSORS_WALK_MAX 512 /* subscribers looked at in one step */

struct cursors_entry {
    int64_t id;
    uint32_t bulletin;
    uint8_t language;
    uint8_t latin;
    int64_t hwm; /* the last subscriber looked at */
    int64_t hi;  /* the last one there is for this cursor */
    bool done;
};

/* What became of the recipients of a cursor or, summed up, of a bulletin; also changes of them. */
struct cursors_counts {
    int32_t taken; /* recipients for whom a delivery was begun; not in changes */
    int32_t sent;
    int32_t delivered;
    int32_t undeliverable;
    int32_t unknown;
    int32_t failed;
    int32_t skipped;
    int32_t parts;
    int32_t again;
    int32_t digest; /* told by a digest, not counted as sent */
    bool done;      /* all cursors; not in changes */
};

/* Opens the cursors of a bulletin (by its key) over all who are there now; those of a retraction over those whom what it
 * retracts has reached. */
void cursors_open(struct store *store, uint32_t bulletin);
/* How many subscribers a bulletin has reached, or may have: those whom its retraction concerns. */
uint32_t cursors_count_reached(struct store *store, uint32_t bulletin);
/* Those not done, in the order in which they are to be walked; returns how many. */
unsigned cursors_list(
    struct store *store, struct cursors_entry list[CURSORS_SEGMENTS], uint32_t bulletin);
/* The cursor that takes this subscriber of a segment, whether it has passed or not. ERR_MISSING if the subscriber came
 * after the bulletin. */
ERR_CHECKED enum err cursors_find(struct store *store, struct cursors_entry *entry,
    uint32_t bulletin, const struct subscribers_entry *subscriber);

/* Looks at up to CURSORS_WALK_MAX subscribers and takes the first whom the audience names: its id, or 0. The mark moves,
 * in the open transaction, behind what was looked at. */
int64_t cursors_walk(
    struct store *store, struct cursors_entry *entry, const struct subscribers_audience *audience);

/* Takes this subscriber out of turn, and moves the mark there if nobody else would be passed: false if it does not. */
bool cursors_pass(struct store *store, struct cursors_entry *entry,
    const struct subscribers_audience *audience, int64_t subscriber);

/* Counts more taken, outside the walk. */
void cursors_take(struct store *store, const struct cursors_entry *entry, uint32_t count);
void cursors_count(struct store *store, int64_t cursor, const struct cursors_counts *change);
void cursors_sum(struct store *store, struct cursors_counts *counts, uint32_t bulletin);
/* Forgets the marks: what remains are counts. */
void cursors_forget(struct store *store, uint32_t bulletin);

#endif
