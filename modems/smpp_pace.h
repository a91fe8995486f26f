/* smpp_pace: how fast a bind may submit: so many a second, so many unanswered, and less of both once the centre says that it is
 * throttled. Then nothing is submitted for a pause, which doubles while that goes on; the window is halved, and grows again by
 * one for each window of good answers. Pure: is told the time.
 */
#ifndef MODEMS_SMPP_PACE_H
#define MODEMS_SMPP_PACE_H

#include <stdbool.h>
#include <stdint.h>

#define SMPP_PACE_PAUSE_MIN_MS 500
#define SMPP_PACE_PAUSE_MAX_MS 30000

struct smpp_pace {
    unsigned per_second; /* 0: no limit */
    unsigned window;     /* most unanswered */
    unsigned allowed;    /* of them now */
    unsigned good;       /* answers since the window grew */
    int64_t tokens;      /* thousandths of a text that may be sent now */
    int64_t filled_ms;   /* when they were counted */
    int64_t pause_ms;    /* 0: all is well */
    int64_t until_ms;    /* nothing before */
};

void smpp_pace_init(struct smpp_pace *pace, unsigned per_second, unsigned window);
/* Whether one more may be submitted now beside open ones that are under way; if so it is counted. */
bool smpp_pace_take(struct smpp_pace *pace, unsigned open, int64_t now_ms);
/* Milliseconds until it is worth asking again when only time is in the way; 0 if it is not. */
int64_t smpp_pace_wait_ms(const struct smpp_pace *pace, int64_t now_ms);
void smpp_pace_good(struct smpp_pace *pace);
/* The answer was that there are too many. Several in one pause are one. */
void smpp_pace_throttled(struct smpp_pace *pace, int64_t now_ms);

#endif
