/* audio_bench: how much sound a second of one core makes or hears: speech, digital voice, data modem, resampling.
 *
 * Prints a line for each: its name, the sound's seconds, the processor's seconds (of this process and those it started).
 */
#include "audio/datac.h"
#include "audio/speech.h"
#include "audio/voice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define FRAMES 12
#define LOOPS 4 /* of the quick ones */
#define WIDE_HZ 48000
#define PIECE_SAMPLES 640 /* 80 ms, as sound comes from a card */

struct sounds {
    struct pcm speech; /* at VOICE_RATE_HZ */
    struct pcm voice;
    struct pcm data;
};

static void must(enum err err, const char *what)
{
    if (err == ERR_OK)
        return;
    fprintf(stderr, "audio_bench: %s: %s\n", what, err_text(err));
    exit(1);
}

static double seconds(const struct pcm *pcm)
{
    return (double)pcm->count / pcm->rate_hz;
}

static double used_s(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) != 0)
        return 0;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double cpu_s(void)
{
    return used_s(RUSAGE_SELF) + used_s(RUSAGE_CHILDREN);
}

static void report(const char *name, double sound_s, double since_s)
{
    printf("%s %.3f %.6f\n", name, sound_s, cpu_s() - since_s);
}

static void bench_speech(struct sounds *sounds)
{
    static const char *const texts[BULLETIN_LANGUAGE_COUNT] = {
        "Үйден шықпаңыз. Терезеден алыс отырыңыз. Атысты екі тілшіміз көрді.",
        "Не выходите из дома. Держитесь дальше от окон. Стрельбу видели два наших корреспондента.",
        "Stay indoors. Keep away from windows. Two of our reporters saw it."};
    pcm_init(&sounds->speech, VOICE_RATE_HZ);
    double since_s = cpu_s();
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        struct pcm one;
        must(speech_say(&one, texts[i], (enum bulletin_language)i, VOICE_RATE_HZ), "speech");
        pcm_append(&sounds->speech, one.samples, one.count);
        pcm_wipe(&one);
    }
    report("speech", seconds(&sounds->speech), since_s);
}

static void bench_voice(struct sounds *sounds)
{
    double since_s = cpu_s();
    must(voice_encode(&sounds->voice, &sounds->speech, VOICE_700D, NULL), "voice");
    report("voice-encode", seconds(&sounds->voice), since_s);
    struct voice_receiver *receiver = voice_receiver_new(VOICE_700D);
    struct pcm heard;
    pcm_init(&heard, VOICE_RATE_HZ);
    since_s = cpu_s();
    for (size_t at = 0; at + PIECE_SAMPLES <= sounds->voice.count; at += PIECE_SAMPLES)
        voice_receiver_push(receiver, &heard, sounds->voice.samples + at, PIECE_SAMPLES);
    report("voice-decode", seconds(&sounds->voice), since_s);
    if (seconds(&heard) < seconds(&sounds->speech) / 2)
        must(ERR_SHORT, "voice was not heard");
    voice_receiver_free(receiver);
    pcm_wipe(&heard);
}

static void count_packet(void *arg, const struct datac_packet *packet)
{
    (void)packet;
    ++*(unsigned *)arg;
}

static void bench_data(struct sounds *sounds)
{
    struct datac_modulator *modulator = datac_modulator_new();
    uint8_t payload[DATAC_PAYLOAD_SIZE];
    pcm_init(&sounds->data, DATAC_RATE_HZ);
    double since_s = cpu_s();
    for (int i = 0; i < FRAMES; i++) {
        memset(payload, i + 1, sizeof payload);
        datac_modulate(modulator, &sounds->data, payload, DATAC_GAP_MS);
    }
    pcm_append_silence(&sounds->data, DATAC_FLUSH_MS);
    report("data-encode", seconds(&sounds->data), since_s);
    datac_modulator_free(modulator);
    unsigned packets = 0;
    struct datac_demodulator *demodulator = datac_demodulator_new(count_packet, &packets);
    since_s = cpu_s();
    for (size_t at = 0; at + PIECE_SAMPLES <= sounds->data.count; at += PIECE_SAMPLES)
        datac_demodulate(demodulator, sounds->data.samples + at, PIECE_SAMPLES);
    report("data-decode", seconds(&sounds->data), since_s);
    if (packets != FRAMES)
        must(ERR_SHORT, "data was not heard");
    datac_demodulator_free(demodulator);
}

static void bench_resample(const char *name, const struct pcm *from, unsigned to_hz)
{
    double since_s = cpu_s();
    for (int i = 0; i < LOOPS; i++) {
        struct pcm to;
        must(pcm_resample(&to, from, to_hz), name);
        pcm_wipe(&to);
    }
    report(name, LOOPS * seconds(from), since_s);
}

int main(void)
{
    struct sounds sounds;
    struct pcm wide;
    bench_speech(&sounds);
    bench_voice(&sounds);
    bench_data(&sounds);
    must(pcm_resample(&wide, &sounds.data, WIDE_HZ), "resample");
    bench_resample("resample-up", &sounds.data, WIDE_HZ);
    bench_resample("resample-down", &wide, VOICE_RATE_HZ);
    pcm_wipe(&wide);
    pcm_wipe(&sounds.speech);
    pcm_wipe(&sounds.voice);
    pcm_wipe(&sounds.data);
    return 0;
}
