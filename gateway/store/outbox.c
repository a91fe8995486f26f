#include "gateway/store/outbox.h"

static enum err read_entry(struct store_query *query, struct outbox_entry *entry)
{
    if (!store_next(query))
        return ERR_MISSING;
    entry->id = store_get_int(query);
    entry->bulletin = (uint32_t)store_get_int(query);
    entry->cursor = store_get_int(query);
    entry->subscriber = store_get_int(query);
    entry->state = (enum outbox_state)store_get_int(query);
    entry->part = (uint8_t)store_get_int(query);
    entry->parts = (uint8_t)store_get_int(query);
    entry->mr = (int)store_get_int(query);
    entry->modem = store_get_int(query);
    entry->attempt = (uint32_t)store_get_int(query);
    entry->failures = (uint8_t)store_get_int(query);
    entry->doubts = (uint8_t)store_get_int(query);
    entry->again = store_get_int(query) != 0;
    entry->due_ms = store_get_int(query);
    entry->other_ms = store_get_int(query);
    entry->code = (uint32_t)store_get_int(query);
    entry->reached = (uint8_t)store_get_int(query);
    entry->digest = store_get_int(query);
    entry->regions = (uint32_t)store_get_int(query);
    store_end(query);
    return ERR_OK;
}

static void bind_entry(struct store_query *query, const struct outbox_entry *entry)
{
    store_bind_int(query, entry->bulletin);
    store_bind_int(query, entry->cursor);
    store_bind_int(query, entry->subscriber);
    store_bind_int(query, (int64_t)entry->state);
    store_bind_int(query, entry->part);
    store_bind_int(query, entry->parts);
    store_bind_int(query, entry->mr);
    store_bind_int(query, entry->modem);
    store_bind_int(query, entry->attempt);
    store_bind_int(query, entry->failures);
    store_bind_int(query, entry->doubts);
    store_bind_int(query, entry->again);
    store_bind_int(query, entry->due_ms);
    store_bind_int(query, entry->other_ms);
    store_bind_int(query, entry->code);
    store_bind_int(query, entry->reached);
    store_bind_int(query, entry->digest);
    store_bind_int(query, entry->regions);
}

void outbox_add(struct store *store, struct outbox_entry *entry)
{
    struct store_query query = store_query(store, SQL_DELIVERY_ADD);
    bind_entry(&query, entry);
    (void)store_run(&query);
    entry->id = store_last_id(store);
}

void outbox_note_reached(struct outbox_entry *entry)
{
    if (entry->reached < entry->part)
        entry->reached = entry->part;
}

void outbox_save(struct store *store, const struct outbox_entry *entry)
{
    struct store_query query = store_query(store, SQL_DELIVERY_SAVE);
    bind_entry(&query, entry);
    store_bind_int(&query, entry->id);
    (void)store_run(&query);
}

void outbox_submit(struct store *store, const struct outbox_entry *entry)
{
    struct store_query query = store_query(store, SQL_DELIVERY_SUBMIT);
    store_bind_int(&query, entry->id);
    store_bind_int(&query, entry->mr);
    (void)store_run(&query);
}

void outbox_remove(struct store *store, int64_t id)
{
    struct store_query query = store_query(store, SQL_DELIVERY_REMOVE);
    store_bind_int(&query, id);
    (void)store_run(&query);
}

bool outbox_find_delivery(struct store *store, uint32_t bulletin, int64_t subscriber)
{
    struct store_query query = store_query(store, SQL_DELIVERY_FIND);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, subscriber);
    return store_value(&query, 0) != 0;
}

bool outbox_was_passed_by(struct store *store, uint32_t bulletin, int64_t subscriber)
{
    struct store_query query = store_query(store, SQL_DELIVERY_PASSED_BY);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, subscriber);
    return store_value(&query, 0) != 0;
}

uint32_t outbox_count_passed_by(struct store *store, uint32_t bulletin)
{
    struct store_query query = store_query(store, SQL_DELIVERY_COUNT_PASSED_BY);
    store_bind_int(&query, bulletin);
    return (uint32_t)store_value(&query, 0);
}

uint32_t outbox_count_besides(struct store *store, uint32_t bulletin)
{
    struct store_query query = store_query(store, SQL_DELIVERY_COUNT_BESIDES);
    store_bind_int(&query, bulletin);
    return (uint32_t)store_value(&query, 0);
}

static void mark(struct store *store, uint32_t bulletin, int64_t subscriber, int64_t cursor,
    enum outbox_state state)
{
    struct store_query query = store_query(store, SQL_DELIVERY_MARK);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, subscriber);
    store_bind_int(&query, cursor);
    store_bind_int(&query, (int64_t)state);
    (void)store_run(&query);
}

