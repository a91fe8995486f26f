/* bundle: several sealed bulletins as one object on the air (frame.h, FRAME_BUNDLE): the older ones, which share one turn.
 *
 *  off  len  field
 *    0    1  n, how many: 1..BUNDLE_MAX
 *    .    .  n times, the newest first: 2 bytes length (big-endian, 1..WIRE_SEALED_MAX), then that many bytes: a sealed bulletin (wire.h)
 *
 * Nothing here is signed but each bulletin by itself: whoever takes a bundle apart judges each as if it had come alone. Pure.
 */
#ifndef AUDIO_BUNDLE_H
#define AUDIO_BUNDLE_H

#include "audio/erasure.h"
#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define BUNDLE_MAX 16
#define BUNDLE_SIZE_MAX ERASURE_SOURCE_MAX /* bytes */

struct bundle_member {
    const uint8_t *sealed; /* not owned; of a decoded bundle: inside its bytes */
    size_t size;
};

struct bundle {
    size_t count;
    struct bundle_member members[BUNDLE_MAX];
    size_t size; /* of the whole, as decoded or encoded */
};

/* Writes the members in their order and sets bundle->size; one that does not fit any more is left out of bytes and members.
 * ERR_SHORT if none is left, ERR_LONG over BUNDLE_MAX. */
ERR_CHECKED enum err bundle_encode(uint8_t bytes[BUNDLE_SIZE_MAX], struct bundle *bundle);

/* Other bytes may follow it. ERR_SHORT if it is cut off; ERR_VALUE for a number or a length out of range. The members' own bytes are
 * not looked at. */
ERR_CHECKED enum err bundle_decode(struct bundle *bundle, const uint8_t *bytes, size_t size);

#endif
