#include "audio/frame.h"

#include "gateway/base/buf.h"
#include "gateway/bulletin/seal.h"

#include <string.h>

void frame_make_tag(uint8_t tag[FRAME_TAG_SIZE], const uint8_t *object, size_t size)
{
    uint8_t hash[SEAL_HASH_SIZE];
    seal_hash(hash, object, size);
    memcpy(tag, hash, FRAME_TAG_SIZE);
}

enum err frame_encode(uint8_t bytes[FRAME_SIZE], const struct frame *frame)
{
    if ((unsigned)frame->object >= FRAME_OBJECT_COUNT || frame->k < 1 || frame->k > ERASURE_K_MAX ||
        frame->symbol.index >= 2 * frame->k)
        return ERR_VALUE;
    struct buf_out out;
    buf_out_init(&out, bytes, FRAME_SIZE);
    buf_put_u8(&out, (uint8_t)(FRAME_VERSION << 6 | (unsigned)frame->object << 4 | (frame->k - 1)));
    buf_put_bytes(&out, frame->tag, FRAME_TAG_SIZE);
    buf_put_u8(&out, frame->symbol.index);
    buf_put_bytes(&out, frame->symbol.bytes, ERASURE_SYMBOL_SIZE);
    return out.err;
}

enum err frame_decode(struct frame *frame, const uint8_t bytes[FRAME_SIZE])
{
    struct buf_in in;
    buf_in_init(&in, bytes, FRAME_SIZE);
    uint8_t head = buf_get_u8(&in);
    frame->object = (enum frame_object)(head >> 4 & 0x3);
    frame->k = (head & 0xfu) + 1;
    buf_get_bytes(&in, frame->tag, FRAME_TAG_SIZE);
    frame->symbol.index = buf_get_u8(&in);
    buf_get_bytes(&in, frame->symbol.bytes, ERASURE_SYMBOL_SIZE);
    if (head >> 6 != FRAME_VERSION)
        return ERR_VERSION;
    if (frame->symbol.index >= 2 * frame->k)
        return ERR_VALUE;
    return buf_in_end(&in);
}

void frame_join(uint8_t packet[FRAME_FAST_SIZE], const uint8_t frames[FRAME_FAST_COUNT][FRAME_SIZE])
{
    memset(packet, 0, FRAME_FAST_SIZE);
    memcpy(packet, frames, (size_t)FRAME_FAST_COUNT * FRAME_SIZE);
}
