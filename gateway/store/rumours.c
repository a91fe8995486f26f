#include "gateway/store/rumours.h"

static void bind_rumour(struct store_query *query, const struct message_rumour *rumour)
{
    store_bind_int(query, rumour->status);
    store_bind_int(query, rumour->editor);
    store_bind_int(query, rumour->bulletin);
    store_bind_int(query, rumour->at_s);
    store_bind_text(query, rumour->words);
    store_bind_text(query, rumour->claim);
    store_bind_text(query, rumour->evidence);
}

static void run_with(struct store *store, enum sql sql, int64_t value)
{
    struct store_query query = store_query(store, sql);
    store_bind_int(&query, value);
    (void)store_run(&query);
}

void rumours_add(struct store *store, struct message_rumour *rumour)
{
    struct store_query query = store_query(store, SQL_RUMOUR_ADD);
    bind_rumour(&query, rumour);
    (void)store_run(&query);
    rumour->id = (uint64_t)store_last_id(store);
    run_with(store, SQL_RUMOUR_TRIM, RUMOURS_CLOSED_MAX);
}

void rumours_save(struct store *store, const struct message_rumour *rumour)
{
    struct store_query query = store_query(store, SQL_RUMOUR_SAVE);
    bind_rumour(&query, rumour);
    store_bind_int(&query, (int64_t)rumour->id);
    (void)store_run(&query);
    run_with(store, SQL_RUMOUR_TRIM, RUMOURS_CLOSED_MAX);
}

static enum err read_rumour(struct store_query *query, struct message_rumour *rumour)
{
    if (!store_next(query))
        return ERR_MISSING;
    rumour->id = (uint64_t)store_get_int(query);
    rumour->status = (uint8_t)store_get_int(query);
    rumour->editor = (uint8_t)store_get_int(query);
    rumour->bulletin = (uint32_t)store_get_int(query);
    rumour->asked = (uint32_t)store_get_int(query);
    rumour->at_s = store_get_int(query);
    store_get_text(query, rumour->words, sizeof rumour->words);
    store_get_text(query, rumour->claim, sizeof rumour->claim);
    store_get_text(query, rumour->evidence, sizeof rumour->evidence);
    store_end(query);
    return ERR_OK;
}

enum err rumours_get(struct store *store, struct message_rumour *rumour, int64_t id)
{
    struct store_query query = store_query(store, SQL_RUMOUR_GET);
    store_bind_int(&query, id);
    return read_rumour(&query, rumour);
}

enum err rumours_next(struct store *store, struct message_rumour *rumour, int64_t after)
{
    struct store_query query = store_query(store, SQL_RUMOUR_AFTER);
    store_bind_int(&query, after);
    return read_rumour(&query, rumour);
}

uint32_t rumours_count_open(struct store *store)
{
    struct store_query query = store_query(store, SQL_RUMOUR_COUNT_OPEN);
    return (uint32_t)store_value(&query, 0);
}

void rumours_count_asked(struct store *store, int64_t id)
{
    run_with(store, SQL_RUMOUR_ASKED, id);
}

void rumours_add_asked(struct store *store, const char *text, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_ASKED_ADD);
    store_bind_text(&query, text);
    store_bind_int(&query, now_s);
    (void)store_run(&query);
    run_with(store, SQL_ASKED_TRIM, RUMOURS_ASKED_MAX);
}

enum err rumours_get_asked(struct store *store, struct message_asked *asked, unsigned n)
{
    struct store_query query = store_query(store, SQL_ASKED_NTH);
    store_bind_int(&query, n);
    if (!store_next(&query))
        return ERR_MISSING;
    store_get_text(&query, asked->text, sizeof asked->text);
    asked->count = (uint32_t)store_get_int(&query);
    asked->last_s = store_get_int(&query);
    store_end(&query);
    return ERR_OK;
}
