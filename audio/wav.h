/* wav: sound files. The seam to libsndfile.
 */
#ifndef AUDIO_WAV_H
#define AUDIO_WAV_H

#include "audio/pcm.h"

#define WAV_SECONDS_MAX 14400 /* of a file that is read */

/* Reads WAV, FLAC or OGG; several channels are averaged. pcm is initialised here. ERR_MISSING, ERR_FORMAT (not sound),
 * ERR_LONG. */
ERR_CHECKED enum err wav_load(struct pcm *pcm, const char *path);
/* Writes 16-bit mono WAV: aside, then renamed. ERR_FULL, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err wav_save(const char *path, const struct pcm *pcm);

#endif
