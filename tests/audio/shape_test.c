#include "audio/shape.h"
#include "audio/tone.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define RATE_HZ 8000

/* What is left of a tone after the band, in dB. */
static double response_db(double hz, double low_hz, double high_hz)
{
    struct pcm pcm;
    double before, after;

    pcm_init(&pcm, RATE_HZ);
    tone_append(&pcm, hz, 1000, 8000.0);
    before = pcm_rms(&pcm);
    shape_band(&pcm, low_hz, high_hz);
    after = pcm_rms(&pcm);
    pcm_wipe(&pcm);
    return 20.0 * log10(fmax(after, 0.1) / before);
}

static void band_passes_and_stops(void **state)
{
    (void)state;
    assert_true(fabs(response_db(1000, 150, 3500)) < 0.2);
    assert_true(fabs(response_db(150, 150, 3500) + 3.0) < 0.3);
    assert_true(response_db(75, 150, 3500) < -22.0);
    assert_true(fabs(response_db(2700, 300, 2700) + 3.0) < 0.3);
    assert_true(response_db(3700, 300, 2700) < -22.0);
    assert_true(fabs(response_db(100, 0, 3000)) < 0.1);
    assert_true(fabs(response_db(3900, 150, RATE_HZ)) < 0.1);
}

static void peak_is_what_was_asked_for(void **state)
{
    struct pcm pcm;

    (void)state;
    pcm_init(&pcm, RATE_HZ);
    pcm_append_silence(&pcm, 10);
    shape_peak(&pcm, SHAPE_MINUS_3_DBFS);
    assert_int_equal(pcm_peak(&pcm), 0);
    tone_append(&pcm, 700, 100, 300.0);
    shape_peak(&pcm, SHAPE_MINUS_3_DBFS);
    assert_in_range(pcm_peak(&pcm), 23196, 23198);
    pcm_wipe(&pcm);
}

/* Short loud pulses on a quiet tone, as a glottis makes them: the crest factor falls, the pauses stay pauses. */
static void compression_lowers_the_crest_factor(void **state)
{
    struct pcm pcm;
    double before;

    (void)state;
    pcm_init(&pcm, RATE_HZ);
    tone_append(&pcm, 1200, 2000, 1500.0);
    for (size_t n = 0; n < pcm.count; n += 80)
        pcm.samples[n] = 20000;
    pcm_append_silence(&pcm, 1000);
    before = shape_crest_db(&pcm);
    shape_compress(&pcm, 300, 2700);
    assert_true(before > 17.0);
    assert_true(shape_crest_db(&pcm) < before - 6.0);
    for (size_t n = pcm.count - 100; n < pcm.count; n++)
        assert_in_range(pcm.samples[n] + 8, 0, 16);
    pcm_wipe(&pcm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(band_passes_and_stops),
        cmocka_unit_test(peak_is_what_was_asked_for),
        cmocka_unit_test(compression_lowers_the_crest_factor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
