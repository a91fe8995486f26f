/* radio_quiet: a quiet programme (quiet.h) as a file, for dabyl-radio's command.
 */
#ifndef AUDIO_RADIO_QUIET_H
#define AUDIO_RADIO_QUIET_H

#include "audio/quiet.h"

#define RADIO_QUIET_WHY_MAX 256

struct radio_quiet {
    const char *station; /* folder of the station's key; one is made if there is none */
    const char *newest;  /* number of the newest bulletin, in digits; NULL: there has been none */
    const char *out;
    unsigned rate_hz;
    struct quiet_request request; /* all but station, number and next_s */
};

/* ERR_VALUE for a number or times that are none, and what station_open, quiet_sign, quiet_render and air_save say; why is one line.
 * Blocks as speaking does. */
ERR_CHECKED enum err radio_quiet_make(
    char why[RADIO_QUIET_WHY_MAX], const struct radio_quiet *quiet);

#endif
