#include "audio/scout.h"

#include "gateway/base/log.h"

#include <math.h>
#include <stdlib.h>

#define TURN 6.283185307179586
#define STEP SCOUT_STEP_SAMPLES /* samples to one of the band, which is 2,000 Hz wide */
#define TAPS 64                 /* of the filter that takes the band out */
#define LENGTH (SCOUT_SEQUENCE_SAMPLES / STEP)
#define WINDOW (LENGTH + TAPS / STEP) /* steps whose sound has a part in LENGTH of the band */
#define PIECE 5                       /* steps: so few that a shift of 50 Hz does no harm */
#define PIECES (LENGTH / PIECE)
#define DELAY_SAMPLES (TAPS / 2) /* of the filter, at which sequences are taught too */
#define SHIFTS 32                /* 3.2 Hz apart: 110 ms resolve 9 */

struct wave {
    float re, im;
};

struct sequence {
    struct wave band[LENGTH];
    double scale; /* makes the likeness of the sequence to itself 1 */
};

struct scout {
    struct wave taps[TAPS];
    float shift_re[PIECES][SHIFTS];
    float shift_im[PIECES][SHIFTS];
    unsigned sequence_count;
    struct sequence sequences[SCOUT_SEQUENCES_MAX];
    double offset_hz;
    double reach_hz;
    struct wave turn; /* of the centre, up to the newest step, and in a step */
    struct wave step;
    unsigned held; /* samples of the step that is not whole yet */
    int16_t samples[TAPS];
    unsigned at;                  /* in the band */
    struct wave band[2 * LENGTH]; /* a ring written twice, so that any LENGTH of it lie in a row */
    unsigned energy_at;
    int64_t energies[WINDOW]; /* of the samples of a step */
    int64_t energy;           /* their sum */
};

static void make_taps(struct scout *scout)
{
    double centre_hz = SCOUT_CENTRE_HZ + scout->offset_hz;
    for (int i = 0; i < TAPS; i++) {
        double t = (i - (TAPS - 1) / 2.0) / SCOUT_RATE_HZ;
        double sinc = sin(TURN * scout->reach_hz * t) / (TURN / 2 * t) / SCOUT_RATE_HZ;
        double window = 0.54 - 0.46 * cos(TURN * i / (TAPS - 1)); /* Hamming's */
        double angle = TURN * centre_hz * i / SCOUT_RATE_HZ;
        scout->taps[i].re = (float)(sinc * window * cos(angle));
        scout->taps[i].im = (float)(-sinc * window * sin(angle));
    }
}

static void make_turn(struct scout *scout)
{
    double angle = -TURN * (SCOUT_CENTRE_HZ + scout->offset_hz) * STEP / SCOUT_RATE_HZ;
    scout->turn = (struct wave){1, 0};
    scout->step = (struct wave){(float)cos(angle), (float)sin(angle)};
}

static void make_shifts(struct scout *scout)
{
    for (int p = 0; p < PIECES; p++)
        for (int s = 0; s < SHIFTS; s++) {
            double shift_hz = SCOUT_SHIFT_MAX_HZ * (2.0 * s / (SHIFTS - 1) - 1);
            double angle = TURN * shift_hz * p * PIECE * STEP / SCOUT_RATE_HZ;
            scout->shift_re[p][s] = (float)cos(angle);
            scout->shift_im[p][s] = (float)-sin(angle);
        }
}

struct scout *scout_new(double offset_hz, double reach_hz)
{
    struct scout *scout = calloc(1, sizeof *scout);
    if (!scout)
        log_fatal("no_memory what=scout");
    scout->offset_hz = offset_hz;
    scout->reach_hz = reach_hz;
    make_taps(scout);
    make_turn(scout);
    make_shifts(scout);
    return scout;
}

void scout_free(struct scout *scout)
{
    free(scout);
}

static struct wave turn_by(struct wave wave, struct wave turn)
{
    return (struct wave){
        wave.re * turn.re - wave.im * turn.im, wave.re * turn.im + wave.im * turn.re};
}

/* Multiplied for hours, a turn would grow or shrink: one step of Newton's towards size 1. */
static void keep_size(struct wave *turn)
{
    float scale = 1.5F - 0.5F * (turn->re * turn->re + turn->im * turn->im);
    turn->re *= scale;
    turn->im *= scale;
}

