/* waveform: what a datac3 burst is made of: rows of symbols on carriers, of which many are known before: the preamble, the
 * postamble, every fifth row (pilots) and a few more. Learnt from the modem itself, once.
 *
 *   row: 22 ms, 6 ms of them the end of its symbol again (the guard); carriers 62.5 Hz apart around 1,500 Hz
 *   burst: 5 rows preamble, 145 rows packet, 5 rows postamble; 1,044 of the packet's symbols are data, 20 of these are known,
 *          the others are the code word's 1,024 pairs of bits (QPSK), interleaved
 */
#ifndef AUDIO_WAVEFORM_H
#define AUDIO_WAVEFORM_H

#include "audio/ldpc.h"

#include <complex.h>
#include <stdbool.h>
#include <stdint.h>

#define WAVEFORM_RATE_HZ 8000
#define WAVEFORM_CARRIERS 9
#define WAVEFORM_FIRST_HZ 1250.0 /* the lowest carrier */
#define WAVEFORM_SPACING_HZ 62.5
#define WAVEFORM_GUARD_SAMPLES 48
#define WAVEFORM_SYMBOL_SAMPLES 128
#define WAVEFORM_ROW_SAMPLES (WAVEFORM_GUARD_SAMPLES + WAVEFORM_SYMBOL_SAMPLES)
#define WAVEFORM_EDGE_ROWS 5 /* of preamble and of postamble */
#define WAVEFORM_PACKET_ROWS 145
#define WAVEFORM_PILOT_EVERY 5 /* rows of the packet, from its first */
#define WAVEFORM_ROWS (2 * WAVEFORM_EDGE_ROWS + WAVEFORM_PACKET_ROWS)
#define WAVEFORM_SAMPLES (WAVEFORM_ROWS * WAVEFORM_ROW_SAMPLES) /* of a burst */
#define WAVEFORM_PAIRS (LDPC_CODE_BITS / 2)

struct waveform_place {
    uint8_t row, carrier;
};

struct waveform {
    bool known[WAVEFORM_ROWS][WAVEFORM_CARRIERS];
    bool whole[WAVEFORM_ROWS]; /* all of the row is known */
    float complex
        symbol[WAVEFORM_ROWS][WAVEFORM_CARRIERS]; /* where known; 1 is a data symbol's size */
    struct waveform_place pairs[WAVEFORM_PAIRS];  /* where each pair of coded bits is */
};

/* Asks the modem. Ends the process if its bursts are not as above. */
void waveform_learn(struct waveform *waveform);

#endif
