/* What the waterfall picture shows of a sound. */
#include "audio/plot.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TURN 6.283185307179586
#define HZ_PER_COLUMN 8
#define LEFT 84 /* of the waterfall in the picture */
#define TOP 58

static void append_sine(struct pcm *pcm, double hz, unsigned milliseconds)
{
    size_t count = (size_t)pcm->rate_hz * milliseconds / 1000;

    for (size_t i = 0; i < count; i++) {
        int16_t sample =
            (int16_t)lround(8000.0 * sin(TURN * hz * (double)i / (double)pcm->rate_hz));

        pcm_append(pcm, &sample, 1);
    }
}

/* How light a pixel is to the eye (ITU-R BT.709). */
static double light(const struct picture *picture, size_t x, size_t y)
{
    const struct picture_colour *c = &picture->colours[picture->pixels[y * picture->width + x]];

    return 0.2126 * c->red + 0.7152 * c->green + 0.0722 * c->blue;
}

/* The lightest pixel of a row of the waterfall. */
static size_t find_lightest(const struct picture *picture, size_t y)
{
    size_t best = LEFT;

    for (size_t x = LEFT; x < LEFT + PLOT_TOP_HZ / HZ_PER_COLUMN; x++)
        if (light(picture, x, y) > light(picture, best, y))
            best = x;
    return best;
}

/* A tone, then another: each at its frequency, in its time, at either rate. */
static void test_tones(void **state)
{
    static const unsigned rates_hz[] = {8000, 48000};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pcm pcm;
        const struct plot plot = {.pcm = &pcm, .title = "a tone"};
        struct picture picture;

        pcm_init(&pcm, rates_hz[i]);
        append_sine(&pcm, 1504.0, 30000);
        append_sine(&pcm, 2504.0, 30000);
        assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
        for (size_t row = 2; row < 60 * PLOT_ROWS_PER_S - 2; row++) {
            size_t hz = row < 30 * PLOT_ROWS_PER_S ? 1504 : 2504;
            size_t x = find_lightest(&picture, TOP + row);

            if (row < 30 * PLOT_ROWS_PER_S - 1 || row > 30 * PLOT_ROWS_PER_S)
                assert_in_range((x - LEFT) * HZ_PER_COLUMN, hz - 16, hz + 16);
        }
        picture_wipe(&picture);
        pcm_wipe(&pcm);
    }
}

/* Noise of a recording, however loud, is dark beside what is in it. */
static void test_noise(void **state)
{
    struct pcm pcm;
    const struct plot plot = {.pcm = &pcm, .title = ""};
    struct picture picture;
    uint32_t random = 1;
    double sum = 0.0;

    (void)state;
    pcm_init(&pcm, 8000);
    append_sine(&pcm, 1504.0, 60000);
    for (size_t i = 0; i < pcm.count; i++) {
        random = random * 1664525u + 1013904223u;
        pcm.samples[i] = (int16_t)(pcm.samples[i] + (int)(random >> 17) % 16384 - 8192);
    }
    assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
    for (size_t row = 0; row < 200; row++)
        for (size_t column = 0; column < 100; column++)
            sum += light(&picture, LEFT + 300 + column, TOP + row);
    assert_true(sum / (200 * 100) < 40.0);
    for (size_t row = 1; row < 200; row++)
        assert_in_range(find_lightest(&picture, TOP + row), LEFT + 186, LEFT + 190);
    picture_wipe(&picture);
    pcm_wipe(&pcm);
}

