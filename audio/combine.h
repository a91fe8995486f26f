/* combine: packets that could not be decoded, kept until they come again: what is sent twice and heard badly twice is heard 3 dB better.
 * Copies find each other by themselves: their bits agree, those of different packets do not. Pure.
 */
#ifndef AUDIO_COMBINE_H
#define AUDIO_COMBINE_H

#include "audio/ldpc.h"

#define COMBINE_KEPT_MAX 24        /* of different packets; then the oldest gives way */
#define COMBINE_ALIKENESS_MIN 0.15 /* different packets have 0, give or take 0.03 */

struct combine_kept {
    float likely[LDPC_CODE_BITS]; /* of all copies together */
    unsigned copies;
    unsigned age; /* in packets */
};

struct combine {
    unsigned count;
    struct combine_kept kept[COMBINE_KEPT_MAX];
};

/* Takes what was heard of a packet (logarithms of how much likelier each bit is 0). Returns what all of its copies say together, to be
 * decoded, or NULL if it is the first. Valid until the next call. */
const float *combine_add(struct combine *combine, const float likely[LDPC_CODE_BITS]);
/* What combine_add returned was decoded: it is no longer needed. */
void combine_remove(struct combine *combine, const float *together);

#endif
