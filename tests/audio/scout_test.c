/* The scout: what it makes of a sequence alone, shifted, in noise, and of other sound. */
#include "audio/scout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TURN 6.283185307179586
#define TONES 11
#define SOUND_SAMPLES (4 * SCOUT_RATE_HZ)
#define AT 8003 /* of the sequence, not on a step */

static int16_t sound[SOUND_SAMPLES];
static uint32_t seed;

static double random_one(void)
{
    seed = seed * 1664525 + 1013904223;
    return (double)(seed >> 8) / (1 << 24) * 2 - 1;
}

/* Adds a sequence of tones 50 Hz apart with phases of its own that turn at every 20 ms, and shifted. */
static void add_sequence(int16_t *samples, uint32_t name, double shift_hz, double level)
{
    uint32_t kept = seed;
    double phases[TONES] = {0};
    seed = name;
    for (int i = 0; i < SCOUT_SEQUENCE_SAMPLES; i++) {
        double sum = 0;
        for (int tone = 0; tone < TONES; tone++) {
            phases[tone] = i % 160 ? phases[tone] : random_one() * TURN;
            double hz = SCOUT_CENTRE_HZ + 50.0 * (tone - TONES / 2) * 0.8 + shift_hz;
            sum += cos(TURN * hz * i / SCOUT_RATE_HZ + phases[tone]);
        }
        samples[i] = (int16_t)(samples[i] + level * sum / sqrt(TONES / 2.0));
    }
    seed = kept;
}

static void add_noise(double level)
{
    for (int i = 0; i < SOUND_SAMPLES; i++)
        sound[i] = (int16_t)(sound[i] + level * sqrt(3) * random_one());
}

static struct scout *make_scout(double offset_hz)
{
    struct scout *scout = scout_new(offset_hz, SCOUT_REACH_HZ);
    for (uint32_t name = 1; name <= 2; name++) {
        int16_t samples[SCOUT_SEQUENCE_SAMPLES] = {0};
        add_sequence(samples, name, 0, 4000);
        scout_teach(scout, samples);
    }
    return scout;
}

static void start_sound(void)
{
    memset(sound, 0, sizeof sound);
    seed = 7;
}

/* Looks at all the sound, in uneven pieces; at is where the second sequence's best place ends. */
static void look_around(double most[SCOUT_SEQUENCES_MAX], struct scout_find *best, double offset_hz)
{
    struct scout *scout = make_scout(offset_hz);
    most[0] = most[1] = 0;
    for (size_t at = 0, size = 1; at < SOUND_SAMPLES; at += size, size = size * 7 % 3001 + 1) {
        struct scout_find finds[SCOUT_SEQUENCES_MAX];
        size = size < SOUND_SAMPLES - at ? size : SOUND_SAMPLES - at;
        scout_look(finds, scout, sound + at, size);
        most[0] = fmax(most[0], finds[0].likeness);
        if (finds[1].likeness > most[1]) {
            *best = finds[1];
            best->ago = at + size - finds[1].ago;
        }
        most[1] = fmax(most[1], finds[1].likeness);
    }
    scout_free(scout);
}

static void look(double most[SCOUT_SEQUENCES_MAX])
{
    struct scout_find best = {0};
    look_around(most, &best, 0);
}

static void check(double found, double least, double most)
{
    if (!(found >= least && found <= most))
        fail_msg("%.3f is not within %.3f and %.3f", found, least, most);
}

/* Alone, at any shift and any place: nearly 1, and the other sequence is another. */
static void test_alone(void **state)
{
    (void)state;
    double most[SCOUT_SEQUENCES_MAX];
    for (int shift_hz = -50; shift_hz <= 50; shift_hz += 10)
        for (int place = 0; place < 4; place++) {
            start_sound();
            add_sequence(sound + AT + place, 2, shift_hz, 3000);
            look(most);
            check(most[1], 0.8, 1.2);
            check(most[0], 0, 0.3);
        }
}

/* It says where it ended and how far it was shifted, also far from the centre. */
static void test_place(void **state)
{
    (void)state;
    static const double offsets[] = {-250, -50, 0, 150};
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        double most[SCOUT_SEQUENCES_MAX];
        struct scout_find best = {0};
        start_sound();
        add_noise(500);
        add_sequence(sound + AT, 2, offsets[i] + 21, 2000);
        look_around(most, &best, offsets[i]);
        check(best.shift_hz, offsets[i] + 17, offsets[i] + 25);
        check((double)best.ago, AT + SCOUT_SEQUENCE_SAMPLES - 8, AT + SCOUT_SEQUENCE_SAMPLES + 8);
    }
}

/* As much noise as signal, and two and four times as much: S / (S + N). */
static void test_noise(void **state)
{
    (void)state;
    static const double levels[] = {1, 1.4142, 2};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        double most[SCOUT_SEQUENCES_MAX], wanted = 1 / (1 + levels[i] * levels[i]);
        start_sound();
        add_noise(1000 * levels[i]);
        add_sequence(sound + AT, 1, 13, 1000);
        look(most);
        check(most[0], wanted * 0.65, wanted * 1.4);
    }
}

static void test_nothing(void **state)
{
    (void)state;
    double most[SCOUT_SEQUENCES_MAX];
    start_sound();
    look(most);
    check(most[0] + most[1], 0, 0);
    add_noise(3000);
    look(most);
    check(fmax(most[0], most[1]), 0, 0.04);
    start_sound();
    for (int i = AT; i < SOUND_SAMPLES; i++)
        sound[i] = (int16_t)(8000 * cos(TURN * SCOUT_CENTRE_HZ * i / SCOUT_RATE_HZ));
    look(most);
    check(fmax(most[0], most[1]), 0, 0.3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
