/* rx_front: the receiver's front: sound in; packets, lines of text and what is known of the signal out.
 */
#ifndef AUDIO_RX_FRONT_H
#define AUDIO_RX_FRONT_H

#include "audio/datac.h"
#include "audio/rx_text.h"

struct rx_front;

struct rx_front_handlers {
    datac_handler *packet;
    rx_text_handler *text;
    void *arg;
};

struct rx_front_stats {
    uint64_t samples;
    uint64_t
        good; /* packets; a fast one (fast_rx.h) counts as the four frames that it is given on as */
    uint64_t bad;    /* packets that could not be decoded when they came */
    uint64_t joined; /* good ones of several copies together */
    uint64_t lines;  /* of text */
    bool synced;     /* a packet may be on the air just now */
    double snr_least_db, snr_mean_db, snr_most_db; /* of good packets; 0 without any */
    double offset_mean_hz;
    double snr_last_db, offset_last_hz;
};

/* Heap; no memory: the process ends. */
struct rx_front *rx_front_new(const struct rx_front_handlers *handlers);
/* NULL is allowed. */
void rx_front_free(struct rx_front *front);
/* Any number of samples at DATAC_RATE_HZ. */
void rx_front_push(struct rx_front *front, const int16_t *samples, size_t count);
/* How many hertz too high the receiver is tuned, as the last frame of the last ten minutes says: text is looked for there, and voice
 * will be. 0 if it is not known, or too little to matter. */
double rx_front_tuning(const struct rx_front *front);
/* Brings out what still lies in the demodulators at the end of a recording. */
void rx_front_flush(struct rx_front *front);
struct rx_front_stats rx_front_stats(const struct rx_front *front);

#endif
