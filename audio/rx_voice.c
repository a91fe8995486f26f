#include "audio/rx_voice.h"

#include "audio/retune.h"
#include "audio/rx_speaker.h"
#include "audio/voice.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rx_voice {
    struct voice_receiver *receivers[VOICE_MODE_COUNT];
    enum voice_mode mode; /* that is heard, or was last */
    char name[VOICE_TEXT_SIZE];
    rx_text_handler *text_handler;
    void *text_arg;
    struct wav_writer *file;
    struct rx_speaker *speaker;
    size_t count;      /* samples of speech so far */
    struct pcm speech; /* just decoded */
    struct retune retune;
    struct pcm tuned; /* the same sound, for shortwave's modes */
};

static void take_name(void *arg, const char *name)
{
    struct rx_voice *voice = arg;
    if (!voice->text_handler || strcmp(name, voice->name) == 0)
        return;
    (void)snprintf(voice->name, sizeof voice->name, "%s", name);
    voice->text_handler(voice->text_arg, RX_TEXT_VOICE, name);
}

enum err rx_voice_open(struct rx_voice **voice, const char *path, const char *speaker)
{
    struct rx_voice *made = calloc(1, sizeof *made);
    if (!made)
        log_fatal("no_memory what=voice");
    pcm_init(&made->speech, VOICE_RATE_HZ);
    pcm_init(&made->tuned, VOICE_RATE_HZ);
    for (int mode = 0; mode < VOICE_MODE_COUNT; mode++) {
        made->receivers[mode] = voice_receiver_new((enum voice_mode)mode);
        if (!made->receivers[mode])
            log_fatal("no_memory what=voice");
        voice_receiver_hear_text(made->receivers[mode], take_name, made);
    }
    enum err err = path ? wav_create(&made->file, path, VOICE_RATE_HZ) : ERR_OK;
    if (!err && speaker)
        err = rx_speaker_open(&made->speaker, speaker, VOICE_RATE_HZ);
    if (err)
        rx_voice_close(made);
    else
        *voice = made;
    return err;
}

void rx_voice_close(struct rx_voice *voice)
{
    if (!voice)
        return;
    wav_finish(voice->file);
    rx_speaker_close(voice->speaker);
    for (int mode = 0; mode < VOICE_MODE_COUNT; mode++)
        voice_receiver_free(voice->receivers[mode]);
    pcm_wipe(&voice->speech);
    pcm_wipe(&voice->tuned);
    free(voice);
}

void rx_voice_hear_text(struct rx_voice *voice, rx_text_handler *handler, void *arg)
{
    voice->text_handler = handler;
    voice->text_arg = arg;
}

/* Whoever speaks first is heard until its voice ends. */
static void hear(struct rx_voice *voice, enum voice_mode mode, const int16_t *samples, size_t count)
{
    size_t before = voice->speech.count;
    voice_receiver_push(voice->receivers[mode], &voice->speech, samples, count);
    if (mode != voice->mode && voice_receiver_synced(voice->receivers[voice->mode]))
        voice->speech.count = before;
    else if (voice->speech.count > before)
        voice->mode = mode;
}

enum err rx_voice_push(
    struct rx_voice *voice, const int16_t *samples, size_t count, double offset_hz)
{
    enum err err = ERR_OK;
    struct pcm *tuned = &voice->tuned;
    tuned->count = 0;
    pcm_append(tuned, samples, count);
    retune_lower(&voice->retune, tuned->samples, samples, count, offset_hz);
    voice->speech.count = 0;
    for (int mode = 0; mode < VOICE_MODE_COUNT; mode++)
        hear(voice, (enum voice_mode)mode, mode == VOICE_2400B ? samples : tuned->samples, count);
    voice->count += voice->speech.count;
    if (voice->file && voice->speech.count)
        err = wav_append(voice->file, voice->speech.samples, voice->speech.count);
    if (err) {
        wav_finish(voice->file);
        voice->file = NULL;
    }
    if (voice->speaker)
        rx_speaker_push(
            voice->speaker, voice->speech.samples, voice->speech.count, clock_boot_ms());
    return err;
}

bool rx_voice_synced(const struct rx_voice *voice)
{
    return voice_receiver_synced(voice->receivers[voice->mode]);
}

bool rx_voice_speaker_lost(const struct rx_voice *voice)
{
    return voice->speaker && rx_speaker_lost(voice->speaker);
}

double rx_voice_seconds(const struct rx_voice *voice)
{
    return (double)voice->count / VOICE_RATE_HZ;
}
