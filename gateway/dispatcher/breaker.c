#include "gateway/dispatcher/breaker.h"

#define ELSEWHERE 2 /* failures after which a delivery says nothing of the modem */
#define SHARE 32 /* of the time since it opened first: a pause that is over by so little too late */
#define SPREAD_STEPS 256 /* a pause grows by up to a quarter, in so many steps */
#define SPREAD_PART 4
#define SPREAD_FACTOR 2654435761U /* Knuth's: neighbours land far apart */

/* By cause: how many deliveries in a row it takes (0: never the modem's fault), the first pause and the longest. In between a
 * pause is a share of how long it has been failing: what was short is over at once, and what lasts is seldom asked. A network
 * that is back is used at once: the modem itself refuses a text while there is none, which costs nothing. */
static const struct {
    unsigned failures;
    int64_t least_ms;
    int64_t most_ms;
} rules[MESSAGE_CAUSE_COUNT] = {
    [MESSAGE_CAUSE_NETWORK] = {3, 3000, 10000},
    [MESSAGE_CAUSE_NUMBER] = {0, 0, 0},
    [MESSAGE_CAUSE_TEXT] = {0, 0, 0},
    [MESSAGE_CAUSE_SIM] = {1, 1000, 60000},
    [MESSAGE_CAUSE_MODEM] = {3, 2000, 60000},
};

static const char *const names[MESSAGE_BREAKER_COUNT] = {
    [MESSAGE_BREAKER_CLOSED] = "closed",
    [MESSAGE_BREAKER_OPEN] = "open",
    [MESSAGE_BREAKER_TRYING] = "trying",
};

const char *breaker_print(enum message_breaker state)
{
    return (unsigned)state < MESSAGE_BREAKER_COUNT ? names[state] : "?";
}

static int64_t pause_of(const struct breaker *breaker, uint32_t seed, int64_t now_ms)
{
    int64_t pause_ms = (now_ms - breaker->since_ms) / SHARE;
    if (pause_ms < rules[breaker->cause].least_ms)
        pause_ms = rules[breaker->cause].least_ms;
    if (pause_ms > rules[breaker->cause].most_ms)
        pause_ms = rules[breaker->cause].most_ms;
    uint32_t step = ((seed + breaker->trips * 97) * SPREAD_FACTOR) >> 24;
    return pause_ms + pause_ms * (int64_t)step / SPREAD_STEPS / SPREAD_PART;
}

static bool counts(const struct breaker *breaker, const struct breaker_failure *failure)
{
    if (breaker->state == MESSAGE_BREAKER_TRYING)
        return true;
    return breaker->state == MESSAGE_BREAKER_CLOSED && failure->before < ELSEWHERE &&
           (breaker->failures == 0 || failure->delivery != breaker->delivery);
}

bool breaker_fail(struct breaker *breaker, const struct breaker_failure *failure, int64_t now_ms)
{
    enum message_cause cause = failure->cause;
    if ((unsigned)cause >= MESSAGE_CAUSE_COUNT || rules[cause].failures == 0 ||
        !counts(breaker, failure))
        return false;
    breaker->failures++;
    breaker->delivery = failure->delivery;
    breaker->cause = cause;
    if (breaker->state == MESSAGE_BREAKER_CLOSED && breaker->failures < rules[cause].failures)
        return false;
    breaker->state = MESSAGE_BREAKER_OPEN;
    if (breaker->trips == 0)
        breaker->since_ms = now_ms;
    breaker->until_ms = now_ms + pause_of(breaker, failure->seed, now_ms);
    breaker->trips++;
    return true;
}

bool breaker_succeed(struct breaker *breaker)
{
    bool changed = breaker->state != MESSAGE_BREAKER_CLOSED;
    *breaker = (struct breaker){.state = MESSAGE_BREAKER_CLOSED};
    return changed;
}

bool breaker_check(struct breaker *breaker, int64_t now_ms)
{
    if (breaker->state != MESSAGE_BREAKER_OPEN || now_ms < breaker->until_ms)
        return false;
    breaker->state = MESSAGE_BREAKER_TRYING;
    return true;
}

bool breaker_wake(struct breaker *breaker, enum message_cause cause)
{
    if (breaker->state != MESSAGE_BREAKER_OPEN || breaker->cause != cause)
        return false;
    breaker->state = MESSAGE_BREAKER_TRYING;
    return true;
}

uint32_t breaker_room(const struct breaker *breaker)
{
    static const uint32_t room[MESSAGE_BREAKER_COUNT] = {
        [MESSAGE_BREAKER_CLOSED] = UINT32_MAX,
        [MESSAGE_BREAKER_OPEN] = 0,
        [MESSAGE_BREAKER_TRYING] = 1,
    };
    return room[breaker->state];
}
