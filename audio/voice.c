#include "audio/voice.h"

#include "audio/shape.h"
#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 4096 /* more than any demodulator ever asks for at once */
#define FRAME_MAX 1920 /* samples of a modem's frame */
#define WIDE_RATE_HZ 48000
#define WIDE_SCALE 0.6   /* rectangles without their corners reach higher */
#define PEAK 16384.0     /* of every mode */
#define PROTOCOL_BYTES 3 /* in a frame of 2400B */

static const struct mode {
    const char *name;
    int number; /* codec2's */
    unsigned rate_hz;
    size_t speech_samples; /* of a frame */
    size_t modem_samples;
    size_t lead_frames;    /* in fading a receiver takes a few to synchronise */
    size_t tail_frames;    /* the decoder lags; the last word must not stay in it */
    unsigned trust_frames; /* how many before and after it one without errors vouches for */
    unsigned proofs;       /* so many without errors in a row before voice is believed */
    bool shortwave;
} modes[VOICE_MODE_COUNT] = {
    [VOICE_700D] = {"700D", FREEDV_MODE_700D, VOICE_RATE_HZ, 1280, 1280, 6, 3, 12, 1, true},
    [VOICE_700E] = {"700E", FREEDV_MODE_700E, VOICE_RATE_HZ, 640, 640, 12, 6, 24, 1, true},
    [VOICE_2400B] = {"2400B", FREEDV_MODE_2400B, WIDE_RATE_HZ, 320, 1920, 12, 6, 10, 2, false},
};

struct voice_receiver {
    const struct mode *mode;
    struct freedv *freedv;
    struct voice_text *text;
    voice_text_handler *text_handler;
    void *text_arg;
    struct pcm_resampler *resampler; /* NULL: the modem takes VOICE_RATE_HZ */
    struct pcm wide;
    size_t held; /* samples in input */
    int16_t input[INPUT_MAX];
    int16_t *output;        /* room for one call's speech */
    struct pcm held_speech; /* decoded, not yet vouched for; fewer than trust_frames */
    unsigned trust;         /* frames that may yet pass without another one free of errors */
    unsigned clean;         /* of them without errors, in a row */
    bool framed;            /* 2400B: the last frame's fixed bits are right */
    bool synced;
    double snr_db;
    unsigned frames;
};

const char *voice_print_mode(enum voice_mode mode)
{
    return modes[mode].name;
}

size_t voice_frame_samples(enum voice_mode mode)
{
    return modes[mode].speech_samples;
}

/* Opens a mode and makes sure that it is the one that this file's table describes. */
static struct freedv *open_mode(const struct mode *mode)
{
    struct freedv *freedv = freedv_open(mode->number);

    if (freedv && ((size_t)freedv_get_n_speech_samples(freedv) != mode->speech_samples ||
                      (size_t)freedv_get_n_nom_modem_samples(freedv) != mode->modem_samples ||
                      (unsigned)freedv_get_modem_sample_rate(freedv) != mode->rate_hz ||
                      freedv_get_n_max_modem_samples(freedv) > INPUT_MAX)) {
        freedv_close(freedv);
        return NULL;
    }
    return freedv;
}

static size_t encoded_frames(const struct mode *mode, size_t speech_samples)
{
    return mode->lead_frames + (speech_samples + mode->speech_samples - 1) / mode->speech_samples +
           mode->tail_frames;
}

size_t voice_encoded_samples(enum voice_mode mode, size_t speech_samples)
{
    return encoded_frames(&modes[mode], speech_samples) * modes[mode].speech_samples;
}

/* The speech of a frame, silence before, after and beyond its end. */
static void frame_speech(
    int16_t out[FRAME_MAX], const struct pcm *speech, const struct mode *mode, size_t frame)
{
    size_t size = mode->speech_samples;
    size_t from = (frame - mode->lead_frames) * size;
    size_t count = 0;

    if (frame >= mode->lead_frames && from < speech->count)
        count = speech->count - from < size ? speech->count - from : size;
    memset(out, 0, size * sizeof(*out));
    if (count > 0)
        memcpy(out, speech->samples + from, count * sizeof(*out));
}

