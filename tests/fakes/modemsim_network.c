#include "tests/fakes/modemsim_network.h"

#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_gsm.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PRICE 15.0 /* of one part */
#define AWAY_RETRY_S 1.0
#define TRYING_S 1.0          /* from a report that is not final to the final one */
#define STATUS_DELIVERED 0x00 /* 23.040 section 9.2.3.15 */
#define CNMI_CDS 1            /* <ds> of 27.005 section 3.4.1 */

/* A report on its way. */
struct letter {
    char to[PDU_ADDRESS_SIZE];
    uint8_t mr, status;
    int64_t sent_s, done_s;
};

static void flaws_print(struct out *line, unsigned flaws)
{
    static const struct {
        unsigned flaw;
        const char *text;
    } names[] = {
        {GSM_FLAW_LONE_SURROGATE, "lone surrogate"},
        {GSM_FLAW_ESCAPE_AT_END, "escape at the end"},
        {GSM_FLAW_UNKNOWN_ESCAPE, "unknown escape"},
        {GSM_FLAW_ODD_BYTES, "odd number of bytes"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flaws & names[i].flaw)
            out_print(line, ",\"flaw\":\"%s\"", names[i].text);
}

static void taken_log(struct modem *modem, uint8_t mr)
{
    const struct modem_message *message = &modem->message;
    const struct pdu_submit *s = &message->submit;
    struct out *line = log_begin(&modem->sim->log, modem->index, "sms");
    out_print(line, ",\"n\":%u,\"to\":", modem->faults.attempts);
    out_json(line, s->to);
    out_text(line, ",\"text\":");
    out_json(line, message->text.data);
    out_print(line, ",\"coding\":\"%s\",\"length\":%u,\"bytes\":%zu,\"udh\":\"",
        pdu_coding_name(s->coding), s->length, s->user_octets);
    out_hex(line, s->udh, s->udh_octets);
    out_print(
        line, "\",\"ref\":%u,\"part\":%u,\"parts\":%u,\"mr\":%u", s->ref, s->part, s->parts, mr);
    out_print(line, ",\"submitted_mr\":%u,\"pid\":%u,\"dcs\":%u,\"class\":%d", s->mr, s->pid,
        s->dcs, s->message_class);
    out_print(line, ",\"validity_min\":%" PRId64 ",\"srr\":%s,\"rd\":%s", s->validity_min,
        s->srr ? "true" : "false", s->rd ? "true" : "false");
    flaws_print(line, s->flaws);
    out_text(line, ",\"pdu\":\"");
    out_hex(line, message->tpdu, message->tpdu_octets);
    out_text(line, "\"");
    log_end(&modem->sim->log);
}

static void report_log(struct modem *modem, const struct letter *letter, const char *how)
{
    struct out *line = log_begin(&modem->sim->log, modem->index, "report");
    out_text(line, ",\"to\":");
    out_json(line, letter->to);
    out_print(line, ",\"mr\":%u,\"status\":%u,\"how\":\"%s\"", letter->mr, letter->status, how);
    log_end(&modem->sim->log);
}

static void letter_send(struct modem *modem, double delay_s, const struct letter *letter);

/* Into the modem, as AT+CNMI says. False when nobody hears it. */
static bool letter_deliver(struct modem *modem, const struct store_slot *slot)
{
    const uint8_t *cnmi = modem->at.cnmi;
    if (cnmi[3] != CNMI_CDS || !cnmi[0] || modem->tty.openers <= 0 || modem->health != MODEM_WELL)
        return false;
    struct out hex = {0};
    out_hex(&hex, slot->pdu, slot->length);
    modem_urc(modem, "+CDS: %zu\r\n%s", slot->tpdu_octets, hex.data);
    out_wipe(&hex);
    return true;
}

static void letter_arrive(struct modem *modem, void *data)
{
    const struct letter *letter = data;
    if (modem->tty.master < 0 || !modem->has_network || !modem->has_sim) {
        letter_send(modem, AWAY_RETRY_S, letter);
        return;
    }
    struct store_slot slot = {.state = STORE_UNREAD};
    struct pdu_report report = {.to = letter->to,
        .mr = letter->mr,
        .status = letter->status,
        .sent_s = letter->sent_s,
        .done_s = letter->done_s};
    slot.length = pdu_report_encode(
        slot.pdu, sizeof slot.pdu, &slot.tpdu_octets, modem->identity.smsc, &report);
    if (!slot.length)
        return;
    report_log(modem, letter, letter_deliver(modem, &slot) ? "cds" : "lost");
    modem->counts.reports++;
}

/* Reports wait in the network: a power cut of the modem does not stop them. */
static void letter_send(struct modem *modem, double delay_s, const struct letter *letter)
{
    struct letter *copy = out_of_heap(sizeof *copy);
    *copy = *letter;
    copy->done_s = (clock_wall_ms() + (int64_t)(delay_s * 1000)) / 1000;
    struct timer timer = {.modem = modem, .run = letter_arrive, .data = copy};
    timer_add(&modem->sim->timers, clock_us_of(delay_s), timer);
}

static void report_plan(struct modem *modem, uint8_t mr)
{
    const struct fault_set *faults = &modem->faults;
    const struct fault *failed = fault_on(faults, FAULT_REPORT_FAILED);
    const struct fault *trying = fault_on(faults, FAULT_REPORT_TRYING);
    const struct fault *wrong = fault_on(faults, FAULT_REPORT_WRONG);
    double delay_s = modem->sim->options.report_delay_s;
    struct letter letter = {.mr = mr, .sent_s = clock_wall_ms() / 1000};
    const char *to = modem->message.submit.to;
    if (wrong)
        to = wrong->text[0] ? wrong->text : "+77009999999";
    snprintf(letter.to, sizeof letter.to, "%.*s", (int)sizeof letter.to - 1, to);
    letter.status = failed ? (uint8_t)failed->value : STATUS_DELIVERED;
    if (trying) {
        struct letter first = letter;
        first.status = (uint8_t)trying->value;
        letter_send(modem, delay_s, &first);
        delay_s += TRYING_S;
    }
    if (fault_on(faults, FAULT_REPORT_EARLY)) {
        letter.done_s = letter.sent_s;
        letter_arrive(modem, &letter);
        return;
    }
    letter_send(modem, delay_s, &letter);
    if (fault_on(faults, FAULT_REPORT_TWICE))
        letter_send(modem, delay_s, &letter);
}

void network_take(struct modem *modem, uint8_t mr)
{
    const struct pdu_submit *s = &modem->message.submit;
    struct phones_part part = {.modem = modem->index,
        .wall_ms = clock_wall_ms(),
        .ref = s->ref,
        .part = s->part,
        .parts = s->parts,
        .coding = s->coding};
    modem->counts.accepted++;
    modem->balance -= PRICE;
    taken_log(modem, mr);
    memcpy(part.number, s->to, sizeof part.number);
    part.text = out_copy(modem->message.text.data);
    phones_add(&modem->sim->phones, &part);
    if (s->srr && modem->sim->options.reports && !fault_on(&modem->faults, FAULT_REPORT_NONE))
        report_plan(modem, mr);
}
