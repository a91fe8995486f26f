#include "audio/readings.h"
#include "audio/wav.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW_S 1769885999
#define RATE_HZ 16000
#define OUT_HZ 8000
#define SECONDS 2

static char folder[] = "/tmp/dabyl-readings-XXXXXX";
static struct roster roster;
static uint8_t secrets[2][SEAL_SECRET_SIZE];
static const uint8_t body[] = {0xb1, 1, 2, 3};

static void path_of(char path[512], const struct reading *reading, const char *suffix)
{
    char name[READING_NAME_SIZE];
    reading_print_name(name, reading, suffix);
    (void)snprintf(path, 512, "%s/%s", folder, name);
}

static void save(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wbe");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void save_tone(const char *path)
{
    struct pcm pcm;
    pcm_init(&pcm, RATE_HZ);
    for (int i = 0; i < SECONDS * RATE_HZ; i++) {
        int16_t sample = (int16_t)((i % 32 < 16 ? 1 : -1) * 3000); /* 500 Hz */
        pcm_append(&pcm, &sample, 1);
    }
    assert_int_equal(wav_save(path, &pcm), ERR_OK);
    pcm_wipe(&pcm);
}

static void hash_file(uint8_t hash[SEAL_HASH_SIZE], const char *path)
{
    static uint8_t bytes[1 << 18];
    FILE *file = fopen(path, "rbe");
    assert_non_null(file);
    seal_hash(hash, bytes, fread(bytes, 1, sizeof bytes, file));
    assert_int_equal(fclose(file), 0);
}

/* A recording signed by the first `signers` editors, both files in the folder. */
static struct reading put_reading(unsigned signers)
{
    struct reading reading = {.language = BULLETIN_RU};
    uint8_t statement[READING_STATEMENT_SIZE], bytes[READING_SIZE_MAX];
    char path[512];
    seal_hash(reading.body_hash, body, sizeof body);
    path_of(path, &reading, ".sound");
    save_tone(path);
    hash_file(reading.file_hash, path);
    reading_print_statement(statement, &reading);
    for (unsigned i = 0; i < signers; i++) {
        struct wire_approval approval;
        struct buf_in in;
        buf_in_init(&in, statement, sizeof statement);
        seal_approve(&approval, (uint8_t)i, &in, secrets[i]);
        assert_int_equal(reading_approve(&reading, &approval, &roster, NOW_S), ERR_OK);
    }
    path_of(path, &reading, ".reading");
    save(path, bytes, reading_encode(bytes, &reading));
    return reading;
}

static enum err load(struct pcm *pcm, const uint8_t *of, size_t size)
{
    const struct readings_request request = {.folder = folder,
        .body = of,
        .body_size = size,
        .language = BULLETIN_RU,
        .roster = &roster,
        .sent_s = NOW_S};
    return readings_load(pcm, &request, OUT_HZ);
}

static int make(void **state)
{
    (void)state;
    if (seal_init() != ERR_OK || mkdtemp(folder) == NULL)
        return -1;
    roster = (struct roster){.approvals = 2, .editor_count = 2};
    for (unsigned i = 0; i < 2; i++) {
        uint8_t seed[SEAL_SEED_SIZE] = {(uint8_t)(i + 1)};
        roster.editors[i] =
            (struct roster_editor){.index = (uint8_t)i, .name = "X", .until_s = NOW_S + 1};
        seal_keypair(roster.editors[i].public_key, secrets[i], seed);
    }
    return 0;
}

static int clean(void **state)
{
    char path[512];
    struct reading reading = put_reading(0);
    (void)state;
    path_of(path, &reading, ".sound");
    unlink(path);
    path_of(path, &reading, ".reading");
    unlink(path);
    return rmdir(folder);
}

static void a_signed_recording_is_heard(void **state)
{
    (void)state;
    struct pcm pcm;
    (void)put_reading(2);
    assert_int_equal(load(&pcm, body, sizeof body), ERR_OK);
    assert_int_equal(pcm.rate_hz, OUT_HZ);
    assert_true(pcm.count > SECONDS * OUT_HZ * 9 / 10 && pcm.count < SECONDS * OUT_HZ * 11 / 10);
    assert_true(pcm_peak(&pcm) > 20000);
    pcm_wipe(&pcm);
}

static void what_is_not_signed_is_not(void **state)
{
    (void)state;
    static const uint8_t other[] = {0xb1, 9};
    struct pcm pcm;
    char path[512];
    struct reading reading = put_reading(1);
    assert_int_equal(load(&pcm, body, sizeof body), ERR_QUORUM);
    assert_int_equal(load(&pcm, other, sizeof other), ERR_MISSING);
    reading = put_reading(2);
    path_of(path, &reading, ".sound");
    FILE *file = fopen(path, "r+be");
    assert_non_null(file);
    assert_int_equal(fseek(file, 1000, SEEK_SET), 0);
    assert_true(fputc(0x55, file) != EOF);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(load(&pcm, body, sizeof body), ERR_SEAL);
    unlink(path);
    assert_int_equal(load(&pcm, body, sizeof body), ERR_MISSING);
}

/* A recording of one bulletin put in the place of another's. */
static void another_bulletins_recording_is_not(void **state)
{
    (void)state;
    static const uint8_t other[] = {0xb1, 9};
    struct pcm pcm;
    char from[512], to[512];
    struct reading reading = put_reading(2), moved = reading;
    seal_hash(moved.body_hash, other, sizeof other);
    path_of(from, &reading, ".reading");
    path_of(to, &moved, ".reading");
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(load(&pcm, other, sizeof other), ERR_FORMAT);
    unlink(to);
}

static void signed_bytes_that_are_no_sound_are_not(void **state)
{
    (void)state;
    struct pcm pcm;
    char path[512];
    uint8_t statement[READING_STATEMENT_SIZE], bytes[READING_SIZE_MAX];
    struct reading reading = put_reading(2);
    path_of(path, &reading, ".sound");
    save(path, "no sound", 8);
    hash_file(reading.file_hash, path);
    reading.approval_count = 0;
    reading_print_statement(statement, &reading);
    for (unsigned i = 0; i < 2; i++) {
        struct wire_approval approval;
        struct buf_in in;
        buf_in_init(&in, statement, sizeof statement);
        seal_approve(&approval, (uint8_t)i, &in, secrets[i]);
        assert_int_equal(reading_approve(&reading, &approval, &roster, NOW_S), ERR_OK);
    }
    path_of(path, &reading, ".reading");
    save(path, bytes, reading_encode(bytes, &reading));
    assert_int_equal(load(&pcm, body, sizeof body), ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signed_recording_is_heard),
        cmocka_unit_test(what_is_not_signed_is_not),
        cmocka_unit_test(another_bulletins_recording_is_not),
        cmocka_unit_test(signed_bytes_that_are_no_sound_are_not),
    };
    return cmocka_run_group_tests(tests, make, clean);
}
