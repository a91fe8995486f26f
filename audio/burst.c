#include "audio/burst.h"

#include "audio/channel.h"
#include "gateway/base/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EARLY_SAMPLES 16 /* that a symbol is read before its end of guard: a path may be earlier */
#define COARSE_HZ 1.0    /* steps of the search, and how far it goes */
#define COARSE_REACH_HZ 4.0
#define FINE_HZ 0.1
#define FINE_REACH_HZ 0.6
#define SETTLE_TURNS 2
#define ROUNDS 40 /* of the code's decoder */
#define ROUNDS_JOINED 60
#define SNR_OF_SYMBOL_DB 7.27 /* 3 kHz over nine carriers of 62.5 Hz */
#define LIKELY_MAX 20.0f
#define HALF_ROOT 0.70710678f

/* How the channel is thought to change: over so many rows and carriers it stays the same. */
static const struct channel_span spans[] = {{20.0, 1.5}, {6.0, 1.2}, {3.5, 1.0}};

#define SPANS (sizeof(spans) / sizeof(spans[0]))
#define TURNS 3 /* decoder and estimate in turn, for each of them */

struct burst {
    struct waveform waveform;
    struct ldpc ldpc;
    struct channel channel;
};

struct burst *burst_new(void)
{
    struct burst *burst = calloc(1, sizeof(*burst));

    if (!burst)
        log_fatal("no_memory what=burst");
    waveform_learn(&burst->waveform);
    ldpc_init(&burst->ldpc);
    return burst;
}

void burst_free(struct burst *burst)
{
    free(burst);
}

/* One row's symbols, of a burst that begins at samples, offset_hz too high. */
static void read_row(float complex *out, const int16_t *samples, unsigned row, double offset_hz)
{
    size_t start = row * WAVEFORM_ROW_SAMPLES + WAVEFORM_GUARD_SAMPLES - EARLY_SAMPLES;
    double turn = -2.0 * M_PI * offset_hz / WAVEFORM_RATE_HZ;

    for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++) {
        double hz = WAVEFORM_FIRST_HZ + c * WAVEFORM_SPACING_HZ;
        double own = -2.0 * M_PI * hz / WAVEFORM_RATE_HZ;
        float complex step = (float complex)cexp(I * (own + turn));
        float complex wave = (float complex)cexp(I * (turn * (double)start - own * EARLY_SAMPLES));
        float complex sum = 0;

        for (unsigned i = 0; i < WAVEFORM_SYMBOL_SAMPLES; i++) {
            sum += samples[start + i] * wave;
            wave *= step;
        }
        out[c] = sum / WAVEFORM_SYMBOL_SAMPLES;
    }
}

/* All rows, or only those that are known before. */
static void read_rows(
    struct burst *burst, const int16_t *samples, double offset_hz, bool only_known)
{
    for (unsigned row = 0; row < WAVEFORM_ROWS; row++)
        if (burst->waveform.whole[row] || !only_known)
            read_row(burst->channel.received[row], samples, row, offset_hz);
}

/* What the channel did to a known symbol. */
static float complex change(const struct burst *burst, unsigned row, unsigned c)
{
    return burst->channel.received[row][c] * conjf(burst->waveform.symbol[row][c]);
}

/* Neighbouring rows that are known were changed alike, or it is no burst. */
static double find_coherence(const struct burst *burst)
{
    float complex last[WAVEFORM_CARRIERS] = {0};
    double alike = 0.0, all = 1e-9;

    for (unsigned row = 0; row < WAVEFORM_ROWS; row++) {
        if (!burst->waveform.whole[row])
            continue;
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++) {
            float complex now = change(burst, row, c);

            alike += (double)crealf(now * conjf(last[c]));
            all += (double)crealf(now * conjf(now));
            last[c] = now;
        }
    }
    return alike / all;
}

/* The offset of the most coherence around middle_hz; heard gets both. */
static void search(struct burst_heard *heard, struct burst *burst, const int16_t *samples,
    const double range_hz[2])
{
    double middle_hz = heard->offset_hz;

    heard->coherence = -1.0;
    for (double hz = middle_hz - range_hz[0]; hz < middle_hz + range_hz[0] + range_hz[1] / 2;
         hz += range_hz[1]) {
        read_rows(burst, samples, hz, true);
        double coherence = find_coherence(burst);
        if (coherence <= heard->coherence)
            continue;
        heard->coherence = coherence;
        heard->offset_hz = hz;
    }
}

/* A burst that begins later turns each carrier against the one below: how many samples later. */
static int find_late(struct burst *burst, const int16_t *samples, double offset_hz)
{
    float complex turn = 0;

    read_rows(burst, samples, offset_hz, true);
    for (unsigned row = 0; row < WAVEFORM_ROWS; row++) {
        if (!burst->waveform.whole[row])
            continue;
        for (unsigned c = 1; c < WAVEFORM_CARRIERS; c++)
            turn += change(burst, row, c) * conjf(change(burst, row, c - 1));
    }
    return (int)lrint(-(double)cargf(turn) / (2.0 * M_PI) * WAVEFORM_SYMBOL_SAMPLES);
}

