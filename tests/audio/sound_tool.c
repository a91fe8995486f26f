/* sound_tool: sounds for tests of the receiver, as raw 16-bit samples at 8 kHz on standard output.
 *
 * Usage: sound_tool air ROSTER TEXT SECONDS BULLETIN...   frames of a carousel, then TEXT as MFSK32
 *        sound_tool disturb SECONDS SEED [FALSE...]       noise, music, speech and other stations, none of it ours; how many
 *                                                         data frames there were goes to standard error. FALSE: sealed
 *                                                         objects that nobody may believe
 *        sound_tool voice SECONDS                         a vowel by FreeDV 700D
 */
#include "audio/carousel.h"
#include "audio/datac.h"
#include "audio/mfsk.h"
#include "audio/speech.h"
#include "audio/voice.h"
#include "gateway/bulletin/wire.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE_HZ 8000
#define PIECE_S 15 /* of one kind of disturbance */
#define PIECE ((size_t)PIECE_S * RATE_HZ)
#define TURN 6.283185307179586
#define WAVE_STEPS 8192
#define FRAMES_LEAD_MS 300 /* behind another kind */
#define FRAMES 4           /* in one piece */

struct random {
    uint64_t state;
};

/* What is sent as data that nobody may believe. */
static const char *const *lies;
static unsigned lie_count, frame_count;

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "sound_tool: %s\n", what);
    exit(1);
}

static void must(enum err err, const char *what)
{
    if (err)
        fail(what);
}

/* 0 to 1 (xorshift64*). */
static double draw(struct random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return (double)(random->state * UINT64_C(2685821657736338717) >> 11) / 9007199254740992.0;
}

static double draw_between(struct random *random, double least, double most)
{
    return least + (most - least) * draw(random);
}

static double draw_normal(struct random *random)
{
    double size = sqrt(-2 * log(draw(random) + 1e-300));
    return size * cos(TURN * draw(random));
}

/* A sine, of an angle in turns. */
static double wave(double turns)
{
    static double steps[WAVE_STEPS];
    if (steps[1] == 0)
        for (size_t i = 0; i < WAVE_STEPS; i++)
            steps[i] = sin(TURN * (double)i / WAVE_STEPS);
    return steps[(size_t)((turns - floor(turns)) * WAVE_STEPS) % WAVE_STEPS];
}

static void add_noise(double *sound, struct random *random)
{
    double level = pow(10, draw_between(random, 1.5, 4));
    for (size_t i = 0; i < PIECE; i++)
        sound[i] += level * draw_normal(random);
}

/* Impulses of thunderstorms and engines. */
static void add_crashes(double *sound, struct random *random)
{
    double size = 0;
    for (size_t i = 0; i < PIECE; i++) {
        if (draw(random) < 0.0008)
            size = draw_between(random, 1000, 30000);
        sound[i] += size * draw_normal(random);
        size *= 0.99;
    }
}

/* A note with overtones that dies away. */
static void add_note(double *sound, size_t at, double hz, double size, struct random *random)
{
    double falls = exp(-draw_between(random, 1.5, 8) / RATE_HZ);
    double vibrato_hz = draw_between(random, 4, 7);
    unsigned overtones = 1 + (unsigned)(draw(random) * 6);
    for (size_t i = at; i < PIECE && size >= 1; i++) {
        double t = (double)(i - at) / RATE_HZ, now = size * fmin(t * 100, 1);
        double turns = hz * t + 0.02 * hz / vibrato_hz / TURN * wave(vibrato_hz * t);
        for (unsigned n = 1; n <= overtones && hz * n < RATE_HZ / 2.0; n++)
            sound[i] += now / n * wave(n * turns);
        size *= falls;
    }
}

