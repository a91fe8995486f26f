#include "audio/fsk.h"

#include <math.h>

size_t fsk_count_samples(double baud, double bits, unsigned rate_hz)
{
    return (size_t)lround(bits * rate_hz / baud);
}

void fsk_put(struct fsk *fsk, struct pcm *pcm, bool mark, double bits)
{
    double step = 2.0 * M_PI * (mark ? fsk->mark_hz : fsk->space_hz) / pcm->rate_hz;

    fsk->bits += bits;
    for (size_t end = fsk_count_samples(fsk->baud, fsk->bits, pcm->rate_hz); fsk->samples < end;
         fsk->samples++) {
        int16_t sample = (int16_t)lrint(fsk->peak * sin(fsk->phase));

        pcm_append(pcm, &sample, 1);
        fsk->phase = fmod(fsk->phase + step, 2.0 * M_PI);
    }
}
