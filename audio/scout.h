/* scout: says cheaply whether a known sequence, such as the beginning or the end of a burst, may just have been heard.
 *
 * It compares the sound's band around SCOUT_CENTRE_HZ with each sequence, shifted by up to SCOUT_SHIFT_MAX_HZ, at every
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
#define SCOUT_SEQUENCE_SAMPLES 880 /* 110 ms */
#define SCOUT_SEQUENCES_MAX 2

struct scout;

/* Heap; no memory: the process ends. */
struct scout *scout_new(void);
/* NULL is allowed. */
void scout_free(struct scout *scout);
/* Teaches it a sequence, not silent and within 250 Hz of SCOUT_CENTRE_HZ; at most SCOUT_SEQUENCES_MAX. */
void scout_teach(struct scout *scout, const int16_t samples[SCOUT_SEQUENCE_SAMPLES]);
/* Takes any number of samples. For each sequence the most that anything that ended in them, or up to 4 ms before, has in
 * common with it: 0..1 or a little over, at worst a fifth too little; 0 for those that it was not taught. */
void scout_look(double likeness[SCOUT_SEQUENCES_MAX], struct scout *scout, const int16_t *samples,
    size_t count);

#endif
