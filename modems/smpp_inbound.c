#include "modems/smpp_inbound.h"

#include "gateway/base/clock.h"
#include "gateway/base/fnv.h"
#include "gateway/base/log.h"
#include "modems/smpp_receipt.h"
#include "modems/smpp_text.h"
#include "modems/smpp_worker.h"

#include <string.h>

#define ANSWER_MS 20000    /* that the centre is kept waiting while the dispatcher can't store */
#define REMEMBER_MS 600000 /* that a text which was not answered is known again */

/* Never 0. */
static uint64_t digest_of(const struct smpp_pdu_deliver *deliver)
{
    uint64_t hash = fnv_add(FNV_START, deliver->source.digits, sizeof deliver->source.digits);
    hash = fnv_add(hash, &deliver->coding, sizeof deliver->coding);
    hash = fnv_add(hash, &deliver->sar_part, sizeof deliver->sar_part);
    hash = fnv_add(hash, &deliver->sar_reference, sizeof deliver->sar_reference);
    hash = fnv_add(hash, deliver->message, deliver->size);
    return hash == 0 ? 1 : hash;
}

static struct smpp_inbound_entry *place_of(struct smpp_inbound *inbound, uint64_t serial)
{
    return &inbound->list[serial % SMPP_INBOUND_MAX];
}

/* Forgets it and tells when the same text first came; now if it did not. */
static int64_t take_first_s(struct smpp_inbound *inbound, uint64_t digest)
{
    for (size_t i = 0; i < SMPP_INBOUND_MAX; i++) {
        struct smpp_inbound_entry *entry = &inbound->list[i];
        if (entry->state == SMPP_INBOUND_REMEMBER && entry->digest == digest) {
            entry->state = SMPP_INBOUND_FREE;
            return entry->first_s;
        }
    }
    return clock_wall_s();
}

/* A place that is not waited for; the next serial is its. NULL if all are. */
static struct smpp_inbound_entry *add(struct smpp_inbound *inbound, uint32_t sequence)
{
    struct smpp_inbound_entry *entry = NULL;
    for (size_t i = 0; i < SMPP_INBOUND_MAX && entry == NULL; i++) {
        inbound->serial++;
        if (inbound->serial != 0 && place_of(inbound, inbound->serial)->state != SMPP_INBOUND_OPEN)
            entry = place_of(inbound, inbound->serial);
    }
    if (entry != NULL)
        *entry = (struct smpp_inbound_entry){.state = SMPP_INBOUND_OPEN,
            .serial = inbound->serial,
            .sequence = sequence,
            .until_ms = clock_boot_ms() + ANSWER_MS};
    return entry;
}

/* By the id that the centre gave it, or else by the reference that we gave it and the phone that it went to. */
static bool match(
    struct smpp_worker *worker, struct message_report *report, const struct smpp_receipt *receipt)
{
    const struct smpp_ids_entry *known = smpp_ids_find(&worker->ids, receipt->id, report->number);
    if (known != NULL) {
        memcpy(report->number, known->number, sizeof report->number);
        report->reference = known->reference;
        return true;
    }
    report->reference = receipt->reference;
    return receipt->reference != 0;
}

enum verdict {
    ANSWER_NOW,
    ANSWER_LATER, /* when it is stored */
    ANSWER_TRY_AGAIN
};

static enum verdict take_receipt(
    struct smpp_worker *worker, uint32_t sequence, const struct smpp_pdu_deliver *deliver)
{
    struct smpp_receipt receipt;
    struct message message = {.type = MESSAGE_REPORT, .fd = -1};
    struct message_report *report = &message.as.report;
    if (smpp_receipt_get(&receipt, deliver) != ERR_OK) {
        log_warn("receipt_unreadable bind=%s", worker->options->name);
        return ANSWER_NOW;
    }
    smpp_text_get_address(report->number, &deliver->source);
    if (!match(worker, report, &receipt)) {
        worker->unmatched++;
        log_info("receipt_unmatched bind=%s so_far=%llu", worker->options->name,
            (unsigned long long)worker->unmatched);
        return ANSWER_NOW;
    }
    const struct smpp_inbound_entry *entry = add(&worker->inbound, sequence);
    if (entry == NULL)
        return ANSWER_TRY_AGAIN;
    report->serial = entry->serial;
    report->status = receipt.status;
    report->done_s = clock_wall_s();
    smpp_worker_tell(worker, &message);
    return ANSWER_LATER;
}

