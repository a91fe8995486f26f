/* The sealed bulletin itself as armoured text at 110 baud: who has no program of ours reads it with minimodem, and checks it with
 * whatever verifies Ed25519 signatures. */
#include "audio/segment.h"
#include "audio/teletype.h"
#include "gateway/bulletin/armour.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "dabyl dabyl dabyl\n" /* may be lost while receivers find their place */

struct text {
    char armour[sizeof(FIRST_LINE) + ARMOUR_TEXT_MAX];
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct text *text = segment_allocate(sizeof(*text));

    (void)wish;
    *state = text;
    memcpy(text->armour, FIRST_LINE, strlen(FIRST_LINE));
    return armour_print(
        text->armour + strlen(FIRST_LINE), source->input->sealed, source->input->sealed_size);
}

static size_t samples(const void *state)
{
    const struct text *text = state;

    return teletype_count_samples(text->armour, SEGMENT_RATE_HZ) +
           segment_count_samples(SEGMENT_PAUSE_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct text *text = state;

    teletype_append(pcm, text->armour, SEGMENT_PEAK);
    pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    return ERR_OK;
}

const struct segment_kind segment_armour = {
    .name = "armour", .create = create, .samples = samples, .render = render, .destroy = free};
