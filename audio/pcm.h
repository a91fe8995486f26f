/* pcm: blocks of mono sound: signed 16-bit samples at a rate.
 */
#ifndef AUDIO_PCM_H
#define AUDIO_PCM_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

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
/* A copy of in at another rate (sinc resampling); out is initialised here. */
ERR_CHECKED enum err pcm_resample(struct pcm *out, const struct pcm *in, unsigned rate_hz);

#endif
