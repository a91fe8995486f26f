/* How loud a moment is at each frequency. */
#include "audio/spectrum.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define TURN 6.283185307179586
#define LINES 500

/* A second of a sine. */
static void make_sine(struct pcm *pcm, unsigned rate_hz, double hz, double amplitude)
{
    pcm_init(pcm, rate_hz);
    for (unsigned i = 0; i < rate_hz; i++) {
        int16_t sample = (int16_t)lround(amplitude * sin(TURN * hz * i / rate_hz));

        pcm_append(pcm, &sample, 1);
    }
}

static void measure(double power[LINES], const struct pcm *pcm, size_t at)
{
    struct spectrum *spectrum = spectrum_new(pcm->rate_hz);

    for (size_t i = 0; i < LINES; i++)
        power[i] = 0.0;
    spectrum_add(power, LINES, spectrum, pcm, at);
    spectrum_free(spectrum);
}

static void test_sine(void **state)
{
    static const unsigned rates_hz[] = {8000, 12000, 16000, 44100, 48000};

    (void)state;
    for (size_t i = 0; i < sizeof(rates_hz) / sizeof(rates_hz[0]); i++) {
        double power[LINES];
        struct pcm pcm;

        make_sine(&pcm, rates_hz[i], 1504.0, 16384.0);
        measure(power, &pcm, 1000);
        assert_true(power[188] > 0.17); /* between two lines of its own: at worst 1.5 dB less */
        assert_true(power[188] < 0.26);
        for (size_t line = 0; line < LINES; line++)
            if (line < 185 || line > 191)
                assert_true(power[line] < 1e-4);
        pcm_wipe(&pcm);
    }
}

static void test_adds(void **state)
{
    double power[LINES] = {0.0};
    struct spectrum *spectrum = spectrum_new(8000);
    struct pcm pcm;

    (void)state;
    make_sine(&pcm, 8000, 800.0, 32767.0);
    spectrum_add(power, LINES, spectrum, &pcm, 0);
    spectrum_add(power, LINES, spectrum, &pcm, 333);
    assert_true(fabs(power[100] - 2.0) < 0.01);
    pcm_wipe(&pcm);
    spectrum_free(spectrum);
}

/* What lies above half the rate, or behind the end, is nothing. */
static void test_edges(void **state)
{
    double power[LINES];
    struct pcm pcm;

    (void)state;
    make_sine(&pcm, 4000, 1000.0, 32767.0);
    measure(power, &pcm, 0);
    assert_true(fabs(power[125] - 1.0) < 0.01);
    for (size_t line = 251; line < LINES; line++)
        assert_true(power[line] == 0.0);
    measure(power, &pcm, pcm.count - 10);
    assert_true(power[125] < 0.01);
    measure(power, &pcm, pcm.count + 10);
    for (size_t line = 0; line < LINES; line++)
        assert_true(power[line] == 0.0);
    pcm_wipe(&pcm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sine), cmocka_unit_test(test_adds), cmocka_unit_test(test_edges)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
