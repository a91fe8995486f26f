#include "audio/mfsk_rx.h"

#include "audio/convolve.h"
#include "audio/mfsk_code.h"
#include "gateway/base/log.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FINE 4      /* places in a tone's spacing */
#define PHASES 8    /* places in a symbol */
#define SHIFT_MAX 3 /* whole tones' offsets, to either side */
#define SHIFTS (2 * SHIFT_MAX + 1)
#define BINS ((MFSK_TONES + 2 * SHIFT_MAX) * FINE)
#define HOP_SAMPLES (MFSK_SYMBOL_SAMPLES / PHASES)
#define FINE_HZ (MFSK_SPACING_HZ / FINE)
#define FIRST_HZ                                                                                   \
    (MFSK_CENTRE_HZ - ((MFSK_TONES - 1) / 2.0 + SHIFT_MAX) * MFSK_SPACING_HZ - 2 * FINE_HZ)
#define STEADY 0.05      /* weight of the newest symbol in who stands out */
#define TRUST 0.02       /* weight of the newest bit in how well a path fits */
#define TRUST_BEGIN 0.90 /* noise has 0.75, seldom more than 0.88 */
#define TRUST_GO_ON 0.82 /* through a fade, once a line has begun */
#define LINE_MIN 10      /* what is shorter is mostly noise */
#define DELAY_SYMBOLS ((MFSK_SYMBOL_BITS - 1) * MFSK_STAGGER + 1)
#define SOFT_MIN 1e-9
#define TEXT_END 0x7f

/* One hypothesis of the tuning by whole tones. */
struct decoder {
    float late[DELAY_SYMBOLS][MFSK_SYMBOL_BITS];
    size_t at;
    struct convolve_decoder path;
    struct convolve_encoder check; /* codes anew what was decided */
    float sent[CONVOLVE_DELAY + 1][2];
    size_t sent_at;
    double trust;
    unsigned code;
    size_t used;
    char line[MFSK_RX_LINE_MAX + 1];
};

struct mfsk_rx {
    mfsk_rx_handler *handler;
    void *arg;
    double complex turn[BINS]; /* of each bin in a sample, and in a symbol */
    double complex leave[BINS];
    double complex bin[BINS];
    double window[MFSK_SYMBOL_SAMPLES];
    size_t at;
    unsigned hop;
    double stands[PHASES][FINE];
    unsigned fine;
    int due; /* hops until the next symbol */
    struct decoder decoders[SHIFTS];
};

struct mfsk_rx *mfsk_rx_new(mfsk_rx_handler *handler, void *arg)
{
    struct mfsk_rx *rx = calloc(1, sizeof(*rx));

    if (!rx)
        log_fatal("no_memory");
    rx->handler = handler;
    rx->arg = arg;
    rx->due = PHASES;
    for (int i = 0; i < BINS; i++) {
        double radians = 2.0 * M_PI * (FIRST_HZ + i * FINE_HZ) / MFSK_RATE_HZ;

        rx->turn[i] = cexp(I * radians);
        rx->leave[i] = cexp(I * radians * MFSK_SYMBOL_SAMPLES);
    }
    return rx;
}

void mfsk_rx_free(struct mfsk_rx *rx)
{
    free(rx);
}

static void give_line(struct mfsk_rx *rx, struct decoder *decoder)
{
    decoder->line[decoder->used] = '\0';
    if (decoder->used >= LINE_MIN)
        rx->handler(rx->arg, decoder->line);
    decoder->used = 0;
}

static bool is_best(const struct mfsk_rx *rx, const struct decoder *decoder)
{
    if (decoder->trust < (decoder->used > 0 ? TRUST_GO_ON : TRUST_BEGIN))
        return false;
    for (int i = 0; i < SHIFTS; i++)
        if (rx->decoders[i].trust > decoder->trust)
            return false;
    return true;
}

static void take_character(struct mfsk_rx *rx, struct decoder *decoder, int character)
{
    if (!is_best(rx, decoder)) {
        give_line(rx, decoder);
        return;
    }
    if (character < ' ' || character >= TEXT_END) {
        give_line(rx, decoder);
        return;
    }
    decoder->line[decoder->used++] = (char)character;
    if (decoder->used == MFSK_RX_LINE_MAX)
        give_line(rx, decoder);
}

/* Bits until 001: the 1 begins the next code. */
static void take_bit(struct mfsk_rx *rx, struct decoder *decoder, bool bit)
{
    decoder->code = (decoder->code << 1 | (bit ? 1u : 0u)) & 0xffffu;
    if ((decoder->code & 7u) != 1)
        return;
    take_character(rx, decoder, mfsk_code_decode((uint16_t)(decoder->code >> 1)));
    decoder->code = 1;
}

/* What was decided, coded anew, against what was received then: 1 if all of it agrees, near 0.7 for noise. */
static void judge(struct decoder *decoder, bool bit)
{
    const float *then = decoder->sent[(decoder->sent_at + 1) % (CONVOLVE_DELAY + 1)];
    bool sent[2];
    double size = fabs((double)then[0]) + fabs((double)then[1]);
    double fits = 0.0;

    convolve_encode(&decoder->check, sent, bit);
    for (int i = 0; i < 2; i++)
        fits += sent[i] == (then[i] > 0.0f) ? fabs((double)then[i]) : 0.0;
    if (size > SOFT_MIN)
        decoder->trust += TRUST * (fits / size - decoder->trust);
}

