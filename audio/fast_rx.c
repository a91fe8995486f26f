#include "audio/fast_rx.h"

#include "audio/scout.h"
#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <codec2/modem_stats.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PACKET_SIZE (DATAC_FAST_PAYLOAD_SIZE + 2) /* payload and CRC-16 */
#define LOOK_SAMPLES 800                          /* looked at in one go */
#define HELD_SAMPLES (1U << 16)                   /* kept of what came of late, 8 s */
#define LIKENESS_MIN                                                                               \
    0.1 /* of noise or other stations little more; a burst has 0.12 in FM at C/N 3 dB, 0.4 at +1 dB */
#define ECHO 0.5
#define OVERLAP_SAMPLES (DATAC_FAST_SAMPLES - 1000)
#define BEFORE_SAMPLES 1760 /* given before a burst, */
#define AFTER_SAMPLES 3520  /* and behind it: two calls of the receiver's at its longest */

struct fast_rx {
    fast_rx_handler *handler;
    void *arg;
    struct freedv *freedv;
    struct scout *scout;
    struct MODEM_STATS *stats;
    uint64_t taken; /* samples */
    uint64_t fed;   /* up to here, of those taken, the receiver has been given or has passed by */
    uint64_t until; /* up to here it is to be given */
    struct fast_rx_notice last;
    struct fast_rx_counts counts;
    int16_t held[HELD_SAMPLES]; /* a ring */
};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory)
        log_fatal("no_memory what=modem");
    return memory;
}

static struct freedv *open_modem(void)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_DATAC1);
    if (!freedv)
        log_fatal("no_memory what=modem");
    if (freedv_get_bits_per_modem_frame(freedv) != PACKET_SIZE * 8 ||
        freedv_get_modem_sample_rate(freedv) != DATAC_RATE_HZ ||
        freedv_get_n_tx_preamble_modem_samples(freedv) != SCOUT_SEQUENCE_SAMPLES ||
        freedv_get_n_tx_postamble_modem_samples(freedv) != SCOUT_SEQUENCE_SAMPLES)
        log_fatal("modem_differs what=datac1");
    freedv_set_frames_per_burst(freedv, 1);
    return freedv;
}

/* For where a burst begins and where it ends. */
static struct scout *make_scout(struct freedv *freedv)
{
    int16_t samples[SCOUT_SEQUENCE_SAMPLES];
    struct scout *scout = scout_new(0, SCOUT_REACH_MAX_HZ);
    (void)freedv_rawdatapreambletx(freedv, samples);
    scout_teach(scout, samples);
    (void)freedv_rawdatapostambletx(freedv, samples);
    scout_teach(scout, samples);
    return scout;
}

struct fast_rx *fast_rx_new(fast_rx_handler *handler, void *arg)
{
    struct fast_rx *rx = allocate(sizeof *rx);
    rx->handler = handler;
    rx->arg = arg;
    rx->freedv = open_modem();
    rx->scout = make_scout(rx->freedv);
    rx->stats = allocate(sizeof *rx->stats);
    return rx;
}

void fast_rx_free(struct fast_rx *rx)
{
    if (!rx)
        return;
    freedv_close(rx->freedv);
    scout_free(rx->scout);
    free(rx->stats);
    free(rx);
}

static bool check_crc(const uint8_t packet[PACKET_SIZE])
{
    uint8_t payload[DATAC_FAST_PAYLOAD_SIZE];
    memcpy(payload, packet, sizeof payload);
    unsigned short crc = freedv_gen_crc16(payload, DATAC_FAST_PAYLOAD_SIZE);
    return packet[PACKET_SIZE - 2] == crc >> 8 && packet[PACKET_SIZE - 1] == (crc & 0xff);
}

static void give_packet(struct fast_rx *rx, const uint8_t packet[PACKET_SIZE])
{
    struct fast_rx_packet given = {.at = rx->taken};
    freedv_get_modem_extended_stats(rx->freedv, rx->stats);
    given.snr_db = fmin(fmax(rx->stats->snr_est, DATAC_SNR_MIN_DB), DATAC_SNR_MAX_DB);
    given.offset_hz = rx->stats->foff;
    memcpy(given.payload, packet, sizeof given.payload);
    rx->counts.good++;
    rx->handler(rx->arg, &given);
}

