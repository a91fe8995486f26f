#include "gateway/dispatcher/commit.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/bulletin/quorum.h"
#include "gateway/dispatcher/outcome.h"
#include "gateway/store/cursors.h"
#include "gateway/store/staff.h"

#include <stdio.h>
#include <string.h>

static bool is_stored(struct site *site, uint32_t number, enum bulletin_kind kind)
{
    struct bulletins_entry row;
    return bulletins_get(site->store, &row, bulletins_key(number, (uint8_t)kind)) == ERR_OK;
}

/* One editor alone may take back what was sent, and nothing else: not a number that never was, which would block or use up
 * numbers to come, and not one under another time. */
static enum err check_retraction(
    struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct bulletin *bulletin)
{
    struct bulletins_entry row;
    if (bulletins_get(site->store, &row, bulletins_key(bulletin->follows, BULLETIN_ALERT)) !=
        ERR_OK) {
        site_explain(why, "there is no bulletin %u here to retract", bulletin->follows);
        return ERR_MISSING;
    }
    if (row.sent_s != bulletin->sent_s || row.expires_s != bulletin_expires_s(bulletin)) {
        site_explain(why, "it does not carry the times of bulletin %u", bulletin->follows);
        return ERR_VALUE;
    }
    return ERR_OK;
}

/* Only numbers that are new: a bulletin once seen, or one held back until a later one is out, must not come again. */
static enum err check_number(
    struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct bulletin *bulletin)
{
    if (is_stored(site, bulletin->number, bulletin->kind)) {
        site_explain(why, "number %u has been accepted before", bulletin->number);
        return ERR_REPLAY;
    }
    if (bulletin->kind == BULLETIN_RETRACT)
        return check_retraction(site, why, bulletin);
    uint32_t highest = bulletins_highest(site->store);
    if (bulletin->number > highest || staff_find_number(site->store, bulletin->number) != 0)
        return ERR_OK;
    site_explain(
        why, "number %u comes after %u, which has been accepted", bulletin->number, highest);
    return ERR_REPLAY;
}

static enum err check(struct site *site, struct bulletin *bulletin, char why[MESSAGES_DETAIL_SIZE],
    struct wire_sealed *sealed, const struct message_sealed_bytes *bytes)
{
    struct quorum quorum = {0};
    enum err err = wire_decode_sealed(sealed, bytes->bytes, bytes->size);
    if (err == ERR_OK && sealed->size != bytes->size)
        err = ERR_FORMAT;
    if (err == ERR_OK)
        err = quorum_accept(
            bulletin, &quorum, site->has_roster ? &site->roster : NULL, sealed, site_now_s(site));
    if (err == ERR_ROSTER && !site->has_roster)
        site_explain(why, "there is no roster yet: put the newsroom's first");
    if (err == ERR_KEY)
        site_explain(why, "it is of another newsroom than this gateway's");
    if (err == ERR_QUORUM)
        site_explain(why, "%u of %u editors have approved it", quorum.count, quorum.needed);
    return err == ERR_OK ? check_number(site, why, bulletin) : err;
}

/* Whom it is for. A retraction needs one editor only, so that what it says of that itself does not count. */
static void set_audience(struct site *site, struct bulletins_entry *row)
{
    struct bulletins_entry retracted;
    uint32_t key = bulletins_retracted(row->key);
    if (key != 0 && bulletins_get(site->store, &retracted, key) == ERR_OK) {
        row->regions = retracted.regions;
        row->severity = retracted.severity;
        row->testers = retracted.testers;
        row->recipients = cursors_count_reached(site->store, key);
        return;
    }
    struct subscribers_audience audience = {row->regions, row->severity, row->testers};
    row->recipients = subscribers_count_audience(site->store, &audience);
}

/* Whoever was warned by what this follows must hear of this, though their level is higher than its own severity. */
static uint8_t severity_of(struct site *site, const struct bulletin *bulletin)
{
    struct bulletins_entry row;
    uint8_t own = (uint8_t)bulletin->severity;
    if (bulletin->follows == 0 || bulletins_get(site->store, &row,
                                      bulletins_key(bulletin->follows, BULLETIN_ALERT)) != ERR_OK)
        return own;
    return row.severity > own ? row.severity : own;
}

static void insert(struct site *site, const struct bulletin *bulletin,
    const struct wire_sealed *sealed, const struct message_sealed_bytes *bytes)
{
    struct bulletins_entry row = {.key = bulletins_key(bulletin->number, (uint8_t)bulletin->kind),
        .number = bulletin->number,
        .kind = (uint8_t)bulletin->kind,
        .state = MESSAGE_BULLETIN_SENDING,
        .sent_s = bulletin->sent_s,
        .expires_s = bulletin_expires_s(bulletin),
        .follows = bulletin->follows,
        .regions = bulletin->regions,
        .severity = severity_of(site, bulletin),
        .testers = bulletin->kind == BULLETIN_DRILL && !bulletin->everyone,
        .committed_s = site_now_s(site)};
    set_audience(site, &row);
    seal_print_code(row.code, sealed->body, sealed->body_size);
    bulletins_add(site->store, &row, bytes);
    cursors_open(site->store, row.key);
    tally_begin(site, &row);
    site_audit(site, "commit", "number=%u kind=%s code=%s recipients=%u", row.number,
        bulletin_print_kind(bulletin->kind), row.code, row.recipients);
    log_info("bulletin_committed number=%u kind=%s code=%s recipients=%u", row.number,
        bulletin_print_kind(bulletin->kind), row.code, row.recipients);
    plan_add(&site->plan, site->store, row.key);
    site->air_key = row.key;
    site->work = true;
}

/* An update or all-clear that concerns all the regions of what it follows takes its place (CAP 1.2, 3.2.1: "updates and
 * supersedes"): nobody is to hear of the danger after its end. A retraction always does. What is unsent is dropped in the same
 * transaction, first: whom it drops the retraction passes by. */
static void supersede(struct site *site, const struct bulletin *bulletin)
{
    struct bulletins_entry row;
    uint32_t key = bulletins_key(bulletin->follows, BULLETIN_ALERT);
    if (bulletin->follows == 0 || bulletins_get(site->store, &row, key) != ERR_OK)
        return;
    bool covers =
        (bulletin->regions & BULLETIN_COUNTRY) != 0 || (row.regions & ~bulletin->regions) == 0;
    if (bulletin->kind == BULLETIN_RETRACT)
        outcome_end_bulletin(site, key, MESSAGE_BULLETIN_RETRACTED);
    else if (covers && row.state != MESSAGE_BULLETIN_RETRACTED)
        outcome_end_bulletin(site, key, MESSAGE_BULLETIN_EXPIRED);
}

enum err commit_bulletin(struct site *site, uint32_t *number, char why[MESSAGES_DETAIL_SIZE],
    const struct message_sealed_bytes *bytes)
{
    struct bulletin bulletin;
    struct wire_sealed sealed;
    why[0] = '\0';
    enum err err = check(site, &bulletin, why, &sealed, bytes);
    if (err != ERR_OK) {
        if (why[0] == '\0')
            site_explain(why, "%s", err_text(err));
        site_audit_refusal(site, "bulletin", err, why);
        return err;
    }
    supersede(site, &bulletin);
    insert(site, &bulletin, &sealed, bytes);
    *number = bulletin.number;
    return ERR_OK;
}
