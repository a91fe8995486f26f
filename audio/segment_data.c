/* Data: datac3 bursts with the roster, then every symbol of the bulletin. A programme's next data segment goes on with the symbols
 * that follow. */
#include "audio/datac.h"
#include "audio/segment.h"

#include <stdlib.h>

#define FRAMES_MAX (3 * ERASURE_K_MAX) /* the roster's k, the bulletin's 2k */

enum { ROSTER, BULLETIN, OBJECTS };

struct pass {
    size_t count;
    uint8_t frame[FRAMES_MAX][FRAME_SIZE];
};

/* One object's symbols go round by themselves, so that each pass has all of the bulletin's, and other ones of the roster's. */
static enum err open_carousel(struct carousel **carousel, const uint8_t *bytes, size_t size)
{
    if (*carousel)
        return ERR_OK;
    *carousel = segment_allocate(sizeof(**carousel));
    carousel_init(*carousel);
    return carousel_add(
        *carousel, &(struct carousel_item){.object = FRAME_BULLETIN, .bytes = bytes, .size = size});
}

static enum err put_frames(struct pass *pass, struct carousel *carousel, unsigned count)
{
    enum err err = ERR_OK;

    while (count-- > 0 && !err) {
        if (pass->count == FRAMES_MAX)
            return ERR_LONG;
        err = carousel_next(carousel, pass->frame[pass->count++]);
    }
    return err;
}

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    const struct programme_input *input = source->input;
    struct pass *pass = segment_allocate(sizeof(*pass));
    struct carousel **of = source->carousels;
    enum err err = ERR_OK;

    (void)wish;
    *state = pass;
    if (input->roster) {
        err = open_carousel(&of[ROSTER], input->roster, input->roster_size);
        if (!err)
            err = put_frames(pass, of[ROSTER], carousel_round(of[ROSTER]));
    }
    if (!err)
        err = open_carousel(&of[BULLETIN], input->sealed, input->sealed_size);
    return err ? err : put_frames(pass, of[BULLETIN], 2 * carousel_round(of[BULLETIN]));
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
