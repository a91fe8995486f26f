/* The channel simulator's own statistics, measured from outside: its noise, its fading, its shifts. */
#include "audio/wav.h"
#include "tests/audio/channel.h"

#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TURN 6.283185307179586
#define RATE_HZ 8000
#define BLOCK 80 /* samples of one value of an envelope: 10 ms */

static void put_tone(struct pcm *pcm, double hz, double amplitude, double seconds)
{
    size_t count = (size_t)(seconds * pcm->rate_hz);
    if (!pcm->count)
        pcm_append(pcm, NULL, count);
    for (size_t i = 0; i < count; i++) {
        double value = amplitude * sin(TURN * hz * (double)i / pcm->rate_hz);
        pcm->samples[i] = (int16_t)(pcm->samples[i] + lrint(value));
    }
}

/* The complex amplitude of one frequency between two samples. */
static double complex measure(const struct pcm *pcm, double hz, size_t from, size_t to)
{
    double complex sum = 0;
    for (size_t i = from; i < to; i++)
        sum += pcm->samples[i] * cexp(-I * TURN * hz * (double)i / pcm->rate_hz);
    return 2 * sum / (double)(to - from);
}

static struct pcm through(const struct pcm *in, const char *options)
{
    struct pcm out;
    assert_int_equal(channel_play(&out, in, options), 0);
    return out;
}

/* Noise in 3,000 Hz is what was asked for, within 0.2 dB, at two rates, pauses not counted in the signal. */
static void test_noise_power(void **state)
{
    (void)state;
    static const unsigned rates[] = {8000, 48000};
    for (size_t r = 0; r < 2; r++) {
        struct pcm in;
        pcm_init(&in, rates[r]);
        put_tone(&in, 1000, 6000, 10);
        pcm_append_silence(&in, 10000);
        struct pcm out = through(&in, "--snr 3");
        double tone = pow(cabs(measure(&out, 1000, 0, out.count / 2)), 2) / 2;
        double noise = 0;
        for (size_t i = out.count / 2 + 100; i < out.count; i++)
            noise += pow(out.samples[i], 2) / (double)(out.count / 2 - 100);
        double snr_db = 10 * log10(tone / (noise * 3000 / (rates[r] / 2.0)));
        assert_true(fabs(snr_db - 3) < 0.2);
        pcm_wipe(&in);
        pcm_wipe(&out);
    }
}

/* A tone's envelope over time: how strong it is in each block, 1 is its strength as sent. */
static double *envelope(size_t *count, const struct pcm *pcm, double hz, double amplitude)
{
    *count = pcm->count / BLOCK;
    double *powers = malloc(*count * sizeof *powers);
    assert_non_null(powers);
    for (size_t b = 0; b < *count; b++)
        powers[b] = pow(cabs(measure(pcm, hz, b * BLOCK, (b + 1) * BLOCK)) / amplitude, 2);
    return powers;
}

static double mean(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum / (double)count;
}

static double correlation(const double *a, const double *b, size_t count)
{
    double mean_a = mean(a, count), mean_b = mean(b, count), ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < count; i++) {
        ab += (a[i] - mean_a) * (b[i] - mean_b);
        aa += pow(a[i] - mean_a, 2);
        bb += pow(b[i] - mean_b, 2);
    }
    return ab / sqrt(aa * bb);
}

/* Rayleigh: mean power 1, and the share of time more than 10 dB below it is 1 - exp(-0.1). */
static void test_fading_level(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 400);
    struct pcm out = through(&in, "--fading mpd --seed 5");
    size_t count, low = 0;
    double *powers = envelope(&count, &out, 1000, 6000);
    for (size_t i = 0; i < count; i++)
        low += powers[i] < 0.1;
    assert_true(fabs(10 * log10(mean(powers, count))) < 0.7);
    assert_true(fabs((double)low / (double)count - 0.0952) < 0.025);
    free(powers);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

/* How fast: power of a Gaussian Doppler spectrum of deviation s is correlated by exp(-(TURN s t)^2) after t. */
static void test_fading_speed(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 400);
    struct pcm out = through(&in, "--fading mpd --seed 6");
    size_t count;
    double *powers = envelope(&count, &out, 1000, 6000);
    for (size_t lag = 5; lag <= 20; lag += 5) {
        double expected = exp(-pow(TURN * 1.25 * (double)lag * 0.01, 2));
        double got = correlation(powers, powers + lag, count - lag);
        assert_true(fabs(got - expected) < 0.12);
    }
    free(powers);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