static void encode_frames(
    struct pcm *modem, struct freedv *freedv, const struct pcm *speech, const struct mode *mode)
{
    for (size_t frame = 0; frame < encoded_frames(mode, speech->count); frame++) {
        int16_t in[FRAME_MAX];
        int16_t out[FRAME_MAX];

        frame_speech(in, speech, mode, frame);
        freedv_tx(freedv, out, in);
        pcm_append(modem, out, mode->modem_samples);
    }
}

/* The same, down to VOICE_RATE_HZ, and as long as it is said to be. */
static enum err encode_wide(
    struct pcm *modem, struct freedv *freedv, const struct pcm *speech, const struct mode *mode)
{
    size_t samples = encoded_frames(mode, speech->count) * mode->speech_samples;
    struct pcm wide;

    pcm_init(&wide, mode->rate_hz);
    encode_frames(&wide, freedv, speech, mode);
    pcm_scale(&wide, WIDE_SCALE);
    enum err err = pcm_resample(modem, &wide, VOICE_RATE_HZ);
    pcm_wipe(&wide);
    if (err)
        return err;
    if (modem->count < samples)
        pcm_append(modem, NULL, samples - modem->count);
    modem->count = samples;
    shape_peak(modem, PEAK);
    return ERR_OK;
}

enum err voice_encode(
    struct pcm *modem, const struct pcm *speech, enum voice_mode mode, const char *name)
{
    const struct mode *found = &modes[mode];
    struct freedv *freedv;
    struct voice_text *text;
    enum err err = ERR_OK;

    pcm_init(modem, VOICE_RATE_HZ);
    if (speech->rate_hz != VOICE_RATE_HZ)
        return ERR_VALUE;
    freedv = open_mode(found);
    if (!freedv)
        return ERR_SYSTEM;
    if (found->shortwave) {
        freedv_set_clip(freedv, 1);
        freedv_set_tx_bpf(freedv, 1);
    }
    text = voice_text_new(freedv, found->shortwave);
    if (name)
        voice_text_send(text, name);
    if (found->rate_hz == VOICE_RATE_HZ)
        encode_frames(modem, freedv, speech, found);
    else
        err = encode_wide(modem, freedv, speech, found);
    voice_text_free(text);
    freedv_close(freedv);
    return err;
}

/* 2400B has no code against errors, and its unique word of 16 bits comes up in noise several times a second. But what it calls
 * protocol bits are the same in each frame of voice, but for two of the text channel: one wrong bit of those 18 is allowed. */
static void take_protocol(void *arg, char *bytes)
{
    static const uint8_t fixed[PROTOCOL_BYTES] = {0x7a, 0x72, 0x40};
    static const uint8_t masks[PROTOCOL_BYTES] = {0xff, 0xff, 0xc0};
    struct voice_receiver *receiver = arg;
    int wrong = 0;

    for (size_t i = 0; i < PROTOCOL_BYTES; i++)
        wrong += __builtin_popcount(((uint8_t)bytes[i] ^ fixed[i]) & masks[i]);
    receiver->framed = wrong <= 1;
}

/* Only beside voice that is believed. */
static void take_text(void *arg, const char *text)
{
    struct voice_receiver *receiver = arg;

    if (receiver->text_handler && receiver->synced)
        receiver->text_handler(receiver->text_arg, text);
}

static void set_up(struct voice_receiver *receiver)
{
    struct freedv *freedv = receiver->freedv;

    receiver->output = calloc((size_t)freedv_get_n_max_speech_samples(freedv), sizeof(int16_t));
    if (!receiver->output)
        log_fatal("no_memory what=voice");
    pcm_init(&receiver->held_speech, VOICE_RATE_HZ);
    freedv_set_squelch_en(freedv, 0);
    receiver->text = voice_text_new(freedv, receiver->mode->shortwave);
    voice_text_hear(receiver->text, take_text, receiver);
    if (receiver->mode->rate_hz != VOICE_RATE_HZ &&
        pcm_resampler_new(&receiver->resampler, VOICE_RATE_HZ, receiver->mode->rate_hz))
        log_fatal("no_resampler what=voice");
    pcm_init(&receiver->wide, receiver->mode->rate_hz);
    if (!receiver->mode->shortwave)
        freedv_set_callback_protocol(freedv, take_protocol, NULL, receiver);
}

