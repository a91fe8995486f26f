#include "gateway/dispatcher/moved.h"

#include "gateway/store/cursors.h"
#include "gateway/store/outbox.h"

static bool concerns(const struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    return !subscriber->stopped &&
           subscribers_concerned(&plan->audience, subscriber->regions, subscriber->level);
}

static void queue_one(struct site *site, const struct plan_entry *plan,
    const struct cursors_entry *cursor, const struct subscribers_entry *subscriber)
{
    struct outbox_entry entry = {.bulletin = plan->key,
        .cursor = cursor->id,
        .subscriber = subscriber->id,
        .state = OUTBOX_RETRY,
        .part = 1,
        .mr = OUTBOX_MR_NONE};
    if (outbox_find_delivery(site->store, plan->key, subscriber->id))
        return;
    outbox_add(site->store, &entry);
    cursors_take(site->store, cursor, 1);
    site->work = true;
}

/* A retraction goes to whom it was to go to, wherever that person is now. */
static void follow(struct site *site, const struct plan_entry *plan,
    const struct subscribers_entry *before, const struct subscribers_entry *after)
{
    struct cursors_entry old, new;
    if (cursors_find(site->store, &old, plan->key, before) != ERR_OK || old.hwm >= before->id ||
        outbox_was_passed_by(site->store, bulletins_retracted(plan->key), before->id))
        return;
    if (cursors_find(site->store, &new, plan->key, after) != ERR_OK || new.hwm >= after->id)
        queue_one(site, plan, &old, after);
}

/* True if the person has it in another language than is now wanted. */
static bool move(struct site *site, const struct plan_entry *plan,
    const struct subscribers_entry *before, const struct subscribers_entry *after)
{
    struct cursors_entry old, new;
    if (cursors_find(site->store, &old, plan->key, before) != ERR_OK ||
        cursors_find(site->store, &new, plan->key, after) != ERR_OK)
        return false;
    bool had = concerns(plan, before) && old.hwm >= before->id;
    bool wants = concerns(plan, after);
    bool passed = wants && new.hwm >= after->id;
    if (!had && passed)
        queue_one(site, plan, &new, after);
    if (had && !passed)
        outbox_mark_reached(site->store, plan->key, after->id);
    return had && wants && old.id != new.id;
}

uint32_t moved_settings(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after)
{
    uint32_t again = 0;
    for (unsigned i = 0; i < site->plan.count; i++) {
        const struct plan_entry *plan = site->plan.entries[i];
        if (bulletins_retracted(plan->key) != 0)
            follow(site, plan, before, after);
        else if (move(site, plan, before, after) && again == 0)
            again = plan->key;
    }
    return again;
}

bool moved_was_reached(struct site *site, uint32_t key, const struct subscribers_entry *subscriber)
{
    struct outbox_entry row;
    struct cursors_entry cursor;
    struct bulletins_entry bulletin;
    if (outbox_find_of(site->store, &row, key, subscriber->id) == ERR_OK)
        return row.reached > 0 || row.state == OUTBOX_SUBMITTING;
    if (bulletins_get(site->store, &bulletin, key) != ERR_OK || bulletin.emptied)
        return false;
    const struct subscribers_audience audience = {bulletin.regions, bulletin.severity};
    return subscribers_concerned(&audience, subscriber->regions, subscriber->level) &&
           cursors_find(site->store, &cursor, key, subscriber) == ERR_OK &&
           cursor.hwm >= subscriber->id;
}

bool moved_has_missed(struct site *site, uint32_t key, const struct subscribers_entry *subscriber)
{
    struct cursors_entry cursor;
    return plan_find(&site->plan, key) == NULL ||
           cursors_find(site->store, &cursor, key, subscriber) != ERR_OK ||
           cursor.hwm >= subscriber->id;
}

void moved_answered(struct site *site, const struct bulletins_entry *row,
    const struct subscribers_entry *subscriber)
{
    const struct subscribers_audience audience = {row->regions, row->severity};
    struct cursors_entry cursor;
    if (bulletins_retracted(row->key) == 0 &&
        (!subscribers_concerned(&audience, subscriber->regions, subscriber->level) ||
            cursors_find(site->store, &cursor, row->key, subscriber) != ERR_OK))
        outbox_mark_reached(site->store, row->key, subscriber->id);
}
