/* rx_speaker: plays what was heard on a sound card that may be slow, be pulled out and come back.
 */
#ifndef AUDIO_RX_SPEAKER_H
#define AUDIO_RX_SPEAKER_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RX_SPEAKER_HELD_S 10 /* for a card that is slow; the oldest is dropped */
#define RX_SPEAKER_RETRY_MS 1000

struct rx_speaker;

/* Opens the card of this ALSA name, which must outlive it. Heap; no memory: the process ends. What card_open says. */
ERR_CHECKED enum err rx_speaker_open(
    struct rx_speaker **speaker, const char *name, unsigned rate_hz);
/* Takes sound, or none: to be called often. A card that is lost is opened again, at once and then every RX_SPEAKER_RETRY_MS; what
 * comes meanwhile is not heard. Does not block. */
void rx_speaker_push(
    struct rx_speaker *speaker, const int16_t *samples, size_t count, int64_t now_ms);
bool rx_speaker_lost(const struct rx_speaker *speaker);
/* NULL is allowed. */
void rx_speaker_close(struct rx_speaker *speaker);

#endif
