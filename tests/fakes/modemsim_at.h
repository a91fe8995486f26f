/* at: the command line of a modem, 3GPP TS 27.007 (general) and 27.005 (short messages). A command is a row in
 * the table of the file of its family; this reads lines, finds rows and writes results.
 */
#ifndef TESTS_FAKES_MODEMSIM_AT_H
#define TESTS_FAKES_MODEMSIM_AT_H

#include "tests/fakes/modemsim_pdu.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AT_LINE_SIZE 1024
#define AT_ENTRY_SIZE 2048 /* a PDU in hexadecimal is at most 352 */
#define AT_HELD_SIZE 8192
#define AT_NUMBER_SIZE (PDU_ADDRESS_SIZE * 4) /* in hexadecimal UCS-2 */
#define AT_CTRL_Z 0x1A
#define AT_ESC 0x1B

struct modem;

enum at_mode {
    AT_COMMAND,
    AT_AWAIT_PROMPT, /* +CMGS seen, "> " not yet written: what comes is lost */
    AT_ENTRY,        /* after "> " */
    AT_BUSY,         /* a command runs: what comes is held */
};

/* Settings that are one number, by row of the table in modemsim_at.c. */
enum at_setting {
    AT_SET_CMEE,
    AT_SET_CMGF,
    AT_SET_CMMS,
    AT_SET_CREG,
    AT_SET_CGREG,
    AT_SET_CEREG,
    AT_SET_CLIP,
    AT_SET_CLIR,
    AT_SET_COLP,
    AT_SET_CRC,
    AT_SET_CSDH,
    AT_SET_CGATT,
    AT_SET_CURC,
    AT_SETTINGS
};

enum at_charset { AT_CHARSET_GSM, AT_CHARSET_IRA, AT_CHARSET_UCS2 };

struct at {
    enum at_mode mode;
    bool echo, verbose, quiet;
    uint8_t set[AT_SETTINGS];
    uint8_t csms;    /* 27.005 section 3.2.1 */
    uint8_t cnmi[5]; /* mode, mt, bm, ds, bfr: 27.005 section 3.4.1 */
    uint8_t csmp[4]; /* fo, vp, pid, dcs: text mode */
    enum at_charset charset;
    char line[AT_LINE_SIZE];
    size_t line_length;
    bool line_over;
    char entry[AT_ENTRY_SIZE];
    size_t entry_length;
    bool entry_over;
    unsigned promised;          /* octets that +CMGS= spoke of */
    char to[AT_NUMBER_SIZE];    /* text mode */
    uint8_t held[AT_HELD_SIZE]; /* came while busy */
    size_t held_length;
};

enum at_op { AT_OP_EXEC, AT_OP_READ, AT_OP_TEST, AT_OP_SET };

/* What a command ends with. AT_NOTHING: it has seen to that itself, or will. */
enum at_result { AT_OK, AT_ERROR, AT_CME, AT_CMS, AT_NOTHING };

struct at_call {
    enum at_op op;
    const char *args; /* AT_OP_SET: what follows "=" */
    unsigned code;    /* with AT_CME or AT_CMS */
};

struct at_command {
    const char *name; /* "+CMGS"; NULL ends a table */
    enum at_result (*run)(struct modem *modem, struct at_call *call);
    bool needs_sim; /* refused without a SIM or its PIN */
};

extern const struct at_command at_identity_commands[], at_status_commands[], at_sms_commands[];

/* As after power-on. */
void at_init(struct at *at);
/* What the tty brought. */
void at_feed(struct modem *modem, const uint8_t *bytes, size_t length);
/* Ends a command that was busy, and takes up what came meanwhile. */
void at_end(struct modem *modem, enum at_result result, unsigned code);
/* Changes the mode; lines that waited for the end of an entry go out. */
void at_mode_set(struct modem *modem, enum at_mode mode);

/* The next argument, and past the comma behind it. False when it is not a number; missing gives `otherwise`. */
bool at_arg_number(unsigned *value, const char **args, unsigned otherwise);
/* With or without quotes; false when it is missing or does not fit. */
bool at_arg_text(char *text, size_t size, const char **args);
/* A text as answers have it: in hexadecimal UCS-2 when the character set says so. Quoted. */
void at_text(struct out *out, const struct modem *modem, const char *utf8);

#endif
