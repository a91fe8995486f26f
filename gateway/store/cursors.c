#include "gateway/store/cursors.h"

#include "gateway/store/bulletins.h"
#include "gateway/store/outbox.h"

#include <string.h>

static bool read_entry(struct store_query *query, struct cursors_entry *entry)
{
    if (!store_next(query))
        return false;
    entry->id = store_get_int(query);
    entry->bulletin = (uint32_t)store_get_int(query);
    entry->language = (uint8_t)store_get_int(query);
    entry->latin = (uint8_t)store_get_int(query);
    entry->hwm = store_get_int(query);
    entry->hi = store_get_int(query);
    entry->done = store_get_int(query) != 0;
    return true;
}

static void add_cursor(struct store *store, struct cursors_entry *entry)
{
    struct store_query query = store_query(store, SQL_CURSOR_ADD);
    store_bind_int(&query, entry->bulletin);
    store_bind_int(&query, entry->language);
    store_bind_int(&query, entry->latin);
    store_bind_int(&query, entry->hwm);
    store_bind_int(&query, entry->hi);
    (void)store_run(&query);
    entry->id = store_last_id(store);
}

/* How far the retracted bulletin had come in a segment; 0 if it reached nobody there. */
static int64_t reached(struct store *store, uint32_t bulletin, const struct cursors_entry *segment)
{
    struct store_query query = store_query(store, SQL_CURSOR_FIND);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, segment->language);
    store_bind_int(&query, segment->latin);
    store_bind_int(&query, 1);
    struct cursors_entry entry;
    if (!read_entry(&query, &entry))
        return 0;
    store_end(&query);
    return entry.hwm < segment->hi ? entry.hwm : segment->hi;
}

void cursors_open(struct store *store, uint32_t bulletin)
{
    struct store_query query = store_query(store, SQL_SUBSCRIBER_HIGHEST);
    int64_t highest = store_value(&query, 0);
    uint32_t retracted = bulletins_retracted(bulletin);
    struct cursors_entry entry = {.bulletin = bulletin};
    for (unsigned segment = 0; segment < CURSORS_SEGMENTS; segment++) {
        entry.language = (uint8_t)(segment / 2);
        entry.latin = segment % 2;
        entry.hi = highest;
        if (retracted != 0)
            entry.hi = reached(store, retracted, &entry);
        add_cursor(store, &entry);
    }
    if (retracted != 0)
        cursors_take(store, &entry, outbox_follow_reached(store, bulletin, entry.id, retracted));
}

uint32_t cursors_count_reached(struct store *store, uint32_t bulletin)
{
    struct cursors_counts counts;
    cursors_sum(store, &counts, bulletin);
    int64_t reached = (int64_t)counts.taken - outbox_count_passed_by(store, bulletin);
    return (reached > 0 ? (uint32_t)reached : 0) + outbox_count_besides(store, bulletin);
}

unsigned cursors_list(
    struct store *store, struct cursors_entry list[CURSORS_SEGMENTS], uint32_t bulletin)
{
    unsigned count = 0;
    int64_t taken[CURSORS_SEGMENTS];
    struct cursors_entry entry;
    struct store_query query = store_query(store, SQL_CURSOR_OPEN);
    store_bind_int(&query, bulletin);
    while (count < CURSORS_SEGMENTS && read_entry(&query, &entry)) {
        int64_t its = store_get_int(&query);
        unsigned i = count++;
        for (; i > 0 && taken[i - 1] > its; i--) {
            taken[i] = taken[i - 1];
            list[i] = list[i - 1];
        }
        taken[i] = its;
        list[i] = entry;
    }
    store_end(&query);
    return count;
}

enum err cursors_find(struct store *store, struct cursors_entry *entry, uint32_t bulletin,
    const struct subscribers_entry *subscriber)
{
    struct store_query query = store_query(store, SQL_CURSOR_FIND);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, subscriber->language);
    store_bind_int(&query, subscriber->latin);
    store_bind_int(&query, subscriber->id);
    if (!read_entry(&query, entry))
        return ERR_MISSING;
    store_end(&query);
    return ERR_OK;
}

static void move(struct store *store, const struct cursors_entry *entry, uint32_t taken)
{
    struct store_query query = store_query(store, SQL_CURSOR_MOVE);
    store_bind_int(&query, entry->id);
    store_bind_int(&query, entry->hwm);
    store_bind_int(&query, entry->done);
    store_bind_int(&query, taken);
    (void)store_run(&query);
}

