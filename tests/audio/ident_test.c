/* The frame that says who sends: both ways, and what is refused. */
#include "audio/ident.h"
#include "gateway/bulletin/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct ident sent = {
    .newsroom = {0x1a, 0x2b}, .number = 70041, .call = "UN7ABC-10", .times = ":00 :30"};

static void it_comes_back(void **state)
{
    uint8_t bytes[FRAME_SIZE];
    char text[IDENT_TEXT_SIZE];
    struct ident back;

    (void)state;
    assert_int_equal(ident_encode(bytes, &sent), ERR_OK);
    assert_int_equal(ident_decode(&back, bytes), ERR_OK);
    ident_print(text, &back);
    assert_string_equal(text, "UN7ABC-10, newsroom 1a2b, newest bulletin 70041, sends at :00 :30");
    back.times[0] = '\0';
    ident_print(text, &back);
    assert_string_equal(text, "UN7ABC-10, newsroom 1a2b, newest bulletin 70041");
    memset(back.times, 'x', IDENT_TIMES_MAX);
    back.times[IDENT_TIMES_MAX] = '\0';
    assert_int_equal(ident_encode(bytes, &back), ERR_OK);
    assert_int_equal(ident_decode(&back, bytes), ERR_OK);
    assert_int_equal(strlen(back.times), IDENT_TIMES_MAX);
}

static void wrong_fields_are_refused(void **state)
{
    uint8_t bytes[FRAME_SIZE];
    struct ident ident = sent;

    (void)state;
    ident.call[0] = 'u';
    assert_int_equal(ident_encode(bytes, &ident), ERR_FORMAT);
    ident = sent;
    ident.number = 0;
    assert_int_equal(ident_encode(bytes, &ident), ERR_VALUE);
    ident = sent;
    ident.times[0] = '\x1b';
    assert_int_equal(ident_encode(bytes, &ident), ERR_TEXT);
}

/* Whatever is changed on the way, nothing wrong is believed. */
static void damage_is_seen(void **state)
{
    uint8_t bytes[FRAME_SIZE];
    struct ident back;

    (void)state;
    assert_int_equal(ident_encode(bytes, &sent), ERR_OK);
    for (size_t bit = 0; bit < (size_t)FRAME_SIZE * 8; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_not_equal(ident_decode(&back, bytes), ERR_OK);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void make_keys(
    uint8_t public_key[SEAL_PUBLIC_SIZE], uint8_t secret[SEAL_SECRET_SIZE], uint8_t seed_byte)
{
    uint8_t seed[SEAL_SEED_SIZE];

    memset(seed, seed_byte, sizeof(seed));
    seal_keypair(public_key, secret, seed);
}

#define TIME_S 1795528859 /* 2026-11-24T14:00:59Z */

static void a_signed_one_comes_back(void **state)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE], bytes[FRAME_SIZE];
    char text[IDENT_TEXT_SIZE];
    struct ident ident = sent, back;

    (void)state;
    make_keys(public_key, secret, 1);
    assert_int_equal(ident_sign(&ident, TIME_S, secret), ERR_OK);
    assert_int_equal(ident_encode(bytes, &ident), ERR_OK);
    assert_int_equal(ident_decode(&back, bytes), ERR_OK);
    assert_int_equal(back.time_s, TIME_S - 59);
    assert_int_equal(ident_check(&back, public_key), ERR_OK);
    ident_print(text, &back);
    assert_string_equal(text, "UN7ABC-10, newsroom 1a2b: all quiet on 24.11. at 19:00, newest "
                              "bulletin 70041, sends at :00 :30");
    ident.number = 0;
    ident.in_force = 3;
    assert_int_equal(ident_sign(&ident, TIME_S, secret), ERR_OK);
    ident_print(text, &ident);
    assert_string_equal(text, "UN7ABC-10, newsroom 1a2b: 3 in force on 24.11. at 19:00, no "
                              "bulletin yet, sends at :00 :30");
    assert_int_equal(ident_encode(bytes, &ident), ERR_OK);
    assert_int_equal(ident_sign(&ident, BULLETIN_EPOCH_S - 1, secret), ERR_VALUE);
}

