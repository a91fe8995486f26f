#include "gateway/dispatcher/requests.h"

#include "gateway/base/log.h"
#include "gateway/dispatcher/backup.h"
#include "gateway/dispatcher/commit.h"
#include "gateway/dispatcher/drafts.h"
#include "gateway/dispatcher/hearsay.h"
#include "gateway/dispatcher/held.h"
#include "gateway/dispatcher/notes.h"
#include "gateway/dispatcher/people.h"
#include "gateway/dispatcher/reach.h"
#include "gateway/dispatcher/sketching.h"
#include "gateway/dispatcher/status.h"
#include "gateway/dispatcher/steer.h"
#include "gateway/dispatcher/timing.h"
#include "gateway/store/audit.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/reports.h"
#include "modems/number.h"

#include <string.h>
#include <unistd.h>

static enum err put_roster(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    enum err err = site_put_roster(site, why, &request->as.sealed.sealed);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = site->has_roster ? site->roster.number : 0;
    return err;
}

static enum err get_roster(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    (void)request;
    *reply = (struct message){.type = MESSAGE_SEALED, .fd = -1};
    reply->as.sealed.sealed = site->roster_bytes;
    if (!site->has_roster)
        site_explain(why, "there is no roster yet: put the newsroom's first");
    return site->has_roster ? ERR_OK : ERR_MISSING;
}

static enum err submit(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    uint32_t number = 0;
    enum err err = commit_bulletin(site, &number, why, &request->as.sealed.sealed);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = number;
    return err;
}

/* A retraction has the number of what it retracts; it alone is asked for by its number and MESSAGES_RETRACTION. */
static enum err get_bulletin(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request)
{
    struct bulletins_entry row;
    uint32_t number = (uint32_t)(request->as.id.id & BULLETIN_NUMBER_MAX);
    bool original = (request->as.id.id & MESSAGES_RETRACTION) == 0;
    uint32_t retraction = bulletins_key(number, BULLETIN_RETRACT);
    *reply = (struct message){.type = MESSAGE_SEALED, .fd = -1};
    enum err err = bulletins_get(
        site->store, &row, original ? bulletins_key(number, BULLETIN_ALERT) : retraction);
    if (err != ERR_OK && original)
        err = bulletins_get(site->store, &row, retraction);
    if (err == ERR_OK)
        err = bulletins_get_sealed(site->store, &reply->as.sealed.sealed, row.key);
    if (err != ERR_OK)
        site_explain(why, "there is no bulletin %u", number);
    else
        reply->as.sealed.state = row.state;
    return err;
}

static enum err list_drafts(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    (void)id;
    enum err err = drafts_next(site, message, *at);
    if (err == ERR_OK)
        *at = (int64_t)message->as.draft.id;
    return err;
}

static enum err list_subscribers(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    if (*at < (int64_t)(id & INT64_MAX))
        *at = (int64_t)(id & INT64_MAX);
    return people_print_next(site, message, at);
}

static enum err list_counts(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    struct message_count counts[PEOPLE_COUNTS_MAX];
    (void)peers;
    (void)id;
    unsigned count = people_print_counts(site, counts);
    if (*at >= (int64_t)count)
        return ERR_MISSING;
    *message = (struct message){.type = MESSAGE_COUNT, .fd = -1};
    message->as.count = counts[(*at)++];
    return ERR_OK;
}

static enum err list_doubts(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    if (*at < (int64_t)(id & INT64_MAX))
        *at = (int64_t)(id & INT64_MAX);
    return status_print_doubt(site, message, at);
}

static enum err list_tips(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    struct reports_entry entry;
    (void)peers;
    if (*at < (int64_t)(id & INT64_MAX))
        *at = (int64_t)(id & INT64_MAX);
    enum err err = reports_next(site->store, &entry, *at);
    if (err != ERR_OK)
        return err;
    *at = entry.id;
    *message = (struct message){.type = MESSAGE_TIP, .fd = -1};
    message->as.tip.id = (uint64_t)entry.id;
    message->as.tip.at_s = entry.at_s;
    number_mask(message->as.tip.number, entry.number);
    memcpy(message->as.tip.text, entry.text, sizeof entry.text);
    return ERR_OK;
}

_Static_assert(MESSAGES_TEXT_SIZE > REPORTS_TEXT_MAX, "a tip fits a message");

