#include "audio/shape.h"

#include <math.h>
#include <stdbool.h>

/* Q of the two second-order sections of a fourth-order Butterworth filter. */
static const double butterworth_q[] = {0.54119610, 1.30656296};

/* Direct form 1; a0 is 1. */
struct biquad {
    double b[3];
    double a[2]; /* a1, a2 */
    double x[2]; /* last inputs */
    double y[2]; /* last outputs */
};

/* The audio EQ cookbook's low-pass and high-pass. */
static void biquad_init(
    struct biquad *f, bool high_pass, double corner_hz, double q, double rate_hz)
{
    double w = 2.0 * M_PI * corner_hz / rate_hz;
    double alpha = sin(w) / (2.0 * q);
    double edge = high_pass ? 1.0 + cos(w) : 1.0 - cos(w);
    double a0 = 1.0 + alpha;

    *f = (struct biquad){.b = {edge / 2.0 / a0, (high_pass ? -edge : edge) / a0, edge / 2.0 / a0},
        .a = {-2.0 * cos(w) / a0, (1.0 - alpha) / a0}};
}

static double biquad_step(struct biquad *f, double x)
{
    double y =
        f->b[0] * x + f->b[1] * f->x[0] + f->b[2] * f->x[1] - f->a[0] * f->y[0] - f->a[1] * f->y[1];

    f->x[1] = f->x[0];
    f->x[0] = x;
    f->y[1] = f->y[0];
    f->y[0] = y;
    return y;
}

static int16_t saturate(double sample)
{
    return (int16_t)lrint(fmax(-SHAPE_FULL_SCALE, fmin(SHAPE_FULL_SCALE, sample)));
}

static void pass(struct pcm *pcm, bool high_pass, double corner_hz)
{
    struct biquad section[2];

    if (corner_hz <= 0.0 || corner_hz >= pcm->rate_hz / 2.0)
        return;
    for (size_t i = 0; i < 2; i++)
        biquad_init(&section[i], high_pass, corner_hz, butterworth_q[i], pcm->rate_hz);
    for (size_t n = 0; n < pcm->count; n++)
        pcm->samples[n] =
            saturate(biquad_step(&section[1], biquad_step(&section[0], pcm->samples[n])));
}

void shape_band(struct pcm *pcm, double low_hz, double high_hz)
{
    pass(pcm, true, low_hz);
    pass(pcm, false, high_hz);
}

void shape_peak(struct pcm *pcm, double peak)
{
    int loudest = pcm_peak(pcm);

    if (loudest > 0)
        pcm_scale(pcm, peak / loudest);
}

/* One-pole smoothing over so many milliseconds. */
static double smoothing(double milliseconds, double rate_hz)
{
    return exp(-1000.0 / (milliseconds * rate_hz));
}

/* Rounds off whatever is louder than about 1 / drive of the largest sample. */
static void limit(struct pcm *pcm, double drive)
{
    double peak = pcm_peak(pcm);

    for (size_t n = 0; n < pcm->count && peak > 0.0; n++)
        pcm->samples[n] = saturate(0.5 * SHAPE_FULL_SCALE * tanh(drive * pcm->samples[n] / peak));
}

/* Brings the envelope to where the limiter begins to bend, whatever it was. */
static void follow(struct pcm *pcm)
{
    const double attack = smoothing(5.0, pcm->rate_hz);
    const double release = smoothing(60.0, pcm->rate_hz);
    const double gain_max = 8.0; /* 18 dB: more costs intelligibility (make bench-speech) */
    double envelope = 0.0;

    for (size_t n = 0; n < pcm->count; n++) {
        double x = pcm->samples[n] / SHAPE_FULL_SCALE;
        double keep = fabs(x) > envelope ? attack : release;

        envelope = keep * envelope + (1.0 - keep) * fabs(x);
        x *= fmin(gain_max, 1.0 / fmax(envelope, 1e-6));
        pcm->samples[n] = saturate(0.5 * SHAPE_FULL_SCALE * tanh(x));
    }
}

void shape_compress(struct pcm *pcm, double low_hz, double high_hz)
{
    shape_band(pcm, low_hz, high_hz);
    shape_peak(pcm, SHAPE_MINUS_3_DBFS);
    follow(pcm);
    shape_band(pcm, low_hz, high_hz);
    limit(pcm, 3.0);
    shape_band(pcm, 0.0, high_hz);
}

double shape_crest_db(const struct pcm *pcm)
{
    double rms = pcm_rms(pcm);

    return rms > 0.0 ? 20.0 * log10(pcm_peak(pcm) / rms) : 0.0;
}
