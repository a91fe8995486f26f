/* convolve: the convolutional code of rate 1/2 and constraint length 7 with the polynomials 0x6d and 0x4f (NASA's), by which
 * MFSK32 protects its bits, and its soft decoder (Viterbi). Pure.
 */
#ifndef AUDIO_CONVOLVE_H
#define AUDIO_CONVOLVE_H

#include <stdbool.h>
#include <stdint.h>

#define CONVOLVE_STATES 64
#define CONVOLVE_DELAY 45 /* bits that a decided bit comes after the one just taken */

/* The last seven bits, the newest lowest. Zeroed at the beginning. */
struct convolve_encoder {
    unsigned last;
};

/* Takes a bit; the two bits that are sent for it, in their order. */
void convolve_encode(struct convolve_encoder *encoder, bool sent[2], bool bit);

/* Zeroed at the beginning: all states equally likely. */
struct convolve_decoder {
    unsigned at; /* column of history that is written next */
    float metric[CONVOLVE_STATES];
    uint8_t before[CONVOLVE_DELAY + 1][CONVOLVE_STATES]; /* state that led to each */
};

/* Takes the two received bits: above 0 a 1, below 0 a 0, the farther the surer. Returns the bit of CONVOLVE_DELAY bits ago. */
bool convolve_decode(struct convolve_decoder *decoder, const float received[2]);

#endif
