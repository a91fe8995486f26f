/* fm: what happens to sound between two narrow-band FM radios, by microphone and loudspeaker or by their data ports, which have no
 * emphasis and a wider band: pre-emphasis, frequency modulation, noise in the receiver's
 * bandwidth, limiter and discriminator, de-emphasis. The noise is added to the carrier, so that below the threshold it clicks as it does on the air.
 */
#ifndef FAKES_CHANNELSIM_FM_H
#define FAKES_CHANNELSIM_FM_H

#include "tests/fakes/channelsim_channel.h"

#define FM_BANDWIDTH_HZ 12500 /* of the receiver; the C/N is meant in it */
#define FM_DEVIATION_HZ 2500
#define FM_SILENCE_SCALE_HZ 10000 /* full scale of a sound that is all silence: its noise fits */
#define FM_LOW_HZ 300             /* audio band */
#define FM_HIGH_HZ 3000
#define FM_FLAT_HIGH_HZ 6000 /* of a data port; from 0 on */
#define FM_EVEN_HZ 1000      /* emphasis is 6 dB an octave; here it changes nothing */

struct fm {
    double cn_db;
    bool flat; /* by data ports */
    uint64_t seed;
    unsigned gap_count;
    const struct channel_gap *gaps; /* no carrier */
};

struct fm_report {
    double peak_hz;  /* deviation of the loudest moment: FM_DEVIATION_HZ, 0 for silence */
    double scale_hz; /* deviation that a tone of FM_EVEN_HZ at full scale would have */
    double gain;     /* by which all was lowered to fit */
};

/* Changes the sound in place: its loudest moment has the whole deviation; what is received has the level that was sent. False
 * if there is no memory. */
bool fm_apply(struct sound *sound, struct fm_report *report, const struct fm *fm);

#endif
