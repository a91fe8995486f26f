/* Who the modem and its SIM are: 27.007 sections 5 and 8. */
#include "tests/fakes/modemsim_modem.h"

#include <string.h>

static enum at_result text_run(struct modem *modem, const struct at_call *call, const char *text)
{
    if (call->op == AT_OP_READ || call->op == AT_OP_SET)
        return AT_ERROR;
    if (call->op == AT_OP_EXEC)
        modem_line(modem, "%s", text);
    return AT_OK;
}

static enum at_result manufacturer_run(struct modem *modem, struct at_call *call)
{
    return text_run(modem, call, modem->sim->options.manufacturer);
}

static enum at_result model_run(struct modem *modem, struct at_call *call)
{
    return text_run(modem, call, modem->sim->options.model);
}

static enum at_result revision_run(struct modem *modem, struct at_call *call)
{
    return text_run(modem, call, "1.0");
}

static enum at_result imei_run(struct modem *modem, struct at_call *call)
{
    return text_run(modem, call, modem->identity.imei);
}

static enum at_result imsi_run(struct modem *modem, struct at_call *call)
{
    return text_run(modem, call, modem->identity.imsi);
}

static enum at_result iccid_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST || call->op == AT_OP_SET)
        return call->op == AT_OP_TEST ? AT_OK : AT_ERROR;
    modem_line(modem, "+CCID: \"%s\"", modem->identity.iccid);
    return AT_OK;
}

static enum at_result vendor_iccid_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST || call->op == AT_OP_SET)
        return call->op == AT_OP_TEST ? AT_OK : AT_ERROR;
    modem_line(modem, "^ICCID: %s", modem->identity.iccid);
    return AT_OK;
}

static enum at_result number_run(struct modem *modem, struct at_call *call)
{
    if (call->op != AT_OP_EXEC)
        return call->op == AT_OP_TEST ? AT_OK : AT_ERROR;
    out_text(&modem->out, "\r\n+CNUM: \"\",");
    at_text(&modem->out, modem, modem->identity.number);
    modem_put(modem, ",145\r\n");
    return AT_OK;
}

static enum at_result capabilities_run(struct modem *modem, struct at_call *call)
{
    (void)call;
    modem_line(modem, "+GCAP: +CGSM,+DS,+ES");
    return AT_OK;
}

const struct at_command at_identity_commands[] = {
    {"+CGMI", manufacturer_run, false},
    {"+GMI", manufacturer_run, false},
    {"+CGMM", model_run, false},
    {"+GMM", model_run, false},
    {"+CGMR", revision_run, false},
    {"+GMR", revision_run, false},
    {"+CGSN", imei_run, false},
    {"+GSN", imei_run, false},
    {"+CIMI", imsi_run, true},
    {"+CCID", iccid_run, true},
    {"+ICCID", iccid_run, true},
    {"^ICCID", vendor_iccid_run, true},
    {"+CNUM", number_run, true},
    {"+GCAP", capabilities_run, false},
    {NULL, NULL, false},
};
