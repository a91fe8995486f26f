/* retune: sound whose every frequency is lower by so much, as if a receiver in the upper side band had been tuned otherwise. Pure.
 */
#ifndef AUDIO_RETUNE_H
#define AUDIO_RETUNE_H

#include <stddef.h>
#include <stdint.h>

#define RETUNE_RATE_HZ 8000
#define RETUNE_TAPS 65 /* of Hilbert's transform: from 200 Hz to 3,800 */

/* Zeroed it begins. */
struct retune {
    double turns; /* of the shift, up to now */
    unsigned at;
    int16_t held[RETUNE_TAPS]; /* a ring */
};

/* Lowers count samples by offset_hz (or raises them, below 0) and gives them RETUNE_TAPS / 2 later. With 0 they stay as they are. out may
 * be samples. */
void retune_lower(
    struct retune *retune, int16_t *out, const int16_t *samples, size_t count, double offset_hz);

#endif
