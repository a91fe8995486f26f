/* Digital voice, which any FreeDV program hears: "voice" (or "voice700d"), "voice700e", "voice2400" (voice.h). */
#include "audio/segment.h"
#include "audio/voice.h"

#include <stdlib.h>

struct digital {
    enum voice_mode mode;
    const struct pcm *speech;
    const char *name; /* who sends */
};

static enum err make(void **state, enum voice_mode mode, struct segment_source *source,
    const struct segment_wish *wish)
{
    struct digital *digital = segment_allocate(sizeof(*digital));

    *state = digital;
    digital->mode = mode;
    digital->name = source->input->call ? source->input->call : source->input->sender;
    return segment_speak(&digital->speech, source, wish);
}

static enum err create_700d(
    void **state, struct segment_source *source, const struct segment_wish *wish)
{
    return make(state, VOICE_700D, source, wish);
}

static enum err create_700e(
    void **state, struct segment_source *source, const struct segment_wish *wish)
{
    return make(state, VOICE_700E, source, wish);
}

static enum err create_2400b(
    void **state, struct segment_source *source, const struct segment_wish *wish)
{
    return make(state, VOICE_2400B, source, wish);
}

static size_t samples(const void *state)
{
    const struct digital *digital = state;

    return voice_encoded_samples(digital->mode, digital->speech->count) +
           segment_count_samples(SEGMENT_PAUSE_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct digital *digital = state;
    struct pcm modem;
    enum err err = voice_encode(&modem, digital->speech, digital->mode, digital->name);

    if (!err) {
        pcm_append(pcm, modem.samples, modem.count);
        pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    }
    pcm_wipe(&modem);
    return err;
}

const struct segment_kind segment_voice = {.name = "voice",
    .each = true,
    .create = create_700d,
    .samples = samples,
    .render = render,
    .destroy = free};

const struct segment_kind segment_voice_700e = {.name = "voice700e",
    .each = true,
    .create = create_700e,
    .samples = samples,
    .render = render,
    .destroy = free};

const struct segment_kind segment_voice_2400 = {.name = "voice2400",
    .each = true,
    .create = create_2400b,
    .samples = samples,
    .render = render,
    .destroy = free};
