/* speech_bench: speech as it goes on the air, and how intelligible it comes out of a channel.
 *
 *   speech_bench say LANGUAGE FOLDER <TEXT     writes clean.wav (what the synthesiser says of the text), plain.wav (compressed
 *                                              for single sideband), 700D.wav, 700E.wav, 2400B.wav; prints the crest of the
 *                                              first three in dB
 *   speech_bench voice FROM TO                 any sound as 700D
 *   speech_bench score CLEAN KIND HEARD        STOI of what was heard; KIND: clean, plain, or a mode, by which it is decoded first
 */
#include "audio/normal.h"
#include "audio/segment.h"
#include "audio/shape.h"
#include "audio/speech.h"
#include "audio/voice.h"
#include "audio/wav.h"
#include "tests/bench/stoi.h"

#include <stdio.h>

#define TEXT_SIZE 8192
#define PATH_SIZE 512
#define NAME_SIZE 16
#define PLAIN_LOW_HZ 300
#define PLAIN_HIGH_HZ 2700
#define PIECE_SAMPLES 160
#define ENVELOPE_SAMPLES 40 /* 5 ms */
#define LAG_MAX 500         /* of those: 2.5 s */
#define FINE_SAMPLES 20     /* of STOI_RATE_HZ: 2 ms */
#define FINE_STEPS 10       /* either way */
#define JITTER_SAMPLES 1000 /* a decoder's output may come so much early or late */
#define TAIL_SAMPLES (3 * LAG_MAX * ENVELOPE_SAMPLES)

static const char *const names[BULLETIN_LANGUAGE_COUNT] = {
    [BULLETIN_KK] = "kk", [BULLETIN_RU] = "ru", [BULLETIN_EN] = "en"};

static void must(enum err err, const char *what)
{
    if (err == ERR_OK)
        return;
    fprintf(stderr, "speech_bench: %s: %s\n", what, err_text(err));
    exit(1);
}

static void save(const char *folder, const char *name, const struct pcm *pcm)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    must(wav_save(path, pcm), path);
}

static void load(struct pcm *pcm, const char *path)
{
    struct pcm whole;
    must(wav_load(&whole, path), path);
    must(pcm_resample(pcm, &whole, VOICE_RATE_HZ), path);
    pcm_wipe(&whole);
}

/* Returns its crest. */
static double save_voice(const char *folder, enum voice_mode mode, const struct pcm *speech)
{
    char name[NAME_SIZE];
    struct pcm voice;
    must(voice_encode(&voice, speech, mode, NULL), "voice");
    snprintf(name, sizeof name, "%s.wav", voice_print_mode(mode));
    save(folder, name, &voice);
    double crest_db = shape_crest_db(&voice);
    pcm_wipe(&voice);
    return crest_db;
}

static int say(const char *language, const char *folder)
{
    static char text[TEXT_SIZE], words[NORMAL_TEXT_MAX];
    struct pcm speech, plain;
    int spoken = 0;
    while (spoken + 1 < BULLETIN_LANGUAGE_COUNT && strcmp(names[spoken], language) != 0)
        spoken++;
    text[fread(text, 1, sizeof text - 1, stdin)] = '\0';
    must(normal_text(words, sizeof words, text, (enum bulletin_language)spoken), "normal");
    must(speech_say(&speech, words, (enum bulletin_language)spoken, VOICE_RATE_HZ), "speech");
    pcm_init(&plain, VOICE_RATE_HZ);
    pcm_append(&plain, speech.samples, speech.count);
    shape_compress(&plain, PLAIN_LOW_HZ, PLAIN_HIGH_HZ);
    shape_peak(&plain, SEGMENT_PEAK);
    save(folder, "clean.wav", &speech);
    save(folder, "plain.wav", &plain);
    double crest_db = save_voice(folder, VOICE_700D, &speech);
    (void)save_voice(folder, VOICE_700E, &speech);
    (void)save_voice(folder, VOICE_2400B, &speech);
    printf("%.2f %.2f %.2f\n", shape_crest_db(&speech), shape_crest_db(&plain), crest_db);
    return 0;
}

static int encode(const char *from, const char *to)
{
    struct pcm speech, voice;
    load(&speech, from);
    must(voice_encode(&voice, &speech, VOICE_700D, NULL), "voice");
    must(wav_save(to, &voice), to);
    return 0;
}

