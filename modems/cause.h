/* cause: what an error of a modem, the network or libgammu means for the part that was to be sent: what is at fault, whether
 * it will be so for ever, and what else to do. One table (cause.c); codes are plain numbers, so that this
 * needs no header of libgammu.
 */
#ifndef MODEMS_CAUSE_H
#define MODEMS_CAUSE_H

#include "gateway/messages/messages.h"

#include <stdbool.h>

#define CAUSE_BARE_ERROR (-1) /* in place of a code: the modem said ERROR and no more */

/* Whose numbers a code is of. */
enum cause_family {
    CAUSE_CMS, /* +CMS ERROR: 3GPP TS 27.005, 3.2.5; below 128 TS 24.011, E-2; 128-255 TS 23.040, 9.2.3.22 */
    CAUSE_CME,   /* +CME ERROR: 3GPP TS 27.007, 9.2 */
    CAUSE_GAMMU, /* GSM_Error of libgammu 1.42, where ERR_NONE is 1 */
    CAUSE_SMPP,  /* command_status of SMPP 3.4, 5.1.3 */
    CAUSE_FAMILY_COUNT
};

/* What the cause asks for beside another try. */
enum cause_remedy {
    CAUSE_RETRY, /* nothing: where and when is told by enum message_cause */
    CAUSE_SENT,  /* the network has the message already: it counts as sent */
    CAUSE_WAIT,  /* the same modem, in some seconds */
    CAUSE_CHECK, /* look at the SIM anew: it is out, or locked */
    CAUSE_SWEEP, /* its storage is full: read and delete what is there first */
    CAUSE_REMEDY_COUNT
};

struct cause {
    enum message_cause cause;
    bool final; /* this number or text will fail for ever */
    enum cause_remedy remedy;
    const char *text; /* a short English phrase for log and screen, static */
};

/* Never fails: an unknown code is the modem's fault and not final. */
struct cause cause_find(enum cause_family family, int code);

#endif
