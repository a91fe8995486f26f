/* Digital voice: FreeDV 700D, which any FreeDV program hears. */
#include "audio/segment.h"
#include "audio/voice.h"

#include <stdlib.h>

struct digital {
    const struct pcm *speech;
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct digital *digital = segment_allocate(sizeof(*digital));

    *state = digital;
    return segment_speak(&digital->speech, source, wish);
}

static size_t samples(const void *state)
{
    const struct digital *digital = state;

    return voice_encoded_samples(digital->speech->count) + segment_count_samples(SEGMENT_PAUSE_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct digital *digital = state;
    struct pcm modem;
    enum err err = voice_encode(&modem, digital->speech);

    if (!err) {
        pcm_append(pcm, modem.samples, modem.count);
        pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    }
    pcm_wipe(&modem);
    return err;
}

const struct segment_kind segment_voice = {.name = "voice",
    .each = true,
    .create = create,
    .samples = samples,
    .render = render,
    .destroy = free};
