#include "audio/datac.h"

#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <codec2/modem_stats.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PACKET_SIZE (DATAC_PAYLOAD_SIZE + 2) /* payload and CRC-16 */

struct datac_modulator {
    struct freedv *freedv;
    size_t room; /* samples of the longest of the three parts */
    int16_t *samples;
};

struct datac_demodulator {
    struct freedv *freedv;
    datac_handler *handler;
    void *arg;
    size_t wanted; /* samples that the modem takes next */
    size_t held;
    size_t room;
    int16_t *samples;
    struct datac_counts counts;
};

static struct freedv *open_modem(void)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_DATAC3);
    if (!freedv)
        log_fatal("no_memory what=modem");
    if (freedv_get_bits_per_modem_frame(freedv) != PACKET_SIZE * 8 ||
        freedv_get_modem_sample_rate(freedv) != DATAC_RATE_HZ)
        log_fatal("modem_differs what=datac3");
    return freedv;
}

static int16_t *allocate_samples(size_t count)
{
    int16_t *samples = calloc(count, sizeof *samples);
    if (!samples)
        log_fatal("no_memory what=modem");
    return samples;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

struct datac_modulator *datac_modulator_new(void)
{
    struct datac_modulator *modulator = calloc(1, sizeof *modulator);
    if (!modulator)
        log_fatal("no_memory what=modem");
    modulator->freedv = open_modem();
    freedv_set_clip(modulator->freedv, 1);
    freedv_set_tx_bpf(modulator->freedv, 1);
    size_t frame = (size_t)freedv_get_n_tx_modem_samples(modulator->freedv);
    size_t preamble = (size_t)freedv_get_n_tx_preamble_modem_samples(modulator->freedv);
    size_t postamble = (size_t)freedv_get_n_tx_postamble_modem_samples(modulator->freedv);
    modulator->room = larger(frame, larger(preamble, postamble));
    modulator->samples = allocate_samples(modulator->room);
    return modulator;
}

void datac_modulator_free(struct datac_modulator *modulator)
{
    if (!modulator)
        return;
    freedv_close(modulator->freedv);
    free(modulator->samples);
    free(modulator);
}

void datac_modulate(struct datac_modulator *modulator, struct pcm *out,
    const uint8_t payload[DATAC_PAYLOAD_SIZE], unsigned gap_ms)
{
    uint8_t packet[PACKET_SIZE];
    memcpy(packet, payload, DATAC_PAYLOAD_SIZE);
    unsigned short crc = freedv_gen_crc16(packet, DATAC_PAYLOAD_SIZE);
    packet[DATAC_PAYLOAD_SIZE] = (uint8_t)(crc >> 8);
    packet[DATAC_PAYLOAD_SIZE + 1] = (uint8_t)(crc & 0xff);
    struct freedv *freedv = modulator->freedv;
    int count = freedv_rawdatapreambletx(freedv, modulator->samples);
    pcm_append(out, modulator->samples, (size_t)count);
    freedv_rawdatatx(freedv, modulator->samples, packet);
    pcm_append(out, modulator->samples, (size_t)freedv_get_n_tx_modem_samples(freedv));
    count = freedv_rawdatapostambletx(freedv, modulator->samples);
    pcm_append(out, modulator->samples, (size_t)count);
    pcm_append_silence(out, gap_ms);
}

struct datac_demodulator *datac_demodulator_new(datac_handler *handler, void *arg)
{
    struct datac_demodulator *demodulator = calloc(1, sizeof *demodulator);
    if (!demodulator)
        log_fatal("no_memory what=modem");
    demodulator->freedv = open_modem();
    demodulator->handler = handler;
    demodulator->arg = arg;
    freedv_set_frames_per_burst(demodulator->freedv, 1);
    demodulator->room = (size_t)freedv_get_n_max_modem_samples(demodulator->freedv);
    demodulator->samples = allocate_samples(demodulator->room);
    demodulator->wanted = (size_t)freedv_nin(demodulator->freedv);
    return demodulator;
}

void datac_demodulator_free(struct datac_demodulator *demodulator)
{
    if (!demodulator)
        return;
    freedv_close(demodulator->freedv);
    free(demodulator->samples);
    free(demodulator);
}

static double clamp_snr(float snr_db)
{
    if (!isfinite(snr_db))
        return DATAC_SNR_MIN_DB;
    return fmin(fmax(snr_db, DATAC_SNR_MIN_DB), DATAC_SNR_MAX_DB);
}

/* The size of what the modem returns with a packet is that of the packet, CRC included; anything else is none. */
static void give_packet(struct datac_demodulator *demodulator, const uint8_t *bytes)
{
    struct MODEM_STATS stats;
    freedv_get_modem_extended_stats(demodulator->freedv, &stats);
    struct datac_packet packet = {.snr_db = clamp_snr(stats.snr_est),
        .offset_hz = isfinite(stats.foff) ? stats.foff : 0,
        .at = demodulator->counts.samples};
    memcpy(packet.payload, bytes, DATAC_PAYLOAD_SIZE);
    demodulator->counts.good++;
    demodulator->handler(demodulator->arg, &packet);
}

static void run_modem(struct datac_demodulator *demodulator)
{
    uint8_t bytes[PACKET_SIZE];
    int size = freedv_rawdatarx(demodulator->freedv, bytes, demodulator->samples);
    int status = freedv_get_rx_status(demodulator->freedv);
    demodulator->held = 0;
    demodulator->wanted = (size_t)freedv_nin(demodulator->freedv);
    if (demodulator->wanted > demodulator->room)
        log_fatal("modem_differs what=nin");
    if (size == PACKET_SIZE)
        give_packet(demodulator, bytes);
    else if (status & FREEDV_RX_BIT_ERRORS)
        demodulator->counts.bad++;
}

void datac_demodulate(struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    while (count > 0) {
        size_t take = demodulator->wanted - demodulator->held;
        if (take > count)
            take = count;
        memcpy(demodulator->samples + demodulator->held, samples, take * sizeof *samples);
        demodulator->held += take;
        demodulator->counts.samples += take;
        samples += take;
        count -= take;
        if (demodulator->held == demodulator->wanted)
            run_modem(demodulator);
    }
}

bool datac_synced(const struct datac_demodulator *demodulator)
{
    return freedv_get_sync(demodulator->freedv) != 0;
}

struct datac_counts datac_count(const struct datac_demodulator *demodulator)
{
    return demodulator->counts;
}
