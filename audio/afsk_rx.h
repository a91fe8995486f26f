/* afsk_rx: hears AFSK1200 packets (afsk.h). What it hears is text that anybody may send under any name: nothing of it is verified.
 *
 * The power of both tones, over about a bit, is compared with several weights at once, for receivers whose audio is not flat; each
 * comparison has its own clock and frame finder. A frame heard by more than one is given once.
 */
#ifndef AUDIO_AFSK_RX_H
#define AUDIO_AFSK_RX_H

#include "audio/ax25.h"

#include <stddef.h>
#include <stdint.h>

#define AFSK_RX_RATE_HZ 8000

/* Called with each frame whose check sequence is right; its text may be any bytes. */
typedef void afsk_rx_handler(void *arg, const struct ax25 *frame);

struct afsk_rx;

/* Heap; no memory: the process ends. */
struct afsk_rx *afsk_rx_new(afsk_rx_handler *handler, void *arg);
/* NULL is allowed. */
void afsk_rx_free(struct afsk_rx *rx);
/* Takes any number of samples at AFSK_RX_RATE_HZ. */
void afsk_rx_take(struct afsk_rx *rx, const int16_t *samples, size_t count);

#endif
