/* Who sends, as a data frame of its own (ident.h). */
#include "audio/aprs.h"
#include "audio/datac.h"
#include "audio/ident.h"
#include "audio/segment.h"

#include <stdlib.h>
#include <string.h>

struct card {
    uint8_t frame[FRAME_SIZE];
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    const struct programme_input *input = source->input;
    const char *call = input->call ? input->call : APRS_CALL_DEFAULT;
    const char *times = input->times ? input->times : "";
    struct card *card = segment_allocate(sizeof(*card));
    struct ident ident = {.number = input->bulletin->number};

    (void)wish;
    *state = card;
    if (strlen(call) >= sizeof(ident.call))
        return ERR_LONG;
    memcpy(ident.newsroom, input->bulletin->newsroom, sizeof(ident.newsroom));
    memcpy(ident.call, call, strlen(call));
    ident_set_times(&ident, times);
    return ident_encode(card->frame, &ident);
}

static size_t samples(const void *state)
{
    (void)state;
    return datac_burst_samples(DATAC_GAP_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct card *card = state;
    struct datac_modulator *modulator = datac_modulator_new();

    datac_modulate(modulator, pcm, card->frame, DATAC_GAP_MS);
    datac_modulator_free(modulator);
    return ERR_OK;
}

const struct segment_kind segment_ident = {
    .name = "ident", .create = create, .samples = samples, .render = render, .destroy = free};
