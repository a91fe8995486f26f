/* stoi: how intelligible a sound is beside the clean one, 0 to about 1: short-time objective intelligibility after C. H. Taal,
 * R. C. Hendriks, R. Heusdens and J. Jensen, "A short-time objective intelligibility measure for time-frequency weighted noisy
 * speech", ICASSP 2010: at 10 kHz, 15 bands of a third of an octave from 150 Hz, stretches of 384 ms. Included by benches only.
 */
#ifndef TESTS_BENCH_STOI_H
#define TESTS_BENCH_STOI_H

#include "audio/pcm.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STOI_RATE_HZ 10000
#define STOI_FRAME 256 /* samples; each begins half a frame after the one before */
#define STOI_STEP (STOI_FRAME / 2)
#define STOI_POINTS 512 /* of the transform */
#define STOI_BANDS 15
#define STOI_LOWEST_HZ 150.0 /* centre of the lowest band */
#define STOI_STRETCH 30      /* frames that are compared at once */
#define STOI_SILENCE_DB 40.0 /* a frame so far below the loudest is none */
#define STOI_CLIP_DB 15.0    /* signal to distortion, at the least */
#define STOI_PI 3.14159265358979323846

/* Each frame's level in each band. */
struct stoi_levels {
    size_t count;
    double (*frame)[STOI_BANDS];
};

/* A raised cosine, and the turns of the transform. */
struct stoi_tables {
    double window[STOI_FRAME];
    double complex turn[STOI_POINTS / 2];
};

static inline struct stoi_tables stoi_prepare(void)
{
    struct stoi_tables tables;
    for (size_t i = 0; i < STOI_FRAME; i++)
        tables.window[i] = 0.5 - 0.5 * cos(2 * STOI_PI * (double)(i + 1) / (STOI_FRAME + 1));
    for (size_t i = 0; i < STOI_POINTS / 2; i++)
        tables.turn[i] = cexp(-2 * STOI_PI * I * (double)i / STOI_POINTS);
    return tables;
}

static inline double stoi_energy(const struct stoi_tables *tables, const double *samples)
{
    double sum = 0;
    for (size_t i = 0; i < STOI_FRAME; i++)
        sum += samples[i] * tables->window[i] * samples[i] * tables->window[i];
    return sum;
}

/* Fast Fourier transform in place, of STOI_POINTS. */
static inline void stoi_transform(
    const struct stoi_tables *tables, double complex points[STOI_POINTS])
{
    for (size_t i = 1, j = 0; i < STOI_POINTS; i++) {
        size_t bit = STOI_POINTS / 2;
        for (; j & bit; bit /= 2)
            j ^= bit;
        j |= bit;
        if (i < j) {
            double complex other = points[i];
            points[i] = points[j];
            points[j] = other;
        }
    }
    for (size_t half = 1; half < STOI_POINTS; half *= 2) {
        for (size_t i = 0; i < STOI_POINTS; i++) {
            if (i & half)
                continue;
            double complex odd =
                tables->turn[(i % half) * (STOI_POINTS / 2 / half)] * points[i + half];
            points[i + half] = points[i] - odd;
            points[i] += odd;
        }
    }
}

/* The bins of a band: those nearest to its edges. */
static inline size_t stoi_edge(size_t band, double shift)
{
    double hz = STOI_LOWEST_HZ * pow(2.0, (double)band / 3 + shift);
    return (size_t)lround(hz * STOI_POINTS / STOI_RATE_HZ);
}

static inline void stoi_level(
    double levels[STOI_BANDS], const struct stoi_tables *tables, const double *samples)
{
    double complex points[STOI_POINTS] = {0};
    for (size_t i = 0; i < STOI_FRAME; i++)
        points[i] = samples[i] * tables->window[i];
    stoi_transform(tables, points);
    for (size_t band = 0; band < STOI_BANDS; band++) {
        double sum = 0;
        for (size_t bin = stoi_edge(band, -1.0 / 6); bin < stoi_edge(band, 1.0 / 6); bin++)
            sum += creal(points[bin] * conj(points[bin]));
        levels[band] = sqrt(sum);
    }
}

