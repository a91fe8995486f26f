/* Short messages: 27.005. */
#include "tests/fakes/modemsim_inbound.h"
#include "tests/fakes/modemsim_modem.h"
#include "tests/fakes/modemsim_send.h"
#include "tests/fakes/modemsim_textmode.h"

#include <stdio.h>
#include <string.h>

#define CMS_BAD_INDEX 321
#define CMS_BAD_PDU_MODE 304
#define CMS_BAD_MEMORY 302
#define STATE_ALL 4
#define RETRY_S 0.05   /* from room in the SIM to the next text that waited */
#define LENGTH_LEAST 7 /* of the shortest SUBMIT */

static enum at_result cms(struct at_call *call, unsigned code)
{
    call->code = code;
    return AT_CMS;
}

static enum at_result send_run(struct modem *modem, struct at_call *call)
{
    const char *args = call->args;
    char to[AT_NUMBER_SIZE];
    if (call->op != AT_OP_SET)
        return call->op == AT_OP_TEST ? AT_OK : AT_ERROR;
    if (modem->at.set[AT_SET_CMGF]) {
        if (!at_arg_text(to, sizeof to, &args))
            return cms(call, CMS_BAD_PDU_MODE);
        memcpy(modem->at.to, to, sizeof modem->at.to);
    } else if (!at_arg_number(&modem->at.promised, &args, 0) || modem->at.promised < LENGTH_LEAST ||
               modem->at.promised > PDU_TPDU_SIZE) {
        return cms(call, CMS_BAD_PDU_MODE);
    }
    return send_begin(modem);
}

static void slot_write(struct modem *modem, struct store_slot *slot, unsigned index)
{
    if (modem->at.set[AT_SET_CMGF]) {
        textmode_slot_write(modem, slot, index);
    } else {
        if (index)
            out_print(&modem->out, "\r\n+CMGL: %u,%d,,%zu\r\n", index, (int)slot->state,
                slot->tpdu_octets);
        else
            out_print(&modem->out, "\r\n+CMGR: %d,,%zu\r\n", (int)slot->state, slot->tpdu_octets);
        out_hex(&modem->out, slot->pdu, slot->length);
        modem_put(modem, "\r\n");
    }
    if (slot->state == STORE_UNREAD)
        slot->state = STORE_READ;
}

static enum at_result list_run(struct modem *modem, struct at_call *call)
{
    bool text = modem->at.set[AT_SET_CMGF];
    char word[32];
    unsigned wanted = 0;
    const char *args = call->args;
    if (call->op == AT_OP_TEST) {
        modem_line(
            modem, text ? "+CMGL: (\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")"
                        : "+CMGL: (0-4)");
        return AT_OK;
    }
    if (call->op == AT_OP_SET && text) {
        int state = at_arg_text(word, sizeof word, &args) ? textmode_state(word) : -1;
        if (state < 0)
            return cms(call, CMS_BAD_PDU_MODE);
        wanted = (unsigned)state;
    } else if (call->op == AT_OP_SET && (!at_arg_number(&wanted, &args, 0) || wanted > STATE_ALL)) {
        return cms(call, CMS_BAD_PDU_MODE);
    }
    for (unsigned i = 1; i <= modem->store.size; i++) {
        struct store_slot *slot = store_find(&modem->store, i);
        if (slot && (wanted == STATE_ALL || slot->state == wanted))
            slot_write(modem, slot, i);
    }
    return AT_OK;
}

static enum at_result read_run(struct modem *modem, struct at_call *call)
{
    unsigned index;
    const char *args = call->args;
    if (call->op != AT_OP_SET)
        return call->op == AT_OP_TEST ? AT_OK : AT_ERROR;
    struct store_slot *slot =
        at_arg_number(&index, &args, 0) ? store_find(&modem->store, index) : NULL;
    if (!slot)
        return cms(call, CMS_BAD_INDEX);
    slot_write(modem, slot, 0);
    return AT_OK;
}

static void slot_delete(struct modem *modem, struct store_slot *slot, unsigned index)
{
    struct out *line = log_begin(&modem->sim->log, modem->index, "inbound_deleted");
    out_print(line, ",\"id\":%u,\"index\":%u", slot->id, index);
    log_end(&modem->sim->log);
    slot->state = STORE_FREE;
}

/* <delflag>: 1 read, 2 and sent, 3 and unsent, 4 all. */
static bool delete_matches(unsigned flag, enum store_state state)
{
    return flag == 4 || state == STORE_READ || (flag >= 2 && state == STORE_SENT) ||
           (flag == 3 && state == STORE_UNSENT);
}

static void pending_retry(struct modem *modem, void *data)
{
    (void)data;
    inbound_retry(modem);
}

static enum at_result delete_run(struct modem *modem, struct at_call *call)
{
    unsigned index, flag;
    const char *args = call->args;
    if (call->op == AT_OP_TEST) {
        modem_line(modem, "+CMGD: (1-%u),(0-4)", modem->store.size);
        return AT_OK;
    }
    if (call->op != AT_OP_SET || !at_arg_number(&index, &args, 0) ||
        !at_arg_number(&flag, &args, 0) || flag > 4)
        return AT_ERROR;
    if (!flag && (!index || index > modem->store.size))
        return cms(call, CMS_BAD_INDEX);
    for (unsigned i = 1; i <= modem->store.size; i++) {
        struct store_slot *slot = store_find(&modem->store, i);
        if (slot && (flag ? delete_matches(flag, slot->state) : i == index))
            slot_delete(modem, slot, i);
    }
    if (modem->pending)
        modem_later(modem, RETRY_S, pending_retry, NULL);
    return AT_OK;
}

