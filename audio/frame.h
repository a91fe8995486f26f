/* frame: one radio data packet: the layout of the 126 bytes that a datac3 packet carries beside its CRC, and of the 510 of datac1.
 *
 *  off  len  field
 *    0    1  version (2 bits, high), 1 | object (2 bits) | k - 1 (4 bits, low)
 *    1    3  tag: first 3 bytes of the object's BLAKE2b-256 (without its padding)
 *    4    1  symbol index: 0..k-1 source, k..2k-1 parity (erasure.h)
 *    5  121  symbol of the object padded with zeros to k * 121 bytes
 *
 * Version 0 is not used, so that a packet of zeros is no frame.
 *
 * A datac1 packet has FRAME_FAST_COUNT frames in a row, then 6 bytes of zeros. Each is taken as if it had come by itself. Pure.
 */
#ifndef AUDIO_FRAME_H
#define AUDIO_FRAME_H

#include "audio/erasure.h"

#define FRAME_SIZE 126
#define FRAME_VERSION 1
#define FRAME_TAG_SIZE 3
#define FRAME_FAST_COUNT 4
#define FRAME_FAST_SIZE 510

enum frame_object {
    FRAME_BULLETIN, /* a sealed bulletin of any kind, rosters too */
    FRAME_BUNDLE,   /* several older bulletins (bundle.h) */
    FRAME_IDENT,    /* who sends, and when (ident.h) */
    FRAME_RESERVED,
    FRAME_OBJECT_COUNT
};

struct frame {
    enum frame_object object;
    unsigned k; /* 1..ERASURE_K_MAX */
    uint8_t tag[FRAME_TAG_SIZE];
    struct erasure_symbol symbol;
};

/* The tag of an object of size bytes. */
void frame_make_tag(uint8_t tag[FRAME_TAG_SIZE], const uint8_t *object, size_t size);

/* ERR_VALUE for a field out of range. */
ERR_CHECKED enum err frame_encode(uint8_t bytes[FRAME_SIZE], const struct frame *frame);

/* ERR_VERSION (another version, or not ours at all), ERR_VALUE (an index that k does not have). */
ERR_CHECKED enum err frame_decode(struct frame *frame, const uint8_t bytes[FRAME_SIZE]);

/* The datac1 packet of these frames. Its frames begin at every FRAME_SIZE bytes. */
void frame_join(
    uint8_t packet[FRAME_FAST_SIZE], const uint8_t frames[FRAME_FAST_COUNT][FRAME_SIZE]);

#endif
