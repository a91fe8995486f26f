#include "tests/fakes/modemsim_send.h"

#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_condition.h"
#include "tests/fakes/modemsim_network.h"
#include "tests/fakes/modemsim_textmode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CMS_SIM_OUT 310 /* 27.005 section 3.2.5 */
#define CMS_BAD_PDU 304
#define CMS_BAD_TEXT 305
#define PDU_WITH_SMSC (PDU_TPDU_SIZE + 12)

static void prompt_write(struct modem *modem, void *data)
{
    (void)data;
    struct at *at = &modem->at;
    at_mode_set(modem, AT_ENTRY);
    at->entry_length = 0;
    at->entry_over = false;
    modem_put(modem, "\r\n> ");
    modem_flush(modem);
}

static void noise_write(struct modem *modem)
{
    modem_line(modem, "^RSSI: 17");
    modem_line(modem, "+CREG: 1");
}

static void noise_again(struct modem *modem, void *data)
{
    (void)data;
    modem_line(modem, "+CMTI: \"SM\",%u", modem->store.size);
    modem_flush(modem);
}

enum at_result send_begin(struct modem *modem)
{
    fault_arm(&modem->faults);
    struct out *line = log_begin(&modem->sim->log, modem->index, "cmgs_begin");
    out_print(line, ",\"n\":%u", modem->faults.attempts);
    log_end(&modem->sim->log);
    condition_begin_due(modem);
    if (modem->health != MODEM_WELL || fault_on(&modem->faults, FAULT_NO_PROMPT))
        return AT_NOTHING;
    const struct fault *late = fault_on(&modem->faults, FAULT_LATE_PROMPT);
    if (!late) {
        prompt_write(modem, NULL);
        return AT_NOTHING;
    }
    at_mode_set(modem, AT_AWAIT_PROMPT);
    noise_write(modem);
    modem_later(modem, late->value / 2, noise_again, NULL);
    modem_later(modem, late->value, prompt_write, NULL);
    return AT_NOTHING;
}

/* Writes what the log says of a message that the network does not have. */
static void refused_log(struct modem *modem, const char *why, unsigned code)
{
    struct out *line = log_begin(&modem->sim->log, modem->index, "refused");
    out_print(line, ",\"n\":%u,\"to\":", modem->faults.attempts);
    out_json(line, modem->message.submit.to);
    out_text(line, ",\"text\":");
    out_json(line, modem->message.text.data ? modem->message.text.data : "");
    if (code)
        out_print(line, ",\"code\":%u", code);
    out_text(line, ",\"why\":");
    out_json(line, why);
    log_end(&modem->sim->log);
    modem->counts.refused++;
}

/* A reason and its +CMS ERROR, or NULL when the network takes the message. */
static const char *refusal(unsigned *code, const struct modem *modem)
{
    const struct fault_set *faults = &modem->faults;
    const struct fault *error = fault_on(faults, FAULT_ERROR);
    const struct fault *poison = fault_poison(faults, modem->message.submit.to);
    *code = 0;
    if (fault_on(faults, FAULT_SILENT_AFTER))
        return "silent-after";
    if (!modem->has_sim)
        return *code = CMS_SIM_OUT, "no SIM";
    if (!modem->has_network)
        return *code = modem->network_code, "no network";
    if (modem->credit_code)
        return *code = modem->credit_code, "no credit";
    if (poison)
        return *code = poison->code, "number refused";
    if (error)
        return *code = error->code, "error";
    return NULL;
}

static void garbage_put(struct modem *modem, double bytes)
{
    uint32_t state = modem->sim->options.seed + modem->index * 7919U + modem->faults.attempts;
    for (double i = 0; i < bytes; i++) {
        state = state * 1664525U + 1013904223U;
        uint8_t byte = (uint8_t)(state >> 24 | 1);
        out_bytes(&modem->out, &byte, 1);
    }
}

static void long_cds_put(struct modem *modem, double digits)
{
    modem_put(modem, "\r\n+CDS: 26\r\n");
    for (double i = 0; i < digits; i++)
        modem_put(modem, "0");
    modem_put(modem, "\r\n");
}

