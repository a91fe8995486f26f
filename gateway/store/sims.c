#include "gateway/store/sims.h"

static int64_t add(struct store *store, const struct sims_card *card)
{
    bool told = card->iccid[0] != '\0' || card->imsi[0] != '\0';
    struct store_query query = store_query(store, SQL_SIM_ADD);
    store_bind_text(&query, card->iccid);
    store_bind_text(&query, card->imsi);
    store_bind_text(&query, told ? "" : card->modem);
    (void)store_run(&query);
    return store_last_id(store);
}

int64_t sims_find(struct store *store, const struct sims_card *card)
{
    struct store_query query = store_query(store, SQL_SIM_FIND);
    store_bind_text(&query, card->iccid);
    store_bind_text(&query, card->imsi);
    store_bind_text(&query, card->modem);
    int64_t id = store_value(&query, 0);
    if (id == 0)
        return add(store, card);
    query = store_query(store, SQL_SIM_LEARN);
    store_bind_int(&query, id);
    store_bind_text(&query, card->iccid);
    store_bind_text(&query, card->imsi);
    (void)store_run(&query);
    return id;
}

void sims_add_spent(struct store *store, int64_t id, int64_t minute)
{
    struct store_query query = store_query(store, SQL_SPENT_ADD);
    store_bind_int(&query, id);
    store_bind_int(&query, minute);
    (void)store_run(&query);
}

unsigned sims_list_spent(
    struct store *store, struct sims_spent list[SIMS_SPENT_MIN], int64_t id, int64_t since)
{
    unsigned count = 0;
    struct store_query query = store_query(store, SQL_SPENT_SINCE);
    store_bind_int(&query, id);
    store_bind_int(&query, since);
    while (count < SIMS_SPENT_MIN && store_next(&query)) {
        list[count].minute = store_get_int(&query);
        list[count++].count = (uint32_t)store_get_int(&query);
    }
    store_end(&query);
    return count;
}

void sims_purge(struct store *store, int64_t before)
{
    struct store_query query = store_query(store, SQL_SPENT_PURGE);
    store_bind_int(&query, before);
    (void)store_run(&query);
    query = store_query(store, SQL_SIM_PURGE);
    (void)store_run(&query);
}
