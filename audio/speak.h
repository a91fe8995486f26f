/* speak: what a bulletin's voice will say, as sound, for an editor who listens before signing. Reads no seal: what it says goes
 * nowhere but to that editor's ears.
 */
#ifndef AUDIO_SPEAK_H
#define AUDIO_SPEAK_H

#include "audio/pcm.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>
#include <stdint.h>

#define SPEAK_RATE_HZ 8000

struct speak_request {
    const uint8_t *body; /* of a bulletin, or of a draft: number and time of sending may be 0 */
    size_t body_size;
    enum bulletin_language language;
    const char *sender;
    int64_t now_s; /* a draft is spoken as if sent now */
};

/* Speaks it at SPEAK_RATE_HZ; pcm is initialised here. Blocks as speech_say does. What wire_decode_body, wire_decode_bulletin,
 * script_write and speech_say say: ERR_MISSING if it has no text in the language. */
ERR_CHECKED enum err speak_body(struct pcm *pcm, const struct speak_request *request);

#endif
