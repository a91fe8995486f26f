/* How the modem, its SIM and its network are: 27.007 sections 5 to 9. */
#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_modem.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CME_PUK 12
#define CME_WRONG_PIN 16
#define CME_NO_NETWORK 30
#define PIN_TRIES 3
#define USSD_DELAY_S 0.3
#define USSD_TEXT_SIZE 64
#define OPERATOR_NAME "Sim.kz"
#define OPERATOR_CODE "40101"

static enum at_result pin_state(struct modem *modem)
{
    const char *state = modem->pin_given                ? "READY"
                        : modem->pin_tries >= PIN_TRIES ? "SIM PUK"
                                                        : "SIM PIN";
    modem_line(modem, "+CPIN: %s", state);
    return AT_OK;
}

static enum at_result pin_enter(struct modem *modem, struct at_call *call)
{
    char pin[16];
    const char *args = call->args;
    if (modem->pin_given)
        return call->code = 3, AT_CME;
    if (modem->pin_tries >= PIN_TRIES)
        return call->code = CME_PUK, AT_CME;
    if (!at_arg_text(pin, sizeof pin, &args) || strcmp(pin, modem->sim->options.pin) != 0) {
        modem->pin_tries++;
        modem_note(modem, "wrong_pin");
        return call->code = CME_WRONG_PIN, AT_CME;
    }
    modem->pin_given = true;
    modem_note(modem, "pin");
    return AT_OK;
}

static enum at_result pin_run(struct modem *modem, struct at_call *call)
{
    if (!modem->has_sim)
        return call->code = 10, AT_CME;
    if (call->op == AT_OP_READ)
        return pin_state(modem);
    return call->op == AT_OP_SET ? pin_enter(modem, call) : AT_OK;
}

static enum at_result operator_run(struct modem *modem, struct at_call *call)
{
    unsigned mode, format;
    const char *args = call->args;
    switch (call->op) {
    case AT_OP_TEST:
        modem_line(modem, "+COPS: (2,\"%s\",\"%s\",\"%s\"),,(0-4),(0-2)", OPERATOR_NAME,
            OPERATOR_NAME, OPERATOR_CODE);
        return AT_OK;
    case AT_OP_READ:
        if (!modem->has_network || !modem->has_sim) {
            modem_line(modem, "+COPS: 0");
            return AT_OK;
        }
        out_print(&modem->out, "\r\n+COPS: 0,%u,", modem->operator_format);
        at_text(&modem->out, modem, modem->operator_format == 2 ? OPERATOR_CODE : OPERATOR_NAME);
        modem_put(modem, "\r\n");
        return AT_OK;
    case AT_OP_SET:
        if (!at_arg_number(&mode, &args, 0) || mode > 4)
            return AT_ERROR;
        if (at_arg_number(&format, &args, modem->operator_format) && format <= 2)
            modem->operator_format = format;
        return AT_OK;
    case AT_OP_EXEC:
    default:
        return AT_OK;
    }
}

static enum at_result signal_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CSQ: (0-31,99),(0-7,99)");
    else
        modem_line(modem, "+CSQ: %d,99", modem->has_network ? 21 : 99);
    return AT_OK;
}

static enum at_result battery_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CBC: (0-3),(0-100)");
    else
        modem_line(modem, "+CBC: 0,100");
    return AT_OK;
}

static enum at_result activity_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CPAS: (0-5)");
    else
        modem_line(modem, "+CPAS: 0");
    return AT_OK;
}

static enum at_result clock_run(struct modem *modem, struct at_call *call)
{
    time_t local = (time_t)(clock_wall_ms() / 1000 + PDU_ZONE_S);
    struct tm tm;
    char text[32];
    if (call->op != AT_OP_READ)
        return AT_OK;
    gmtime_r(&local, &tm);
    strftime(text, sizeof text, "%m/%d,%H:%M:%S", &tm);
    modem_line(modem, "+CCLK: \"%02d/%s+%02d\"", tm.tm_year % 100, text, PDU_ZONE_S / 900);
    return AT_OK;
}

