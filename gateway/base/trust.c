#include "gateway/base/trust.h"

#include <stdbool.h>

#define MS_PER_S 1000

int64_t trust_carry_on(const struct trust_moment *moment, int64_t boot_ms)
{
    return moment->wall_s + (boot_ms - moment->boot_ms) / MS_PER_S;
}

static bool has_witness(const struct trust *trust, int64_t boot_ms)
{
    return trust->witness.wall_s != 0 && boot_ms - trust->witness.boot_ms <= TRUST_WITNESS_MS;
}

void trust_hear(struct trust *trust, int64_t stamp_s, int64_t boot_ms)
{
    if (stamp_s < trust->floor_s - TRUST_SLACK_S)
        return;
    if (has_witness(trust, boot_ms) && stamp_s <= trust_carry_on(&trust->witness, boot_ms))
        return;
    trust->witness = (struct trust_moment){stamp_s, boot_ms};
}

/* The earliest that it can be, as far as is known; 0: nothing is. */
static int64_t find_least(const struct trust *trust, int64_t boot_ms)
{
    int64_t least_s = trust->floor_s;

    if (has_witness(trust, boot_ms) && trust_carry_on(&trust->witness, boot_ms) > least_s)
        least_s = trust_carry_on(&trust->witness, boot_ms);
    if (trust->believed.wall_s != 0 && trust_carry_on(&trust->believed, boot_ms) > least_s)
        least_s = trust_carry_on(&trust->believed, boot_ms);
    return least_s;
}

/* It has stepped forward, and not stood there for long. Another step begins anew. */
static bool has_stepped(struct trust *trust, int64_t least_s, int64_t wall_s, int64_t boot_ms)
{
    int64_t more_s = trust->step.wall_s == 0 ? 0 : wall_s - trust_carry_on(&trust->step, boot_ms);

    if (trust->believed.wall_s == 0 || wall_s <= least_s + TRUST_SLACK_S) {
        trust->step.wall_s = 0;
        return false;
    }
    if (trust->step.wall_s == 0 || more_s > TRUST_SLACK_S || more_s < -TRUST_SLACK_S)
        trust->step = (struct trust_moment){wall_s, boot_ms};
    return boot_ms - trust->step.boot_ms < TRUST_SETTLE_MS;
}

enum trust_verdict trust_judge(struct trust *trust, int64_t wall_s, int64_t boot_ms)
{
    int64_t least_s = find_least(trust, boot_ms);
    bool stepped = has_stepped(trust, least_s, wall_s, boot_ms);

    if (wall_s < TRUST_LEAST_S || wall_s < least_s - TRUST_SLACK_S)
        return TRUST_BEHIND;
    if (stepped || (least_s != 0 && wall_s > least_s + TRUST_LEAP_S))
        return TRUST_AHEAD;
    trust->believed = (struct trust_moment){wall_s, boot_ms};
    return TRUST_VERIFIED;
}

int64_t trust_tell_s(
    struct trust *trust, enum trust_verdict *verdict, int64_t wall_s, int64_t boot_ms)
{
    int64_t least_s = find_least(trust, boot_ms);

    *verdict = trust_judge(trust, wall_s, boot_ms);
    return *verdict == TRUST_VERIFIED || least_s == 0 ? wall_s : least_s;
}