static void add_music(double *sound, struct random *random)
{
    static const int scale[] = {0, 2, 4, 5, 7, 9, 11, 12, 14, 16};
    double beat_s = draw_between(random, 0.12, 0.5), key_hz = draw_between(random, 110, 330);
    for (double t = 0; t < PIECE_S; t += beat_s)
        for (int voice = 0; voice < 3; voice++) {
            int step = scale[(size_t)(draw(random) * 10)] + 12 * voice;
            add_note(sound, (size_t)(t * RATE_HZ), key_hz * pow(2, step / 12.0), 5000, random);
        }
}

/* Carriers, some keyed, some that drift. */
static void add_carriers(double *sound, struct random *random)
{
    for (int n = 0; n < 3; n++) {
        double hz = draw_between(random, 300, 2900), drift = draw_between(random, -20, 20);
        double dot_s = draw_between(random, 0.03, 0.2), turns = 0;
        bool keyed = draw(random) < 0.6, on = true;
        for (size_t i = 0; i < PIECE; i++) {
            if (keyed && i % (size_t)(dot_s * RATE_HZ) == 0)
                on = draw(random) < 0.5;
            turns += (hz + drift * (double)i / RATE_HZ) / RATE_HZ;
            sound[i] += on ? 4000 * wave(turns) : 0;
        }
    }
}

/* Other stations' data: one of so many tones at a time, with any number of them, spacing and speed. */
static void add_tones(double *sound, struct random *random)
{
    unsigned tones = 2 + (unsigned)(draw(random) * 32);
    double spacing_hz = draw_between(random, 8, 170), first_hz = draw_between(random, 400, 1500);
    size_t length = (size_t)(RATE_HZ / draw_between(random, 8, 300));
    double turns = 0, hz = first_hz;
    for (size_t i = 0; i < PIECE; i++) {
        if (i % length == 0)
            hz = first_hz + spacing_hz * floor(draw(random) * tones);
        turns += hz / RATE_HZ;
        sound[i] += 8000 * wave(turns);
    }
}

/* The mains, all its overtones, and what dimmers and bad lines add a hundred times a second. */
static void add_hum(double *sound, struct random *random)
{
    double sizes[40], hz = draw_between(random, 49.8, 50.2), spark = draw_between(random, 0, 20000);
    for (size_t n = 0; n < 40; n++)
        sizes[n] = draw(random) * (n % 2 ? 2000 : 6000) / (double)(n + 1);
    for (size_t i = 0; i < PIECE; i++) {
        double turns = hz * (double)i / RATE_HZ, half = 2 * turns - floor(2 * turns);
        for (size_t n = 0; n < 40; n++)
            sound[i] += sizes[n] * wave((double)(n + 1) * turns);
        if (half < 0.05)
            sound[i] += spark * draw_normal(random);
    }
}

/* Sounders of the ionosphere and oscillators that run through the band, up and down. */
static void add_sweeps(double *sound, struct random *random)
{
    for (int n = 0; n < 2; n++) {
        double hz = draw_between(random, 100, 3900), turns = 0;
        double speed = pow(10, draw_between(random, 1, 4)), way = draw(random) < 0.5 ? -1 : 1;
        for (size_t i = 0; i < PIECE; i++) {
            if (hz < 100 || hz > 3900)
                way = hz < 100 ? 1 : -1;
            hz += way * speed / RATE_HZ;
            turns += hz / RATE_HZ;
            sound[i] += 7000 * wave(turns);
        }
    }
}

/* Teletype: a start, five bits and one and a half stops by two tones. */
static void add_teletype(double *sound, struct random *random)
{
    static const double bauds[] = {45.45, 50, 75, 100}, shifts_hz[] = {85, 170, 450, 850};
    double baud = bauds[(size_t)(draw(random) * 4)],
           shift_hz = shifts_hz[(size_t)(draw(random) * 4)];
    double space_hz = draw_between(random, 500, 2000), turns = 0, place = 7.5;
    unsigned bits = 0;
    for (size_t i = 0; i < PIECE; i++, place += baud / RATE_HZ) {
        if (place >= 7.5) {
            place -= 7.5;
            bits = 0xc0 | (unsigned)(draw(random) * 32) << 1;
        }
        bool mark = bits >> (unsigned)place & 1;
        turns += (space_hz + (mark ? shift_hz : 0)) / RATE_HZ;
        sound[i] += 9000 * wave(turns);
    }
}

