/* plot: the waterfall picture of a programme: frequency to the right, time downwards, loudness as colour, and beside it what is heard
 * when: the names of its segments, each at its beginning. Its height is that of the sound, up to PLOT_ROWS_MAX; what is longer is
 * drawn closer.
 *
 * The colours go from night blue to pale yellow and get lighter all the way, so that it reads the same in shades of grey. The
 * loudest hundredth is lightest, the faintest quarter dark: the noise of a recording is not painted over what is in it. They are
 * PLOT_RANGE_LEAST_DB to PLOT_RANGE_DB apart.
 */
#ifndef AUDIO_PLOT_H
#define AUDIO_PLOT_H

#include "audio/pcm.h"
#include "audio/picture.h"
#include "audio/programme.h"

#include <stddef.h>
#include <stdint.h>

#define PLOT_TOP_HZ 4000
#define PLOT_ROWS_PER_S 4
#define PLOT_ROWS_MIN 160
#define PLOT_ROWS_MAX 1200 /* five minutes */
#define PLOT_RANGE_DB 55.0
#define PLOT_RANGE_LEAST_DB 12.0

struct plot {
    const struct pcm *pcm;
    const char *title;                        /* printable ASCII */
    size_t count;                             /* 0: nothing is known of what it consists of */
    const struct programme_segment *segments; /* in their order; silence is not named */
};

/* Initialises and paints the picture; free it with picture_wipe. ERR_MISSING if there is no sound. */
ERR_CHECKED enum err plot_paint(struct picture *picture, const struct plot *plot);

/* Paints pcm, the sound of a programme whose bulletin has this number and check code, and keeps it as PNG. What plot_paint and
 * picture_save say. */
ERR_CHECKED enum err plot_save(const char *path, const struct pcm *pcm,
    const struct programme *programme, uint32_t number, const char *code);

#endif