/* Each field is under the signature, and another key's is none. */
static void every_field_is_signed(void **state)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE], other[SEAL_PUBLIC_SIZE];
    uint8_t unused[SEAL_SECRET_SIZE], bytes[FRAME_SIZE];
    struct ident ident = sent, back;
    struct frame frame;
    unsigned readable = 0;

    (void)state;
    make_keys(other, unused, 2);
    make_keys(public_key, secret, 1);
    assert_int_equal(ident_check(&ident, public_key), ERR_SEAL);
    assert_int_equal(ident_sign(&ident, TIME_S, secret), ERR_OK);
    assert_int_equal(ident_check(&ident, other), ERR_SEAL);
    assert_int_equal(ident_encode(bytes, &ident), ERR_OK);
    assert_int_equal(frame_decode(&frame, bytes), ERR_OK);
    for (size_t bit = 0; bit < (size_t)ERASURE_SYMBOL_SIZE * 8; bit++) {
        frame.symbol.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        frame_make_tag(frame.tag, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
        assert_int_equal(frame_encode(bytes, &frame), ERR_OK);
        if (ident_decode(&back, bytes) == ERR_OK) {
            readable++;
            assert_int_equal(ident_check(&back, public_key), ERR_SEAL);
        }
        frame.symbol.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_true(readable > WIRE_SIGNATURE_SIZE * 8);
}

/* What a station signs is no body, and what an editor signs is no ident: the first bytes differ. */
static void a_station_signs_no_bulletin(void **state)
{
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE], bytes[FRAME_SIZE];
    struct ident ident = sent;
    struct wire_approval approval = {.editor = 0};
    struct buf_in in;
    struct frame frame;

    (void)state;
    make_keys(public_key, secret, 1);
    assert_int_equal(ident_sign(&ident, TIME_S, secret), ERR_OK);
    assert_int_equal(ident_encode(bytes, &ident), ERR_OK);
    assert_int_equal(frame_decode(&frame, bytes), ERR_OK);
    buf_in_init(&in, frame.symbol.bytes, ERASURE_SYMBOL_SIZE - WIRE_SIGNATURE_SIZE);
    memcpy(approval.signature, ident.signature, WIRE_SIGNATURE_SIZE);
    assert_int_equal(seal_check(&approval, &in, public_key), ERR_SEAL);
    seal_approve(&approval, 0, &in, secret); /* the same bytes without IDENT_MAGIC */
    memcpy(ident.signature, approval.signature, WIRE_SIGNATURE_SIZE);
    assert_int_equal(ident_check(&ident, public_key), ERR_SEAL);
    assert_int_not_equal(IDENT_MAGIC, WIRE_MAGIC);
    assert_int_not_equal(IDENT_MAGIC, READING_MAGIC);
}

static void times_are_cut_at_a_word(void **state)
{
    static const char long_times[] = "06:00 07:00 08:00 09:00 10:00 11:00 12:00";
    struct ident ident = {.dated = true};

    (void)state;
    ident_set_times(&ident, long_times);
    assert_string_equal(ident.times, "06:00 07:00 08:00 09:00 10:00 11:00");
    ident_set_times(&ident, ":00 :30");
    assert_string_equal(ident.times, ":00 :30");
    ident_set_times(&ident, "0123456789012345678901234567890123456 x");
    assert_int_equal(strlen(ident.times), IDENT_SIGNED_TIMES_MAX);
    ident_set_times(&ident, "01234567890123456789012345678901234567");
    assert_string_equal(ident.times, "");
    ident.dated = false;
    ident_set_times(&ident, long_times);
    assert_string_equal(ident.times, long_times);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signed_one_comes_back),
        cmocka_unit_test(every_field_is_signed),
        cmocka_unit_test(a_station_signs_no_bulletin),
        cmocka_unit_test(times_are_cut_at_a_word),
        cmocka_unit_test(it_comes_back),
        cmocka_unit_test(wrong_fields_are_refused),
        cmocka_unit_test(damage_is_seen),
    };

    if (seal_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
