/* radio_transmitter: the words in which a transmitter is asked for (dabyl-radio(1), dabyld(8)), read into its configuration. Pure.
 */
#ifndef AUDIO_RADIO_TRANSMITTER_H
#define AUDIO_RADIO_TRANSMITTER_H

#include "audio/on_air.h"

#define RADIO_TRANSMITTER_WHY_MAX 256

/* NULL or empty: not given. */
struct radio_transmitter {
    const char *card;
    const char *receiver;
    const char *receiver_level;
    const char *ptt;
    const char *ptt_device;
    const char *rig;
    const char *mode;
    const char *frequency;
    const char *at;
    const char *lead_ms;
    const char *max_seconds;
    const char *duty;
};

/* ERR_VALUE; why then says what is wrong and what would be right. The texts of words must outlive on_air; directory and
 * fingerprint are not set here. */
ERR_CHECKED enum err radio_transmitter_read(struct on_air_config *on_air,
    char why[RADIO_TRANSMITTER_WHY_MAX], const struct radio_transmitter *words);

#endif
