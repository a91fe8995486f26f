#include "audio/tone.h"

#include <math.h>

void tone_append(struct pcm *pcm, double frequency_hz, unsigned milliseconds, double peak)
{
    size_t count = (size_t)milliseconds * pcm->rate_hz / 1000;
    double ramp = TONE_RAMP_MS * pcm->rate_hz / 1000.0;

    for (size_t n = 0; n < count; n++) {
        double edge = (double)(n < count - n ? n : count - n);
        double level = peak * fmin(1.0, edge / ramp);
        int16_t sample =
            (int16_t)lrint(level * sin(2.0 * M_PI * frequency_hz * (double)n / pcm->rate_hz));

        pcm_append(pcm, &sample, 1);
    }
}
