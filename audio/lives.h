/* lives: all bulletins in force that the radio sends: their queue (schedule.h), and of each its bytes and its sound (live.h), in
 * memory and on disk. Which sounds are stale, and which of them is to be made anew first.
 */
#ifndef AUDIO_LIVES_H
#define AUDIO_LIVES_H

#include "audio/live.h"

#define LIVES_REMAKE_MS 60000 /* after one that could not be made anew */

struct lives {
    const char *directory;
    struct schedule_queue queue;
    struct live list[SCHEDULE_LIVE_MAX]; /* of each item of the queue one; number 0: a free place */
};

/* NULL if it is not there; by number and kind, or by schedule_key. */
struct live *lives_find(struct lives *lives, const struct schedule_item *item);
struct live *lives_find_key(struct lives *lives, uint32_t key);
bool lives_has(const struct lives *lives, uint32_t key);
/* Adds it with its item, or puts it in the place of the one with its number and kind; not yet on disk. The least of too many
 * gives way. */
void lives_put(struct lives *lives, const struct live *live);
/* The queue's item, with its live, to disk; a failure is logged. Nothing if it has no live. */
void lives_save(struct lives *lives, const struct schedule_item *item);
/* The queue's item with this index: from memory and disk. Its sound stays. */
void lives_drop(struct lives *lives, size_t index);

struct lives_wish {
    int64_t now_s;
    int64_t now_ms;   /* boot clock */
    int64_t ahead_s;  /* until when before its turn a sound is left as it is */
    uint32_t but_key; /* one that is on the air now; 0: none is */
};

/* The stale sound that is to be made anew next, NULL if there is none: of those whose turn has come the one that goes first, else
 * the one whose turn comes first. */
const struct live *lives_find_stale(const struct lives *lives, const struct lives_wish *wish);
/* All but the one with this schedule_key; their count. */
size_t lives_list_others(
    const struct lives *lives, const struct live *others[SCHEDULE_LIVE_MAX], uint32_t key);
/* The one with this schedule_key has been made anew at now_ms: seconds, path and made of sound; NULL: it could not be. Nothing if
 * it is not there. */
void lives_remake(struct lives *lives, uint32_t key, const struct live *sound, int64_t now_ms);

#endif
