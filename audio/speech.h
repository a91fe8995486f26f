/* speech: text to sound. The seam to espeak-ng.
 *
 * The synthesiser runs in a process of its own that ends with the text: it may hang, leak or crash without harm. Its
 * data for two languages in one process would also disturb each other.
 */
#ifndef AUDIO_SPEECH_H
#define AUDIO_SPEECH_H

#include "audio/pcm.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#define SPEECH_RATE_HZ 22050 /* of the synthesiser */
#define SPEECH_WORDS_PER_MINUTE 130
#define SPEECH_BAND_LOW_HZ 150
#define SPEECH_BAND_HIGH_HZ 3500
#define SPEECH_SECONDS_MAX 600 /* of sound; longer is an error, not cut */
#define SPEECH_DEADLINE_S 30   /* of our time */

/* Speaks a terminated UTF-8 text, already normalised (normal.h), at rate_hz; limited to the band that voice modems and
 * SSB pass, its peak at -3 dBFS. pcm is initialised here. Blocks, at most for SPEECH_DEADLINE_S.
 * ERR_TIMEOUT, ERR_LONG, ERR_DEVICE (the synthesiser crashed or lacks the language), ERR_SYSTEM. */
ERR_CHECKED enum err speech_say(
    struct pcm *pcm, const char *text, enum bulletin_language language, unsigned rate_hz);

#endif
