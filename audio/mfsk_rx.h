/* mfsk_rx: hears MFSK32 text (mfsk.h). It finds symbols and tuning by itself, within MFSK_RX_REACH_HZ. What it hears is plain
 * text that anybody may send: nothing of it is verified.
 *
 * A sliding transform follows the power of tones a quarter of their spacing apart. The eight places in a symbol and four fine
 * offsets compete by how much one tone stands out; whole tones' offsets compete by how well the code's path fits: all are decoded, the
 * best one is believed.
 */
#ifndef AUDIO_MFSK_RX_H
#define AUDIO_MFSK_RX_H

#include "audio/mfsk.h"

#include <stddef.h>
#include <stdint.h>

#define MFSK_RX_REACH_HZ 100
#define MFSK_RX_LINE_MAX 200 /* characters; a longer line is given in pieces */

/* Called with each line heard, terminated, of printable ASCII. */
typedef void mfsk_rx_handler(void *arg, const char *line);

struct mfsk_rx;

/* Heap; no memory: the process ends. */
struct mfsk_rx *mfsk_rx_new(mfsk_rx_handler *handler, void *arg);
/* NULL is allowed. */
void mfsk_rx_free(struct mfsk_rx *rx);
/* Takes any number of samples at MFSK_RATE_HZ. */
void mfsk_rx_take(struct mfsk_rx *rx, const int16_t *samples, size_t count);
/* At the end of a recording: gives the line that is not finished. */
void mfsk_rx_finish(struct mfsk_rx *rx);

#endif
