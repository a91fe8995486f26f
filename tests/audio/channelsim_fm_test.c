/* The simulated FM radios, measured from outside: noise and clicks against theory, the band, the level. */
#include "tests/audio/channel.h"

#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TURN 6.283185307179586
#define RATE_HZ 8000
#define EDGE (RATE_HZ / 10) /* samples left out at both ends */
#define LOW_HZ 300.0
#define HIGH_HZ 3000.0
#define EVEN_HZ 1000.0
#define DEVIATION_HZ 2500.0
#define SILENCE_SCALE_HZ 10000.0
#define BANDWIDTH_HZ 12500.0
#define PEAK 8000.0

static void put_tones(struct pcm *pcm, const double *hz, size_t count, double seconds)
{
    pcm_init(pcm, RATE_HZ);
    for (size_t i = 0; i < (size_t)(seconds * RATE_HZ); i++) {
        double sum = 0;
        for (size_t tone = 0; tone < count; tone++)
            sum += PEAK * sin(TURN * hz[tone] * (double)i / RATE_HZ);
        int16_t sample = (int16_t)lrint(sum);
        pcm_append(pcm, &sample, 1);
    }
}

static double tone_power(const struct pcm *pcm, double hz)
{
    double complex sum = 0;
    size_t count = pcm->count - 2 * EDGE;
    for (size_t i = EDGE; i < EDGE + count; i++)
        sum += pcm->samples[i] * cexp(-I * TURN * hz * (double)i / RATE_HZ);
    return pow(cabs(2 * sum / (double)count), 2) / 2;
}

static double all_power(const struct pcm *pcm)
{
    double sum = 0;
    for (size_t i = EDGE; i < pcm->count - EDGE; i++)
        sum += pow(pcm->samples[i], 2);
    return sum / (double)(pcm->count - 2 * EDGE);
}

static double decibels(double ratio)
{
    return 10 * log10(ratio);
}

static struct pcm through(const struct pcm *in, const char *options)
{
    struct pcm out;
    assert_int_equal(channel_play(&out, in, options), 0);
    return out;
}

/* Above the threshold: a carrier's frequency noise is f^2 N0 / C, which de-emphasis makes flat; a tone of 1,000 Hz has half the
 * square of the deviation. */
static double theory_db(double cn_db)
{
    double n0 = pow(10, -cn_db / 10) / BANDWIDTH_HZ;
    return decibels(
        DEVIATION_HZ * DEVIATION_HZ / 2 / (EVEN_HZ * EVEN_HZ * n0 * (HIGH_HZ - LOW_HZ)));
}

static void test_noise_above_threshold(void **state)
{
    (void)state;
    static const double hz[] = {EVEN_HZ};
    for (int cn_db = 15; cn_db <= 25; cn_db += 5) {
        struct pcm in;
        char options[64];
        put_tones(&in, hz, 1, 20);
        snprintf(options, sizeof options, "--fm-cn %d --seed %d", cn_db, cn_db);
        struct pcm out = through(&in, options);
        double tone = tone_power(&out, EVEN_HZ);
        double snr_db = decibels(tone / (all_power(&out) - tone));
        if (fabs(snr_db - theory_db(cn_db)) > 0.6)
            fail_msg("C/N %d dB: %.2f dB, theory %.2f dB", cn_db, snr_db, theory_db(cn_db));
        pcm_wipe(&in);
        pcm_wipe(&out);
    }
}

/* Below it the carrier slips: Rice's number of clicks a second of a bare carrier, B/(2 sqrt(3)) * erfc(sqrt(C/N)), each of
 * them a whole turn, so that their spectrum is flat and de-emphasis makes them low. */
static double clicks_hz2(double cn_db)
{
    double clicks_per_s = BANDWIDTH_HZ / (2 * sqrt(3)) * erfc(sqrt(pow(10, cn_db / 10)));
    return 2 * clicks_per_s * EVEN_HZ * EVEN_HZ * (1 / LOW_HZ - 1 / HIGH_HZ);
}

static double smooth_hz2(double cn_db)
{
    return EVEN_HZ * EVEN_HZ * pow(10, -cn_db / 10) / BANDWIDTH_HZ * (HIGH_HZ - LOW_HZ);
}

/* Of a sound of silence. */
static double bare_noise_hz2(double cn_db)
{
    struct pcm in;
    char options[64];
    pcm_init(&in, RATE_HZ);
    pcm_append(&in, NULL, 60 * RATE_HZ);
    snprintf(options, sizeof options, "--fm-cn %.0f --seed 2", cn_db);
    struct pcm out = through(&in, options);
    double power = all_power(&out) * pow(SILENCE_SCALE_HZ / 32768, 2);
    assert_in_range(pcm_peak(&out), 1, 31000); /* it was not lowered to fit */
    pcm_wipe(&in);
    pcm_wipe(&out);
    return power;
}

