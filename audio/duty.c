#include "audio/duty.h"

#include <string.h>

#define PERCENT 100

void duty_add(struct duty *duty, int64_t begin_ms, int64_t end_ms)
{
    if (duty->count == DUTY_SPANS_MAX) {
        /* the pause between them counts as keyed: on the safe side */
        duty->spans[1].begin_ms = duty->spans[0].begin_ms;
        duty->count--;
        memmove(&duty->spans[0], &duty->spans[1], duty->count * sizeof(duty->spans[0]));
    }
    duty->spans[duty->count++] = (struct duty_span){begin_ms, end_ms};
}

int64_t duty_used_ms(const struct duty *duty, int64_t now_ms)
{
    int64_t from_ms = now_ms - DUTY_WINDOW_MS;
    int64_t used_ms = 0;

    for (size_t i = 0; i < duty->count; i++) {
        const struct duty_span *span = &duty->spans[i];
        int64_t begin_ms = span->begin_ms > from_ms ? span->begin_ms : from_ms;

        if (span->end_ms > begin_ms)
            used_ms += span->end_ms - begin_ms;
    }
    return used_ms;
}

/* The transmission's own last moment sees the fullest hour: it must have room then. */
static int64_t over_ms(const struct duty *duty, int64_t now_ms, int64_t length_ms, int64_t most_ms)
{
    int64_t used_ms = duty_used_ms(duty, now_ms + length_ms);

    return used_ms + length_ms - most_ms;
}

int64_t duty_wait_ms(const struct duty *duty, int64_t now_ms, int64_t length_ms, unsigned percent)
{
    int64_t most_ms = (int64_t)DUTY_WINDOW_MS / PERCENT * percent;
    int64_t at_ms = now_ms;
    int64_t over;

    if (length_ms > most_ms)
        length_ms = most_ms;
    /* each second waited frees at most a second: so as many may be waited at once */
    while ((over = over_ms(duty, at_ms, length_ms, most_ms)) > 0)
        at_ms += over;
    return at_ms - now_ms;
}