struct voice_receiver *voice_receiver_new(enum voice_mode mode)
{
    struct voice_receiver *receiver = calloc(1, sizeof(*receiver));

    if (!receiver)
        log_fatal("no_memory what=voice");
    receiver->mode = &modes[mode];
    receiver->freedv = open_mode(receiver->mode);
    if (!receiver->freedv) {
        voice_receiver_free(receiver);
        return NULL;
    }
    set_up(receiver);
    return receiver;
}

void voice_receiver_free(struct voice_receiver *receiver)
{
    if (!receiver)
        return;
    voice_text_free(receiver->text);
    if (receiver->freedv)
        freedv_close(receiver->freedv);
    pcm_resampler_free(receiver->resampler);
    pcm_wipe(&receiver->wide);
    pcm_wipe(&receiver->held_speech);
    free(receiver->output);
    free(receiver);
}

void voice_receiver_hear_text(
    struct voice_receiver *receiver, voice_text_handler *handler, void *arg)
{
    receiver->text_handler = handler;
    receiver->text_arg = arg;
}

static void drop_oldest(struct pcm *held, const struct mode *mode)
{
    size_t keep = (mode->trust_frames - 1) * mode->speech_samples;

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

    receiver->clean = clean ? receiver->clean + 1 : 0;
    if (clean && (receiver->trust > 0 || receiver->clean >= receiver->mode->proofs))
        receiver->trust = receiver->mode->trust_frames;
    else if (receiver->trust > 0)
        receiver->trust--;
    drop_oldest(held, receiver->mode);
    pcm_append(held, receiver->output, count);
    if (receiver->trust == 0)
        return;
    receiver->frames += (unsigned)(held->count / receiver->mode->speech_samples);
    pcm_append(speech, held->samples, held->count);
    held->count = 0;
}

/* Did a frame come out of this call, and without errors? */
static bool is_frame(bool *clean, const struct voice_receiver *receiver, int status)
{
    *clean = receiver->mode->shortwave ? !(status & FREEDV_RX_BIT_ERRORS) : receiver->framed;
    return (status & FREEDV_RX_SYNC) != 0 && (status & FREEDV_RX_BITS) != 0;
}

/* What comes after it may be another signal. 2400B is without synchronism for some frames wherever its unique word is wrong. */
static void lose(struct voice_receiver *receiver)
{
    receiver->clean = 0;
    receiver->trust -= receiver->trust > 0;
    if (!receiver->mode->shortwave)
        return;
    receiver->trust = 0;
    receiver->held_speech.count = 0;
}

/* Feeds one demodulator call. Without synchronism the library passes its input through: that is not speech. */
static void demodulate(struct voice_receiver *receiver, struct pcm *speech)
{
    int sync = 0;
    float snr_db = 0.0f;
    bool clean;

    receiver->framed = false;
    int count = freedv_rx(receiver->freedv, receiver->output, receiver->input);
    int status = freedv_get_rx_status(receiver->freedv);

    freedv_get_modem_stats(receiver->freedv, &sync, &snr_db);
    if (!sync)
        lose(receiver);
    if (sync && is_frame(&clean, receiver, status) && count > 0)
        judge(receiver, speech, (size_t)count, clean);
    receiver->synced = (sync || !receiver->mode->shortwave) && receiver->trust > 0;
    receiver->snr_db = receiver->synced ? (double)snr_db : 0.0;
}

/* At the modem's rate. */
static void push(
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

void voice_receiver_push(
    struct voice_receiver *receiver, struct pcm *speech, const int16_t *samples, size_t count)
{
    struct pcm *wide = &receiver->wide;

    if (!receiver->resampler) {
        push(receiver, speech, samples, count);
        return;
    }
    pcm_resampler_push(receiver->resampler, wide, samples, count, false);
    push(receiver, speech, wide->samples, wide->count);
    wide->count = 0;
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
