/* channel: what a channel does to a burst's symbols, estimated from those that are known: at each place the mean of what it did nearby,
 * in time and frequency; and how much noise there is, from how far each known symbol is from what its neighbours tell. Pure.
 */
#ifndef AUDIO_CHANNEL_H
#define AUDIO_CHANNEL_H

#include "audio/waveform.h"

/* How far "nearby" is: a bell curve's width. */
struct channel_span {
    double rows, carriers;
};

struct channel {
    float complex received[WAVEFORM_ROWS][WAVEFORM_CARRIERS]; /* the caller's to fill in */
    float complex symbol[WAVEFORM_ROWS][WAVEFORM_CARRIERS];   /* known or believed; 0 not at all */
    float complex change[WAVEFORM_ROWS][WAVEFORM_CARRIERS];   /* what the channel did */
    double noise;                                             /* power of a symbol's noise */
};

/* Only what the waveform knows is known. */
void channel_start(struct channel *channel, const struct waveform *waveform);
/* change and noise from received and symbol. */
void channel_estimate(
    struct channel *channel, const struct waveform *waveform, const struct channel_span *span);
/* A symbol's power over its noise. */
double channel_snr_db(const struct channel *channel);

#endif
