/* budget: how many parts a modem may send in any minute, hour and day, counted in rings of seconds and minutes. Pure: the
 * caller brings the time (CLOCK_BOOTTIME) and keeps the minutes on disk.
 */
#ifndef GATEWAY_DISPATCHER_BUDGET_H
#define GATEWAY_DISPATCHER_BUDGET_H

#include <stdint.h>

#define BUDGET_NONE UINT32_MAX /* no limit */
#define BUDGET_SECONDS 61      /* a minute and the second that has begun */
#define BUDGET_MINUTES 1441    /* a day and the minute that has begun */

/* The most in any of these times; 0 no limit. */
struct budget_limits {
    uint32_t per_minute;
    uint32_t per_hour;
    uint32_t per_day;
};

struct budget {
    struct budget_limits limits;
    int64_t second; /* that the ring of seconds ends with */
    int64_t minute;
    uint32_t seconds[BUDGET_SECONDS];
    uint32_t minutes[BUDGET_MINUTES];
};

void budget_init(struct budget *budget, const struct budget_limits *limits, int64_t now_ms);
/* What is known from before: so many, so many minutes ago. What may lie within the last minute counts as sent just now. */
void budget_restore(struct budget *budget, uint32_t minutes_ago, uint32_t count);
/* One part is given to the modem. */
void budget_add(struct budget *budget, int64_t now_ms);
/* How many may be given now; BUDGET_NONE. */
uint32_t budget_left(struct budget *budget, int64_t now_ms);
/* How many were given in the last minute. */
uint32_t budget_rate(struct budget *budget, int64_t now_ms);
/* How many the limits allow within the next minutes at a pace of per_minute at most; rather too few than too many. */
uint64_t budget_allows(
    struct budget *budget, int64_t now_ms, uint32_t minutes, uint32_t per_minute);

#endif
