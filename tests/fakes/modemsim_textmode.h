/* textmode: short messages with AT+CMGF=1, 27.005 section 3.5.3 and below. */
#ifndef TESTS_FAKES_MODEMSIM_TEXTMODE_H
#define TESTS_FAKES_MODEMSIM_TEXTMODE_H

#include "tests/fakes/modemsim_modem.h"

/* Makes modem->message.tpdu of at.to and at.entry. NULL when well, else what is wrong. */
const char *textmode_entry_read(struct modem *modem);
/* What +CMGL (index) or +CMGR (index 0) says of a stored message. */
void textmode_slot_write(struct modem *modem, const struct store_slot *slot, unsigned index);
/* The <stat> of a word: "REC UNREAD" 0 ... "ALL" 4; -1 none. */
int textmode_state(const char *word);

#endif
