/* sound: what the channel simulator reads and writes: one channel of doubles, full scale 1. It stands alone: nothing of the
 * gateway's own sound handling is used, so that one can prove the other.
 */
#ifndef FAKES_CHANNELSIM_SOUND_H
#define FAKES_CHANNELSIM_SOUND_H

#include <stdbool.h>
#include <stddef.h>

#define SOUND_SECONDS_MAX 14400

struct sound {
    unsigned rate_hz;
    size_t count;
    double *samples;
};

void sound_free(struct sound *sound);
/* A sound file, or for "-" raw signed 16-bit little-endian samples of raw_rate_hz from standard input. Several channels
 * are averaged. False after a line on standard error. */
bool sound_read(struct sound *sound, const char *path, unsigned raw_rate_hz);
/* A 16-bit WAV file, or for "-" raw samples to standard output. Saturates. False after a line on standard error. */
bool sound_write(const struct sound *sound, const char *path);
/* Makes it longer or shorter by parts per million: a sound card whose clock runs fast or slow. */
bool sound_stretch(struct sound *sound, double ppm);
/* The same sound at another rate. */
bool sound_resample(struct sound *sound, unsigned rate_hz);
/* Lowers all of it if it would not fit into a file; by which factor. */
double sound_fit(struct sound *sound);

#endif
