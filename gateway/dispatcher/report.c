#include "gateway/base/log.h"
#include "gateway/dispatcher/delivery.h"
#include "gateway/dispatcher/outcome.h"
#include "modems/number.h"

/* TP-ST, 3GPP TS 23.040, 9.2.3.15. */
#define STATUS_PENDING 0x20 /* from here on: the centre is still trying */
#define STATUS_FINAL 0x40   /* from here on: it has given up */

static struct cursors_counts judge(uint8_t status)
{
    struct cursors_counts change = {0};
    if (status < STATUS_PENDING)
        change.delivered = 1;
    else if (status >= STATUS_FINAL)
        change.undeliverable = 1;
    return change;
}

/* The report says that it was sent. If it is claimed to be sent again, its hold will be answered by a drop. */
static void settle_doubt(
    struct site *site, struct outbox_entry *entry, struct outbox_ref *ref, uint8_t status)
{
    struct cursors_counts change = judge(status);
    change.sent = 1;
    change.parts = 1;
    change.unknown = entry->state == OUTBOX_UNKNOWN ? -1 : 0;
    ref->bulletin = entry->bulletin;
    ref->cursor = entry->cursor;
    ref->regions = entry->regions;
    if (change.delivered + change.undeliverable == 0)
        outbox_add_ref(site->store, ref);
    outcome_finish(site, entry, &change);
    log_info("doubt_settled delivery=%lld status=%u", (long long)entry->id, status);
}

void delivery_report(struct site *site, int64_t modem, const struct message_report *report)
{
    char number[NUMBER_SIZE];
    struct outbox_ref ref = {.modem = modem, .mr = report->reference};
    struct outbox_entry entry;
    enum err err = number_parse_mobile(number, report->number);
    vault_hash(store_vault(site->store), ref.hash, err == ERR_OK ? number : report->number);
    if (outbox_find_doubtful(site->store, &entry, &ref) == ERR_OK) {
        settle_doubt(site, &entry, &ref, report->status);
        return;
    }
    struct cursors_counts change = judge(report->status);
    if (change.delivered + change.undeliverable == 0)
        return;
    if (outbox_find_ref(site->store, &ref) != ERR_OK) {
        log_info("report_unmatched modem=%lld reference=%u", (long long)modem, report->reference);
        return;
    }
    tally_count_ref(site, &ref, &change);
    outbox_remove_ref(site->store, ref.id);
}
