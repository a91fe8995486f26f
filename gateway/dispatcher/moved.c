#include "gateway/dispatcher/moved.h"

#include "gateway/base/clock.h"
#include "gateway/store/cursors.h"
#include "gateway/store/outbox.h"

#define RETRACTABLE_MAX 1440 /* one for each minute of the longest life */

static bool concerns(const struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    return !subscriber->stopped && subscribers_is_concerned(&plan->audience, subscriber);
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
        outbox_mark_reached(site->store, plan->key, after->id, old.id);
    return had && wants && old.id != new.id;
}

/* The cursor that has passed this person, whom the bulletin concerns; false if none has. */
static bool find_passed(struct site *site, struct cursors_entry *cursor,
    const struct bulletins_entry *bulletin, const struct subscribers_entry *subscriber)
{
    const struct subscribers_audience audience = {
        bulletin->regions, bulletin->severity, bulletin->testers};
    return subscribers_is_concerned(&audience, subscriber) &&
           cursors_find(site->store, cursor, bulletin->key, subscriber) == ERR_OK &&
           cursor->hwm >= subscriber->id;
}

/* Of a bulletin that has gone out nothing but marks tells who has it, and a retraction goes by them: to who is where they have
 * passed. So whoever has moved since gets a row that says how it is, until the bulletin's end. */
static void keep(struct site *site, uint32_t key, const struct subscribers_entry *before,
    const struct subscribers_entry *after)
{
    struct outbox_entry row;
    struct bulletins_entry bulletin;
    struct cursors_entry old, new;
    if (bulletins_get(site->store, &bulletin, key) != ERR_OK)
        return;
    bool had = find_passed(site, &old, &bulletin, before);
    bool seems = find_passed(site, &new, &bulletin, after);
    if (outbox_find_of(site->store, &row, key, after->id) == ERR_OK) {
        if (row.state != OUTBOX_UNKNOWN || row.digest != 0 || seems)
            return;
        row.state = OUTBOX_REACHED; /* it stays counted as unknown: no report can settle it now */
        outbox_save(site->store, &row);
    } else if (had && !seems) {
        outbox_mark_reached(site->store, key, after->id, old.id);
    } else if (!had && seems) {
        outbox_mark_missed(site->store, key, after->id);
    }
}

static void keep_all(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after)
{
    uint32_t keys[RETRACTABLE_MAX];
    unsigned count =
        bulletins_list_retractable(site->store, keys, RETRACTABLE_MAX, site_now_s(site));
    for (unsigned i = 0; i < count; i++)
        keep(site, keys[i], before, after);
}

void moved_away(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after)
{
    keep_all(site, before, after);
    for (unsigned i = 0; i < site->plan.count; i++)
        if (bulletins_retracted(site->plan.entries[i]->key) == 0 &&
            moved_was_reached(site, site->plan.entries[i]->key, before))
            keep(site, site->plan.entries[i]->key, before, after);
}

uint32_t moved_settings(struct site *site, const struct subscribers_entry *before,
    const struct subscribers_entry *after)
{
    uint32_t again = 0;
    keep_all(site, before, after);
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
    return bulletins_get(site->store, &bulletin, key) == ERR_OK && !bulletin.emptied &&
           find_passed(site, &cursor, &bulletin, subscriber);
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
    const struct subscribers_audience audience = {row->regions, row->severity, row->testers};
    struct cursors_entry cursor;
    struct outbox_entry missed;
    if (outbox_find_of(site->store, &missed, row->key, subscriber->id) == ERR_OK) {
        if (missed.state != OUTBOX_MISSED || missed.reached > 0)
            return;
        missed.state = OUTBOX_REACHED;
        missed.reached = 1;
        outbox_save(site->store, &missed);
    } else if (bulletins_retracted(row->key) == 0 &&
               (!subscribers_is_concerned(&audience, subscriber) ||
                   cursors_find(site->store, &cursor, row->key, subscriber) != ERR_OK))
        outbox_mark_reached(site->store, row->key, subscriber->id, 0);
}
