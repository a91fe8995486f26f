#include "gateway/dispatcher/moved.h"

#include "gateway/store/cursors.h"
#include "gateway/store/outbox.h"

static bool concerns(const struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    return !subscriber->stopped &&
           subscribers_concerned(&plan->audience, subscriber->regions, subscriber->level);
}

/* Fills in the cursor of the person's segment; true if it has passed the person. ERR_MISSING counts as passed. */
static bool has_passed(struct site *site, struct cursors_entry *cursor,
    const struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    return cursors_find(site->store, cursor, plan->key, subscriber) != ERR_OK ||
           cursor->hwm >= subscriber->id;
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
    cursors_take(site->store, cursor);
    site->work = true;
}

void moved_settings(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after)
{
    for (unsigned i = 0; i < site->plan.count; i++) {
        const struct plan_entry *plan = site->plan.entries[i];
        struct cursors_entry old, new;
        if (!concerns(plan, after) ||
            (before->language == after->language && before->latin == after->latin))
            continue;
        if (cursors_find(site->store, &old, plan->key, before) == ERR_OK && old.hwm < before->id &&
            has_passed(site, &new, plan, after))
            queue_one(site, plan, &new, after);
    }
}

uint32_t moved_find_missed(struct site *site, const struct subscribers_entry *subscriber)
{
    for (unsigned i = 0; i < site->plan.count; i++) {
        const struct plan_entry *plan = site->plan.entries[i];
        struct cursors_entry cursor;
        if (concerns(plan, subscriber) && has_passed(site, &cursor, plan, subscriber))
            return plan->key;
    }
    return 0;
}
