#include "gateway/store/staff.h"

void staff_put_roster(
    struct store *store, uint32_t number, const struct message_sealed_bytes *sealed, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_ROSTER_ADD);
    store_bind_int(&query, number);
    store_bind_bytes(&query, sealed->bytes, sealed->size);
    store_bind_int(&query, now_s);
    (void)store_run(&query);
}

enum err staff_get_roster(struct store *store, struct message_sealed_bytes *sealed)
{
    struct store_query query = store_query(store, SQL_ROSTER_NEWEST);
    if (!store_next(&query))
        return ERR_MISSING;
    sealed->size = (uint16_t)store_get_bytes(&query, sealed->bytes, sizeof sealed->bytes);
    store_end(&query);
    return ERR_OK;
}

void staff_add_draft(struct store *store, struct staff_draft *draft)
{
    struct store_query query = store_query(store, SQL_DRAFT_ADD);
    store_bind_int(&query, (int64_t)draft->state);
    store_bind_int(&query, draft->number);
    store_bind_bytes(&query, draft->body, draft->body_size);
    store_bind_int(&query, draft->created_s);
    (void)store_run(&query);
    draft->id = store_last_id(store);
}

enum err staff_get_draft(struct store *store, struct staff_draft *draft, int64_t id)
{
    struct store_query query = store_query(store, SQL_DRAFT_GET);
    store_bind_int(&query, id);
    if (!store_next(&query))
        return ERR_MISSING;
    draft->id = store_get_int(&query);
    draft->state = (enum message_draft_state)store_get_int(&query);
    draft->number = (uint32_t)store_get_int(&query);
    draft->created_s = store_get_int(&query);
    draft->first_s = store_get_int(&query);
    draft->body_size = store_get_bytes(&query, draft->body, sizeof draft->body);
    store_end(&query);
    return ERR_OK;
}

void staff_save_draft(struct store *store, const struct staff_draft *draft)
{
    struct store_query query = store_query(store, SQL_DRAFT_SAVE);
    store_bind_int(&query, draft->id);
    store_bind_int(&query, (int64_t)draft->state);
    store_bind_int(&query, draft->number);
    store_bind_int(&query, draft->first_s);
    store_bind_bytes(&query, draft->body, draft->body_size);
    (void)store_run(&query);
}

void staff_remove_draft(struct store *store, int64_t id)
{
    staff_clear_approvals(store, id);
    struct store_query query = store_query(store, SQL_DRAFT_REMOVE);
    store_bind_int(&query, id);
    (void)store_run(&query);
}

static int64_t find_one(struct store *store, enum sql sql, int64_t value)
{
    struct store_query query = store_query(store, sql);
    store_bind_int(&query, value);
    return store_value(&query, 0);
}

int64_t staff_find_draft(struct store *store, int64_t after)
{
    return find_one(store, SQL_DRAFT_AFTER, after);
}

int64_t staff_find_number(struct store *store, uint32_t number)
{
    return find_one(store, SQL_DRAFT_RESERVED, number);
}

int64_t staff_find_lapsed(struct store *store, int64_t before_s)
{
    return find_one(store, SQL_DRAFT_LAPSED, before_s);
}

uint32_t staff_highest(struct store *store)
{
    struct store_query query = store_query(store, SQL_DRAFT_HIGHEST);
    return (uint32_t)store_value(&query, 0);
}

void staff_add_approval(
    struct store *store, int64_t draft, const struct wire_approval *approval, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_APPROVAL_ADD);
    store_bind_int(&query, draft);
    store_bind_int(&query, approval->editor);
    store_bind_bytes(&query, approval->signature, sizeof approval->signature);
    store_bind_int(&query, now_s);
    (void)store_run(&query);
}

unsigned staff_list_approvals(
    struct store *store, struct wire_approval list[WIRE_APPROVALS_MAX], int64_t draft)
{
    unsigned count = 0;
    struct store_query query = store_query(store, SQL_APPROVAL_ALL);
    store_bind_int(&query, draft);
    while (count < WIRE_APPROVALS_MAX && store_next(&query)) {
        struct wire_approval *approval = &list[count++];
        approval->editor = (uint8_t)store_get_int(&query);
        (void)store_get_bytes(&query, approval->signature, sizeof approval->signature);
    }
    store_end(&query);
    return count;
}

void staff_clear_approvals(struct store *store, int64_t draft)
{
    struct store_query query = store_query(store, SQL_APPROVAL_CLEAR);
    store_bind_int(&query, draft);
    (void)store_run(&query);
}
