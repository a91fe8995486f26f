/* schedule: when what goes on the air, and on which frequency: times by the wall clock (Kazakhstan's, CLOCK_LOCAL_OFFSET_S), bands
 * by hour, and the queue of bulletins that are in force. Pure: the time is a parameter.
 *
 *   times  ":00 :30"   each hour at these minutes;  "07:15 19:15"  each day;  both may be mixed
 *   bands  "7105000"   always;  "06-20=7105000 20-06=5505000"  hertz by local hours, all 24 of them
 *
 * An urgent bulletin (severe or extreme, and every retraction and all-clear) is due at once, then SCHEDULE_SECOND_S and
 * SCHEDULE_THIRD_S after it was first begun, then at each time of the schedule; every other at each time of the schedule. Of
 * those that are due the retraction goes first, then the most severe, then the one that has been due longest.
 */
#ifndef AUDIO_SCHEDULE_H
#define AUDIO_SCHEDULE_H

#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHEDULE_MINUTES 1440
#define SCHEDULE_HOURS 24
#define SCHEDULE_LIVE_MAX 32 /* in force at a time; the least severe, oldest gives way */
#define SCHEDULE_SECOND_S 180
#define SCHEDULE_THIRD_S 600
#define SCHEDULE_HZ_MAX 500000000u
#define SCHEDULE_NEVER INT64_MAX
#define SCHEDULE_NONE (-1)

struct schedule {
    uint8_t
        minutes[SCHEDULE_MINUTES / 8]; /* bit: a programme begins in this minute of the local day */
    uint32_t hz[SCHEDULE_HOURS];       /* by local hour; 0: it is not tuned */
};

/* ERR_FORMAT, ERR_VALUE: a word of another form, a time that there is not, an hour without a band or with two. Empty: no times;
 * not tuned. */
ERR_CHECKED enum err schedule_parse_times(struct schedule *schedule, const char *text);
ERR_CHECKED enum err schedule_parse_bands(struct schedule *schedule, const char *text);

/* The first time after now_s; SCHEDULE_NEVER if there are no times. */
int64_t schedule_next(const struct schedule *schedule, int64_t now_s);
/* Hertz at that time; 0: none is set. */
uint32_t schedule_hz(const struct schedule *schedule, int64_t at_s);

struct schedule_item {
    uint32_t number;
    bool retraction;
    bool urgent;
    bool held;        /* not to be sent for the moment, due or not */
    uint8_t severity; /* enum bulletin_severity */
    uint8_t turns;    /* how often it has gone out whole */
    int64_t expires_s;
    int64_t first_s; /* when it was first begun; 0: not yet */
    int64_t due_s;
};

struct schedule_queue {
    size_t count;
    struct schedule_item items[SCHEDULE_LIVE_MAX];
};

/* The item of an accepted bulletin, which is not yet due by the schedule. */
struct schedule_item schedule_make(
    const struct schedule *schedule, const struct bulletin *bulletin, int64_t now_s);
/* Number and kind in one: twice the number, one more for a retraction. */
uint32_t schedule_key(const struct schedule_item *item);
/* Of two that are due: does a go before b? */
bool schedule_is_before(const struct schedule_item *a, const struct schedule_item *b);
/* Index of the item, or SCHEDULE_NONE. */
int schedule_find(const struct schedule_queue *queue, uint32_t number, bool retraction);
/* Adds it, or puts it in the place of the one with the same number and kind. The number and kind of one that gave way, or 0, is
 * in *gone. */
void schedule_add(
    struct schedule_queue *queue, struct schedule_item *gone, const struct schedule_item *item);
void schedule_remove(struct schedule_queue *queue, size_t index);
/* An expired item, or SCHEDULE_NONE. */
int schedule_find_expired(const struct schedule_queue *queue, int64_t now_s);
/* The item that goes next, or SCHEDULE_NONE if none is due that is not held. */
int schedule_find_due(const struct schedule_queue *queue, int64_t now_s);
/* When the first one that is not held becomes due; SCHEDULE_NEVER if there is none, or none with a time. */
int64_t schedule_soonest(const struct schedule_queue *queue);
/* It has gone out whole: when it is due again. */
void schedule_aired(
    const struct schedule *schedule, struct schedule_item *item, int64_t begun_s, int64_t now_s);
/* It could not be sent, or not whole: due again after wait_s. */
void schedule_postpone(struct schedule_item *item, int64_t now_s, unsigned wait_s);

#endif
