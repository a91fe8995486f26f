#include "audio/datac.h"
#include "audio/shape.h"
#include "audio/speech.h"
#include "audio/tone.h"
#include "audio/voice.h"
#include "tests/audio/channel.h"

#include <codec2/freedv_api.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEXT "Алматы орталығында атыс болып жатыр. Көшеге шықпаңыз."
#define NOISE_SEED 2463534242u
#define STOCK_TEXT_SIZE 256
#define STOCK_FRAME_MAX 2048 /* samples */

static void say(struct pcm *speech)
{
    assert_int_equal(speech_say(speech, TEXT, BULLETIN_KK, VOICE_RATE_HZ), ERR_OK);
}

/* Receives in pieces of a size that fits no frame. */
static void receive(struct pcm *speech, struct voice_receiver *receiver, const struct pcm *modem)
{
    const size_t piece = 777;

    pcm_init(speech, VOICE_RATE_HZ);
    for (size_t at = 0; at < modem->count; at += piece) {
        size_t left = modem->count - at;

        voice_receiver_push(receiver, speech, modem->samples + at, left < piece ? left : piece);
    }
}

/* Loudness in steps of 40 ms, so that two sounds can be compared through a vocoder. */
static double envelope(const struct pcm *pcm, size_t step)
{
    double sum = 0.0;

    for (size_t n = step * 320; n < (step + 1) * 320; n++)
        sum += n < pcm->count ? fabs((double)pcm->samples[n]) : 0.0;
    return sqrt(sum);
}

/* The best correlation of two envelopes over delays of up to two seconds. */
static double likeness(const struct pcm *a, const struct pcm *b)
{
    double best = 0.0;

    for (size_t delay = 0; delay < 50; delay++) {
        size_t steps = a->count / 320;
        double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, n = (double)steps;

        for (size_t i = 0; i < steps; i++) {
            double x = envelope(a, i), y = envelope(b, i + delay);

            sa += x;
            sb += y;
            saa += x * x;
            sbb += y * y;
            sab += x * y;
        }
        best = fmax(
            best, (n * sab - sa * sb) / sqrt(fmax(1.0, (n * saa - sa * sa) * (n * sbb - sb * sb))));
    }
    return best;
}

struct texts {
    unsigned count;
    char last[VOICE_TEXT_SIZE];
};

static void add_text(void *arg, const char *text)
{
    struct texts *texts = arg;

    texts->count++;
    snprintf(texts->last, sizeof(texts->last), "%s", text);
}

/* Every mode, as long as was said, as loud as the others, and understood again. */
static void voice_comes_through(void **state)
{
    struct pcm speech, modem, heard;

    (void)state;
    say(&speech);
    for (int i = 0; i < VOICE_MODE_COUNT; i++) {
        enum voice_mode mode = (enum voice_mode)i;
        struct voice_receiver *receiver = voice_receiver_new(mode);

        assert_int_equal(voice_encode(&modem, &speech, mode, NULL), ERR_OK);
        assert_int_equal(modem.rate_hz, VOICE_RATE_HZ);
        assert_int_equal(modem.count, voice_encoded_samples(mode, speech.count));
        assert_in_range(pcm_peak(&modem), 14000, 16384);
        assert_true(shape_crest_db(&modem) < 8.0); /* clipped for the transmitter */
        assert_non_null(receiver);
        receive(&heard, receiver, &modem);
        assert_true(voice_receiver_synced(receiver));
        assert_true(voice_receiver_snr_db(receiver) > 3.0);
        assert_true(voice_receiver_frames(receiver) * voice_frame_samples(mode) >= speech.count);
        assert_true(heard.count >= speech.count);
        assert_true(likeness(&speech, &heard) > 0.7);
        voice_receiver_free(receiver);
        pcm_wipe(&modem);
        pcm_wipe(&heard);
    }
    pcm_wipe(&speech);
}

