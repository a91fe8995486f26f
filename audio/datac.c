#include "audio/datac.h"

#include "audio/burst.h"
#include "audio/combine.h"
#include "audio/scout.h"
#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CRC_SIZE 2
#define PACKET_SIZE BURST_PACKET_SIZE /* payload and CRC-16, of datac3 */
#define LOOK_SAMPLES 800              /* looked at in one go */
#define HELD_SAMPLES (1U << 16)       /* kept of what came of late, 8 s */
#define SCOUTS 6                      /* 100 Hz apart, each sees 50 Hz to either side */
#define SCOUT_SPACING_HZ 100.0
#define LIKENESS_MIN 0.06 /* noise has 0.04 at most; a burst at -8 dB 0.1 */
#define LIKENESS_SURE 0.13
#define FAILED_SNR_MIN_DB                                                                          \
    -7.0 /* what only resembles a burst, such as text, is estimated below; bursts at -9 dB above */
#define FAILED_LIKE_MIN                                                                            \
    0.155 /* of the coherence; a steady tone is more coherent than it is like a burst */
#define HINTS_MAX 64
#define OVERLAP_SAMPLES                                                                            \
    (WAVEFORM_SAMPLES - 1000) /* nearer than this two hints can't both be right */
#define STRONGER 1.2
#define STRANGERS_MAX 4
#define TOUCH_SAMPLES 1000 /* so much may be of both, since the places are not exact */
#define SAME_SAMPLES 200   /* hints that are nearer to each other than this, */
#define SAME_HZ 12.0       /* and this, mean the same burst */

/* What a modulator is opened as. */
struct mode {
    const char *name;
    int freedv;
    size_t payload_size;
    int shaped; /* clipped and filtered: more power for the same peak. datac1's filter does not fit and ends the program. */
};

static const struct mode plain = {"datac3", FREEDV_MODE_DATAC3, DATAC_PAYLOAD_SIZE, 1};
static const struct mode fast = {"datac1", FREEDV_MODE_DATAC1, DATAC_FAST_PAYLOAD_SIZE, 0};

struct datac_modulator {
    const struct mode *mode;
    struct freedv *freedv;
    size_t room; /* samples of the longest of the three parts */
    int16_t *samples;
};

/* Here a burst may begin. */
struct hint {
    uint64_t at; /* counted in samples taken; from HELD_SAMPLES on */
    double offset_hz;
    double likeness;
};

/* A burst of another modem. */
struct stranger {
    uint64_t from, until; /* as a hint's */
    double likeness;
};

struct datac_demodulator {
    datac_handler *handler;
    void *arg;
    struct scout *scouts[SCOUTS];
    struct burst *burst;
    struct combine combine;
    unsigned hint_count;
    struct hint hints[HINTS_MAX];
    struct hint last;        /* decoded */
    unsigned stranger_count; /* ever */
    struct stranger strangers[STRANGERS_MAX];
    uint64_t synced_until; /* samples */
    struct datac_counts counts;
    int16_t held[HELD_SAMPLES]; /* a ring */
    int16_t look[BURST_SAMPLES];
};

