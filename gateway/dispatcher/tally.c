#include "gateway/dispatcher/tally.h"

#include "gateway/dispatcher/site.h"
#include "gateway/store/tallies.h"

#include <string.h>

/* Where somebody's chosen regions count for a bulletin: those that it names, and the whole country. */
static uint32_t counted_regions(uint32_t concerned, uint32_t chosen)
{
    bool all = (concerned & BULLETIN_COUNTRY) != 0;
    return all ? chosen : chosen & (concerned | BULLETIN_COUNTRY);
}

struct begin {
    uint32_t regions;
    uint32_t by_region[TALLIES_REGIONS];
    uint32_t by_segment[CURSORS_SEGMENTS];
};

static void add_kind(void *arg, const struct subscribers_entry *kind, uint32_t count)
{
    struct begin *begin = arg;
    uint32_t regions = counted_regions(begin->regions, kind->regions);
    for (unsigned bit = 0; bit < TALLIES_REGIONS; bit++)
        if ((regions >> bit & 1) != 0)
            begin->by_region[bit] += count;
    if (kind->language < BULLETIN_LANGUAGE_COUNT && kind->latin <= 1)
        begin->by_segment[kind->language * 2 + kind->latin] += count;
}

void tally_begin(struct site *site, const struct bulletins_entry *row)
{
    const struct subscribers_audience audience = {row->regions, row->severity, row->testers};
    struct begin begin = {.regions = row->regions};
    if (bulletins_retracted(row->key) != 0)
        return; /* goes to whom what it retracts has reached: that is known only at its end */
    subscribers_visit_audience(site->store, &audience, add_kind, &begin);
    for (uint8_t bit = 0; bit < TALLIES_REGIONS; bit++)
        if (begin.by_region[bit] > 0)
            tallies_set_recipients(site->store, row->key, bit, begin.by_region[bit]);
    for (unsigned i = 0; i < CURSORS_SEGMENTS; i++)
        tallies_set_segment(
            site->store, row->key, (uint8_t)(i / 2), (uint8_t)(i % 2), begin.by_segment[i]);
}

static void add(struct cursors_counts *sum, const struct cursors_counts *change)
{
    sum->sent += change->sent;
    sum->delivered += change->delivered;
    sum->undeliverable += change->undeliverable;
    sum->unknown += change->unknown;
    sum->failed += change->failed;
    sum->skipped += change->skipped;
    sum->parts += change->parts;
    sum->digest += change->digest;
}

static void count_regions(
    struct site *site, uint32_t bulletin, uint32_t regions, const struct cursors_counts *change)
{
    struct tally *tally = &site->tally;
    unsigned i = 0;
    while (i < tally->count &&
           (tally->rows[i].bulletin != bulletin || tally->rows[i].regions != regions))
        i++;
    if (i == TALLY_ROWS_MAX) {
        tally_flush(site);
        i = 0;
    }
    if (i == tally->count)
        tally->rows[tally->count++] = (struct tally_row){.bulletin = bulletin, .regions = regions};
    add(&tally->rows[i].counts, change);
}

/* Rows that were never given to a modem do not have them. */
static uint32_t regions_of(struct site *site, const struct outbox_entry *entry)
{
    struct subscribers_entry subscriber;
    if (entry->regions != 0)
        return entry->regions;
    return subscribers_get(site->store, &subscriber, entry->subscriber) == ERR_OK
               ? subscriber.regions
               : 0;
}

void tally_count(
    struct site *site, const struct outbox_entry *entry, const struct cursors_counts *change)
{
    cursors_count(site->store, entry->cursor, change);
    count_regions(site, entry->bulletin, regions_of(site, entry), change);
}

void tally_count_ref(
    struct site *site, const struct outbox_ref *ref, const struct cursors_counts *change)
{
    cursors_count(site->store, ref->cursor, change);
    count_regions(site, ref->bulletin, ref->regions, change);
}

void tally_fail(struct site *site, const struct outbox_entry *entry, enum message_cause cause)
{
    if (entry->bulletin != 0)
        tallies_add_cause(site->store, entry->bulletin, cause);
}

