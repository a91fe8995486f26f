/* vitals: what a modem says of its network and its SIM: signal, registration, operator. Pure: the questions in order, and what
 * their answers mean (3GPP TS 27.007).
 */
#ifndef MODEMS_VITALS_H
#define MODEMS_VITALS_H

#include "gateway/messages/messages.h"

#include <stdbool.h>
#include <stdint.h>

#define VITALS_UNKNOWN 255

struct vitals {
    uint8_t signal; /* percent, VITALS_UNKNOWN */
    uint8_t
        registration; /* 7.2: 0 none, 1 home, 2 searching, 3 denied, 5 roaming; VITALS_UNKNOWN */
    bool sim_out;     /* there is none, or it is locked */
    char operator_name[MESSAGES_NAME_SIZE]; /* UTF-8, empty: none */
};

void vitals_init(struct vitals *vitals);
/* False only if the modem has said that it is in no network. */
bool vitals_has_network(const struct vitals *vitals);
/* The command of this step, 0 and on; NULL after the last. */
const char *vitals_question(unsigned step);
/* A line of the answer to it, or its final line. */
void vitals_line(struct vitals *vitals, unsigned step, const char *line);

/* Hex of UTF-16 units, as a modem writes texts in its UCS2 character set (27.007, 5.5), to UTF-8. false if it is none, or
 * not a text of letters that people here write. */
bool vitals_decode_ucs2(char *text, size_t size, const char *hex);

#endif