/* Who sends is said again and again: the library's first decoding is not its last. */
static void who_sends_is_heard_beside_the_voice(void **state)
{
    struct pcm speech, modem, heard;

    (void)state;
    pcm_init(&speech, VOICE_RATE_HZ);
    pcm_append_silence(&speech, 21000);
    for (int i = 0; i < VOICE_MODE_COUNT; i++) {
        struct voice_receiver *receiver = voice_receiver_new((enum voice_mode)i);
        struct texts texts = {0};

        voice_receiver_hear_text(receiver, add_text, &texts);
        assert_int_equal(voice_encode(&modem, &speech, (enum voice_mode)i, "un7abc-10"), ERR_OK);
        receive(&heard, receiver, &modem);
        assert_in_range(texts.count, 3, 14);
        assert_string_equal(texts.last, "UN7ABC");
        voice_receiver_free(receiver);
        pcm_wipe(&modem);
        pcm_wipe(&heard);
    }
    pcm_wipe(&speech);
}

/* Of a name only what the channel can carry is sent; of one without any letter nothing. */
static void names_are_cut(void **state)
{
    static const char *const names[][2] = {
        {"Azattyq Radiosy", "AZATTYQR"}, {"-", ""}, {"\xd0\x90", ""}};
    struct pcm speech, modem, heard;

    (void)state;
    pcm_init(&speech, VOICE_RATE_HZ);
    pcm_append_silence(&speech, 5000);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct voice_receiver *receiver = voice_receiver_new(VOICE_2400B);
        struct texts texts = {0};

        voice_receiver_hear_text(receiver, add_text, &texts);
        assert_int_equal(voice_encode(&modem, &speech, VOICE_2400B, names[i][0]), ERR_OK);
        receive(&heard, receiver, &modem);
        assert_string_equal(texts.last, names[i][1]);
        voice_receiver_free(receiver);
        pcm_wipe(&modem);
        pcm_wipe(&heard);
    }
    pcm_wipe(&speech);
}

static void add_letter(void *arg, char c)
{
    char *text = arg;
    size_t used = strlen(text);

    if (used + 1 < STOCK_TEXT_SIZE)
        text[used] = c;
}

/* What other programs do: codec2 alone, at its own 48,000 samples a second. */
static void stock_receivers_hear_2400b(void **state)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_2400B);
    char text[STOCK_TEXT_SIZE] = "";
    struct pcm speech, modem, wide;
    unsigned frames = 0;

    (void)state;
    say(&speech);
    assert_int_equal(voice_encode(&modem, &speech, VOICE_2400B, "UN7ABC"), ERR_OK);
    assert_int_equal(pcm_resample(&wide, &modem, 48000), ERR_OK);
    freedv_set_callback_txt(freedv, add_letter, NULL, text);
    for (size_t at = 0; at + (size_t)freedv_nin(freedv) <= wide.count;) {
        int16_t heard[STOCK_FRAME_MAX];
        int16_t *samples = wide.samples + at;

        at += (size_t)freedv_nin(freedv);
        freedv_rx(freedv, heard, samples);
        frames += freedv_get_rx_status(freedv) == (FREEDV_RX_SYNC | FREEDV_RX_BITS);
    }
    assert_true(frames * voice_frame_samples(VOICE_2400B) >= speech.count);
    assert_non_null(strstr(text, "UN7ABC\rUN7ABC\r"));
    freedv_close(freedv);
    pcm_wipe(&speech);
    pcm_wipe(&modem);
    pcm_wipe(&wide);
}

/* Through a channel: how much of the speech was let out, and how like it is. */
static double hear_through(
    double *share, enum voice_mode mode, const struct pcm *speech, const char *channel)
{
    struct voice_receiver *receiver = voice_receiver_new(mode);
    struct pcm modem, air, heard;
    double like;

    assert_int_equal(voice_encode(&modem, speech, mode, NULL), ERR_OK);
    assert_int_equal(channel_play(&air, &modem, channel), 0);
    receive(&heard, receiver, &air);
    like = likeness(speech, &heard);
    *share = (double)heard.count / (double)speech->count;
    voice_receiver_free(receiver);
    pcm_wipe(&modem);
    pcm_wipe(&air);
    pcm_wipe(&heard);
    return like;
}

/* Where the signal fades several times a second 700D is lost, 700E is not. */
static void fast_fading_is_for_700e(void **state)
{
    static const char channel[] = "--snr 8 --fading mpd --seed 3";
    struct pcm speech;
    double share;

    (void)state;
    say(&speech);
    assert_true(hear_through(&share, VOICE_700E, &speech, channel) > 0.6);
    assert_true(share > 0.9);
    assert_true(hear_through(&share, VOICE_700D, &speech, channel) < 0.5);
    pcm_wipe(&speech);
}