/* Band and energy of one more whole step. */
static void take_step(struct scout *scout)
{
    struct wave wave = {0};
    int64_t energy = 0;
    for (unsigned i = 0; i < TAPS; i++) {
        wave.re += scout->taps[i].re * (float)scout->samples[i];
        wave.im += scout->taps[i].im * (float)scout->samples[i];
    }
    for (unsigned i = TAPS - STEP; i < TAPS; i++)
        energy += (int64_t)scout->samples[i] * scout->samples[i];
    wave = turn_by(wave, scout->turn);
    scout->turn = turn_by(scout->turn, scout->step);
    keep_size(&scout->turn);
    scout->energy += energy - scout->energies[scout->energy_at];
    scout->energies[scout->energy_at] = energy;
    scout->energy_at = (scout->energy_at + 1) % WINDOW;
    scout->band[scout->at] = scout->band[scout->at + LENGTH] = wave;
    scout->at = (scout->at + 1) % LENGTH;
}

/* True once the sample made a step whole. */
static bool take_sample(struct scout *scout, int16_t sample)
{
    scout->samples[TAPS - STEP + scout->held++] = sample;
    if (scout->held < STEP)
        return false;
    take_step(scout);
    for (unsigned i = 0; i < TAPS - STEP; i++)
        scout->samples[i] = scout->samples[i + STEP];
    scout->held = 0;
    return true;
}

/* What a piece of the last LENGTH of the band and of the sequence have in common. */
static struct wave compare_piece(const struct wave *band, const struct wave *known)
{
    struct wave sum = {0};
    for (unsigned i = 0; i < PIECE; i++) {
        sum.re += band[i].re * known[i].re + band[i].im * known[i].im;
        sum.im += band[i].im * known[i].re - band[i].re * known[i].im;
    }
    return sum;
}

/* The square of what they have in common, at the shift where it is most. */
static double compare(double *shift_hz, const struct scout *scout, const struct sequence *sequence)
{
    float re[SHIFTS] = {0}, im[SHIFTS] = {0};
    for (size_t p = 0; p < PIECES; p++) {
        struct wave sum =
            compare_piece(scout->band + scout->at + p * PIECE, sequence->band + p * PIECE);
        for (unsigned s = 0; s < SHIFTS; s++) {
            re[s] += sum.re * scout->shift_re[p][s] - sum.im * scout->shift_im[p][s];
            im[s] += sum.re * scout->shift_im[p][s] + sum.im * scout->shift_re[p][s];
        }
    }
    double most = 0;
    for (unsigned s = 0; s < SHIFTS; s++) {
        double square = (double)re[s] * re[s] + (double)im[s] * im[s];
        if (square <= most)
            continue;
        most = square;
        *shift_hz = scout->offset_hz + SCOUT_SHIFT_MAX_HZ * (2.0 * s / (SHIFTS - 1) - 1);
    }
    return most;
}

void scout_teach(struct scout *scout, const int16_t samples[SCOUT_SEQUENCE_SAMPLES])
{
    if (scout->sequence_count == SCOUT_SEQUENCES_MAX)
        log_fatal("too_many what=sequences");
    struct scout *learner = scout_new(0, scout->reach_hz);
    struct sequence *sequence = &scout->sequences[scout->sequence_count++];
    double energy = 0, band_energy = 0;
    for (unsigned i = 0; i < SCOUT_SEQUENCE_SAMPLES; i++) {
        energy += (double)samples[i] * samples[i];
        (void)take_sample(learner, samples[i]);
    }
    for (unsigned i = 0; i < DELAY_SAMPLES; i++)
        (void)take_sample(learner, 0);
    for (unsigned i = 0; i < LENGTH; i++) {
        struct wave wave = learner->band[learner->at + i];
        sequence->band[i] = wave;
        band_energy += (double)wave.re * wave.re + (double)wave.im * wave.im;
    }
    const unsigned window = WINDOW, length = LENGTH;
    sequence->scale = band_energy > 0 ? energy * window / length / (band_energy * band_energy) : 0;
    scout_free(learner);
}

static void look(
    struct scout_find finds[SCOUT_SEQUENCES_MAX], const struct scout *scout, size_t ago)
{
    for (unsigned s = 0; s < scout->sequence_count; s++) {
        const struct sequence *sequence = &scout->sequences[s];
        double shift_hz = 0;
        double now = compare(&shift_hz, scout, sequence) * sequence->scale / (double)scout->energy;
        if (now > finds[s].likeness)
            finds[s] = (struct scout_find){
                .likeness = now, .shift_hz = shift_hz, .ago = ago + DELAY_SAMPLES};
    }
}

void scout_look(struct scout_find finds[SCOUT_SEQUENCES_MAX], struct scout *scout,
    const int16_t *samples, size_t count)
{
    for (unsigned s = 0; s < SCOUT_SEQUENCES_MAX; s++)
        finds[s] = (struct scout_find){0};
    for (size_t i = 0; i < count; i++)
        if (take_sample(scout, samples[i]) && scout->energy > 0)
            look(finds, scout, count - 1 - i);
}
