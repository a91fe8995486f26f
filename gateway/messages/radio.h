/* radio: what the dispatcher and the radio tell each other, as messages (messages.h); here are their fields.
 */
#ifndef GATEWAY_MESSAGES_RADIO_H
#define GATEWAY_MESSAGES_RADIO_H

#include "gateway/messages/sizes.h"

#include <stdint.h>

struct message_clock {
    int64_t wall_s;  /* what it was */
    int64_t boot_ms; /* at that moment of the boot clock, which all processes share */
};

struct message_air {
    struct message_sealed_bytes bulletin;
    struct message_sealed_bytes roster;
};

struct message_aired {
    uint32_t number;
    uint8_t result;                  /* enum err */
    uint32_t seconds;                /* length of the programme */
    char path[MESSAGES_DETAIL_SIZE]; /* bulletin-41-hf-48000.wav; its picture: bulletin-41-hf.png */
    int64_t at_s;                    /* answer to AIR_LIST: when it was made */
};

/* What a station may say where nothing is in force (audio/quiet.h). Told to a radio that has come, and whenever it changes. */
struct message_quiet {
    uint32_t number; /* of the newest bulletin; 0: there has been none */
    int64_t until_s; /* before that time something is in force; INT64_MAX: nobody knows */
    struct message_sealed_bytes roster; /* size 0: there is none */
};

#endif