static void test_clicks_below_threshold(void **state)
{
    (void)state;
    for (double cn_db = 4; cn_db <= 16; cn_db += 4) {
        double got = bare_noise_hz2(cn_db), want = smooth_hz2(cn_db) + clicks_hz2(cn_db);
        if (fabs(decibels(got / want)) > 1.5)
            fail_msg("C/N %.0f dB: %.3g Hz^2, theory %.3g Hz^2", cn_db, got, want);
    }
    assert_true(bare_noise_hz2(4) > 4 * smooth_hz2(4));
}

/* Tones come back as strong as they were sent inside of the band, and not at all outside. */
static void test_band(void **state)
{
    (void)state;
    static const double hz[] = {100, 500, 1000, 2500, 3500};
    struct pcm in;
    put_tones(&in, hz, 3, 2);
    for (size_t i = 0; i < 5; i++) {
        pcm_wipe(&in);
        put_tones(&in, &hz[i], 1, 2);
        struct pcm out = through(&in, "--fm-cn 60");
        double db = decibels(tone_power(&out, hz[i]) / (PEAK * PEAK / 2));
        if (i > 0 && i < 4 ? fabs(db) > 0.5 : db > -20)
            fail_msg("%.0f Hz: %.1f dB", hz[i], db);
        pcm_wipe(&out);
    }
    pcm_wipe(&in);
}

/* By data ports the band begins at 0 and goes beyond what this rate has. Without de-emphasis the noise is as much the louder as
 * it lies higher: its power is that of f^2 N0 / C from 0 to 3,600 Hz. */
static void test_data_ports(void **state)
{
    (void)state;
    static const double hz[] = {100, 1000, 3200};
    const double high_hz = 0.45 * RATE_HZ, cn_db = 20;
    struct pcm in;
    for (size_t i = 0; i < 3; i++) {
        put_tones(&in, &hz[i], 1, 5);
        struct pcm out = through(&in, "--fm-cn 20 --fm-flat");
        double tone = tone_power(&out, hz[i]), db = decibels(tone / (PEAK * PEAK / 2));
        double n0 = pow(10, -cn_db / 10) / BANDWIDTH_HZ;
        double want = DEVIATION_HZ * DEVIATION_HZ / 2 / (n0 * pow(high_hz, 3) / 3);
        double got = tone / (all_power(&out) - tone);
        if (fabs(db) > 0.5 || fabs(decibels(got / want)) > 1)
            fail_msg("%.0f Hz: %.1f dB, over noise %.1f, theory %.1f", hz[i], db, decibels(got),
                decibels(want));
        pcm_wipe(&in);
        pcm_wipe(&out);
    }
}

/* Without a carrier a receiver hisses; with one it is still. Seeds differ. */
static void test_gap_and_seed(void **state)
{
    (void)state;
    struct pcm in;
    pcm_init(&in, RATE_HZ);
    pcm_append(&in, NULL, 2 * RATE_HZ);
    struct pcm out = through(&in, "--fm-cn 30 --gap 0:1"),
               same = through(&in, "--fm-cn 30 --gap 0:1");
    struct pcm other = through(&in, "--fm-cn 30 --gap 0:1 --seed 2");
    struct pcm hiss = {.count = RATE_HZ, .samples = out.samples};
    struct pcm still = {.count = RATE_HZ, .samples = out.samples + RATE_HZ};
    assert_true(all_power(&hiss) > 1000 * all_power(&still));
    assert_memory_equal(out.samples, same.samples, out.count * sizeof *out.samples);
    assert_memory_not_equal(out.samples, other.samples, out.count * sizeof *out.samples);
    pcm_wipe(&in);
    pcm_wipe(&out);
    pcm_wipe(&same);
    pcm_wipe(&other);
}

static void test_refused(void **state)
{
    (void)state;
    struct pcm in, out;
    pcm_init(&in, RATE_HZ);
    pcm_append(&in, NULL, RATE_HZ / 10);
    assert_int_equal(channel_play(&out, &in, "--fm-cn much 2>/dev/null"), 2);
    assert_int_equal(channel_play(&out, &in, "--fm-cn 10 --snr 3 2>/dev/null"), 2);
    assert_int_equal(channel_play(&out, &in, "--fm-cn 10 --fading mpp 2>/dev/null"), 2);
    assert_int_equal(channel_play(&out, &in, "--fm-flat 2>/dev/null"), 2);
    pcm_wipe(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_noise_above_threshold),
        cmocka_unit_test(test_clicks_below_threshold),
        cmocka_unit_test(test_band),
        cmocka_unit_test(test_data_ports),
        cmocka_unit_test(test_gap_and_seed),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
