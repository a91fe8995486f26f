#include "gateway/store/floor.h"

#define NAME "time_floor"

int64_t floor_get_s(struct store *store)
{
    struct store_query query = store_query(store, SQL_SETTING_GET);
    store_bind_text(&query, NAME);
    return store_value(&query, 0);
}

void floor_put_s(struct store *store, int64_t wall_s)
{
    struct store_query query = store_query(store, SQL_SETTING_PUT);
    store_bind_text(&query, NAME);
    store_bind_int(&query, wall_s);
    (void)store_run(&query);
}
