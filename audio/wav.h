/* wav: sound files. The seam to libsndfile.
 */
#ifndef AUDIO_WAV_H
#define AUDIO_WAV_H

#include "audio/pcm.h"

#define WAV_SECONDS_MAX 14400 /* of a file that is read */
#define WAV_CHANNELS_MAX 64

/* Reads WAV, FLAC or OGG; several channels are averaged. pcm is initialised here. ERR_MISSING, ERR_DENIED, ERR_FORMAT (not
 * sound), ERR_LONG. */
ERR_CHECKED enum err wav_load(struct pcm *pcm, const char *path);
/* Writes 16-bit mono WAV: aside, then renamed. ERR_FULL, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err wav_save(const char *path, const struct pcm *pcm);
/* The same to a descriptor that may be a pipe. Blocks. ERR_CLOSED, ERR_LONG over 4 GiB, ERR_SYSTEM. */
ERR_CHECKED enum err wav_stream(int fd, const struct pcm *pcm);

/* Writing piece by piece: a 16-bit mono WAV that can be played at any moment of it. */
struct wav_writer;

/* In the place of a file of that name. Close with wav_finish. ERR_MISSING, ERR_DENIED, ERR_FULL, ERR_SYSTEM. */
ERR_CHECKED enum err wav_create(struct wav_writer **writer, const char *path, unsigned rate_hz);
/* ERR_LONG at 4 GiB, ERR_FULL. */
ERR_CHECKED enum err wav_append(struct wav_writer *writer, const int16_t *samples, size_t count);
/* NULL is allowed. */
void wav_finish(struct wav_writer *writer);

/* The same reading, piece by piece. */
struct wav_reader;

/* Close with wav_close. ERR_MISSING, ERR_DENIED, ERR_FORMAT. */
ERR_CHECKED enum err wav_open(struct wav_reader **reader, const char *path);
/* The same of an open file, which it takes and closes, also on failure. */
ERR_CHECKED enum err wav_open_fd(struct wav_reader **reader, int fd);
/* All that is left; pcm is initialised here. ERR_LONG over seconds_max, about. */
ERR_CHECKED enum err wav_read_all(struct pcm *pcm, struct wav_reader *reader, unsigned seconds_max);
unsigned wav_rate_hz(const struct wav_reader *reader);
unsigned wav_channels(const struct wav_reader *reader);
/* Passes over so many samples. ERR_FORMAT if there are not as many. */
ERR_CHECKED enum err wav_skip(struct wav_reader *reader, size_t count);
/* Up to size samples into samples; their count, 0 at the end. A file that was cut short ends where it ends. */
size_t wav_read(struct wav_reader *reader, int16_t *samples, size_t size);
/* NULL is allowed. */
void wav_close(struct wav_reader *reader);

#endif
