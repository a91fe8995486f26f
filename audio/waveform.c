#include "audio/waveform.h"

#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <math.h>
#include <string.h>

#define PACKET_SIZE 128
#define PACKET_SAMPLES (WAVEFORM_PACKET_ROWS * WAVEFORM_ROW_SAMPLES)
#define EDGE_SAMPLES (WAVEFORM_EDGE_ROWS * WAVEFORM_ROW_SAMPLES)
#define TRIALS 24      /* packets compared: a data symbol is the same in all of them once in 4^23 */
#define DIFFERENT 0.3f /* of a symbol's size */
#define INTERLEAVE 641 /* codec2's golden prime for 1,024 symbols */
#define DATA_SYMBOLS (WAVEFORM_PAIRS)

typedef float complex rows[][WAVEFORM_CARRIERS];

/* Each carrier over a symbol, turning backwards. */
static void fill_waves(double complex waves[WAVEFORM_CARRIERS][WAVEFORM_SYMBOL_SAMPLES])
{
    for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++)
        for (unsigned i = 0; i < WAVEFORM_SYMBOL_SAMPLES; i++) {
            double hz = WAVEFORM_FIRST_HZ + c * WAVEFORM_SPACING_HZ;

            waves[c][i] = cexp(-2.0 * M_PI * I * hz * i / WAVEFORM_RATE_HZ);
        }
}

static void read_rows(rows out, const int16_t *samples, unsigned count)
{
    double complex waves[WAVEFORM_CARRIERS][WAVEFORM_SYMBOL_SAMPLES];

    fill_waves(waves);
    for (unsigned row = 0; row < count; row++)
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++) {
            const int16_t *at = samples + row * WAVEFORM_ROW_SAMPLES + WAVEFORM_GUARD_SAMPLES;
            double complex sum = 0;

            for (unsigned i = 0; i < WAVEFORM_SYMBOL_SAMPLES; i++)
                sum += at[i] * waves[c][i];
            out[row][c] = (float complex)sum;
        }
}

static struct freedv *open_modem(void)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_DATAC3);

    if (!freedv)
        log_fatal("no_memory what=modem");
    if (freedv_get_n_tx_modem_samples(freedv) != PACKET_SAMPLES ||
        freedv_get_n_tx_preamble_modem_samples(freedv) != EDGE_SAMPLES ||
        freedv_get_n_tx_postamble_modem_samples(freedv) != EDGE_SAMPLES)
        log_fatal("modem_differs what=burst");
    freedv_set_clip(freedv, 0);
    freedv_set_tx_bpf(freedv, 0);
    return freedv;
}

/* A packet of numbers that look random, as rows. */
static void make_packet(rows out, struct freedv *freedv, uint32_t *seed)
{
    static const unsigned multiplier = 1664525, increment = 1013904223;
    int16_t samples[PACKET_SAMPLES];
    uint8_t bytes[PACKET_SIZE];

    for (unsigned i = 0; i < PACKET_SIZE; i++) {
        *seed = *seed * multiplier + increment;
        bytes[i] = (uint8_t)(*seed >> 24);
    }
    freedv_rawdatatx(freedv, samples, bytes);
    read_rows(out, samples, WAVEFORM_PACKET_ROWS);
}

/* The packet's symbols that are the same in all packets. */
static void learn_packet(struct waveform *waveform, struct freedv *freedv)
{
    float complex first[WAVEFORM_PACKET_ROWS][WAVEFORM_CARRIERS];
    float complex other[WAVEFORM_PACKET_ROWS][WAVEFORM_CARRIERS];
    uint32_t seed = 1;

    make_packet(first, freedv, &seed);
    memcpy(waveform->symbol + WAVEFORM_EDGE_ROWS, first, sizeof(first));
    memset(waveform->known, 1, sizeof(waveform->known));
    for (unsigned trial = 1; trial < TRIALS; trial++) {
        make_packet(other, freedv, &seed);
        for (unsigned row = 0; row < WAVEFORM_PACKET_ROWS; row++)
            for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++)
                if (cabsf(first[row][c] - other[row][c]) > DIFFERENT * cabsf(first[0][0]))
                    waveform->known[WAVEFORM_EDGE_ROWS + row][c] = false;
    }
}

static void learn_edges(struct waveform *waveform, struct freedv *freedv)
{
    int16_t samples[EDGE_SAMPLES];

    (void)freedv_rawdatapreambletx(freedv, samples);
    read_rows(waveform->symbol, samples, WAVEFORM_EDGE_ROWS);
    (void)freedv_rawdatapostambletx(freedv, samples);
    read_rows(
        waveform->symbol + WAVEFORM_EDGE_ROWS + WAVEFORM_PACKET_ROWS, samples, WAVEFORM_EDGE_ROWS);
}

/* Data symbol j is pair i, where j is 641 i, modulo their number. */
static void place_pairs(struct waveform *waveform)
{
    struct waveform_place data[DATA_SYMBOLS];
    unsigned count = 0;

    for (uint8_t row = 0; row < WAVEFORM_ROWS; row++)
        for (uint8_t c = 0; c < WAVEFORM_CARRIERS; c++) {
            if (waveform->known[row][c])
                continue;
            if (count == DATA_SYMBOLS)
                log_fatal("modem_differs what=symbols");
            data[count++] = (struct waveform_place){row, c};
        }
    if (count != DATA_SYMBOLS)
        log_fatal("modem_differs what=symbols");
    for (unsigned i = 0; i < WAVEFORM_PAIRS; i++)
        waveform->pairs[i] = data[i * INTERLEAVE % DATA_SYMBOLS];
}

/* Which rows are known as a whole; and symbols in units of a pilot. */
static void finish(struct waveform *waveform)
{
    float size = cabsf(waveform->symbol[WAVEFORM_EDGE_ROWS][0]);

    for (unsigned row = 0; row < WAVEFORM_ROWS; row++) {
        waveform->whole[row] = true;
        for (unsigned c = 0; c < WAVEFORM_CARRIERS; c++) {
            waveform->whole[row] &= waveform->known[row][c];
            waveform->symbol[row][c] /= size;
        }
    }
}

void waveform_learn(struct waveform *waveform)
{
    struct freedv *freedv = open_modem();

    learn_packet(waveform, freedv);
    learn_edges(waveform, freedv);
    place_pairs(waveform);
    freedv_close(freedv);
    finish(waveform);
}
