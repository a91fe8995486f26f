/* Any sound, in pieces of any size, through a receiver of digital voice. No more speech comes out than sound went in, and of texts
 * only such as are promised.
 *
 * The first byte is the mode. Each step then takes 4 bytes: what (0-2 bytes as samples, 3 silence, 4-6 a piece of the mode's
 * voice, 7 a full-scale square wave), length, place, level.
 */
#include "audio/voice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 4
#define SAMPLES_MAX 100000 /* 12 s of one input: a text takes 5 */
#define UNIT 256           /* samples to a step's length and place */
#define KNOWN_S 20

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_text(void *arg, const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-";
    size_t size = strlen(text);
    (void)arg;
    if (size == 0 || size > VOICE_TEXT_MAX || strspn(text, letters) != size)
        abort();
}

/* A mode's voice, so that the search begins near it. */
static const struct pcm *make_known(enum voice_mode mode)
{
    static struct pcm known[VOICE_MODE_COUNT];
    struct pcm speech;
    if (known[mode].count)
        return &known[mode];
    pcm_init(&speech, VOICE_RATE_HZ);
    pcm_append_silence(&speech, KNOWN_S * 1000);
    if (voice_encode(&known[mode], &speech, mode, "UN7ABC"))
        abort();
    pcm_wipe(&speech);
    return &known[mode];
}

/* Samples of one step; how many bytes of data it used up beside the step itself. */
static size_t fill(
    int16_t *samples, size_t count, enum voice_mode mode, const uint8_t *step, size_t left)
{
    unsigned what = step[0] % 8;
    size_t used = 0;
    const struct pcm *known = make_known(mode);
    memset(samples, 0, count * sizeof samples[0]);
    if (what < 3) {
        used = 2 * count < left ? 2 * count : left;
        memcpy(samples, step + STEP_SIZE, used);
    }
    for (size_t i = 0; i < count && what > 3; i++) {
        size_t from = step[2] * (size_t)UNIT + i;
        int square = i / (1u + step[2]) % 2 ? INT16_MAX : INT16_MIN;
        int voice = known->samples[from % known->count] * (step[3] + 1) / 256;
        samples[i] = (int16_t)(what == 7 ? square : voice);
    }
    return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int16_t samples[256 * UNIT];
    struct pcm speech;
    if (size == 0)
        return 0;
    enum voice_mode mode = (enum voice_mode)(data[0] % VOICE_MODE_COUNT);
    struct voice_receiver *receiver = voice_receiver_new(mode);
    size_t heard = 0;
    pcm_init(&speech, VOICE_RATE_HZ);
    voice_receiver_hear_text(receiver, take_text, NULL);
    for (size_t at = 1; at + STEP_SIZE <= size && heard < SAMPLES_MAX;) {
        size_t count = (data[at + 1] + 1u) * (size_t)UNIT - data[at + 3] % UNIT;
        count = count < SAMPLES_MAX - heard ? count : SAMPLES_MAX - heard;
        at += STEP_SIZE + fill(samples, count, mode, data + at, size - at - STEP_SIZE);
        voice_receiver_push(receiver, &speech, samples, count);
        heard += count;
    }
    if (speech.count > heard + 2 * voice_frame_samples(mode) ||
        voice_receiver_frames(receiver) * voice_frame_samples(mode) > speech.count ||
        !isfinite(voice_receiver_snr_db(receiver)))
        abort();
    pcm_wipe(&speech);
    voice_receiver_free(receiver);
    return 0;
}
