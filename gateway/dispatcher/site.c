#include "gateway/dispatcher/site.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/store/audit.h"
#include "gateway/store/copy.h"
#include "gateway/store/floor.h"
#include "gateway/store/staff.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define REFUSALS_PER_MINUTE 20
#define MINUTE_MS 60000
#define FLOOR_STEP_S 600 /* by which the floor is raised */

/* The stored roster counts only if it is that of the fingerprint which the configuration pins now. */
static void load_roster(struct site *site)
{
    site->has_roster = false;
    if (staff_get_roster(site->store, &site->roster_bytes) != ERR_OK)
        return;
    enum err err = roster_open(
        &site->roster, site->roster_bytes.bytes, site->roster_bytes.size, site->conf.fingerprint);
    site->has_roster = err == ERR_OK;
    if (err != ERR_OK)
        log_error("roster_not_accepted error=%s: nothing can be approved until the newsroom's "
                  "roster is put again",
            err_name(err));
}

void site_load(struct site *site)
{
    site->started_s = clock_wall_s();
    site->trust.floor_s = floor_get_s(site->store);
    site_check_time(site);
    site->work = true;
    load_roster(site);
    plan_load(&site->plan, site->store);
}

int64_t site_now_s(struct site *site)
{
    enum trust_verdict before = site->time;
    int64_t now_s = trust_tell_s(&site->trust, &site->time, clock_wall_s(), clock_boot_ms());
    if (site->time != before && site->time != TRUST_VERIFIED)
        log_error(
            "time_unverified clock=%s: set it, or say 'dabylctl clock trust' if it is right; until "
            "then no bulletin ends by time",
            site->time == TRUST_BEHIND ? "behind" : "ahead");
    if (site->time != before && site->time == TRUST_VERIFIED)
        log_info("time_verified");
    return now_s;
}

void site_check_time(struct site *site)
{
    int64_t now_s = site_now_s(site);
    if (site->time != TRUST_VERIFIED || now_s < site->trust.floor_s + FLOOR_STEP_S)
        return;
    site->trust.floor_s = now_s;
    floor_put_s(site->store, now_s);
}

void site_free(struct site *site)
{
    copy_end(site->copy);
    plan_free(&site->plan);
    store_close(site->store);
}

void site_explain(char why[MESSAGES_DETAIL_SIZE], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(why, MESSAGES_DETAIL_SIZE, format, args);
    va_end(args);
}

enum err site_check_room(const struct site *site, char why[MESSAGES_DETAIL_SIZE])
{
    if (site->ballast.room == BALLAST_PLENTY)
        return ERR_OK;
    site_explain(why,
        "the disk of %.100s is full: make room; texts under way go on being sent, nothing new is "
        "taken in",
        site->conf.state);
    return ERR_FULL;
}

void site_audit(struct site *site, const char *event, const char *format, ...)
{
    char detail[AUDIT_DETAIL_MAX + 1];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    audit_add(site->store, clock_wall_s(), event, detail);
}

void site_audit_refusal(struct site *site, const char *what, enum err err, const char *why)
{
    log_warn("refused what=%s error=%s why=\"%s\"", what, err_name(err), why);
    int64_t minute = clock_boot_ms() / MINUTE_MS;
    if (minute != site->refused_minute)
        site->refused_count = 0;
    site->refused_minute = minute;
    if (site->refused_count++ < REFUSALS_PER_MINUTE && site->ballast.room == BALLAST_PLENTY)
        site_audit(site, "refused", "%s: %s: %s", what, err_name(err), why);
}

static enum err check_roster(const struct site *site, struct roster *roster,
    char why[MESSAGES_DETAIL_SIZE], const struct message_sealed_bytes *sealed)
{
    enum err err = roster_open(roster, sealed->bytes, sealed->size, site->conf.fingerprint);
    if (err == ERR_KEY)
        site_explain(
            why, "the roster is not of the newsroom whose fingerprint the configuration pins");
    if (err == ERR_OK && site->has_roster)
        err = roster_check_successor(&site->roster, roster);
    if (err == ERR_REPLAY)
        site_explain(why,
            "the roster has number %u, the one in use has %u: make it with a higher number",
            roster->number, site->roster.number);
    return err;
}

enum err site_put_roster(
    struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct message_sealed_bytes *sealed)
{
    struct roster roster;
    why[0] = '\0';
    enum err err = check_roster(site, &roster, why, sealed);
    if (err != ERR_OK) {
        if (why[0] == '\0')
            site_explain(why, "%s", err_text(err));
        site_audit_refusal(site, "roster", err, why);
        return err;
    }
    staff_put_roster(site->store, roster.number, sealed, clock_wall_s());
    site_audit(site, "roster", "number=%u editors=%u approvals=%u", roster.number,
        roster.editor_count, roster.approvals);
    site->roster = roster;
    site->roster_bytes = *sealed;
    site->has_roster = true;
    return ERR_OK;
}
