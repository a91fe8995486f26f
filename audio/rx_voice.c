#include "audio/rx_voice.h"

#include "audio/card.h"
#include "audio/voice.h"
#include "audio/wav.h"
#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

#define HELD_MAX ((size_t)RX_VOICE_HELD_S * VOICE_RATE_HZ)

struct rx_voice {
    struct voice_receiver *receiver;
    struct wav_writer *file;
    struct card *card;
    size_t count;       /* samples of speech so far */
    struct pcm speech;  /* just decoded */
    struct pcm waiting; /* for the card */
};

enum err rx_voice_open(struct rx_voice **voice, const char *path, const char *speaker)
{
    struct rx_voice *made = calloc(1, sizeof *made);
    if (!made)
        log_fatal("no_memory what=voice");
    pcm_init(&made->speech, VOICE_RATE_HZ);
    pcm_init(&made->waiting, VOICE_RATE_HZ);
    made->receiver = voice_receiver_new();
    if (!made->receiver)
        log_fatal("no_memory what=voice");
    enum err err = path ? wav_create(&made->file, path, VOICE_RATE_HZ) : ERR_OK;
    if (!err && speaker)
        err = card_open(&made->card, speaker, CARD_PLAY, VOICE_RATE_HZ);
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
    card_close(voice->card);
    voice_receiver_free(voice->receiver);
    pcm_wipe(&voice->speech);
    pcm_wipe(&voice->waiting);
    free(voice);
}

static void drop_first(struct pcm *pcm, size_t count)
{
    pcm->count -= count;
    memmove(pcm->samples, pcm->samples + count, pcm->count * sizeof pcm->samples[0]);
}

static void play(struct rx_voice *voice)
{
    struct pcm *waiting = &voice->waiting;
    size_t taken = 0;
    pcm_append(waiting, voice->speech.samples, voice->speech.count);
    if (waiting->count > HELD_MAX)
        drop_first(waiting, waiting->count - HELD_MAX);
    if (!waiting->count)
        return;
    enum err err = card_write(voice->card, &taken, waiting->samples, waiting->count);
    drop_first(waiting, taken);
    if (!err)
        return;
    card_close(voice->card);
    voice->card = NULL;
}

enum err rx_voice_push(struct rx_voice *voice, const int16_t *samples, size_t count)
{
    enum err err = ERR_OK;
    voice->speech.count = 0;
    voice_receiver_push(voice->receiver, &voice->speech, samples, count);
    voice->count += voice->speech.count;
    if (voice->file && voice->speech.count)
        err = wav_append(voice->file, voice->speech.samples, voice->speech.count);
    if (err) {
        wav_finish(voice->file);
        voice->file = NULL;
    }
    if (voice->card)
        play(voice);
    return err;
}

bool rx_voice_synced(const struct rx_voice *voice)
{
    return voice_receiver_synced(voice->receiver);
}

double rx_voice_seconds(const struct rx_voice *voice)
{
    return (double)voice->count / VOICE_RATE_HZ;
}
