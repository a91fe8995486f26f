#include "audio/frame.h"

#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int start_seal(void **state)
{
    (void)state;
    return seal_init() != ERR_OK;
}

static struct frame make_frame(void)
{
    struct frame frame = {
        .object = FRAME_BULLETIN, .k = 3, .tag = {0xde, 0xad, 0x01}, .symbol = {.index = 5}};
    for (unsigned i = 0; i < ERASURE_SYMBOL_SIZE; i++)
        frame.symbol.bytes[i] = (uint8_t)(i + 1);
    return frame;
}

/* The bytes are those of the table in the header. */
static void test_layout(void **state)
{
    (void)state;
    struct frame frame = make_frame();
    uint8_t bytes[FRAME_SIZE];
    assert_int_equal(frame_encode(bytes, &frame), ERR_OK);
    assert_int_equal(bytes[0], 0x42); /* version 01, bulletin 00, k - 1 0010 */
    assert_memory_equal(bytes + 1, "\xde\xad\x01\x05\x01\x02", 6);
    assert_int_equal(bytes[FRAME_SIZE - 1], 121);
}

static void test_round_trip(void **state)
{
    (void)state;
    for (unsigned k = 1; k <= ERASURE_K_MAX; k++) {
        struct frame frame = make_frame(), back;
        uint8_t bytes[FRAME_SIZE];
        frame.object = (enum frame_object)(k % FRAME_OBJECT_COUNT);
        frame.k = k;
        frame.symbol.index = (uint8_t)(2 * k - 1);
        assert_int_equal(frame_encode(bytes, &frame), ERR_OK);
        assert_int_equal(frame_decode(&back, bytes), ERR_OK);
        assert_int_equal(back.object, frame.object);
        assert_int_equal(back.k, k);
        assert_memory_equal(back.tag, frame.tag, FRAME_TAG_SIZE);
        assert_int_equal(back.symbol.index, 2 * k - 1);
        assert_memory_equal(back.symbol.bytes, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
    }
}

static void test_refused(void **state)
{
    (void)state;
    struct frame frame = make_frame();
    uint8_t bytes[FRAME_SIZE] = {0};
    assert_int_equal(frame_decode(&frame, bytes), ERR_VERSION);
    bytes[0] = 0x42;
    bytes[4] = 6;
    assert_int_equal(frame_decode(&frame, bytes), ERR_VALUE);
    bytes[0] = 0x82;
    assert_int_equal(frame_decode(&frame, bytes), ERR_VERSION);
    frame = make_frame();
    frame.k = 17;
    assert_int_equal(frame_encode(bytes, &frame), ERR_VALUE);
    frame.k = 2;
    assert_int_equal(frame_encode(bytes, &frame), ERR_VALUE);
}

/* BLAKE2b-256 of "abc" begins with bd dd 81 (RFC 7693 gives the 512-bit one; b2sum -l 256 this one). */
static void test_tag(void **state)
{
    (void)state;
    uint8_t tag[FRAME_TAG_SIZE];
    frame_make_tag(tag, (const uint8_t *)"abc", 3);
    assert_memory_equal(tag, "\xbd\xdd\x81", 3);
}

/* Four frames in a row, each where a receiver looks for it, and nothing behind them. */
static void test_join(void **state)
{
    (void)state;
    uint8_t frames[FRAME_FAST_COUNT][FRAME_SIZE], packet[FRAME_FAST_SIZE];
    for (unsigned i = 0; i < FRAME_FAST_COUNT; i++) {
        struct frame frame = make_frame();
        frame.symbol.index = (uint8_t)i;
        assert_int_equal(frame_encode(frames[i], &frame), ERR_OK);
    }
    memset(packet, 0xff, sizeof packet);
    frame_join(packet, frames);
    for (unsigned i = 0; i < FRAME_FAST_COUNT; i++)
        assert_memory_equal(packet + (size_t)i * FRAME_SIZE, frames[i], FRAME_SIZE);
    for (unsigned i = FRAME_FAST_COUNT * FRAME_SIZE; i < FRAME_FAST_SIZE; i++)
        assert_int_equal(packet[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_tag),
        cmocka_unit_test(test_join),
    };
    return cmocka_run_group_tests(tests, start_seal, NULL);
}
