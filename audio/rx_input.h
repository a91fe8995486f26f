/* rx_input: sound from recordings and from standard input, at the rate of the receivers.
 */
#ifndef AUDIO_RX_INPUT_H
#define AUDIO_RX_INPUT_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define RX_INPUT_RATE_HZ 8000

typedef void rx_input_handler(void *arg, const int16_t *samples, size_t count);

/* Plays a whole recording, or "-": raw signed 16-bit little-endian samples of raw_rate_hz until the end of standard input,
 * as they come. The handler gets blocks at RX_INPUT_RATE_HZ. Blocks. ERR_MISSING, ERR_DENIED, ERR_FORMAT, ERR_SYSTEM; for
 * a recording only before any sound was handed on. */
ERR_CHECKED enum err rx_input_play(
    const char *path, unsigned raw_rate_hz, rx_input_handler *handler, void *arg);

#endif