void cursors_take(struct store *store, const struct cursors_entry *entry, uint32_t count)
{
    move(store, entry, count);
}

/* Looks on behind the mark for the first whom the bulletin is for, up to hi: its id, or 0. *before is whom it looked at
 * before that one. */
static int64_t look_on(struct store *store, struct cursors_entry *entry,
    const struct subscribers_audience *audience, int64_t *before, bool *more)
{
    int64_t taken = 0;
    unsigned looked_at = 0;
    uint32_t retracted = bulletins_retracted(entry->bulletin);
    *more = true;
    struct store_query query =
        store_query(store, audience->testers ? SQL_TESTER_WALK : SQL_SUBSCRIBER_WALK);
    store_bind_int(&query, entry->language);
    store_bind_int(&query, entry->latin);
    store_bind_int(&query, entry->hwm);
    store_bind_int(&query, entry->hi);
    while (taken == 0 && looked_at++ < CURSORS_WALK_MAX && (*more = store_next(&query))) {
        *before = entry->hwm;
        entry->hwm = store_get_int(&query);
        uint32_t regions = (uint32_t)store_get_int(&query);
        uint8_t level = (uint8_t)store_get_int(&query);
        if (subscribers_concerned(audience, regions, level) &&
            !outbox_find_delivery(store, entry->bulletin, entry->hwm) &&
            (retracted == 0 || !outbox_was_passed_by(store, retracted, entry->hwm)))
            taken = entry->hwm;
    }
    store_end(&query);
    return taken;
}

int64_t cursors_walk(
    struct store *store, struct cursors_entry *entry, const struct subscribers_audience *audience)
{
    int64_t before;
    bool more;
    int64_t taken = look_on(store, entry, audience, &before, &more);
    entry->done = !more;
    if (!more)
        entry->hwm = entry->hi;
    move(store, entry, taken != 0 ? 1 : 0);
    return taken;
}

bool cursors_pass(struct store *store, struct cursors_entry *entry,
    const struct subscribers_audience *audience, int64_t subscriber)
{
    int64_t before = entry->hwm, end = entry->hi;
    bool more;
    entry->hi = subscriber;
    int64_t found = look_on(store, entry, audience, &before, &more);
    entry->hi = end;
    if (found != 0 && found != subscriber)
        entry->hwm = before;
    move(store, entry, 1);
    return found == subscriber;
}

void cursors_count(struct store *store, int64_t cursor, const struct cursors_counts *change)
{
    struct store_query query = store_query(store, SQL_CURSOR_COUNT);
    store_bind_int(&query, cursor);
    store_bind_int(&query, change->sent);
    store_bind_int(&query, change->delivered);
    store_bind_int(&query, change->undeliverable);
    store_bind_int(&query, change->unknown);
    store_bind_int(&query, change->failed);
    store_bind_int(&query, change->skipped);
    store_bind_int(&query, change->parts);
    store_bind_int(&query, change->again);
    store_bind_int(&query, change->digest);
    (void)store_run(&query);
}

void cursors_sum(struct store *store, struct cursors_counts *counts, uint32_t bulletin)
{
    memset(counts, 0, sizeof *counts);
    struct store_query query = store_query(store, SQL_CURSOR_SUM);
    store_bind_int(&query, bulletin);
    if (!store_next(&query))
        return;
    counts->taken = (int32_t)store_get_int(&query);
    counts->sent = (int32_t)store_get_int(&query);
    counts->delivered = (int32_t)store_get_int(&query);
    counts->undeliverable = (int32_t)store_get_int(&query);
    counts->unknown = (int32_t)store_get_int(&query);
    counts->failed = (int32_t)store_get_int(&query);
    counts->skipped = (int32_t)store_get_int(&query);
    counts->parts = (int32_t)store_get_int(&query);
    counts->again = (int32_t)store_get_int(&query);
    counts->digest = (int32_t)store_get_int(&query);
    counts->done = store_get_int(&query) != 0;
    store_end(&query);
}

void cursors_forget(struct store *store, uint32_t bulletin)
{
    struct store_query query = store_query(store, SQL_CURSOR_FORGET);
    store_bind_int(&query, bulletin);
    (void)store_run(&query);
}
