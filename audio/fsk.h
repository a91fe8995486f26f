/* fsk: bits as two tones with an unbroken phase: the sound of AFSK1200 (afsk.h) and of the teleprinter (teletype.h).
 */
#ifndef AUDIO_FSK_H
#define AUDIO_FSK_H

#include "audio/pcm.h"

/* A sender on its way. Fill in the first four; the rest begins as zeros. */
struct fsk {
    double mark_hz;
    double space_hz;
    double baud;
    double peak; /* 0..32767 */
    double phase;
    double bits; /* sent so far */
    size_t samples;
};

/* Samples at rate_hz of so many bits from the beginning. A bit need not take a whole number of them: none is late by more than
 * half a sample, however long the text. */
size_t fsk_count_samples(double baud, double bits, unsigned rate_hz);
/* Appends one tone for so many bits' time. */
void fsk_put(struct fsk *fsk, struct pcm *pcm, bool mark, double bits);

#endif
