#include "gateway/dispatcher/digest.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/dispatcher/moved.h"
#include "gateway/dispatcher/outcome.h"
#include "gateway/dispatcher/summary.h"

#include <string.h>

#define S_PER_MIN 60
#define BEHIND_MIN 2 /* that follow one in full: fewer go in full, too */

static const struct cursors_counts skipped = {.skipped = 1};

/* Late ones that wait for a subscriber and need not go in full, the most urgent first. */
struct late {
    struct subscribers_entry subscriber;
    unsigned count;
    const struct plan_entry *plans[SUMMARY_ITEMS_MAX];
};

bool digest_is_late(struct site *site, const struct plan_entry *plan)
{
    int64_t after_s = (int64_t)site->conf.digest_after_min * S_PER_MIN;
    return after_s > 0 && site_now_s(site) - plan->bulletin.sent_s > after_s;
}

bool digest_is_one(const struct outbox_entry *entry)
{
    return entry->digest != 0 && entry->digest == entry->id;
}

/* A name is not enough: it is a matter of life, or of what the subscriber has been told before. */
static bool is_whole(
    struct site *site, const struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    const struct bulletin *bulletin = &plan->bulletin;
    if (bulletin->kind == BULLETIN_RETRACT || bulletin->kind == BULLETIN_DRILL)
        return true;
    if (bulletin->kind != BULLETIN_ALL_CLEAR && plan->audience.severity >= BULLETIN_EXTREME)
        return true;
    return bulletin->follows != 0 &&
           moved_was_reached(site, bulletins_key(bulletin->follows, BULLETIN_ALERT), subscriber);
}

/* Nothing of it has been sent to the subscriber, and it would be. The row is new or waits. */
static bool is_pending(struct site *site, struct outbox_entry *row, struct cursors_entry *cursor,
    const struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    if (!subscribers_is_concerned(&plan->audience, subscriber) ||
        cursors_find(site->store, cursor, plan->key, subscriber) != ERR_OK)
        return false;
    if (outbox_find_of(site->store, row, plan->key, subscriber->id) == ERR_OK)
        return row->state == OUTBOX_RETRY && row->reached == 0 && row->digest == 0;
    *row = (struct outbox_entry){.bulletin = plan->key,
        .cursor = cursor->id,
        .subscriber = subscriber->id,
        .part = 1,
        .mr = OUTBOX_MR_NONE};
    return cursor->hwm < subscriber->id;
}

static void gather(struct site *site, struct late *late, const struct plan_entry *but)
{
    struct outbox_entry row;
    struct cursors_entry cursor;
    int64_t now_s = site_now_s(site);
    for (unsigned i = 0; i < site->plan.count && late->count + 1 < SUMMARY_ITEMS_MAX; i++) {
        const struct plan_entry *plan = site->plan.entries[i];
        if (plan != but && digest_is_late(site, plan) && plan->expires_s > now_s &&
            is_pending(site, &row, &cursor, plan, &late->subscriber) &&
            !is_whole(site, plan, &late->subscriber))
            late->plans[late->count++] = plan;
    }
}

/* False if the delivery is as any other. */
static bool look(struct site *site, struct late *late, const struct plan_entry *plan,
    const struct outbox_entry *entry)
{
    late->count = 0;
    if (entry->reached != 0 || entry->digest != 0 || site->plan.count < BEHIND_MIN ||
        !digest_is_late(site, plan) ||
        subscribers_get(site->store, &late->subscriber, entry->subscriber) != ERR_OK ||
        late->subscriber.stopped || is_whole(site, plan, &late->subscriber))
        return false;
    gather(site, late, plan);
    return true;
}

/* Makes the row of a bulletin one of a digest; digest 0: the digest itself, whose id is returned. */
static int64_t name_one(
    struct site *site, const struct late *late, const struct plan_entry *plan, int64_t digest)
{
    struct outbox_entry row;
    struct cursors_entry cursor;
    if (!is_pending(site, &row, &cursor, plan, &late->subscriber))
        return 0;
    row.state = digest == 0 ? OUTBOX_RETRY : OUTBOX_NAMED;
    if (row.id == 0) {
        (void)cursors_pass(site->store, &cursor, &plan->audience, late->subscriber.id);
        outbox_add(site->store, &row);
    }
    row.digest = digest != 0 ? digest : row.id;
    outbox_save(site->store, &row);
    return row.digest;
}

void digest_begin(struct site *site, const struct plan_entry *plan, struct outbox_entry *entry)
{
    struct late late;
    if (!look(site, &late, plan, entry) || plan->audience.severity >= BULLETIN_SEVERE ||
        late.count == 0)
        return;
    entry->state = OUTBOX_RETRY;
    if (entry->id == 0)
        outbox_add(site->store, entry);
    entry->digest = entry->id;
    outbox_save(site->store, entry);
    for (unsigned i = 0; i < late.count; i++)
        (void)name_one(site, &late, late.plans[i], entry->id);
}

void digest_follow(
    struct site *site, const struct plan_entry *plan, const struct outbox_entry *entry)
{
    struct late late;
    if (!look(site, &late, plan, entry) || late.count < BEHIND_MIN)
        return;
    int64_t digest = name_one(site, &late, late.plans[0], 0);
    for (unsigned i = 1; i < late.count && digest != 0; i++)
        (void)name_one(site, &late, late.plans[i], digest);
    site->work = true;
}

/* Waits on its own; over if its bulletin is. */
static void release(
    struct site *site, struct outbox_entry *named, const struct outbox_entry *digest)
{
    named->digest = 0;
    named->reached = digest->reached > 0;
    outcome_retry(site, named, 0);
}

