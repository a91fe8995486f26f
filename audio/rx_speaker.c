#include "audio/rx_speaker.h"

#include "audio/card.h"
#include "audio/pcm.h"
#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

struct rx_speaker {
    const char *name;
    struct card *card; /* NULL: lost */
    struct pcm waiting;
    int64_t tried_ms;
};

enum err rx_speaker_open(struct rx_speaker **speaker, const char *name, unsigned rate_hz)
{
    struct rx_speaker *made = calloc(1, sizeof *made);
    if (!made)
        log_fatal("no_memory what=speaker");
    made->name = name;
    pcm_init(&made->waiting, rate_hz);
    enum err err = card_open(&made->card, name, CARD_PLAY, rate_hz);
    if (err)
        rx_speaker_close(made);
    else
        *speaker = made;
    return err;
}

void rx_speaker_close(struct rx_speaker *speaker)
{
    if (!speaker)
        return;
    card_close(speaker->card);
    pcm_wipe(&speaker->waiting);
    free(speaker);
}

static void drop_first(struct pcm *pcm, size_t count)
{
    pcm->count -= count;
    memmove(pcm->samples, pcm->samples + count, pcm->count * sizeof pcm->samples[0]);
}

/* False if the card is lost. */
static bool write_waiting(struct rx_speaker *speaker)
{
    size_t taken = 0;
    if (!speaker->waiting.count)
        return true;
    enum err err =
        card_write(speaker->card, &taken, speaker->waiting.samples, speaker->waiting.count);
    drop_first(&speaker->waiting, taken);
    if (!err)
        return true;
    card_close(speaker->card);
    speaker->card = NULL;
    return false;
}

static void open_again(struct rx_speaker *speaker, int64_t now_ms)
{
    speaker->tried_ms = now_ms;
    if (card_open(&speaker->card, speaker->name, CARD_PLAY, speaker->waiting.rate_hz))
        speaker->card = NULL;
}

void rx_speaker_push(
    struct rx_speaker *speaker, const int16_t *samples, size_t count, int64_t now_ms)
{
    struct pcm *waiting = &speaker->waiting;
    const size_t held_max = (size_t)RX_SPEAKER_HELD_S * waiting->rate_hz;
    if (!speaker->card && now_ms - speaker->tried_ms >= RX_SPEAKER_RETRY_MS)
        open_again(speaker, now_ms);
    if (!speaker->card)
        return;
    pcm_append(waiting, samples, count);
    if (waiting->count > held_max)
        drop_first(waiting, waiting->count - held_max);
    if (write_waiting(speaker))
        return;
    open_again(speaker, now_ms);
    if (!speaker->card || !write_waiting(speaker))
        waiting->count = 0;
}

bool rx_speaker_lost(const struct rx_speaker *speaker)
{
    return !speaker->card;
}