/* Between two FM radios, by data port and by microphone, where the noise clicks already. */
static void fm_is_for_2400b(void **state)
{
    static const char *const channels[] = {"--fm-cn 6 --fm-flat", "--fm-cn 6"};
    struct pcm speech;
    double share;

    (void)state;
    say(&speech);
    for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++) {
        assert_true(hear_through(&share, VOICE_2400B, &speech, channels[i]) > 0.6);
        assert_true(share > 0.95);
    }
    pcm_wipe(&speech);
}

/* A transmitter that is switched on half-way through a word, and noise as loud as the signal in 4,000 Hz. */
static void voice_comes_through_noise_from_the_middle(void **state)
{
    struct pcm speech, modem, heard;
    struct voice_receiver *receiver = voice_receiver_new(VOICE_700D);
    uint32_t seed = NOISE_SEED;
    double loud;

    (void)state;
    say(&speech);
    assert_int_equal(voice_encode(&modem, &speech, VOICE_700D, NULL), ERR_OK);
    loud = pcm_rms(&modem) * sqrt(3.0); /* of evenly spread noise with the same power */
    for (size_t n = 0; n < modem.count; n++) {
        double noise;

        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        noise = loud * (seed / 2147483648.0 - 1.0);
        modem.samples[n] = (int16_t)lrint((n < 20000 ? noise : noise + modem.samples[n]) / 3.0);
    }
    assert_non_null(receiver);
    receive(&heard, receiver, &modem);
    assert_true(voice_receiver_synced(receiver));
    assert_true(voice_receiver_frames(receiver) >= 15);
    voice_receiver_free(receiver);
    pcm_wipe(&speech);
    pcm_wipe(&modem);
    pcm_wipe(&heard);
}

/* Silence, a tone, plain speech, noise, and data, on which the demodulators lock: nothing of them is heard as voice. */
static void other_sounds_are_not_voice(void **state)
{
    static const uint8_t payload[DATAC_PAYLOAD_SIZE] = {0x41, 7};
    struct pcm sound, heard;
    struct datac_modulator *modulator = datac_modulator_new();
    uint32_t seed = NOISE_SEED;

    (void)state;
    say(&sound);
    pcm_append_silence(&sound, 3000);
    tone_append(&sound, 1000, 3000, 10000.0);
    for (unsigned i = 0; i < 6; i++)
        datac_modulate(modulator, &sound, payload, DATAC_GAP_MS);
    datac_modulator_free(modulator);
    for (size_t n = 0; n < (size_t)60 * VOICE_RATE_HZ; n++) {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        pcm_append(&sound, &(int16_t){(int16_t)(seed >> 18)}, 1);
    }
    for (int mode = 0; mode < VOICE_MODE_COUNT; mode++) {
        struct voice_receiver *receiver = voice_receiver_new((enum voice_mode)mode);

        assert_non_null(receiver);
        receive(&heard, receiver, &sound);
        assert_false(voice_receiver_synced(receiver));
        assert_int_equal(voice_receiver_frames(receiver), 0);
        assert_int_equal(heard.count, 0);
        voice_receiver_free(receiver);
        pcm_wipe(&heard);
    }
    pcm_wipe(&sound);
}

static void other_rates_are_refused(void **state)
{
    struct pcm speech, modem;

    (void)state;
    pcm_init(&speech, 22050);
    pcm_append_silence(&speech, 500);
    assert_int_equal(voice_encode(&modem, &speech, VOICE_2400B, NULL), ERR_VALUE);
    pcm_wipe(&speech);
    voice_receiver_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(voice_comes_through),
        cmocka_unit_test(who_sends_is_heard_beside_the_voice),
        cmocka_unit_test(names_are_cut),
        cmocka_unit_test(stock_receivers_hear_2400b),
        cmocka_unit_test(fast_fading_is_for_700e),
        cmocka_unit_test(fm_is_for_2400b),
        cmocka_unit_test(voice_comes_through_noise_from_the_middle),
        cmocka_unit_test(other_sounds_are_not_voice),
        cmocka_unit_test(other_rates_are_refused),
    };

    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
