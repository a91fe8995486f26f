/* radio_role: the radio as a role of the gateway: takes MESSAGE_AIR, renders the programme into a directory, answers
 * MESSAGE_AIRED, and, where there is a transmitter, sends it by the schedule (on_air.h). A retraction, update or all-clear takes
 * what it follows off the air before its own sound is made; sounds that carry what is in force no longer are made anew
 * (renderings.h). Where nothing is in force it says so each hour (quiet_turn.h).
 */
#ifndef AUDIO_RADIO_ROLE_H
#define AUDIO_RADIO_ROLE_H

#include <stdint.h>

#define RADIO_ROLE_CARD_HZ 48000 /* sound cards and transmitters */
#define RADIO_ROLE_MODEM_HZ 8000 /* modem tools */

struct on_air_config;

struct radio_role {
    const char *directory;
    const char *programme;
    const char *fingerprint;
    const char *sender;
    const char *call;  /* call sign; NULL: a placeholder */
    const char *times; /* when it sends, as it is announced; NULL: not known */
    uint8_t languages;
    const char *readings; /* folder of recordings; NULL: none */
    const char *station;  /* folder of the station's key; NULL: it never says that all is quiet */
    const struct on_air_config *on_air;
};

/* Runs until its message socket closes or SIGTERM; returns the exit code. */
int radio_role_run(const struct radio_role *role);

#endif
