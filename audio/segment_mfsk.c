/* Text in Latin letters as MFSK32, which fldigi on any hobbyist's computer shows: number, time, what to do, check code; so much as
 * one text message holds. A line first that may be lost while receivers find their place. */
#include "audio/mfsk.h"
#include "audio/segment.h"
#include "modems/compose.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST_LINE "dabyl dabyl dabyl\n"

struct text {
    char ascii[MFSK_TEXT_MAX];
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    struct text *text = segment_allocate(sizeof(*text));
    char line[MFSK_TEXT_MAX - sizeof(FIRST_LINE)];
    struct compose compose;
    const struct compose_request request = {.bulletin = source->input->bulletin,
        .language = wish->language,
        .latin = true,
        .parts = 1,
        .sender = source->input->sender,
        .code = source->input->code};
    enum err err = compose_text(&compose, &request);

    *state = text;
    if (!err)
        err = mfsk_print_ascii(line, sizeof(line), compose.text);
    if (!err)
        (void)snprintf(text->ascii, sizeof(text->ascii), FIRST_LINE "%s", line);
    return err;
}

static size_t samples(const void *state)
{
    const struct text *text = state;

    return mfsk_count_samples(text->ascii) + segment_count_samples(SEGMENT_PAUSE_MS);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct text *text = state;

    mfsk_append(pcm, text->ascii, SEGMENT_PEAK);
    pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    return ERR_OK;
}

const struct segment_kind segment_mfsk = {.name = "mfsk",
    .each = true,
    .create = create,
    .samples = samples,
    .render = render,
    .destroy = free};
