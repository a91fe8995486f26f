#include "gateway/dispatcher/timing.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/store/floor.h"

#include <stdlib.h>

#define TOLD_SLACK_S 2 /* by which what was told may differ, carried on */

void timing_tick(struct peers *peers)
{
    struct trust_moment now = {site_now_s(peers->site), clock_boot_ms()};
    int64_t off_s = now.wall_s - trust_carry_on(&peers->told, now.boot_ms);
    struct message message = {.type = MESSAGE_CLOCK, .fd = -1};

    if (peers->told.wall_s != 0 && llabs(off_s) < TOLD_SLACK_S)
        return;
    message.as.clock.wall_s = now.wall_s;
    message.as.clock.boot_ms = now.boot_ms;
    if (peers_tell_radio(peers, &message))
        peers->told = now;
}

enum err timing_trust(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    int64_t now_s = clock_wall_s();

    (void)request;
    if (now_s < TRUST_LEAST_S) {
        site_explain(why, "the clock is before 2025: set it first");
        return ERR_VALUE;
    }
    site->trust = (struct trust){.floor_s = now_s};
    floor_put_s(site->store, now_s);
    site_audit(site, "clock", "believed as it is");
    log_warn("clock_trusted");
    (void)site_now_s(site);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    return ERR_OK;
}