/* One call of the receiver, which says itself how much it wants. False if that has not come yet, or is not wanted. */
static bool feed(struct fast_rx *rx)
{
    int16_t samples[LOOK_SAMPLES * 8];
    uint8_t packet[PACKET_SIZE];
    size_t want = (size_t)freedv_nin(rx->freedv);
    if (want > sizeof samples / sizeof samples[0])
        log_fatal("modem_differs what=nin");
    if (rx->fed + want > rx->taken || rx->fed >= rx->until)
        return false;
    for (size_t i = 0; i < want; i++)
        samples[i] = rx->held[(rx->fed + i) % HELD_SAMPLES];
    rx->fed += want;
    rx->counts.fed += want;
    int size = freedv_rawdatarx(rx->freedv, packet, samples);
    if (size == PACKET_SIZE && check_crc(packet))
        give_packet(rx, packet);
    else if (freedv_get_rx_status(rx->freedv) & FREEDV_RX_BIT_ERRORS)
        rx->counts.bad++;
    return true;
}

/* A burst resembles itself a little at other places, too. */
static bool is_echo(const struct fast_rx_notice *hint, const struct fast_rx_notice *last)
{
    uint64_t apart = hint->at > last->at ? hint->at - last->at : last->at - hint->at;
    return apart < OVERLAP_SAMPLES && hint->likeness < ECHO * last->likeness;
}

/* From shortly before a burst to shortly behind it the receiver is to be given the sound. */
static void want_burst(struct fast_rx *rx, const struct fast_rx_notice *hint)
{
    uint64_t from = hint->at > BEFORE_SAMPLES ? hint->at - BEFORE_SAMPLES : 0;
    uint64_t until = hint->at + DATAC_FAST_SAMPLES + AFTER_SAMPLES;
    uint64_t oldest = rx->taken > HELD_SAMPLES ? rx->taken - HELD_SAMPLES : 0;
    if (is_echo(hint, &rx->last))
        return;
    rx->last = *hint;
    if (rx->fed >= rx->until && from > rx->fed) {
        rx->fed = from > oldest ? from : oldest;
        freedv_set_sync(rx->freedv, FREEDV_SYNC_UNSYNC); /* of what it took for a burst before */
    }
    if (until > rx->until)
        rx->until = until;
}

static void take_finds(struct fast_rx *rx, const struct scout_find finds[SCOUT_SEQUENCES_MAX])
{
    static const uint64_t before[SCOUT_SEQUENCES_MAX] = {
        SCOUT_SEQUENCE_SAMPLES, DATAC_FAST_SAMPLES};
    for (unsigned s = 0; s < SCOUT_SEQUENCES_MAX; s++) {
        uint64_t past = before[s] + finds[s].ago;
        struct fast_rx_notice hint = {rx->taken > past ? rx->taken - past : 0, finds[s].likeness};
        if (hint.likeness >= LIKENESS_MIN)
            want_burst(rx, &hint);
    }
}

static void take_block(struct fast_rx *rx, const int16_t *samples, size_t count)
{
    struct scout_find finds[SCOUT_SEQUENCES_MAX];
    for (size_t i = 0; i < count; i++)
        rx->held[(rx->taken + i) % HELD_SAMPLES] = samples[i];
    rx->taken += count;
    scout_look(finds, rx->scout, samples, count);
    take_finds(rx, finds);
    while (feed(rx))
        ;
}

void fast_rx_take(struct fast_rx *rx, const int16_t *samples, size_t count)
{
    while (count > 0) {
        size_t take = count < LOOK_SAMPLES ? count : LOOK_SAMPLES;
        take_block(rx, samples, take);
        samples += take;
        count -= take;
    }
}

struct fast_rx_notice fast_rx_noticed(const struct fast_rx *rx)
{
    return rx->last;
}

bool fast_rx_synced(const struct fast_rx *rx)
{
    return rx->fed < rx->until;
}

struct fast_rx_counts fast_rx_count(const struct fast_rx *rx)
{
    return rx->counts;
}
