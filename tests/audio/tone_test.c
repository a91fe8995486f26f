#include "audio/tone.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define RATE_HZ 8000
#define PEAK 16384.0

static void make(struct pcm *pcm, double hz)
{
    pcm_init(pcm, RATE_HZ);
    tone_append(pcm, hz, TONE_SECONDS * 1000, PEAK);
}

/* Power of one frequency over power of all. */
static double purity(const struct pcm *pcm, double hz)
{
    double re = 0.0, im = 0.0, all = 0.0;

    for (size_t n = 0; n < pcm->count; n++) {
        double x = pcm->samples[n];

        re += x * cos(2.0 * M_PI * hz * (double)n / RATE_HZ);
        im += x * sin(2.0 * M_PI * hz * (double)n / RATE_HZ);
        all += x * x;
    }
    return 2.0 * (re * re + im * im) / (double)pcm->count / all;
}

static void tone_has_its_length_level_and_frequency(void **state)
{
    struct pcm pcm;

    (void)state;
    make(&pcm, TONE_HZ);
    assert_int_equal(pcm.count, TONE_SECONDS * RATE_HZ);
    assert_in_range(pcm_peak(&pcm), (int)PEAK - 2, (int)PEAK);
    assert_true(purity(&pcm, TONE_HZ) > 0.99);
    assert_true(purity(&pcm, TONE_HZ + 5) < 0.01);
    pcm_wipe(&pcm);
}

/* Both ends rise and fall over TONE_RAMP_MS. */
static void tone_does_not_click(void **state)
{
    struct pcm pcm;

    (void)state;
    make(&pcm, TONE_HZ);
    for (size_t n = 0; n < RATE_HZ / 1000; n++) {
        assert_in_range(pcm.samples[n] + 2048, 0, 4096);
        assert_in_range(pcm.samples[pcm.count - 1 - n] + 2048, 0, 4096);
    }
    pcm_wipe(&pcm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tone_has_its_length_level_and_frequency),
        cmocka_unit_test(tone_does_not_click),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
