/* rx_voice: the digital voice of a broadcast, while it is heard, to a WAV file, a speaker or both. It carries no signature.
 */
#ifndef AUDIO_RX_VOICE_H
#define AUDIO_RX_VOICE_H

#include "audio/rx_text.h"
#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rx_voice;

/* path or speaker (an ALSA name, which must outlive it) may be NULL. Heap; no memory: the process ends. What wav_create and
 * rx_speaker_open say. */
ERR_CHECKED enum err rx_voice_open(struct rx_voice **voice, const char *path, const char *speaker);
/* Who is to be told who sends, as the voice's text channel says it, each time that it is another. */
void rx_voice_hear_text(struct rx_voice *voice, rx_text_handler *handler, void *arg);
/* Takes sound at VOICE_RATE_HZ; that of shortwave is offset_hz too high. ERR_FULL, ERR_LONG once, of the file; it is closed then. A speaker that is lost is opened
 * again. */
ERR_CHECKED enum err rx_voice_push(
    struct rx_voice *voice, const int16_t *samples, size_t count, double offset_hz);
/* Is voice there just now? */
bool rx_voice_synced(const struct rx_voice *voice);
bool rx_voice_speaker_lost(const struct rx_voice *voice);
/* Heard so far. */
double rx_voice_seconds(const struct rx_voice *voice);
/* NULL is allowed. */
void rx_voice_close(struct rx_voice *voice);

#endif
