#include "gateway/dispatcher/delivery.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/dispatcher/digest.h"
#include "gateway/dispatcher/outcome.h"
#include "gateway/store/inbox.h"
#include "gateway/store/modems.h"
#include "modems/segment.h"

#include <stdio.h>
#include <string.h>

#define MS_PER_S 1000
#define ANSWER_LIFE_S 86400
#define VALIDITY_MAX_MIN 1440
#define WAIT_STEPS 64 /* by which waits of several deliveries differ, up to a quarter */
#define DOUBLINGS_MAX 6
#define CLAIM_TRIES 64  /* stopped or expired ones passed over in one claim */
#define WAITING_MAX 256 /* rows due soon: with so many nobody new is taken, the network is down */
#define SOON_MS 15000   /* longer than a wait for the network, shorter than one for a phone */
#define UDH_REFERENCE_AT                                                                           \
    3 /* 8-bit reference, 3GPP TS 23.040, 9.2.3.24.1: UDHL, IEI, IEDL, reference */

/* How long to wait after a failure with this cause, doubled each time up to the most, and how many failures are the end. A
 * phone that is off has half an hour. */
static const struct {
    int64_t first_ms;
    int64_t most_ms;
    unsigned failures; /* 0: it is tried until it expires */
} waits[MESSAGE_CAUSE_COUNT] = {
    [MESSAGE_CAUSE_NETWORK] = {5000, 10000, 0}, /* as the breaker's: no longer than it */
    [MESSAGE_CAUSE_NUMBER] = {60000, 960000, 6},
    [MESSAGE_CAUSE_TEXT] = {30000, 300000, 3},
    [MESSAGE_CAUSE_SIM] = {1000, 30000, 0},
    [MESSAGE_CAUSE_MODEM] = {1000, 30000, 0},
};

/* A job names a delivery, its part and the claim, so that a word about an earlier one is told apart. */
static uint64_t job_of(const struct outbox_entry *entry)
{
    return (uint64_t)entry->id << DELIVERY_JOB_SHIFT | (uint64_t)(entry->attempt & 0xff) << 8 |
           entry->part;
}

static enum err find_job(struct site *site, struct outbox_entry *entry, int64_t modem, uint64_t job)
{
    if (outbox_get(site->store, entry, (int64_t)(job >> DELIVERY_JOB_SHIFT)) != ERR_OK)
        return ERR_MISSING;
    return job_of(entry) == job && entry->modem == modem ? ERR_OK : ERR_MISSING;
}

/* What is to be said to whom: the text's parts and the number, of a bulletin or an answer. */
struct speech {
    char number[MESSAGES_NUMBER_SIZE];
    const struct segment *segment;
    int64_t expires_s;
    bool report;
    struct segment own; /* of an answer */
    struct plan_text personal;
    struct inbox_answer answer;
};

static enum err prepare_answer(
    struct site *site, struct speech *speech, const struct outbox_entry *entry)
{
    enum err err = inbox_get_answer(site->store, &speech->answer, entry->subscriber);
    if (err == ERR_OK)
        err = segment_split(&speech->own, speech->answer.text, SEGMENT_REFERENCE_8, 0);
    if (err != ERR_OK)
        return err;
    memcpy(speech->number, speech->answer.number, sizeof speech->number);
    speech->segment = &speech->own;
    speech->expires_s = site_now_s(site) + ANSWER_LIFE_S;
    speech->report = false;
    return ERR_OK;
}

/* The text for this person, until when it holds: a digest, one with the person's own word, or that of the segment; NULL. */
static const struct plan_text *find_text(struct site *site, struct speech *speech,
    struct outbox_entry *entry, struct plan_entry *plan, const struct subscribers_entry *subscriber)
{
    enum err err = ERR_MISSING;
    if (digest_is_one(entry))
        err = digest_make_text(site, &speech->personal, &speech->expires_s, entry, subscriber);
    if (err == ERR_MISSING && subscriber->word[0] != '\0')
        err = plan_make_personal(&speech->personal, plan, &site->conf, subscriber);
    if (err == ERR_OK)
        return &speech->personal;
    return plan_get_text(plan, &site->conf, subscriber->language, subscriber->latin);
}

