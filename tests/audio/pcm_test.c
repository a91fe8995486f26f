#include "audio/pcm.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define TURN 6.283185307179586

static void put_tone(struct pcm *pcm, double hz, double amplitude, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int16_t sample = (int16_t)lrint(amplitude * sin(TURN * hz * (double)i / pcm->rate_hz));
        pcm_append(pcm, &sample, 1);
    }
}

/* Amplitude of one frequency over the middle of the sound. */
static double measure_tone(const struct pcm *pcm, double hz)
{
    double re = 0, im = 0;
    size_t from = pcm->count / 4, to = pcm->count * 3 / 4;
    for (size_t i = from; i < to; i++) {
        double angle = TURN * hz * (double)i / pcm->rate_hz;
        re += pcm->samples[i] * cos(angle);
        im += pcm->samples[i] * sin(angle);
    }
    return 2 * hypot(re, im) / (double)(to - from);
}

static void test_append(void **state)
{
    (void)state;
    struct pcm pcm;
    pcm_init(&pcm, 8000);
    const int16_t three[] = {1, -5, 4};
    pcm_append(&pcm, three, 3);
    pcm_append_silence(&pcm, 500);
    pcm_append(&pcm, NULL, 2);
    assert_int_equal(pcm.count, 3 + 4000 + 2);
    assert_int_equal(pcm.samples[1], -5);
    assert_int_equal(pcm.samples[4002], 0);
    assert_int_equal(pcm_peak(&pcm), 5);
    pcm_wipe(&pcm);
    assert_int_equal(pcm.count, 0);
    assert_int_equal(pcm.rate_hz, 8000);
}

static void test_levels(void **state)
{
    (void)state;
    struct pcm pcm;
    pcm_init(&pcm, 8000);
    assert_true(pcm_rms(&pcm) == 0);
    put_tone(&pcm, 1000, 10000, 8000);
    assert_true(fabs(pcm_rms(&pcm) - 10000 / sqrt(2)) < 5);
    pcm_scale(&pcm, 10);
    assert_int_equal(pcm_peak(&pcm), 32768);
    int16_t least = 0, most = 0;
    for (size_t i = 0; i < pcm.count; i++) {
        least = pcm.samples[i] < least ? pcm.samples[i] : least;
        most = pcm.samples[i] > most ? pcm.samples[i] : most;
    }
    assert_int_equal(least, -32768);
    assert_int_equal(most, 32767);
    pcm_wipe(&pcm);
}

/* A tone keeps its frequency and its level at each pair of rates that we use, and the length is right. */
static void test_resample(void **state)
{
    (void)state;
    static const unsigned rates[][2] = {
        {8000, 48000}, {48000, 8000}, {22050, 8000}, {44100, 8000}, {8000, 8000}, {16000, 48000}};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct pcm in, out;
        pcm_init(&in, rates[i][0]);
        put_tone(&in, 1500, 8000, in.rate_hz);
        assert_int_equal(pcm_resample(&out, &in, rates[i][1]), ERR_OK);
        assert_int_equal(out.rate_hz, rates[i][1]);
        assert_in_range(out.count, rates[i][1] - 10, rates[i][1] + 10);
        assert_true(fabs(measure_tone(&out, 1500) - 8000) < 40);
        assert_true(measure_tone(&out, 2500) < 40);
        pcm_wipe(&in);
        pcm_wipe(&out);
    }
}

static void test_resample_no_alias(void **state)
{
    (void)state;
    struct pcm in, out;
    pcm_init(&in, 48000);
    put_tone(&in, 6500, 8000, 48000); /* would fold to 1,500 Hz */
    assert_int_equal(pcm_resample(&out, &in, 8000), ERR_OK);
    assert_true(measure_tone(&out, 1500) < 8);
    pcm_wipe(&in);
    pcm_wipe(&out);
}

/* In pieces of any size it gives what it gives in one. */
static void test_resample_pieces(void **state)
{
    (void)state;
    struct pcm in, whole, pieces;
    pcm_init(&in, 44100);
    put_tone(&in, 700, 9000, 30000);
    assert_int_equal(pcm_resample(&whole, &in, 8000), ERR_OK);
    pcm_init(&pieces, 8000);
    struct pcm_resampler *resampler;
    assert_int_equal(pcm_resampler_new(&resampler, 44100, 8000), ERR_OK);
    for (size_t at = 0, size = 1; at < in.count; at += size, size = size * 3 % 7919 + 1) {
        size_t take = size < in.count - at ? size : in.count - at;
        pcm_resampler_push(resampler, &pieces, in.samples + at, take, false);
    }
    pcm_resampler_push(resampler, &pieces, NULL, 0, true);
    pcm_resampler_free(resampler);
    assert_in_range(pieces.count, whole.count - 2, whole.count + 2);
    for (size_t i = 0; i < pieces.count && i < whole.count; i++)
        assert_true(abs(pieces.samples[i] - whole.samples[i]) <= 1);
    pcm_wipe(&in);
    pcm_wipe(&whole);
    pcm_wipe(&pieces);
}

static void test_resample_rates(void **state)
{
    (void)state;
    struct pcm_resampler *resampler;
    assert_int_equal(pcm_resampler_new(&resampler, 0, 8000), ERR_VALUE);
    assert_int_equal(pcm_resampler_new(&resampler, 8000, 4000000), ERR_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_resample),
        cmocka_unit_test(test_resample_no_alias),
        cmocka_unit_test(test_resample_pieces),
        cmocka_unit_test(test_resample_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
