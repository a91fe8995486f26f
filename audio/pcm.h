/* pcm: blocks of mono sound: signed 16-bit samples at a rate. The seam to libsamplerate.
 */
#ifndef AUDIO_PCM_H
#define AUDIO_PCM_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PCM_RATE_MIN_HZ 4000
#define PCM_RATE_MAX_HZ 192000

/* Grows as needed; free with pcm_wipe. Zeroed is empty. No memory: the process ends. */
struct pcm {
    unsigned rate_hz;
    size_t count;    /* samples in use */
    size_t capacity; /* samples allocated */
    int16_t *samples;
};

void pcm_init(struct pcm *pcm, unsigned rate_hz);
void pcm_wipe(struct pcm *pcm);
/* Appends count samples; samples NULL appends silence. */
void pcm_append(struct pcm *pcm, const int16_t *samples, size_t count);
/* Appends silence. */
void pcm_append_silence(struct pcm *pcm, unsigned milliseconds);
/* Root mean square of all samples, 0..32768. */
double pcm_rms(const struct pcm *pcm);
/* Largest absolute sample, 0..32768. */
int pcm_peak(const struct pcm *pcm);
/* Multiplies all samples, saturating. */
void pcm_scale(struct pcm *pcm, double factor);
/* A copy of in at another rate (sinc resampling); out is initialised here. ERR_VALUE for a rate out of
 * PCM_RATE_MIN_HZ..PCM_RATE_MAX_HZ. */
ERR_CHECKED enum err pcm_resample(struct pcm *out, const struct pcm *in, unsigned rate_hz);

/* The same for sound that comes piece by piece. */
struct pcm_resampler;

/* Free with pcm_resampler_free. ERR_VALUE for a rate out of range. */
ERR_CHECKED enum err pcm_resampler_new(
    struct pcm_resampler **resampler, unsigned from_hz, unsigned to_hz);
/* NULL is allowed. */
void pcm_resampler_free(struct pcm_resampler *resampler);
/* Takes count samples and appends to out what can be computed so far. The last piece says `last` (it may be empty):
 * then the rest comes out, too. Where both rates are equal it copies. */
void pcm_resampler_push(struct pcm_resampler *resampler, struct pcm *out, const int16_t *samples,
    size_t count, bool last);

#endif
