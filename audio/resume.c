#include "audio/resume.h"

struct resume resume_note(
    uint32_t key, const struct live_made *made, uint32_t played_ms, int64_t now_ms)
{
    return (struct resume){.key = key,
        .made_ms = made->at_ms,
        .at_ms = live_find_start(made, played_ms),
        .happened_ms = now_ms};
}

uint32_t resume_find(const struct resume *resume, const struct live *live, int64_t now_ms)
{
    if (resume->key != schedule_key(&live->item) || resume->made_ms != live->made.at_ms ||
        now_ms - resume->happened_ms > RESUME_MOST_MS)
        return 0;
    return resume->at_ms;
}
