#include "gateway/bulletin/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define NOW_S 1769885999
#define EDITORS 3

static struct roster roster;
static uint8_t secrets[EDITORS][SEAL_SECRET_SIZE];

static int make_roster(void **state)
{
    (void)state;
    if (seal_init() != ERR_OK)
        return -1;
    roster = (struct roster){.approvals = 2, .editor_count = EDITORS};
    for (unsigned i = 0; i < EDITORS; i++) {
        uint8_t seed[SEAL_SEED_SIZE] = {(uint8_t)(i + 1)};
        struct roster_editor *editor = &roster.editors[i];
        *editor = (struct roster_editor){
            .index = (uint8_t)(i * 10), .name = "X", .from_s = 0, .until_s = NOW_S + 1};
        seal_keypair(editor->public_key, secrets[i], seed);
    }
    return 0;
}

static struct reading make_reading(void)
{
    struct reading reading = {.language = BULLETIN_RU};
    seal_hash(reading.body_hash, (const uint8_t *)"body", 4);
    seal_hash(reading.file_hash, (const uint8_t *)"file", 4);
    return reading;
}

static struct wire_approval sign(const struct reading *reading, unsigned editor)
{
    uint8_t statement[READING_STATEMENT_SIZE];
    struct wire_approval approval;
    struct buf_in in;
    reading_print_statement(statement, reading);
    buf_in_init(&in, statement, sizeof statement);
    seal_approve(&approval, roster.editors[editor].index, &in, secrets[editor]);
    return approval;
}

static enum err approve(struct reading *reading, unsigned editor)
{
    struct wire_approval approval = sign(reading, editor);
    return reading_approve(reading, &approval, &roster, NOW_S);
}

static void two_editors_make_it_fit_for_the_air(void **state)
{
    (void)state;
    struct reading reading = make_reading(), again;
    uint8_t bytes[READING_SIZE_MAX];
    assert_int_equal(reading_check(&reading, &roster, NOW_S), ERR_QUORUM);
    assert_int_equal(approve(&reading, 2), ERR_OK);
    assert_int_equal(approve(&reading, 2), ERR_EXISTS);
    assert_int_equal(reading_check(&reading, &roster, NOW_S), ERR_QUORUM);
    assert_int_equal(approve(&reading, 0), ERR_OK);
    assert_int_equal(reading_check(&reading, &roster, NOW_S), ERR_OK);
    size_t size = reading_encode(bytes, &reading);
    assert_int_equal(size, 66 + 1 + 2 * 65);
    assert_int_equal(reading_decode(&again, bytes, size), ERR_OK);
    assert_int_equal(again.approvals[0].editor, 0);
    assert_int_equal(again.approvals[1].editor, 20);
    assert_int_equal(reading_check(&again, &roster, NOW_S), ERR_OK);
    assert_int_equal(reading_check(&again, &roster, NOW_S + 1), ERR_ROSTER);
}

/* Each of the signed bytes changed makes every approval void. */
static void nothing_signed_can_be_changed(void **state)
{
    (void)state;
    struct reading reading = make_reading(), other;
    uint8_t bytes[READING_SIZE_MAX];
    assert_int_equal(approve(&reading, 0), ERR_OK);
    assert_int_equal(approve(&reading, 1), ERR_OK);
    size_t size = reading_encode(bytes, &reading);
    for (size_t at = 0; at < READING_STATEMENT_SIZE; at++) {
        bytes[at] ^= 1;
        enum err err = reading_decode(&other, bytes, size);
        if (err == ERR_OK)
            err = reading_check(&other, &roster, NOW_S);
        assert_int_equal(err, at == 0 ? ERR_FORMAT : ERR_SEAL);
        bytes[at] ^= 1;
    }
    bytes[33] = BULLETIN_LANGUAGE_COUNT;
    assert_int_equal(reading_decode(&other, bytes, size), ERR_VALUE);
}

static void one_editor_is_never_two(void **state)
{
    (void)state;
    struct reading reading = make_reading(), other;
    uint8_t bytes[READING_SIZE_MAX];
    assert_int_equal(approve(&reading, 0), ERR_OK);
    reading.approvals[1] = reading.approvals[0];
    reading.approval_count = 2;
    assert_int_equal(reading_check(&reading, &roster, NOW_S), ERR_QUORUM);
    size_t size = reading_encode(bytes, &reading);
    assert_int_equal(reading_decode(&other, bytes, size), ERR_QUORUM);
    reading.approvals[1].editor = 10; /* another's index over the same signature */
    assert_int_equal(reading_check(&reading, &roster, NOW_S), ERR_SEAL);
    reading.approvals[1].editor = 99;
    assert_int_equal(reading_check(&reading, &roster, NOW_S), ERR_ROSTER);
}

static void torn_files_are_refused(void **state)
{
    (void)state;
    struct reading reading = make_reading(), other;
    uint8_t bytes[READING_SIZE_MAX + 1] = {0};
    assert_int_equal(approve(&reading, 0), ERR_OK);
    size_t size = reading_encode(bytes, &reading);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_not_equal(reading_decode(&other, bytes, cut), ERR_OK);
    assert_int_equal(reading_decode(&other, bytes, size + 1), ERR_FORMAT);
    bytes[66] = WIRE_APPROVALS_MAX + 1;
    assert_int_equal(reading_decode(&other, bytes, size), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_editors_make_it_fit_for_the_air),
        cmocka_unit_test(nothing_signed_can_be_changed),
        cmocka_unit_test(one_editor_is_never_two),
        cmocka_unit_test(torn_files_are_refused),
    };
    return cmocka_run_group_tests(tests, make_roster, NULL);
}
