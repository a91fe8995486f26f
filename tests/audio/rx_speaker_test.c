/* A speaker that is pulled out and comes back: the real libasound, playing into a file. */
#include "audio/rx_speaker.h"
#include "tests/audio/unplugged.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RATE_HZ 8000
#define PATH_SIZE 64
#define PIECE 1000

static char folder[] = "/tmp/rx_speaker_testXXXXXX";
static char played[PATH_SIZE], gone[PATH_SIZE], conf[PATH_SIZE];
static struct rx_speaker *speaker;
static int64_t now_ms;

static int start(void **state)
{
    char paths[2 * PATH_SIZE];
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    (void)snprintf(played, sizeof played, "%s/played.raw", folder);
    (void)snprintf(gone, sizeof gone, "%s/gone", folder);
    (void)snprintf(conf, sizeof conf, "%s/asound.conf", folder);
    (void)snprintf(paths, sizeof paths, "/usr/share/alsa/alsa.conf:%s", conf);
    FILE *file = fopen(conf, "w");
    if (!file)
        return -1;
    (void)fprintf(
        file, "pcm.air { type file slave.pcm null file \"|cat >>%s\" format raw }\n", played);
    (void)fclose(file);
    return setenv("ALSA_CONFIG_PATH", paths, 1) || setenv("CARD_GONE", gone, 1);
}

static int stop(void **state)
{
    (void)state;
    (void)unlink(played);
    (void)unlink(conf);
    (void)unlink(gone);
    return rmdir(folder);
}

static void pull_out(void)
{
    FILE *file = fopen(gone, "w");
    assert_non_null(file);
    (void)fclose(file);
}

static void push(int16_t value)
{
    int16_t samples[PIECE];
    for (size_t i = 0; i < PIECE; i++)
        samples[i] = value;
    rx_speaker_push(speaker, samples, PIECE, now_ms);
}

/* How many samples of this value were played. */
static size_t count_played(int16_t value)
{
    int16_t sample;
    size_t count = 0;
    FILE *file = fopen(played, "rb");
    if (!file)
        return 0;
    while (fread(&sample, sizeof sample, 1, file) == 1)
        count += sample == value;
    (void)fclose(file);
    return count;
}

static void test_pulled_out(void **state)
{
    (void)state;
    assert_int_equal(rx_speaker_open(&speaker, "air", RATE_HZ), ERR_OK);
    push(1);
    assert_false(rx_speaker_lost(speaker));
    pull_out();
    push(2);
    assert_true(rx_speaker_lost(speaker));
    now_ms += RX_SPEAKER_RETRY_MS - 1;
    assert_int_equal(unlink(gone), 0);
    push(3); /* it is back, but not asked for yet */
    assert_true(rx_speaker_lost(speaker));
    now_ms++;
    push(4);
    assert_false(rx_speaker_lost(speaker));
    rx_speaker_close(speaker);
    for (int16_t value = 1; value <= 4; value++)
        assert_int_equal(count_played(value), value == 1 || value == 4 ? PIECE : 0);
}

/* No card, no speaker. */
static void test_none(void **state)
{
    (void)state;
    pull_out();
    assert_int_equal(rx_speaker_open(&speaker, "air", RATE_HZ), ERR_DEVICE);
    assert_int_equal(unlink(gone), 0);
    assert_int_equal(rx_speaker_open(&speaker, "nosuchcard", RATE_HZ), ERR_DEVICE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pulled_out),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
