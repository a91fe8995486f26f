#include "gateway/store/subscribers.h"

#include "gateway/bulletin/area.h"

#include <string.h>

static enum err read_entry(
    struct store *store, struct store_query *query, struct subscribers_entry *entry)
{
    if (!store_next(query))
        return ERR_MISSING;
    memset(entry, 0, sizeof *entry);
    uint8_t bytes[VAULT_SEALED_MAX];
    entry->id = store_get_int(query);
    (void)store_get_bytes(query, entry->hash, sizeof entry->hash);
    struct vault_sealed sealed = {bytes, store_get_bytes(query, bytes, sizeof bytes)};
    entry->language = (uint8_t)store_get_int(query);
    entry->latin = (uint8_t)store_get_int(query);
    entry->regions = (uint32_t)store_get_int(query);
    entry->level = (uint8_t)store_get_int(query);
    entry->stopped = store_get_int(query) != 0;
    store_get_text(query, entry->consent, sizeof entry->consent);
    entry->joined_s = store_get_int(query);
    entry->tester = store_get_int(query) != 0;
    uint8_t word_bytes[VAULT_SEALED_MAX];
    struct vault_sealed word = {word_bytes, store_get_bytes(query, word_bytes, sizeof word_bytes)};
    store_end(query);
    if (word.size > 0 && vault_unseal(store_vault(store), entry->word, sizeof entry->word, &word,
                             entry->hash) != ERR_OK)
        entry->word[0] = '\0';
    return vault_unseal(
        store_vault(store), entry->number, sizeof entry->number, &sealed, entry->hash);
}

enum err subscribers_find(struct store *store, struct subscribers_entry *entry, const char *number)
{
    uint8_t hash[VAULT_HASH_SIZE];
    vault_hash(store_vault(store), hash, number);
    struct store_query query = store_query(store, SQL_SUBSCRIBER_FIND);
    store_bind_bytes(&query, hash, sizeof hash);
    return read_entry(store, &query, entry);
}

enum err subscribers_get(struct store *store, struct subscribers_entry *entry, int64_t id)
{
    struct store_query query = store_query(store, SQL_SUBSCRIBER_GET);
    store_bind_int(&query, id);
    return read_entry(store, &query, entry);
}

enum err subscribers_get_hash(
    struct store *store, uint8_t hash[VAULT_HASH_SIZE], bool *stopped, int64_t id)
{
    struct store_query query = store_query(store, SQL_SUBSCRIBER_HASH);
    store_bind_int(&query, id);
    if (!store_next(&query))
        return ERR_MISSING;
    (void)store_get_bytes(&query, hash, VAULT_HASH_SIZE);
    *stopped = store_get_int(&query) != 0;
    store_end(&query);
    return ERR_OK;
}

enum err subscribers_next(struct store *store, struct subscribers_entry *entry, int64_t after)
{
    struct store_query query = store_query(store, SQL_SUBSCRIBER_AFTER);
    store_bind_int(&query, after);
    return read_entry(store, &query, entry);
}

static void count_kind(struct store *store, const struct subscribers_entry *entry, int change)
{
    if (entry->stopped)
        return;
    struct store_query query = store_query(store, SQL_AUDIENCE_ADD);
    store_bind_int(&query, entry->language);
    store_bind_int(&query, entry->latin);
    store_bind_int(&query, entry->regions);
    store_bind_int(&query, entry->level);
    store_bind_int(&query, change);
    (void)store_run(&query);
}

enum err subscribers_add(struct store *store, struct subscribers_entry *entry, int64_t now_s)
{
    vault_hash(store_vault(store), entry->hash, entry->number);
    uint8_t sealed[VAULT_SEALED_MAX];
    size_t sealed_size = 0;
    enum err err = vault_seal(store_vault(store), sealed, &sealed_size, entry->number, entry->hash);
    if (err != ERR_OK)
        return err;
    entry->joined_s = now_s;
    struct store_query query = store_query(store, SQL_SUBSCRIBER_ADD);
    store_bind_bytes(&query, entry->hash, sizeof entry->hash);
    store_bind_bytes(&query, sealed, sealed_size);
    store_bind_int(&query, entry->language);
    store_bind_int(&query, entry->latin);
    store_bind_int(&query, entry->regions);
    store_bind_int(&query, entry->level);
    store_bind_int(&query, entry->stopped);
    store_bind_text(&query, entry->consent);
    store_bind_int(&query, now_s);
    store_bind_int(&query, entry->tester);
    (void)store_run(&query);
    entry->id = store_last_id(store);
    count_kind(store, entry, 1);
    return ERR_OK;
}

