/* A data burst that was changed in any way, where the receiver looks for one: what is heard of it is finite and in bounds, and two such
 * hearings together can be decoded or not.
 *
 * The first byte says how far the search begins from the truth; then each step takes 4 bytes: what (0-1 bytes as samples, 2 silence,
 * 3 a full-scale square wave, 4 the burst from elsewhere, 5 louder or fainter, 6 the other way round, 7 the second hearing
 * begins), place, length, level.
 */
#include "audio/burst.h"
#include "audio/combine.h"
#include "audio/datac.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 4
#define STEPS_MAX 64
#define UNIT 128 /* samples to a step's length and place */
#define WHATS 8
#define SECOND 7

struct sound {
    int16_t samples[BURST_SAMPLES];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sound *make_burst(void)
{
    static struct sound sound;
    static const uint8_t payload[DATAC_PAYLOAD_SIZE] = {0x43, 1, 2, 3};
    struct pcm air;
    if (sound.samples[BURST_SAMPLES / 2])
        return &sound;
    struct datac_modulator *modulator = datac_modulator_new();
    pcm_init(&air, DATAC_RATE_HZ);
    datac_modulate(modulator, &air, payload, 0);
    datac_modulator_free(modulator);
    for (size_t i = 0; i < WAVEFORM_SAMPLES && i < air.count; i++)
        sound.samples[BURST_SLACK_SAMPLES + i] = air.samples[i];
    pcm_wipe(&air);
    return &sound;
}

static int16_t change(const struct sound *sound, size_t at, const uint8_t *step, size_t n)
{
    double value = sound->samples[at];
    switch (step[0] % WHATS) {
    case 2:
        return 0;
    case 3:
        return n / (1u + step[3]) % 2 ? INT16_MAX : INT16_MIN;
    case 4:
        return make_burst()->samples[(at + step[3] * (size_t)UNIT) % BURST_SAMPLES];
    case 5:
        return (int16_t)fmax(fmin(value * step[3] / 32, INT16_MAX), INT16_MIN);
    default:
        return (int16_t)fmin(-value, INT16_MAX);
    }
}

/* How many bytes of data it used up beside the step itself. */
static size_t apply(struct sound *sound, const uint8_t *step, size_t left)
{
    size_t from = step[1] * (size_t)UNIT % BURST_SAMPLES, count = (step[2] + 1u) * (size_t)UNIT;
    count = count < BURST_SAMPLES - from ? count : BURST_SAMPLES - from;
    if (step[0] % WHATS < 2) {
        size_t used = 2 * count < left ? 2 * count : left;
        memcpy(sound->samples + from, step + STEP_SIZE, used);
        return used;
    }
    for (size_t n = 0; n < count; n++)
        sound->samples[from + n] = change(sound, from + n, step, n);
    return 0;
}

static void hear(const struct sound *sound, double offset_hz, struct combine *combine)
{
    static struct burst *burst;
    struct burst_heard heard;
    uint8_t packet[BURST_PACKET_SIZE];
    if (!burst)
        burst = burst_new();
    burst_hear(&heard, burst, sound->samples, offset_hz);
    if (!isfinite(heard.coherence) || !isfinite(heard.offset_hz) ||
        abs(heard.late) > BURST_SLACK_SAMPLES)
        abort();
    if (heard.coherence < BURST_COHERENCE_MIN)
        return;
    if (!isfinite(heard.snr_db))
        abort();
    const float *together = combine_add(combine, heard.likely);
    if (!together)
        return;
    (void)burst_decode(packet, burst, together);
    combine_remove(combine, together);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct combine combine;
    static struct sound sound;
    double offset_hz = size ? (data[0] - 128) / 16.0 : 0;
    unsigned steps = 0, hearings = 1;
    combine.count = 0;
    sound = *make_burst();
    for (size_t at = 1; at + STEP_SIZE <= size && steps < STEPS_MAX; steps++) {
        if (data[at] % WHATS == SECOND && hearings == 1) {
            hear(&sound, offset_hz, &combine);
            hearings++;
        }
        at += STEP_SIZE + apply(&sound, data + at, size - at - STEP_SIZE);
    }
    hear(&sound, offset_hz, &combine);
    return 0;
}
