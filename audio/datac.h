/* datac: radio data packets as sound: FreeDV bursts of one packet each. The seam to codec2 for sending data.
 *
 * A burst is preamble, packet, postamble, all around 1,500 Hz at 8 kHz, then a gap of silence. A packet is the payload and its
 * CRC-16 (codec2's freedv_gen_crc16, big-endian), as upstream's freedv_data_raw_tx and freedv_data_raw_rx have it, so that
 * either side can be theirs.
 *
 *   datac3  126 bytes in 3.41 s, 500 Hz wide, comes through still noise at -3 dB in 3 kHz
 *   datac1  510 bytes in 4.40 s, 1,700 Hz wide, wants +1 dB still and +6 dB in fading: for FM, four frames in one (frame.h)
 *
 * The demodulator here is for datac3, and ours: scouts (scout.h) notice where a burst may begin or end, burst.h decodes it by all that is known of
 * it, combine.h joins what was heard badly more than once. Within DATAC_REACH_HZ and 200 ppm.
 */
#ifndef AUDIO_DATAC_H
#define AUDIO_DATAC_H

#include "audio/pcm.h"

#include <stdbool.h>
#include <stdint.h>

#define DATAC_RATE_HZ 8000
#define DATAC_PAYLOAD_SIZE 126      /* of datac3, whose names have no mode in them */
#define DATAC_FAST_PAYLOAD_SIZE 510 /* of datac1 */
#define DATAC_FAST_SAMPLES 35200    /* of a datac1 burst */
#define DATAC_PAYLOAD_SIZE_MAX DATAC_FAST_PAYLOAD_SIZE
#define DATAC_CENTRE_HZ 1500
#define DATAC_GAP_MS 200 /* a gap of 150-300 ms loses fewer frames in fading than none */
#define DATAC_REACH_HZ 300
#define DATAC_FLUSH_MS                                                                             \
    1500 /* silence after the end of a recording that brings its last frame out */
#define DATAC_SNR_MIN_DB -20 /* estimates are cut to this range */
#define DATAC_SNR_MAX_DB 60

struct datac_modulator;

/* Heap; no memory: the process ends. */
struct datac_modulator *datac_modulator_new(void);
/* NULL is allowed. */
void datac_modulator_free(struct datac_modulator *modulator);
/* Appends one burst and gap_ms of silence. out must be at DATAC_RATE_HZ. Peak 16384 or a little over. */
void datac_modulate(struct datac_modulator *modulator, struct pcm *out,
    const uint8_t payload[DATAC_PAYLOAD_SIZE], unsigned gap_ms);

/* Samples of a burst and the gap behind it. */
size_t datac_burst_samples(unsigned gap_ms);

/* The same three for datac1. */
struct datac_modulator *datac_fast_modulator_new(void);
void datac_fast_modulate(struct datac_modulator *modulator, struct pcm *out,
    const uint8_t payload[DATAC_FAST_PAYLOAD_SIZE], unsigned gap_ms);
size_t datac_fast_burst_samples(unsigned gap_ms);

/* One packet whose CRC was right. */
struct datac_packet {
    uint8_t payload[DATAC_PAYLOAD_SIZE];
    double snr_db;    /* the modem's estimate in 3 kHz */
    double offset_hz; /* how far the signal is from DATAC_CENTRE_HZ */
    uint64_t at;      /* samples taken when it was complete, at DATAC_RATE_HZ */
};

struct datac_counts {
    uint64_t samples; /* taken */
    uint64_t good;    /* packets */
    uint64_t bad;     /* packets that were there but could not be decoded when they came */
    uint64_t
        joined; /* packets decoded from several copies together; they are among the good ones */
};

typedef void datac_handler(void *arg, const struct datac_packet *packet);

struct datac_demodulator;

/* Heap; no memory: the process ends. */
struct datac_demodulator *datac_demodulator_new(datac_handler *handler, void *arg);
/* NULL is allowed. */
void datac_demodulator_free(struct datac_demodulator *demodulator);
/* Takes any number of samples at DATAC_RATE_HZ and calls the handler for each packet, at most 0.2 s after its end. */
void datac_demodulate(struct datac_demodulator *demodulator, const int16_t *samples, size_t count);
/* Another modem's burst is there, from sample `at` (counted in samples taken) for count samples, of a likeness as scout.h has it: what seems to be
 * a burst of ours in it, and is less like one, is none. */
void datac_pass_by(
    struct datac_demodulator *demodulator, uint64_t at, size_t count, double likeness);
/* May a burst be on the air just now? */
bool datac_synced(const struct datac_demodulator *demodulator);
struct datac_counts datac_count(const struct datac_demodulator *demodulator);

#endif
