/* attic: the sounds and pictures of bulletins that are in force no longer: kept for a while, then removed, so that a site's disk does
 * not fill up.
 */
#ifndef AUDIO_ATTIC_H
#define AUDIO_ATTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATTIC_KEPT_S INT64_C(2592000)   /* 30 days, since they were made */
#define ATTIC_BYTES (UINT64_C(2) << 30) /* of all together; beyond, the oldest go sooner */
#define ATTIC_BULLETINS_MAX 1024        /* looked at at a time */

struct attic {
    const char *directory;
    int64_t kept_s;
    uint64_t bytes;
    unsigned most; /* bulletins whose files are removed at a time */
    /* Is the bulletin of this number, or its retraction, in force? Its files stay. */
    bool (*is_live)(const void *arg, uint32_t number);
    const void *arg;
};

/* Removes the files "bulletin-NUMBER-..." of what is too old or too much at now_s (wall clock), a bulletin's all together, and logs
 * it. True if there is more to remove. Blocks for the disk. */
bool attic_clear(const struct attic *attic, int64_t now_s);

#endif
