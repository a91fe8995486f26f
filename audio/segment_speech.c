/* Plain speech for whoever has only ears: compressed, since a transmitter is limited by its peak. Behind what is said of the bulletin the
 * station signs off: its call sign, and when its broadcasts begin. */
#include "audio/script_sign.h"
#include "audio/segment.h"
#include "audio/shape.h"
#include "audio/speech.h"

#include <stdlib.h>

#define LOW_HZ 300
#define SIGN_PAUSE_MS 300

struct plain {
    const struct pcm *speech;
    struct pcm sign; /* empty: there is nothing to be said */
    double high_hz;
};

/* Synthesised, whoever read the bulletin. */
static enum err speak_sign(
    struct pcm *sign, const struct programme_input *input, enum bulletin_language language)
{
    const struct script_sign script = {input->call, input->times, language};
    char words[NORMAL_TEXT_MAX];
    enum err err = script_sign_write(words, sizeof(words), &script);

    if (err == ERR_MISSING)
        return ERR_OK;
    return err ? err : speech_say(sign, words, language, SEGMENT_RATE_HZ);
}

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct plain *plain = segment_allocate(sizeof(*plain));
    enum err err;

    *state = plain;
    plain->high_hz = source->high_hz;
    err = segment_speak(&plain->speech, source, wish);
    return err ? err : speak_sign(&plain->sign, source->input, wish->language);
}

static size_t count_sign(const struct plain *plain)
{
    return plain->sign.count > 0 ? segment_count_samples(SIGN_PAUSE_MS) + plain->sign.count : 0;
}

static size_t samples(const void *state)
{
    const struct plain *plain = state;

    return plain->speech->count + count_sign(plain) + segment_count_samples(SEGMENT_PAUSE_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct plain *plain = state;
    struct pcm shaped;

    pcm_init(&shaped, SEGMENT_RATE_HZ);
    pcm_append(&shaped, plain->speech->samples, plain->speech->count);
    if (plain->sign.count > 0) {
        pcm_append_silence(&shaped, SIGN_PAUSE_MS);
        pcm_append(&shaped, plain->sign.samples, plain->sign.count);
    }
    shape_compress(&shaped, LOW_HZ, plain->high_hz);
    shape_peak(&shaped, SEGMENT_PEAK);
    pcm_append(pcm, shaped.samples, shaped.count);
    pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    pcm_wipe(&shaped);
    return ERR_OK;
}

static void destroy(void *state)
{
    struct plain *plain = state;

    if (plain)
        pcm_wipe(&plain->sign);
    free(plain);
}

const struct segment_kind segment_speech = {.name = "speech",
    .each = true,
    .create = create,
    .samples = samples,
    .render = render,
    .destroy = destroy};
