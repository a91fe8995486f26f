#include "audio/segment.h"

#include "audio/script.h"
#include "audio/speech.h"
#include "gateway/base/log.h"

#include <stdlib.h>

void *segment_allocate(size_t size)
{
    void *state = calloc(1, size);

    if (!state)
        log_fatal("no_memory what=segment");
    return state;
}

size_t segment_count_samples(unsigned milliseconds)
{
    return (size_t)milliseconds * SEGMENT_RATE_HZ / 1000;
}

enum err segment_speak(
    const struct pcm **speech, struct segment_source *source, const struct segment_wish *wish)
{
    const struct programme_input *input = source->input;
    const struct pcm *recorded = input->recorded ? &input->recorded[wish->language] : NULL;
    struct pcm *spoken = &source->spoken[wish->language][wish->brief ? 1 : 0];
    char words[NORMAL_TEXT_MAX];
    const struct script script = {.bulletin = input->bulletin,
        .code = input->code,
        .sender = input->sender,
        .language = wish->language,
        .brief = wish->brief};
    enum err err;

    *speech = spoken;
    if (spoken->count > 0)
        return ERR_OK;
    if (recorded && recorded->count > 0) {
        pcm_init(spoken, SEGMENT_RATE_HZ);
        pcm_append(spoken, recorded->samples, recorded->count);
        return ERR_OK;
    }
    err = script_write(words, sizeof(words), &script);
    return err ? err : speech_say(spoken, words, wish->language, SEGMENT_RATE_HZ);
}
