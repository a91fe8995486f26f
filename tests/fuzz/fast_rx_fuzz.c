/* A fast burst that was changed in any way, as codec2's receiver hears it behind our scout: what comes out is finite and in bounds, and no
 * sound is given to that receiver twice.
 *
 * Each step takes 4 bytes: what (0-1 bytes as samples, 2 silence, 3 a full-scale square wave, 4 the burst from elsewhere, 5 louder or
 * fainter, 6 the other way round, 7 left out), place, length, level.
 */
#include "audio/fast_rx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 4
#define STEPS_MAX 64
#define UNIT 160 /* samples to a step's length and place */
#define WHATS 8
#define LEAD 800
#define SAMPLES (LEAD + DATAC_FAST_SAMPLES + 8000)

struct sound {
    size_t count;
    int16_t samples[SAMPLES];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_packet(void *arg, const struct fast_rx_packet *packet)
{
    (void)arg;
    if (!isfinite(packet->snr_db) || packet->snr_db < DATAC_SNR_MIN_DB ||
        packet->snr_db > DATAC_SNR_MAX_DB || !isfinite(packet->offset_hz))
        abort();
}

static const struct sound *make_burst(void)
{
    static struct sound sound;
    static const uint8_t payload[DATAC_FAST_PAYLOAD_SIZE] = {0x43, 1, 2, 3};
    struct pcm air;
    if (sound.count)
        return &sound;
    struct datac_modulator *modulator = datac_fast_modulator_new();
    pcm_init(&air, DATAC_RATE_HZ);
    datac_fast_modulate(modulator, &air, payload, 0);
    datac_modulator_free(modulator);
    memcpy(sound.samples + LEAD, air.samples, DATAC_FAST_SAMPLES * sizeof sound.samples[0]);
    sound.count = SAMPLES;
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
        return make_burst()->samples[(at + step[3] * (size_t)UNIT) % SAMPLES];
    case 5:
        return (int16_t)fmax(fmin(value * step[3] / 32, INT16_MAX), INT16_MIN);
    default:
        return (int16_t)fmin(-value, INT16_MAX);
    }
}

/* How many bytes of data it used up beside the step itself. */
static size_t apply(struct sound *sound, const uint8_t *step, size_t left)
{
    size_t from = step[1] * (size_t)UNIT, count = (step[2] + 1u) * (size_t)UNIT, used = 0;
    if (from >= sound->count)
        return 0;
    count = count < sound->count - from ? count : sound->count - from;
    if (step[0] % WHATS < 2) {
        used = 2 * count < left ? 2 * count : left;
        memcpy(sound->samples + from, step + STEP_SIZE, used);
    } else if (step[0] % WHATS == 7) {
        sound->count -= count;
        memmove(sound->samples + from, sound->samples + from + count,
            (sound->count - from) * sizeof sound->samples[0]);
    } else {
        for (size_t n = 0; n < count; n++)
            sound->samples[from + n] = change(sound, from + n, step, n);
    }
    return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sound sound;
    unsigned steps = 0;
    sound = *make_burst();
    for (size_t at = 0; at + STEP_SIZE <= size && steps < STEPS_MAX; steps++)
        at += STEP_SIZE + apply(&sound, data + at, size - at - STEP_SIZE);
    struct fast_rx *rx = fast_rx_new(take_packet, NULL);
    fast_rx_take(rx, sound.samples, sound.count);
    struct fast_rx_counts counts = fast_rx_count(rx);
    if (counts.fed > sound.count || counts.good + counts.bad > 2)
        abort();
    fast_rx_free(rx);
    return 0;
}