/* ERR_STATE: it must not be sent any more. */
static enum err prepare(struct site *site, struct speech *speech, struct outbox_entry *entry)
{
    if (entry->bulletin == 0)
        return prepare_answer(site, speech, entry);
    struct plan_entry *plan = plan_find(&site->plan, entry->bulletin);
    if (plan == NULL || plan->expires_s <= site_now_s(site))
        return ERR_STATE;
    struct subscribers_entry subscriber;
    if (subscribers_get(site->store, &subscriber, entry->subscriber) != ERR_OK ||
        subscriber.stopped)
        return ERR_STATE;
    speech->expires_s = plan->expires_s;
    const struct plan_text *text = find_text(site, speech, entry, plan, &subscriber);
    if (text == NULL)
        return ERR_STATE;
    entry->regions = subscriber.regions;
    memcpy(speech->number, subscriber.number, sizeof speech->number);
    speech->segment = &text->segment;
    speech->report = true;
    return ERR_OK;
}

static void write_part(struct site *site, struct message *message, const struct outbox_entry *entry,
    const struct speech *speech)
{
    struct message_part *part = &message->as.part;
    const struct segment_part *piece = &speech->segment->part[entry->part - 1];
    int64_t left_s = speech->expires_s - site_now_s(site);
    int64_t minutes = (left_s + 59) / 60;
    memset(message, 0, sizeof *message);
    message->type = MESSAGE_PART;
    message->fd = -1;
    part->job = job_of(entry);
    memcpy(part->number, speech->number, sizeof part->number);
    size_t size = piece->size < sizeof part->text ? piece->size : sizeof part->text - 1;
    memcpy(part->text, piece->text, size);
    part->coding = (uint8_t)speech->segment->coding;
    part->udh_size = piece->udh_size;
    memcpy(part->udh, piece->udh, piece->udh_size);
    if (piece->udh_size > UDH_REFERENCE_AT)
        part->udh[UDH_REFERENCE_AT] = (uint8_t)(entry->id & 0xff);
    part->validity_min = (uint16_t)(minutes > VALIDITY_MAX_MIN ? VALIDITY_MAX_MIN
                                    : minutes < 1              ? 1
                                                               : minutes);
    part->report = speech->report && entry->part == entry->parts;
    part->again = entry->again;
    part->reference = (uint16_t)entry->mr;
    part->until_boot_ms = clock_boot_ms() + left_s * MS_PER_S;
}

_Static_assert(sizeof((struct message_part *)0)->udh >= SEGMENT_UDH_SIZE, "a header fits a part");

/* Gives the entry to the modem: claimed, counted, in the store. */
static enum err give(
    struct site *site, struct message *part, struct outbox_entry *entry, int64_t modem)
{
    struct speech speech;
    enum err err = prepare(site, &speech, entry);
    if (err != ERR_OK)
        return err;
    struct modems_entry row = {0};
    (void)!modems_get(site->store, &row, modem);
    bool same = entry->modem == modem && entry->parts == speech.segment->count;
    if (!same) /* from another number a phone would not join them */
        entry->part = 1;
    entry->again = entry->part <= entry->reached;
    if (!same || entry->doubts == 0 || entry->mr == OUTBOX_MR_NONE)
        entry->mr = (row.mr + 1) & 0xff;
    entry->parts = speech.segment->count;
    entry->modem = modem;
    entry->state = OUTBOX_CLAIMED;
    entry->attempt++;
    if (entry->id == 0)
        outbox_add(site->store, entry);
    else
        outbox_save(site->store, entry);
    write_part(site, part, entry, &speech);
    return ERR_OK;
}

/* Gives it, or ends it if it must not be sent: then ERR_STATE. */
static enum err give_or_skip(
    struct site *site, struct message *part, struct outbox_entry *entry, int64_t modem)
{
    enum err err = give(site, part, entry, modem);
    if (err == ERR_OK)
        return ERR_OK;
    if (entry->id != 0)
        outcome_skip(site, entry);
    else
        tally_count(site, entry, &(struct cursors_counts){.skipped = 1});
    return ERR_STATE;
}

