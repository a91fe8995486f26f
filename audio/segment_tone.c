/* A tone by which people tune and receivers find their offset; and silence. */
#include "audio/segment.h"
#include "audio/tone.h"

#include <stdlib.h>

struct stretch {
    unsigned milliseconds;
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct stretch *stretch = segment_allocate(sizeof(*stretch));

    (void)source;
    stretch->milliseconds = wish->milliseconds;
    *state = stretch;
    return ERR_OK;
}

static size_t samples(const void *state)
{
    const struct stretch *stretch = state;

    return segment_count_samples(stretch->milliseconds);
}

static enum err render_tone(struct pcm *pcm, const void *state)
{
    const struct stretch *stretch = state;

    tone_append(pcm, TONE_HZ, stretch->milliseconds, SEGMENT_PEAK);
    return ERR_OK;
}

static enum err render_pause(struct pcm *pcm, const void *state)
{
    const struct stretch *stretch = state;

    pcm_append_silence(pcm, stretch->milliseconds);
    return ERR_OK;
}

const struct segment_kind segment_tone = {
    .name = "tone", .create = create, .samples = samples, .render = render_tone, .destroy = free};

const struct segment_kind segment_pause = {.name = "silence",
    .create = create,
    .samples = samples,
    .render = render_pause,
    .destroy = free};
