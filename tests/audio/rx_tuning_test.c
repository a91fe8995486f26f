/* dabyl-rx tuned wrong, with a sound card's clock that is off, from the middle of a frame on: two newsrooms' bulletins, and then text
 * and voice, which their demodulators would not find there by themselves.
 */
#include "audio/carousel.h"
#include "audio/datac.h"
#include "audio/mfsk.h"
#include "audio/voice.h"
#include "tests/audio/channel.h"
#include "tests/audio/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OUTPUT_SIZE 32768
#define NEWSROOMS 2
#define BULLETINS 3 /* the first newsroom sends two of them */
#define FIRST_NUMBER 50
#define VOICE_S 6
#define TEXT "DABYL 50: LEAVE THE LOWER VALLEY"

static struct newsroom newsrooms[NEWSROOMS];
static struct pcm air;

static void add(struct carousel *carousel, const struct sealed *sealed, bool first)
{
    const struct carousel_item item = {
        .bytes = sealed->bytes, .size = sealed->size, .first = first};
    assert_int_equal(carousel_add(carousel, &item), ERR_OK);
}

/* One round, and what may be lost of it by tuning in late. */
static void append_data(void)
{
    struct carousel carousel;
    struct datac_modulator *modulator = datac_modulator_new();
    carousel_init(&carousel);
    for (unsigned i = 0; i < BULLETINS; i++) {
        const struct newsroom *from = &newsrooms[i % NEWSROOMS];
        struct bulletin bulletin = newsroom_bulletin(from, FIRST_NUMBER + i);
        struct sealed sealed = newsroom_seal(from, &bulletin, 0x3);
        add(&carousel, &sealed, false);
    }
    for (unsigned i = 0; i < NEWSROOMS; i++) {
        struct sealed roster = newsroom_seal_roster(&newsrooms[i]);
        add(&carousel, &roster, false);
    }
    for (unsigned left = carousel_round(&carousel) + BULLETINS + NEWSROOMS; left > 0; left--) {
        uint8_t frame[FRAME_SIZE];
        assert_int_equal(carousel_next(&carousel, frame), ERR_OK);
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
}

static void append_voice(void)
{
    struct pcm speech, voice;
    pcm_init(&speech, VOICE_RATE_HZ);
    for (int i = 0; i < VOICE_S * VOICE_RATE_HZ; i++)
        pcm_append(&speech, &(int16_t){(int16_t)(i % 80 < 4 ? 20000 : -1000)}, 1);
    assert_int_equal(voice_encode(&voice, &speech, VOICE_700D, NULL), ERR_OK);
    pcm_append(&air, voice.samples, voice.count);
    pcm_wipe(&speech);
    pcm_wipe(&voice);
}

static int start(void **state)
{
    for (uint8_t i = 0; i < NEWSROOMS; i++)
        newsroom_make(&newsrooms[i], (uint8_t)(i + 1));
    pcm_init(&air, DATAC_RATE_HZ);
    append_data();
    mfsk_append(&air, TEXT "\n", 12000);
    append_voice();
    pcm_append_silence(&air, 2000);
    return channel_start(state);
}

static int stop(void **state)
{
    pcm_wipe(&air);
    return channel_stop(state);
}

static void check_said(const char *output, const char *text)
{
    if (!strstr(output, text))
        fail_msg("\"%s\" is not in:\n%s", text, output);
}

static void check_voice(void)
{
    struct pcm voice;
    char path[CHANNEL_PATH_SIZE];
    channel_file(path, "in.wav");
    assert_int_equal(wav_load(&voice, path), ERR_OK);
    assert_in_range(voice.count, (VOICE_S - 2) * VOICE_RATE_HZ, (VOICE_S + 4) * VOICE_RATE_HZ);
    assert_true(pcm_rms(&voice) > 500);
    pcm_wipe(&voice);
}

static void listen(const char *channel)
{
    static char output[OUTPUT_SIZE];
    struct pcm heard;
    char program[CHANNEL_PATH_SIZE], in[CHANNEL_PATH_SIZE], out[CHANNEL_PATH_SIZE];
    char command[CHANNEL_COMMAND_SIZE];
    assert_int_equal(channel_play(&heard, &air, channel), 0);
    pcm_wipe(&heard);
    channel_program(program, "dabyl-rx");
    channel_file(in, "out.wav");
    channel_file(out, "in.wav"); /* no longer needed: the voice takes its place */
    snprintf(command, sizeof command,
        "'%s' --now %lld --fingerprint %s --fingerprint %s --json --voice '%s' '%s' 2>/dev/null",
        program, (long long)NEWSROOM_SENT_S + 600, newsrooms[0].fingerprint,
        newsrooms[1].fingerprint, out, in);
    assert_int_equal(channel_shell(output, sizeof output, command), 0);
    for (unsigned i = 0; i < BULLETINS; i++) {
        char number[32];
        snprintf(number, sizeof number, "\"number\":%u,", FIRST_NUMBER + i);
        check_said(output, number);
    }
    check_said(output, "{\"text\":\"" TEXT "\",\"mode\":\"mfsk32\",\"verified\":false}");
    assert_null(strstr(strstr(output, "\"number\""), "\"reason\""));
    check_voice();
}

static void test_too_high(void **state)
{
    (void)state;
    listen("--snr 6 --offset 300 --ppm 200 --from 1.7");
}

static void test_too_low(void **state)
{
    (void)state;
    listen("--snr 6 --offset -300 --ppm -200 --from 2.9 --seed 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_too_high),
        cmocka_unit_test(test_too_low),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
