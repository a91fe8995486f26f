#include "audio/card.h"

#include "gateway/base/log.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <stdlib.h>

#define CHANNELS_MAX 2
#define PIECE_FRAMES 2400 /* copied at a time */
#define START_DIVISOR 10  /* of a second's samples: the card is started with as many */
#define US_PER_MS 1000

struct card {
    snd_pcm_t *pcm;
    enum card_direction direction;
    unsigned channels;
    unsigned rate_hz;
    unsigned xruns;
    size_t waiting; /* samples handed over before it was started */
};

/* The library speaks to standard error otherwise: what matters comes back as a result. */
__attribute__((format(printf, 5, 6))) static void be_silent(
    const char *file, int line, const char *function, int code, const char *format, ...)
{
    (void)file;
    (void)line;
    (void)function;
    (void)code;
    (void)format;
}

static enum err set_up(struct card *card)
{
    for (unsigned channels = 1; channels <= CHANNELS_MAX; channels++) {
        card->channels = channels;
        if (snd_pcm_set_params(card->pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED,
                channels, card->rate_hz, 1, CARD_BUFFER_MS * US_PER_MS) == 0)
            return ERR_OK;
    }
    return ERR_DEVICE;
}

enum err card_open(
    struct card **card, const char *name, enum card_direction direction, unsigned rate_hz)
{
    struct card *new = calloc(1, sizeof(*new));
    int code;
    enum err err;

    if (!new)
        log_fatal("no_memory");
    new->direction = direction;
    new->rate_hz = rate_hz;
    (void)snd_lib_error_set_handler(be_silent);
    code = snd_pcm_open(&new->pcm, name,
        direction == CARD_PLAY ? SND_PCM_STREAM_PLAYBACK : SND_PCM_STREAM_CAPTURE,
        SND_PCM_NONBLOCK);
    if (code < 0) {
        free(new);
        return code == -EBUSY || code == -EAGAIN ? ERR_BUSY : ERR_DEVICE;
    }
    err = set_up(new);
    if (!err && direction == CARD_RECORD && snd_pcm_start(new->pcm) < 0)
        err = ERR_DEVICE;
    if (err) {
        card_close(new);
        return err;
    }
    *card = new;
    return ERR_OK;
}

void card_close(struct card *card)
{
    if (!card)
        return;
    (void)snd_pcm_drop(card->pcm);
    (void)snd_pcm_close(card->pcm);
    free(card);
}

unsigned card_xruns(const struct card *card)
{
    return card->xruns;
}

/* Ready again after an underrun, an overrun or a suspended machine. */
static enum err mend(struct card *card, int code)
{
    if (code != -EPIPE && code != -ESTRPIPE && code != -EINTR)
        return ERR_DEVICE;
    card->xruns++;
    card->waiting = 0;
    if (snd_pcm_recover(card->pcm, code, 1) < 0)
        return ERR_DEVICE;
    if (card->direction == CARD_RECORD && snd_pcm_start(card->pcm) < 0)
        return ERR_DEVICE;
    return ERR_OK;
}

/* It starts by itself only with a full buffer, which nobody promises. */
static enum err start(struct card *card, size_t handed)
{
    if (snd_pcm_state(card->pcm) != SND_PCM_STATE_PREPARED)
        return ERR_OK;
    card->waiting += handed;
    if (card->waiting < card->rate_hz / START_DIVISOR)
        return ERR_OK;
    return snd_pcm_start(card->pcm) < 0 ? ERR_DEVICE : ERR_OK;
}

static snd_pcm_sframes_t write_piece(struct card *card, const int16_t *samples, size_t count)
{
    int16_t frames[PIECE_FRAMES * CHANNELS_MAX];

    for (size_t i = 0; i < count * card->channels; i++)
        frames[i] = samples[i / card->channels];
    return snd_pcm_writei(card->pcm, frames, count);
}

enum err card_write(struct card *card, size_t *taken, const int16_t *samples, size_t count)
{
    bool mended = false;

    *taken = 0;
    while (*taken < count) {
        size_t left = count - *taken;
        snd_pcm_sframes_t done =
            write_piece(card, samples + *taken, left < PIECE_FRAMES ? left : PIECE_FRAMES);

        if (done == -EAGAIN || done == 0)
            return ERR_OK;
        if (done < 0) {
            /* a second failure at once is no underrun */
            if (mended || mend(card, (int)done))
                return ERR_DEVICE;
            mended = true;
            continue;
        }
        mended = false;
        *taken += (size_t)done;
        if (start(card, (size_t)done))
            return ERR_DEVICE;
    }
    return ERR_OK;
}

enum err card_read(struct card *card, size_t *got, int16_t *samples, size_t size)
{
    int16_t frames[PIECE_FRAMES * CHANNELS_MAX];
    bool mended = false;

    *got = 0;
    while (*got < size) {
        size_t left = size - *got;
        snd_pcm_sframes_t done =
            snd_pcm_readi(card->pcm, frames, left < PIECE_FRAMES ? left : PIECE_FRAMES);

        if (done == -EAGAIN || done == 0)
            return ERR_OK;
        if (done < 0) {
            if (mended || mend(card, (int)done))
                return ERR_DEVICE;
            mended = true;
            continue;
        }
        for (snd_pcm_sframes_t i = 0; i < done; i++)
            samples[*got + (size_t)i] = frames[(size_t)i * card->channels];
        *got += (size_t)done;
    }
    return ERR_OK;
}
