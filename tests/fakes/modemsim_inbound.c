#include "tests/fakes/modemsim_inbound.h"

#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_gsm.h"

#include <stdlib.h>
#include <string.h>

#define SEPTETS_ONE 160 /* 23.040 section 9.2.3.24: one part, and one of several */
#define SEPTETS_MANY 153
#define OCTETS_ONE 140
#define OCTETS_MANY 134
#define PARTS_MAX 255
#define UNITS_MAX (SEPTETS_MANY * PARTS_MAX)
#define CNMI_CMTI 1 /* <mt> of 27.005 section 3.4.1 */
#define CNMI_CMT 2

static void inbound_log(
    struct modem *modem, const struct store_slot *slot, unsigned index, const char *how)
{
    char from[PDU_ADDRESS_SIZE] = "";
    struct out text = {0};
    bool read = pdu_deliver_decode(from, &text, slot->pdu, slot->length);
    struct out *line = log_begin(&modem->sim->log, modem->index, "inbound");
    out_print(line, ",\"id\":%u,\"how\":\"%s\"", slot->id, how);
    if (index)
        out_print(line, ",\"index\":%u", index);
    if (read) {
        out_text(line, ",\"from\":");
        out_json(line, from);
        out_text(line, ",\"text\":");
        out_json(line, text.data ? text.data : "");
    } else {
        out_text(line, ",\"pdu\":\"");
        out_hex(line, slot->pdu, slot->length);
        out_text(line, "\"");
    }
    log_end(&modem->sim->log);
    out_wipe(&text);
}

static bool reachable(const struct modem *modem)
{
    return modem->tty.master >= 0 && modem->has_network && modem->has_sim;
}

/* False when it has to wait. */
static bool slot_deliver(struct modem *modem, const struct store_slot *slot, enum inbound_how how)
{
    const uint8_t *cnmi = modem->at.cnmi;
    bool told = how == INBOUND_TOLD && cnmi[0] && modem->tty.openers > 0;
    if (!reachable(modem))
        return false;
    if (told && cnmi[1] == CNMI_CMT && modem->health == MODEM_WELL) {
        struct out hex = {0};
        out_hex(&hex, slot->pdu, slot->length);
        modem->counts.inbound++;
        inbound_log(modem, slot, 0, "cmt");
        modem_urc(modem, "+CMT: ,%zu\r\n%s", slot->tpdu_octets, hex.data);
        out_wipe(&hex);
        return true;
    }
    unsigned index = store_add(&modem->store, slot);
    if (!index)
        return false;
    bool line = told && cnmi[1] == CNMI_CMTI;
    modem->counts.inbound++;
    inbound_log(modem, slot, index, line ? "cmti" : "stored");
    if (line)
        modem_urc(modem, "+CMTI: \"SM\",%u", index);
    return true;
}

static bool pending_add(struct modem *modem, const struct store_slot *slot)
{
    if (modem->pending_count == MODEM_PENDING_MAX)
        return false;
    struct modem_pending *wait = out_of_heap(sizeof *wait);
    *wait = (struct modem_pending){.slot = *slot};
    *modem->pending_end = wait;
    modem->pending_end = &wait->next;
    modem->pending_count++;
    return true;
}

static bool slot_arrive(struct modem *modem, const struct store_slot *slot, enum inbound_how how)
{
    if (!modem->pending && slot_deliver(modem, slot, how))
        return true;
    return how == INBOUND_TOLD && pending_add(modem, slot);
}

void inbound_retry(struct modem *modem)
{
    while (modem->pending && slot_deliver(modem, &modem->pending->slot, INBOUND_TOLD)) {
        struct modem_pending *done = modem->pending;
        modem->pending = done->next;
        if (!modem->pending)
            modem->pending_end = &modem->pending;
        modem->pending_count--;
        free(done);
    }
}

bool inbound_pdu(struct modem *modem, const uint8_t *pdu, size_t length)
{
    struct store_slot slot = {.state = STORE_UNREAD, .id = ++modem->sim->last_inbound};
    if (!length || length > sizeof slot.pdu)
        return false;
    memcpy(slot.pdu, pdu, length);
    slot.length = length;
    slot.tpdu_octets = length - pdu_smsc_octets(pdu, length);
    return slot_arrive(modem, &slot, INBOUND_TOLD);
}

/* Units of the part that begins at `from`: never between an escape or a pair and its second half. */
static size_t part_units(const struct pdu_deliver *d, const uint8_t *units, size_t left)
{
    bool gsm7 = d->coding == PDU_GSM7;
    size_t most = gsm7 ? SEPTETS_MANY : OCTETS_MANY;
    if (left <= most)
        return left;
    if (gsm7)
        return units[most - 1] == GSM_ESCAPE ? most - 1 : most;
    return (units[most - 2] & 0xFC) == 0xD8 ? most - 2 : most;
}

static unsigned parts_count(const struct pdu_deliver *d, const uint8_t *units, size_t count)
{
    unsigned parts = 0;
    if (count <= (d->coding == PDU_GSM7 ? SEPTETS_ONE : OCTETS_ONE))
        return 1;
    for (size_t at = 0; at < count; parts++)
        at += part_units(d, units + at, count - at);
    return parts;
}

unsigned inbound_text(struct modem *modem, const char *from, const char *text, enum inbound_how how)
{
    uint8_t units[UNITS_MAX];
    size_t count = 0, at = 0;
    struct sim *sim = modem->sim;
    struct pdu_deliver d = {.from = from, .coding = PDU_GSM7, .ref = sim->last_inbound & 255};
    if (!gsm_encode(units, sizeof units, &count, text)) {
        d.coding = PDU_UCS2;
        if (!gsm_ucs2_encode(units, sizeof units, &count, text))
            return 0;
    }
    d.parts = parts_count(&d, units, count);
    d.wall_s = clock_wall_ms() / 1000;
    if (d.parts > PARTS_MAX)
        return 0;
    for (d.part = 1; d.part <= d.parts; d.part++) {
        struct store_slot slot = {.state = STORE_UNREAD, .id = ++sim->last_inbound};
        d.units = units + at;
        d.count = d.parts == 1 ? count : part_units(&d, units + at, count - at);
        at += d.count;
        slot.length = pdu_deliver_encode(
            slot.pdu, sizeof slot.pdu, &slot.tpdu_octets, modem->identity.smsc, &d);
        if (!slot.length || !slot_arrive(modem, &slot, how))
            return 0;
    }
    return d.parts;
}
