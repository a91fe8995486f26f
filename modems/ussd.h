/* ussd: asking the operator for a SIM's credit (3GPP TS 27.007, 7.15). Pure. Modems differ in how they want the code written
 * and in how they write the answer: the forms are tried in turn, and an answer is read in every way that it may be meant.
 */
#ifndef MODEMS_USSD_H
#define MODEMS_USSD_H

#include "gateway/base/err.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USSD_CODE_MAX 31 /* bytes */
#define USSD_COMMAND_MAX 160
#define USSD_CANCEL "AT+CUSD=2"

enum ussd_form {
    USSD_PLAIN,
    USSD_UCS2,   /* hex, in a modem whose character set is UCS2 */
    USSD_PACKED, /* hex of packed septets, as Huawei's modems want it */
    USSD_FORM_COUNT
};

/* The command that asks. ERR_VALUE if the code is not of printable ASCII, or too long. */
ERR_CHECKED enum err ussd_command(
    char command[USSD_COMMAND_MAX], enum ussd_form form, const char *code);
/* The amount in "+CUSD: 0,"...",15": the pattern's first group, in whole units; a debt counts as 0. false if the pattern finds
 * none in any reading. */
bool ussd_read(int64_t *amount, const regex_t *pattern, const char *line);
/* The network waits for more: to be ended by USSD_CANCEL. */
bool ussd_is_open(const char *line);

#endif
