/* The header of the Emergency Alert System (same.h), for receivers that sound an alarm by it: "same" before what it announces,
 * "sameend" behind it. */
#include "audio/same.h"
#include "audio/segment.h"

#include <stdlib.h>

struct header {
    char text[SAME_TEXT_SIZE];
};

static enum err create(void **state, struct segment_source *source, const struct segment_wish *wish)
{
    const struct programme_input *input = source->input;
    struct header *header = segment_allocate(sizeof(*header));

    (void)wish;
    *state = header;
    same_print(header->text, input->bulletin, input->call ? input->call : input->sender);
    return ERR_OK;
}

static enum err create_end(
    void **state, struct segment_source *source, const struct segment_wish *wish)
{
    static const struct header end = {SAME_END};
    struct header *header = segment_allocate(sizeof(*header));

    (void)source;
    (void)wish;
    *state = header;
    *header = end;
    return ERR_OK;
}

static size_t samples(const void *state)
{
    const struct header *header = state;

    return same_count_samples(header->text, SEGMENT_RATE_HZ);
}

static enum err render(struct pcm *pcm, const void *state)
{
    const struct header *header = state;

    same_append(pcm, header->text, SEGMENT_PEAK);
    return ERR_OK;
}

const struct segment_kind segment_same = {
    .name = "same", .create = create, .samples = samples, .render = render, .destroy = free};

const struct segment_kind segment_same_end = {
    .name = "sameend", .create = create_end, .samples = samples, .render = render, .destroy = free};
