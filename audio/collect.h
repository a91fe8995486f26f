/* collect: frames in, whole objects out: from several objects and newsrooms at once, in any order, of bounded memory.
 *
 * A frame says itself which object it belongs to, and anybody can transmit one. So every rebuilt object is checked against
 * its tag over its exact size, a set with wrong symbols in it is answered by trying subsets, and an object that fits its
 * tag is still only a candidate: its seal is the caller's to check, and symbols that contradict it are kept and tried on.
 * Pure; no heap.
 */
#ifndef AUDIO_COLLECT_H
#define AUDIO_COLLECT_H

#include "audio/frame.h"
#include "gateway/bulletin/wire.h"

#include <stdbool.h>

#define COLLECT_OBJECTS_MAX 32 /* put together at once; the one heard longest ago gives way */
#define COLLECT_SYMBOLS_MAX 40 /* kept of one object; the one heard least often gives way */
#define COLLECT_FOUND_MAX 3    /* candidates remembered of one tag, so that each is given once */
#define COLLECT_TRIES_MAX 400  /* subsets tried for one frame */

struct collect_symbol {
    unsigned heard; /* how often these bytes were heard for this index */
    struct erasure_symbol symbol;
};

struct collect_object {
    enum frame_object kind; /* FRAME_BULLETIN or FRAME_BUNDLE */
    uint8_t tag[FRAME_TAG_SIZE];
    unsigned k;
    uint64_t heard_last; /* collect.frames at its last frame */
    unsigned frames;     /* heard of it, repeats too */
    unsigned symbol_count;
    struct collect_symbol symbols[COLLECT_SYMBOLS_MAX];
    unsigned found_count; /* candidates given, of which the last COLLECT_FOUND_MAX are remembered */
    uint8_t found[COLLECT_FOUND_MAX][ERASURE_SOURCE_MAX];
};

struct collect {
    uint64_t frames;  /* heard that were ours */
    uint64_t skipped; /* frames of a kind that this program does not know yet */
    uint64_t foreign; /* no frames of ours, or of another version */
    uint64_t tries;   /* sets of symbols that were tried */
    uint64_t evicted; /* objects that gave way unfinished */
    unsigned object_count;
    struct collect_object objects[COLLECT_OBJECTS_MAX];
};

/* A whole object. bytes stay valid until the next call. */
struct collect_found {
    const uint8_t *bytes; /* a sealed bulletin, or a bundle (bundle.h) by the object's kind */
    size_t size;
    const struct collect_object *object;
};

void collect_init(struct collect *collect);

/* Takes one frame. ERR_OK: it made an object whole that was not given before, which is in found. ERR_SHORT: kept, more
 * are needed. ERR_EXISTS: nothing new. ERR_MISSING: of a kind not known yet. ERR_VERSION, ERR_VALUE: not ours. */
ERR_CHECKED enum err collect_add(
    struct collect *collect, struct collect_found *found, const uint8_t bytes[FRAME_SIZE]);

/* Different symbol indices that are there of the object. */
unsigned collect_distinct(const struct collect_object *object);

#endif