void tally_flush(struct site *site)
{
    struct tally *tally = &site->tally;
    for (unsigned i = 0; i < tally->count; i++) {
        const struct tally_row *row = &tally->rows[i];
        struct bulletins_entry bulletin;
        if (bulletins_get(site->store, &bulletin, row->bulletin) != ERR_OK)
            continue;
        uint32_t regions = counted_regions(bulletin.regions, row->regions);
        for (uint8_t bit = 0; bit < TALLIES_REGIONS; bit++)
            if ((regions >> bit & 1) != 0)
                tallies_count(site->store, row->bulletin, bit, &row->counts);
    }
    tally->count = 0;
}

static uint32_t positive(int64_t value)
{
    return value > 0 ? (uint32_t)value : 0;
}

/* What is neither settled nor under way waits while the bulletin goes out, and then was not sent. */
static void print_counts(struct message_outcome *outcome, const struct cursors_counts *counts,
    uint32_t open, bool sending)
{
    int64_t settled =
        (int64_t)counts->sent + counts->unknown + counts->failed + counts->skipped + counts->digest;
    uint32_t rest = positive((int64_t)outcome->recipients - settled - open);
    outcome->queued = open + (sending ? rest : 0);
    outcome->sent = positive(counts->sent);
    outcome->delivered = positive(counts->delivered);
    outcome->undeliverable = positive(counts->undeliverable);
    outcome->failed = positive(counts->failed);
    outcome->unknown = positive(counts->unknown);
    outcome->skipped = positive(counts->skipped) + (sending ? 0 : rest);
    outcome->digest = positive(counts->digest);
    outcome->parts = positive(counts->parts);
}

static void print_segment(
    struct message_outcome *outcome, const struct tallies_segment *segment, bool sending)
{
    outcome->what = MESSAGE_OUTCOME_LANGUAGE;
    outcome->language = segment->language;
    outcome->latin = segment->latin;
    uint32_t taken = positive(segment->counts.taken);
    outcome->recipients = segment->recipients > taken ? segment->recipients : taken;
    print_counts(outcome, &segment->counts, segment->open, sending);
}

static void print_region(
    struct message_outcome *outcome, const struct tallies_row *row, bool sending)
{
    const struct cursors_counts *counts = &row->counts;
    uint32_t settled = positive((int64_t)counts->sent + counts->unknown + counts->failed +
                                counts->skipped + counts->digest);
    outcome->what = MESSAGE_OUTCOME_REGION;
    outcome->region = row->region;
    outcome->recipients = row->recipients > settled ? row->recipients : settled;
    print_counts(outcome, counts, 0, sending);
}

/* Of the list of all rows the one at n. */
static enum err print_row(struct site *site, struct message_outcome *outcome,
    const struct bulletins_entry *bulletin, unsigned n)
{
    struct tallies_segment segments[CURSORS_SEGMENTS];
    struct tallies_row regions[TALLIES_REGIONS];
    uint32_t causes[MESSAGE_CAUSE_COUNT];
    bool sending =
        bulletin->state == MESSAGE_BULLETIN_SENDING || bulletin->state == MESSAGE_BULLETIN_HELD;
    unsigned count = tallies_list_segments(site->store, segments, bulletin->key);
    if (n < count) {
        print_segment(outcome, &segments[n], sending);
        return ERR_OK;
    }
    n -= count;
    count = tallies_list_regions(site->store, regions, bulletin->key);
    if (n < count) {
        print_region(outcome, &regions[n], sending);
        return ERR_OK;
    }
    n -= count;
    tallies_list_causes(site->store, causes, bulletin->key);
    for (unsigned cause = 0; cause < MESSAGE_CAUSE_COUNT; cause++)
        if (causes[cause] > 0 && n-- == 0) {
            outcome->what = MESSAGE_OUTCOME_CAUSE;
            outcome->cause = (uint8_t)cause;
            outcome->failed = causes[cause];
            return ERR_OK;
        }
    return ERR_MISSING;
}

enum err tally_list(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    struct bulletins_entry bulletin;
    uint32_t number = (uint32_t)(id & BULLETIN_NUMBER_MAX);
    bool retraction = (id & MESSAGES_RETRACTION) != 0;
    (void)peers;
    *message = (struct message){.type = MESSAGE_OUTCOME, .fd = -1};
    enum err err = bulletins_get(site->store, &bulletin,
        bulletins_key(number, retraction ? BULLETIN_RETRACT : BULLETIN_ALERT));
    return err == ERR_OK ? print_row(site, &message->as.outcome, &bulletin, (unsigned)(*at)++)
                         : err;
}
