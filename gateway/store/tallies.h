/* tallies: what became of a bulletin's recipients, by region and by why it failed, beside the counts by language and letters
 * that its cursors have (cursors.h). Counts alone: they stay when the bulletin is closed.
 */
#ifndef GATEWAY_STORE_TALLIES_H
#define GATEWAY_STORE_TALLIES_H

#include "gateway/store/cursors.h"

#define TALLIES_REGIONS 21 /* bits of a mask of regions */

struct tallies_row {
    uint8_t region; /* bit */
    uint32_t recipients;
    struct cursors_counts counts;
};

/* One of a bulletin's segments, as far as its cursors have come. */
struct tallies_segment {
    uint8_t language;
    uint8_t latin;
    uint32_t recipients;
    uint32_t open; /* rows that are not settled */
    struct cursors_counts counts;
};

/* How many it is for, in the open transaction; by region, and by language and letters. */
void tallies_set_recipients(
    struct store *store, uint32_t bulletin, uint8_t region, uint32_t recipients);
void tallies_set_segment(
    struct store *store, uint32_t bulletin, uint8_t language, uint8_t latin, uint32_t recipients);
/* Adds to the counts of a region. */
void tallies_count(
    struct store *store, uint32_t bulletin, uint8_t region, const struct cursors_counts *change);
/* One has failed for good. */
void tallies_add_cause(struct store *store, uint32_t bulletin, enum message_cause cause);

/* Each returns how many. */
unsigned tallies_list_regions(
    struct store *store, struct tallies_row list[TALLIES_REGIONS], uint32_t bulletin);
unsigned tallies_list_segments(
    struct store *store, struct tallies_segment list[CURSORS_SEGMENTS], uint32_t bulletin);
void tallies_list_causes(
    struct store *store, uint32_t counts[MESSAGE_CAUSE_COUNT], uint32_t bulletin);

#endif
