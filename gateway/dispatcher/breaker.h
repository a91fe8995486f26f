/* breaker: whether a modem may be given work after what became of the work before. Pure: the caller brings the time.
 *
 *   closed --(so many deliveries in a row failed by its fault)--> open --(the pause is over)--> trying
 *   trying --(a part was sent)--> closed        trying --(one more failure)--> open again
 *
 * Whose fault a cause is, how many it takes and how long the pause is stands in one table (breaker.c). A number or a text that
 * fails is never the modem's fault; failures of one and the same delivery count once, and not at all once it has failed
 * elsewhere: nobody's phone stops a modem.
 */
#ifndef GATEWAY_DISPATCHER_BREAKER_H
#define GATEWAY_DISPATCHER_BREAKER_H

#include "gateway/messages/messages.h"

#include <stdbool.h>

struct breaker {
    enum message_breaker state;
    enum message_cause cause; /* of the failures that count */
    unsigned failures;        /* deliveries in a row that failed by the modem's fault */
    unsigned trips;           /* how often it opened since a part was last sent */
    uint64_t delivery;        /* the last one that failed */
    int64_t since_ms;         /* when it opened first since then */
    int64_t until_ms;         /* open: until then */
};

/* What failed. */
struct breaker_failure {
    enum message_cause cause;
    uint64_t delivery;
    unsigned before; /* how often that delivery had failed before, by whatever modem */
    uint32_t seed;   /* the modem's id: spreads the pauses of several modems */
};

/* True if the state changed. */
bool breaker_fail(struct breaker *breaker, const struct breaker_failure *failure, int64_t now_ms);
/* A part was sent. True if the state changed. */
bool breaker_succeed(struct breaker *breaker);
/* The pause may be over. True if the state changed. */
bool breaker_check(struct breaker *breaker, int64_t now_ms);
/* What it was set aside for may be over, or there is something urgent: if this was at fault it is tried at once. True if the
 * state changed. */
bool breaker_wake(struct breaker *breaker, enum message_cause cause);
/* How many parts the modem may have at a time: none, one, or as many as it can hold (UINT32_MAX). */
uint32_t breaker_room(const struct breaker *breaker);
/* "closed", "open", "trying". */
const char *breaker_print(enum message_breaker state);

#endif
