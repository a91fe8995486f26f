/* picture: an image of few colours that rectangles and words are painted on, kept as PNG. The seam to libpng.
 *
 * Words are ASCII, in letters of our own: 5 by 7 points, twice as large, their corners rounded. A library that sets text (cairo, gd)
 * would bring fonts, their configuration and a dozen others into the radio's process.
 */
#ifndef AUDIO_PICTURE_H
#define AUDIO_PICTURE_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define PICTURE_COLOURS 256
#define PICTURE_SIDE_MAX 4096 /* pixels */
#define PICTURE_LETTER_WIDTH 12
#define PICTURE_LETTER_HEIGHT 14 /* of capitals; two more hang below */

struct picture_colour {
    uint8_t red;
    uint8_t green;
    uint8_t blue;
};

/* Free with picture_wipe. */
struct picture {
    size_t width;
    size_t height;
    struct picture_colour colours[PICTURE_COLOURS];
    uint8_t *pixels; /* width * height indexes of colours, from the upper left */
};

struct picture_box {
    size_t x;
    size_t y;
    size_t width;
    size_t height;
};

/* All of colour 0, all colours black. Sides up to PICTURE_SIDE_MAX; no memory: the process ends. */
void picture_init(struct picture *picture, size_t width, size_t height);
void picture_wipe(struct picture *picture);
/* What lies outside is cut off. */
void picture_fill(struct picture *picture, const struct picture_box *box, uint8_t colour);
/* Its upper left corner at x, y. What is not printable ASCII is a box. */
void picture_write(struct picture *picture, size_t x, size_t y, const char *text, uint8_t colour);
/* Pixels that a text is wide. */
size_t picture_text_width(const char *text);
/* Writes aside and renames. ERR_LONG for a path, ERR_FULL, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err picture_save(const char *path, const struct picture *picture);

#endif
