/* pass: the data frames of one segment, in their order: the roster, the bulletin's source symbols, then its other ones, between them
 * frames of what else is in force (others.h): not more than the segment's kind allows, so that who waits for this bulletin does not wait
 * for long, and no symbol twice. The next pass of the same programme goes on with the symbols that follow. No I/O; heap for the
 * carousels alone, which are the programme's.
 */
#ifndef AUDIO_PASS_H
#define AUDIO_PASS_H

#include "audio/segment.h"

#define PASS_OTHERS_MAX 16  /* frames of what else is in force */
#define PASS_MULTIPLE_MAX 4 /* frames of a burst */
#define PASS_FRAMES_MAX                                                                            \
    (3 * ERASURE_K_MAX + PASS_OTHERS_MAX) /* the roster's k, the bulletin's 2k */

struct pass {
    size_t count;
    uint8_t frame[PASS_FRAMES_MAX + PASS_MULTIPLE_MAX][FRAME_SIZE];
};

/* Makes a pass, with up to others_max frames (up to PASS_OTHERS_MAX) of what else is in force. What carousel_add and
 * carousel_next say. */
ERR_CHECKED enum err pass_make(struct pass *pass, struct segment_source *source, size_t others_max);

/* Adds symbols of the bulletin until the frames are a multiple of so many, up to PASS_MULTIPLE_MAX. After pass_make. */
ERR_CHECKED enum err pass_fill(struct pass *pass, struct segment_source *source, size_t multiple);

#endif
