#include "gateway/store/tallies.h"

#include <string.h>

void tallies_set_recipients(
    struct store *store, uint32_t bulletin, uint8_t region, uint32_t recipients)
{
    struct store_query query = store_query(store, SQL_OUTCOME_RECIPIENTS);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, region);
    store_bind_int(&query, recipients);
    (void)store_run(&query);
}

void tallies_set_segment(
    struct store *store, uint32_t bulletin, uint8_t language, uint8_t latin, uint32_t recipients)
{
    struct store_query query = store_query(store, SQL_CURSOR_RECIPIENTS);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, language);
    store_bind_int(&query, latin);
    store_bind_int(&query, recipients);
    (void)store_run(&query);
}

void tallies_count(
    struct store *store, uint32_t bulletin, uint8_t region, const struct cursors_counts *change)
{
    struct store_query query = store_query(store, SQL_OUTCOME_COUNT);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, region);
    store_bind_int(&query, change->sent);
    store_bind_int(&query, change->delivered);
    store_bind_int(&query, change->undeliverable);
    store_bind_int(&query, change->unknown);
    store_bind_int(&query, change->failed);
    store_bind_int(&query, change->skipped);
    store_bind_int(&query, change->parts);
    store_bind_int(&query, change->digest);
    (void)store_run(&query);
}

void tallies_add_cause(struct store *store, uint32_t bulletin, enum message_cause cause)
{
    struct store_query query = store_query(store, SQL_OUTCOME_CAUSE_ADD);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, (int64_t)cause);
    (void)store_run(&query);
}

/* As the statements of regions and segments give them. */
static void read_counts(struct store_query *query, struct cursors_counts *counts)
{
    memset(counts, 0, sizeof *counts);
    counts->sent = (int32_t)store_get_int(query);
    counts->delivered = (int32_t)store_get_int(query);
    counts->undeliverable = (int32_t)store_get_int(query);
    counts->unknown = (int32_t)store_get_int(query);
    counts->failed = (int32_t)store_get_int(query);
    counts->skipped = (int32_t)store_get_int(query);
    counts->parts = (int32_t)store_get_int(query);
    counts->digest = (int32_t)store_get_int(query);
}

unsigned tallies_list_regions(
    struct store *store, struct tallies_row list[TALLIES_REGIONS], uint32_t bulletin)
{
    unsigned count = 0;
    struct store_query query = store_query(store, SQL_OUTCOME_OF);
    store_bind_int(&query, bulletin);
    while (count < TALLIES_REGIONS && store_next(&query)) {
        struct tallies_row *row = &list[count++];
        row->region = (uint8_t)store_get_int(&query);
        row->recipients = (uint32_t)store_get_int(&query);
        read_counts(&query, &row->counts);
    }
    store_end(&query);
    return count;
}

unsigned tallies_list_segments(
    struct store *store, struct tallies_segment list[CURSORS_SEGMENTS], uint32_t bulletin)
{
    unsigned count = 0;
    struct store_query query = store_query(store, SQL_CURSOR_OF);
    store_bind_int(&query, bulletin);
    while (count < CURSORS_SEGMENTS && store_next(&query)) {
        struct tallies_segment *segment = &list[count++];
        segment->language = (uint8_t)store_get_int(&query);
        segment->latin = (uint8_t)store_get_int(&query);
        segment->recipients = (uint32_t)store_get_int(&query);
        segment->open = (uint32_t)store_get_int(&query);
        int32_t taken = (int32_t)store_get_int(&query);
        read_counts(&query, &segment->counts);
        segment->counts.taken = taken;
    }
    store_end(&query);
    return count;
}

void tallies_list_causes(
    struct store *store, uint32_t counts[MESSAGE_CAUSE_COUNT], uint32_t bulletin)
{
    memset(counts, 0, MESSAGE_CAUSE_COUNT * sizeof counts[0]);
    struct store_query query = store_query(store, SQL_OUTCOME_CAUSES);
    store_bind_int(&query, bulletin);
    while (store_next(&query)) {
        int64_t cause = store_get_int(&query);
        if (cause >= 0 && cause < MESSAGE_CAUSE_COUNT)
            counts[cause] = (uint32_t)store_get_int(&query);
    }
}