void outbox_mark_reached(struct store *store, uint32_t bulletin, int64_t subscriber, int64_t cursor)
{
    mark(store, bulletin, subscriber, cursor, OUTBOX_REACHED);
}

void outbox_mark_missed(struct store *store, uint32_t bulletin, int64_t subscriber)
{
    mark(store, bulletin, subscriber, 0, OUTBOX_MISSED);
}

uint32_t outbox_follow_reached(
    struct store *store, uint32_t retraction, int64_t cursor, uint32_t retracted)
{
    struct store_query query = store_query(store, SQL_DELIVERY_FOLLOW);
    store_bind_int(&query, retraction);
    store_bind_int(&query, cursor);
    store_bind_int(&query, retracted);
    return (uint32_t)store_run(&query);
}

enum err outbox_get(struct store *store, struct outbox_entry *entry, int64_t id)
{
    struct store_query query = store_query(store, SQL_DELIVERY_GET);
    store_bind_int(&query, id);
    return read_entry(&query, entry);
}

enum err outbox_find_of(
    struct store *store, struct outbox_entry *entry, uint32_t bulletin, int64_t subscriber)
{
    struct store_query query = store_query(store, SQL_DELIVERY_OF_BOTH);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, subscriber);
    return read_entry(&query, entry);
}

enum err outbox_find_named(struct store *store, struct outbox_entry *entry,
    const struct outbox_entry *digest, int64_t after)
{
    struct store_query query = store_query(store, SQL_DELIVERY_NAMED);
    store_bind_int(&query, digest->subscriber);
    store_bind_int(&query, digest->id);
    store_bind_int(&query, after);
    return read_entry(&query, entry);
}

void outbox_set_named_reached(
    struct store *store, const struct outbox_entry *digest, uint8_t reached)
{
    struct store_query query = store_query(store, SQL_DELIVERY_NAMED_REACHED);
    store_bind_int(&query, digest->subscriber);
    store_bind_int(&query, digest->id);
    store_bind_int(&query, reached);
    (void)store_run(&query);
}

enum err outbox_find_digest(
    struct store *store, struct outbox_entry *entry, int64_t modem, int64_t now_ms)
{
    struct store_query query = store_query(store, SQL_DELIVERY_DIGEST_DUE);
    store_bind_int(&query, now_ms);
    store_bind_int(&query, modem);
    return read_entry(&query, entry);
}

enum err outbox_find_next(struct store *store, struct outbox_entry *entry, int64_t modem)
{
    struct store_query query = store_query(store, SQL_DELIVERY_NEXT);
    store_bind_int(&query, modem);
    return read_entry(&query, entry);
}

/* What and for whom. */
struct due {
    enum sql sql;
    uint32_t bulletin;
    int64_t modem;
    int64_t now_ms;
};

static enum err find_due_in(
    struct store *store, struct outbox_entry *entry, const struct due *due, enum outbox_state state)
{
    struct store_query query = store_query(store, due->sql);
    store_bind_int(&query, due->bulletin);
    store_bind_int(&query, due->now_ms);
    store_bind_int(&query, due->modem);
    store_bind_int(&query, (int64_t)state);
    if (due->sql == SQL_DELIVERY_DUE_SURE)
        store_bind_int(&query, OUTBOX_OTHERS_MS);
    return read_entry(&query, entry);
}

/* The one due first. Both states in one statement would have to be sorted, which costs ten times as much. */
static enum err find_first_due(
    struct store *store, struct outbox_entry *entry, const struct due *due)
{
    struct outbox_entry doubt;
    enum err err = find_due_in(store, entry, due, OUTBOX_RETRY);
    if (find_due_in(store, &doubt, due, OUTBOX_DOUBT) != ERR_OK ||
        (err == ERR_OK && entry->due_ms <= doubt.due_ms))
        return err;
    *entry = doubt;
    return ERR_OK;
}

enum err outbox_find_due(struct store *store, struct outbox_entry *entry, uint32_t bulletin,
    int64_t modem, int64_t now_ms)
{
    return find_first_due(store, entry, &(struct due){SQL_DELIVERY_DUE, bulletin, modem, now_ms});
}

enum err outbox_find_due_sure(struct store *store, struct outbox_entry *entry, uint32_t bulletin,
    int64_t modem, int64_t now_ms)
{
    return find_first_due(
        store, entry, &(struct due){SQL_DELIVERY_DUE_SURE, bulletin, modem, now_ms});
}

static enum err find_two(
    struct store_query *query, struct outbox_entry *entry, int64_t first, int64_t after)
{
    store_bind_int(query, first);
    store_bind_int(query, after);
    return read_entry(query, entry);
}

enum err outbox_find_held(
    struct store *store, struct outbox_entry *entry, int64_t modem, int64_t after)
{
    struct store_query query = store_query(store, SQL_DELIVERY_HELD);
    return find_two(&query, entry, modem, after);
}

