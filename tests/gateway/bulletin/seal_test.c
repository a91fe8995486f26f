/* seal: published vectors of RFC 8032 and RFC 7693, codes, fingerprints. */
#include "tests/gateway/bulletin/fixture.h"

#include <stdio.h>

static void unhex(uint8_t *bytes, const char *text)
{
    for (size_t i = 0; text[2 * i] != '\0'; i++) {
        unsigned value;
        assert_int_equal(sscanf(text + 2 * i, "%2x", &value), 1);
        bytes[i] = (uint8_t)value;
    }
}

/* RFC 8032, 7.1, TEST 3 */
static void test_signature_is_rfc8032(void **state)
{
    (void)state;
    uint8_t seed[SEAL_SEED_SIZE], wanted_key[SEAL_PUBLIC_SIZE], wanted[WIRE_SIGNATURE_SIZE];
    const uint8_t message[] = {0xaf, 0x82};
    struct fixture_key key;
    struct wire_approval approval;
    struct buf_in body;
    unhex(seed, "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    unhex(wanted_key, "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    unhex(wanted, "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                  "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    seal_keypair(key.public_key, key.secret, seed);
    assert_memory_equal(key.public_key, wanted_key, sizeof wanted_key);
    buf_in_init(&body, message, sizeof message);
    seal_approve(&approval, 9, &body, key.secret);
    assert_int_equal(approval.editor, 9);
    assert_memory_equal(approval.signature, wanted, sizeof wanted);
    assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_OK);
}

/* The cursor of what is signed does not matter. */
static void test_signs_all_bytes(void **state)
{
    (void)state;
    const uint8_t message[] = {1, 2, 3};
    struct fixture_key key;
    struct wire_approval approval;
    struct buf_in body;
    fixture_key(&key, 1);
    buf_in_init(&body, message, sizeof message);
    (void)buf_get_u16(&body);
    seal_approve(&approval, 1, &body, key.secret);
    buf_in_init(&body, message, sizeof message);
    assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_OK);
}

