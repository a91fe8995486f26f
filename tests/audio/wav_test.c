#include "audio/wav.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define RATE_HZ 22050
#define COUNT 10000

static char directory[] = "/tmp/dabyl-wav-XXXXXX";
static char path[64];

static int make_directory(void **state)
{
    (void)state;
    if (!mkdtemp(directory))
        return -1;
    snprintf(path, sizeof path, "%s/sound.wav", directory);
    return 0;
}

static int remove_directory(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(directory);
}

static void save_ramp(void)
{
    struct pcm pcm;
    pcm_init(&pcm, RATE_HZ);
    for (int i = 0; i < COUNT; i++) {
        int16_t sample = (int16_t)(i * 13 % 65536 - 32768);
        pcm_append(&pcm, &sample, 1);
    }
    assert_int_equal(wav_save(path, &pcm), ERR_OK);
    pcm_wipe(&pcm);
}

/* Every sample comes back as it was, and nothing lies beside the file. */
static void test_round_trip(void **state)
{
    (void)state;
    save_ramp();
    struct pcm back;
    assert_int_equal(wav_load(&back, path), ERR_OK);
    assert_int_equal(back.rate_hz, RATE_HZ);
    assert_int_equal(back.count, COUNT);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(back.samples[i], i * 13 % 65536 - 32768);
    pcm_wipe(&back);
    char aside[96];
    snprintf(aside, sizeof aside, "%s.part", path);
    assert_int_not_equal(access(aside, F_OK), 0);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, 44 + 2 * COUNT);
}

/* What goes through a descriptor that can't seek is the same file to libsndfile. */
static void test_stream(void **state)
{
    (void)state;
    struct pcm pcm, back;
    int fds[2];
    static uint8_t bytes[4096];
    pcm_init(&pcm, RATE_HZ);
    for (int i = 0; i < 1000; i++) {
        int16_t sample = (int16_t)(i * 131 % 65536 - 32768);
        pcm_append(&pcm, &sample, 1);
    }
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(wav_stream(fds[1], &pcm), ERR_OK);
    close(fds[1]);
    ssize_t size = read(fds[0], bytes, sizeof bytes);
    close(fds[0]);
    assert_int_equal(size, 44 + 2000);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, (size_t)size, file), (size_t)size);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(wav_load(&back, path), ERR_OK);
    assert_int_equal(back.rate_hz, RATE_HZ);
    assert_int_equal(back.count, pcm.count);
    assert_memory_equal(back.samples, pcm.samples, pcm.count * sizeof *pcm.samples);
    pcm_wipe(&pcm);
    pcm_wipe(&back);
}

static void test_read_pieces(void **state)
{
    (void)state;
    save_ramp();
    struct wav_reader *reader;
    assert_int_equal(wav_open(&reader, path), ERR_OK);
    assert_int_equal(wav_rate_hz(reader), RATE_HZ);
    int16_t block[777];
    size_t total = 0, got;
    while ((got = wav_read(reader, block, 777)) > 0)
        total += got;
    wav_close(reader);
    assert_int_equal(total, COUNT);
}

/* A recording whose writer was killed: what is there is read. */
static void test_torn(void **state)
{
    (void)state;
    save_ramp();
    assert_int_equal(truncate(path, 44 + 2001), 0);
    struct pcm back;
    assert_int_equal(wav_load(&back, path), ERR_OK);
    assert_int_equal(back.count, 1000);
    pcm_wipe(&back);
}

static void test_refused(void **state)
{
    (void)state;
    struct pcm pcm;
    assert_int_equal(wav_load(&pcm, "/tmp/no-such-directory/a.wav"), ERR_MISSING);
    assert_int_equal(wav_load(&pcm, directory), ERR_FORMAT);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("this is not sound", file);
    fclose(file);
    assert_int_equal(wav_load(&pcm, path), ERR_FORMAT);
    pcm_init(&pcm, RATE_HZ);
    assert_int_equal(wav_save("/tmp/no-such-directory/a.wav", &pcm), ERR_MISSING);
}

/* Two channels become their mean: made by hand, so that it does not depend on our own writer. */
static void test_stereo(void **state)
{
    (void)state;
    static const unsigned char bytes[] =
        "RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0\x40\x1f\0\0\0\x7d\0\0"
        "\x04\0\x10\0data\x08\0\0\0\xe8\x03\xd0\x07\x18\xfc\x18\xfc";
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, 52, file), 52);
    fclose(file);
    struct pcm pcm;
    assert_int_equal(wav_load(&pcm, path), ERR_OK);
    assert_int_equal(pcm.rate_hz, 8000);
    assert_int_equal(pcm.count, 2);
    assert_int_equal(pcm.samples[0], 1500);
    assert_int_equal(pcm.samples[1], -1000);
    pcm_wipe(&pcm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_stream),
        cmocka_unit_test(test_read_pieces),
        cmocka_unit_test(test_torn),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_stereo),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