static void place(struct burst_heard *heard, struct burst *burst, const int16_t *samples)
{
    static const double coarse_hz[2] = {COARSE_REACH_HZ, COARSE_HZ};
    static const double fine_hz[2] = {FINE_REACH_HZ, FINE_HZ};

    search(heard, burst, samples + BURST_SLACK_SAMPLES, coarse_hz);
    if (heard->coherence < BURST_COHERENCE_MIN / 2)
        return;
    for (unsigned i = 0; i < SETTLE_TURNS; i++) {
        const int16_t *start = samples + BURST_SLACK_SAMPLES + heard->late;
        int late = heard->late + find_late(burst, start, heard->offset_hz);

        if (late >= -BURST_SLACK_SAMPLES + EARLY_SAMPLES && late < BURST_SLACK_SAMPLES)
            heard->late = late;
    }
    search(heard, burst, samples + BURST_SLACK_SAMPLES + heard->late, fine_hz);
}

/* QPSK with a bit on each axis, once turned by an eighth. */
static void find_likely(float likely[LDPC_CODE_BITS], const struct burst *burst)
{
    const struct channel *channel = &burst->channel;
    float scale = (float)(4.0 * (double)HALF_ROOT / channel->noise);

    for (unsigned i = 0; i < WAVEFORM_PAIRS; i++) {
        const struct waveform_place *at = &burst->waveform.pairs[i];
        float complex turned = channel->received[at->row][at->carrier] *
                               conjf(channel->change[at->row][at->carrier]) *
                               (HALF_ROOT + I * HALF_ROOT) * scale;

        likely[2 * i] = fminf(fmaxf(cimagf(turned), -LIKELY_MAX), LIKELY_MAX);
        likely[2 * i + 1] = fminf(fmaxf(crealf(turned), -LIKELY_MAX), LIKELY_MAX);
    }
}

/* What is now thought of the bits, as symbols: the surer the larger. */
static void believe(struct burst *burst, const float likely[LDPC_CODE_BITS])
{
    struct channel *channel = &burst->channel;

    for (unsigned i = 0; i < WAVEFORM_PAIRS; i++) {
        const struct waveform_place *at = &burst->waveform.pairs[i];
        float complex turned = tanhf(likely[2 * i + 1] / 2) + I * tanhf(likely[2 * i] / 2);

        channel->symbol[at->row][at->carrier] = turned * HALF_ROOT * (HALF_ROOT - I * HALF_ROOT);
    }
}

static void pack(uint8_t packet[BURST_PACKET_SIZE], const float likely[LDPC_CODE_BITS])
{
    memset(packet, 0, BURST_PACKET_SIZE);
    for (unsigned i = 0; i < LDPC_DATA_BITS; i++)
        if (likely[i] < 0.0f)
            packet[i / 8] |= (uint8_t)(0x80u >> i % 8);
}

/* Decoder and estimate of the channel by turns, from what is known before. */
static bool decode(
    struct burst_heard *heard, struct burst *burst, const struct channel_span *span, double *noise)
{
    struct channel_span now = *span;
    float likely[LDPC_CODE_BITS];

    channel_start(&burst->channel, &burst->waveform);
    for (unsigned turn = 0; turn < TURNS; turn++) {
        channel_estimate(&burst->channel, &burst->waveform, &now);
        find_likely(likely, burst);
        heard->snr_db = channel_snr_db(&burst->channel) - SNR_OF_SYMBOL_DB;
        if (turn == 0 && burst->channel.noise < *noise) {
            *noise = burst->channel.noise;
            memcpy(heard->likely, likely, sizeof(likely));
        }
        if (ldpc_decode(&burst->ldpc, likely, ROUNDS)) {
            pack(heard->packet, likely);
            return true;
        }
        believe(burst, likely);
        now = (struct channel_span){now.rows * 0.8, now.carriers * 0.8};
    }
    return false;
}

void burst_hear(struct burst_heard *heard, struct burst *burst,
    const int16_t samples[BURST_SAMPLES], double offset_hz)
{
    double noise = HUGE_VAL;

    memset(heard, 0, sizeof(*heard));
    heard->offset_hz = offset_hz;
    place(heard, burst, samples);
    if (heard->coherence < BURST_COHERENCE_MIN)
        return;
    read_rows(burst, samples + BURST_SLACK_SAMPLES + heard->late, heard->offset_hz, false);
    for (unsigned i = 0; i < SPANS && !heard->whole; i++)
        heard->whole = decode(heard, burst, &spans[i], &noise);
}

bool burst_decode(uint8_t packet[BURST_PACKET_SIZE], const struct burst *burst,
    const float likely[LDPC_CODE_BITS])
{
    float improved[LDPC_CODE_BITS];

    memcpy(improved, likely, sizeof(improved));
    if (!ldpc_decode(&burst->ldpc, improved, ROUNDS_JOINED))
        return false;
    pack(packet, improved);
    return true;
}