/* The same of a bulletin: what is late may become a digest, or have one follow. */
static enum err give_bulletin(struct site *site, struct message *part, struct plan_entry *plan,
    struct outbox_entry *entry, int64_t modem)
{
    digest_begin(site, plan, entry);
    enum err err = give_or_skip(site, part, entry, modem);
    if (err == ERR_OK)
        digest_follow(site, plan, entry);
    return err;
}

static enum err take_next_subscriber(
    struct site *site, struct message *part, struct plan_entry *plan, int64_t modem)
{
    struct cursors_entry list[CURSORS_SEGMENTS];
    unsigned count = cursors_list(site->store, list, plan->key);
    plan->walked = count == 0;
    for (unsigned i = 0; i < count; i++) {
        int64_t subscriber = cursors_walk(site->store, &list[i], &plan->audience);
        if (subscriber == 0)
            continue;
        struct outbox_entry entry = {.bulletin = plan->key,
            .cursor = list[i].id,
            .subscriber = subscriber,
            .part = 1,
            .mr = OUTBOX_MR_NONE};
        return give_bulletin(site, part, plan, &entry, modem);
    }
    return count == 0 ? ERR_MISSING : ERR_STATE;
}

static enum err find_due(
    struct site *site, struct outbox_entry *entry, uint32_t bulletin, int64_t modem, unsigned want)
{
    if ((want & DELIVERY_DOUBTS) != 0)
        return outbox_find_due(site->store, entry, bulletin, modem, clock_boot_ms());
    return outbox_find_due_sure(site->store, entry, bulletin, modem, clock_boot_ms());
}

/* ERR_MISSING: nothing of this bulletin now; ERR_STATE: try again. */
static enum err claim_of_bulletin(
    struct site *site, struct message *part, struct plan_entry *plan, int64_t modem, unsigned want)
{
    struct outbox_entry entry;
    if (plan->expires_s <= site_now_s(site))
        return ERR_MISSING;
    if (find_due(site, &entry, plan->key, modem, want) == ERR_OK)
        return give_bulletin(site, part, plan, &entry, modem);
    if (digest_is_late(site, plan) &&
        outbox_find_digest(site->store, &entry, modem, clock_boot_ms()) == ERR_OK)
        return give_or_skip(site, part, &entry, modem);
    if (plan->walked ||
        outbox_has_retries(site->store, plan->key, clock_boot_ms() + SOON_MS, WAITING_MAX))
        return ERR_MISSING;
    return take_next_subscriber(site, part, plan, modem);
}

static enum err give_answer(struct site *site, struct message *part, int64_t answer, int64_t modem)
{
    if (answer == 0)
        return ERR_MISSING;
    inbox_set_answer(site->store, answer, INBOX_TAKEN);
    struct outbox_entry entry = {.subscriber = answer, .part = 1, .mr = OUTBOX_MR_NONE};
    enum err err = give(site, part, &entry, modem);
    if (err != ERR_OK)
        inbox_set_answer(site->store, answer, INBOX_DONE);
    return err == ERR_OK ? ERR_OK : ERR_STATE;
}

static enum err claim_answer(struct site *site, struct message *part, int64_t modem)
{
    struct outbox_entry entry;
    if (outbox_find_due(site->store, &entry, 0, modem, clock_boot_ms()) == ERR_OK)
        return give_or_skip(site, part, &entry, modem);
    return give_answer(site, part, inbox_find_answer(site->store, modem, site_now_s(site)), modem);
}

/* One try, in the order of urgency. */
static enum err claim_once(struct site *site, struct message *part, int64_t modem, unsigned want)
{
    struct outbox_entry entry;
    if ((want & DELIVERY_BEGUN) != 0 && outbox_find_next(site->store, &entry, modem) == ERR_OK)
        return give_or_skip(site, part, &entry, modem);
    int64_t test = (want & DELIVERY_TESTS) != 0 ? inbox_find_test(site->store, modem) : 0;
    if (test != 0)
        return give_answer(site, part, test, modem);
    if ((want & DELIVERY_NEW) == 0)
        return ERR_MISSING;
    for (unsigned i = 0; i < site->plan.count; i++) {
        enum err err = claim_of_bulletin(site, part, site->plan.entries[i], modem, want);
        if (err != ERR_MISSING)
            return err;
    }
    return claim_answer(site, part, modem);
}