/* It is over while its digest is not. If something of that has got to the phone, its row stays, so that a retraction goes
 * there. */
static void leave_out(
    struct site *site, struct outbox_entry *named, const struct outbox_entry *digest)
{
    named->reached = digest->reached > 0;
    if (named->reached == 0)
        named->digest = 0;
    named->state = OUTBOX_MISSED;
    outbox_save(site->store, named);
    tally_count(site, named, &skipped);
}

/* Adds what the digest still names; true if something had to be left out. */
static bool collect(struct site *site, struct summary *summary, int64_t *expires_s,
    const struct outbox_entry *digest)
{
    struct outbox_entry named;
    bool changed = false;
    int64_t now_s = site_now_s(site);
    for (int64_t after = 0; outbox_find_named(site->store, &named, digest, after) == ERR_OK;
         after = named.id) {
        const struct plan_entry *plan = plan_find(&site->plan, named.bulletin);
        bool over = plan == NULL || (digest->reached == 0 && plan->expires_s <= now_s);
        if (!over && summary_add(summary, &plan->bulletin)) {
            *expires_s = plan->expires_s > *expires_s ? plan->expires_s : *expires_s;
            continue;
        }
        changed = true;
        if (over)
            leave_out(site, &named, digest);
        else
            release(site, &named, digest);
    }
    return changed;
}

/* The least urgent goes on its own. */
static void shorten(struct site *site, struct summary *summary, const struct outbox_entry *digest)
{
    const struct bulletin *last = summary->items[--summary->count];
    struct outbox_entry named;
    if (outbox_find_of(site->store, &named, bulletins_key(last->number, (uint8_t)last->kind),
            digest->subscriber) == ERR_OK)
        release(site, &named, digest);
}

enum err digest_make_text(struct site *site, struct plan_text *text, int64_t *expires_s,
    struct outbox_entry *entry, const struct subscribers_entry *subscriber)
{
    const struct plan_entry *plan = plan_find(&site->plan, entry->bulletin);
    struct summary summary = {0};
    const struct summary_reader reader = {(enum bulletin_language)subscriber->language,
        subscriber->latin != 0, site->conf.sender, subscriber->word, site->conf.parts};
    if (plan == NULL || !summary_add(&summary, &plan->bulletin))
        return ERR_STATE;
    *expires_s = plan->expires_s;
    bool changed = collect(site, &summary, expires_s, entry);
    enum err err;
    while ((err = summary_print(
                text->compose.text, sizeof text->compose.text, &summary, &reader)) == ERR_LONG &&
           summary.count > 1) {
        shorten(site, &summary, entry);
        changed = true;
    }
    if (changed) /* another text: a phone would not join its parts with those of before */
        entry->part = 1;
    if (summary.count <= 1) {
        entry->digest = 0;
        return ERR_MISSING;
    }
    return err == ERR_OK ? segment_split(&text->segment, text->compose.text, SEGMENT_REFERENCE_8, 0)
                         : err;
}

/* Told: the mark says so once it has passed, until then a row does. */
static void place(struct site *site, struct outbox_entry *entry)
{
    struct subscribers_entry subscriber;
    struct cursors_entry cursor;
    bool passed = plan_find(&site->plan, entry->bulletin) != NULL &&
                  subscribers_get(site->store, &subscriber, entry->subscriber) == ERR_OK &&
                  cursors_find(site->store, &cursor, entry->bulletin, &subscriber) == ERR_OK &&
                  cursor.hwm >= subscriber.id;
    entry->state = OUTBOX_TOLD;
    entry->reached = 1;
    if (passed)
        outbox_remove(site->store, entry->id);
    else
        outbox_save(site->store, entry);
}

static void finish_named(struct site *site, const struct outbox_entry *digest, bool told)
{
    struct outbox_entry named;
    for (int64_t after = 0; outbox_find_named(site->store, &named, digest, after) == ERR_OK;
         after = named.id) {
        const struct cursors_counts change = {
            .digest = 1, .unknown = named.state == OUTBOX_UNKNOWN ? -1 : 0};
        if (!told) {
            release(site, &named, digest);
            continue;
        }
        tally_count(site, &named, &change);
        place(site, &named);
    }
}

void digest_finish(
    struct site *site, struct outbox_entry *entry, const struct cursors_counts *change)
{
    struct cursors_counts counts = *change;
    bool told = change->sent > 0;
    finish_named(site, entry, told);
    if (!told) {
        entry->digest = 0;
        outcome_finish(site, entry, change);
        return;
    }
    counts.digest = 1;
    counts.sent = 0;
    tally_count(site, entry, &counts);
    place(site, entry);
}

void digest_make_unknown(struct site *site, const struct outbox_entry *entry)
{
    static const struct cursors_counts unknown = {.unknown = 1};
    struct outbox_entry named;
    for (int64_t after = 0; outbox_find_named(site->store, &named, entry, after) == ERR_OK;
         after = named.id) {
        named.state = OUTBOX_UNKNOWN;
        named.reached = 1;
        named.modem = entry->modem;
        outbox_save(site->store, &named);
        tally_count(site, &named, &unknown);
    }
}

void digest_drop(struct site *site, struct outbox_entry *named)
{
    struct outbox_entry digest;
    enum err err = outbox_get(site->store, &digest, named->digest);
    named->digest = 0;
    outcome_finish(site, named, &skipped);
    if (err == ERR_OK && digest.state == OUTBOX_CLAIMED) /* its text names what it must not */
        outcome_retry(site, &digest, 0);
}
