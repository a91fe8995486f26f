/* Pixels, letters, and the file as libpng's own reader sees it. */
#include "audio/picture.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define INK 7
#define WIDTH 64
#define HEIGHT 40

static size_t count_ink(const struct picture *picture)
{
    size_t count = 0;

    for (size_t i = 0; i < picture->width * picture->height; i++)
        count += picture->pixels[i] == INK;
    return count;
}

static void test_fill(void **state)
{
    struct picture picture;

    (void)state;
    picture_init(&picture, WIDTH, HEIGHT);
    picture_fill(&picture, &(struct picture_box){2, 3, 4, 5}, INK);
    assert_int_equal(count_ink(&picture), 20);
    assert_int_equal(picture.pixels[3 * WIDTH + 2], INK);
    assert_int_equal(picture.pixels[7 * WIDTH + 5], INK);
    picture_fill(&picture, &(struct picture_box){WIDTH - 2, HEIGHT - 3, 100, 100}, INK);
    assert_int_equal(count_ink(&picture), 26);
    picture_fill(&picture, &(struct picture_box){WIDTH, 0, 1, 1}, INK);
    picture_fill(&picture, &(struct picture_box){0, HEIGHT + 5, SIZE_MAX, SIZE_MAX}, INK);
    assert_int_equal(count_ink(&picture), 26);
    picture_wipe(&picture);
}

/* Every printable letter that we have looks like no other; the rest are boxes. */
static void test_letters(void **state)
{
    static const char letters[] =
        "()+,-./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz\xd0";
    uint8_t seen[sizeof(letters)][WIDTH * HEIGHT];

    (void)state;
    for (size_t i = 0; letters[i] != '\0'; i++) {
        const char text[] = {letters[i], '\0'};
        struct picture picture;

        picture_init(&picture, WIDTH, HEIGHT);
        picture_write(&picture, 4, 4, text, INK);
        assert_true(count_ink(&picture) > 0);
        memcpy(seen[i], picture.pixels, WIDTH * HEIGHT);
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(seen[i], seen[j], WIDTH * HEIGHT);
        picture_wipe(&picture);
    }
}

/* Letters stand beside each other without touching, and are cut off at the edge. */
static void test_words(void **state)
{
    struct picture picture;

    (void)state;
    picture_init(&picture, 3 * PICTURE_LETTER_WIDTH, HEIGHT);
    picture_write(&picture, 0, 0, "HHHHH", INK);
    assert_int_equal(picture_text_width("HHHHH"), 5 * PICTURE_LETTER_WIDTH);
    for (size_t y = 0; y < HEIGHT; y++)
        for (size_t x = 10; x < picture.width; x += PICTURE_LETTER_WIDTH) {
            assert_int_equal(picture.pixels[y * picture.width + x], 0);
            assert_int_equal(picture.pixels[y * picture.width + x + 1], 0);
        }
    for (size_t y = 0; y < HEIGHT; y++)
        assert_int_equal(picture.pixels[y * picture.width] == INK, y < PICTURE_LETTER_HEIGHT);
    picture_wipe(&picture);
}

static void test_file(void **state)
{
    char folder[] = "/tmp/dabyl-picture-XXXXXX", path[64], aside[80];
    png_image image = {.version = PNG_IMAGE_VERSION};
    struct picture picture;
    uint8_t *pixels;

    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof(path), "%s/a.png", folder);
    (void)snprintf(aside, sizeof(aside), "%s.part", path);
    picture_init(&picture, WIDTH, HEIGHT);
    picture.colours[0] = (struct picture_colour){1, 2, 3};
    picture.colours[INK] = (struct picture_colour){250, 128, 5};
    picture_fill(&picture, &(struct picture_box){10, 20, 1, 1}, INK);
    assert_int_equal(picture_save(path, &picture), ERR_OK);
    assert_int_equal(access(aside, F_OK), -1);
    assert_true(png_image_begin_read_from_file(&image, path));
    assert_int_equal(image.width, WIDTH);
    assert_int_equal(image.height, HEIGHT);
    image.format = PNG_FORMAT_RGB;
    pixels = malloc(PNG_IMAGE_SIZE(image));
    assert_non_null(pixels);
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    assert_memory_equal(pixels, ((const uint8_t[]){1, 2, 3}), 3);
    assert_memory_equal(pixels + 3 * (20 * WIDTH + 10), ((const uint8_t[]){250, 128, 5}), 3);
    free(pixels);
    (void)unlink(path);
    (void)rmdir(folder);
    assert_int_not_equal(picture_save(path, &picture), ERR_OK);
    picture_wipe(&picture);
}

/* A full disk is said, and nothing is left. */
static void test_full(void **state)
{
    char folder[] = "/tmp/dabyl-picture-XXXXXX", path[64], aside[80];
    struct picture picture;

    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof(path), "%s/a.png", folder);
    (void)snprintf(aside, sizeof(aside), "%s.part", path);
    picture_init(&picture, PICTURE_SIDE_MAX, 1);
    assert_int_equal(symlink("/dev/full", aside), 0);
    assert_int_equal(picture_save(path, &picture), ERR_FULL);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(rmdir(folder), 0);
    picture_wipe(&picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fill), cmocka_unit_test(test_letters),
        cmocka_unit_test(test_words), cmocka_unit_test(test_file), cmocka_unit_test(test_full)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
