/* Retuning: every tone is moved by as much, and no image of it is left. */
#include "audio/retune.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT 8000
#define SKIPPED 800 /* until the filter is full */
#define SIZE 10000.0

/* How large a tone is in the sound. */
static double measure(const int16_t *samples, double hz)
{
    double re = 0, im = 0;
    for (int i = SKIPPED; i < COUNT; i++) {
        double angle = 2 * M_PI * hz * i / RETUNE_RATE_HZ;
        re += samples[i] * cos(angle);
        im += samples[i] * sin(angle);
    }
    return 2 * hypot(re, im) / (COUNT - SKIPPED);
}

static void lower(int16_t *out, double hz, double offset_hz)
{
    struct retune retune = {0};
    for (int i = 0; i < COUNT; i++)
        out[i] = (int16_t)lrint(SIZE * sin(2 * M_PI * hz * i / RETUNE_RATE_HZ));
    for (int at = 0, count; at < COUNT; at += count) {
        count = at % 7 * 100 + 1 < COUNT - at ? at % 7 * 100 + 1 : COUNT - at;
        retune_lower(&retune, out + at, out + at, (size_t)count, offset_hz);
    }
}

static void test_tones(void **state)
{
    (void)state;
    static const double tones_hz[] = {600, 1000, 1500, 2400, 3200};
    static const double offsets_hz[] = {-300, -290, -50, 50, 250, 300};
    int16_t out[COUNT];
    for (size_t t = 0; t < sizeof tones_hz / sizeof tones_hz[0]; t++)
        for (size_t o = 0; o < sizeof offsets_hz / sizeof offsets_hz[0]; o++) {
            lower(out, tones_hz[t], offsets_hz[o]);
            double there = measure(out, tones_hz[t] - offsets_hz[o]);
            double image = measure(out, tones_hz[t] + offsets_hz[o]);
            assert_true(there > 0.97 * SIZE && there < 1.03 * SIZE);
            assert_true(image < 0.03 * SIZE);
            assert_true(measure(out, tones_hz[t]) < 0.03 * SIZE);
        }
}

static void test_unchanged(void **state)
{
    (void)state;
    int16_t out[COUNT];
    lower(out, 1234, 0);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(out[i], (int16_t)lrint(SIZE * sin(2 * M_PI * 1234 * i / RETUNE_RATE_HZ)));
}

/* The loudest sound there is is cut, not turned over. */
static void test_loud(void **state)
{
    (void)state;
    struct retune retune = {0};
    int16_t out[COUNT];
    for (int i = 0; i < COUNT; i++)
        out[i] = i / 5 % 2 ? INT16_MAX : INT16_MIN;
    retune_lower(&retune, out, out, COUNT, 123);
    assert_true(measure(out, 800 - 123) > 30000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tones),
        cmocka_unit_test(test_unchanged),
        cmocka_unit_test(test_loud),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
