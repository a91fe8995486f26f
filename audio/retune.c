#include "audio/retune.h"

#include <math.h>

#define TURN 6.283185307179586
#define MIDDLE (RETUNE_TAPS / 2)

/* The last RETUNE_TAPS samples, each turned by a quarter: taps at odd distances from the middle one only. */
static double find_quarter(const struct retune *retune)
{
    static double taps[RETUNE_TAPS];
    double sum = 0;
    if (taps[MIDDLE + 1] == 0)
        for (int i = 1; i <= MIDDLE; i += 2) {
            double window = 0.54 + 0.46 * cos(TURN / 2 * i / (MIDDLE + 1)); /* Hamming's */
            taps[MIDDLE + i] = 4 / TURN / i * window;
            taps[MIDDLE - i] = -taps[MIDDLE + i];
        }
    for (unsigned i = 1 - MIDDLE % 2; i < RETUNE_TAPS; i += 2)
        sum += taps[i] * retune->held[(retune->at + RETUNE_TAPS - 1 - i) % RETUNE_TAPS];
    return sum;
}

static int16_t turn(const struct retune *retune)
{
    double now = retune->held[(retune->at + RETUNE_TAPS - 1 - MIDDLE) % RETUNE_TAPS];
    double angle = TURN * retune->turns;
    double sum = now * cos(angle) + find_quarter(retune) * sin(angle);
    return (int16_t)lrint(fmin(fmax(sum, INT16_MIN), INT16_MAX));
}

void retune_lower(
    struct retune *retune, int16_t *out, const int16_t *samples, size_t count, double offset_hz)
{
    for (size_t i = 0; i < count; i++) {
        retune->held[retune->at] = samples[i];
        retune->at = (retune->at + 1) % RETUNE_TAPS;
        retune->turns = fmod(retune->turns + offset_hz / RETUNE_RATE_HZ, 1);
        out[i] = offset_hz == 0 ? samples[i] : turn(retune);
    }
}