/* What the decoder lets out, at its place in time: it is silent while it hears nothing. */
static void decode(struct pcm *speech, const struct pcm *sound, enum voice_mode mode)
{
    struct voice_receiver *receiver = voice_receiver_new(mode);
    struct pcm piece;
    pcm_init(speech, VOICE_RATE_HZ);
    pcm_init(&piece, VOICE_RATE_HZ);
    for (size_t at = 0; at + PIECE_SAMPLES <= sound->count; at += PIECE_SAMPLES) {
        piece.count = 0;
        voice_receiver_push(receiver, &piece, sound->samples + at, PIECE_SAMPLES);
        size_t place = at > piece.count ? at - piece.count : 0;
        if (piece.count > 0 && place > speech->count + JITTER_SAMPLES)
            pcm_append(speech, NULL, place - speech->count);
        pcm_append(speech, piece.samples, piece.count);
    }
    voice_receiver_free(receiver);
    pcm_wipe(&piece);
}

/* Levels in steps of 5 ms, less their mean; returns how many. */
static size_t follow(double **levels, const struct pcm *pcm)
{
    size_t count = pcm->count / ENVELOPE_SAMPLES;
    double mean = 0;
    *levels = calloc(count + 1, sizeof **levels);
    if (!*levels)
        abort();
    for (size_t i = 0; i < count; i++) {
        struct pcm part = {
            .count = ENVELOPE_SAMPLES, .samples = pcm->samples + i * ENVELOPE_SAMPLES};
        (*levels)[i] = sqrt(pcm_rms(&part));
        mean += (*levels)[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++)
        (*levels)[i] -= mean;
    return count;
}

/* How many samples later the heard sound is, to 5 ms. */
static size_t find_lag(const struct pcm *clean, const struct pcm *heard)
{
    double *x, *y, best = 0;
    size_t x_count = follow(&x, clean), y_count = follow(&y, heard), found = 0;
    for (size_t lag = 0; lag < LAG_MAX; lag++) {
        double sum = 0;
        for (size_t i = 0; i < x_count && i + lag < y_count; i++)
            sum += x[i] * y[i + lag];
        if (sum > best) {
            best = sum;
            found = lag;
        }
    }
    free(x);
    free(y);
    return found * ENVELOPE_SAMPLES;
}

/* As numbers at STOI_RATE_HZ, from this sample on, with silence behind. */
static double *prepare(size_t *count, const struct pcm *pcm, size_t from)
{
    struct pcm rest, wide;
    pcm_init(&rest, pcm->rate_hz);
    if (pcm->count > from)
        pcm_append(&rest, pcm->samples + from, pcm->count - from);
    must(pcm_resample(&wide, &rest, STOI_RATE_HZ), "resample");
    double *samples = calloc(wide.count + TAIL_SAMPLES, sizeof *samples);
    if (!samples)
        abort();
    for (size_t i = 0; i < wide.count; i++)
        samples[i] = wide.samples[i];
    *count = wide.count;
    pcm_wipe(&rest);
    pcm_wipe(&wide);
    return samples;
}

/* At the lag that serves the heard sound best, within 20 ms of the found one. */
static double score(const struct pcm *clean, const struct pcm *heard)
{
    size_t lag = find_lag(clean, heard), lead = FINE_SAMPLES * FINE_STEPS * 8 / 10;
    size_t clean_count, heard_count, from = lag > lead ? lag - lead : 0;
    double best = 0;
    double *x = prepare(&clean_count, clean, 0), *y = prepare(&heard_count, heard, from);
    double *same = calloc(clean_count + 2 * FINE_STEPS * FINE_SAMPLES + 1, sizeof *same);
    if (!same)
        abort();
    for (size_t i = 0; i < clean_count + 2 * FINE_STEPS * FINE_SAMPLES && i < heard_count; i++)
        same[i] = y[i];
    for (size_t step = 0; step <= 2 * (size_t)FINE_STEPS; step++)
        best = fmax(best, stoi_score(x, same + step * FINE_SAMPLES, clean_count));
    free(x);
    free(y);
    free(same);
    return best;
}

static int judge(const char *clean_path, const char *kind, const char *heard_path)
{
    struct pcm clean, heard;
    int mode = 0;
    while (mode < VOICE_MODE_COUNT && strcmp(kind, voice_print_mode((enum voice_mode)mode)) != 0)
        mode++;
    load(&clean, clean_path);
    load(&heard, heard_path);
    if (mode < VOICE_MODE_COUNT) {
        struct pcm speech;
        decode(&speech, &heard, (enum voice_mode)mode);
        pcm_wipe(&heard);
        heard = speech;
    }
    printf("%.4f\n", score(&clean, &heard));
    pcm_wipe(&clean);
    pcm_wipe(&heard);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "say") == 0)
        return say(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "voice") == 0)
        return encode(argv[2], argv[3]);
    if (argc == 5 && strcmp(argv[1], "score") == 0)
        return judge(argv[2], argv[3], argv[4]);
    fprintf(stderr,
        "usage: speech_bench say LANGUAGE FOLDER | voice FROM TO | score CLEAN KIND HEARD\n");
    return 2;
}
