#include "audio/datac.h"

#include "audio/scout.h"
#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <codec2/modem_stats.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PACKET_SIZE (DATAC_PAYLOAD_SIZE + 2)  /* payload and CRC-16 */
#define LOOK_SAMPLES 800                      /* looked at in one go */
#define HOLD_SAMPLES (DATAC_RATE_HZ * 6 / 10) /* in it the modem finds what the scout noticed */
#define WAITING_SAMPLES ((size_t)DATAC_RATE_HZ * 4) /* a burst of which only the end was noticed */
/* The modem wants a fifth: 0.10 of what it calculates, which is 0.5 at most. Digital voice has an eighth. */
#define LIKENESS 0.13

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
    uint64_t at; /* samples up to where the modem is */
    struct scout *scout;
    uint64_t open_until; /* samples: the modem listens so far */
    size_t waiting_count;
    int16_t *waiting; /* what came of late and shows nothing; room for twice WAITING_SAMPLES */
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

/* Scout for what the modem looks for: a burst's beginning and its end. */
static struct scout *make_scout(void)
{
    struct freedv *freedv = open_modem();
    if (freedv_get_n_tx_preamble_modem_samples(freedv) != SCOUT_SEQUENCE_SAMPLES ||
        freedv_get_n_tx_postamble_modem_samples(freedv) != SCOUT_SEQUENCE_SAMPLES)
        log_fatal("modem_differs what=preamble");
    int16_t samples[SCOUT_SEQUENCE_SAMPLES];
    struct scout *scout = scout_new();
    (void)freedv_rawdatapreambletx(freedv, samples);
    scout_teach(scout, samples);
    (void)freedv_rawdatapostambletx(freedv, samples);
    scout_teach(scout, samples);
    freedv_close(freedv);
    return scout;
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
    demodulator->scout = make_scout();
    demodulator->waiting = allocate_samples(2 * WAITING_SAMPLES);
    return demodulator;
}

void datac_demodulator_free(struct datac_demodulator *demodulator)
{
    if (!demodulator)
        return;
    freedv_close(demodulator->freedv);
    scout_free(demodulator->scout);
    free(demodulator->waiting);
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
        .at = demodulator->at};
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

static void feed_modem(struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    while (count > 0) {
        size_t take = demodulator->wanted - demodulator->held;
        if (take > count)
            take = count;
        memcpy(demodulator->samples + demodulator->held, samples, take * sizeof *samples);
        demodulator->held += take;
        demodulator->at += take;
        samples += take;
        count -= take;
        if (demodulator->held == demodulator->wanted)
            run_modem(demodulator);
    }
}

/* Keeps the last WAITING_SAMPLES, or more. */
static void let_wait(struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    int16_t *waiting = demodulator->waiting;
    if (demodulator->waiting_count + count > 2 * WAITING_SAMPLES) {
        memmove(waiting, waiting + demodulator->waiting_count - WAITING_SAMPLES,
            WAITING_SAMPLES * sizeof *waiting);
        demodulator->waiting_count = WAITING_SAMPLES;
    }
    memcpy(waiting + demodulator->waiting_count, samples, count * sizeof *samples);
    demodulator->waiting_count += count;
}

/* The modem hears the last WAITING_SAMPLES that waited, as if there had been no others before. */
static void feed_waiting(struct datac_demodulator *demodulator)
{
    size_t count = demodulator->waiting_count;
    count = count < WAITING_SAMPLES ? count : WAITING_SAMPLES;
    demodulator->at = demodulator->counts.samples - count;
    feed_modem(demodulator, demodulator->waiting + demodulator->waiting_count - count, count);
    demodulator->waiting_count = 0;
}

/* The modem's own search costs many times its work on a burst, so it hears nothing while the scout is certain that there
 * is nothing to find; but then it hears what was before, too. */
static void demodulate_block(
    struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    double likeness[SCOUT_SEQUENCES_MAX];
    bool open = demodulator->counts.samples < demodulator->open_until;
    int status = freedv_get_rx_status(demodulator->freedv);
    scout_look(likeness, demodulator->scout, samples, count);
    if (likeness[0] >= LIKENESS || likeness[1] >= LIKENESS) {
        demodulator->open_until = demodulator->counts.samples + count + HOLD_SAMPLES;
        open = true;
    }
    if (open || status & (FREEDV_RX_TRIAL_SYNC | FREEDV_RX_SYNC)) {
        feed_waiting(demodulator);
        feed_modem(demodulator, samples, count);
    } else {
        let_wait(demodulator, samples, count);
    }
    demodulator->counts.samples += count;
}

void datac_demodulate(struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    while (count > 0) {
        size_t take = count < LOOK_SAMPLES ? count : LOOK_SAMPLES;
        demodulate_block(demodulator, samples, take);
        samples += take;
        count -= take;
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