static enum verdict take_text(
    struct smpp_worker *worker, uint32_t sequence, const struct smpp_pdu_deliver *deliver)
{
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    uint64_t digest = digest_of(deliver);
    int64_t first_s = take_first_s(&worker->inbound, digest);
    struct smpp_inbound_entry *entry = add(&worker->inbound, sequence);
    if (entry == NULL)
        return ANSWER_TRY_AGAIN;
    entry->digest = digest;
    entry->first_s = first_s;
    smpp_text_get_inbound(&message.as.inbound, deliver);
    message.as.inbound.serial = entry->serial;
    message.as.inbound.smsc_s = first_s;
    smpp_worker_tell(worker, &message);
    return ANSWER_LATER;
}

void smpp_inbound_deliver(
    struct smpp_worker *worker, uint32_t sequence, const uint8_t *pdu, size_t size)
{
    struct smpp_pdu_deliver deliver;
    enum err err = smpp_pdu_get_deliver(&deliver, pdu, size);
    if (err != ERR_OK) {
        log_warn("deliver_refused bind=%s error=%s", worker->options->name, err_name(err));
        smpp_worker_respond(worker, SMPP_DELIVER, sequence, SMPP_STATUS_NEVER);
        return;
    }
    enum verdict verdict = smpp_receipt_is(&deliver) ? take_receipt(worker, sequence, &deliver)
                                                     : take_text(worker, sequence, &deliver);
    if (verdict != ANSWER_LATER)
        smpp_worker_respond(worker, SMPP_DELIVER, sequence,
            verdict == ANSWER_NOW ? SMPP_STATUS_OK : SMPP_STATUS_LATER);
}

void smpp_inbound_stored(struct smpp_worker *worker, uint64_t serial)
{
    struct smpp_inbound_entry *entry = place_of(&worker->inbound, serial);
    if (entry->state != SMPP_INBOUND_OPEN || entry->serial != serial)
        return;
    smpp_worker_respond(worker, SMPP_DELIVER, entry->sequence, SMPP_STATUS_OK);
    entry->state = SMPP_INBOUND_FREE;
}

/* A text may be stored all the same, so that it must be known when it comes again; a receipt does no harm twice. */
static void give_up(struct smpp_inbound_entry *entry)
{
    entry->state = entry->digest != 0 ? SMPP_INBOUND_REMEMBER : SMPP_INBOUND_FREE;
    entry->until_ms = clock_boot_ms() + REMEMBER_MS;
}

void smpp_inbound_lost(struct smpp_worker *worker)
{
    for (size_t i = 0; i < SMPP_INBOUND_MAX; i++)
        if (worker->inbound.list[i].state == SMPP_INBOUND_OPEN)
            give_up(&worker->inbound.list[i]);
}

void smpp_inbound_tick(struct smpp_worker *worker)
{
    int64_t now_ms = clock_boot_ms();
    for (size_t i = 0; i < SMPP_INBOUND_MAX; i++) {
        struct smpp_inbound_entry *entry = &worker->inbound.list[i];
        if (entry->state == SMPP_INBOUND_FREE || now_ms < entry->until_ms)
            continue;
        if (entry->state == SMPP_INBOUND_REMEMBER) {
            entry->state = SMPP_INBOUND_FREE;
            continue;
        }
        log_warn("deliver_not_stored bind=%s", worker->options->name);
        smpp_worker_respond(worker, SMPP_DELIVER, entry->sequence, SMPP_STATUS_LATER);
        give_up(entry);
    }
}