enum err outbox_find_waiting_of_subscriber(
    struct store *store, struct outbox_entry *entry, int64_t subscriber, int64_t after)
{
    struct store_query query = store_query(store, SQL_DELIVERY_OF_SUBSCRIBER);
    return find_two(&query, entry, subscriber, after);
}

enum err outbox_find_waiting_of_bulletin(
    struct store *store, struct outbox_entry *entry, uint32_t bulletin, int64_t after)
{
    struct store_query query = store_query(store, SQL_DELIVERY_OF_BULLETIN);
    return find_two(&query, entry, bulletin, after);
}

enum err outbox_find_any_held(struct store *store, struct outbox_entry *entry, int64_t after)
{
    struct store_query query = store_query(store, SQL_DELIVERY_ALL_HELD);
    store_bind_int(&query, after);
    return read_entry(&query, entry);
}

enum err outbox_find_doubt(struct store *store, struct outbox_entry *entry, int64_t after)
{
    struct store_query query = store_query(store, SQL_DELIVERY_AFTER);
    store_bind_int(&query, after);
    return read_entry(&query, entry);
}

enum err outbox_find_doubtful(
    struct store *store, struct outbox_entry *entry, const struct outbox_ref *ref)
{
    struct store_query query = store_query(store, SQL_DELIVERY_DOUBTFUL);
    store_bind_bytes(&query, ref->hash, sizeof ref->hash);
    store_bind_int(&query, ref->modem);
    store_bind_int(&query, ref->mr);
    return read_entry(&query, entry);
}

bool outbox_has_retries(struct store *store, uint32_t bulletin, int64_t by_ms, unsigned count)
{
    struct store_query query = store_query(store, SQL_DELIVERY_RETRIES);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, by_ms);
    store_bind_int(&query, count);
    return store_value(&query, 0) >= (int64_t)count;
}

void outbox_release(struct store *store, int64_t modem)
{
    struct store_query query = store_query(store, SQL_DELIVERY_RELEASE);
    store_bind_int(&query, modem);
    store_run(&query);
}

void outbox_hasten(struct store *store, int64_t modem, int64_t now_ms, int64_t for_ms)
{
    struct store_query query = store_query(store, SQL_DELIVERY_HASTEN);
    store_bind_int(&query, modem);
    store_bind_int(&query, now_ms);
    store_bind_int(&query, now_ms + for_ms);
    (void)store_run(&query);
}

int64_t outbox_soonest(struct store *store, int64_t now_ms)
{
    struct store_query query = store_query(store, SQL_DELIVERY_SOONEST);
    store_bind_int(&query, now_ms);
    store_bind_int(&query, OUTBOX_OTHERS_MS);
    return store_value(&query, 0);
}

void outbox_restart_clock(struct store *store, int64_t now_ms, int64_t doubt_ms, int64_t same_ms)
{
    struct store_query query = store_query(store, SQL_DELIVERY_RESTART_CLOCK);
    store_bind_int(&query, now_ms);
    store_bind_int(&query, doubt_ms);
    store_bind_int(&query, same_ms);
    (void)store_run(&query);
}

void outbox_add_ref(struct store *store, const struct outbox_ref *ref)
{
    struct store_query query = store_query(store, SQL_REF_ADD);
    store_bind_int(&query, ref->modem);
    store_bind_int(&query, ref->mr);
    store_bind_bytes(&query, ref->hash, sizeof ref->hash);
    store_bind_int(&query, ref->bulletin);
    store_bind_int(&query, ref->cursor);
    store_bind_int(&query, ref->regions);
    (void)store_run(&query);
    if (store_last_id(store) % OUTBOX_REFS_PER_MR != 0)
        return;
    query = store_query(store, SQL_REF_TRIM);
    store_bind_int(&query, ref->modem);
    store_bind_int(&query, ref->mr);
    store_bind_int(&query, OUTBOX_REFS_PER_MR);
    (void)store_run(&query);
}

enum err outbox_find_ref(struct store *store, struct outbox_ref *ref)
{
    struct store_query query = store_query(store, SQL_REF_FIND);
    store_bind_int(&query, ref->modem);
    store_bind_int(&query, ref->mr);
    store_bind_bytes(&query, ref->hash, sizeof ref->hash);
    if (!store_next(&query))
        return ERR_MISSING;
    ref->id = store_get_int(&query);
    ref->bulletin = (uint32_t)store_get_int(&query);
    ref->cursor = store_get_int(&query);
    ref->regions = (uint32_t)store_get_int(&query);
    store_end(&query);
    return ERR_OK;
}

void outbox_remove_ref(struct store *store, int64_t id)
{
    struct store_query query = store_query(store, SQL_REF_REMOVE);
    store_bind_int(&query, id);
    (void)store_run(&query);
}
