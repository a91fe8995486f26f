/* channel: what happens to a signal between two stations on shortwave. Works on the complex (analytic) signal, so that
 * frequency shift and fading act as they do on a single side band.
 */
#ifndef FAKES_CHANNELSIM_CHANNEL_H
#define FAKES_CHANNELSIM_CHANNEL_H

#include "tests/fakes/channelsim_sound.h"

#include <stdint.h>

#define CHANNEL_GAPS_MAX 32
#define CHANNEL_NOISE_BANDWIDTH_HZ 3000 /* in which the SNR is meant */

/* Watterson's model: two paths of equal mean power, each faded on its own, Rayleigh, with a Gaussian Doppler spectrum. */
struct channel_fading {
    const char *name;
    double spread_hz; /* of the spectrum: two standard deviations, as in ITU-R F.1487 */
    double delay_ms;  /* of the second path */
};

struct channel_gap {
    double start_s;
    double length_s;
};

struct channel {
    bool noisy;
    double snr_db;                       /* in CHANNEL_NOISE_BANDWIDTH_HZ */
    const struct channel_fading *fading; /* NULL: none */
    double offset_hz;
    bool clipped;
    double clip_db; /* the envelope's limit, over its own root mean square */
    unsigned gap_count;
    struct channel_gap gaps[CHANNEL_GAPS_MAX];
    uint64_t seed;
};

/* What was done, full scale 1. */
struct channel_report {
    double signal_power; /* mean over the active signal, as sent */
    double noise_power;  /* over the whole band, 0 to half the rate */
    double gain;         /* by which all was lowered to fit */
};

/* By name: mpg, mpp, mpd; NULL for any other. */
const struct channel_fading *channel_find_fading(const char *name);

/* Changes the sound in place. False if there is no memory. */
bool channel_apply(
    struct sound *sound, struct channel_report *report, const struct channel *channel);

#endif
