/* air: from sealed bytes to a programme, through the check that nothing goes on the air without: roster against the pinned
 * fingerprint, quorum, time.
 */
#ifndef AUDIO_AIR_H
#define AUDIO_AIR_H

#include "audio/programme.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/quorum.h"

#include <stddef.h>
#include <stdint.h>

#define AIR_WHY_MAX 160
#define AIR_OTHERS_MAX                                                                             \
    31 /* all that may be in force at a time (schedule.h), but the programme's own */

/* Another bulletin that is in force: the data segments carry it, too. */
struct air_other {
    const uint8_t *sealed;
    size_t size;
};

struct air_request {
    const uint8_t *sealed;
    size_t sealed_size;
    const uint8_t *roster;
    size_t roster_size;
    const char *fingerprint; /* the newsroom key's, pinned */
    const char *programme;   /* running order */
    const char *sender;
    const char *call;     /* call sign of the licence; NULL: a placeholder */
    const char *times;    /* when broadcasts begin, as it is announced; NULL: not known */
    uint8_t languages;    /* mask; 0: all that the bulletin has */
    const char *readings; /* folder of recordings (readings.h); NULL: none */
    const struct air_other
        *others; /* other_count of them; what a receiver would refuse is left out and logged */
    size_t other_count; /* up to AIR_OTHERS_MAX */
    int64_t now_s;
};

/* A programme and what it is made of; the request's bytes must outlive it. */
struct air {
    struct bulletin bulletin;
    char code[SEAL_CODE_SIZE];
    uint8_t read_languages; /* mask: in these a person's recording is heard */
    struct programme *programme;
};

/* ERR_KEY, ERR_SEAL, ERR_QUORUM, ERR_ROSTER, ERR_EXPIRED, ERR_FUTURE and what else roster_open, wire_decode_sealed,
 * quorum_accept and programme_new say; then why is one line for people that says which file is at fault, and bulletin.number
 * is filled in as far as it could be read. Call seal_init before. */
ERR_CHECKED enum err air_open(
    struct air *air, char why[AIR_WHY_MAX], const struct air_request *request);
void air_close(struct air *air);

/* Called before each segment is rendered. */
typedef void air_progress(void *arg, const struct programme_segment *segment);

/* The whole programme at SEGMENT_RATE_HZ; pcm is initialised here. ERR_SYSTEM if a library fails. */
ERR_CHECKED enum err air_render(
    struct pcm *pcm, const struct air *air, air_progress *progress, void *arg);

/* Saves pcm as WAV at rate_hz. What pcm_resample and wav_save say. */
ERR_CHECKED enum err air_save(const char *path, const struct pcm *pcm, unsigned rate_hz);

#endif
