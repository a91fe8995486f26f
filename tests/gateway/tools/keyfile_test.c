/* keyfile: only the right passphrase opens a key; a changed byte anywhere does not. */
#include "gateway/tools/keyfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_round_trip(void **state)
{
    (void)state;
    uint8_t bytes[KEYFILE_SIZE];
    struct keyfile_public made = {.kind = KEYFILE_EDITOR, .name = "ДАНИЯР"};
    struct keyfile key;
    assert_int_equal(keyfile_make(bytes, &made, "correct horse"), ERR_OK);
    assert_int_equal(keyfile_open(&key, bytes, sizeof bytes, "wrong horse!"), ERR_KEY);
    assert_null(key.secret);
    assert_int_equal(keyfile_open(&key, bytes, sizeof bytes, "correct horse"), ERR_OK);
    assert_memory_equal(key.public_key, made.public_key, SEAL_PUBLIC_SIZE);
    assert_int_equal(key.kind, KEYFILE_EDITOR);
    assert_string_equal(key.name, "ДАНИЯР");
    /* the secret signs what the public key checks */
    struct buf_in body;
    struct wire_approval approval;
    buf_in_init(&body, (const uint8_t *)"body", 4);
    seal_approve(&approval, 0, &body, key.secret);
    assert_int_equal(seal_check(&approval, &body, made.public_key), ERR_OK);
    keyfile_close(&key);
    assert_null(key.secret);
}

static void test_every_part_is_protected(void **state)
{
    (void)state;
    uint8_t bytes[KEYFILE_SIZE];
    struct keyfile_public made = {.kind = KEYFILE_NEWSROOM};
    struct keyfile key;
    assert_int_equal(keyfile_make(bytes, &made, "correct horse"), ERR_OK);
    const size_t places[] = {0, 8, 9, 12, 30, 50, KEYFILE_SIZE - 1}; /* magic .. tag */
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        bytes[places[i]] ^= 1;
        assert_int_not_equal(keyfile_open(&key, bytes, sizeof bytes, "correct horse"), ERR_OK);
        bytes[places[i]] ^= 1;
    }
    assert_int_equal(keyfile_open(&key, bytes, sizeof bytes - 1, "correct horse"), ERR_SHORT);
}

static void test_refused(void **state)
{
    (void)state;
    uint8_t bytes[KEYFILE_SIZE];
    struct keyfile_public made = {.kind = KEYFILE_EDITOR};
    assert_int_equal(keyfile_make(bytes, &made, "short"), ERR_VALUE);
}

static void test_public_lines(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "dabyl-editor", "dabyl-editor X", "ssh-ed25519 X AAAA",
        "dabyl-editor X LZQPf/sZKM0uuYoh3lMuuBbj71+QGsilFdytRA0tjf==", "dabyl-editor X !!!!",
        "dabyl-guest X LZQPf/sZKM0uuYoh3lMuuBbj71+QGsilFdytRA0tjfw="};
    struct keyfile_public key;
    char line[KEYFILE_PUBLIC_LINE_MAX];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(keyfile_parse_public(&key, wrong[i]), ERR_FORMAT);
    const char *right = "dabyl-editor AIGERIM LZQPf/sZKM0uuYoh3lMuuBbj71+QGsilFdytRA0tjfw=";
    assert_int_equal(keyfile_parse_public(&key, right), ERR_OK);
    assert_string_equal(key.name, "AIGERIM");
    keyfile_print_public(line, &key);
    assert_string_equal(line, right);
    const char *station = "dabyl-station UN7ABC LZQPf/sZKM0uuYoh3lMuuBbj71+QGsilFdytRA0tjfw=";
    assert_int_equal(keyfile_parse_public(&key, station), ERR_OK);
    assert_int_equal(key.kind, KEYFILE_STATION);
    keyfile_print_public(line, &key);
    assert_string_equal(line, station);
}

static int set_up(void **state)
{
    (void)state;
    return seal_init() == ERR_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_every_part_is_protected),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_public_lines),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
