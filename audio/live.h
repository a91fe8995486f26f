/* live: the bulletins in force that the radio sends, on disk beside their sound, so that a radio that was killed goes on where it
 * was: one small file each, "bulletin-41.live" or "retraction-41.live", written aside and renamed.
 */
#ifndef AUDIO_LIVE_H
#define AUDIO_LIVE_H

#include "audio/schedule.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/wire.h"

#include <stddef.h>
#include <stdint.h>

#define LIVE_PATH_MAX 256

struct live {
    struct schedule_item item;
    uint32_t seconds;         /* length of its programme */
    char path[LIVE_PATH_MAX]; /* of its sound */
    uint16_t sealed_size;
    uint16_t roster_size;
    uint8_t sealed[WIRE_SEALED_MAX];
    uint8_t roster[WIRE_SEALED_MAX];
};

/* What every receiver will check, at now_s: roster against the fingerprint, quorum, time. */
ERR_CHECKED enum err live_check(
    struct bulletin *bulletin, const struct live *live, const char *fingerprint, int64_t now_s);
/* ERR_FULL, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err live_save(const struct live *live, const char *directory);
/* Nothing if it is not there. */
void live_remove(const struct schedule_item *item, const char *directory);
/* Calls each with every file that can be read and understood; its item has turns, first_s and due_s alone: the rest is told by
 * live_check. Where each says false the file is removed. */
void live_load(const char *directory, bool (*each)(void *arg, const struct live *live), void *arg);

#endif
