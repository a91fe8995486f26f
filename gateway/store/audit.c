#include "gateway/store/audit.h"

#include "gateway/base/buf.h"
#include "gateway/bulletin/seal.h"

#include <stdio.h>
#include <string.h>

#define LINK_MAX (AUDIT_HASH_SIZE + 8 + 2 + AUDIT_EVENT_MAX + 2 + AUDIT_DETAIL_MAX + 2)

_Static_assert(AUDIT_HASH_SIZE == SEAL_HASH_SIZE, "the chain uses the house's hash");

/* hash becomes that of the row which follows it. */
static void link_row(uint8_t hash[AUDIT_HASH_SIZE], const struct audit_row *row)
{
    uint8_t bytes[LINK_MAX];
    struct buf_out out;
    buf_out_init(&out, bytes, sizeof bytes);
    buf_put_bytes(&out, hash, AUDIT_HASH_SIZE);
    buf_put_u64(&out, (uint64_t)row->at_s);
    buf_put_string(&out, row->event);
    buf_put_string(&out, row->detail);
    seal_hash(hash, bytes, out.used);
}

void audit_add(struct store *store, int64_t now_s, const char *event, const char *detail)
{
    struct audit_row row = {.at_s = now_s};
    (void)snprintf(row.event, sizeof row.event, "%s", event);
    (void)snprintf(row.detail, sizeof row.detail, "%s", detail);
    uint8_t hash[AUDIT_HASH_SIZE];
    audit_head(store, hash);
    link_row(hash, &row);
    struct store_query query = store_query(store, SQL_AUDIT_ADD);
    store_bind_int(&query, row.at_s);
    store_bind_text(&query, row.event);
    store_bind_text(&query, row.detail);
    store_bind_bytes(&query, hash, sizeof hash);
    (void)store_run(&query);
}

enum err audit_next(struct store *store, struct audit_row *row, int64_t after)
{
    struct store_query query = store_query(store, SQL_AUDIT_AFTER);
    store_bind_int(&query, after);
    if (!store_next(&query))
        return ERR_MISSING;
    row->id = store_get_int(&query);
    row->at_s = store_get_int(&query);
    store_get_text(&query, row->event, sizeof row->event);
    store_get_text(&query, row->detail, sizeof row->detail);
    (void)store_get_bytes(&query, row->hash, sizeof row->hash);
    store_end(&query);
    return ERR_OK;
}

void audit_head(struct store *store, uint8_t hash[AUDIT_HASH_SIZE])
{
    memset(hash, 0, AUDIT_HASH_SIZE);
    struct store_query query = store_query(store, SQL_AUDIT_HEAD);
    if (!store_next(&query))
        return;
    (void)store_get_bytes(&query, hash, AUDIT_HASH_SIZE);
    store_end(&query);
}

enum err audit_verify(struct store *store, int64_t *row)
{
    uint8_t hash[AUDIT_HASH_SIZE] = {0};
    int64_t expected = 0;
    struct store_query query = store_query(store, SQL_AUDIT_ALL);
    while (store_next(&query)) {
        struct audit_row read = {0};
        uint8_t found[AUDIT_HASH_SIZE] = {0};
        *row = store_get_int(&query);
        read.at_s = store_get_int(&query);
        store_get_text(&query, read.event, sizeof read.event);
        store_get_text(&query, read.detail, sizeof read.detail);
        (void)store_get_bytes(&query, found, sizeof found);
        link_row(hash, &read);
        if (*row != ++expected || memcmp(hash, found, sizeof hash) != 0) {
            store_end(&query);
            return ERR_SEAL;
        }
    }
    *row = expected;
    return ERR_OK;
}
