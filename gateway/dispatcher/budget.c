#include "gateway/dispatcher/budget.h"

#include <string.h>

#define MS_PER_S 1000
#define MS_PER_MIN 60000
#define HOUR_MIN 60
#define DAY_MIN 1440

void budget_init(struct budget *budget, const struct budget_limits *limits, int64_t now_ms)
{
    memset(budget, 0, sizeof *budget);
    budget->limits = *limits;
    budget->second = now_ms / MS_PER_S;
    budget->minute = now_ms / MS_PER_MIN;
}

/* Moves a ring's end on; what falls out is forgotten. Time never goes back here. */
static void turn(uint32_t *ring, unsigned size, int64_t *end, int64_t now)
{
    for (unsigned i = 0; *end < now && i < size; i++)
        ring[++*end % size] = 0;
    if (*end < now)
        *end = now;
}

static void turn_both(struct budget *budget, int64_t now_ms)
{
    turn(budget->seconds, BUDGET_SECONDS, &budget->second, now_ms / MS_PER_S);
    turn(budget->minutes, BUDGET_MINUTES, &budget->minute, now_ms / MS_PER_MIN);
}

void budget_restore(struct budget *budget, uint32_t minutes_ago, uint32_t count)
{
    if (minutes_ago >= BUDGET_MINUTES)
        return;
    int64_t minute = budget->minute - (int64_t)minutes_ago + BUDGET_MINUTES;
    budget->minutes[minute % BUDGET_MINUTES] += count;
    if (minutes_ago <= 1)
        budget->seconds[budget->second % BUDGET_SECONDS] += count;
}

void budget_add(struct budget *budget, int64_t now_ms)
{
    turn_both(budget, now_ms);
    budget->seconds[budget->second % BUDGET_SECONDS]++;
    budget->minutes[budget->minute % BUDGET_MINUTES]++;
}

/* In the last minutes and the one that has begun. */
static uint32_t spent(const struct budget *budget, unsigned minutes)
{
    uint32_t sum = 0;
    for (unsigned i = 0; i <= minutes; i++)
        sum += budget->minutes[(budget->minute + BUDGET_MINUTES - (int64_t)i) % BUDGET_MINUTES];
    return sum;
}

static uint32_t left_of(uint32_t limit, uint32_t used)
{
    return limit == 0 ? BUDGET_NONE : limit > used ? limit - used : 0;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint32_t budget_rate(struct budget *budget, int64_t now_ms)
{
    uint32_t sum = 0;
    turn_both(budget, now_ms);
    for (unsigned i = 0; i < BUDGET_SECONDS; i++)
        sum += budget->seconds[i];
    return sum;
}

uint32_t budget_left(struct budget *budget, int64_t now_ms)
{
    const struct budget_limits *limits = &budget->limits;
    uint32_t left = left_of(limits->per_minute, budget_rate(budget, now_ms));
    if (limits->per_hour != 0)
        left = least(left, left_of(limits->per_hour, spent(budget, HOUR_MIN)));
    if (limits->per_day != 0)
        left = least(left, left_of(limits->per_day, spent(budget, DAY_MIN)));
    return left;
}

/* Of a limit for a time: what is left of it now, and all of it each time that has passed by then. */
static uint64_t allowed(uint32_t limit, uint32_t used, uint32_t times)
{
    return limit == 0 ? UINT64_MAX : left_of(limit, used) + (uint64_t)limit * times;
}

uint64_t budget_allows(struct budget *budget, int64_t now_ms, uint32_t minutes, uint32_t per_minute)
{
    const struct budget_limits *limits = &budget->limits;
    turn_both(budget, now_ms);
    uint32_t pace = limits->per_minute == 0 ? per_minute : least(per_minute, limits->per_minute);
    const uint64_t most[] = {(uint64_t)pace * minutes,
        allowed(limits->per_hour, spent(budget, HOUR_MIN), minutes / HOUR_MIN),
        allowed(limits->per_day, spent(budget, DAY_MIN), minutes / DAY_MIN)};
    uint64_t result = most[0];
    for (unsigned i = 1; i < sizeof most / sizeof most[0]; i++)
        if (most[i] < result)
            result = most[i];
    return result;
}