static void bind_word(
    struct store_query *query, struct store *store, const struct subscribers_entry *entry)
{
    uint8_t sealed[VAULT_SEALED_MAX];
    size_t size = 0;
    if (entry->word[0] != '\0' &&
        vault_seal(store_vault(store), sealed, &size, entry->word, entry->hash) != ERR_OK)
        size = 0;
    store_bind_bytes(query, size > 0 ? sealed : (const uint8_t *)"", size);
}

void subscribers_save(struct store *store, const struct subscribers_entry *entry, int64_t now_s)
{
    struct subscribers_entry before;
    if (subscribers_get(store, &before, entry->id) == ERR_MISSING)
        return;
    count_kind(store, &before, -1);
    count_kind(store, entry, 1);
    struct store_query query = store_query(store, SQL_SUBSCRIBER_SAVE);
    store_bind_int(&query, entry->id);
    store_bind_int(&query, entry->language);
    store_bind_int(&query, entry->latin);
    store_bind_int(&query, entry->regions);
    store_bind_int(&query, entry->level);
    store_bind_int(&query, entry->stopped);
    store_bind_text(&query, entry->consent);
    store_bind_int(&query, entry->stopped ? now_s : 0);
    store_bind_int(&query, entry->tester);
    bind_word(&query, store, entry);
    (void)store_run(&query);
}

void subscribers_remove(struct store *store, const struct subscribers_entry *entry)
{
    count_kind(store, entry, -1);
    struct store_query query = store_query(store, SQL_SUBSCRIBER_REMOVE);
    store_bind_int(&query, entry->id);
    (void)store_run(&query);
}

static void visit_all(struct store *store, enum sql sql, subscribers_visitor *visit, void *arg)
{
    struct store_query query = store_query(store, sql);
    while (store_next(&query)) {
        struct subscribers_entry kind = {0};
        kind.language = (uint8_t)store_get_int(&query);
        kind.latin = (uint8_t)store_get_int(&query);
        kind.regions = (uint32_t)store_get_int(&query);
        kind.level = (uint8_t)store_get_int(&query);
        visit(arg, &kind, (uint32_t)store_get_int(&query));
    }
}

void subscribers_visit_kinds(struct store *store, subscribers_visitor *visit, void *arg)
{
    visit_all(store, SQL_AUDIENCE_ALL, visit, arg);
}

void subscribers_visit_testers(struct store *store, subscribers_visitor *visit, void *arg)
{
    visit_all(store, SQL_TESTER_ALL, visit, arg);
}

struct filter {
    const struct subscribers_audience *audience;
    subscribers_visitor *visit;
    void *arg;
};

static void visit_concerned(void *arg, const struct subscribers_entry *kind, uint32_t count)
{
    const struct filter *filter = arg;
    if (subscribers_concerned(filter->audience, kind->regions, kind->level))
        filter->visit(filter->arg, kind, count);
}

void subscribers_visit_audience(struct store *store, const struct subscribers_audience *audience,
    subscribers_visitor *visit, void *arg)
{
    struct filter filter = {audience, visit, arg};
    visit_all(
        store, audience->testers ? SQL_TESTER_ALL : SQL_AUDIENCE_ALL, visit_concerned, &filter);
}

bool subscribers_is_concerned(
    const struct subscribers_audience *audience, const struct subscribers_entry *subscriber)
{
    return (!audience->testers || subscriber->tester) &&
           subscribers_concerned(audience, subscriber->regions, subscriber->level);
}

bool subscribers_concerned(
    const struct subscribers_audience *audience, uint32_t regions, uint8_t level)
{
    return audience->severity >= level && area_concerns(audience->regions, regions);
}

static void add_kind(void *arg, const struct subscribers_entry *kind, uint32_t count)
{
    uint32_t *sum = arg;
    (void)kind;
    *sum += count;
}

uint32_t subscribers_count(struct store *store)
{
    uint32_t sum = 0;
    subscribers_visit_kinds(store, add_kind, &sum);
    return sum;
}

uint32_t subscribers_count_testers(struct store *store)
{
    uint32_t sum = 0;
    subscribers_visit_testers(store, add_kind, &sum);
    return sum;
}

uint32_t subscribers_count_audience(
    struct store *store, const struct subscribers_audience *audience)
{
    uint32_t sum = 0;
    subscribers_visit_audience(store, audience, add_kind, &sum);
    return sum;
}
