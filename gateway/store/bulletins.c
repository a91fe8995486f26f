#include "gateway/store/bulletins.h"

#include "gateway/store/cursors.h"

#include <string.h>

uint32_t bulletins_key(uint32_t number, uint8_t kind)
{
    return number * 2 + (kind == BULLETIN_RETRACT ? 1 : 0);
}

uint32_t bulletins_retracted(uint32_t key)
{
    return key % 2 == 1 ? key - 1 : 0;
}

void bulletins_add(struct store *store, const struct bulletins_entry *entry,
    const struct message_sealed_bytes *sealed)
{
    struct store_query query = store_query(store, SQL_BULLETIN_ADD);
    store_bind_int(&query, entry->key);
    store_bind_int(&query, entry->number);
    store_bind_int(&query, entry->kind);
    store_bind_int(&query, entry->state);
    store_bind_int(&query, entry->sent_s);
    store_bind_int(&query, entry->expires_s);
    store_bind_int(&query, entry->follows);
    store_bind_int(&query, entry->regions);
    store_bind_int(&query, entry->severity);
    store_bind_text(&query, entry->code);
    store_bind_int(&query, entry->committed_s);
    store_bind_int(&query, entry->recipients);
    store_bind_int(&query, entry->testers);
    store_bind_bytes(&query, sealed->bytes, sealed->size);
    (void)store_run(&query);
}

enum err bulletins_get(struct store *store, struct bulletins_entry *entry, uint32_t key)
{
    struct store_query query = store_query(store, SQL_BULLETIN_GET);
    store_bind_int(&query, key);
    if (!store_next(&query))
        return ERR_MISSING;
    memset(entry, 0, sizeof *entry);
    entry->key = (uint32_t)store_get_int(&query);
    entry->number = (uint32_t)store_get_int(&query);
    entry->kind = (uint8_t)store_get_int(&query);
    entry->state = (uint8_t)store_get_int(&query);
    entry->sent_s = store_get_int(&query);
    entry->expires_s = store_get_int(&query);
    entry->follows = (uint32_t)store_get_int(&query);
    entry->regions = (uint32_t)store_get_int(&query);
    entry->severity = (uint8_t)store_get_int(&query);
    store_get_text(&query, entry->code, sizeof entry->code);
    entry->committed_s = store_get_int(&query);
    entry->recipients = (uint32_t)store_get_int(&query);
    entry->emptied = store_get_int(&query) != 0;
    entry->aired = (uint8_t)store_get_int(&query);
    store_get_text(&query, entry->air_path, sizeof entry->air_path);
    entry->air_seconds = (uint32_t)store_get_int(&query);
    entry->aired_s = store_get_int(&query);
    entry->testers = store_get_int(&query) != 0;
    entry->oks = (uint32_t)store_get_int(&query);
    store_end(&query);
    return ERR_OK;
}

enum err bulletins_get_sealed(
    struct store *store, struct message_sealed_bytes *sealed, uint32_t key)
{
    struct store_query query = store_query(store, SQL_BULLETIN_SEALED);
    store_bind_int(&query, key);
    if (!store_next(&query))
        return ERR_MISSING;
    sealed->size = (uint16_t)store_get_bytes(&query, sealed->bytes, sizeof sealed->bytes);
    store_end(&query);
    return ERR_OK;
}

void bulletins_set_state(struct store *store, uint32_t key, enum message_bulletin_state state)
{
    struct store_query query = store_query(store, SQL_BULLETIN_STATE);
    store_bind_int(&query, key);
    store_bind_int(&query, (int64_t)state);
    (void)store_run(&query);
}

void bulletins_set_aired(
    struct store *store, uint32_t key, const struct message_aired *aired, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_BULLETIN_AIRED);
    store_bind_int(&query, key);
    store_bind_int(&query, aired->result == ERR_OK);
    store_bind_text(&query, aired->path);
    store_bind_int(&query, aired->seconds);
    store_bind_int(&query, now_s);
    (void)store_run(&query);
}

uint32_t bulletins_find_aired(struct store *store, uint32_t before)
{
    struct store_query query = store_query(store, SQL_BULLETIN_AIRED_BEFORE);
    store_bind_int(&query, before);
    return (uint32_t)store_value(&query, 0);
}

void bulletins_add_ok(struct store *store, uint32_t key, int64_t subscriber)
{
    struct store_query query = store_query(store, SQL_SEEN_ADD);
    store_bind_int(&query, key);
    store_bind_int(&query, subscriber);
    if (store_run(&query) == 0)
        return;
    query = store_query(store, SQL_BULLETIN_OK);
    store_bind_int(&query, key);
    (void)store_run(&query);
}

uint32_t bulletins_highest(struct store *store)
{
    struct store_query query = store_query(store, SQL_BULLETIN_HIGHEST);
    return (uint32_t)store_value(&query, 0);
}

static unsigned list_keys(struct store_query *query, uint32_t *keys, unsigned room)
{
    unsigned count = 0;
    while (count < room && store_next(query))
        keys[count++] = (uint32_t)store_get_int(query);
    store_end(query);
    return count;
}

unsigned bulletins_list_live(struct store *store, uint32_t *keys, unsigned room)
{
    struct store_query query = store_query(store, SQL_BULLETIN_LIVE);
    return list_keys(&query, keys, room);
}

unsigned bulletins_list_retractable(
    struct store *store, uint32_t *keys, unsigned room, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_BULLETIN_RETRACTABLE);
    store_bind_int(&query, now_s);
    return list_keys(&query, keys, room);
}

unsigned bulletins_list_held(struct store *store, uint32_t *keys, unsigned room)
{
    struct store_query query = store_query(store, SQL_BULLETIN_HELD);
    return list_keys(&query, keys, room);
}

unsigned bulletins_list_latest(struct store *store, uint32_t *keys, unsigned room, uint32_t before)
{
    struct store_query query = store_query(store, SQL_BULLETIN_LATEST);
    store_bind_int(&query, before);
    return list_keys(&query, keys, room);
}

void bulletins_count_deliveries(
    struct store *store, uint32_t counts[BULLETINS_STATES], uint32_t key)
{
    memset(counts, 0, BULLETINS_STATES * sizeof counts[0]);
    struct store_query query = store_query(store, SQL_BULLETIN_DELIVERIES);
    store_bind_int(&query, key);
    while (store_next(&query)) {
        int64_t state = store_get_int(&query);
        if (state >= 0 && state < BULLETINS_STATES)
            counts[state] = (uint32_t)store_get_int(&query);
    }
}

uint32_t bulletins_find_closable(struct store *store, int64_t before_s)
{
    struct store_query query = store_query(store, SQL_BULLETIN_CLOSABLE);
    store_bind_int(&query, before_s);
    return (uint32_t)store_value(&query, 0);
}

void bulletins_empty(struct store *store, uint32_t key)
{
    static const enum sql steps[] = {SQL_BULLETIN_FORGET_DELIVERIES, SQL_BULLETIN_FORGET_REFS,
        SQL_BULLETIN_FORGET_SEEN, SQL_BULLETIN_EMPTIED};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct store_query query = store_query(store, steps[i]);
        store_bind_int(&query, key);
        (void)store_run(&query);
    }
    cursors_forget(store, key);
}
