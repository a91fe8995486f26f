/* condition: faults of a modem that last: how they begin and end. */
#ifndef TESTS_FAKES_MODEMSIM_CONDITION_H
#define TESTS_FAKES_MODEMSIM_CONDITION_H

#include "tests/fakes/modemsim_modem.h"

/* Gives a modem a fault; what is due begins. False when it has too many. */
bool condition_add(struct modem *modem, const struct fault *fault);
/* Begins the faults that are due at this message. */
void condition_begin_due(struct modem *modem);
/* The tty goes, everything in hand is lost; it comes back as another one. */
void condition_vanish(struct modem *modem, double seconds);
/* Shows the tty under its name; false when that failed, with a line on standard error. */
bool condition_appear(struct modem *modem);

#endif
