/* transmitter: one programme at a time from its WAV file through a sound card, keyed by a keyer (keyer.h):
 *
 *   idle -> listening (where there is a receiver) -> keying -> leading -> playing -> trailing -> unkeying -> idle
 *
 * Any doubt, a card that is lost or stalls, a keyer that says something else than keyed, leads to unkeying at once. The heartbeat
 * follows the sound: where the card takes nothing the keyer gets none. Timers run on the loop; nothing blocks but the opening of
 * files.
 */
#ifndef AUDIO_TRANSMITTER_H
#define AUDIO_TRANSMITTER_H

#include "audio/keyer.h"
#include "gateway/base/err.h"
#include "gateway/base/loop.h"

#include <stdbool.h>
#include <stdint.h>

#define TRANSMITTER_RATE_HZ 48000
#define TRANSMITTER_LISTEN_MS 1000       /* so long there must be silence */
#define TRANSMITTER_LISTEN_MOST_MS 60000 /* who waits longer goes on the air all the same */

struct transmitter_config {
    const char *card;
    const char *receiver; /* card that is listened to first; NULL: none */
    int receiver_dbfs;    /* a louder one means that somebody speaks */
    unsigned lead_ms;     /* from push-to-talk to the first sound */
    unsigned max_s;       /* longest transmission: what is longer is cut */
    unsigned duty_percent;
    const char *directory; /* of the record of what was keyed (duty_file.h); NULL: none is kept */
    const char *mode;      /* the transceiver's, "USB"; empty: left as it is */
    struct keyer_config keyer;
};

enum transmitter_state {
    TRANSMITTER_IDLE,
    TRANSMITTER_LISTENING,
    TRANSMITTER_KEYING,
    TRANSMITTER_LEADING,
    TRANSMITTER_PLAYING,
    TRANSMITTER_TRAILING,
    TRANSMITTER_UNKEYING,
    TRANSMITTER_STATE_COUNT
};

struct transmitter_events {
    /* Asked just before keying: false ends it with ERR_STATE. */
    bool (*may_key)(void *arg);
    /* It is unkeyed. ERR_OK: the programme went out whole; ERR_STATE: stopped; else what failed. */
    void (*ended)(void *arg, enum err err);
    void *arg;
};

struct transmitter;

/* Starts the keyer. config's texts must outlive it. */
struct transmitter *transmitter_new(struct loop *loop, const struct transmitter_config *config,
    const struct transmitter_events *events);
struct transmitter_programme {
    const char *path; /* WAV at TRANSMITTER_RATE_HZ */
    uint32_t seconds; /* its length */
    uint32_t from_ms; /* where to begin in it */
    uint32_t hz;      /* to be tuned; 0: left as it is */
};

/* Begins; ended will be called, also where something fails at once, from the loop. ERR_BUSY: it is not idle. ERR_MISSING,
 * ERR_FORMAT: no such file, or not at TRANSMITTER_RATE_HZ, or shorter than from_ms. */
ERR_CHECKED enum err transmitter_begin(
    struct transmitter *transmitter, const struct transmitter_programme *programme);
/* How far into its file the last programme has surely been heard, from_ms included. */
uint32_t transmitter_played_ms(const struct transmitter *transmitter);
/* Ends what is being sent, unkeys, then calls ended with ERR_STATE. Nothing if it is idle. */
void transmitter_stop(struct transmitter *transmitter);
enum transmitter_state transmitter_state(const struct transmitter *transmitter);
/* It is being unkeyed, or nobody knows whether it is keyed. */
bool transmitter_is_in_doubt(const struct transmitter *transmitter);
/* "playing"; "?" for an unknown one. */
const char *transmitter_print_state(enum transmitter_state state);
/* Milliseconds until a programme of that length has room within the share of an hour. */
int64_t transmitter_wait_ms(const struct transmitter *transmitter, uint32_t seconds);
/* Unkeys; waits for the keyer, about a second at most. NULL is allowed. */
void transmitter_free(struct transmitter *transmitter);

#endif
