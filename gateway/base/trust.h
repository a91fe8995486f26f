/* trust: whether wall time may be believed where no network sets it. Pure. Three things speak against it: a floor, the last time that was
 * believed and is on disk; a witness, the time stamp of an operator's centre in a text or report; and what was believed before. The
 * latter two are carried on by a clock that never steps. A step back is not believed; a step forward is, once it has stood for
 * TRUST_SETTLE_MS or a witness says the same.
 */
#ifndef GATEWAY_BASE_TRUST_H
#define GATEWAY_BASE_TRUST_H

#include <stdint.h>

#define TRUST_LEAST_S 1735689600  /* 2025-01-01Z: no gateway ran before */
#define TRUST_SLACK_S 900         /* by which clocks may differ */
#define TRUST_LEAP_S 63072000     /* two years: a gateway that was off for longer asks a witness */
#define TRUST_WITNESS_MS 86400000 /* a day: so long a witness counts */
#define TRUST_SETTLE_MS 1800000   /* half an hour */

enum trust_verdict {
    TRUST_VERIFIED,
    TRUST_BEHIND, /* it is later than the clock says */
    TRUST_AHEAD   /* it is, as far as is known, earlier than the clock says */
};

/* Two times of one moment. */
struct trust_moment {
    int64_t wall_s;  /* 0: there is none */
    int64_t boot_ms; /* CLOCK_BOOTTIME */
};

struct trust {
    int64_t floor_s; /* 0: none yet, then all from TRUST_LEAST_S on is believed */
    struct trust_moment witness;
    struct trust_moment believed; /* when the clock was judged last and believed */
    struct trust_moment step;     /* when it was first seen ahead of that */
};

/* What a clock that was right at that moment would say now. */
int64_t trust_carry_on(const struct trust_moment *moment, int64_t boot_ms);
/* An operator's centre says that it is stamp_s. A text may have waited for days, so that only a later stamp than what was known counts. */
void trust_hear(struct trust *trust, int64_t stamp_s, int64_t boot_ms);
/* Of two witnesses the later one: a clock that agrees with it is believed, however far it is from the floor. */
enum trust_verdict trust_judge(struct trust *trust, int64_t wall_s, int64_t boot_ms);
/* Judges, and says what time it is as far as is known: the clock's, where it is believed; else the latest of what speaks
 * against it, carried on. */
int64_t trust_tell_s(
    struct trust *trust, enum trust_verdict *verdict, int64_t wall_s, int64_t boot_ms);

#endif
