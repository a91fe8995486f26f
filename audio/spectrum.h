/* spectrum: how loud a moment of sound is at each frequency. The seam to kissfft.
 */
#ifndef AUDIO_SPECTRUM_H
#define AUDIO_SPECTRUM_H

#include "audio/pcm.h"

#include <stddef.h>

#define SPECTRUM_FINE_HZ 8 /* lines that can be told apart; one takes an eighth of a second */

struct spectrum;

/* For sound at this rate. Heap; no memory: the process ends. */
struct spectrum *spectrum_new(unsigned rate_hz);
/* NULL is allowed. */
void spectrum_free(struct spectrum *spectrum);
/* Samples that one moment takes. */
size_t spectrum_size(const struct spectrum *spectrum);
/* Adds to power[count] that of the moment which begins at sample `at`, in lines of SPECTRUM_FINE_HZ from 0 Hz; 1 is a sine at full
 * scale. What lies behind the sound's end, or above half its rate, adds nothing. */
void spectrum_add(
    double *power, size_t count, struct spectrum *spectrum, const struct pcm *pcm, size_t at);

#endif