/* Every bit of a signature, of the message and of the key counts. */
static void test_every_bit_counts(void **state)
{
    (void)state;
    uint8_t message[] = {1, 2, 3};
    struct fixture_key key;
    struct wire_approval approval;
    struct buf_in body;
    fixture_key(&key, 1);
    buf_in_init(&body, message, sizeof message);
    seal_approve(&approval, 1, &body, key.secret);
    for (size_t bit = 0; bit < 8 * sizeof approval.signature; bit++) {
        approval.signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_SEAL);
        approval.signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof key.public_key; bit++) {
        key.public_key[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_SEAL);
        key.public_key[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof message; bit++) {
        message[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_SEAL);
        message[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_OK);
}

/* S + L is the same number to a lax reader (RFC 8032, 5.1.7 demands S < L). */
static void test_second_form_of_a_signature_is_refused(void **state)
{
    (void)state;
    const uint8_t message[] = {1, 2, 3};
    uint8_t order[32];
    struct fixture_key key;
    struct wire_approval approval;
    struct buf_in body;
    unhex(order, "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    fixture_key(&key, 1);
    buf_in_init(&body, message, sizeof message);
    seal_approve(&approval, 1, &body, key.secret);
    unsigned carry = 0;
    for (size_t i = 0; i < sizeof order; i++) {
        carry += approval.signature[32 + i] + (unsigned)order[i];
        approval.signature[32 + i] = (uint8_t)carry;
        carry >>= 8;
    }
    assert_int_equal(carry, 0);
    assert_int_equal(seal_check(&approval, &body, key.public_key), ERR_SEAL);
}

/* The points of small order, by which a signature of (R = key, S = 0) would pass for any message; the curve's other
 * writings of them. */
static void test_weak_keys_are_refused(void **state)
{
    (void)state;
    static const char *const weak[] = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    const uint8_t message[] = "any message";
    struct buf_in body;
    buf_in_init(&body, message, sizeof message);
    for (size_t i = 0; i < sizeof weak / sizeof weak[0]; i++) {
        uint8_t key[SEAL_PUBLIC_SIZE];
        struct wire_approval forged = {0};
        unhex(key, weak[i]);
        memcpy(forged.signature, key, sizeof key);
        assert_int_equal(seal_check_key(key), ERR_KEY);
        assert_int_equal(seal_check(&forged, &body, key), ERR_SEAL);
    }
}

/* A key of mixed order really lets one person sign as two, if it ever gets into a roster. */
static void test_twin_of_a_key_is_refused(void **state)
{
    (void)state;
    struct fixture_key key, twin;
    unsigned forged = 0;
    fixture_key(&key, 1);
    fixture_twin(&twin, &key);
    assert_memory_not_equal(key.public_key, twin.public_key, SEAL_PUBLIC_SIZE);
    for (uint8_t message = 0; message < 64; message++) {
        struct wire_approval approval;
        struct buf_in body;
        buf_in_init(&body, &message, 1);
        seal_approve(&approval, 1, &body, twin.secret);
        forged += seal_check(&approval, &body, twin.public_key) == ERR_OK;
    }
    assert_in_range(forged, 16, 48);
    assert_int_equal(seal_check_key(twin.public_key), ERR_KEY);
}

static void test_ordinary_keys_are_good(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 50; i++) {
        struct fixture_key key;
        fixture_key(&key, (uint8_t)i);
        assert_int_equal(seal_check_key(key.public_key), ERR_OK);
    }
}

/* BLAKE2b-256 of the empty message, as b2sum -l 256 prints it */
static void test_hash_code_and_id(void **state)
{
    (void)state;
    uint8_t hash[SEAL_HASH_SIZE], wanted[SEAL_HASH_SIZE];
    char code[SEAL_CODE_SIZE];
    unhex(wanted, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    seal_hash(hash, (const uint8_t *)"", 0);
    assert_memory_equal(hash, wanted, sizeof hash);
    seal_print_code(code, (const uint8_t *)"", 0);
    assert_string_equal(code, "1SBN"); /* 0x0e575: 00001 11001 01011 10101 */
}

static void test_fingerprint(void **state)
{
    (void)state;
    struct fixture_key key, other;
    char text[SEAL_FINGERPRINT_SIZE], typed[2 * SEAL_FINGERPRINT_SIZE];
    fixture_key(&key, FIXTURE_NEWSROOM);
    fixture_key(&other, FIXTURE_STRANGER);
    seal_print_fingerprint(text, key.public_key);
    assert_int_equal(strlen(text), SEAL_FINGERPRINT_SIZE - 1);
    assert_int_equal(seal_check_fingerprint(text, key.public_key), ERR_OK);
    assert_int_equal(seal_check_fingerprint(text, other.public_key), ERR_KEY);
    size_t size = 0;
    for (const char *at = text; *at != '\0'; at++) {
        char c = *at == '0' ? 'o' : *at == '1' ? 'l' : *at;
        typed[size++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c == '-' ? ' ' : c;
        typed[size++] = ' ';
    }
    typed[size] = '\0';
    assert_int_equal(seal_check_fingerprint(typed, key.public_key), ERR_OK);
}

static void test_what_is_no_fingerprint(void **state)
{
    (void)state;
    struct fixture_key key;
    char text[SEAL_FINGERPRINT_SIZE + 1];
    fixture_key(&key, FIXTURE_NEWSROOM);
    seal_print_fingerprint(text, key.public_key);
    char last = text[SEAL_FINGERPRINT_SIZE - 2];
    text[SEAL_FINGERPRINT_SIZE - 2] = 'U';
    assert_int_equal(seal_check_fingerprint(text, key.public_key), ERR_FORMAT);
    text[SEAL_FINGERPRINT_SIZE - 2] = '\0';
    assert_int_equal(seal_check_fingerprint(text, key.public_key), ERR_FORMAT);
    text[SEAL_FINGERPRINT_SIZE - 2] = last;
    memcpy(text + SEAL_FINGERPRINT_SIZE - 1, "0", 2);
    assert_int_equal(seal_check_fingerprint(text, key.public_key), ERR_FORMAT);
    assert_int_equal(seal_check_fingerprint("", key.public_key), ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signature_is_rfc8032),
        cmocka_unit_test(test_signs_all_bytes),
        cmocka_unit_test(test_every_bit_counts),
        cmocka_unit_test(test_second_form_of_a_signature_is_refused),
        cmocka_unit_test(test_weak_keys_are_refused),
        cmocka_unit_test(test_twin_of_a_key_is_refused),
        cmocka_unit_test(test_ordinary_keys_are_good),
        cmocka_unit_test(test_hash_code_and_id),
        cmocka_unit_test(test_fingerprint),
        cmocka_unit_test(test_what_is_no_fingerprint),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