/* One carrier or many beside each other, turned by halves or quarters, rounded as PSK31 is. */
static void add_phases(double *sound, struct random *random)
{
    unsigned carriers = 1 + (unsigned)(draw(random) * draw(random) * 16);
    unsigned phases = draw(random) < 0.5 ? 2 : 4;
    double baud = 31.25 * pow(2, floor(draw(random) * 4)),
           first_hz = draw_between(random, 400, 1400);
    for (unsigned n = 0; n < carriers; n++) {
        double now = 0, next = 0, hz = first_hz + n * 1.5 * baud, place = 1;
        for (size_t i = 0; i < PIECE && hz < 3500; i++, place += baud / RATE_HZ) {
            if (place >= 1) {
                place -= 1;
                now = next;
                next += floor(draw(random) * phases) / phases;
            }
            double turns = hz * (double)i / RATE_HZ, mix = 0.5 + 0.5 * wave(place / 2 + 0.25);
            double value = mix * wave(turns + now) + (1 - mix) * wave(turns + next);
            sound[i] += 9000 / sqrt(carriers) * value;
        }
    }
}

static void add_file(struct carousel *carousel, const char *path, bool first)
{
    static uint8_t bytes[WIRE_SEALED_MAX];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail(path);
    const struct carousel_item item = {
        .bytes = bytes, .size = fread(bytes, 1, sizeof bytes, file), .first = first};
    (void)fclose(file);
    must(carousel_add(carousel, &item), path);
}

/* A frame of nobody's, or that says that it is ours. */
static void make_frame(uint8_t frame[FRAME_SIZE], struct random *random)
{
    bool ours = draw(random) < 0.5;
    for (size_t i = 0; i < FRAME_SIZE; i++)
        frame[i] = (uint8_t)(draw(random) * 256);
    if (ours)
        frame[0] = (uint8_t)(frame[0] & 0x3f) | FRAME_VERSION << 6;
}

static void add_speech(double *sound, struct random *random)
{
    static const char *const texts[BULLETIN_LANGUAGE_COUNT] = {
        [BULLETIN_KK] =
            "Бүгін ауа райы жақсы болады. Түнде аздап жаңбыр жауады, таңертең күн шығады.",
        [BULLETIN_RU] =
            "Говорит Алматы. Передаём сигналы точного времени и прогноз погоды на завтра.",
        [BULLETIN_EN] = "This is the evening programme. We continue with music from the steppe."};
    enum bulletin_language language =
        (enum bulletin_language)(draw(random) * BULLETIN_LANGUAGE_COUNT);
    struct pcm speech;
    double size = draw_between(random, 0.2, 1);
    must(speech_say(&speech, texts[language], language, RATE_HZ), "speech");
    for (size_t i = 0; i < PIECE && speech.count; i++)
        sound[i] += size * speech.samples[i % speech.count];
    pcm_wipe(&speech);
}

