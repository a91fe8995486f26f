/* Fast bursts (datac1), by the real codec2, through the real channel simulator. */
#include "audio/fast_rx.h"
#include "tests/audio/channel.h"

#include <codec2/freedv_api.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define HEARD_MAX 16
#define PACKET_SIZE (DATAC_FAST_PAYLOAD_SIZE + 2)

struct heard {
    unsigned count;
    struct fast_rx_packet packets[HEARD_MAX];
    struct fast_rx_counts counts;
};

static void take_packet(void *arg, const struct fast_rx_packet *packet)
{
    struct heard *heard = arg;
    assert_true(heard->count < HEARD_MAX);
    heard->packets[heard->count++] = *packet;
}

static void fill_payload(uint8_t payload[DATAC_FAST_PAYLOAD_SIZE], unsigned number)
{
    for (unsigned i = 0; i < DATAC_FAST_PAYLOAD_SIZE; i++)
        payload[i] = (uint8_t)(number * 37 + i * i / 3);
}

/* Silence, then count bursts. */
static struct pcm send(unsigned count)
{
    struct pcm out;
    uint8_t payload[DATAC_FAST_PAYLOAD_SIZE];
    struct datac_modulator *modulator = datac_fast_modulator_new();
    pcm_init(&out, DATAC_RATE_HZ);
    pcm_append_silence(&out, 500);
    for (unsigned i = 0; i < count; i++) {
        fill_payload(payload, i);
        datac_fast_modulate(modulator, &out, payload, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    return out;
}

/* Pieces of any size must do, so they are uneven here. */
static struct heard receive(const struct pcm *sound)
{
    static const int16_t silence[DATAC_RATE_HZ * DATAC_FLUSH_MS / 1000];
    struct heard heard = {0};
    struct fast_rx *rx = fast_rx_new(take_packet, &heard);
    for (size_t at = 0, size = 1; at < sound->count; at += size, size = size * 7 % 3001 + 1) {
        size = size < sound->count - at ? size : sound->count - at;
        fast_rx_take(rx, sound->samples + at, size);
    }
    fast_rx_take(rx, silence, sizeof silence / sizeof silence[0]);
    assert_false(fast_rx_synced(rx));
    heard.counts = fast_rx_count(rx);
    fast_rx_free(rx);
    return heard;
}

static void check_payload(const struct fast_rx_packet *packet, unsigned number)
{
    uint8_t payload[DATAC_FAST_PAYLOAD_SIZE];
    fill_payload(payload, number);
    assert_memory_equal(packet->payload, payload, sizeof payload);
}

static struct heard exchange(unsigned count, const char *options)
{
    struct pcm sent = send(count), got;
    assert_int_equal(channel_play(&got, &sent, options), 0);
    struct heard heard = receive(&got);
    pcm_wipe(&sent);
    pcm_wipe(&got);
    return heard;
}

static void test_clean(void **state)
{
    (void)state;
    struct pcm sound = send(3);
    assert_int_equal(sound.count, DATAC_RATE_HZ / 2 + 3 * datac_fast_burst_samples(DATAC_GAP_MS));
    assert_in_range(pcm_peak(&sound), 12000, 20000);
    struct heard heard = receive(&sound);
    assert_int_equal(heard.count, 3);
    for (unsigned i = 0; i < 3; i++) {
        size_t end = DATAC_RATE_HZ / 2 + (i + 1) * datac_fast_burst_samples(DATAC_GAP_MS);
        check_payload(&heard.packets[i], i);
        assert_true(heard.packets[i].snr_db > 10);
        assert_in_range(heard.packets[i].at, end - DATAC_RATE_HZ, end + DATAC_RATE_HZ / 2);
    }
    assert_int_equal(heard.counts.bad, 0);
    pcm_wipe(&sound);
}

/* What it is said to need; the estimates are near the truth. */
static void test_still_one_db(void **state)
{
    (void)state;
    struct heard heard = exchange(4, "--snr 1 --offset 20 --seed 2");
    assert_int_equal(heard.count, 4);
    for (unsigned i = 0; i < 4; i++) {
        check_payload(&heard.packets[i], i);
        assert_true(fabs(heard.packets[i].snr_db - 1) < 3);
        assert_true(fabs(heard.packets[i].offset_hz - 20) < 3);
    }
}

static void test_tolerance(void **state)
{
    (void)state;
    assert_int_equal(exchange(2, "--snr 8 --offset 45").count, 2);
    assert_int_equal(exchange(2, "--snr 8 --offset -45").count, 2);
    assert_int_equal(exchange(2, "--fm-cn 9").count, 2);
}

/* Tuned in during the second of three: the third comes, and so it does when a gap has taken what is before its end. */
static void test_late(void **state)
{
    (void)state;
    struct heard heard = exchange(3, "--snr 8 --from 7");
    assert_in_range(heard.count, 1, 2);
    check_payload(&heard.packets[heard.count - 1], 2);
    heard = exchange(3, "--snr 8 --gap 6:2");
    assert_int_equal(heard.count, 2);
    check_payload(&heard.packets[1], 2);
}

/* Noise, silence and our other bursts are none, and cost nothing. */
static void test_nothing(void **state)
{
    (void)state;
    struct pcm sound, noisy;
    uint8_t payload[DATAC_PAYLOAD_SIZE] = {1, 2, 3};
    struct datac_modulator *modulator = datac_modulator_new();
    pcm_init(&sound, DATAC_RATE_HZ);
    datac_modulate(modulator, &sound, payload, 5000);
    datac_modulate(modulator, &sound, payload, 0);
    datac_modulator_free(modulator);
    struct heard heard = receive(&sound);
    assert_int_equal(heard.count + heard.counts.bad + heard.counts.fed, 0);
    assert_int_equal(channel_play(&noisy, &sound, "--snr 3"), 0);
    heard = receive(&noisy);
    assert_int_equal(heard.count + heard.counts.bad + heard.counts.fed, 0);
    pcm_wipe(&sound);
    pcm_wipe(&noisy);
}

/* In a channel too bad for it, packets fail, are counted, and none comes out wrong. */
static void test_hopeless(void **state)
{
    (void)state;
    struct heard heard = exchange(3, "--snr -1");
    assert_in_range(heard.counts.bad, 1, 3);
    assert_int_equal(heard.counts.good, heard.count);
    for (unsigned i = 0; i < heard.count; i++)
        assert_int_equal(heard.packets[i].payload[0] % 37, 0);
}

/* As upstream's freedv_data_raw_rx reads: what codec2 asks for, until a packet comes. */
static void test_upstream_reads_it(void **state)
{
    (void)state;
    struct pcm sound = send(2);
    struct freedv *freedv = freedv_open(FREEDV_MODE_DATAC1);
    uint8_t packet[PACKET_SIZE], payload[DATAC_FAST_PAYLOAD_SIZE];
    unsigned count = 0;
    pcm_append_silence(&sound, 1000);
    freedv_set_frames_per_burst(freedv, 1);
    for (size_t at = 0; at + (size_t)freedv_nin(freedv) <= sound.count;) {
        size_t want = (size_t)freedv_nin(freedv);
        int size = freedv_rawdatarx(freedv, packet, sound.samples + at);
        at += want;
        if (size == 0)
            continue;
        assert_int_equal(size, PACKET_SIZE);
        fill_payload(payload, count++);
        assert_memory_equal(packet, payload, sizeof payload);
        unsigned short crc = freedv_gen_crc16(payload, DATAC_FAST_PAYLOAD_SIZE);
        assert_int_equal(packet[PACKET_SIZE - 2] << 8 | packet[PACKET_SIZE - 1], crc);
    }
    assert_int_equal(count, 2);
    freedv_close(freedv);
    pcm_wipe(&sound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_still_one_db),
        cmocka_unit_test(test_tolerance),
        cmocka_unit_test(test_late),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_hopeless),
        cmocka_unit_test(test_upstream_reads_it),
    };
    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
