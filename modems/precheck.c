#include "modems/precheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIM_WAITS_MAX 15
#define PLACE_MAX 65535
#define IMEI_DIGITS 14      /* without the check digit: 3GPP TS 23.003, 6.2.1 */
#define ICCID_DIGITS_MIN 18 /* of 19 or 20 with the check digit, which not every modem shows */

typedef enum precheck_result take_final(struct precheck *check, const char *line);
typedef void take_line(struct precheck *check, const char *line);

enum due {
    ALWAYS,
    UNKNOWN_SIM, /* only while the SIM has not said who it is */
    POISON       /* only while there is something to be removed */
};

struct step {
    const char *command; /* %u stands for the place to be removed */
    take_line *line;
    take_final *final;
    enum due due;
};

static enum precheck_result next(struct precheck *check);

static enum precheck_result any(struct precheck *check, const char *line)
{
    (void)line;
    return next(check);
}

static enum precheck_result bad(struct precheck *check, const char *why)
{
    check->why = why;
    return PRECHECK_BAD;
}

static enum precheck_result sim_wait(struct precheck *check, const char *why)
{
    if (check->waits++ >= SIM_WAITS_MAX)
        return bad(check, why);
    return PRECHECK_AGAIN;
}

static void take_sim(struct precheck *check, const char *line)
{
    static const char name[] = "+CPIN:";
    if (strncmp(line, name, sizeof name - 1) != 0)
        return;
    line += sizeof name - 1;
    line += strspn(line, " ");
    (void)snprintf(check->answer, sizeof check->answer, "%s", line);
}

/* The first run of so many digits in a line: with and without a name before it, in quotes or not. */
static void take_digits(char id[PRECHECK_ID_SIZE], const char *line, size_t min)
{
    while (*line != '\0') {
        size_t size = strspn(line, "0123456789");
        if (size >= min && size < PRECHECK_ID_SIZE) {
            memcpy(id, line, size);
            id[size] = '\0';
            return;
        }
        line += size > 0 ? size : 1;
    }
}

static void take_imei(struct precheck *check, const char *line)
{
    take_digits(check->imei, line, IMEI_DIGITS);
}

static void take_iccid(struct precheck *check, const char *line)
{
    take_digits(check->iccid, line, ICCID_DIGITS_MIN);
}

static bool is_wanted(const char *want, const char *is, size_t digits)
{
    return want[0] == '\0' || (is[0] != '\0' && strncmp(want, is, digits) == 0);
}

static enum precheck_result give_pin(struct precheck *check)
{
    if (check->pin[0] == '\0')
        return bad(check, check->pin_given ? "the SIM has refused the PIN; it is not tried again"
                                           : "the SIM asks for a PIN and none is configured");
    (void)snprintf(check->command, sizeof check->command, "AT+CPIN=\"%s\"", check->pin);
    memset(check->pin, 0, sizeof check->pin);
    check->pin_given = true;
    return PRECHECK_SEND;
}

/* Codes of TS 27.007, 9.2: 10 no SIM, 13 failure, 14 busy, 15 wrong. The answer to AT+CPIN="..." comes here too: then the
 * state is asked again. */
static enum precheck_result sim_done(struct precheck *check, const char *line)
{
    bool asked = strcmp(check->command, "AT+CPIN?") == 0;
    (void)snprintf(check->command, sizeof check->command, "AT+CPIN?");
    if (!asked)
        return PRECHECK_AGAIN;
    const char *code = strstr(line, "ERROR:");
    if (code != NULL && strtol(code + 6, NULL, 10) == 10)
        return bad(check, "no SIM");
    if (strcmp(line, "OK") != 0)
        return sim_wait(check, "the SIM does not get ready");
    if (strcmp(check->answer, "READY") == 0)
        return next(check);
    if (strcmp(check->answer, "SIM PIN") == 0)
        return give_pin(check);
    return bad(check, "the SIM is locked (PUK or another code): put it into a phone");
}

/* "+CMGL: 3,1,,24", then the PDU. */
static void take_listed(struct precheck *check, const char *line)
{
    unsigned long place = 0;
    if (strncmp(line, "+CMGL:", 6) == 0) {
        place = strtoul(line + 6, NULL, 10);
        check->place = place <= PLACE_MAX ? (unsigned)place : 0;
        check->poison_next = true;
        return;
    }
    if (check->poison_next && strcasecmp(line, check->poison) == 0)
        check->poisoned = check->place;
    check->poison_next = false;
}

