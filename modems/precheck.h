/* precheck: the first words with a modem, before libgammu speaks to it: echo and makers' unsolicited lines off, who it is, the
 * SIM's state, its PIN (at most once in the life of a process, since three wrong ones lock the SIM, and never to a modem or
 * SIM that is not ours), and the removal of a text that killed the decoder. Pure: tells what to write, is told what was
 * answered.
 */
#ifndef MODEMS_PRECHECK_H
#define MODEMS_PRECHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRECHECK_COMMAND_MAX 32
#define PRECHECK_PIN_MAX 8
#define PRECHECK_HEX_MAX 353
#define PRECHECK_ID_SIZE 24       /* an IMEI or ICCID */
#define PRECHECK_WAIT_MS 1000     /* before PRECHECK_AGAIN's command is written */
#define PRECHECK_DEADLINE_MS 5000 /* for each answer */

enum precheck_result {
    PRECHECK_SEND,  /* write the command */
    PRECHECK_AGAIN, /* write the command after PRECHECK_WAIT_MS: the SIM is not ready yet */
    PRECHECK_GOOD,  /* libgammu may connect */
    PRECHECK_OTHER, /* it is not the modem or SIM that we look for */
    PRECHECK_BAD    /* it may not; why tells people the reason */
};

struct precheck {
    char pin[PRECHECK_PIN_MAX + 1]; /* empty: none is configured, or it was used */
    const char *want_imei;          /* empty: any will do; the caller's */
    const char *want_iccid;
    char imei[PRECHECK_ID_SIZE]; /* what it says; empty: nothing */
    char iccid[PRECHECK_ID_SIZE];
    bool ours;                     /* it is the one that we look for */
    char poison[PRECHECK_HEX_MAX]; /* hex of the PDU to be removed, empty: none */
    size_t step;
    unsigned waits;                     /* for the SIM */
    bool poison_next;                   /* the next line is a listed PDU */
    unsigned place;                     /* of the message just listed */
    unsigned poisoned;                  /* of the one to be removed, 0 none */
    bool removed;                       /* AT+CMGD was answered by OK */
    bool pin_given;                     /* in this process */
    const char *why;                    /* PRECHECK_BAD */
    char answer[32];                    /* what the SIM says it waits for */
    char command[PRECHECK_COMMAND_MAX]; /* PRECHECK_SEND, PRECHECK_AGAIN; without its end */
};

/* pin: empty or 4-8 digits; it is copied. */
void precheck_init(struct precheck *check, const char *pin);
/* Only this modem (15 digits), this SIM (18 to 20 digits), both or any (empty). The texts are the caller's. */
void precheck_want(struct precheck *check, const char *imei, const char *iccid);
/* From the start: the first command. */
enum precheck_result precheck_begin(struct precheck *check);
/* The next text that killed the decoder, in bytes; 0 forgets it. */
void precheck_set_poison(struct precheck *check, const uint8_t *pdu, size_t size);
/* A line of the answer. */
void precheck_line(struct precheck *check, const char *line);
/* Its final line. */
enum precheck_result precheck_done(struct precheck *check, const char *line);

#endif
