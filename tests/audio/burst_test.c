/* Bursts out of sound, and the library's own receiver beside ours on the same sound. */
#include "audio/burst.h"
#include "audio/datac.h"
#include "tests/audio/channel.h"

#include <codec2/freedv_api.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FRAMES 12

static unsigned char payloads[FRAMES][DATAC_PAYLOAD_SIZE];

static void make_sound(struct pcm *pcm)
{
    struct datac_modulator *modulator = datac_modulator_new();
    uint32_t seed = 5;

    pcm_init(pcm, DATAC_RATE_HZ);
    pcm_append_silence(pcm, 500);
    for (unsigned frame = 0; frame < FRAMES; frame++) {
        for (unsigned i = 0; i < DATAC_PAYLOAD_SIZE; i++) {
            seed = seed * 1664525 + 1013904223;
            payloads[frame][i] = (uint8_t)(seed >> 24);
        }
        datac_modulate(modulator, pcm, payloads[frame], DATAC_GAP_MS);
    }
    pcm_append_silence(pcm, DATAC_FLUSH_MS);
    datac_modulator_free(modulator);
}

static bool is_sent(const uint8_t *payload)
{
    for (unsigned frame = 0; frame < FRAMES; frame++)
        if (memcmp(payloads[frame], payload, DATAC_PAYLOAD_SIZE) == 0)
            return true;
    return false;
}

static void count_packet(void *arg, const struct datac_packet *packet)
{
    unsigned *count = arg;

    assert_true(is_sent(packet->payload));
    (*count)++;
}

static unsigned hear_ours(const struct pcm *pcm)
{
    unsigned count = 0;
    struct datac_demodulator *demodulator = datac_demodulator_new(count_packet, &count);

    datac_demodulate(demodulator, pcm->samples, pcm->count);
    datac_demodulator_free(demodulator);
    return count;
}

/* As upstream's freedv_data_raw_rx does it. */
static unsigned hear_library(const struct pcm *pcm)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_DATAC3);
    unsigned count = 0;
    size_t at = 0;

    assert_non_null(freedv);
    freedv_set_frames_per_burst(freedv, 1);
    for (;;) {
        size_t wanted = (size_t)freedv_nin(freedv);
        uint8_t bytes[BURST_PACKET_SIZE];
        int16_t samples[16384];

        if (at + wanted > pcm->count)
            break;
        assert_in_range(wanted, 0, sizeof samples / sizeof samples[0]);
        memcpy(samples, pcm->samples + at, wanted * sizeof samples[0]);
        at += wanted;
        if (freedv_rawdatarx(freedv, bytes, samples) == BURST_PACKET_SIZE)
            count += is_sent(bytes);
    }
    freedv_close(freedv);
    return count;
}

static void compare(unsigned *ours, unsigned *library, const char *channel)
{
    struct pcm sent, air;

    make_sound(&sent);
    assert_int_equal(channel_play(&air, &sent, channel), 0);
    *ours = hear_ours(&air);
    *library = hear_library(&air);
    print_message("%s: ours %u, library %u of %u\n", channel, *ours, *library, FRAMES);
    pcm_wipe(&sent);
    pcm_wipe(&air);
}

/* What we send is what upstream's receiver takes. */
static void library_reads_what_we_send(void **state)
{
    unsigned ours, library;

    (void)state;
    compare(&ours, &library, "--snr 10 --seed 1");
    assert_int_equal(ours, FRAMES);
    assert_int_equal(library, FRAMES);
}

static void weak_and_fading_bursts_are_heard(void **state)
{
    unsigned ours, library;

    (void)state;
    compare(&ours, &library, "--snr -5 --seed 2");
    assert_in_range(ours, FRAMES - 2, FRAMES);
    assert_in_range(library, 0, 2);
    compare(&ours, &library, "--snr 0 --fading mpp --seed 2");
    assert_in_range(ours, FRAMES - 1, FRAMES);
    assert_true(ours >= library);
    compare(&ours, &library, "--snr -3 --seed 4 --offset 290 --ppm 150");
    assert_in_range(ours, FRAMES - 1, FRAMES);
    compare(&ours, &library, "--snr -3 --seed 5 --offset -245 --ppm -150");
    assert_in_range(ours, FRAMES - 1, FRAMES);
}

/* A code word passes, one with errors is mended, noise is not taken for one. */
static void code_mends_errors(void **state)
{
    static struct ldpc ldpc;
    static uint8_t code[LDPC_CODE_BITS];
    static float likely[LDPC_CODE_BITS];
    uint32_t seed = 9;

    (void)state;
    ldpc_init(&ldpc);
    for (unsigned i = 0; i < LDPC_DATA_BITS; i++)
        code[i] = i * 7 % 3 == 0;
    ldpc_encode(code, &ldpc);
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++)
        likely[i] = (code[i] ? -2.0f : 2.0f) * (i % 13 == 0 ? -1.0f : 1.0f);
    assert_true(ldpc_decode(&ldpc, likely, 40));
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++)
        assert_int_equal(likely[i] < 0.0f, code[i]);
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++) {
        seed = seed * 1664525 + 1013904223;
        likely[i] = (float)(seed >> 8) / 8388608.0f - 1.0f;
    }
    assert_false(ldpc_decode(&ldpc, likely, 40));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_mends_errors),
        cmocka_unit_test(library_reads_what_we_send),
        cmocka_unit_test(weak_and_fading_bursts_are_heard),
    };

    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
