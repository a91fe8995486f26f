#include "gateway/store/reports.h"

#include <stdio.h>
#include <string.h>

_Static_assert(REPORTS_TEXT_MAX <= VAULT_PLAIN_MAX, "a report can be sealed");

static enum err bind_sealed(struct store_query *query, struct store *store, const char *text,
    const uint8_t row[VAULT_HASH_SIZE])
{
    uint8_t sealed[VAULT_SEALED_MAX];
    size_t size = 0;
    enum err err = vault_seal(store_vault(store), sealed, &size, text, row);
    if (err == ERR_OK)
        store_bind_bytes(query, sealed, size);
    return err;
}

/* Number and text are bound to each other: a row's hash is that of both. */
static void hash_of(
    struct store *store, uint8_t hash[VAULT_HASH_SIZE], const struct reports_entry *entry)
{
    char both[MESSAGES_NUMBER_SIZE + REPORTS_TEXT_MAX + 48];
    (void)snprintf(
        both, sizeof both, "report|%lld|%s|%s", (long long)entry->at_s, entry->number, entry->text);
    vault_hash(store_vault(store), hash, both);
}

enum err reports_add(struct store *store, struct reports_entry *entry)
{
    uint8_t hash[VAULT_HASH_SIZE], sender[VAULT_HASH_SIZE];
    hash_of(store, hash, entry);
    vault_hash(store_vault(store), sender, entry->number);
    struct store_query query = store_query(store, SQL_REPORT_ADD);
    store_bind_int(&query, entry->at_s);
    store_bind_bytes(&query, hash, sizeof hash);
    store_bind_bytes(&query, sender, sizeof sender);
    enum err err = bind_sealed(&query, store, entry->number, hash);
    if (err == ERR_OK)
        err = bind_sealed(&query, store, entry->text, hash);
    if (err != ERR_OK) {
        store_end(&query);
        return err;
    }
    (void)store_run(&query);
    entry->id = store_last_id(store);
    query = store_query(store, SQL_REPORT_TRIM);
    store_bind_int(&query, entry->id - REPORTS_KEPT_MAX);
    (void)store_run(&query);
    return ERR_OK;
}

uint32_t reports_count_of(struct store *store, const char *number, int64_t since_s)
{
    uint8_t sender[VAULT_HASH_SIZE];
    vault_hash(store_vault(store), sender, number);
    struct store_query query = store_query(store, SQL_REPORT_COUNT);
    store_bind_bytes(&query, sender, sizeof sender);
    store_bind_int(&query, since_s);
    return (uint32_t)store_value(&query, 0);
}

enum err reports_next(struct store *store, struct reports_entry *entry, int64_t after)
{
    uint8_t hash[VAULT_HASH_SIZE] = {0};
    uint8_t number[VAULT_SEALED_MAX], text[VAULT_SEALED_MAX];
    struct store_query query = store_query(store, SQL_REPORT_AFTER);
    store_bind_int(&query, after);
    if (!store_next(&query))
        return ERR_MISSING;
    memset(entry, 0, sizeof *entry);
    entry->id = store_get_int(&query);
    entry->at_s = store_get_int(&query);
    (void)store_get_bytes(&query, hash, sizeof hash);
    struct vault_sealed sealed_number = {number, store_get_bytes(&query, number, sizeof number)};
    struct vault_sealed sealed_text = {text, store_get_bytes(&query, text, sizeof text)};
    store_end(&query);
    enum err err =
        vault_unseal(store_vault(store), entry->number, sizeof entry->number, &sealed_number, hash);
    return err == ERR_OK ? vault_unseal(store_vault(store), entry->text, sizeof entry->text,
                               &sealed_text, hash)
                         : err;
}

void reports_add_reception(struct store *store, uint32_t bulletin, uint8_t level)
{
    struct store_query query = store_query(store, SQL_RECEPTION_ADD);
    store_bind_int(&query, bulletin);
    store_bind_int(&query, level);
    (void)store_run(&query);
}

uint32_t reports_find_heard(struct store *store, uint32_t after)
{
    struct store_query query = store_query(store, SQL_RECEPTION_AFTER);
    store_bind_int(&query, after);
    return (uint32_t)store_value(&query, 0);
}

void reports_count_reception(
    struct store *store, uint32_t counts[REPORTS_LEVELS], uint32_t bulletin)
{
    memset(counts, 0, REPORTS_LEVELS * sizeof counts[0]);
    struct store_query query = store_query(store, SQL_RECEPTION_OF);
    store_bind_int(&query, bulletin);
    while (store_next(&query)) {
        int64_t level = store_get_int(&query);
        if (level >= 1 && level <= REPORTS_LEVELS)
            counts[level - 1] = (uint32_t)store_get_int(&query);
    }
}
