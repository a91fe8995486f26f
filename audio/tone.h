/* tone: a steady sine, by which people tune and our receiver finds its offset.
 */
#ifndef AUDIO_TONE_H
#define AUDIO_TONE_H

#include "audio/pcm.h"

#define TONE_HZ 1500 /* the centre of the data and voice signals */
#define TONE_SECONDS 2
#define TONE_RAMP_MS 10 /* at both ends, so that it does not click */

/* Appends milliseconds of a sine of frequency_hz with the given peak (0..32767) to pcm, at pcm's rate. */
void tone_append(struct pcm *pcm, double frequency_hz, unsigned milliseconds, double peak);

#endif
