/* The data modem, by the real codec2, through the real channel simulator. */
#include "audio/datac.h"
#include "audio/mfsk.h"
#include "tests/audio/channel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEARD_MAX 64

struct heard {
    unsigned count;
    struct datac_packet packets[HEARD_MAX];
    struct datac_counts counts;
};

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct heard *heard = arg;
    if (heard->count < HEARD_MAX)
        heard->packets[heard->count++] = *packet;
}

static void fill_payload(uint8_t payload[DATAC_PAYLOAD_SIZE], unsigned number)
{
    for (unsigned i = 0; i < DATAC_PAYLOAD_SIZE; i++)
        payload[i] = (uint8_t)(number * 37 + i * i);
}

static struct pcm send(unsigned count)
{
    struct pcm out;
    uint8_t payload[DATAC_PAYLOAD_SIZE];
    struct datac_modulator *modulator = datac_modulator_new();
    pcm_init(&out, DATAC_RATE_HZ);
    for (unsigned i = 0; i < count; i++) {
        fill_payload(payload, i);
        datac_modulate(modulator, &out, payload, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    return out;
}

/* Pieces of any size must do, so they are uneven here. */
static struct heard receive(const struct pcm *sound)
{
    struct heard heard = {0};
    struct datac_demodulator *demodulator = datac_demodulator_new(take_packet, &heard);
    for (size_t at = 0, size = 1; at < sound->count; at += size, size = size * 7 % 3001 + 1) {
        size = size < sound->count - at ? size : sound->count - at;
        datac_demodulate(demodulator, sound->samples + at, size);
    }
    static const int16_t silence[DATAC_RATE_HZ * DATAC_FLUSH_MS / 1000];
    datac_demodulate(demodulator, silence, sizeof silence / sizeof silence[0]);
    heard.counts = datac_count(demodulator);
    datac_demodulator_free(demodulator);
    return heard;
}

static void check_payload(const struct datac_packet *packet, unsigned number)
{
    uint8_t payload[DATAC_PAYLOAD_SIZE];
    fill_payload(payload, number);
    assert_memory_equal(packet->payload, payload, DATAC_PAYLOAD_SIZE);
}

/* Sends count packets through the channel and hears them; those that came must be right and in order. */
static struct heard exchange(unsigned count, const char *options)
{
    struct pcm sent = send(count), got;
    assert_int_equal(channel_play(&got, &sent, options), 0);
    struct heard heard = receive(&got);
    unsigned number = 0;
    for (unsigned i = 0; i < heard.count; i++, number++) {
        uint8_t payload[DATAC_PAYLOAD_SIZE];
        for (fill_payload(payload, number);
             memcmp(heard.packets[i].payload, payload, DATAC_PAYLOAD_SIZE) && number < count;)
            fill_payload(payload, ++number);
        assert_true(number < count);
    }
    pcm_wipe(&sent);
    pcm_wipe(&got);
    return heard;
}

static void test_clean(void **state)
{
    (void)state;
    struct pcm sound = send(2);
    assert_in_range(sound.count, 2 * 3.3 * DATAC_RATE_HZ, 2 * 3.7 * DATAC_RATE_HZ);
    assert_in_range(pcm_peak(&sound), 12000, 20000);
    struct heard heard = receive(&sound);
    assert_int_equal(heard.count, 2);
    check_payload(&heard.packets[0], 0);
    check_payload(&heard.packets[1], 1);
    assert_true(heard.packets[0].snr_db > 6);
    assert_true(heard.packets[0].at < sound.count / 2 + DATAC_RATE_HZ / 2);
    pcm_wipe(&sound);
}

/* No frame is lost in 0 dB of still noise, and the estimates are near the truth. */
static void test_still_zero_db(void **state)
{
    (void)state;
    struct heard heard = exchange(6, "--snr 0 --offset 20");
    assert_int_equal(heard.count, 6);
    assert_int_equal(heard.counts.good, 6);
    for (unsigned i = 0; i < heard.count; i++) {
        assert_true(fabs(heard.packets[i].snr_db) < 3);
        assert_true(fabs(heard.packets[i].offset_hz - 20) < 3);
    }
}

static void test_tolerance(void **state)
{
    (void)state;
    assert_int_equal(exchange(2, "--snr 3 --offset 45").count, 2);
    assert_int_equal(exchange(2, "--snr 3 --offset -45").count, 2);
    assert_int_equal(exchange(2, "--snr 3 --ppm 150").count, 2);
}

/* Tuned in during the second of three frames: the third comes, no wrong one does. */
static void test_late(void **state)
{
    (void)state;
    struct heard heard = exchange(3, "--snr 0 --from 5.5");
    assert_in_range(
        heard.count, 1, 2); /* the postamble can bring back a frame whose start was missed */
    check_payload(&heard.packets[heard.count - 1], 2);
}

static void test_level(void **state)
{
    (void)state;
    struct pcm sound = send(1);
    pcm_scale(&sound, 0.005);
    struct heard heard = receive(&sound);
    assert_int_equal(heard.count, 1);
    pcm_wipe(&sound);
}

/* Noise, silence and a tone are no packets. */
static void test_nothing(void **state)
{
    (void)state;
    struct pcm sound;
    pcm_init(&sound, DATAC_RATE_HZ);
    pcm_append_silence(&sound, 3000);
    uint32_t seed = 1;
    for (unsigned i = 0; i < 10 * DATAC_RATE_HZ; i++) {
        seed = seed * 1664525 + 1013904223;
        int16_t noise = (int16_t)(seed >> 16);
        int16_t tone = (int16_t)(8000 * sin(1500 * 6.283185307179586 * i / DATAC_RATE_HZ));
        pcm_append(&sound, i < 5 * DATAC_RATE_HZ ? &noise : &tone, 1);
    }
    assert_int_equal(receive(&sound).count, 0);
    pcm_wipe(&sound);
}

/* After noise longer than anything that is kept come a burst, and another one whose beginning is not there. */
static void test_after_noise(void **state)
{
    (void)state;
    struct pcm sound, got, bursts = send(2);
    size_t burst = bursts.count / 2, beginning = DATAC_RATE_HZ / 10;
    pcm_init(&sound, DATAC_RATE_HZ);
    pcm_append_silence(&sound, 11000);
    pcm_append(&sound, bursts.samples, burst);
    pcm_append_silence(&sound, 11000);
    size_t second = sound.count;
    pcm_append(&sound, NULL, beginning);
    pcm_append(&sound, bursts.samples + burst + beginning, burst - beginning);
    assert_int_equal(channel_play(&got, &sound, "--snr 0"), 0);
    struct heard heard = receive(&got);
    assert_int_equal(heard.count, 2);
    check_payload(&heard.packets[0], 0);
    check_payload(&heard.packets[1], 1);
    assert_in_range(heard.packets[1].at, second + burst / 2, second + burst + DATAC_RATE_HZ / 2);
    pcm_wipe(&sound);
    pcm_wipe(&got);
    pcm_wipe(&bursts);
}

/* In a channel too bad for it, packets fail, are counted, and none comes out wrong. */
static void test_hopeless(void **state)
{
    (void)state;
    struct heard heard = exchange(4, "--snr -6");
    assert_true(heard.count < 3);
    assert_true(heard.counts.good == heard.count);
    heard = exchange(4, "--snr -9 --fading mpp");
    assert_int_equal(heard.count, 0);
    assert_in_range(heard.counts.bad, 1, 4);
}

static void check_no_failed(struct pcm *sound)
{
    struct heard heard = receive(sound);
    pcm_wipe(sound);
    assert_int_equal(heard.count, 0);
    assert_int_equal(heard.counts.bad, 0);
}

/* Text has tones where a burst has carriers, and a programme begins with one: what resembles a burst there is no failed packet. */
static void test_resembling(void **state)
{
    (void)state;
    struct pcm sound;
    for (int hz = 1250; hz <= 1750; hz += 250) {
        pcm_init(&sound, DATAC_RATE_HZ);
        pcm_append_silence(&sound, 1000);
        for (int i = 0; i < 2 * DATAC_RATE_HZ; i++) {
            double angle = 2 * M_PI * hz * i / DATAC_RATE_HZ;
            pcm_append(&sound, &(int16_t){(int16_t)(12000 * sin(angle))}, 1);
        }
        pcm_append_silence(&sound, 3000);
        check_no_failed(&sound);
    }
    pcm_init(&sound, DATAC_RATE_HZ);
    pcm_append_silence(&sound, 1000);
    mfsk_append(&sound, "DABYL 41: LEAVE THE LOWER VALLEY AT ONCE, CALL 112\n", 12000);
    check_no_failed(&sound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_still_zero_db),
        cmocka_unit_test(test_tolerance),
        cmocka_unit_test(test_late),
        cmocka_unit_test(test_level),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_after_noise),
        cmocka_unit_test(test_hopeless),
        cmocka_unit_test(test_resembling),
    };
    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
