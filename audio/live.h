/* live: the bulletins in force that the radio sends, on disk beside their sound, so that a radio that was killed goes on where it
 * was: one small file each, "bulletin-41.live" or "retraction-41.live", written aside and renamed. A bulletin's sound carries frames of
 * the others that were in force when it was made, so that has to be known, too.
 */
#ifndef AUDIO_LIVE_H
#define AUDIO_LIVE_H

#include "audio/schedule.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/wire.h"

#include <stddef.h>
#include <stdint.h>

#define LIVE_PATH_MAX 256
#define LIVE_SEGMENTS_MAX 64 /* more than a programme has */

/* How its sound was made. */
struct live_made {
    int64_t
        at_ms; /* when the file was written, by its own time; 0: not known, so it is to be made anew */
    uint64_t bytes; /* its size: a file under its name that differs in either is another one */
    uint8_t with_count;
    uint8_t start_count;
    uint32_t with[SCHEDULE_LIVE_MAX]; /* schedule_key of what its data segments carry beside it */
    uint32_t starts_ms[LIVE_SEGMENTS_MAX]; /* where its segments begin */
};

/* Its sound beside what is in force now. */
enum live_truth {
    LIVE_TRUE,
    LIVE_LACKS, /* something newer: it may go out as it is where nothing better is to be had */
    LIVE_FALSE  /* it carries what is in force no longer, or nobody knows what it carries */
};

struct live {
    struct schedule_item item;
    uint32_t seconds;         /* length of its programme */
    char path[LIVE_PATH_MAX]; /* of its sound */
    struct live_made made;
    int64_t failed_ms; /* when it could not be made anew, boot clock; 0: it could; not on disk */
    uint16_t sealed_size;
    uint16_t roster_size;
    uint8_t sealed[WIRE_SEALED_MAX];
    uint8_t roster[WIRE_SEALED_MAX];
};

/* What every receiver will check, at now_s: roster against the fingerprint, quorum, time. */
ERR_CHECKED enum err live_check(
    struct bulletin *bulletin, const struct live *live, const char *fingerprint, int64_t now_s);
/* Does it carry what is in force no longer? Pure, as the next. */
bool live_is_over(const struct live_made *made, const struct schedule_queue *queue);
enum live_truth live_judge(const struct live *live, const struct schedule_queue *queue);
bool live_carries(const struct live_made *made, uint32_t key);
/* Notes which file it is that is at its path now. ERR_MISSING, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err live_note_file(struct live_made *made, const char *path);
/* Is the file at its path the one that was noted? */
bool live_has_file(const struct live *live);
/* Where the segment begins that is on the air at_ms after the beginning; 0 if that is not known. Pure. */
uint32_t live_find_start(const struct live_made *made, uint32_t at_ms);
/* ERR_FULL, ERR_DENIED, ERR_SYSTEM. */
ERR_CHECKED enum err live_save(const struct live *live, const char *directory);
/* Nothing if it is not there. */
void live_remove(const struct schedule_item *item, const char *directory);
/* Calls each with every file that can be read and understood; its item has turns, first_s and due_s alone: the rest is told by
 * live_check. Where each says false the file is removed. */
void live_load(const char *directory, bool (*each)(void *arg, const struct live *live), void *arg);

#endif
