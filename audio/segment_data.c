/* Data: datac3 bursts, one frame each (pass.h). */
#include "audio/datac.h"
#include "audio/pass.h"

#include <stdlib.h>

#define OTHERS_MAX 8 /* frames of what else is in force: not more than half a minute of them */

/* Not more of others than of its own. Where fast bursts carry what else is in force, these need not. */
static size_t allow_others(const struct segment_source *source)
{
    size_t own = (size_t)2 * erasure_count(source->input->sealed_size);

    if (source->fast)
        return 0;
    return own < OTHERS_MAX ? own : OTHERS_MAX;
}

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct pass *pass = segment_allocate(sizeof(*pass));

    (void)wish;
    *state = pass;
    return pass_make(pass, source, allow_others(source));
}

static size_t samples(const void *state)
{
    const struct pass *pass = state;

    return pass->count * datac_burst_samples(DATAC_GAP_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct pass *pass = state;
    struct datac_modulator *modulator = datac_modulator_new();

    for (size_t i = 0; i < pass->count; i++)
        datac_modulate(modulator, pcm, pass->frame[i], DATAC_GAP_MS);
    datac_modulator_free(modulator);
    return ERR_OK;
}

const struct segment_kind segment_data = {
    .name = "data", .create = create, .samples = samples, .render = render, .destroy = free};
