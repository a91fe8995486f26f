#include "gateway/dispatcher/held.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/dispatcher/outcome.h"
#include "gateway/dispatcher/peers.h"
#include "gateway/store/copy.h"
#include "gateway/store/inbox.h"
#include "gateway/store/staff.h"

static unsigned hold_all(struct site *site)
{
    unsigned count = 0;
    for (; site->plan.count > 0; count++) {
        uint32_t key = site->plan.entries[0]->key;
        bulletins_set_state(site->store, key, MESSAGE_BULLETIN_HELD);
        plan_remove(&site->plan, key);
    }
    return count;
}

/* Numbers that this site has given away since the backup must not be given again. */
static uint32_t number_floor(struct site *site)
{
    uint32_t highest = bulletins_highest(site->store);
    uint32_t reserved = staff_highest(site->store);
    return (highest > reserved ? highest : reserved) + COPY_NUMBER_GAP;
}

void held_begin(struct site *site)
{
    char made[CLOCK_UTC_SIZE];
    int64_t made_s = copy_made_s(site->store);
    if (made_s == 0)
        return;
    uint32_t floor = number_floor(site);
    unsigned count = hold_all(site);
    inbox_drop_all(site->store);
    copy_take_up(site->store, floor);
    clock_print_utc(made, made_s);
    site_audit(site, "restore", "backup of %s, %u bulletins held, numbers go on after %u", made,
        count, floor);
    log_warn("restored backup=%s held=%u: 'dabylctl resume' lets them go on", made, count);
}

void held_tick(struct site *site)
{
    uint32_t keys[HELD_MAX];
    struct bulletins_entry row;
    if (site->time != TRUST_VERIFIED)
        return;
    unsigned count = bulletins_list_held(site->store, keys, HELD_MAX);
    for (unsigned i = 0; i < count; i++)
        if (bulletins_get(site->store, &row, keys[i]) == ERR_OK &&
            row.expires_s <= site_now_s(site))
            outcome_end_bulletin(site, keys[i], MESSAGE_BULLETIN_EXPIRED);
}

static void resume_one(struct site *site, uint32_t key)
{
    struct bulletins_entry row;
    if (bulletins_get(site->store, &row, key) != ERR_OK)
        return;
    bulletins_set_state(site->store, key, MESSAGE_BULLETIN_SENDING);
    plan_add(&site->plan, site->store, key);
    site->work = true;
    if (!row.aired)
        peers_air(site->peers, key);
    site_audit(site, "resume", "number=%u", row.number);
    log_info("bulletin_resumed number=%u", row.number);
}

enum err held_resume(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    uint32_t keys[HELD_MAX];
    uint64_t wanted = request->as.id.id;
    unsigned resumed = 0;
    unsigned count = bulletins_list_held(site->store, keys, HELD_MAX);
    for (unsigned i = 0; i < count; i++)
        if (wanted == 0 || keys[i] / 2 == wanted) {
            resume_one(site, keys[i]);
            resumed++;
        }
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = resumed;
    if (resumed > 0)
        return ERR_OK;
    if (count == 0)
        site_explain(why, "nothing is held");
    else
        site_explain(why, "bulletin %llu is not held", (unsigned long long)wanted);
    return ERR_MISSING;
}
