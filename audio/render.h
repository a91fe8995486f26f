/* render: makes the sound of a bulletin in a process of its own, so that the radio hears of a retraction, and unkeys, while
 * minutes of speech are made, and a library that fails takes only that process with it.
 */
#ifndef AUDIO_RENDER_H
#define AUDIO_RENDER_H

#include "audio/radio_role.h"
#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"

#include <stdbool.h>

#define RENDER_MOST_MS 600000

struct render;

/* done: result, number, seconds and path; at_s is not set. */
struct render *render_new(struct loop *loop, const struct radio_role *role,
    void (*done)(void *arg, const struct message_aired *aired), void *arg);
bool render_is_busy(const struct render *render);
/* Begins with one, while it is not busy. Copies what it needs. */
void render_begin(struct render *render, const struct message_air *air);
/* Ends what is being made; done is called with that result. Nothing if it is not busy. */
void render_stop(struct render *render, enum err result);
void render_free(struct render *render);

#endif
