#include "tests/fakes/modemsim_textmode.h"

#include "tests/fakes/modemsim_gsm.h"

#include <stdlib.h>
#include <string.h>

#define DCS_UCS2 8

static const char *const states[] = {"REC UNREAD", "REC READ", "STO UNSENT", "STO SENT", "ALL"};

int textmode_state(const char *word)
{
    for (int i = 0; i < (int)(sizeof states / sizeof *states); i++)
        if (strcmp(states[i], word) == 0)
            return i;
    return -1;
}

/* Hexadecimal UCS-2 to UTF-8; false when it is not that. */
static bool ucs2_text(struct out *utf8, const char *hex, size_t digits)
{
    uint8_t units[AT_ENTRY_SIZE / 2];
    size_t length = 0;
    if (!pdu_hex_decode(units, sizeof units, &length, hex, digits))
        return false;
    out_clear(utf8);
    gsm_ucs2_decode(utf8, units, length);
    return true;
}

static size_t digits_put(uint8_t *octets, const char *number)
{
    bool plus = number[0] == '+';
    const char *digits = number + plus;
    size_t count = strlen(digits);
    if (!count || count > 20 || strspn(digits, "0123456789") != count)
        return 0;
    octets[0] = (uint8_t)count;
    octets[1] = plus ? 0x91 : 0x81;
    for (size_t i = 0; i < count; i += 2) {
        unsigned high = i + 1 < count ? (unsigned)(digits[i + 1] - '0') : 15U;
        octets[2 + i / 2] = (uint8_t)((unsigned)(digits[i] - '0') | high << 4);
    }
    return 2 + (count + 1) / 2;
}

/* TP-UDL and TP-UD; octets, 0 when it does not fit. */
static size_t user_put(uint8_t *octets, bool ucs2, const char *utf8)
{
    uint8_t septets[PDU_SEPTETS_MAX];
    size_t count = 0;
    if (ucs2) {
        if (!gsm_ucs2_encode(octets + 1, PDU_USER_MAX, &count, utf8))
            return 0;
        octets[0] = (uint8_t)count;
        return 1 + count;
    }
    if (!gsm_encode(septets, sizeof septets, &count, utf8))
        return 0;
    memset(octets + 1, 0, PDU_USER_MAX);
    octets[0] = (uint8_t)count;
    gsm_pack(octets + 1, PDU_USER_MAX, 0, septets, count);
    return 1 + (count * 7 + 7) / 8;
}

static const char *tpdu_make(struct modem *modem, const char *to, const char *utf8)
{
    struct at *at = &modem->at;
    uint8_t *tpdu = modem->message.tpdu;
    size_t n = 0;
    uint8_t first = at->csmp[0];
    tpdu[n++] = (uint8_t)((first & ~0x1BU) | 0x11); /* SUBMIT, relative validity */
    tpdu[n++] = 0;
    size_t length = digits_put(tpdu + n, to);
    if (!length)
        return "not a number";
    n += length;
    tpdu[n++] = at->csmp[2];
    tpdu[n++] = at->csmp[3];
    tpdu[n++] = at->csmp[1];
    length = user_put(tpdu + n, (at->csmp[3] & 0x0C) == DCS_UCS2, utf8);
    if (!length)
        return "the text is too long or not in the alphabet of AT+CSMP";
    modem->message.tpdu_octets = n + length;
    return NULL;
}

const char *textmode_entry_read(struct modem *modem)
{
    struct at *at = &modem->at;
    struct out text = {0}, to = {0};
    const char *wrong = at->entry_over ? "too long" : NULL;
    bool hex = at->charset == AT_CHARSET_UCS2;
    out_text(&text, at->entry);
    out_text(&to, at->to);
    if (!wrong && hex && !ucs2_text(&text, at->entry, at->entry_length))
        wrong = "not hexadecimal UCS-2";
    if (hex && strlen(at->to) % 4 == 0 && strncmp(at->to, "00", 2) == 0)
        ucs2_text(&to, at->to, strlen(at->to));
    if (!wrong)
        wrong = tpdu_make(modem, to.data, text.data);
    out_wipe(&text);
    out_wipe(&to);
    return wrong;
}

static void body_write(struct modem *modem, const char *utf8)
{
    struct out quoted = {0};
    at_text(&quoted, modem, utf8);
    out_bytes(&modem->out, quoted.data + 1, quoted.length - 2);
    modem_put(modem, "\r\n");
    out_wipe(&quoted);
}

void textmode_slot_write(struct modem *modem, const struct store_slot *slot, unsigned index)
{
    char from[PDU_ADDRESS_SIZE] = "";
    struct out text = {0};
    out_clear(&text);
    pdu_deliver_decode(from, &text, slot->pdu, slot->length);
    if (index)
        out_print(&modem->out, "\r\n+CMGL: %u,\"%s\",", index, states[slot->state]);
    else
        out_print(&modem->out, "\r\n+CMGR: \"%s\",", states[slot->state]);
    at_text(&modem->out, modem, from);
    modem_put(modem, ",,\r\n");
    body_write(modem, text.data);
    out_wipe(&text);
}
