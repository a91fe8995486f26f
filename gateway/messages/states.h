/* states: how the states in messages are named in JSON and for people.
 */
#ifndef GATEWAY_MESSAGES_STATES_H
#define GATEWAY_MESSAGES_STATES_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define STATES_DOUBT_S 5

struct message_on_air;

/* Static; "?" for a value out of range. */
const char *states_print_hold(uint8_t hold);       /* "none", "paused", "drained" */
const char *states_print_breaker(uint8_t breaker); /* "closed", "open", "trying" */
const char *states_print_bulletin(uint8_t state);  /* "sending", "done", "expired", "retracted" */
const char *states_print_draft(uint8_t state);     /* "open", "approved", "ready", "sent" */
const char *states_print_rumour(uint8_t status);   /* "checking", "answered", "closed" */
const char *states_print_on_air(uint8_t state);    /* "none", "waiting", "listening", ... */
/* Should somebody go and look at the transmitter? Unkeying takes a moment; what lasts longer is no good. */
bool states_is_in_doubt(const struct message_on_air *on_air, int64_t now_s);
/* ERR_MISSING for another word. */
ERR_CHECKED enum err states_parse_rumour(uint8_t *status, const char *word);
/* "pause", "resume", "drain": ERR_MISSING for another word. */
ERR_CHECKED enum err states_parse_control(uint8_t *control, const char *word);

#endif
