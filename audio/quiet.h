/* quiet: the programme of a station that has nothing in force, about a minute and a half: silence for push-to-talk, a tone to tune
 * by, the roster and the signed ident (ident.h) as data frames, what is said in each language (script_quiet.h) with the call sign, the ident again. The
 * roster goes first, so that who has only the newsroom's fingerprint can check what follows.
 */
#ifndef AUDIO_QUIET_H
#define AUDIO_QUIET_H

#include "audio/ident.h"
#include "audio/pcm.h"
#include "audio/station.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>
#include <stdint.h>

#define QUIET_RATE_HZ 8000
#define QUIET_SECONDS_MAX 180

struct quiet {
    struct ident ident; /* signed (quiet_sign) */
    const char *sender;
    int64_t next_s;        /* when the next broadcast begins; 0: not known */
    uint8_t languages;     /* mask; 0: all */
    const uint8_t *roster; /* sealed; NULL: none is sent */
    size_t roster_size;
};

struct quiet_request {
    const struct station *station;
    const uint8_t *roster; /* sealed; must outlive what is made of it */
    size_t roster_size;
    const char *fingerprint; /* the newsroom key's, pinned */
    const char *sender;
    const char *call;  /* call sign of the licence; NULL: a placeholder (aprs.h) */
    const char *times; /* when broadcasts begin, as it is announced; NULL: not known */
    uint8_t languages; /* mask; 0: all */
    uint32_t number;   /* of the newest bulletin; 0: none yet */
    int64_t time_s;    /* when it is sent */
    int64_t next_s;    /* as in struct quiet */
};

/* Signs what is to be sent. ERR_ROSTER unless the roster names the station and it is in date then; ERR_KEY for another newsroom's
 * roster; ERR_LONG for a call sign; what else roster_open and ident_sign say. After it the station's key is not needed. */
ERR_CHECKED enum err quiet_sign(struct quiet *quiet, const struct quiet_request *request);
/* The whole at QUIET_RATE_HZ; pcm is initialised here. Blocks as speech_say does. What it, ident_encode and carousel_add say. */
ERR_CHECKED enum err quiet_render(struct pcm *pcm, const struct quiet *quiet);

#endif
