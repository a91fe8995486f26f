#include "audio/wav.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READER_FLOATS 8192 /* values, all channels together, read at a time */
#define ASIDE_SUFFIX ".part"
#define WAV_PATH_MAX 4096
#define HEADER_SIZE 44
#define CREATE_MODE 0644
#define WRITER_SAMPLES_MAX ((UINT32_MAX - HEADER_SIZE) / 2)
#define STREAM_SAMPLES 4096 /* written at a time */

struct wav_reader {
    SNDFILE *file;
    unsigned rate_hz;
    unsigned channels;
    float values[READER_FLOATS];
};

enum err wav_open(struct wav_reader **reader, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? err_from_errno(errno) : wav_open_fd(reader, fd);
}

enum err wav_open_fd(struct wav_reader **reader, int fd)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open_fd(fd, SFM_READ, &info, SF_TRUE); /* closes fd, also where it fails */
    if (!file)
        return ERR_FORMAT;
    if (info.channels < 1 || info.channels > WAV_CHANNELS_MAX ||
        info.samplerate < PCM_RATE_MIN_HZ || info.samplerate > PCM_RATE_MAX_HZ) {
        sf_close(file);
        return ERR_FORMAT;
    }
    struct wav_reader *made = calloc(1, sizeof *made);
    if (!made)
        log_fatal("no_memory what=sound_file");
    made->file = file;
    made->rate_hz = (unsigned)info.samplerate;
    made->channels = (unsigned)info.channels;
    *reader = made;
    return ERR_OK;
}

unsigned wav_rate_hz(const struct wav_reader *reader)
{
    return reader->rate_hz;
}

unsigned wav_channels(const struct wav_reader *reader)
{
    return reader->channels;
}

enum err wav_skip(struct wav_reader *reader, size_t count)
{
    if (count == 0)
        return ERR_OK;
    return sf_seek(reader->file, (sf_count_t)count, SEEK_CUR) < 0 ? ERR_FORMAT : ERR_OK;
}

static int16_t sample_from_float(float value)
{
    if (isnan(value))
        return 0;
    if (value >= 32767.0f / 32768.0f)
        return INT16_MAX;
    if (value <= -1.0f)
        return INT16_MIN;
    return (int16_t)lrintf(value * 32768.0f);
}

size_t wav_read(struct wav_reader *reader, int16_t *samples, size_t size)
{
    size_t room = READER_FLOATS / reader->channels;
    sf_count_t want = (sf_count_t)(size < room ? size : room);
    sf_count_t got = sf_readf_float(reader->file, reader->values, want);
    for (sf_count_t i = 0; i < got; i++) {
        const float *frame = reader->values + i * reader->channels;
        float sum = 0;
        for (unsigned c = 0; c < reader->channels; c++)
            sum += frame[c];
        samples[i] = sample_from_float(sum / (float)reader->channels);
    }
    return got > 0 ? (size_t)got : 0;
}

void wav_close(struct wav_reader *reader)
{
    if (reader)
        sf_close(reader->file);
    free(reader);
}

enum err wav_read_all(struct pcm *pcm, struct wav_reader *reader, unsigned seconds_max)
{
    int16_t block[READER_FLOATS];
    size_t got;
    enum err err = ERR_OK;
    pcm_init(pcm, wav_rate_hz(reader));
    while (!err && (got = wav_read(reader, block, READER_FLOATS)) > 0) {
        if (pcm->count / pcm->rate_hz >= seconds_max)
            err = ERR_LONG;
        else
            pcm_append(pcm, block, got);
    }
    if (err)
        pcm_wipe(pcm);
    return err;
}

enum err wav_load(struct pcm *pcm, const char *path)
{
    pcm_init(pcm, 0);
    struct wav_reader *reader = NULL;
    enum err err = wav_open(&reader, path);
    if (err || !reader)
        return err;
    err = wav_read_all(pcm, reader, WAV_SECONDS_MAX);
    wav_close(reader);
    return err;
}

