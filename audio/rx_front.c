#include "audio/rx_front.h"

#include "gateway/base/log.h"

#include <math.h>
#include <stdlib.h>

#define FLUSH_SAMPLES (DATAC_RATE_HZ * DATAC_FLUSH_MS / 1000)

struct rx_front {
    struct datac_demodulator *demodulator;
    datac_handler *handler;
    void *arg;
    double snr_least_db, snr_sum_db, snr_most_db;
    double offset_sum_hz;
};

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct rx_front *front = arg;
    front->snr_least_db = fmin(front->snr_least_db, packet->snr_db);
    front->snr_most_db = fmax(front->snr_most_db, packet->snr_db);
    front->snr_sum_db += packet->snr_db;
    front->offset_sum_hz += packet->offset_hz;
    front->handler(front->arg, packet);
}

struct rx_front *rx_front_new(datac_handler *handler, void *arg)
{
    struct rx_front *front = calloc(1, sizeof *front);
    if (!front)
        log_fatal("no_memory what=receiver");
    front->handler = handler;
    front->arg = arg;
    front->snr_least_db = DATAC_SNR_MAX_DB;
    front->snr_most_db = DATAC_SNR_MIN_DB;
    front->demodulator = datac_demodulator_new(take_packet, front);
    return front;
}

void rx_front_free(struct rx_front *front)
{
    if (front)
        datac_demodulator_free(front->demodulator);
    free(front);
}

void rx_front_push(struct rx_front *front, const int16_t *samples, size_t count)
{
    datac_demodulate(front->demodulator, samples, count);
}

void rx_front_flush(struct rx_front *front)
{
    static const int16_t silence[FLUSH_SAMPLES];
    rx_front_push(front, silence, FLUSH_SAMPLES);
}

struct rx_front_stats rx_front_stats(const struct rx_front *front)
{
    struct datac_counts counts = datac_count(front->demodulator);
    struct rx_front_stats stats = {
        .samples = counts.samples, .good = counts.good, .bad = counts.bad};
    if (!counts.good)
        return stats;
    stats.snr_least_db = front->snr_least_db;
    stats.snr_most_db = front->snr_most_db;
    stats.snr_mean_db = front->snr_sum_db / (double)counts.good;
    stats.offset_mean_hz = front->offset_sum_hz / (double)counts.good;
    return stats;
}
