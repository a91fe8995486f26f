/* inbound: texts from phones, on their way into a modem. */
#ifndef TESTS_FAKES_MODEMSIM_INBOUND_H
#define TESTS_FAKES_MODEMSIM_INBOUND_H

#include "tests/fakes/modemsim_modem.h"

#include <stdbool.h>

enum inbound_how {
    INBOUND_TOLD,   /* with a line, as AT+CNMI says */
    INBOUND_SILENT, /* into the store without a line */
};

/* Splits, encodes and delivers a text. Returns parts, 0 when the sender or the text does not go into PDUs. */
unsigned inbound_text(
    struct modem *modem, const char *from, const char *text, enum inbound_how how);
/* A PDU as it is, service centre first; nothing is checked but the size. */
bool inbound_pdu(struct modem *modem, const uint8_t *pdu, size_t length);
/* Delivers what waited for room, network or tty. */
void inbound_retry(struct modem *modem);

#endif