static enum err list_receptions(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    if (*at < (int64_t)(id & BULLETIN_NUMBER_MAX))
        *at = (int64_t)(id & BULLETIN_NUMBER_MAX);
    uint32_t number = reports_find_heard(site->store, (uint32_t)*at);
    if (number == 0)
        return ERR_MISSING;
    *at = number;
    *message = (struct message){.type = MESSAGE_RECEPTION, .fd = -1};
    message->as.reception.number = number;
    reports_count_reception(site->store, message->as.reception.heard, number);
    return ERR_OK;
}

_Static_assert(MESSAGES_HEARD == REPORTS_LEVELS, "a message has room for each level");

static enum err list_audit(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    struct audit_row row;
    (void)peers;
    if (*at < (int64_t)(id & INT64_MAX))
        *at = (int64_t)(id & INT64_MAX);
    enum err err = audit_next(site->store, &row, *at);
    if (err != ERR_OK)
        return err;
    *at = row.id;
    *message = (struct message){.type = MESSAGE_AUDIT, .fd = -1};
    message->as.audit.id = (uint64_t)row.id;
    message->as.audit.at_s = row.at_s;
    memcpy(message->as.audit.event, row.event, sizeof row.event);
    memcpy(message->as.audit.detail, row.detail, sizeof row.detail);
    memcpy(message->as.audit.hash, row.hash, sizeof row.hash);
    return ERR_OK;
}

_Static_assert(MESSAGES_EVENT_SIZE > AUDIT_EVENT_MAX && MESSAGES_AUDIT_SIZE > AUDIT_DETAIL_MAX,
    "a row of audit fits a message");

static enum err verify_audit(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request)
{
    int64_t row = 0;
    (void)request;
    enum err err = audit_verify(site->store, &row);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = (uint64_t)row;
    if (err != ERR_OK)
        site_explain(why, "row %lld of the audit chain, or one before it, was altered or removed",
            (long long)row);
    return err;
}

/* The key has gone with its file; what is still in this process goes with the process. */
static enum err end_wiped(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    (void)reply;
    (void)request;
    if (vault_has_key(store_folder(site->store))) {
        site_explain(why, "the site key is still there");
        return ERR_STATE;
    }
    log_warn("wiped");
    store_rollback(site->store);
    _exit(0);
}

/* With the minutes that the rest will take: parts as they have been so far, or by the configuration. */
static enum err print_bulletin(struct site *site, struct message *message, uint32_t key)
{
    enum err err = status_print_bulletin(site, message, key);
    if (err != ERR_OK)
        return err;
    struct message_status_bulletin *status = &message->as.status_bulletin;
    uint64_t open = (uint64_t)status->queued + status->in_flight;
    uint64_t parts = status->sent == 0 ? open * site->conf.parts
                                       : (open * status->parts + status->sent - 1) / status->sent;
    status->minutes = steer_minutes(site->peers, parts);
    return ERR_OK;
}

/* Of one number: the nth of the bulletin and its retraction. */
static enum err list_one(struct site *site, struct message *message, unsigned n, uint32_t number)
{
    uint32_t first = bulletins_key(number, BULLETIN_ALERT);
    for (uint32_t key = first; key <= first + 1; key++)
        if (print_bulletin(site, message, key) == ERR_OK && n-- == 0)
            return ERR_OK;
    return ERR_MISSING;
}

/* The nth newest. */
static enum err list_newest(struct site *site, struct message *message, unsigned n)
{
    uint32_t keys[STATUS_BULLETINS_MAX];
    unsigned count =
        bulletins_list_latest(site->store, keys, STATUS_BULLETINS_MAX, BULLETIN_NUMBER_MAX * 2 + 2);
    return n < count ? print_bulletin(site, message, keys[n]) : ERR_MISSING;
}

/* *at counts: 0 the site, then the modems, then the bulletins. */
static enum err list_status(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    int64_t n = (*at)++;
    if (n == 0) {
        status_print_site(site, message);
        message->as.status_site.radio = peers_has_radio(peers);
        if (message->as.status_site.radio)
            message->as.status_site.on_air = peers->on_air;
        message->as.status_site.minutes =
            steer_minutes(peers, (uint64_t)message->as.status_site.subscribers * site->conf.parts);
        return ERR_OK;
    }
    if (peers_print_modem(peers, message, (unsigned)(n - 1)))
        return ERR_OK;
    unsigned modems = 0;
    while (peers_print_modem(peers, message, modems))
        modems++;
    unsigned at_bulletin = (unsigned)(n - 1) - modems;
    return id == 0 ? list_newest(site, message, at_bulletin)
                   : list_one(site, message, at_bulletin, (uint32_t)(id & BULLETIN_NUMBER_MAX));
}