static enum at_result centre_run(struct modem *modem, struct at_call *call)
{
    char number[PDU_ADDRESS_SIZE];
    const char *args = call->args;
    if (call->op == AT_OP_READ)
        modem_line(modem, "+CSCA: \"%s\",145", modem->identity.smsc);
    if (call->op != AT_OP_SET)
        return AT_OK;
    if (!at_arg_text(number, sizeof number, &args))
        return AT_ERROR;
    memcpy(modem->identity.smsc, number, sizeof modem->identity.smsc);
    return AT_OK;
}

static enum at_result service_run(struct modem *modem, struct at_call *call)
{
    unsigned service;
    const char *args = call->args;
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CSMS: (0,1)");
    else if (call->op == AT_OP_READ)
        modem_line(modem, "+CSMS: %u,1,1,1", modem->at.csms);
    if (call->op != AT_OP_SET)
        return AT_OK;
    if (!at_arg_number(&service, &args, 0) || service > 1)
        return AT_ERROR;
    modem->at.csms = (uint8_t)service;
    modem_line(modem, "+CSMS: 1,1,1");
    return AT_OK;
}

static enum at_result indication_run(struct modem *modem, struct at_call *call)
{
    static const uint8_t most[5] = {2, 3, 2, 1, 1};
    uint8_t *cnmi = modem->at.cnmi, fresh[5];
    const char *args = call->args;
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CNMI: (0-2),(0-3),(0,2),(0,1),(0,1)");
    else if (call->op == AT_OP_READ)
        modem_line(modem, "+CNMI: %u,%u,%u,%u,%u", cnmi[0], cnmi[1], cnmi[2], cnmi[3], cnmi[4]);
    if (call->op != AT_OP_SET)
        return AT_OK;
    for (size_t i = 0; i < sizeof fresh; i++) {
        unsigned value;
        if (!at_arg_number(&value, &args, cnmi[i]) || value > most[i])
            return cms(call, CMS_BAD_PDU_MODE);
        fresh[i] = (uint8_t)value;
    }
    memcpy(cnmi, fresh, sizeof fresh);
    return AT_OK;
}

static enum at_result memory_run(struct modem *modem, struct at_call *call)
{
    unsigned used = store_used(&modem->store), size = modem->store.size;
    const char *args = call->args;
    char name[8];
    switch (call->op) {
    case AT_OP_TEST:
        modem_line(modem, "+CPMS: (\"SM\"),(\"SM\"),(\"SM\")");
        return AT_OK;
    case AT_OP_READ:
        modem_line(modem, "+CPMS: \"SM\",%u,%u,\"SM\",%u,%u,\"SM\",%u,%u", used, size, used, size,
            used, size);
        return AT_OK;
    case AT_OP_SET:
        while (*args)
            if (!at_arg_text(name, sizeof name, &args) || strcmp(name, "SM") != 0)
                return cms(call, CMS_BAD_MEMORY);
        modem_line(modem, "+CPMS: %u,%u,%u,%u,%u,%u", used, size, used, size, used, size);
        return AT_OK;
    case AT_OP_EXEC:
    default:
        return AT_ERROR;
    }
}

static enum at_result parameters_run(struct modem *modem, struct at_call *call)
{
    uint8_t *csmp = modem->at.csmp;
    const char *args = call->args;
    if (call->op == AT_OP_READ)
        modem_line(modem, "+CSMP: %u,%u,%u,%u", csmp[0], csmp[1], csmp[2], csmp[3]);
    if (call->op != AT_OP_SET)
        return AT_OK;
    for (size_t i = 0; i < sizeof modem->at.csmp; i++) {
        unsigned value;
        if (!at_arg_number(&value, &args, csmp[i]) || value > 255)
            return cms(call, CMS_BAD_PDU_MODE);
        csmp[i] = (uint8_t)value;
    }
    return AT_OK;
}

/* Acknowledges a +CMT or +CDS; taken as it comes. */
static enum at_result acknowledge_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_TEST)
        modem_line(modem, "+CNMA: (0-2)");
    return call->op == AT_OP_READ ? AT_ERROR : AT_OK;
}

static enum at_result broadcast_run(struct modem *modem, struct at_call *call)
{
    if (call->op == AT_OP_READ)
        modem_line(modem, "+CSCB: 0,\"\",\"\"");
    else if (call->op == AT_OP_TEST)
        modem_line(modem, "+CSCB: (0,1)");
    return AT_OK;
}

const struct at_command at_sms_commands[] = {
    {"+CMGS", send_run, true},
    {"+CMGL", list_run, true},
    {"+CMGR", read_run, true},
    {"+CMGD", delete_run, true},
    {"+CSCA", centre_run, true},
    {"+CSMS", service_run, false},
    {"+CNMI", indication_run, false},
    {"+CPMS", memory_run, true},
    {"+CSMP", parameters_run, false},
    {"+CNMA", acknowledge_run, true},
    {"+CSCB", broadcast_run, true},
    {NULL, NULL, false},
};