static enum precheck_result removed(struct precheck *check, const char *line)
{
    check->removed = strcmp(line, "OK") == 0;
    check->poisoned = 0;
    return next(check);
}

static const struct step steps[] = {
    {"ATE0", NULL, any, ALWAYS},
    {"AT+CMEE=1", NULL, any, ALWAYS},
    {"AT+CGSN", take_imei, any, ALWAYS},
    {"AT+CCID", take_iccid, any, UNKNOWN_SIM},
    {"AT^ICCID?", take_iccid, any, UNKNOWN_SIM},
    {"AT+ICCID", take_iccid, any, UNKNOWN_SIM},
    {"AT^CURC=0", NULL, any, ALWAYS},
    {"AT+CREG=0", NULL, any, ALWAYS},
    {"AT+CPIN?", take_sim, sim_done, ALWAYS},
    {"AT+CMGF=0", NULL, any, POISON},
    {"AT+CPMS=\"SM\"", NULL, any, POISON},
    {"AT+CMGL=4", take_listed, any, POISON},
    {"AT+CMGD=%u", NULL, removed, POISON},
    {"AT+CPMS=\"ME\"", NULL, any, POISON},
    {"AT+CMGL=4", take_listed, any, POISON},
    {"AT+CMGD=%u", NULL, removed, POISON},
};

#define STEPS (sizeof steps / sizeof steps[0])

static bool is_due(const struct precheck *check, const struct step *step)
{
    if (step->due == ALWAYS)
        return true;
    if (step->due == UNKNOWN_SIM)
        return check->iccid[0] == '\0';
    if (check->poison[0] == '\0')
        return false;
    return step->final != removed || check->poisoned > 0;
}

/* Asked before the SIM's state, so that a PIN goes to no other. */
static bool is_ours(struct precheck *check)
{
    check->ours = is_wanted(check->want_imei, check->imei, IMEI_DIGITS) &&
                  is_wanted(check->want_iccid, check->iccid, ICCID_DIGITS_MIN);
    return check->ours;
}

static enum precheck_result next(struct precheck *check)
{
    while (++check->step < STEPS)
        if (is_due(check, &steps[check->step]))
            break;
    if (check->step >= STEPS) {
        check->poison[0] = '\0';
        return PRECHECK_GOOD;
    }
    if (steps[check->step].final == sim_done && !is_ours(check))
        return PRECHECK_OTHER;
    if (steps[check->step].final == removed)
        (void)snprintf(check->command, sizeof check->command, "AT+CMGD=%u", check->poisoned);
    else
        (void)snprintf(check->command, sizeof check->command, "%s", steps[check->step].command);
    return PRECHECK_SEND;
}

void precheck_init(struct precheck *check, const char *pin)
{
    *check = (struct precheck){.why = "", .want_imei = "", .want_iccid = ""};
    (void)snprintf(check->pin, sizeof check->pin, "%s", pin);
}

void precheck_want(struct precheck *check, const char *imei, const char *iccid)
{
    check->want_imei = imei;
    check->want_iccid = iccid;
}

enum precheck_result precheck_begin(struct precheck *check)
{
    check->step = (size_t)-1;
    check->waits = 0;
    check->poisoned = 0;
    check->removed = false;
    check->poison_next = false;
    check->answer[0] = '\0';
    check->imei[0] = check->iccid[0] = '\0';
    check->ours = false;
    return next(check);
}

void precheck_set_poison(struct precheck *check, const uint8_t *pdu, size_t size)
{
    check->poison[0] = '\0';
    if (size > (sizeof check->poison - 1) / 2)
        return;
    for (size_t i = 0; i < size; i++)
        (void)snprintf(check->poison + 2 * i, 3, "%02X", pdu[i]);
}

void precheck_line(struct precheck *check, const char *line)
{
    if (check->step < STEPS && steps[check->step].line != NULL)
        steps[check->step].line(check, line);
}

enum precheck_result precheck_done(struct precheck *check, const char *line)
{
    if (check->step >= STEPS)
        return PRECHECK_GOOD;
    return steps[check->step].final(check, line);
}
