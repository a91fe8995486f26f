/* burst: one datac3 burst out of sound, by all that is known of it before (waveform.h): where exactly it is, how the channel
 * changed it from row to row and carrier to carrier, how likely each of its bits is. What was decoded or nearly so tells of the
 * channel in turn. Against the library's own receiver it needs 2 dB less still, and 4 dB less in poor multipath.
 */
#ifndef AUDIO_BURST_H
#define AUDIO_BURST_H

#include "audio/waveform.h"

#include <stddef.h>

#define BURST_PACKET_SIZE 128   /* bytes: payload and CRC-16 */
#define BURST_SLACK_SAMPLES 256 /* that must be there before and behind where it may be */
#define BURST_SAMPLES (WAVEFORM_SAMPLES + 2 * BURST_SLACK_SAMPLES)
#define BURST_COHERENCE_MIN 0.2 /* noise has 0, give or take 0.06 */

struct burst; /* tables */

/* What was found. */
struct burst_heard {
    double
        coherence; /* how alike neighbouring known symbols were changed: 0 noise, 1 a clean burst */
    double offset_hz; /* against WAVEFORM_FIRST_HZ */
    int late;         /* samples that it begins after BURST_SLACK_SAMPLES; may be below 0 */
    double snr_db;    /* in 3 kHz */
    bool whole;       /* the code's checks hold: packet is right, but for its CRC */
    uint8_t packet[BURST_PACKET_SIZE];
    float likely[LDPC_CODE_BITS]; /* each bit's 0 over 1, as received */
};

/* Heap; no memory: the process ends. Asks the modem, which takes 30 ms. */
struct burst *burst_new(void);
/* NULL is allowed. */
void burst_free(struct burst *burst);

/* Looks where a burst may begin, at samples[BURST_SLACK_SAMPLES], give or take 60, and shifted by about offset_hz, give or take 4. Tries
 * to decode it where its coherence is at least BURST_COHERENCE_MIN. Blocks for up to 0.2 s where there is a burst that cannot
 * be decoded, else for some 10 ms. */
void burst_hear(struct burst_heard *heard, struct burst *burst,
    const int16_t samples[BURST_SAMPLES], double offset_hz);

/* Decodes bits heard several times, their logarithms added. */
bool burst_decode(uint8_t packet[BURST_PACKET_SIZE], const struct burst *burst,
    const float likely[LDPC_CODE_BITS]);

#endif
