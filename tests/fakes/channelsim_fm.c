#include "tests/fakes/channelsim_fm.h"

#include "tests/fakes/channelsim_random.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

#define TURN 6.283185307179586
#define RATE_HZ 48000
#define AUDIO_REACH_MS 10 /* of filters to either side */
#define IF_REACH 96       /* samples: 2 ms */
#define NYQUIST_SHARE 0.45
#define DESIGN_STEP_HZ 5

enum stream { STREAM_NOISE = 3 }; /* not one of the shortwave channel's */

static double rise(double hz)
{
    return hz / FM_EVEN_HZ;
}

static double fall(double hz)
{
    return FM_EVEN_HZ / hz;
}

static double flat(double hz)
{
    (void)hz;
    return 1;
}

/* What a filter lets through, and how: nothing outside of low to high. */
struct band {
    double low_hz;
    double high_hz;
    double (*gain)(double hz);
};

/* Taps 0..reach of a symmetric filter. */
static void design(double *taps, long reach, const struct band *band, unsigned rate_hz)
{
    for (long n = 0; n <= reach; n++) {
        double window = 0.54 + 0.46 * cos(TURN / 2 * (double)n / (double)(reach + 1));
        double sum = 0;
        for (double hz = band->low_hz + DESIGN_STEP_HZ / 2.0; hz < band->high_hz;
             hz += DESIGN_STEP_HZ)
            sum += band->gain(hz) * cos(TURN * hz * (double)n / rate_hz);
        taps[n] = window * sum * 2 * DESIGN_STEP_HZ / rate_hz;
    }
}

static double at(const double *samples, long count, long i)
{
    return i >= 0 && i < count ? samples[i] : 0;
}

/* Centred: nothing is delayed. */
static bool filter(double *samples, size_t size, const double *taps, long reach)
{
    long count = (long)size;
    double *out = calloc(size + 1, sizeof *out);
    if (!out)
        return false;
    for (long i = 0; i < count; i++) {
        double sum = taps[0] * samples[i];
        for (long n = 1; n <= reach; n++)
            sum += taps[n] * (at(samples, count, i - n) + at(samples, count, i + n));
        out[i] = sum;
    }
    for (long i = 0; i < count; i++)
        samples[i] = out[i];
    free(out);
    return true;
}

static bool is_in_gap(const struct fm *fm, double seconds)
{
    for (unsigned g = 0; g < fm->gap_count; g++)
        if (seconds >= fm->gaps[g].start_s && seconds < fm->gaps[g].start_s + fm->gaps[g].length_s)
            return true;
    return false;
}

/* Sound, in hertz of deviation, to a carrier at 0 Hz of power 1, and noise. */
static void modulate(
    double *real, double *imaginary, const struct sound *sound, const struct fm *fm)
{
    struct random random;
    double phase = 0;
    double deviation = sqrt(pow(10, -fm->cn_db / 10) * RATE_HZ / FM_BANDWIDTH_HZ / 2);
    random_init(&random, fm->seed, STREAM_NOISE);
    for (size_t i = 0; i < sound->count; i++) {
        double carrier = is_in_gap(fm, (double)i / RATE_HZ) ? 0 : 1;
        phase = fmod(phase + TURN * sound->samples[i] / RATE_HZ, TURN);
        real[i] = carrier * cos(phase) + deviation * random_normal(&random);
        imaginary[i] = carrier * sin(phase) + deviation * random_normal(&random);
    }
}

/* Back to hertz. The limiter is that only the angle counts. */
static void discriminate(struct sound *sound, const double *real, const double *imaginary)
{
    double complex last = 1;
    for (size_t i = 0; i < sound->count; i++) {
        double complex now = real[i] + I * imaginary[i];
        sound->samples[i] = carg(now * conj(last)) * RATE_HZ / TURN;
        last = now;
    }
}

static bool radiate(struct sound *sound, const struct fm *fm)
{
    double taps[IF_REACH + 1];
    double *real = calloc(sound->count + 1, sizeof *real);
    double *imaginary = calloc(sound->count + 1, sizeof *imaginary);
    bool good = real && imaginary;
    design(taps, IF_REACH,
        &(struct band){.low_hz = 0, .high_hz = FM_BANDWIDTH_HZ / 2.0, .gain = flat}, RATE_HZ);
    if (good) {
        modulate(real, imaginary, sound, fm);
        good = filter(real, sound->count, taps, IF_REACH) &&
               filter(imaginary, sound->count, taps, IF_REACH);
    }
    if (good)
        discriminate(sound, real, imaginary);
    free(real);
    free(imaginary);
    return good;
}

static void multiply(struct sound *sound, double factor)
{
    for (size_t i = 0; i < sound->count; i++)
        sound->samples[i] *= factor;
}

/* The audio part of a radio. */
static bool emphasize(struct sound *sound, double (*gain)(double), bool is_flat)
{
    long reach = (long)sound->rate_hz * AUDIO_REACH_MS / 1000;
    double high_hz = is_flat ? FM_FLAT_HIGH_HZ : FM_HIGH_HZ;
    const struct band band = {.low_hz = is_flat ? 0 : FM_LOW_HZ,
        .high_hz = fmin(high_hz, NYQUIST_SHARE * sound->rate_hz),
        .gain = is_flat ? flat : gain};
    double *taps = calloc((size_t)reach + 1, sizeof *taps);
    if (!taps)
        return false;
    design(taps, reach, &band, sound->rate_hz);
    bool good = filter(sound->samples, sound->count, taps, reach);
    free(taps);
    return good;
}

bool fm_apply(struct sound *sound, struct fm_report *report, const struct fm *fm)
{
    unsigned rate_hz = sound->rate_hz;
    double peak = 0;
    if (!emphasize(sound, rise, fm->flat))
        return false;
    for (size_t i = 0; i < sound->count; i++)
        peak = fmax(peak, fabs(sound->samples[i]));
    report->scale_hz = peak > 0 ? FM_DEVIATION_HZ / peak : FM_SILENCE_SCALE_HZ;
    report->peak_hz = peak * report->scale_hz;
    multiply(sound, report->scale_hz);
    if (!sound_resample(sound, RATE_HZ) || !radiate(sound, fm))
        return false;
    multiply(sound, 1 / report->scale_hz);
    if (!sound_resample(sound, rate_hz) || !emphasize(sound, fall, fm->flat))
        return false;
    report->gain = sound_fit(sound);
    return true;
}
