/* tuning: the answer to RADIO where there is a transmitter: what it sends now, when it sends next, and where to tune in. Pure.
 */
#ifndef GATEWAY_DISPATCHER_TUNING_H
#define GATEWAY_DISPATCHER_TUNING_H

#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"
#include "gateway/messages/messages.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TUNING_TEXT_SIZE 256

struct tuning {
    const struct message_on_air *on_air;
    const char *mode; /* of the transceiver, as hamlib names it, "USB"; empty: not known */
    enum bulletin_language language;
    bool latin; /* it will be written in Latin letters */
    int64_t now_s;
};

/* One text message, in the language's own letters: "Next at 18:00, 7105 kHz USB." ERR_MISSING: it neither sends nor knows when it
 * will. */
ERR_CHECKED enum err tuning_print(char text[TUNING_TEXT_SIZE], const struct tuning *tuning);

#endif
