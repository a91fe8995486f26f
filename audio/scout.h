/* scout: says cheaply whether a known sequence, such as the beginning or the end of a burst, may just have been heard, and where.
 *
 * It compares the sound's band around SCOUT_CENTRE_HZ, or an offset from it, with each sequence, shifted by up to SCOUT_SHIFT_MAX_HZ, at every
 * half of a millisecond, and looks at how much of all the sound's energy they have in common: 1 for the sequence alone,
 * S/(S+N) in noise (both in 4 kHz), 0.003 for noise alone. Pure.
 */
#ifndef AUDIO_SCOUT_H
#define AUDIO_SCOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCOUT_RATE_HZ 8000
#define SCOUT_CENTRE_HZ 1500
#define SCOUT_SHIFT_MAX_HZ 50
#define SCOUT_REACH_HZ 500         /* for a sequence 500 Hz wide */
#define SCOUT_REACH_MAX_HZ 900     /* for one of 1,700 Hz */
#define SCOUT_SEQUENCE_SAMPLES 880 /* 110 ms */
#define SCOUT_SEQUENCES_MAX 2
#define SCOUT_STEP_SAMPLES 4

struct scout;

/* The best of a look. */
struct scout_find {
    double
        likeness; /* 0..1 or a little over, at worst a fifth too little; 0 for a sequence that was not taught */
    double shift_hz; /* against SCOUT_CENTRE_HZ */
    size_t
        ago; /* samples from its end to the end of what was looked at, give or take SCOUT_STEP_SAMPLES */
};

/* Looks around SCOUT_CENTRE_HZ + offset_hz, reach_hz to either side. Heap; no memory: the process ends. */
struct scout *scout_new(double offset_hz, double reach_hz);
/* NULL is allowed. */
void scout_free(struct scout *scout);
/* Teaches it a sequence, not silent and, but for the last 250 Hz of its reach, within that of SCOUT_CENTRE_HZ; at most SCOUT_SEQUENCES_MAX. */
void scout_teach(struct scout *scout, const int16_t samples[SCOUT_SEQUENCE_SAMPLES]);
/* Takes any number of samples. For each sequence the place that has most in common with it, of those that end in these
 * samples or up to 4 ms before. */
void scout_look(struct scout_find finds[SCOUT_SEQUENCES_MAX], struct scout *scout,
    const int16_t *samples, size_t count);

#endif
