/* fault: what shall go wrong with a modem, and when. Pure; what a fault does is done where it strikes.
 *
 *   SPEC = NAME[=VALUE[,CODE]][@N][xK|x*]
 *
 * @N: at the N-th AT+CMGS from when the fault was given (1 is the next one). xK: K times from there on, x* for
 * ever. A fault of a message that has no @N is at the next one; a fault of a modem that has none begins at once.
 */
#ifndef TESTS_FAKES_MODEMSIM_FAULT_H
#define TESTS_FAKES_MODEMSIM_FAULT_H

#include "tests/fakes/modemsim_out.h"
#include "tests/fakes/modemsim_pdu.h"

#include <stdbool.h>
#include <stddef.h>

#define FAULT_LIST_MAX 32
#define FAULT_FOR_EVER (~0U)
#define FAULT_URC_SIZE 128

enum fault_id {
    /* of one message */
    FAULT_NO_PROMPT,
    FAULT_SILENT_AFTER,
    FAULT_SILENT_TAKEN,
    FAULT_ERROR,
    FAULT_ERROR_TAKEN,
    FAULT_GARBAGE,
    FAULT_LATE_PROMPT,
    FAULT_SLOW,
    FAULT_LONG_CDS,
    FAULT_VANISH_TAKEN,
    FAULT_REPORT_NONE,
    FAULT_REPORT_FAILED,
    FAULT_REPORT_TRYING,
    FAULT_REPORT_TWICE,
    FAULT_REPORT_WRONG,
    FAULT_REPORT_EARLY,
    /* of the modem */
    FAULT_VANISH,
    FAULT_HANG,
    FAULT_STALL,
    FAULT_MUTE,
    FAULT_RSSI,
    FAULT_NO_NETWORK,
    FAULT_NO_SIM,
    FAULT_NO_CREDIT,
    FAULT_POISON,
    FAULT_STORE_FULL,
    FAULT_NUL,
    FAULT_SPLIT,
    FAULT_URC,
    FAULT_CLEAR,
    FAULT_KINDS
};

struct fault {
    enum fault_id id;
    double value;              /* seconds, bytes or a status, as the kind says */
    unsigned code;             /* CMS error */
    char text[FAULT_URC_SIZE]; /* a number (poison, report-wrong) or a line (urc) */
    unsigned first;            /* AT+CMGS at which it begins, 0 at once */
    unsigned left;             /* times, or FAULT_FOR_EVER */
};

struct fault_set {
    struct fault list[FAULT_LIST_MAX];
    size_t count;
    unsigned attempts;             /* AT+CMGS so far */
    bool on[FAULT_KINDS];          /* of the message in hand */
    struct fault now[FAULT_KINDS]; /* valid where on */
};

/* The name as written in a SPEC. */
const char *fault_name(enum fault_id id);
/* True: strikes one message; false: is a state of the modem. */
bool fault_of_message(enum fault_id id);
/* Reads a SPEC; on false, error holds a sentence. */
bool fault_parse(struct fault *fault, char *error, size_t error_size, const char *spec);
/* False when the list is full. A fault without @N is set to the next message, or to 0 when of the modem. */
bool fault_add(struct fault_set *set, const struct fault *fault);
/* Counts an AT+CMGS and chooses the faults of its message. */
void fault_arm(struct fault_set *set);
/* Takes the next fault of the modem that is due to begin; false when none is. */
bool fault_due(struct fault *fault, struct fault_set *set);
/* The fault of the message in hand, or NULL. */
const struct fault *fault_on(const struct fault_set *set, enum fault_id id);
/* The refusal of this number, or NULL. */
const struct fault *fault_poison(const struct fault_set *set, const char *number);
void fault_clear(struct fault_set *set);
/* The table of all faults, for --help and the manual page. */
void fault_print_help(struct out *out);

#endif
