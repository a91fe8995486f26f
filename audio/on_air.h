/* on_air: what is in force, and what the transmitter sends when: the queue of bulletins (schedule.h, live.h) and the one
 * transmitter. Each bulletin is checked again, as a receiver would, just before keying; one that is withdrawn while it sounds is cut
 * off, and so is another whose data carry it; an urgent one cuts off one that is not.
 *
 * A bulletin's sound carries the others that were in force when it was made. When that changes it is stale, and to be made anew
 * (on_air_find_stale) before its next turn. What lacks only newcomers goes out as it is where it could not be made anew in time; what
 * carries something withdrawn or expired never does. Where a transmission fails in the middle the next one begins with the segment
 * that was interrupted, if it comes soon.
 */
#ifndef AUDIO_ON_AIR_H
#define AUDIO_ON_AIR_H

#include "audio/lives.h"
#include "audio/transmitter.h"
#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"

#define ON_AIR_AHEAD_S 600     /* so long before its turn a stale one is made anew */
#define ON_AIR_LATE_S 60       /* so long a turn waits for that, where only newcomers are lacking */
#define ON_AIR_CLOCK_MS 30000  /* so long what was in force waits for the dispatcher's time */
#define ON_AIR_START_MS 1000   /* for what was withdrawn while the radio was not there */
#define ON_AIR_EXPECT_MS 60000 /* so long nothing goes before what follows something withdrawn */

struct on_air_config {
    const char *directory;   /* of sound and live files */
    const char *fingerprint; /* the newsroom key's, pinned */
    struct schedule schedule;
    struct transmitter_config transmitter; /* no card: nothing is sent, there are only files */
};

struct on_air;

/* Starts the keyer, where there is a transmitter, which unkeys. config must outlive it. */
struct on_air *on_air_new(struct loop *loop, const struct on_air_config *config);
/* Takes up what was in force before the start, once: to be called before anything comes into force. It happens by itself when the
 * time is told, or after ON_AIR_CLOCK_MS: a clock that is wrong must not end what is in force. */
void on_air_take_up(struct on_air *on_air);
bool on_air_has_taken_up(const struct on_air *on_air);
/* A bulletin with its sound: queued, and begun if it is due. What live_check says. */
ERR_CHECKED enum err on_air_put(struct on_air *on_air, const struct live *live);
/* Retracted or superseded: it is never keyed again, and cut off if it sounds, by itself or in another's data. What follows it is
 * expected, and goes next. Nothing if it is not there. */
void on_air_withdraw(struct on_air *on_air, uint32_t number);
/* What was expected does not come. */
void on_air_expect_nothing(struct on_air *on_air);

/* The sound that is to be made anew next, NULL if there is none. It lives until the next call. */
const struct live *on_air_find_stale(const struct on_air *on_air);
/* All that is in force. */
const struct lives *on_air_lives(const struct on_air *on_air);
/* The one with this schedule_key is being made, so that its file may change at any moment: it waits. 0: none is. */
void on_air_note_making(struct on_air *on_air, uint32_t key);
/* It has been made anew: seconds, path and made of sound; NULL: it could not be. Nothing if it is not there. */
void on_air_remade(struct on_air *on_air, uint32_t key, const struct live *sound);

/* Nothing is in force here, or expected, and nothing is on the air. */
bool on_air_is_quiet(const struct on_air *on_air);
/* The programme of that (quiet.h): begun at once, cut off by what comes into force. ERR_BUSY: its share of the hour is used up;
 * ERR_STATE: there is no transmitter, or it is not quiet; what transmitter_begin says. */
ERR_CHECKED enum err on_air_send_quiet(struct on_air *on_air, const char *path, uint32_t seconds);
/* Cuts it off; nothing if it is not on the air. */
void on_air_stop_quiet(struct on_air *on_air);

/* The dispatcher says what time it is: all is judged by that, carried on by the boot clock, and no more by the wall clock. */
void on_air_set_clock(struct on_air *on_air, const struct message_clock *clock);
int64_t on_air_now_s(const struct on_air *on_air);

/* What it does now, and when something is due next. */
struct message_on_air on_air_describe(const struct on_air *on_air);
/* Unkeys. NULL is allowed. */
void on_air_free(struct on_air *on_air);

#endif