static void take_pair(struct mfsk_rx *rx, struct decoder *decoder, const float received[2])
{
    bool bit = convolve_decode(&decoder->path, received);

    memcpy(decoder->sent[decoder->sent_at], received, 2 * sizeof(received[0]));
    judge(decoder, bit);
    decoder->sent_at = (decoder->sent_at + 1) % (CONVOLVE_DELAY + 1);
    take_bit(rx, decoder, bit);
}

/* The interleaver's bits in their places again. */
static void take_soft(
    struct mfsk_rx *rx, struct decoder *decoder, const float soft[MFSK_SYMBOL_BITS])
{
    float bits[MFSK_SYMBOL_BITS];

    memcpy(decoder->late[decoder->at], soft, sizeof(bits));
    for (size_t i = 0; i < MFSK_SYMBOL_BITS; i++) {
        size_t wait = (MFSK_SYMBOL_BITS - 1 - i) * MFSK_STAGGER;

        bits[i] = decoder->late[(decoder->at + DELAY_SYMBOLS - wait) % DELAY_SYMBOLS][i];
    }
    decoder->at = (decoder->at + 1) % DELAY_SYMBOLS;
    take_pair(rx, decoder, bits);
    take_pair(rx, decoder, bits + 2);
}

static double magnitude(const struct mfsk_rx *rx, unsigned tone, unsigned fine)
{
    return cabs(rx->bin[tone * FINE + fine]);
}

/* For each bit of a symbol how much surer it is 1 than 0. */
static void soften(
    float soft[MFSK_SYMBOL_BITS], const struct mfsk_rx *rx, unsigned shift, double scale)
{
    double best[MFSK_SYMBOL_BITS][2] = {{0}};

    for (unsigned tone = 0; tone < MFSK_TONES; tone++) {
        double size = magnitude(rx, shift + tone, rx->fine);
        unsigned bits = tone ^ tone >> 1;

        for (unsigned i = 0; i < MFSK_SYMBOL_BITS; i++) {
            double *of = &best[i][bits >> (MFSK_SYMBOL_BITS - 1 - i) & 1u];

            *of = size > *of ? size : *of;
        }
    }
    for (unsigned i = 0; i < MFSK_SYMBOL_BITS; i++)
        soft[i] = (float)((best[i][1] - best[i][0]) / scale);
}

static void take_symbol(struct mfsk_rx *rx)
{
    double sum = SOFT_MIN;

    for (unsigned tone = 0; tone < MFSK_TONES + 2 * SHIFT_MAX; tone++)
        sum += magnitude(rx, tone, rx->fine);
    for (unsigned shift = 0; shift < SHIFTS; shift++) {
        float soft[MFSK_SYMBOL_BITS];

        soften(soft, rx, shift, sum);
        take_soft(rx, &rx->decoders[shift], soft);
    }
}

/* How much the strongest tone stands out here. */
static void watch(struct mfsk_rx *rx, unsigned phase)
{
    for (unsigned fine = 0; fine < FINE; fine++) {
        double best = 0.0, sum = SOFT_MIN;

        for (unsigned tone = 0; tone < MFSK_TONES + 2 * SHIFT_MAX; tone++) {
            double size = magnitude(rx, tone, fine);

            best = size > best ? size : best;
            sum += size;
        }
        rx->stands[phase][fine] += STEADY * (best / sum - rx->stands[phase][fine]);
    }
}

/* Where in a symbol, and how finely tuned, one tone stands out most. */
static unsigned find_phase(struct mfsk_rx *rx)
{
    unsigned best = 0;

    for (unsigned phase = 0; phase < PHASES; phase++)
        for (unsigned fine = 0; fine < FINE; fine++)
            if (rx->stands[phase][fine] > rx->stands[best][rx->fine]) {
                best = phase;
                rx->fine = fine;
            }
    return best;
}

/* A symbol each PHASES hops, a hop earlier or later where the clock drifts. */
static void take_hop(struct mfsk_rx *rx)
{
    unsigned phase = rx->hop % PHASES;

    rx->hop++;
    watch(rx, phase);
    if (--rx->due > 0)
        return;
    take_symbol(rx);
    int late = (int)((find_phase(rx) + PHASES - phase) % PHASES);
    int step = late == 0 ? 0 : late < PHASES / 2 ? 1 : -1;
    rx->due = PHASES + step;
}

static void take_sample(struct mfsk_rx *rx, double sample)
{
    double old = rx->window[rx->at];

    rx->window[rx->at] = sample;
    for (int i = 0; i < BINS; i++)
        rx->bin[i] = rx->bin[i] * rx->turn[i] + sample - old * rx->leave[i];
    rx->at = (rx->at + 1) % MFSK_SYMBOL_SAMPLES;
    if (rx->at % HOP_SAMPLES == 0)
        take_hop(rx);
}

void mfsk_rx_take(struct mfsk_rx *rx, const int16_t *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        take_sample(rx, samples[i]);
}

void mfsk_rx_finish(struct mfsk_rx *rx)
{
    for (int i = 0; i < SHIFTS; i++)
        if (is_best(rx, &rx->decoders[i]))
            give_line(rx, &rx->decoders[i]);
}
