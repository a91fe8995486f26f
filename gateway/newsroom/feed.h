/* feed: server-sent events (WHATWG HTML, 9.2) for many watchers at once. Pure.
 *
 * Of each kind only the newest event counts: it is made once and shared. A watcher who is slow misses those between and
 * costs no more than a fast one. An event of ids says which things have changed since the one before; who has missed one
 * gets null instead of the ids, and looks at all of them.
 */
#ifndef GATEWAY_NEWSROOM_FEED_H
#define GATEWAY_NEWSROOM_FEED_H

#include <stddef.h>
#include <stdint.h>

enum feed_kind {
    FEED_STATUS,
    FEED_DRAFTS,
    FEED_SKETCHES,
    FEED_RUMOURS,
    FEED_BEAT,
    FEED_KIND_COUNT
};

struct feed_text; /* shared */

struct feed {
    struct {
        uint64_t version; /* 0: none yet */
        struct feed_text *text;
    } newest[FEED_KIND_COUNT];
    struct feed_text *unknown[FEED_KIND_COUNT]; /* for who has missed one */
};

/* Where one watcher is. */
struct feed_reader {
    uint64_t seen[FEED_KIND_COUNT];
    struct feed_text *text; /* being read, or NULL */
    size_t at;
};

/* No memory: the process ends. */
void feed_init(struct feed *feed);
void feed_wipe(struct feed *feed);
/* data: one line of JSON; it is copied. */
void feed_publish(struct feed *feed, enum feed_kind kind, const char *data, size_t size);
/* A comment, by which a dead connection is noticed. */
void feed_beat(struct feed *feed);
/* The newest status is to come first, if there is one; of the rest what comes from now on. */
void feed_begin(struct feed_reader *reader, const struct feed *feed);
/* Up to room bytes; 0: nothing now. */
size_t feed_read(struct feed_reader *reader, struct feed *feed, char *bytes, size_t room);
void feed_end(struct feed_reader *reader);

#endif
