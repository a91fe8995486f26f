/* filter: what passes between a modem's tty and libgammu. Pure: bytes in, bytes and events out, no I/O, no clock.
 *
 * libgammu hangs or misreads when a modem speaks out of turn, so it hears only the answers to its own commands:
 *
 *   - unsolicited lines never reach it: arrivals and reports become events, the rest is counted and dropped;
 *   - the echo is made here and the modem's own is dropped, so that echo on, off or torn is all one;
 *   - NUL, control and eight-bit bytes are dropped, lines are cut at FILTER_LINE_MAX, an answer at FILTER_ANSWER_MAX;
 *   - the prompt is one only after AT+CMGS and at the start of a line (3GPP TS 27.005, 3.5.1 and 4.3);
 *   - the worker may ask something itself while the talker is idle (filter_ask), and libgammu never hears of it;
 *   - the Ctrl-Z that ends a PDU is held back until filter_go: nothing is sent before the submission is on disk.
 *
 *   IDLE --command--> ANSWER --final--> IDLE
 *   IDLE --AT+CMGS--> PROMPT --"> "--> EDIT --Ctrl-Z--> HELD --filter_go--> RESULT --final--> IDLE
 *   any --filter_resync--> RESYNC --the modem has answered a query of ours--> IDLE
 *   PROMPT, EDIT, HELD --filter_drop, ESC--> RESYNC
 */
#ifndef MODEMS_FILTER_H
#define MODEMS_FILTER_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILTER_LINE_MAX 600         /* bytes; a PDU line has at most 352 */
#define FILTER_ANSWER_MAX (1 << 18) /* bytes to one command; a full SIM lists in under 120 KiB */
#define FILTER_COMMAND_MAX 256
#define FILTER_CTRL_Z 0x1a
#define FILTER_ESC 0x1b

enum filter_state {
    FILTER_IDLE,
    FILTER_ANSWER, /* an ordinary command runs */
    FILTER_PROMPT, /* AT+CMGS is written, the prompt has not come */
    FILTER_EDIT,   /* the PDU is being written */
    FILTER_HELD,   /* all but Ctrl-Z is written */
    FILTER_RESULT, /* Ctrl-Z is written */
    FILTER_RESYNC, /* what comes belongs to the past, until our query is answered */
    FILTER_STATE_COUNT
};

enum filter_event {
    FILTER_PROMPTED, /* the prompt was passed on */
    FILTER_HOLDING,  /* the PDU is with the modem, Ctrl-Z is held back */
    FILTER_SENT,     /* +CMGS: value is the reference, -1 if the modem gave none */
    FILTER_REFUSED, /* AT+CMGS failed: value is the CMS or CME code, 0 for a bare ERROR; text the final line */
    FILTER_LATE,    /* +CMGS when none was awaited: value is the reference */
    FILTER_LINE,    /* a line of an ordinary answer; text */
    FILTER_DONE,    /* an ordinary command has ended; text is the final line */
    FILTER_ARRIVED, /* a text or report is in storage: sweep */
    FILTER_PDU,     /* a text or report came without being stored; text is its hex */
    FILTER_USSD,   /* +CUSD: the network has answered; text is the line, its own line ends spaces */
    FILTER_SYNCED, /* out of RESYNC */
    FILTER_EVENT_COUNT
};

/* Where bytes and events go. Must not call back into the filter. */
struct filter_sink {
    void (*to_modem)(void *arg, const void *bytes, size_t size);
    void (*to_talker)(void *arg, const void *bytes, size_t size);
    void (*event)(void *arg, enum filter_event event, int value, const char *text);
    void *arg;
};

struct filter {
    struct filter_sink sink;
    enum filter_state state;
    char line[FILTER_LINE_MAX + 1]; /* what the modem has said since the last line end */
    size_t line_size;
    char command[FILTER_COMMAND_MAX +
                 1]; /* what the talker is writing; in ANSWER to RESULT, what runs */
    size_t command_size;
    char ahead[FILTER_COMMAND_MAX]; /* written by the talker during RESYNC */
    size_t ahead_size;
    size_t answer_bytes; /* passed on since the command */
    bool pdu_follows;    /* the line just seen announces a PDU */
    bool pdu_wanted;     /* and it is a text or report, not a cell broadcast */
    size_t query;        /* RESYNC: which of them */
    bool query_seen;     /* RESYNC: our query's answer has begun */
    int reference;       /* RESULT: of +CMGS, -1 before */
    bool ctrl_z;         /* written for the last AT+CMGS */
    bool asks;           /* the command that runs is the worker's: the talker hears nothing of it */
    uint32_t dropped;    /* unsolicited and misplaced lines */
    uint32_t cut;        /* bytes of lines beyond FILTER_LINE_MAX */
};

void filter_init(struct filter *filter, const struct filter_sink *sink);
/* The modem has spoken. */
void filter_from_modem(struct filter *filter, const void *bytes, size_t size);
/* The talker (or the worker itself, before there is one) has written. */
void filter_from_talker(struct filter *filter, const void *bytes, size_t size);
/* A command of the worker's own, without its end: its answer becomes events alone, and what the talker writes meanwhile waits.
 * ERR_STATE unless nothing runs, ERR_LONG. */
ERR_CHECKED enum err filter_ask(struct filter *filter, const char *command);
/* Writes the Ctrl-Z that is held back. ERR_STATE if none is. */
ERR_CHECKED enum err filter_go(struct filter *filter);
/* Ends an AT+CMGS whose Ctrl-Z is not written: the modem gets ESC, the talker ERROR. No event but FILTER_SYNCED follows.
 * ERR_STATE if there is none. */
ERR_CHECKED enum err filter_drop(struct filter *filter);
/* Forgets what was under way, gets the modem out of any mode and asks for a sign of life; FILTER_SYNCED when it came. When
 * it did not, call it again: the query is another then. Does not clear ctrl_z. */
void filter_resync(struct filter *filter);
/* "idle", "answer" ... */
const char *filter_state_name(enum filter_state state);

#endif
