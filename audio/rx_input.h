/* rx_input: sound from recordings, standard input and sound cards, at the rate of the receivers.
 */
#ifndef AUDIO_RX_INPUT_H
#define AUDIO_RX_INPUT_H

#include "gateway/base/err.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RX_INPUT_RATE_HZ 8000
#define RX_INPUT_WAIT_MS 100 /* between two ticks while no sound comes, at most */

typedef void rx_input_handler(void *arg, const int16_t *samples, size_t count);

/* Who takes the sound. */
struct rx_input {
    rx_input_handler *sound;                         /* blocks at RX_INPUT_RATE_HZ */
    void (*tick)(void *arg);                         /* after each block, and while none comes */
    void (*device)(void *arg, bool lost);            /* the card was lost, or is back */
    void (*recording)(void *arg, unsigned channels); /* before its sound: they are averaged */
    void *arg;
    const volatile sig_atomic_t *stop; /* it ends soon after this is not 0 */
};

/* Plays a whole recording, or "-": raw signed 16-bit little-endian samples of raw_rate_hz until the end of standard input,
 * as they come. Blocks. ERR_MISSING, ERR_DENIED, ERR_FORMAT, ERR_SYSTEM; for a recording only before any sound was handed
 * on. */
ERR_CHECKED enum err rx_input_play(
    const struct rx_input *input, const char *path, unsigned raw_rate_hz);
/* Listens to a sound card until it is stopped. A card that is lost is opened again as soon as it is there. Blocks. ERR_DEVICE,
 * ERR_BUSY: it can't be opened at first. */
ERR_CHECKED enum err rx_input_listen(const struct rx_input *input, const char *device);

#endif
