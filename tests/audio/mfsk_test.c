/* MFSK32, both ways, through the channel; that the real fldigi reads it is tests/peers' to show. */
#include "audio/mfsk_code.h"
#include "audio/mfsk_rx.h"
#include "tests/audio/channel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PEAK 8000.0
#define SILENCE_MS 1500
#define HEARD_MAX 4096
#define TEXT                                                                                       \
    "AZAT No41 23:05 SHOOTING: Almaty, Bostandyk. Stay inside, lock the doors. Until 06:00. "      \
    "(7Q2K)"

static void add_line(void *arg, const char *line)
{
    char *heard = arg;
    size_t used = strlen(heard);

    snprintf(heard + used, HEARD_MAX - used, "%s\n", line);
}

static void hear(char heard[HEARD_MAX], const struct pcm *pcm)
{
    struct mfsk_rx *rx = mfsk_rx_new(add_line, heard);

    heard[0] = '\0';
    for (size_t at = 0; at < pcm->count; at += 777)
        mfsk_rx_take(rx, pcm->samples + at, pcm->count - at < 777 ? pcm->count - at : 777);
    mfsk_rx_finish(rx);
    mfsk_rx_free(rx);
}

static void make(struct pcm *pcm, const char *text)
{
    pcm_init(pcm, MFSK_RATE_HZ);
    pcm_append_silence(pcm, SILENCE_MS);
    mfsk_append(pcm, text, PEAK);
    pcm_append_silence(pcm, SILENCE_MS);
}

/* Each code begins with 1 and ends with 00, and no 001 is inside: so that codes can be told apart without a length. */
static void codes_can_be_told_apart(void **state)
{
    (void)state;
    for (int c = 0; c < 128; c++) {
        uint16_t code = mfsk_code_encode((char)c);
        unsigned count = mfsk_code_count(code);

        assert_in_range(count, 3, MFSK_CODE_BITS_MAX);
        assert_int_equal(code & 3u, 0);
        for (unsigned i = 0; i + 3 <= count; i++)
            assert_int_not_equal((unsigned)code >> i & 7u, 1);
        assert_int_equal(mfsk_code_decode(code), c);
    }
    assert_int_equal(mfsk_code_encode('\x80'), 0);
    assert_int_equal(mfsk_code_decode(0x005), -1);
    assert_int_equal(mfsk_code_encode('e'), 0x008); /* "1000", as published */
    assert_int_equal(mfsk_code_encode('Z'), 0x1b8); /* "110111000" */
}

static void length_is_known_before(void **state)
{
    struct pcm pcm;

    (void)state;
    pcm_init(&pcm, MFSK_RATE_HZ);
    mfsk_append(&pcm, TEXT, PEAK);
    assert_int_equal(pcm.count, mfsk_count_samples(TEXT));
    assert_in_range(pcm_peak(&pcm), (int)PEAK - 20, (int)PEAK);
    pcm_wipe(&pcm);
}

/* Behind a line that may be lost while the receiver finds its place. */
static void every_character_is_heard(void **state)
{
    struct pcm pcm;
    char text[128] = "dabyl ", heard[HEARD_MAX];
    size_t used = strlen(text);

    (void)state;
    for (int c = ' '; c < 0x7f; c++)
        text[used++] = (char)c;
    make(&pcm, text);
    hear(heard, &pcm);
    if (!strstr(heard, strchr(text, '!')))
        fail_msg("heard: %s", heard);
    pcm_wipe(&pcm);
}

static void is_heard_through(const char *channel)
{
    struct pcm pcm, air;
    char heard[HEARD_MAX];

    make(&pcm, "dabyl dabyl dabyl dabyl " TEXT);
    assert_int_equal(channel_play(&air, &pcm, channel), 0);
    hear(heard, &air);
    if (!strstr(heard, TEXT))
        fail_msg("through %s was heard: %s", channel, heard);
    pcm_wipe(&pcm);
    pcm_wipe(&air);
}

static void noise_and_fading_are_borne(void **state)
{
    (void)state;
    is_heard_through("--snr -11 --seed 3");
    is_heard_through("--snr 0 --fading mpp --seed 5");
}

static void mistuning_is_found(void **state)
{
    (void)state;
    is_heard_through("--snr -6 --seed 3 --offset 13 --ppm 100");
    is_heard_through("--snr -6 --seed 4 --offset -60");
    is_heard_through("--snr -6 --seed 5 --offset 95 --ppm -100");
}

static void noise_says_next_to_nothing(void **state)
{
    struct pcm pcm, air;
    char heard[HEARD_MAX];

    (void)state;
    pcm_init(&pcm, MFSK_RATE_HZ);
    make(&pcm, "dabyl");
    pcm_append_silence(&pcm, 180000);
    assert_int_equal(channel_play(&air, &pcm, "--snr -30 --seed 9"), 0);
    hear(heard, &air);
    assert_in_range(strlen(heard), 0, 40);
    pcm_wipe(&pcm);
    pcm_wipe(&air);
}

static void any_text_becomes_ascii(void **state)
{
    char ascii[64];

    (void)state;
    assert_int_equal(mfsk_print_ascii(ascii, sizeof ascii, "№41 «Zhärdem» ñ ü – ж"), ERR_OK);
    assert_string_equal(ascii, "No41 \"Zhardem\" n u - ?");
    assert_int_equal(mfsk_print_ascii(ascii, 4, "abcd"), ERR_LONG);
    assert_int_equal(mfsk_print_ascii(ascii, sizeof ascii, "\xff"), ERR_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_can_be_told_apart),
        cmocka_unit_test(length_is_known_before),
        cmocka_unit_test(every_character_is_heard),
        cmocka_unit_test(noise_and_fading_are_borne),
        cmocka_unit_test(mistuning_is_found),
        cmocka_unit_test(noise_says_next_to_nothing),
        cmocka_unit_test(any_text_becomes_ascii),
    };

    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
