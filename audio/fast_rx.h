/* fast_rx: hears datac1 bursts (datac.h), by codec2's own receiver: a seam to it. That one looks for bursts at nine hundredths of a core,
 * so it is given sound only where a scout (scout.h) has noticed the beginning or the end of a burst. Within 50 Hz.
 */
#ifndef AUDIO_FAST_RX_H
#define AUDIO_FAST_RX_H

#include "audio/datac.h"

/* One packet whose CRC was right. */
struct fast_rx_packet {
    uint8_t payload[DATAC_FAST_PAYLOAD_SIZE];
    double snr_db;    /* the modem's estimate in 3 kHz */
    double offset_hz; /* how far the signal is from DATAC_CENTRE_HZ */
    uint64_t at;      /* samples taken by then, at DATAC_RATE_HZ */
};

struct fast_rx_counts {
    uint64_t good; /* packets */
    uint64_t bad;  /* packets that were there but could not be decoded */
    uint64_t fed;  /* samples that codec2's receiver was given */
};

typedef void fast_rx_handler(void *arg, const struct fast_rx_packet *packet);

struct fast_rx;

/* Heap; no memory: the process ends. */
struct fast_rx *fast_rx_new(fast_rx_handler *handler, void *arg);
/* NULL is allowed. */
void fast_rx_free(struct fast_rx *rx);
/* Takes any number of samples at DATAC_RATE_HZ and calls the handler for each packet, at most half a second after its end; of one whose
 * beginning was not noticed that takes 0.4 s. */
void fast_rx_take(struct fast_rx *rx, const int16_t *samples, size_t count);
/* The burst that was noticed last, of a likeness (scout.h), or 0 before any. Where it begins is counted in samples taken. */
struct fast_rx_notice {
    uint64_t at;
    double likeness;
};
struct fast_rx_notice fast_rx_noticed(const struct fast_rx *rx);

/* Is a burst being listened to just now? */
bool fast_rx_synced(const struct fast_rx *rx);
struct fast_rx_counts fast_rx_count(const struct fast_rx *rx);

#endif
