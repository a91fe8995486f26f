#include "audio/pcm.h"

#include "gateway/base/log.h"

#include <math.h>
#include <samplerate.h>
#include <stdlib.h>
#include <string.h>

#define PCM_FULL_SCALE 32768.0
#define RESAMPLER_BLOCK 4096 /* samples converted at a time */

struct pcm_resampler {
    unsigned from_hz;
    unsigned to_hz;
    SRC_STATE *state; /* NULL where both rates are equal */
    float in[RESAMPLER_BLOCK];
    float out[RESAMPLER_BLOCK];
    int16_t samples[RESAMPLER_BLOCK];
};

static int16_t saturate(double value)
{
    if (value >= 32767.0)
        return INT16_MAX;
    if (value <= -32768.0)
        return INT16_MIN;
    return (int16_t)lrint(value);
}

void pcm_init(struct pcm *pcm, unsigned rate_hz)
{
    *pcm = (struct pcm){.rate_hz = rate_hz};
}

void pcm_wipe(struct pcm *pcm)
{
    free(pcm->samples);
    *pcm = (struct pcm){.rate_hz = pcm->rate_hz};
}

static void pcm_reserve(struct pcm *pcm, size_t more)
{
    if (pcm->samples && more <= pcm->capacity - pcm->count)
        return;
    size_t capacity = pcm->capacity ? pcm->capacity : RESAMPLER_BLOCK;
    while (capacity - pcm->count < more) {
        if (capacity > SIZE_MAX / (4 * sizeof *pcm->samples))
            log_fatal("no_memory what=sound");
        capacity *= 2;
    }
    int16_t *samples = realloc(pcm->samples, capacity * sizeof *samples);
    if (!samples)
        log_fatal("no_memory what=sound");
    pcm->samples = samples;
    pcm->capacity = capacity;
}

void pcm_append(struct pcm *pcm, const int16_t *samples, size_t count)
{
    if (!count)
        return;
    pcm_reserve(pcm, count);
    if (samples)
        memcpy(pcm->samples + pcm->count, samples, count * sizeof *samples);
    else
        memset(pcm->samples + pcm->count, 0, count * sizeof *samples);
    pcm->count += count;
}

void pcm_append_silence(struct pcm *pcm, unsigned milliseconds)
{
    pcm_append(pcm, NULL, (size_t)milliseconds * pcm->rate_hz / 1000);
}

double pcm_rms(const struct pcm *pcm)
{
    double sum = 0;
    for (size_t i = 0; i < pcm->count; i++)
        sum += (double)pcm->samples[i] * pcm->samples[i];
    return pcm->count ? sqrt(sum / (double)pcm->count) : 0;
}

int pcm_peak(const struct pcm *pcm)
{
    int peak = 0;
    for (size_t i = 0; i < pcm->count; i++)
        if (abs(pcm->samples[i]) > peak)
            peak = abs(pcm->samples[i]);
    return peak;
}

void pcm_scale(struct pcm *pcm, double factor)
{
    for (size_t i = 0; i < pcm->count; i++)
        pcm->samples[i] = saturate(pcm->samples[i] * factor);
}

static bool rate_valid(unsigned rate_hz)
{
    return rate_hz >= PCM_RATE_MIN_HZ && rate_hz <= PCM_RATE_MAX_HZ;
}

enum err pcm_resampler_new(struct pcm_resampler **resampler, unsigned from_hz, unsigned to_hz)
{
    if (!rate_valid(from_hz) || !rate_valid(to_hz))
        return ERR_VALUE;
    struct pcm_resampler *made = calloc(1, sizeof *made);
    if (!made)
        log_fatal("no_memory what=resampler");
    made->from_hz = from_hz;
    made->to_hz = to_hz;
    int failure = 0;
    if (from_hz != to_hz)
        made->state = src_new(SRC_SINC_MEDIUM_QUALITY, 1, &failure);
    if (from_hz != to_hz && !made->state)
        log_fatal("no_memory what=resampler");
    *resampler = made;
    return ERR_OK;
}

void pcm_resampler_free(struct pcm_resampler *resampler)
{
    if (resampler && resampler->state)
        src_delete(resampler->state);
    free(resampler);
}

/* Converts one block and says how much of it was taken; false once nothing more comes out. */
static bool push_block(
    struct pcm_resampler *resampler, struct pcm *out, SRC_DATA *data, const int16_t *samples)
{
    for (long i = 0; i < data->input_frames; i++)
        resampler->in[i] = (float)(samples[i] / PCM_FULL_SCALE);
    data->data_in = resampler->in;
    data->data_out = resampler->out;
    data->output_frames = RESAMPLER_BLOCK;
    data->src_ratio = (double)resampler->to_hz / resampler->from_hz;
    int failure = src_process(resampler->state, data);
    if (failure)
        log_fatal("resampler_failed text=%s", src_strerror(failure));
    for (long i = 0; i < data->output_frames_gen; i++)
        resampler->samples[i] = saturate(resampler->out[i] * PCM_FULL_SCALE);
    pcm_append(out, resampler->samples, (size_t)data->output_frames_gen);
    return data->output_frames_gen > 0 || data->input_frames_used > 0;
}

void pcm_resampler_push(struct pcm_resampler *resampler, struct pcm *out, const int16_t *samples,
    size_t count, bool last)
{
    if (!resampler->state) {
        pcm_append(out, samples, count);
        return;
    }
    bool going = count > 0 || last;
    while (going) {
        size_t block = count < RESAMPLER_BLOCK ? count : RESAMPLER_BLOCK;
        SRC_DATA data = {.input_frames = (long)block, .end_of_input = last && block == count};
        bool moved = push_block(resampler, out, &data, samples);
        if (data.input_frames_used > 0) {
            samples += data.input_frames_used;
            count -= (size_t)data.input_frames_used;
        }
        going = moved && (count > 0 || last);
    }
}

enum err pcm_resample(struct pcm *out, const struct pcm *in, unsigned rate_hz)
{
    pcm_init(out, rate_hz);
    struct pcm_resampler *resampler;
    enum err err = pcm_resampler_new(&resampler, in->rate_hz, rate_hz);
    if (err)
        return err;
    pcm_resampler_push(resampler, out, in->samples, in->count, true);
    pcm_resampler_free(resampler);
    return ERR_OK;
}
