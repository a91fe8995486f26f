#include "gateway/dispatcher/outcome.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/dispatcher/digest.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/inbox.h"

#include <string.h>

#define SETTLE_MS 2000  /* before a part of which no report is asked is sent again */
#define REFUSED_SHARE 3 /* of report_wait: what was refused has most likely not been sent */
#define DOUBTS_MAX 2    /* a part in doubt so often is unknown for good: at most two copies */
#define REPORTS_S                                                                                  \
    600 /* after its end, that late reports are still counted; then only counts remain */
#define MS_PER_S 1000

static const struct cursors_counts skipped = {.skipped = 1};
static const struct cursors_counts unknown = {.unknown = 1};

void outcome_finish(
    struct site *site, struct outbox_entry *entry, const struct cursors_counts *change)
{
    if (digest_is_one(entry)) {
        digest_finish(site, entry, change);
        return;
    }
    if (entry->bulletin == 0)
        inbox_set_answer(site->store, entry->subscriber, INBOX_DONE);
    else
        tally_count(site, entry, change);
    entry->state = OUTBOX_MISSED;
    if (entry->bulletin != 0 && change->sent == 0 && entry->reached == 0)
        outbox_save(site->store, entry);
    else
        outbox_remove(site->store, entry->id);
}

static void make_unknown(struct site *site, struct outbox_entry *entry)
{
    if (entry->bulletin == 0) {
        outcome_finish(site, entry, &unknown);
        return;
    }
    entry->state = OUTBOX_UNKNOWN;
    tally_count(site, entry, &unknown);
    outbox_save(site->store, entry);
    if (digest_is_one(entry))
        digest_make_unknown(site, entry);
    log_warn("delivery_unknown bulletin=%u delivery=%lld part=%u", entry->bulletin / 2,
        (long long)entry->id, entry->part);
}

/* Of a bulletin that is no longer going out. */
static bool is_over(const struct site *site, const struct outbox_entry *entry)
{
    return entry->bulletin != 0 && plan_find(&site->plan, entry->bulletin) == NULL;
}

void outcome_skip(struct site *site, struct outbox_entry *entry)
{
    if (entry->state == OUTBOX_NAMED)
        digest_drop(site, entry);
    else if (entry->state == OUTBOX_DOUBT || entry->state == OUTBOX_SUBMITTING)
        make_unknown(site, entry);
    else
        outcome_finish(site, entry, &skipped);
}

void outcome_retry(struct site *site, struct outbox_entry *entry, int64_t wait_ms)
{
    if (is_over(site, entry)) {
        outcome_finish(site, entry, &skipped);
        return;
    }
    int64_t due_ms = clock_boot_ms() + wait_ms;
    entry->state = OUTBOX_RETRY;
    entry->due_ms = due_ms;
    entry->other_ms =
        entry->part > 1 || entry->doubts > 0 ? due_ms + OUTCOME_SAME_MODEM_MS : due_ms;
    outbox_save(site->store, entry);
    if (digest_is_one(entry) && entry->reached == 0)
        outbox_set_named_reached(site->store, entry, 0);
    site->work = true;
}

void outcome_doubt(struct site *site, struct outbox_entry *entry, bool refused)
{
    entry->doubts++;
    outbox_note_reached(entry);
    if (entry->bulletin == 0 || entry->doubts >= DOUBTS_MAX || is_over(site, entry)) {
        make_unknown(site, entry);
        return;
    }
    bool reported = entry->part == entry->parts;
    int64_t report_ms =
        (int64_t)site->conf.report_wait_s * MS_PER_S / (refused ? REFUSED_SHARE : 1);
    entry->state = OUTBOX_DOUBT;
    entry->due_ms = clock_boot_ms() + (reported ? report_ms : SETTLE_MS);
    entry->other_ms = entry->due_ms + OUTCOME_SAME_MODEM_MS;
    outbox_save(site->store, entry);
    log_warn("delivery_in_doubt bulletin=%u delivery=%lld part=%u", entry->bulletin / 2,
        (long long)entry->id, entry->part);
}

void outcome_give_back(struct site *site, struct outbox_entry *entry)
{
    if (entry->state == OUTBOX_SUBMITTING)
        outcome_doubt(site, entry, false);
    else
        outcome_retry(site, entry, 0);
}

void outcome_end_bulletin(struct site *site, uint32_t key, enum message_bulletin_state state)
{
    struct outbox_entry entry;
    for (int64_t after = 0;
         outbox_find_waiting_of_bulletin(site->store, &entry, key, after) == ERR_OK;
         after = entry.id)
        outcome_skip(site, &entry);
    bulletins_set_state(site->store, key, state);
    plan_remove(&site->plan, key);
    log_info("bulletin_ended number=%u state=%d", key / 2, (int)state);
}

void outcome_end_subscriber(struct site *site, const struct subscribers_entry *subscriber)
{
    struct outbox_entry entry;
    for (int64_t after = 0;
         outbox_find_waiting_of_subscriber(site->store, &entry, subscriber->id, after) == ERR_OK;
         after = entry.id)
        outcome_skip(site, &entry);
    inbox_drop_answers(site->store, subscriber->hash);
}

static bool is_done(struct site *site, const struct plan_entry *entry)
{
    struct cursors_counts counts;
    uint32_t rows[BULLETINS_STATES];
    cursors_sum(site->store, &counts, entry->key);
    if (!counts.done)
        return false;
    bulletins_count_deliveries(site->store, rows, entry->key);
    return rows[OUTBOX_CLAIMED] + rows[OUTBOX_SUBMITTING] + rows[OUTBOX_NEXT] + rows[OUTBOX_RETRY] +
               rows[OUTBOX_DOUBT] + rows[OUTBOX_NAMED] ==
           0;
}

void outcome_tick(struct site *site)
{
    int64_t now_s = site_now_s(site);
    bool believed = site->time == TRUST_VERIFIED;
    for (unsigned i = site->plan.count; i-- > 0;) {
        struct plan_entry *entry = site->plan.entries[i];
        if (believed && entry->expires_s <= now_s)
            outcome_end_bulletin(site, entry->key, MESSAGE_BULLETIN_EXPIRED);
        else if (is_done(site, entry))
            outcome_end_bulletin(site, entry->key, MESSAGE_BULLETIN_DONE);
    }
    if (!believed)
        return;
    for (uint32_t key; (key = bulletins_find_closable(site->store, now_s - REPORTS_S)) != 0;) {
        bulletins_empty(site->store, key);
        log_info("bulletin_emptied number=%u", key / 2);
    }
}
