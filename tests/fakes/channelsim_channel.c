#include "tests/fakes/channelsim_channel.h"

#include "tests/fakes/channelsim_random.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TURN 6.283185307179586
#define ACTIVE_BLOCK_MS 20  /* signal power is measured in blocks of this length ... */
#define ACTIVE_SHARE 0.01   /* ... that have at least this share of the loudest one's power */
#define HILBERT_REACH_MS 10 /* to either side */
#define FADING_RATE 64      /* values of a path's gain per standard deviation of its spectrum */
#define FADING_REACH 0.5    /* of the shaping filter to either side, in 1 / standard deviation */

enum stream { STREAM_NOISE, STREAM_FIRST_PATH, STREAM_SECOND_PATH };

static const struct channel_fading fadings[] = {
    {"mpg", 0.1, 0.5}, /* good */
    {"mpp", 1.0, 2.0}, /* poor */
    {"mpd", 2.5, 4.0}, /* disturbed */
};

/* One path's gain over time. */
struct fader {
    double rate_hz; /* values per second */
    size_t count;
    double complex *gains;
};

const struct channel_fading *channel_find_fading(const char *name)
{
    for (size_t i = 0; i < sizeof fadings / sizeof fadings[0]; i++)
        if (!strcmp(fadings[i].name, name))
            return &fadings[i];
    return NULL;
}

/* The imaginary part by a windowed Hilbert filter, centred, so that nothing is delayed. */
static void make_analytic(double complex *analytic, const struct sound *sound, double *taps)
{
    long reach = (long)sound->rate_hz * HILBERT_REACH_MS / 1000;
    for (long n = 1; n <= reach; n += 2)
        taps[n] = 4 / (TURN * (double)n) *
                  (0.54 + 0.46 * cos(TURN / 2 * (double)n / (double)(reach + 1)));
    long count = (long)sound->count;
    for (long i = 0; i < count; i++) {
        double sum = 0;
        for (long n = 1; n <= reach; n += 2) {
            double before = i - n >= 0 ? sound->samples[i - n] : 0;
            double after = i + n < count ? sound->samples[i + n] : 0;
            sum += taps[n] * (before - after);
        }
        analytic[i] = sound->samples[i] + I * sum;
    }
}

static double block_power(const double complex *signal, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += creal(signal[i]) * creal(signal[i]);
    return count ? sum / (double)count : 0;
}

/* Mean power of the real signal over its active blocks: pauses do not count. */
static double active_power(const double complex *signal, const struct sound *sound)
{
    size_t block = (size_t)sound->rate_hz * ACTIVE_BLOCK_MS / 1000;
    double loudest = 0, sum = 0;
    size_t active = 0;
    for (size_t at = 0; at + block <= sound->count; at += block)
        loudest = fmax(loudest, block_power(signal + at, block));
    for (size_t at = 0; at + block <= sound->count; at += block) {
        double power = block_power(signal + at, block);
        if (power < loudest * ACTIVE_SHARE)
            continue;
        sum += power;
        active++;
    }
    return active ? sum / (double)active : 0;
}

static void clip(double complex *signal, const struct sound *sound, double clip_db)
{
    double limit = sqrt(2 * active_power(signal, sound)) * pow(10, clip_db / 20);
    for (size_t i = 0; i < sound->count; i++) {
        double magnitude = cabs(signal[i]);
        if (magnitude > limit)
            signal[i] *= limit / magnitude;
    }
}

static void shift(double complex *signal, const struct sound *sound, double offset_hz)
{
    for (size_t i = 0; i < sound->count; i++)
        signal[i] *= cexp(I * TURN * fmod(offset_hz * (double)i / sound->rate_hz, 1));
}

/* Shapes white noise by a filter whose response is Gaussian, so that its power spectrum has the wanted deviation:
 * |H(f)|^2 = exp(-f^2 / 2 s^2), hence h(t) = exp(-(TURN s t)^2). The mean power is 1/2: two paths make 1. */
