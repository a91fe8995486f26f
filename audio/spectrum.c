#include "audio/spectrum.h"

#include "gateway/base/log.h"

#include <kissfft/kiss_fftr.h>
#include <math.h>
#include <stdlib.h>

#define TURN 6.283185307179586
#define FULL_SCALE 32768.0

struct spectrum {
    unsigned rate_hz;
    int size; /* samples; even, and quick to transform */
    kiss_fftr_cfg transform;
    float *window;
    float *moment;
    kiss_fft_cpx *lines; /* size / 2 + 1 */
};

static void *allocate(size_t count, size_t size)
{
    void *made = calloc(count, size);

    if (!made)
        log_fatal("no_memory");
    return made;
}

struct spectrum *spectrum_new(unsigned rate_hz)
{
    struct spectrum *spectrum = allocate(1, sizeof(*spectrum));
    size_t size;

    spectrum->rate_hz = rate_hz;
    spectrum->size = kiss_fftr_next_fast_size_real((int)(rate_hz / SPECTRUM_FINE_HZ));
    size = (size_t)spectrum->size;
    spectrum->transform = kiss_fftr_alloc(spectrum->size, 0, NULL, NULL);
    if (!spectrum->transform)
        log_fatal("no_memory");
    spectrum->window = allocate(size, sizeof(spectrum->window[0]));
    spectrum->moment = allocate(size, sizeof(spectrum->moment[0]));
    spectrum->lines = allocate(size / 2 + 1, sizeof(spectrum->lines[0]));
    for (size_t i = 0; i < size; i++) /* Hann's; its mean is a half */
        spectrum->window[i] = (float)(0.5 - 0.5 * cos(TURN * (double)i / (double)size));
    return spectrum;
}

void spectrum_free(struct spectrum *spectrum)
{
    if (!spectrum)
        return;
    kiss_fftr_free(spectrum->transform);
    free(spectrum->window);
    free(spectrum->moment);
    free(spectrum->lines);
    free(spectrum);
}

size_t spectrum_size(const struct spectrum *spectrum)
{
    return (size_t)spectrum->size;
}

void spectrum_add(
    double *power, size_t count, struct spectrum *spectrum, const struct pcm *pcm, size_t at)
{
    size_t size = (size_t)spectrum->size, bins = size / 2 + 1;
    double scale = 4.0 / (double)size / FULL_SCALE; /* half by the window, half by the sign */

    for (size_t i = 0; i < size; i++)
        spectrum->moment[i] =
            at + i < pcm->count ? (float)pcm->samples[at + i] * spectrum->window[i] : 0.0f;
    kiss_fftr(spectrum->transform, spectrum->moment, spectrum->lines);
    for (size_t i = 0; i < count; i++) {
        size_t bin =
            (size_t)lround((double)i * SPECTRUM_FINE_HZ * (double)size / (double)spectrum->rate_hz);

        if (bin < bins)
            power[i] += scale * scale *
                        ((double)spectrum->lines[bin].r * (double)spectrum->lines[bin].r +
                            (double)spectrum->lines[bin].i * (double)spectrum->lines[bin].i);
    }
}