/* Which frames of the clean sound are not silent. */
static inline size_t stoi_choose(
    size_t *chosen, const struct stoi_tables *tables, const double *clean, size_t frames)
{
    double loudest = 0;
    size_t count = 0;
    for (size_t i = 0; i < frames; i++)
        loudest = fmax(loudest, stoi_energy(tables, clean + i * STOI_STEP));
    for (size_t i = 0; i < frames && loudest > 0; i++) {
        if (10 * log10(stoi_energy(tables, clean + i * STOI_STEP) / loudest + 1e-20) >
            -STOI_SILENCE_DB)
            chosen[count++] = i;
    }
    return count;
}

/* The chosen frames alone, moved together, and their levels. */
static inline struct stoi_levels stoi_measure(
    const struct stoi_tables *tables, const double *samples, const size_t *chosen, size_t count)
{
    double *joined = calloc((count + 1) * STOI_STEP, sizeof *joined);
    struct stoi_levels levels = {.count = count, .frame = calloc(count + 1, sizeof *levels.frame)};
    if (!joined || !levels.frame)
        abort();
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < STOI_FRAME; j++)
            joined[i * STOI_STEP + j] += samples[chosen[i] * STOI_STEP + j] * tables->window[j];
    }
    for (size_t i = 0; i < count; i++)
        stoi_level(levels.frame[i], tables, joined + i * STOI_STEP);
    free(joined);
    return levels;
}

static inline double stoi_correlate(
    const double clean[STOI_STRETCH], const double heard[STOI_STRETCH])
{
    double clean_mean = 0, heard_mean = 0, both = 0, clean_power = 0, heard_power = 0;
    for (size_t i = 0; i < STOI_STRETCH; i++) {
        clean_mean += clean[i] / STOI_STRETCH;
        heard_mean += heard[i] / STOI_STRETCH;
    }
    for (size_t i = 0; i < STOI_STRETCH; i++) {
        double x = clean[i] - clean_mean, y = heard[i] - heard_mean;
        both += x * y;
        clean_power += x * x;
        heard_power += y * y;
    }
    return both / (sqrt(clean_power * heard_power) + 1e-12);
}

/* One band of the stretch that begins with this frame: both at the same level, the heard one clipped. */
static inline double stoi_compare(
    const struct stoi_levels *clean, const struct stoi_levels *heard, size_t first, size_t band)
{
    double x[STOI_STRETCH], y[STOI_STRETCH];
    double clean_power = 0, heard_power = 0;
    for (size_t i = 0; i < STOI_STRETCH; i++) {
        x[i] = clean->frame[first + i][band];
        y[i] = heard->frame[first + i][band];
        clean_power += x[i] * x[i];
        heard_power += y[i] * y[i];
    }
    double scale = sqrt(clean_power / (heard_power + 1e-12));
    for (size_t i = 0; i < STOI_STRETCH; i++)
        y[i] = fmin(scale * y[i], x[i] * (1 + pow(10, STOI_CLIP_DB / 20)));
    return stoi_correlate(x, y);
}

/* Of two sounds of so many samples at STOI_RATE_HZ that begin together; 0 if they are too short. */
static inline double stoi_score(const double *clean, const double *heard, size_t samples)
{
    size_t frames = samples >= STOI_FRAME ? (samples - STOI_FRAME) / STOI_STEP + 1 : 0;
    size_t *chosen = calloc(frames + 1, sizeof *chosen);
    if (!chosen)
        abort();
    struct stoi_tables tables = stoi_prepare();
    size_t count = stoi_choose(chosen, &tables, clean, frames);
    struct stoi_levels x = stoi_measure(&tables, clean, chosen, count);
    struct stoi_levels y = stoi_measure(&tables, heard, chosen, count);
    double sum = 0;
    size_t stretches = count >= STOI_STRETCH ? count - STOI_STRETCH + 1 : 0;
    for (size_t first = 0; first < stretches; first++) {
        for (size_t band = 0; band < STOI_BANDS; band++)
            sum += stoi_compare(&x, &y, first, band);
    }
    free(x.frame);
    free(y.frame);
    free(chosen);
    return stretches > 0 ? sum / (double)(stretches * STOI_BANDS) : 0;
}

#endif
