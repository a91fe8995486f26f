/* on_air: what the transmitter sends when: the queue of bulletins in force (schedule.h, live.h) and the one transmitter. Each
 * bulletin is checked again, as a receiver would, just before keying; one that is withdrawn while it sounds is cut off; an urgent
 * one cuts off one that is not.
 */
#ifndef AUDIO_ON_AIR_H
#define AUDIO_ON_AIR_H

#include "audio/live.h"
#include "audio/transmitter.h"
#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"

struct on_air_config {
    const char *directory;   /* of sound and live files */
    const char *fingerprint; /* the newsroom key's, pinned */
    struct schedule schedule;
    struct transmitter_config transmitter;
};

struct on_air;

/* Starts the keyer, which unkeys, and takes up what is in force. config must outlive it. */
struct on_air *on_air_new(struct loop *loop, const struct on_air_config *config);
/* A bulletin with its sound: queued, and begun if it is due. What live_check says. */
ERR_CHECKED enum err on_air_put(struct on_air *on_air, const struct live *live);
/* Retracted or superseded: it is never keyed again, and cut off if it sounds. Nothing if it is not there. */
void on_air_withdraw(struct on_air *on_air, uint32_t number);
/* What it does now, and when something is due next. */
struct message_on_air on_air_describe(const struct on_air *on_air);
/* Unkeys. NULL is allowed. */
void on_air_free(struct on_air *on_air);

#endif
