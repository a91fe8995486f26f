#include "gateway/store/sketches.h"

#include <string.h>

void sketches_add(struct store *store, struct message_sketch *sketch)
{
    sketch->version = 1;
    struct store_query query = store_query(store, SQL_SKETCH_ADD);
    store_bind_int(&query, sketch->version);
    store_bind_int(&query, sketch->author);
    store_bind_int(&query, sketch->editor);
    store_bind_int(&query, (int64_t)sketch->draft);
    store_bind_int(&query, sketch->closed);
    store_bind_int(&query, sketch->at_s);
    store_bind_text(&query, sketch->text);
    (void)store_run(&query);
    sketch->id = (uint64_t)store_last_id(store);
}

void sketches_save(struct store *store, struct message_sketch *sketch)
{
    sketch->version++;
    struct store_query query = store_query(store, SQL_SKETCH_SAVE);
    store_bind_int(&query, (int64_t)sketch->id);
    store_bind_int(&query, sketch->version);
    store_bind_int(&query, sketch->editor);
    store_bind_int(&query, (int64_t)sketch->draft);
    store_bind_int(&query, sketch->closed);
    store_bind_int(&query, sketch->at_s);
    store_bind_text(&query, sketch->text);
    (void)store_run(&query);
}

static enum err read_one(struct store_query *query, struct message_sketch *sketch)
{
    if (!store_next(query))
        return ERR_MISSING;
    sketch->id = (uint64_t)store_get_int(query);
    sketch->version = (uint32_t)store_get_int(query);
    sketch->author = (uint8_t)store_get_int(query);
    sketch->editor = (uint8_t)store_get_int(query);
    sketch->draft = (uint64_t)store_get_int(query);
    sketch->closed = (uint8_t)store_get_int(query);
    sketch->at_s = store_get_int(query);
    store_get_text(query, sketch->text, sizeof sketch->text);
    store_end(query);
    return ERR_OK;
}

enum err sketches_get(struct store *store, struct message_sketch *sketch, int64_t id)
{
    struct store_query query = store_query(store, SQL_SKETCH_GET);
    store_bind_int(&query, id);
    return read_one(&query, sketch);
}

enum err sketches_next(struct store *store, struct message_sketch *sketch, int64_t after)
{
    struct store_query query = store_query(store, SQL_SKETCH_AFTER);
    store_bind_int(&query, after);
    return read_one(&query, sketch);
}

uint32_t sketches_count_open(struct store *store)
{
    struct store_query query = store_query(store, SQL_SKETCH_COUNT_OPEN);
    return (uint32_t)store_value(&query, 0);
}

void sketches_purge(struct store *store, int64_t before_s)
{
    struct store_query query = store_query(store, SQL_SKETCH_PURGE);
    store_bind_int(&query, before_s);
    (void)store_run(&query);
    query = store_query(store, SQL_SKETCH_TRIM);
    store_bind_int(&query, SKETCHES_CLOSED_MAX);
    (void)store_run(&query);
}