/* 1 full, 0 and 4 radio off; with the reset argument or 16 the modem restarts and loses its settings. */
static enum at_result function_run(struct modem *modem, struct at_call *call)
{
    unsigned level, reset;
    const char *args = call->args;
    switch (call->op) {
    case AT_OP_TEST:
        modem_line(modem, "+CFUN: (0,1,4,16),(0,1)");
        return AT_OK;
    case AT_OP_READ:
        modem_line(modem, "+CFUN: %u", modem->function);
        return AT_OK;
    case AT_OP_SET:
        if (!at_arg_number(&level, &args, 1) || !at_arg_number(&reset, &args, 0) ||
            (level > 1 && level != 4 && level != 16) || reset > 1)
            return AT_ERROR;
        if (reset || level == 16) {
            modem_note(modem, "restart");
            modem->restart = true;
        }
        modem->function = level == 16 ? 1 : level;
        return AT_OK;
    case AT_OP_EXEC:
    default:
        return AT_OK;
    }
}

static enum at_result charset_run(struct modem *modem, struct at_call *call)
{
    static const char *const names[] = {"GSM", "IRA", "UCS2"};
    char name[32];
    const char *args = call->args;
    switch (call->op) {
    case AT_OP_TEST:
        modem_line(modem, "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")");
        return AT_OK;
    case AT_OP_READ:
        modem_line(modem, "+CSCS: \"%s\"", names[modem->at.charset]);
        return AT_OK;
    case AT_OP_SET:
        if (!at_arg_text(name, sizeof name, &args))
            return AT_ERROR;
        for (unsigned i = 0; i < 3; i++) {
            if (strcmp(names[i], name) == 0 || (i == 2 && strcmp(name, "0055004300530032") == 0)) {
                modem->at.charset = (enum at_charset)i;
                return AT_OK;
            }
        }
        return AT_ERROR;
    case AT_OP_EXEC:
    default:
        return AT_OK;
    }
}

static void ussd_answer(struct modem *modem, void *data)
{
    struct out line = {0};
    out_text(&line, "+CUSD: 0,");
    at_text(&line, modem, data);
    out_text(&line, modem->at.charset == AT_CHARSET_UCS2 ? ",72" : ",15");
    modem_urc(modem, "%s", line.data);
    out_wipe(&line);
}

static enum at_result ussd_run(struct modem *modem, struct at_call *call)
{
    unsigned mode;
    const char *args = call->args;
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CUSD: (0-2)");
    else if (call->op == AT_OP_READ)
        modem_line(modem, "+CUSD: 1");
    if (call->op != AT_OP_SET)
        return AT_OK;
    if (!at_arg_number(&mode, &args, 0) || mode > 2)
        return AT_ERROR;
    if (mode != 1 || !*args)
        return AT_OK;
    if (!modem->has_network)
        return call->code = CME_NO_NETWORK, AT_CME;
    bool broke = modem->credit_code || modem->balance <= 0;
    char *text = out_of_heap(USSD_TEXT_SIZE);
    snprintf(text, USSD_TEXT_SIZE, "Balance: %.2f KZT", broke ? 0.0 : modem->balance);
    modem_later(modem, USSD_DELAY_S, ussd_answer, text);
    return AT_OK;
}

static enum at_result book_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CPBS: (\"SM\")");
    else if (call->op == AT_OP_READ)
        modem_line(modem, "+CPBS: \"SM\",0,250");
    return AT_OK;
}

static enum at_result accept_run(struct modem *modem, struct at_call *call)
{
    (void)modem;
    return call->op == AT_OP_READ ? AT_ERROR : AT_OK;
}

const struct at_command at_status_commands[] = {
    {"+CPIN", pin_run, false},
    {"+COPS", operator_run, true},
    {"+CSQ", signal_run, false},
    {"+CBC", battery_run, false},
    {"+CPAS", activity_run, false},
    {"+CCLK", clock_run, false},
    {"+CFUN", function_run, false},
    {"+CSCS", charset_run, false},
    {"+CUSD", ussd_run, true},
    {"+CPBS", book_run, true},
    {"+CTZU", accept_run, false},
    {"+CTZR", accept_run, false},
    {"+CSSN", accept_run, false},
    {"+CCWA", accept_run, false},
    {"+CVHU", accept_run, false},
    {"+CGEREP", accept_run, false},
    {"+ICF", accept_run, false},
    {"+IPR", accept_run, false},
    {"+IFC", accept_run, false},
    {NULL, NULL, false},
};
