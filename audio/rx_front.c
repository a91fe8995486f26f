#include "audio/rx_front.h"

#include "audio/afsk_rx.h"
#include "audio/fast_rx.h"
#include "audio/frame.h"
#include "audio/mfsk_rx.h"
#include "audio/retune.h"
#include "gateway/base/log.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAIRS (1u << 14)
#define PAIRS_PART 3      /* of a line's pairs of letters one in so many, at least, is a new one */
#define LETTERS_LEAST 2   /* of */
#define LETTERS_PART 3    /* characters so many are letters, digits or spaces */
#define PIECE_SAMPLES 800 /* in which one receiver hears of what another has noticed */
#define TUNED_MIN_HZ 30   /* a smaller offset does no harm to text and voice */
#define TUNED_S 600       /* a frame's offset is believed for so long */
#define FLUSH_SAMPLES (DATAC_RATE_HZ * DATAC_FLUSH_MS / 1000)

struct rx_front {
    struct datac_demodulator *demodulator;
    struct fast_rx *fast;
    struct mfsk_rx *mfsk;
    struct afsk_rx *afsk;
    struct rx_front_handlers handlers;
    uint64_t good, lines;
    double snr_least_db, snr_sum_db, snr_most_db;
    double offset_sum_hz;
    double snr_last_db, offset_last_hz;
    uint64_t last_at; /* samples, at the last packet */
    struct retune retune;
};

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct rx_front *front = arg;
    front->snr_least_db = fmin(front->snr_least_db, packet->snr_db);
    front->snr_most_db = fmax(front->snr_most_db, packet->snr_db);
    front->snr_sum_db += packet->snr_db;
    front->offset_sum_hz += packet->offset_hz;
    front->good++;
    front->snr_last_db = packet->snr_db;
    front->offset_last_hz = packet->offset_hz;
    front->last_at = packet->at;
    front->handlers.packet(front->handlers.arg, packet);
}

/* Each of its frames as if it had come by itself. */
static void take_fast(void *arg, const struct fast_rx_packet *packet)
{
    struct datac_packet frame = {
        .snr_db = packet->snr_db, .offset_hz = packet->offset_hz, .at = packet->at};
    for (size_t i = 0; i < FRAME_FAST_COUNT; i++) {
        memcpy(frame.payload, packet->payload + i * FRAME_SIZE, FRAME_SIZE);
        take_packet(arg, &frame);
    }
}

/* Steady tones and other stations' data make lines like "!g!g!g!g": text has mostly letters, and pairs of them that differ. */
static bool is_text(const char *line)
{
    uint8_t seen[PAIRS / 8] = {0};
    size_t size = strlen(line), letters = 0, pairs = 0;
    for (size_t i = 0; i < size; i++) {
        size_t pair = ((uint8_t)line[i] & 0x7fu) << 7 | ((uint8_t)line[i + 1] & 0x7fu);
        letters += isalnum((uint8_t)line[i]) || line[i] == ' ';
        pairs += !(seen[pair / 8] >> pair % 8 & 1);
        seen[pair / 8] |= (uint8_t)(1u << pair % 8);
    }
    return letters * LETTERS_PART >= size * LETTERS_LEAST && pairs * PAIRS_PART >= size;
}

/* In the noise of a fast burst there are letters now and then. */
static void take_mfsk(void *arg, const char *line)
{
    struct rx_front *front = arg;
    if (!is_text(line) || fast_rx_synced(front->fast))
        return;
    front->lines++;
    front->handlers.text(front->handlers.arg, RX_TEXT_MFSK32, line);
}

/* "SENDER: text", as the packet says */
static void take_afsk(void *arg, const struct ax25 *frame)
{
    struct rx_front *front = arg;
    char line[AX25_CALL_SIZE + sizeof ": " + AX25_TEXT_MAX];
    size_t used = (size_t)snprintf(line, sizeof line, "%s: ", frame->source);
    for (size_t i = 0; i < frame->text_size && i < AX25_TEXT_MAX; i++)
        line[used++] = frame->text[i] ? (char)frame->text[i] : '?';
    line[used] = '\0';
    front->lines++;
    front->handlers.text(front->handlers.arg, RX_TEXT_AFSK1200, line);
}

struct rx_front *rx_front_new(const struct rx_front_handlers *handlers)
{
    struct rx_front *front = calloc(1, sizeof *front);
    if (!front)
        log_fatal("no_memory what=receiver");
    front->handlers = *handlers;
    front->snr_least_db = DATAC_SNR_MAX_DB;
    front->snr_most_db = DATAC_SNR_MIN_DB;
    front->demodulator = datac_demodulator_new(take_packet, front);
    front->fast = fast_rx_new(take_fast, front);
    front->mfsk = mfsk_rx_new(take_mfsk, front);
    front->afsk = afsk_rx_new(take_afsk, front);
    return front;
}

void rx_front_free(struct rx_front *front)
{
    if (!front)
        return;
    datac_demodulator_free(front->demodulator);
    fast_rx_free(front->fast);
    mfsk_rx_free(front->mfsk);
    afsk_rx_free(front->afsk);
    free(front);
}

double rx_front_tuning(const struct rx_front *front)
{
    uint64_t now = datac_count(front->demodulator).samples;
    bool fresh = front->good && now - front->last_at < TUNED_S * DATAC_RATE_HZ;
    return fresh && fabs(front->offset_last_hz) >= TUNED_MIN_HZ ? front->offset_last_hz : 0;
}

/* What is a fast burst is no slow one. */
static void take_piece(struct rx_front *front, const int16_t *samples, size_t count)
{
    int16_t tuned[PIECE_SAMPLES];
    fast_rx_take(front->fast, samples, count);
    struct fast_rx_notice noticed = fast_rx_noticed(front->fast);
    if (noticed.likeness > 0)
        datac_pass_by(front->demodulator, noticed.at, DATAC_FAST_SAMPLES, noticed.likeness);
    datac_demodulate(front->demodulator, samples, count);
    retune_lower(&front->retune, tuned, samples, count, rx_front_tuning(front));
    mfsk_rx_take(front->mfsk, tuned, count);
    afsk_rx_take(front->afsk, samples, count);
}

void rx_front_push(struct rx_front *front, const int16_t *samples, size_t count)
{
    while (count > 0) {
        size_t take = count < PIECE_SAMPLES ? count : PIECE_SAMPLES;
        take_piece(front, samples, take);
        samples += take;
        count -= take;
    }
}

void rx_front_flush(struct rx_front *front)
{
    static const int16_t silence[FLUSH_SAMPLES];
    rx_front_push(front, silence, FLUSH_SAMPLES);
    mfsk_rx_finish(front->mfsk);
}

struct rx_front_stats rx_front_stats(const struct rx_front *front)
{
    struct datac_counts counts = datac_count(front->demodulator);
    struct fast_rx_counts fast = fast_rx_count(front->fast);
    struct rx_front_stats stats = {.samples = counts.samples,
        .good = front->good,
        .bad = counts.bad + FRAME_FAST_COUNT * fast.bad,
        .joined = counts.joined,
        .lines = front->lines,
        .synced = datac_synced(front->demodulator) || fast_rx_synced(front->fast)};
    if (!stats.good)
        return stats;
    stats.snr_least_db = front->snr_least_db;
    stats.snr_most_db = front->snr_most_db;
    stats.snr_mean_db = front->snr_sum_db / (double)stats.good;
    stats.snr_last_db = front->snr_last_db;
    stats.offset_last_hz = front->offset_last_hz;
    stats.offset_mean_hz = front->offset_sum_hz / (double)stats.good;
    return stats;
}
