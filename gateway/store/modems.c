#include "gateway/store/modems.h"

#include <string.h>

enum err modems_get(struct store *store, struct modems_entry *entry, int64_t id)
{
    struct store_query query = store_query(store, SQL_MODEM_GET);
    store_bind_int(&query, id);
    if (!store_next(&query))
        return ERR_MISSING;
    memset(entry, 0, sizeof *entry);
    entry->id = id;
    store_get_text(&query, entry->name, sizeof entry->name);
    store_get_text(&query, entry->imei, sizeof entry->imei);
    store_get_text(&query, entry->imsi, sizeof entry->imsi);
    entry->mr = (uint8_t)store_get_int(&query);
    entry->sent = (uint32_t)store_get_int(&query);
    entry->failed = (uint32_t)store_get_int(&query);
    entry->hold = (uint8_t)store_get_int(&query);
    entry->sim = store_get_int(&query);
    store_end(&query);
    return ERR_OK;
}

void modems_find(struct store *store, struct modems_entry *entry, const char *name)
{
    struct store_query query = store_query(store, SQL_MODEM_ADD);
    store_bind_text(&query, name);
    (void)store_run(&query);
    query = store_query(store, SQL_MODEM_FIND);
    store_bind_text(&query, name);
    if (modems_get(store, entry, store_value(&query, 0)) != ERR_OK)
        memset(entry, 0, sizeof *entry);
}

void modems_set_identity(struct store *store, const struct modems_entry *entry)
{
    struct store_query query = store_query(store, SQL_MODEM_IDENTITY);
    store_bind_int(&query, entry->id);
    store_bind_text(&query, entry->imei);
    store_bind_text(&query, entry->imsi);
    (void)store_run(&query);
}

void modems_count(struct store *store, int64_t id, int sent, int failed, uint8_t mr)
{
    struct store_query query = store_query(store, SQL_MODEM_COUNT);
    store_bind_int(&query, id);
    store_bind_int(&query, sent);
    store_bind_int(&query, failed);
    store_bind_int(&query, mr);
    (void)store_run(&query);
}

void modems_set_hold(struct store *store, int64_t id, enum message_hold hold)
{
    struct store_query query = store_query(store, SQL_MODEM_HOLD);
    store_bind_int(&query, id);
    store_bind_int(&query, (int64_t)hold);
    (void)store_run(&query);
}

void modems_set_sim(struct store *store, int64_t id, int64_t sim)
{
    struct store_query query = store_query(store, SQL_MODEM_SIM);
    store_bind_int(&query, id);
    store_bind_int(&query, sim);
    (void)store_run(&query);
}
