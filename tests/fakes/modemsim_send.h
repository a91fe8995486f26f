/* send: a message from AT+CMGS to its answer, with everything that a fault can do on the way. */
#ifndef TESTS_FAKES_MODEMSIM_SEND_H
#define TESTS_FAKES_MODEMSIM_SEND_H

#include "tests/fakes/modemsim_modem.h"

/* AT+CMGS was given (at.promised or at.to say with what): prompts, or not. */
enum at_result send_begin(struct modem *modem);
/* Ctrl-Z: at.entry holds what was written after the prompt. */
void send_entered(struct modem *modem);
/* ESC instead. */
void send_cancelled(struct modem *modem);

#endif