/* How far apart the paths are: with 2 ms tones 500 Hz apart fade together, tones 250 Hz apart do not. */
static void test_fading_delay(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    for (int i = 0; i < 3; i++)
        put_tone(&in, 1000 + 250 * i, 6000, 200);
    struct pcm out = through(&in, "--fading mpp --seed 7");
    size_t count;
    double *low = envelope(&count, &out, 1000, 6000);
    double *middle = envelope(&count, &out, 1250, 6000);
    double *high = envelope(&count, &out, 1500, 6000);
    assert_true(correlation(low, high, count) > 0.95);
    assert_true(fabs(correlation(low, middle, count)) < 0.35);
    free(low);
    free(middle);
    free(high);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

/* Shift, gap and tuning in late. */
static void test_shift_gap_from(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 4);
    struct pcm out = through(&in, "--offset -137.5 --gap 1:0.5 --from 0.5");
    assert_int_equal(out.count, 7 * RATE_HZ / 2);
    assert_true(fabs(cabs(measure(&out, 862.5, 2 * RATE_HZ, 3 * RATE_HZ)) - 6000) < 60);
    assert_true(cabs(measure(&out, 1137.5, 2 * RATE_HZ, 3 * RATE_HZ)) < 60);
    int peak = 0;
    for (size_t i = RATE_HZ / 2; i < RATE_HZ; i++)
        peak = abs(out.samples[i]) > peak ? abs(out.samples[i]) : peak;
    assert_int_equal(peak, 0);
    assert_true(abs(out.samples[RATE_HZ / 2 - 1]) + abs(out.samples[RATE_HZ / 2 - 3]) > 0);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

/* A clock 2,000 ppm off makes a second longer by 2 ms and a tone lower by 2 Hz in 1,000. */
static void test_clock(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 5);
    struct pcm out = through(&in, "--ppm 2000");
    assert_in_range(out.count, 40078, 40082);
    assert_true(cabs(measure(&out, 1000 / 1.002, 8000, 32000)) > 5900);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

/* Two tones of equal strength have an envelope 3 dB over its root mean square; clipping to 0 dB takes it off. */
static void test_clip(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 2);
    put_tone(&in, 1300, 6000, 2);
    struct pcm out = through(&in, "--clip 0");
    double limit = 6000 * sqrt(2);
    for (size_t i = 800; i < out.count - 800; i++)
        assert_true(abs(out.samples[i]) < limit * 1.02);
    assert_true(pcm_peak(&in) > 11000);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

static void check_same(const struct pcm *in, const char *a, const char *b, bool same)
{
    struct pcm one = through(in, a), two = through(in, b);
    assert_int_equal(one.count, two.count);
    assert_int_equal(!memcmp(one.samples, two.samples, one.count * sizeof *one.samples), same);
    pcm_wipe(&one);
    pcm_wipe(&two);
}

static void test_seed(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 2);
    check_same(&in, "--snr 0 --fading mpp", "--snr 0 --fading mpp --seed 1", true);
    check_same(&in, "--snr 0", "--snr 0 --seed 2", false);
    check_same(&in, "--fading mpp", "--fading mpp --seed 2", false);
    pcm_wipe(&in);
}

static void test_refused(void **state)
{
    (void)state;
    struct pcm in, out;
    pcm_init(&in, RATE_HZ);
    put_tone(&in, 1000, 6000, 0.1);
    assert_int_equal(channel_play(&out, &in, "--snr loud 2>/dev/null"), 2);
    assert_int_equal(channel_play(&out, &in, "--fading bad 2>/dev/null"), 2);
    assert_int_equal(channel_play(&out, &in, "--nothing 2>/dev/null"), 2);
    pcm_wipe(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_noise_power),
        cmocka_unit_test(test_fading_level),
        cmocka_unit_test(test_fading_speed),
        cmocka_unit_test(test_fading_delay),
        cmocka_unit_test(test_shift_gap_from),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_clip),
        cmocka_unit_test(test_seed),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
