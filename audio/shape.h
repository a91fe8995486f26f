/* shape: what speech goes through between the synthesiser and a modulator: band, level, compression. Pure.
 */
#ifndef AUDIO_SHAPE_H
#define AUDIO_SHAPE_H

#include "audio/pcm.h"

#define SHAPE_FULL_SCALE 32767.0
#define SHAPE_MINUS_3_DBFS                                                                         \
    23197.0 /* the peak that the vocoder likes best: -24 dBFS costs it .08-.14 STOI */

/* Fourth-order Butterworth high-pass and low-pass, in place. A corner of 0, or at or above half the rate, is left out. */
void shape_band(struct pcm *pcm, double low_hz, double high_hz);

/* Scales so that the largest sample is peak (0..32767). Silence stays silence. */
void shape_peak(struct pcm *pcm, double peak);

/* Raises quiet sounds and limits loud ones, so that a transmitter limited by its peak sends more: an envelope follower
 * with up to 18 dB of gain and two soft limiters, each followed by the band low_hz to high_hz against what it spread. */
void shape_compress(struct pcm *pcm, double low_hz, double high_hz);

/* Peak over root mean square, in dB; 0 for silence. */
double shape_crest_db(const struct pcm *pcm);

#endif