static enum err write_samples(int fd, const struct pcm *pcm)
{
    SF_INFO info = {
        .samplerate = (int)pcm->rate_hz, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    errno = 0;
    SNDFILE *file = sf_open_fd(fd, SFM_WRITE, &info, SF_FALSE);
    if (!file)
        return errno ? err_from_errno(errno) : ERR_SYSTEM;
    sf_count_t written = sf_writef_short(file, pcm->samples, (sf_count_t)pcm->count);
    int number = errno;
    int failure = sf_close(file);
    if (written == (sf_count_t)pcm->count && !failure && !fsync(fd))
        return ERR_OK;
    return err_from_errno(number ? number : errno);
}

enum err wav_save(const char *path, const struct pcm *pcm)
{
    char aside[WAV_PATH_MAX];
    int length = snprintf(aside, sizeof aside, "%s" ASIDE_SUFFIX, path);
    if (length < 0 || (size_t)length >= sizeof aside)
        return ERR_LONG;
    int fd = open(aside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err = write_samples(fd, pcm);
    if (close(fd) && !err)
        err = err_from_errno(errno);
    if (!err && rename(aside, path))
        err = err_from_errno(errno);
    if (err)
        unlink(aside);
    return err;
}

static void put_u16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static void put_u32(uint8_t *at, uint32_t value)
{
    put_u16(at, value);
    put_u16(at + 2, value >> 16);
}

/* RIFF WAVE, little-endian: format 1 (PCM), one channel, 16 bits. libsndfile would go back to fill in the lengths, which a pipe
 * does not let it. */
static void print_header(uint8_t header[HEADER_SIZE], unsigned rate_hz, uint32_t data_bytes)
{
    static const uint8_t form[HEADER_SIZE] = {'R', 'I', 'F', 'F', [8] = 'W', 'A', 'V', 'E', 'f',
        'm', 't', ' ', [36] = 'd', 'a', 't', 'a'};
    memcpy(header, form, HEADER_SIZE);
    put_u32(header + 4, HEADER_SIZE - 8 + data_bytes);
    put_u32(header + 16, 16);
    put_u16(header + 20, 1);
    put_u16(header + 22, 1);
    put_u32(header + 24, rate_hz);
    put_u32(header + 28, rate_hz * 2);
    put_u16(header + 32, 2);
    put_u16(header + 34, 16);
    put_u32(header + 40, data_bytes);
}

static enum err write_all(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t written = write(fd, at, size);
        if (written < 0 && errno != EINTR)
            return err_from_errno(errno);
        if (written > 0) {
            at += written;
            size -= (size_t)written;
        }
    }
    return ERR_OK;
}

enum err wav_stream(int fd, const struct pcm *pcm)
{
    uint8_t header[HEADER_SIZE], block[2 * STREAM_SAMPLES];
    if (pcm->count > (UINT32_MAX - HEADER_SIZE) / 2)
        return ERR_LONG;
    print_header(header, pcm->rate_hz, (uint32_t)pcm->count * 2);
    enum err err = write_all(fd, header, sizeof header);
    for (size_t at = 0; at < pcm->count && !err; at += STREAM_SAMPLES) {
        size_t count = pcm->count - at < STREAM_SAMPLES ? pcm->count - at : STREAM_SAMPLES;
        for (size_t i = 0; i < count; i++)
            put_u16(block + 2 * i, (uint16_t)pcm->samples[at + i]);
        err = write_all(fd, block, 2 * count);
    }
    return err;
}

struct wav_writer {
    SNDFILE *file;
    size_t count; /* samples */
};

enum err wav_create(struct wav_writer **writer, const char *path, unsigned rate_hz)
{
    SF_INFO info = {
        .samplerate = (int)rate_hz, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, CREATE_MODE);
    if (fd < 0)
        return err_from_errno(errno);
    SNDFILE *file = sf_open_fd(fd, SFM_WRITE, &info, SF_TRUE); /* closes fd, also where it fails */
    if (!file)
        return ERR_SYSTEM;
    (void)sf_command(file, SFC_SET_UPDATE_HEADER_AUTO, NULL, SF_TRUE);
    *writer = calloc(1, sizeof **writer);
    if (!*writer)
        log_fatal("no_memory what=sound_file");
    (*writer)->file = file;
    return ERR_OK;
}

enum err wav_append(struct wav_writer *writer, const int16_t *samples, size_t count)
{
    if (count > WRITER_SAMPLES_MAX - writer->count)
        return ERR_LONG;
    writer->count += count;
    return sf_writef_short(writer->file, samples, (sf_count_t)count) == (sf_count_t)count
               ? ERR_OK
               : ERR_FULL;
}

void wav_finish(struct wav_writer *writer)
{
    if (writer)
        sf_close(writer->file);
    free(writer);
}
