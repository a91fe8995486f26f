#include "gateway/dispatcher/status.h"

#include "gateway/base/clock.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/cursors.h"
#include "gateway/store/inbox.h"
#include "gateway/store/modems.h"
#include "gateway/store/outbox.h"
#include "gateway/store/reports.h"
#include "modems/number.h"

#include <string.h>

_Static_assert(MESSAGES_MASK_SIZE >= NUMBER_MASK_SIZE, "a masked number fits its field");

void status_print_site(struct site *site, struct message *message)
{
    *message = (struct message){.type = MESSAGE_STATUS_SITE, .fd = -1};
    struct message_status_site *status = &message->as.status_site;
    status->now_s = site_now_s(site);
    status->started_s = site->started_s;
    status->time = (uint8_t)site->time;
    status->subscribers = subscribers_count(site->store);
    status->testers = subscribers_count_testers(site->store);
    status->room = (uint8_t)site->ballast.room;
    status->roster_number = site->has_roster ? site->roster.number : 0;
    status->answers_waiting = inbox_count_waiting(site->store);
    status->inbound = site->inbound;
}

static uint32_t positive(int64_t value)
{
    return value > 0 ? (uint32_t)value : 0;
}

static void count(
    struct site *site, struct message_status_bulletin *status, const struct bulletins_entry *row)
{
    struct cursors_counts counts;
    uint32_t rows[BULLETINS_STATES];
    cursors_sum(site->store, &counts, row->key);
    bulletins_count_deliveries(site->store, rows, row->key);
    uint32_t untaken = positive((int64_t)row->recipients - counts.taken);
    bool sending = row->state == MESSAGE_BULLETIN_SENDING || row->state == MESSAGE_BULLETIN_HELD;
    status->queued = (sending ? untaken : 0) + rows[OUTBOX_RETRY] + rows[OUTBOX_NAMED];
    status->in_flight = rows[OUTBOX_CLAIMED] + rows[OUTBOX_SUBMITTING] + rows[OUTBOX_NEXT];
    status->sent = positive(counts.sent);
    status->delivered = positive(counts.delivered);
    status->undeliverable = positive(counts.undeliverable);
    status->doubt = rows[OUTBOX_DOUBT];
    status->unknown = positive(counts.unknown);
    status->failed = positive(counts.failed);
    status->skipped = positive(counts.skipped) + (sending ? 0 : untaken);
    status->parts = positive(counts.parts);
    status->again = positive(counts.again);
    status->digest = positive(counts.digest);
}

enum err status_print_bulletin(struct site *site, struct message *message, uint32_t key)
{
    struct bulletins_entry row;
    enum err err = bulletins_get(site->store, &row, key);
    if (err != ERR_OK)
        return err;
    *message = (struct message){.type = MESSAGE_STATUS_BULLETIN, .fd = -1};
    struct message_status_bulletin *status = &message->as.status_bulletin;
    status->number = row.number;
    status->kind = row.kind;
    status->state = row.state;
    status->sent_s = row.sent_s;
    status->expires_s = row.expires_s;
    memcpy(status->code, row.code, sizeof status->code);
    status->recipients = row.recipients;
    status->aired = row.aired;
    status->severity = row.severity;
    status->regions = row.regions;
    status->follows = row.follows;
    status->oks = row.oks;
    status->everyone = row.kind == BULLETIN_DRILL && !row.testers;
    memcpy(status->air_path, row.air_path, sizeof status->air_path);
    count(site, status, &row);
    if (bulletins_retracted(key) == 0)
        reports_count_reception(site->store, status->heard, row.number);
    return ERR_OK;
}

enum err status_print_doubt(struct site *site, struct message *message, int64_t *after)
{
    struct outbox_entry entry;
    struct subscribers_entry subscriber;
    struct modems_entry modem;
    enum err err = outbox_find_doubt(site->store, &entry, *after);
    if (err != ERR_OK)
        return err;
    *after = entry.id;
    *message = (struct message){.type = MESSAGE_DOUBT, .fd = -1};
    struct message_doubt *doubt = &message->as.doubt;
    doubt->bulletin = entry.bulletin / 2;
    doubt->part = entry.part;
    doubt->final = entry.state == OUTBOX_UNKNOWN;
    if (subscribers_get(site->store, &subscriber, entry.subscriber) == ERR_OK)
        number_mask(doubt->number, subscriber.number);
    if (modems_get(site->store, &modem, entry.modem) == ERR_OK)
        memcpy(doubt->modem, modem.name, sizeof doubt->modem);
    return ERR_OK;
}
