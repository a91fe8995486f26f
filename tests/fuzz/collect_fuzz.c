/* A run of frames in any order, made from a few real sealed objects and spoiled as the input says, or free bytes. What
 * comes out must fit its tag, and no more work may be done than is promised.
 *
 * Each step takes 4 bytes: what (object 2 bits, free 1 bit, spoil 1 bit, bundle 1 bit), symbol index, place of the wrong byte, its
 * value.
 */
#include "audio/bundle.h"
#include "audio/collect.h"
#include "gateway/bulletin/seal.h"

#include <stdlib.h>
#include <string.h>

#define STEP_SIZE 4
#define STEPS_MAX 64
#define OBJECTS 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Object n: its header as the wire has it, of lengths that make k = 1, 2, 4 and 5. */
static size_t make_object(uint8_t *object, unsigned n)
{
    static const uint16_t lengths[OBJECTS] = {10, 60, 280, 400};
    static const uint8_t approvals = 1;
    size_t text = lengths[n], at = 0;
    memset(object, 0, ERASURE_SOURCE_MAX);
    object[at++] = WIRE_MAGIC;
    object[5] = (uint8_t)(n + 1);
    object[11] = 60;
    object[18] = 1;
    object[21] = 0x20;
    object[22] = (uint8_t)(text >> 8);
    object[23] = (uint8_t)(text & 0xff);
    memset(object + WIRE_HEADER_SIZE, 'a', text);
    at = WIRE_HEADER_SIZE + text;
    object[at] = approvals;
    return at + 1 + approvals * WIRE_APPROVAL_SIZE;
}

/* Bundle n: the first n + 1 objects. */
static size_t make_bundle(uint8_t *object, unsigned n)
{
    uint8_t members[OBJECTS][ERASURE_SOURCE_MAX];
    struct bundle bundle = {.count = n + 1};
    memset(object, 0, ERASURE_SOURCE_MAX);
    for (unsigned i = 0; i <= n; i++)
        bundle.members[i] = (struct bundle_member){members[i], make_object(members[i], i)};
    if (bundle_encode(object, &bundle))
        abort();
    return bundle.size;
}

static void make_frame(uint8_t bytes[FRAME_SIZE], const uint8_t *step)
{
    uint8_t object[ERASURE_SOURCE_MAX];
    bool bundle = step[0] & 16;
    size_t size = bundle ? make_bundle(object, step[0] & 3) : make_object(object, step[0] & 3);
    struct frame frame = {
        .object = bundle ? FRAME_BUNDLE : FRAME_BULLETIN, .k = erasure_count(size)};
    frame_make_tag(frame.tag, object, size);
    if (erasure_encode(&frame.symbol, object, frame.k, step[1] % (2 * frame.k)) ||
        frame_encode(bytes, &frame))
        abort();
    if (step[0] & 8)
        bytes[step[2] % FRAME_SIZE] ^= step[3];
}

static void check_found(const struct collect_found *found)
{
    uint8_t tag[FRAME_TAG_SIZE];
    if (!found->size || found->size > WIRE_SEALED_MAX)
        abort();
    frame_make_tag(tag, found->bytes, found->size);
    if (memcmp(tag, found->object->tag, FRAME_TAG_SIZE) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct collect collect;
    struct collect_found found;
    uint64_t steps = 0;
    if (seal_init())
        abort();
    collect_init(&collect);
    for (size_t at = 0; at + STEP_SIZE <= size && steps < STEPS_MAX; steps++) {
        uint8_t bytes[FRAME_SIZE] = {0};
        const uint8_t *step = data + at;
        at += STEP_SIZE;
        if (step[0] & 4) { /* the frame's bytes follow */
            size_t take = size - at < FRAME_SIZE ? size - at : FRAME_SIZE;
            memcpy(bytes, data + at, take);
            at += take;
        } else {
            make_frame(bytes, step);
        }
        if (collect_add(&collect, &found, bytes) == ERR_OK)
            check_found(&found);
    }
    if (collect.tries > steps * COLLECT_TRIES_MAX)
        abort();
    return 0;
}
