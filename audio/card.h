/* card: a sound card, or whatever else ALSA has under a name ("default", "plughw:1,0", one of asound.conf). The seam to
 * libasound. Nothing here blocks.
 */
#ifndef AUDIO_CARD_H
#define AUDIO_CARD_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CARD_BUFFER_MS 500 /* what the card is asked to hold */

enum card_direction { CARD_PLAY, CARD_RECORD };

struct card;

/* Opens it for 16-bit mono at rate_hz; a card that has only stereo gets each sample twice, and gives its left channel. Close
 * with card_close. ERR_DEVICE: there is none, or it has no such rate (plughw has any); ERR_BUSY: another program has it. */
ERR_CHECKED enum err card_open(
    struct card **card, const char *name, enum card_direction direction, unsigned rate_hz);
/* Hands over up to count samples, and starts the card; *taken of them were taken. An underrun is mended and counted. ERR_DEVICE:
 * the card has gone or fails. */
ERR_CHECKED enum err card_write(
    struct card *card, size_t *taken, const int16_t *samples, size_t count);
/* Takes what has been recorded, up to size samples. ERR_DEVICE. */
ERR_CHECKED enum err card_read(struct card *card, size_t *got, int16_t *samples, size_t size);
/* Underruns or overruns since it was opened. */
unsigned card_xruns(const struct card *card);
/* Stops at once what still sounds. NULL is allowed. */
void card_close(struct card *card);

#endif