enum err delivery_claim(struct site *site, struct message *part, int64_t modem, unsigned want)
{
    for (unsigned i = 0; i < CLAIM_TRIES; i++) {
        enum err err = claim_once(site, part, modem, want);
        if (err != ERR_STATE)
            return err;
    }
    return ERR_BUSY;
}

static bool may_be_sent(struct site *site, const struct outbox_entry *entry)
{
    if (entry->bulletin == 0)
        return true;
    const struct plan_entry *plan = plan_find(&site->plan, entry->bulletin);
    uint8_t hash[VAULT_HASH_SIZE];
    bool stopped;
    return plan != NULL && plan->expires_s > site_now_s(site) &&
           subscribers_get_hash(site->store, hash, &stopped, entry->subscriber) == ERR_OK &&
           !stopped;
}

void delivery_hold(
    struct site *site, struct message *reply, int64_t modem, const struct message_job *hold)
{
    struct outbox_entry entry;
    *reply = (struct message){.type = MESSAGE_PART_DROP, .fd = -1};
    reply->as.job.job = hold->job;
    if (find_job(site, &entry, modem, hold->job) != ERR_OK || entry.state != OUTBOX_CLAIMED)
        return;
    if (site->ballast.room == BALLAST_NONE) {
        outcome_retry(site, &entry, waits[MESSAGE_CAUSE_NETWORK].first_ms);
        return;
    }
    if (!may_be_sent(site, &entry)) {
        outcome_skip(site, &entry);
        return;
    }
    entry.state = OUTBOX_SUBMITTING;
    if (hold->reference != 0)
        entry.mr = hold->reference;
    outbox_submit(site->store, &entry);
    if (digest_is_one(&entry))
        outbox_set_named_reached(site->store, &entry, 1);
    reply->type = MESSAGE_PART_GO;
}

static void hash_of(
    struct site *site, const struct outbox_entry *entry, uint8_t hash[VAULT_HASH_SIZE])
{
    bool stopped;
    if (subscribers_get_hash(site->store, hash, &stopped, entry->subscriber) != ERR_OK)
        memset(hash, 0, VAULT_HASH_SIZE);
}

static void add_ref(struct site *site, const struct outbox_entry *entry)
{
    struct outbox_ref ref = {.modem = entry->modem,
        .mr = entry->mr,
        .bulletin = entry->bulletin,
        .cursor = entry->cursor,
        .regions = entry->regions};
    hash_of(site, entry, ref.hash);
    outbox_add_ref(site->store, &ref);
}

void delivery_sent(struct site *site, int64_t modem, const struct message_part_sent *sent)
{
    struct outbox_entry entry;
    modems_count(site->store, modem, 1, 0, (uint8_t)(sent->reference & UINT8_MAX));
    if (find_job(site, &entry, modem, sent->job) != ERR_OK || entry.state == OUTBOX_NEXT ||
        entry.state == OUTBOX_RETRY) {
        log_warn("part_sent_unexpected job=%llu", (unsigned long long)sent->job);
        return;
    }
    struct cursors_counts change = {.parts = 1, .again = entry.again};
    if (entry.state == OUTBOX_UNKNOWN)
        change.unknown = -1;
    entry.mr = sent->reference;
    if (entry.part < entry.parts) {
        if (entry.bulletin != 0)
            tally_count(site, &entry, &change);
        entry.state = OUTBOX_NEXT;
        outbox_note_reached(&entry);
        entry.part++;
        entry.doubts = 0;
        outbox_save(site->store, &entry);
        site->work = true;
        return;
    }
    if (entry.bulletin != 0)
        add_ref(site, &entry);
    change.sent = 1;
    outcome_finish(site, &entry, &change);
}