static void answer_write(struct modem *modem, uint8_t mr)
{
    const struct fault_set *faults = &modem->faults;
    const struct fault *garbage = fault_on(faults, FAULT_GARBAGE);
    const struct fault *long_cds = fault_on(faults, FAULT_LONG_CDS);
    const struct fault *error = fault_on(faults, FAULT_ERROR_TAKEN);
    if (fault_on(faults, FAULT_SILENT_TAKEN)) {
        at_end(modem, AT_NOTHING, 0);
        return;
    }
    if (fault_on(faults, FAULT_LATE_PROMPT))
        noise_write(modem);
    if (garbage)
        garbage_put(modem, garbage->value);
    if (error) {
        at_end(modem, AT_CMS, error->code);
        return;
    }
    modem_line(modem, "+CMGS: %u", mr);
    double digits = long_cds ? long_cds->value : 0;
    if (digits > 0) {
        modem_line(modem, "OK");
        long_cds_put(modem, digits);
    }
    at_end(modem, digits > 0 ? AT_NOTHING : AT_OK, 0);
}

/* The latency has passed: the network takes the message, or not. */
static void send_done(struct modem *modem, void *data)
{
    (void)data;
    unsigned code;
    const char *why = refusal(&code, modem);
    const struct fault *vanish = fault_on(&modem->faults, FAULT_VANISH_TAKEN);
    if (why) {
        refused_log(modem, why, code);
        at_end(modem, code ? AT_CMS : AT_NOTHING, code);
        return;
    }
    uint8_t mr = modem->next_mr++;
    network_take(modem, mr);
    if (vanish)
        condition_vanish(modem, vanish->value);
    else
        answer_write(modem, mr);
}

static size_t spaces_drop(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++)
        if (!isspace((unsigned char)text[i]))
            text[kept++] = text[i];
    return kept;
}

/* The octets of the PDU after the service centre. NULL when well, else what is wrong. */
static const char *entry_read(struct modem *modem)
{
    struct at *at = &modem->at;
    struct modem_message *message = &modem->message;
    uint8_t pdu[PDU_WITH_SMSC];
    size_t length = 0, digits = spaces_drop(at->entry, at->entry_length);
    if (at->entry_over || !pdu_hex_decode(pdu, sizeof pdu, &length, at->entry, digits))
        return "not the hexadecimal digits of a PDU";
    size_t centre = pdu_smsc_octets(pdu, length);
    if (!centre || length - centre > sizeof message->tpdu)
        return "the service centre or the PDU is too long";
    message->tpdu_octets = length - centre;
    memcpy(message->tpdu, pdu + centre, message->tpdu_octets);
    if (message->tpdu_octets != at->promised)
        return "AT+CMGS named another length than the PDU has";
    return NULL;
}

void send_entered(struct modem *modem)
{
    bool text_mode = modem->at.set[AT_SET_CMGF];
    struct modem_message *message = &modem->message;
    message->submit = (struct pdu_submit){0};
    out_clear(&message->text);
    const char *wrong = text_mode ? textmode_entry_read(modem) : entry_read(modem);
    if (!wrong)
        wrong = pdu_submit_decode(&message->submit, &message->text, message->tpdu,
            message->tpdu_octets, clock_wall_ms() / 1000);
    at_mode_set(modem, AT_BUSY);
    if (wrong) {
        unsigned code = text_mode ? CMS_BAD_TEXT : CMS_BAD_PDU;
        refused_log(modem, wrong, code);
        at_end(modem, AT_CMS, code);
        return;
    }
    const struct fault *vanish = fault_on(&modem->faults, FAULT_VANISH);
    if (vanish) {
        refused_log(modem, "vanish", 0);
        condition_vanish(modem, vanish->value);
        return;
    }
    const struct fault *slow = fault_on(&modem->faults, FAULT_SLOW);
    double wait_s = modem->sim->options.latency_s + (slow ? slow->value : 0);
    modem_flush(modem);
    if (wait_s > 0)
        modem_later(modem, wait_s, send_done, NULL);
    else
        send_done(modem, NULL);
}

void send_cancelled(struct modem *modem)
{
    modem_note(modem, "cmgs_cancelled");
    at_end(modem, AT_OK, 0);
}
