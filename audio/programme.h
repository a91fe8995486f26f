/* programme: the running order of one broadcast: a table of segments, each with the same verbs: how long it is, and what it
 * sounds like. Everything is made at PROGRAMME_RATE_HZ; its length is known before it is rendered.
 *
 * hf (shortwave, upper side band, centre 1,500 Hz): silence for push-to-talk, a tone to tune by, plain speech in each
 *   language (brief, compressed), data (the roster, then every symbol of the bulletin), FreeDV 700D voice in each language
 *   (in full), data again with the symbols that follow.
 * fm (narrow band): silence, plain speech in each language (in full), data twice.
 */
#ifndef AUDIO_PROGRAMME_H
#define AUDIO_PROGRAMME_H

#include "audio/pcm.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROGRAMME_RATE_HZ 8000
#define PROGRAMME_PEAK                                                                             \
    16384.0 /* of speech and tone: that of the modems, so that the transmitter is set once */
#define PROGRAMME_SEGMENTS_MAX 24

struct programme;

/* What is to be said. Everything must outlive the programme. */
struct programme_input {
    const struct bulletin *bulletin; /* accepted by quorum_accept: nothing is checked here */
    const char *code;                /* its check code */
    const uint8_t *sealed;
    size_t sealed_size;
    const uint8_t *roster; /* sealed roster, or NULL: none is sent */
    size_t roster_size;
    const char *sender;         /* who speaks */
    const struct pcm *recorded; /* BULLETIN_LANGUAGE_COUNT of them: spoken by a person, at
                                   PROGRAMME_RATE_HZ; an empty one is synthesised. NULL: all are */
    uint8_t
        languages; /* mask of those wanted; those that the bulletin lacks are passed over; 0: all that it has */
};

struct programme_segment {
    const char *name;     /* "silence", "tone", "speech", "data", "voice" */
    const char *language; /* "kk", ... or NULL */
    double seconds;
};

/* Is there a running order of this name? */
bool programme_exists(const char *name);

/* Prepares the running order `name`: writes scripts, speaks them (blocks, see speech.h), cuts frames. ERR_MISSING for an
 * unknown name or if no language is left; what script_write, speech_say and carousel_add say. */
ERR_CHECKED enum err programme_new(
    struct programme **programme, const char *name, const struct programme_input *input);
/* NULL is allowed. */
void programme_free(struct programme *programme);

size_t programme_count(const struct programme *programme);
/* The segment with this index, which is below the count. */
struct programme_segment programme_describe(const struct programme *programme, size_t index);
double programme_seconds(const struct programme *programme);

/* Appends the segment's sound to pcm, which is at PROGRAMME_RATE_HZ. ERR_SYSTEM if a library fails. */
ERR_CHECKED enum err programme_render(
    struct pcm *pcm, const struct programme *programme, size_t index);

#endif