static bool fader_init(
    struct fader *fader, const struct channel *channel, double seconds, enum stream stream)
{
    double deviation_hz = channel->fading->spread_hz / 2;
    long reach = lrint(FADING_REACH * FADING_RATE);
    fader->rate_hz = FADING_RATE * deviation_hz;
    fader->count = (size_t)(seconds * fader->rate_hz) + 3;
    size_t white_count = fader->count + 2 * (size_t)reach;
    double complex *white = calloc(white_count, sizeof *white);
    fader->gains = calloc(fader->count, sizeof *fader->gains);
    if (!white || !fader->gains) {
        free(white);
        return false;
    }
    struct random random;
    random_init(&random, channel->seed, stream);
    for (size_t i = 0; i < white_count; i++) {
        double real = random_normal(&random);
        white[i] = real + I * random_normal(&random);
    }
    double energy = 0;
    for (long n = -reach; n <= reach; n++) {
        double t = (double)n / FADING_RATE;
        double tap = exp(-TURN * t * TURN * t);
        energy += tap * tap;
        for (size_t i = 0; i < fader->count; i++)
            fader->gains[i] += tap * white[i + (size_t)(n + reach)];
    }
    for (size_t i = 0; i < fader->count; i++)
        fader->gains[i] *= sqrt(0.5 / (2 * energy));
    free(white);
    return true;
}

static double complex fader_gain(const struct fader *fader, double seconds)
{
    double at = seconds * fader->rate_hz;
    size_t whole = (size_t)at;
    double part = at - (double)whole;
    return fader->gains[whole] * (1 - part) + fader->gains[whole + 1] * part;
}

static bool fade(double complex *signal, const struct sound *sound, const struct channel *channel)
{
    struct fader first = {0}, second = {0};
    double seconds = (double)sound->count / sound->rate_hz;
    bool good = fader_init(&first, channel, seconds, STREAM_FIRST_PATH) &&
                fader_init(&second, channel, seconds, STREAM_SECOND_PATH);
    size_t delay = (size_t)lrint(channel->fading->delay_ms * sound->rate_hz / 1000);
    for (size_t i = sound->count;
         good && i-- > 0;) { /* backwards: what is delayed is still whole */
        double now = (double)i / sound->rate_hz;
        signal[i] *= fader_gain(&first, now);
        if (i >= delay)
            signal[i] += signal[i - delay] * fader_gain(&second, now);
    }
    free(first.gains);
    free(second.gains);
    return good;
}

static void cut_gaps(
    double complex *signal, const struct sound *sound, const struct channel *channel)
{
    for (unsigned g = 0; g < channel->gap_count; g++) {
        double start = channel->gaps[g].start_s * sound->rate_hz;
        double end = start + channel->gaps[g].length_s * sound->rate_hz;
        for (size_t i = (size_t)start; i < sound->count && (double)i < end; i++)
            signal[i] = 0;
    }
}

static void add_noise(struct sound *sound, const struct channel *channel, double power)
{
    struct random random;
    random_init(&random, channel->seed, STREAM_NOISE);
    double deviation = sqrt(power);
    for (size_t i = 0; i < sound->count; i++)
        sound->samples[i] += deviation * random_normal(&random);
}

static bool pass(double complex *signal, struct sound *sound, struct channel_report *report,
    const struct channel *channel)
{
    if (channel->clipped)
        clip(signal, sound, channel->clip_db);
    report->signal_power = active_power(signal, sound);
    if (channel->offset_hz != 0)
        shift(signal, sound, channel->offset_hz);
    if (channel->fading && !fade(signal, sound, channel))
        return false;
    cut_gaps(signal, sound, channel);
    for (size_t i = 0; i < sound->count; i++)
        sound->samples[i] = creal(signal[i]);
    if (channel->noisy) {
        double in_band = report->signal_power / pow(10, channel->snr_db / 10);
        report->noise_power = in_band * sound->rate_hz / 2 / CHANNEL_NOISE_BANDWIDTH_HZ;
        add_noise(sound, channel, report->noise_power);
    }
    report->gain = sound_fit(sound);
    return true;
}

bool channel_apply(
    struct sound *sound, struct channel_report *report, const struct channel *channel)
{
    *report = (struct channel_report){.gain = 1};
    double complex *signal = calloc(sound->count + 1, sizeof *signal);
    double *taps = calloc((size_t)sound->rate_hz * HILBERT_REACH_MS / 1000 + 1, sizeof *taps);
    bool good = signal && taps;
    if (good) {
        make_analytic(signal, sound, taps);
        good = pass(signal, sound, report, channel);
    }
    free(taps);
    free(signal);
    return good;
}
