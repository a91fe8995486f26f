/* Plain speech for whoever has only ears: compressed, since a transmitter is limited by its peak. */
#include "audio/segment.h"
#include "audio/shape.h"

#include <stdlib.h>

#define LOW_HZ 300

struct plain {
    const struct pcm *speech;
    double high_hz;
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct plain *plain = segment_allocate(sizeof(*plain));

    *state = plain;
    plain->high_hz = source->high_hz;
    return segment_speak(&plain->speech, source, wish);
}

static size_t samples(const void *state)
{
    const struct plain *plain = state;

    return plain->speech->count + segment_count_samples(SEGMENT_PAUSE_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct plain *plain = state;
    struct pcm shaped;

    pcm_init(&shaped, SEGMENT_RATE_HZ);
    pcm_append(&shaped, plain->speech->samples, plain->speech->count);
    shape_compress(&shaped, LOW_HZ, plain->high_hz);
    shape_peak(&shaped, SEGMENT_PEAK);
    pcm_append(pcm, shaped.samples, shaped.count);
    pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    pcm_wipe(&shaped);
    return ERR_OK;
}

const struct segment_kind segment_speech = {.name = "speech",
    .each = true,
    .create = create,
    .samples = samples,
    .render = render,
    .destroy = free};
