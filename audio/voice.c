#include "audio/voice.h"

#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 4096 /* more than the demodulator ever asks for at once */
#define TRUST_FRAMES                                                                               \
    12 /* 1.9 s: how long a frame without errors vouches for those before and after it */

struct voice_receiver {
    struct freedv *freedv;
    size_t held; /* samples in input */
    int16_t input[INPUT_MAX];
    int16_t *output;        /* room for one call's speech */
    struct pcm held_speech; /* decoded, not yet vouched for; at most TRUST_FRAMES frames */
    unsigned trust;         /* frames that may yet pass without another one free of errors */
    bool synced;
    double snr_db;
    unsigned frames;
};

/* Opens 700D and makes sure that it is the mode that this file's constants describe. */
static struct freedv *open_700d(void)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_700D);

    if (freedv && (freedv_get_n_speech_samples(freedv) != VOICE_FRAME_SAMPLES ||
                      freedv_get_n_nom_modem_samples(freedv) != VOICE_FRAME_SAMPLES ||
                      freedv_get_n_max_modem_samples(freedv) > INPUT_MAX)) {
        freedv_close(freedv);
        return NULL;
    }
    return freedv;
}

static size_t encoded_frames(size_t speech_samples)
{
    return VOICE_LEAD_FRAMES + (speech_samples + VOICE_FRAME_SAMPLES - 1) / VOICE_FRAME_SAMPLES +
           VOICE_TAIL_FRAMES;
}

size_t voice_encoded_samples(size_t speech_samples)
{
    return encoded_frames(speech_samples) * VOICE_FRAME_SAMPLES;
}

/* The speech of modem frame `frame`, silence before, after and beyond its end. */
static void frame_speech(int16_t out[VOICE_FRAME_SAMPLES], const struct pcm *speech, size_t frame)
{
    size_t from = (frame - VOICE_LEAD_FRAMES) * VOICE_FRAME_SAMPLES;
    size_t count = 0;

    if (frame >= VOICE_LEAD_FRAMES && from < speech->count)
        count =
            speech->count - from < VOICE_FRAME_SAMPLES ? speech->count - from : VOICE_FRAME_SAMPLES;
    memset(out, 0, VOICE_FRAME_SAMPLES * sizeof(*out));
    if (count > 0)
        memcpy(out, speech->samples + from, count * sizeof(*out));
}

enum err voice_encode(struct pcm *modem, const struct pcm *speech)
{
    struct freedv *freedv;

    pcm_init(modem, VOICE_RATE_HZ);
    if (speech->rate_hz != VOICE_RATE_HZ)
        return ERR_VALUE;
    freedv = open_700d();
    if (!freedv)
        return ERR_SYSTEM;
    freedv_set_clip(freedv, 1);
    freedv_set_tx_bpf(freedv, 1);
    for (size_t frame = 0; frame < encoded_frames(speech->count); frame++) {
        int16_t in[VOICE_FRAME_SAMPLES];
        int16_t out[VOICE_FRAME_SAMPLES];

        frame_speech(in, speech, frame);
        freedv_tx(freedv, out, in);
        pcm_append(modem, out, VOICE_FRAME_SAMPLES);
    }
    freedv_close(freedv);
    return ERR_OK;
}

struct voice_receiver *voice_receiver_new(void)
{
    struct voice_receiver *receiver = calloc(1, sizeof(*receiver));

    if (!receiver)
        log_fatal("no_memory");
    receiver->freedv = open_700d();
    if (receiver->freedv)
        receiver->output =
            calloc((size_t)freedv_get_n_max_speech_samples(receiver->freedv), sizeof(int16_t));
    if (!receiver->output) {
        voice_receiver_free(receiver);
        return NULL;
    }
    pcm_init(&receiver->held_speech, VOICE_RATE_HZ);
    freedv_set_squelch_en(receiver->freedv, 0);
    return receiver;
}

void voice_receiver_free(struct voice_receiver *receiver)
{
    if (!receiver)
        return;
    if (receiver->freedv)
        freedv_close(receiver->freedv);
    pcm_wipe(&receiver->held_speech);
    free(receiver->output);
    free(receiver);
}

static void drop_oldest(struct pcm *held)
{
    size_t keep = (size_t)(TRUST_FRAMES - 1) * VOICE_FRAME_SAMPLES;

    if (held->count <= keep)
        return;
    memmove(held->samples, held->samples + held->count - keep, keep * sizeof(*held->samples));
    held->count = keep;
}

/* The demodulator also locks on to what is no voice (datac3, music), but then no frame ever passes its parity checks. So
 * speech is let out only near a frame that did. */
static void judge(struct voice_receiver *receiver, struct pcm *speech, size_t count, bool clean)
{
    struct pcm *held = &receiver->held_speech;

    if (clean)
        receiver->trust = TRUST_FRAMES;
    else if (receiver->trust > 0)
        receiver->trust--;
    drop_oldest(held);
    pcm_append(held, receiver->output, count);
    if (receiver->trust == 0)
        return;
    receiver->frames += (unsigned)(held->count / VOICE_FRAME_SAMPLES);
    pcm_append(speech, held->samples, held->count);
    held->count = 0;
}

/* Feeds one demodulator call. Without synchronism the library passes its input through: that is not speech. */
static void demodulate(struct voice_receiver *receiver, struct pcm *speech)
{
    int sync = 0;
    float snr_db = 0.0f;
    int count = freedv_rx(receiver->freedv, receiver->output, receiver->input);
    int status = freedv_get_rx_status(receiver->freedv);

    freedv_get_modem_stats(receiver->freedv, &sync, &snr_db);
    if (!sync) {
        receiver->trust = 0;
        receiver->held_speech.count = 0;
    }
    if (sync && (status & FREEDV_RX_SYNC) && (status & FREEDV_RX_BITS) && count > 0)
        judge(receiver, speech, (size_t)count, !(status & FREEDV_RX_BIT_ERRORS));
    receiver->synced = sync && receiver->trust > 0;
    receiver->snr_db = receiver->synced ? (double)snr_db : 0.0;
}

void voice_receiver_push(
    struct voice_receiver *receiver, struct pcm *speech, const int16_t *samples, size_t count)
{
    while (count > 0) {
        size_t need = (size_t)freedv_nin(receiver->freedv);
        size_t take = need > receiver->held ? need - receiver->held : 0;

        if (take > count)
            take = count;
        memcpy(receiver->input + receiver->held, samples, take * sizeof(*samples));
        receiver->held += take;
        samples += take;
        count -= take;
        if (receiver->held < need)
            return;
        demodulate(receiver, speech);
        receiver->held = 0;
    }
}

bool voice_receiver_synced(const struct voice_receiver *receiver)
{
    return receiver->synced;
}

double voice_receiver_snr_db(const struct voice_receiver *receiver)
{
    return receiver->snr_db;
}

unsigned voice_receiver_frames(const struct voice_receiver *receiver)
{
    return receiver->frames;
}
