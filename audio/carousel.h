/* carousel: the endless order of frames for everything that is live: one or several bulletins and the roster.
 *
 * Each object gives its symbols in the order 0..2k-1 and again, without end. An object that goes first sends its k
 * source symbols before anybody else's turn comes, at the expense of its own later turns. Otherwise objects share the air in proportion to their weights (stride
 * scheduling): with equal weights they take turns. Pure; no heap.
 */
#ifndef AUDIO_CAROUSEL_H
#define AUDIO_CAROUSEL_H

#include "audio/frame.h"
#include "gateway/bulletin/bulletin.h"

#include <stdbool.h>

#define CAROUSEL_OBJECTS_MAX 16
#define CAROUSEL_WEIGHT_MAX 1000
#define CAROUSEL_WEIGHT_DEFAULT 100
#define CAROUSEL_HALVES_S 1800 /* in which a bulletin's weight halves */

struct carousel_object {
    enum frame_object object;
    unsigned k;
    uint8_t tag[FRAME_TAG_SIZE];
    unsigned weight;
    unsigned first_left; /* symbols that still go before everybody else's */
    unsigned next_index;
    unsigned left; /* symbols that it may give before carousel_limit is called again */
    uint64_t pass; /* when its turn comes, on the scheduler's own scale */
    uint8_t source[ERASURE_SOURCE_MAX];
};

struct carousel {
    unsigned count;
    uint64_t now; /* the pass of the frame given last */
    struct carousel_object objects[CAROUSEL_OBJECTS_MAX];
};

/* What is to be added. */
struct carousel_item {
    enum frame_object object;
    const uint8_t *bytes; /* the sealed bytes; copied */
    size_t size;
    unsigned weight; /* 1..CAROUSEL_WEIGHT_MAX; 0 is CAROUSEL_WEIGHT_DEFAULT */
    bool first;      /* before everybody else: a roster that has changed, a retraction */
    unsigned from;   /* the symbol that it begins with; taken modulo 2k */
};

/* The weight that gives a bulletin its share of the air, in proportion to the root of (severity * 2^(-age / CAROUSEL_HALVES_S) * k):
 * what is sent first is sent most, what is long comes through all the same. An unknown severity counts as the least. */
unsigned carousel_weigh(enum bulletin_severity severity, int64_t age_s, unsigned k);

void carousel_init(struct carousel *carousel);
/* ERR_LONG (object over ERASURE_SOURCE_MAX, or no room), ERR_SHORT (empty), ERR_VALUE (weight), ERR_EXISTS. */
ERR_CHECKED enum err carousel_add(struct carousel *carousel, const struct carousel_item *item);
/* Takes the object with these bytes out. ERR_MISSING. */
ERR_CHECKED enum err carousel_remove(struct carousel *carousel, const uint8_t *bytes, size_t size);
/* From here on each object gives its 2k symbols once, and no more until this is called again. */
void carousel_limit(struct carousel *carousel);
/* The next frame. ERR_MISSING if there is no object, or none that may give more. */
ERR_CHECKED enum err carousel_next(struct carousel *carousel, uint8_t frame[FRAME_SIZE]);
/* How many frames, from here, let a listener who loses none rebuild everything. */
unsigned carousel_round(const struct carousel *carousel);

#endif
