#include "tests/fakes/channelsim_sound.h"

#include <math.h>
#include <samplerate.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 4096
#define CHANNELS_MAX 16
#define FULL_SCALE 32768.0
#define PEAK_MAX 0.95

void sound_free(struct sound *sound)
{
    free(sound->samples);
    *sound = (struct sound){0};
}

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "dabyl-channelsim: %s: %s\n", path, what);
    return false;
}

/* Makes room for count samples more; capacity doubles. */
static bool reserve(struct sound *sound, size_t *capacity, size_t more)
{
    if (sound->count + more <= *capacity)
        return true;
    size_t grown = *capacity ? *capacity * 2 : (size_t)BLOCK * 16;
    double *samples = realloc(sound->samples, grown * sizeof *samples);
    if (!samples)
        return false;
    sound->samples = samples;
    *capacity = grown;
    return true;
}

static bool read_raw(struct sound *sound)
{
    size_t capacity = 0, got;
    uint8_t bytes[2 * BLOCK];
    while ((got = fread(bytes, 2, BLOCK, stdin)) > 0) {
        if (!reserve(sound, &capacity, got) || !sound->samples)
            return complain("-", "no memory");
        for (size_t i = 0; i < got; i++)
            sound->samples[sound->count++] =
                (int16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8) / FULL_SCALE;
    }
    return true;
}

static bool read_frames(struct sound *sound, SNDFILE *file, unsigned channels)
{
    size_t capacity = 0;
    double values[BLOCK * CHANNELS_MAX];
    sf_count_t got;
    while ((got = sf_readf_double(file, values, BLOCK)) > 0) {
        if (!reserve(sound, &capacity, (size_t)got) ||
            sound->count / sound->rate_hz > SOUND_SECONDS_MAX)
            return false;
        for (sf_count_t i = 0; i < got; i++) {
            double sum = 0;
            for (unsigned c = 0; c < channels; c++)
                sum += values[(size_t)i * channels + c];
            sound->samples[sound->count++] = sum / channels;
        }
    }
    return true;
}

bool sound_read(struct sound *sound, const char *path, unsigned raw_rate_hz)
{
    *sound = (struct sound){.rate_hz = raw_rate_hz};
    if (!strcmp(path, "-"))
        return read_raw(sound);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file)
        return complain(path, sf_strerror(NULL));
    sound->rate_hz = (unsigned)info.samplerate;
    bool good = info.channels <= CHANNELS_MAX && info.samplerate > 0 &&
                read_frames(sound, file, (unsigned)info.channels);
    sf_close(file);
    return good || complain(path, "too long, or too many channels");
}

static int16_t to_sample(double value)
{
    double scaled = value * FULL_SCALE;
    if (scaled > INT16_MAX)
        return INT16_MAX;
    if (scaled < INT16_MIN)
        return INT16_MIN;
    return (int16_t)lrint(scaled);
}

static bool write_raw(const struct sound *sound)
{
    for (size_t i = 0; i < sound->count; i++) {
        uint16_t bits = (uint16_t)to_sample(sound->samples[i]);
        uint8_t bytes[2] = {(uint8_t)(bits & 0xff), (uint8_t)(bits >> 8)};
        if (fwrite(bytes, 1, 2, stdout) != 2)
            return complain("-", "cannot write");
    }
    return !fflush(stdout) || complain("-", "cannot write");
}

bool sound_write(const struct sound *sound, const char *path)
{
    if (!strcmp(path, "-"))
        return write_raw(sound);
    SF_INFO info = {.samplerate = (int)sound->rate_hz,
        .channels = 1,
        .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    if (!file)
        return complain(path, sf_strerror(NULL));
    bool good = true;
    for (size_t at = 0; good && at < sound->count; at += BLOCK) {
        int16_t block[BLOCK];
        size_t count = sound->count - at < BLOCK ? sound->count - at : BLOCK;
        for (size_t i = 0; i < count; i++)
            block[i] = to_sample(sound->samples[at + i]);
        good = sf_writef_short(file, block, (sf_count_t)count) == (sf_count_t)count;
    }
    if (sf_close(file) || !good)
        return complain(path, "cannot write");
    return true;
}

/* libsamplerate works on floats: 24 bits are enough for a channel. */
static bool convert(const struct sound *sound, float *in, float *out, SRC_DATA *data)
{
    for (size_t i = 0; i < sound->count; i++)
        in[i] = (float)sound->samples[i];
    data->data_in = in;
    data->data_out = out;
    return !src_simple(data, SRC_SINC_MEDIUM_QUALITY, 1);
}

static bool scale(struct sound *sound, double ratio)
{
    size_t room = (size_t)((double)sound->count * ratio) + 64;
    float *in = malloc((sound->count + 1) * sizeof *in);
    float *out = malloc(room * sizeof *out);
    double *samples = malloc(room * sizeof *samples);
    SRC_DATA data = {.input_frames = (long)sound->count,
        .output_frames = (long)room,
        .src_ratio = ratio,
        .end_of_input = 1};
    bool good = in && out && samples && convert(sound, in, out, &data);
    if (good) {
        free(sound->samples);
        sound->samples = samples;
        sound->count = (size_t)data.output_frames_gen;
        for (size_t i = 0; i < sound->count; i++)
            samples[i] = out[i];
        samples = NULL;
    }
    free(samples);
    free(in);
    free(out);
    return good || complain("sound", "cannot resample");
}

bool sound_stretch(struct sound *sound, double ppm)
{
    return scale(sound, 1 + ppm * 1e-6);
}

bool sound_resample(struct sound *sound, unsigned rate_hz)
{
    double ratio = (double)rate_hz / sound->rate_hz;
    if (rate_hz == sound->rate_hz)
        return true;
    sound->rate_hz = rate_hz;
    return scale(sound, ratio);
}

double sound_fit(struct sound *sound)
{
    double peak = 0;
    for (size_t i = 0; i < sound->count; i++)
        peak = fmax(peak, fabs(sound->samples[i]));
    if (peak <= PEAK_MAX)
        return 1;
    for (size_t i = 0; i < sound->count; i++)
        sound->samples[i] *= PEAK_MAX / peak;
    return PEAK_MAX / peak;
}