/* Data frames whose checks are right, alone so that each is heard: they are counted. The next lie, or nothing that makes sense. */
static void add_frames(double *sound, struct random *random)
{
    static struct carousel carousel;
    static unsigned next;
    struct datac_modulator *modulator = datac_modulator_new();
    bool lie = lie_count && draw(random) < 0.7;
    struct pcm air;
    pcm_init(&air, DATAC_RATE_HZ);
    pcm_append_silence(&air, FRAMES_LEAD_MS);
    carousel_init(&carousel);
    if (lie)
        add_file(&carousel, lies[next++ % lie_count], false);
    for (int n = 0; n < FRAMES; n++, frame_count++) {
        uint8_t frame[FRAME_SIZE];
        make_frame(frame, random);
        if (lie)
            must(carousel_next(&carousel, frame), "carousel");
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    for (size_t i = 0; i < PIECE && i < air.count; i++)
        sound[i] += air.samples[i];
    pcm_wipe(&air);
}

/* The last one is not mixed with others. */
static void (*const kinds[])(double *sound, struct random *random) = {add_noise, add_music,
    add_speech, add_carriers, add_tones, add_crashes, add_hum, add_sweeps, add_teletype, add_phases,
    add_frames};

#define KINDS (sizeof kinds / sizeof kinds[0])

static void put_piece(const double *sound, size_t count)
{
    static int16_t samples[PIECE];
    for (size_t i = 0; i < count; i++)
        samples[i] = (int16_t)fmin(fmax(sound[i], INT16_MIN), INT16_MAX);
    if (fwrite(samples, sizeof samples[0], count, stdout) != count)
        fail("write");
}

/* Each kind in turn, every second piece with another one over it. */
static void disturb(double seconds, uint64_t seed)
{
    struct random random = {.state = seed * 0x9e3779b97f4a7c15 + 1};
    static double sound[PIECE];
    for (unsigned n = 0; n * PIECE_S < seconds; n++) {
        size_t kind = (size_t)(seed * 3 + n) % KINDS;
        memset(sound, 0, sizeof sound);
        kinds[kind](sound, &random);
        if (kind < KINDS - 1 && draw(&random) < 0.5)
            kinds[(size_t)(draw(&random) * (KINDS - 1))](sound, &random);
        put_piece(sound, PIECE);
    }
    (void)fprintf(stderr, "sound_tool: %u data frames\n", frame_count);
}

static void put(const struct pcm *pcm)
{
    if (fwrite(pcm->samples, sizeof pcm->samples[0], pcm->count, stdout) != pcm->count)
        fail("write");
}

static void broadcast(const struct pcm *text, struct carousel *carousel, double seconds)
{
    struct datac_modulator *modulator = datac_modulator_new();
    struct pcm air;
    pcm_init(&air, DATAC_RATE_HZ);
    while ((double)air.count < seconds * DATAC_RATE_HZ) {
        uint8_t frame[FRAME_SIZE];
        must(carousel_next(carousel, frame), "carousel");
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    pcm_append(&air, text->samples, text->count);
    pcm_append_silence(&air, 1000);
    put(&air);
    pcm_wipe(&air);
}

static void speak(double seconds)
{
    struct pcm vowel, air;
    pcm_init(&vowel, VOICE_RATE_HZ);
    for (int i = 0; i < seconds * VOICE_RATE_HZ; i++) {
        int16_t sample = (int16_t)(i % 80 < 4 ? 20000 : -1000);
        pcm_append(&vowel, &sample, 1);
    }
    must(voice_encode(&air, &vowel, VOICE_700D, NULL), "voice");
    put(&air);
    pcm_wipe(&vowel);
    pcm_wipe(&air);
}

int main(int argc, char **argv)
{
    if (argc >= 4 && !strcmp(argv[1], "disturb")) {
        lies = (const char *const *)argv + 4;
        lie_count = (unsigned)argc - 4;
        disturb(strtod(argv[2], NULL), strtoull(argv[3], NULL, 10));
    } else if (argc >= 6 && !strcmp(argv[1], "air")) {
        static struct carousel carousel;
        struct pcm text;
        carousel_init(&carousel);
        add_file(&carousel, argv[2], true);
        for (int i = 5; i < argc; i++)
            add_file(&carousel, argv[i], false);
        pcm_init(&text, MFSK_RATE_HZ);
        mfsk_append(&text, argv[3], 12000);
        broadcast(&text, &carousel, strtod(argv[4], NULL));
        pcm_wipe(&text);
    } else if (argc == 3 && !strcmp(argv[1], "voice")) {
        speak(strtod(argv[2], NULL));
    } else {
        fail("see the top of its source");
    }
    return fflush(stdout) ? 1 : 0;
}