/* In shades of grey, too, louder is lighter. */
static void test_shades(void **state)
{
    struct pcm pcm;
    const struct plot plot = {.pcm = &pcm, .title = ""};
    struct picture picture;
    uint8_t loudest = 0;

    (void)state;
    pcm_init(&pcm, 8000);
    append_sine(&pcm, 1000.0, 5000);
    assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
    for (size_t y = TOP; y < TOP + 140; y++)
        for (size_t x = LEFT; x < LEFT + 500; x++) {
            uint8_t shade = picture.pixels[y * picture.width + x];

            if (x != LEFT + 125 && x != LEFT + 250 && x != LEFT + 375) /* the grid's dots */
                loudest = shade > loudest ? shade : loudest;
        }
    assert_true(loudest > 100);
    for (size_t shade = 1; shade <= loudest; shade++) {
        const struct picture_colour *a = &picture.colours[shade - 1], *b = &picture.colours[shade];

        assert_true(2126 * b->red + 7152 * b->green + 722 * b->blue >
                    2126 * a->red + 7152 * a->green + 722 * a->blue);
    }
    picture_wipe(&picture);
    pcm_wipe(&pcm);
}

static size_t paint_height(unsigned seconds)
{
    struct pcm pcm;
    const struct plot plot = {.pcm = &pcm, .title = ""};
    struct picture picture;
    size_t height;

    pcm_init(&pcm, 8000);
    pcm_append_silence(&pcm, seconds * 1000);
    assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
    height = picture.height;
    picture_wipe(&picture);
    pcm_wipe(&pcm);
    return height;
}

/* However long it is, the picture has a size that a page can show. */
static void test_size(void **state)
{
    size_t least = paint_height(1), minute = paint_height(60), most = paint_height(1200);

    (void)state;
    assert_int_equal(minute - least, 60 * PLOT_ROWS_PER_S - PLOT_ROWS_MIN);
    assert_int_equal(most - minute, PLOT_ROWS_MAX - 60 * PLOT_ROWS_PER_S);
    assert_true(most < PLOT_ROWS_MAX + 200);
}

/* Rows in which something is written right of the waterfall. */
static size_t count_written(const struct picture *picture, size_t from_x)
{
    size_t count = 0;

    for (size_t y = 0; y < picture->height; y++) {
        bool written = false;

        for (size_t x = from_x; x < picture->width; x++)
            written = written || light(picture, x, y) > 200.0;
        count += written;
    }
    return count;
}

/* Names of short segments stand below each other: none is lost, none covers another. */
static void test_names(void **state)
{
    struct programme_segment segments[PROGRAMME_SEGMENTS_MAX];
    struct pcm pcm;
    struct plot plot = {.pcm = &pcm, .title = "", .segments = segments};
    struct picture picture;
    size_t one, rows;

    (void)state;
    pcm_init(&pcm, 8000);
    pcm_append_silence(&pcm, 8000);
    for (size_t i = 0; i < PROGRAMME_SEGMENTS_MAX; i++)
        segments[i] = (struct programme_segment){"HHHH", i % 2 ? "kk" : NULL, 0.25};
    plot.count = 1;
    assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
    one = count_written(&picture, 680);
    rows = picture.height;
    assert_int_equal(one, PICTURE_LETTER_HEIGHT);
    picture_wipe(&picture);
    plot.count = PROGRAMME_SEGMENTS_MAX;
    assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
    assert_int_equal(count_written(&picture, 680), one * PROGRAMME_SEGMENTS_MAX);
    assert_true(picture.height > rows);
    picture_wipe(&picture);
    for (size_t i = 0; i < PROGRAMME_SEGMENTS_MAX; i++)
        segments[i].name = "silence";
    assert_int_equal(plot_paint(&picture, &plot), ERR_OK);
    assert_int_equal(picture.height, rows);
    picture_wipe(&picture);
    pcm_wipe(&pcm);
}

static void test_nothing(void **state)
{
    struct pcm pcm;
    const struct plot plot = {.pcm = &pcm, .title = ""};
    struct picture picture;

    (void)state;
    pcm_init(&pcm, 8000);
    assert_int_equal(plot_paint(&picture, &plot), ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tones), cmocka_unit_test(test_noise),
        cmocka_unit_test(test_shades), cmocka_unit_test(test_size), cmocka_unit_test(test_names),
        cmocka_unit_test(test_nothing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
