/* quorum: the two-person rule, the one check that everything that is sent must pass, at every receiver.
 */
#ifndef GATEWAY_BULLETIN_QUORUM_H
#define GATEWAY_BULLETIN_QUORUM_H

#include "gateway/bulletin/roster.h"

/* Who sealed it. */
struct quorum {
    unsigned needed; /* 2, or 1 for a retraction or by the roster's own rule */
    unsigned count;  /* different editors whose approvals count */
    uint8_t editors[WIRE_APPROVALS_MAX];
};

/* Checks every approval: the editor is in the roster and valid at the bulletin's sent time and not revoked, the
 * signature verifies, no editor counts twice; then that there are enough for the kind. One bad approval refuses
 * the whole (ERR_SEAL, ERR_ROSTER); too few different ones is ERR_QUORUM; a newsroom id that is not the
 * roster's is ERR_KEY. quorum is filled in as far as it got. Not for rosters: ERR_VALUE. */
ERR_CHECKED enum err quorum_check(
    struct quorum *quorum, const struct roster *roster, const struct wire_sealed *sealed);

/* The whole of a receiver's check, in order: structure, quorum, time, then the text is unpacked into bulletin.
 * roster NULL is ERR_ROSTER. Numbers (ERR_REPLAY) are the caller's to check, who knows what was seen.
 * On ERR_EXPIRED, ERR_FUTURE the bulletin is filled in all the same, so that it can be named. */
ERR_CHECKED enum err quorum_accept(struct bulletin *bulletin, struct quorum *quorum,
    const struct roster *roster, const struct wire_sealed *sealed, int64_t now_s);

#endif