static struct freedv *open_modem(const struct mode *mode)
{
    struct freedv *freedv = freedv_open(mode->freedv);
    if (!freedv)
        log_fatal("no_memory what=modem");
    if (freedv_get_bits_per_modem_frame(freedv) != (int)(mode->payload_size + CRC_SIZE) * 8 ||
        freedv_get_modem_sample_rate(freedv) != DATAC_RATE_HZ)
        log_fatal("modem_differs what=%s", mode->name);
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

static struct datac_modulator *open_modulator(const struct mode *mode)
{
    struct datac_modulator *modulator = calloc(1, sizeof *modulator);
    if (!modulator)
        log_fatal("no_memory what=modem");
    modulator->mode = mode;
    modulator->freedv = open_modem(mode);
    freedv_set_clip(modulator->freedv, mode->shaped);
    freedv_set_tx_bpf(modulator->freedv, mode->shaped);
    size_t frame = (size_t)freedv_get_n_tx_modem_samples(modulator->freedv);
    size_t preamble = (size_t)freedv_get_n_tx_preamble_modem_samples(modulator->freedv);
    size_t postamble = (size_t)freedv_get_n_tx_postamble_modem_samples(modulator->freedv);
    modulator->room = larger(frame, larger(preamble, postamble));
    modulator->samples = allocate_samples(modulator->room);
    return modulator;
}

struct datac_modulator *datac_modulator_new(void)
{
    return open_modulator(&plain);
}

struct datac_modulator *datac_fast_modulator_new(void)
{
    return open_modulator(&fast);
}

void datac_modulator_free(struct datac_modulator *modulator)
{
    if (!modulator)
        return;
    freedv_close(modulator->freedv);
    free(modulator->samples);
    free(modulator);
}

static void modulate(
    struct datac_modulator *modulator, struct pcm *out, const uint8_t *payload, unsigned gap_ms)
{
    uint8_t packet[DATAC_PAYLOAD_SIZE_MAX + CRC_SIZE];
    size_t size = modulator->mode->payload_size;
    memcpy(packet, payload, size);
    unsigned short crc = freedv_gen_crc16(packet, (int)size);
    packet[size] = (uint8_t)(crc >> 8);
    packet[size + 1] = (uint8_t)(crc & 0xff);
    struct freedv *freedv = modulator->freedv;
    int count = freedv_rawdatapreambletx(freedv, modulator->samples);
    pcm_append(out, modulator->samples, (size_t)count);
    freedv_rawdatatx(freedv, modulator->samples, packet);
    pcm_append(out, modulator->samples, (size_t)freedv_get_n_tx_modem_samples(freedv));
    count = freedv_rawdatapostambletx(freedv, modulator->samples);
    pcm_append(out, modulator->samples, (size_t)count);
    pcm_append_silence(out, gap_ms);
}

void datac_modulate(struct datac_modulator *modulator, struct pcm *out,
    const uint8_t payload[DATAC_PAYLOAD_SIZE], unsigned gap_ms)
{
    modulate(modulator, out, payload, gap_ms);
}

void datac_fast_modulate(struct datac_modulator *modulator, struct pcm *out,
    const uint8_t payload[DATAC_FAST_PAYLOAD_SIZE], unsigned gap_ms)
{
    modulate(modulator, out, payload, gap_ms);
}

size_t datac_burst_samples(unsigned gap_ms)
{
    return WAVEFORM_SAMPLES + (size_t)gap_ms * DATAC_RATE_HZ / 1000;
}

size_t datac_fast_burst_samples(unsigned gap_ms)
{
    return DATAC_FAST_SAMPLES + (size_t)gap_ms * DATAC_RATE_HZ / 1000;
}

/* A scout for where a burst begins and where it ends. */
static struct scout *make_scout(struct freedv *freedv, double offset_hz)
{
    int16_t samples[SCOUT_SEQUENCE_SAMPLES];
    struct scout *scout = scout_new(offset_hz, SCOUT_REACH_HZ);
    if (freedv_get_n_tx_preamble_modem_samples(freedv) != SCOUT_SEQUENCE_SAMPLES ||
        freedv_get_n_tx_postamble_modem_samples(freedv) != SCOUT_SEQUENCE_SAMPLES)
        log_fatal("modem_differs what=preamble");
    (void)freedv_rawdatapreambletx(freedv, samples);
    scout_teach(scout, samples);
    (void)freedv_rawdatapostambletx(freedv, samples);
    scout_teach(scout, samples);
    return scout;
}

struct datac_demodulator *datac_demodulator_new(datac_handler *handler, void *arg)
{
    struct datac_demodulator *demodulator = calloc(1, sizeof *demodulator);
    if (!demodulator)
        log_fatal("no_memory what=modem");
    demodulator->handler = handler;
    demodulator->arg = arg;
    demodulator->burst = burst_new();
    struct freedv *freedv = open_modem(&plain);
    for (int i = 0; i < SCOUTS; i++)
        demodulator->scouts[i] = make_scout(freedv, SCOUT_SPACING_HZ * (i - (SCOUTS - 1) / 2.0));
    freedv_close(freedv);
    return demodulator;
}

void datac_demodulator_free(struct datac_demodulator *demodulator)
{
    if (!demodulator)
        return;
    for (int i = 0; i < SCOUTS; i++)
        scout_free(demodulator->scouts[i]);
    burst_free(demodulator->burst);
    free(demodulator);
}

static void give_packet(struct datac_demodulator *demodulator, const struct burst_heard *heard,
    const uint8_t packet[PACKET_SIZE])
{
    struct datac_packet given = {
        .snr_db = fmin(fmax(heard->snr_db, DATAC_SNR_MIN_DB), DATAC_SNR_MAX_DB),
        .offset_hz = heard->offset_hz,
        .at = demodulator->counts.samples};
    memcpy(given.payload, packet, DATAC_PAYLOAD_SIZE);
    demodulator->counts.good++;
    demodulator->handler(demodulator->arg, &given);
}

static bool check_crc(const uint8_t packet[PACKET_SIZE])
{
    uint8_t payload[DATAC_PAYLOAD_SIZE];
    memcpy(payload, packet, sizeof payload);
    unsigned short crc = freedv_gen_crc16(payload, DATAC_PAYLOAD_SIZE);
    return packet[DATAC_PAYLOAD_SIZE] == crc >> 8 && packet[DATAC_PAYLOAD_SIZE + 1] == (crc & 0xff);
}

/* It could not be decoded: perhaps it can together with what was heard of it before. */
static void join(struct datac_demodulator *demodulator, const struct burst_heard *heard)
{
    uint8_t packet[PACKET_SIZE];
    const float *together = combine_add(&demodulator->combine, heard->likely);
    if (!together || !burst_decode(packet, demodulator->burst, together))
        return;
    combine_remove(&demodulator->combine, together);
    if (!check_crc(packet))
        return;
    demodulator->counts.joined++;
    give_packet(demodulator, heard, packet);
}

static uint64_t find_apart(const struct hint *a, const struct hint *b)
{
    return a->at > b->at ? a->at - b->at : b->at - a->at;
}

static bool is_same(const struct hint *a, const struct hint *b)
{
    return find_apart(a, b) < SAME_SAMPLES && fabs(a->offset_hz - b->offset_hz) < SAME_HZ;
}

static bool is_overlap(const struct hint *a, const struct hint *b)
{
    return find_apart(a, b) < OVERLAP_SAMPLES;
}

/* A burst resembles itself at other places, too: these go with it. */
static void drop_overlaps(struct datac_demodulator *demodulator, const struct hint *hint)
{
    for (unsigned i = 0; i < demodulator->hint_count;)
        if (is_overlap(&demodulator->hints[i], hint) &&
            demodulator->hints[i].likeness <= hint->likeness)
            demodulator->hints[i] = demodulator->hints[--demodulator->hint_count];
        else
            i++;
}

/* A stronger one is to be looked at first: if there is a burst, this one is nothing. */
static bool must_wait(const struct datac_demodulator *demodulator, const struct hint *hint)
{
    for (unsigned i = 0; i < demodulator->hint_count; i++)
        if (is_overlap(&demodulator->hints[i], hint) &&
            demodulator->hints[i].likeness > STRONGER * hint->likeness)
            return true;
    return false;
}

/* Is it of another modem's burst? */
static bool is_strange(const struct datac_demodulator *demodulator, const struct hint *hint)
{
    for (unsigned i = 0; i < STRANGERS_MAX; i++) {
        const struct stranger *stranger = &demodulator->strangers[i];
        if (hint->at + TOUCH_SAMPLES < stranger->until &&
            hint->at + WAVEFORM_SAMPLES > stranger->from + TOUCH_SAMPLES &&
            stranger->likeness > STRONGER * hint->likeness)
            return true;
    }
    return false;
}

/* Was a packet there, or only what resembles one a little? */
static bool is_failed(const struct hint *hint, const struct burst_heard *heard)
{
    return heard->snr_db >= FAILED_SNR_MIN_DB &&
           hint->likeness >= FAILED_LIKE_MIN * heard->coherence;
}

static void follow(struct datac_demodulator *demodulator, const struct hint *hint)
{
    struct burst_heard heard;
    for (size_t i = 0; i < BURST_SAMPLES; i++)
        demodulator->look[i] =
            demodulator->held[(hint->at + i - BURST_SLACK_SAMPLES) % HELD_SAMPLES];
    burst_hear(&heard, demodulator->burst, demodulator->look, hint->offset_hz);
    if (heard.coherence < BURST_COHERENCE_MIN)
        return;
    drop_overlaps(demodulator, hint);
    if (heard.whole && check_crc(heard.packet)) {
        demodulator->last = *hint;
        give_packet(demodulator, &heard, heard.packet);
    } else {
        demodulator->counts.bad += is_failed(hint, &heard);
        join(demodulator, &heard);
    }
}

/* Of hints at one burst the one that is most alike is kept. */
static void add_hint(struct datac_demodulator *demodulator, const struct hint *hint)
{
    struct hint *place = NULL;
    for (unsigned i = 0; i < demodulator->hint_count && !place; i++)
        if (is_same(&demodulator->hints[i], hint))
            place = &demodulator->hints[i];
    if (!place && demodulator->hint_count < HINTS_MAX) {
        demodulator->hints[demodulator->hint_count++] = *hint;
        return;
    }
    for (unsigned i = 0; i < demodulator->hint_count && !place; i++)
        if (demodulator->hints[i].likeness < hint->likeness)
            place = &demodulator->hints[i];
    if (place && place->likeness < hint->likeness)
        *place = *hint;
}

/* What each sequence's best place in this look means for where a burst begins. */
static void take_finds(
    struct datac_demodulator *demodulator, const struct scout_find finds[SCOUT_SEQUENCES_MAX])
{
    static const uint64_t before[SCOUT_SEQUENCES_MAX] = {SCOUT_SEQUENCE_SAMPLES, WAVEFORM_SAMPLES};
    for (unsigned s = 0; s < SCOUT_SEQUENCES_MAX; s++) {
        const struct scout_find *find = &finds[s];
        uint64_t end = HELD_SAMPLES + demodulator->counts.samples - find->ago;
        struct hint hint = {end - before[s], find->shift_hz, find->likeness};
        if (find->likeness < LIKENESS_MIN)
            continue;
        if (s == 0 && find->likeness >= LIKENESS_SURE)
            demodulator->synced_until = demodulator->counts.samples + WAVEFORM_SAMPLES;
        add_hint(demodulator, &hint);
    }
}

/* The scouts' best of a look, for each sequence. */
static void scout_all(struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    struct scout_find best[SCOUT_SEQUENCES_MAX] = {{0}};
    for (int i = 0; i < SCOUTS; i++) {
        struct scout_find finds[SCOUT_SEQUENCES_MAX];
        scout_look(finds, demodulator->scouts[i], samples, count);
        for (unsigned s = 0; s < SCOUT_SEQUENCES_MAX; s++)
            if (finds[s].likeness > best[s].likeness)
                best[s] = finds[s];
    }
    take_finds(demodulator, best);
}

/* Is it of the last packet, noticed by its burst's end, or too old? */
static bool is_over(const struct datac_demodulator *demodulator, const struct hint *hint)
{
    uint64_t now = HELD_SAMPLES + demodulator->counts.samples;
    return is_overlap(hint, &demodulator->last) ||
           hint->at + HELD_SAMPLES < now + BURST_SLACK_SAMPLES;
}

/* Takes out a hint of which all has come and that need not wait. False if there is none. */
static bool take_due(struct datac_demodulator *demodulator, struct hint *due)
{
    uint64_t now = HELD_SAMPLES + demodulator->counts.samples;
    for (unsigned i = 0; i < demodulator->hint_count; i++) {
        const struct hint *hint = &demodulator->hints[i];
        bool late = is_over(demodulator, hint) || is_strange(demodulator, hint);
        if (!late && (hint->at + WAVEFORM_SAMPLES + BURST_SLACK_SAMPLES > now ||
                         must_wait(demodulator, hint)))
            continue;
        *due = *hint;
        demodulator->hints[i] = demodulator->hints[--demodulator->hint_count];
        return true;
    }
    return false;
}

/* Bursts that have come whole by now. */
static void follow_all(struct datac_demodulator *demodulator)
{
    struct hint hint;
    while (take_due(demodulator, &hint))
        if (!is_over(demodulator, &hint) && !is_strange(demodulator, &hint))
            follow(demodulator, &hint);
}

static void demodulate_block(
    struct datac_demodulator *demodulator, const int16_t *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        demodulator->held[(demodulator->counts.samples + i) % HELD_SAMPLES] = samples[i];
    demodulator->counts.samples += count;
    scout_all(demodulator, samples, count);
    follow_all(demodulator);
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

void datac_pass_by(
    struct datac_demodulator *demodulator, uint64_t at, size_t count, double likeness)
{
    unsigned newest = demodulator->stranger_count % STRANGERS_MAX;
    struct stranger *stranger = &demodulator->strangers[newest];
    if (stranger->from != at + HELD_SAMPLES)
        stranger = &demodulator->strangers[++demodulator->stranger_count % STRANGERS_MAX];
    *stranger = (struct stranger){at + HELD_SAMPLES, at + HELD_SAMPLES + count, likeness};
}

bool datac_synced(const struct datac_demodulator *demodulator)
{
    return demodulator->counts.samples < demodulator->synced_until;
}

struct datac_counts datac_count(const struct datac_demodulator *demodulator)
{
    return demodulator->counts;
}
