#include "gateway/base/trust.h"

#include <stdbool.h>

#define MS_PER_S 1000

/* What the witness would say now. */
static int64_t carried_on(const struct trust *trust, int64_t boot_ms)
{
    return trust->witness_s + (boot_ms - trust->witness_boot_ms) / MS_PER_S;
}

static bool has_witness(const struct trust *trust, int64_t boot_ms)
{
    return trust->witness_s != 0 && boot_ms - trust->witness_boot_ms <= TRUST_WITNESS_MS;
}

void trust_hear(struct trust *trust, int64_t stamp_s, int64_t boot_ms)
{
    if (stamp_s < trust->floor_s - TRUST_SLACK_S)
        return;
    if (has_witness(trust, boot_ms) && stamp_s <= carried_on(trust, boot_ms))
        return;
    trust->witness_s = stamp_s;
    trust->witness_boot_ms = boot_ms;
}

enum trust_verdict trust_judge(const struct trust *trust, int64_t wall_s, int64_t boot_ms)
{
    int64_t least_s = trust->floor_s;
    bool witness = has_witness(trust, boot_ms);
    if (witness && carried_on(trust, boot_ms) > least_s)
        least_s = carried_on(trust, boot_ms);
    if (wall_s < TRUST_LEAST_S || wall_s < least_s - TRUST_SLACK_S)
        return TRUST_BEHIND;
    if (least_s != 0 && wall_s > least_s + TRUST_LEAP_S)
        return TRUST_AHEAD;
    return TRUST_VERIFIED;
}
