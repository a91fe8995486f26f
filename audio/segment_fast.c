/* Data in fast bursts: datac1, four frames each (pass.h). A burst that fails takes four frames with it, so they are for FM. */
#include "audio/datac.h"
#include "audio/pass.h"

#include <stdlib.h>

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct pass *pass = segment_allocate(sizeof(*pass));
    enum err err;

    (void)wish;
    *state = pass;
    source->fast = true;
    err = pass_make(pass, source, PASS_OTHERS_MAX);
    return err ? err : pass_fill(pass, source, FRAME_FAST_COUNT);
}

static size_t samples(const void *state)
{
    const struct pass *pass = state;

    return pass->count / FRAME_FAST_COUNT * datac_fast_burst_samples(DATAC_GAP_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct pass *pass = state;
    struct datac_modulator *modulator = datac_fast_modulator_new();

    for (size_t i = 0; i + FRAME_FAST_COUNT <= pass->count; i += FRAME_FAST_COUNT) {
        uint8_t payload[DATAC_FAST_PAYLOAD_SIZE];

        frame_join(payload, &pass->frame[i]);
        datac_fast_modulate(modulator, pcm, payload, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    return ERR_OK;
}

const struct segment_kind segment_fast = {
    .name = "fast", .create = create, .samples = samples, .render = render, .destroy = free};