static const struct requests_entry entries[] = {
    {MESSAGE_ROSTER_PUT, REQUESTS_ALL, true, put_roster, NULL},
    {MESSAGE_ROSTER_GET, REQUESTS_ALL, false, get_roster, NULL},
    {MESSAGE_DRAFT_NEW, REQUESTS_ALL, true, drafts_new, NULL},
    {MESSAGE_DRAFT_GET, REQUESTS_ALL, false, drafts_get, NULL},
    {MESSAGE_DRAFT_LIST, REQUESTS_ALL, false, NULL, list_drafts},
    {MESSAGE_DRAFT_APPROVE, REQUESTS_ALL, true, drafts_approve, NULL},
    {MESSAGE_DRAFT_SEND, REQUESTS_ALL, false, drafts_send,
        NULL}, /* looks for itself: retractions go out */
    {MESSAGE_DRAFT_DROP, REQUESTS_ALL, false, drafts_drop, NULL},
    {MESSAGE_BULLETIN_SUBMIT, REQUESTS_ALL, true, submit, NULL},
    {MESSAGE_BULLETIN_GET, REQUESTS_ALL, false, get_bulletin, NULL},
    {MESSAGE_STATUS_GET, REQUESTS_ALL, false, NULL, list_status},
    {MESSAGE_SUBSCRIBER_PUT, REQUESTS_ALL, true, people_put, NULL},
    {MESSAGE_TESTER_PUT, REQUESTS_CONTROL, false, people_put_tester, NULL},
    {MESSAGE_SUBSCRIBER_LIST, REQUESTS_CONTROL, false, NULL, list_subscribers},
    {MESSAGE_SUBSCRIBER_COUNT, REQUESTS_ALL, false, NULL, list_counts},
    {MESSAGE_DOUBT_LIST, REQUESTS_ALL, false, NULL, list_doubts},
    {MESSAGE_RECEPTION_LIST, REQUESTS_ALL, false, NULL, list_receptions},
    {MESSAGE_TIP_LIST, REQUESTS_ALL, false, NULL, list_tips},
    {MESSAGE_AUDIT_LIST, REQUESTS_ALL, false, NULL, list_audit},
    {MESSAGE_AUDIT_VERIFY, REQUESTS_ALL, false, verify_audit, NULL},
    {MESSAGE_EXPORT_NEXT, REQUESTS_CONTROL, false, people_export_next, NULL},
    {MESSAGE_BACKUP, REQUESTS_CONTROL, true, backup_begin, NULL},
    {MESSAGE_BACKUP_STEP, REQUESTS_CONTROL, false, NULL, backup_step},
    {MESSAGE_RESUME, REQUESTS_CONTROL, false, held_resume, NULL},
    {MESSAGE_CLOCK_TRUST, REQUESTS_CONTROL, false, timing_trust, NULL},
    {MESSAGE_WIPED, REQUESTS_CONTROL, false, end_wiped, NULL},
    {MESSAGE_OUTCOME_LIST, REQUESTS_ALL, false, NULL, tally_list},
    {MESSAGE_AUDIENCE_GET, REQUESTS_ALL, false, reach_get, NULL},
    {MESSAGE_RUMOUR_PUT, REQUESTS_ALL, true, hearsay_put, NULL},
    {MESSAGE_RUMOUR_LIST, REQUESTS_ALL, false, NULL, hearsay_list},
    {MESSAGE_ASKED_LIST, REQUESTS_ALL, false, NULL, hearsay_list_asked},
    {MESSAGE_NOTE, REQUESTS_ALL, true, notes_put, NULL},
    {MESSAGE_AIR_LIST, REQUESTS_ALL, false, NULL, notes_list_aired},
    {MESSAGE_SKETCH_PUT, REQUESTS_ALL, true, sketching_put, NULL},
    {MESSAGE_SKETCH_GET, REQUESTS_ALL, false, sketching_get, NULL},
    {MESSAGE_SKETCH_LIST, REQUESTS_ALL, false, NULL, sketching_list},
    {MESSAGE_MODEM_CONTROL, REQUESTS_ALL, false, steer_control, NULL},
};

const struct requests_entry *requests_find(enum message_type type)
{
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        if (entries[i].type == type)
            return &entries[i];
    return NULL;
}

/* A test text goes to a number of the asker's choice. */
bool requests_permits(const struct requests_entry *entry, const struct message *request)
{
    bool test = request->type == MESSAGE_MODEM_CONTROL &&
                request->as.modem_control.control == MESSAGE_CONTROL_TEST;
    return entry->who == REQUESTS_ALL && !test;
}
