/* resume: where a transmission goes on that failed in the middle, so that who listens need not hear all of it again: at the beginning
 * of the segment that was interrupted, if that is soon and the sound is the same. Pure: the time (boot clock) is a parameter.
 */
#ifndef AUDIO_RESUME_H
#define AUDIO_RESUME_H

#include "audio/live.h"

#define RESUME_MOST_MS 120000 /* later than that it begins at the beginning again */

struct resume {
    uint32_t key;        /* schedule_key; 0: nothing has failed */
    int64_t made_ms;     /* of the sound */
    uint32_t at_ms;      /* in the sound */
    int64_t happened_ms; /* when */
};

/* The sound `made` of the one with this schedule_key has been heard until played_ms of it, and no more. */
struct resume resume_note(
    uint32_t key, const struct live_made *made, uint32_t played_ms, int64_t now_ms);
/* Where it is to begin; 0: at its beginning. */
uint32_t resume_find(const struct resume *resume, const struct live *live, int64_t now_ms);

#endif
