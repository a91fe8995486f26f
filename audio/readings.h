/* readings: recordings that editors have signed for a bulletin (gateway/bulletin/reading.h), to be heard in place of the
 * synthesiser: in a folder, HASH-kk.reading and HASH-kk.sound for each.
 *
 * Exactly the bytes that were signed are decoded: they are held in memory from their hash on, whatever becomes of the file.
 */
#ifndef AUDIO_READINGS_H
#define AUDIO_READINGS_H

#include "audio/pcm.h"
#include "gateway/bulletin/reading.h"

#define READINGS_FILE_MAX (32L << 20) /* bytes */
#define READINGS_SECONDS_MAX 300

struct readings_request {
    const char *folder;
    const uint8_t *body;
    size_t body_size;
    enum bulletin_language language;
    const struct roster *roster;
    int64_t sent_s; /* of the bulletin: when its editors' keys must have been valid */
};

/* The recording at rate_hz, in the band and at the peak of speech; pcm is initialised here. ERR_MISSING if there is none,
 * ERR_FORMAT for one of another bulletin or no sound, ERR_SEAL where the file is not the one that was signed, ERR_LONG, what
 * reading_decode and reading_check say. */
ERR_CHECKED enum err readings_load(
    struct pcm *pcm, const struct readings_request *request, unsigned rate_hz);

#endif
