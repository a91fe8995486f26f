/* network: takes messages, writes them into the log, sends delivery reports. */
#ifndef TESTS_FAKES_MODEMSIM_NETWORK_H
#define TESTS_FAKES_MODEMSIM_NETWORK_H

#include "tests/fakes/modemsim_modem.h"

/* modem->message is on its way to a phone under reference mr. */
void network_take(struct modem *modem, uint8_t mr);

#endif
