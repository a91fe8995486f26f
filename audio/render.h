/* render: makes the sound of a bulletin in a process of its own, so that the radio hears of a retraction, and unkeys, while
 * minutes of speech are made, and a library that fails takes only that process with it.
 */
#ifndef AUDIO_RENDER_H
#define AUDIO_RENDER_H

#include "audio/live.h"
#include "audio/radio_role.h"
#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"

#include <stdbool.h>

#define RENDER_MOST_MS 600000

struct render;

/* What is to be made, and what its data segments are to carry beside it. */
struct render_order {
    const struct message_air *air;
    int64_t now_s;      /* by which it is judged */
    size_t other_count; /* below SCHEDULE_LIVE_MAX */
    const struct live *others[SCHEDULE_LIVE_MAX];
};

/* What has been made. */
struct render_done {
    struct message_aired aired; /* result, number, seconds and path; at_s is not set */
    struct live_made made;
};

/* done is called from the loop, when the next one may begin. */
struct render *render_new(struct loop *loop, const struct radio_role *role,
    void (*done)(void *arg, const struct render_done *what), void *arg);
bool render_is_busy(const struct render *render);
/* schedule_key of what is carried by what is being made; all else in it is not set. */
const struct live_made *render_making(const struct render *render);
/* Begins with one, while it is not busy. Copies what it needs. */
void render_begin(struct render *render, const struct render_order *order);
/* Ends what is being made; done is not called. Nothing if it is not busy. */
void render_cancel(struct render *render);
void render_free(struct render *render);

#endif