/* A test text shows what the modem does now: it is not tried again, nor by another one. */
static bool is_test(struct site *site, const struct outbox_entry *entry)
{
    struct inbox_answer answer;
    return entry->bulletin == 0 &&
           inbox_get_answer(site->store, &answer, entry->subscriber) == ERR_OK &&
           answer.word == INBOX_TEST_WORD;
}

/* Many that failed at the same time are not all due at the same time again. */
static int64_t wait_after(const struct outbox_entry *entry, unsigned cause)
{
    unsigned doublings = entry->failures < DOUBLINGS_MAX ? entry->failures : DOUBLINGS_MAX;
    int64_t wait_ms = waits[cause].first_ms << doublings;
    if (wait_ms > waits[cause].most_ms)
        wait_ms = waits[cause].most_ms;
    return wait_ms + wait_ms * (entry->id % WAIT_STEPS) / WAIT_STEPS / 4;
}

unsigned delivery_failed(struct site *site, int64_t modem, const struct message_part_failed *failed)
{
    struct outbox_entry entry;
    struct modems_entry row = {0};
    (void)!modems_get(site->store, &row, modem);
    modems_count(site->store, modem, 0, 1, row.mr);
    if (find_job(site, &entry, modem, failed->job) != ERR_OK ||
        (entry.state != OUTBOX_CLAIMED && entry.state != OUTBOX_SUBMITTING))
        return 0;
    unsigned cause = failed->cause < MESSAGE_CAUSE_COUNT ? failed->cause : MESSAGE_CAUSE_MODEM;
    unsigned before = entry.failures;
    entry.code = failed->code;
    if (failed->doubt) {
        outcome_doubt(site, &entry, failed->code != 0);
        return before;
    }
    int64_t wait_ms = wait_after(&entry, cause);
    entry.failures = (uint8_t)(entry.failures + (entry.failures < UINT8_MAX));
    log_warn("part_failed bulletin=%u delivery=%lld cause=%s code=%u final=%u", entry.bulletin / 2,
        (long long)entry.id, messages_cause((enum message_cause)cause), failed->code,
        failed->final);
    bool enough = waits[cause].failures > 0 && entry.failures >= waits[cause].failures;
    if (!failed->final && !enough && !is_test(site, &entry)) {
        outcome_retry(site, &entry, wait_ms);
        return before;
    }
    tally_fail(site, &entry, (enum message_cause)cause);
    outcome_finish(site, &entry, &(struct cursors_counts){.failed = 1});
    return before;
}

void delivery_settle(struct site *site, int64_t modem)
{
    struct outbox_entry entry;
    for (int64_t after = 0; outbox_find_held(site->store, &entry, modem, after) == ERR_OK;
         after = entry.id)
        if (entry.state != OUTBOX_NEXT)
            outcome_give_back(site, &entry);
}

void delivery_pass_on(struct site *site, int64_t modem)
{
    struct outbox_entry entry;
    for (int64_t after = 0; outbox_find_held(site->store, &entry, modem, after) == ERR_OK;
         after = entry.id)
        if (entry.state == OUTBOX_NEXT)
            outcome_give_back(site, &entry);
}

void delivery_release(struct site *site, int64_t modem)
{
    struct outbox_entry entry;
    for (int64_t after = 0; outbox_find_held(site->store, &entry, modem, after) == ERR_OK;
         after = entry.id)
        outcome_give_back(site, &entry);
    site->work = true;
}

void delivery_recover(struct site *site)
{
    struct outbox_entry entry;
    unsigned given_back = 0;
    int64_t now_ms = clock_boot_ms();
    int64_t doubt_ms = now_ms + (int64_t)site->conf.report_wait_s * 1000;
    outbox_restart_clock(site->store, now_ms, doubt_ms, OUTCOME_SAME_MODEM_MS);
    for (int64_t after = 0; outbox_find_any_held(site->store, &entry, after) == ERR_OK;
         after = entry.id) {
        outcome_give_back(site, &entry);
        given_back++;
    }
    if (given_back > 0)
        log_info("recovered deliveries=%u", given_back);
}
