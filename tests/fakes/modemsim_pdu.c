#include "tests/fakes/modemsim_pdu.h"

#include "tests/fakes/modemsim_gsm.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ADDRESS_ALPHANUMERIC 0xD0 /* 23.040 section 9.1.2.5 */
#define ADDRESS_INTERNATIONAL 0x91
#define ADDRESS_UNKNOWN 0x81
#define ADDRESS_DIGITS_MAX 20
#define ADDRESS_OCTETS (2 + ADDRESS_DIGITS_MAX / 2)
#define IEI_CONCAT_8 0x00 /* section 9.2.3.24.1 */
#define IEI_CONCAT_16 0x08

/* Reads octets and never past the end; `over` once something was missing. */
struct cursor {
    const uint8_t *at, *end;
    bool over;
};

static unsigned cursor_u8(struct cursor *c)
{
    if (c->at == c->end) {
        c->over = true;
        return 0;
    }
    return *c->at++;
}

static const uint8_t *cursor_take(struct cursor *c, size_t length)
{
    if ((size_t)(c->end - c->at) < length) {
        c->over = true;
        return NULL;
    }
    c->at += length;
    return c->at - length;
}

const char *pdu_coding_name(enum pdu_coding coding)
{
    static const char *const names[] = {"gsm7", "bytes", "ucs2"};
    return names[coding];
}

bool pdu_hex_decode(uint8_t *bytes, size_t size, size_t *length, const char *hex, size_t digits)
{
    static const char table[] = "0123456789ABCDEF";
    if (digits % 2 || digits / 2 > size)
        return false;
    for (size_t i = 0; i < digits; i++) {
        const char *digit = hex[i] ? strchr(table, toupper((unsigned char)hex[i])) : NULL;
        if (!digit)
            return false;
        unsigned value = (unsigned)(digit - table);
        bytes[i / 2] = (uint8_t)(i % 2 ? bytes[i / 2] | value : value << 4);
    }
    *length = digits / 2;
    return true;
}

size_t pdu_smsc_octets(const uint8_t *pdu, size_t length)
{
    size_t octets = length ? 1U + pdu[0] : 0;
    return octets <= length ? octets : 0;
}

/* Semi-octets, low first, to digits; the letters of section 9.1.2.3 for 10-14. */
static void digits_decode(char *text, const uint8_t *octets, size_t digits)
{
    static const char table[] = "0123456789*#abc?";
    for (size_t i = 0; i < digits; i++)
        text[i] = table[octets[i / 2] >> (i % 2 ? 4 : 0) & 15];
    text[digits] = 0;
}

static const char *address_decode(char text[PDU_ADDRESS_SIZE], struct cursor *c)
{
    size_t digits = cursor_u8(c);
    unsigned type = cursor_u8(c);
    const uint8_t *octets = cursor_take(c, (digits + 1) / 2);
    if (!octets)
        return "the address runs over the end";
    if (digits == 0 || digits > ADDRESS_DIGITS_MAX)
        return "the address has no or too many digits";
    if ((type & 0x70) == 0x50) {
        uint8_t septets[ADDRESS_DIGITS_MAX];
        size_t count = digits * 4 / 7;
        struct out name = {0};
        gsm_unpack(septets, count, octets, (digits + 1) / 2, 0);
        gsm_decode(&name, septets, count);
        snprintf(text, PDU_ADDRESS_SIZE, "%s", name.data ? name.data : "");
        out_wipe(&name);
        return NULL;
    }
    if (digits % 2 && octets[digits / 2] >> 4 != 15)
        return "the address has an odd number of digits and no filler";
    bool plus = (type & 0x70) == 0x10;
    text[0] = '+';
    digits_decode(text + plus, octets, digits);
    return strchr(text, '?') ? "the address has a digit 15" : NULL;
}

static unsigned swapped(uint8_t octet)
{
    return (octet & 15U) * 10 + (octet >> 4);
}

static int64_t relative_min(uint8_t v) /* section 9.2.3.12.1 */
{
    if (v <= 143)
        return (v + 1) * 5;
    if (v <= 167)
        return 12 * 60 + (v - 143) * 30;
    return v <= 196 ? (v - 166) * 1440 : (v - 192) * 7 * 1440;
}

static int64_t scts_decode(const uint8_t o[7]) /* section 9.2.3.11 */
{
    struct tm tm = {
        .tm_year = (int)swapped(o[0]) + 100,
        .tm_mon = (int)swapped(o[1]) - 1,
        .tm_mday = (int)swapped(o[2]),
        .tm_hour = (int)swapped(o[3]),
        .tm_min = (int)swapped(o[4]),
        .tm_sec = (int)swapped(o[5]),
    };
    int quarters = (o[6] & 7) * 10 + (o[6] >> 4);
    return timegm(&tm) - (o[6] & 8 ? -quarters : quarters) * 900;
}

static int64_t enhanced_min(const uint8_t o[7]) /* section 9.2.3.12.3 */
{
    switch (o[0] & 7) {
    case 1:
        return relative_min(o[1]);
    case 2:
        return (o[1] + 59) / 60;
    case 3:
        return swapped(o[1]) * 60 + swapped(o[2]);
    default:
        return -1;
    }
}

static const char *validity_decode(
    int64_t *minutes, struct cursor *c, unsigned format, int64_t wall_s)
{
    *minutes = -1;
    if (format == 0)
        return NULL;
    const uint8_t *octets = cursor_take(c, format == 2 ? 1 : 7);
    if (!octets)
        return "the validity period runs over the end";
    if (format == 2)
        *minutes = relative_min(octets[0]);
    else if (format == 1)
        *minutes = enhanced_min(octets);
    else
        *minutes = (scts_decode(octets) - wall_s) / 60;
    return NULL;
}

/* 23.038 section 4 */
static const char *dcs_decode(enum pdu_coding *coding, int *message_class, unsigned dcs)
{
    static const enum pdu_coding alphabets[] = {PDU_GSM7, PDU_BYTES, PDU_UCS2, PDU_GSM7};
    *message_class = -1;
    if (dcs < 0x80) {
        if (dcs & 0x20)
            return "compressed text";
        if (dcs & 0x10)
            *message_class = (int)(dcs & 3);
        *coding = alphabets[dcs >> 2 & 3];
        return (dcs >> 2 & 3) == 3 ? "reserved alphabet in TP-DCS" : NULL;
    }
    if (dcs >= 0xF0) {
        *message_class = (int)(dcs & 3);
        *coding = dcs & 4 ? PDU_BYTES : PDU_GSM7;
        return NULL;
    }
    *coding = dcs >= 0xE0 ? PDU_UCS2 : PDU_GSM7;
    return dcs < 0xC0 ? "reserved TP-DCS" : NULL;
}

/* Information elements tile the header exactly, section 9.2.3.24. */
static const char *header_decode(struct pdu_submit *s, const uint8_t *user, size_t octets)
{
    s->udh_octets = octets ? 1U + user[0] : 0;
    if (!s->udh_octets || s->udh_octets > octets)
        return "the user data header is longer than the user data";
    memcpy(s->udh, user, s->udh_octets);
    struct cursor c = {user + 1, user + s->udh_octets, false};
    while (c.at < c.end) {
        unsigned iei = cursor_u8(&c);
        size_t length = cursor_u8(&c);
        const uint8_t *value = cursor_take(&c, length);
        if (!value)
            return "an information element runs over its header";
        if (iei == IEI_CONCAT_8 && length == 3) {
            s->ref = value[0];
            s->parts = value[1];
            s->part = value[2];
        } else if (iei == IEI_CONCAT_16 && length == 4) {
            s->ref = (unsigned)value[0] << 8 | value[1];
            s->parts = value[2];
            s->part = value[3];
        }
    }
    return s->part == 0 || s->part > s->parts ? "part number outside of the number of parts" : NULL;
}

static unsigned user_text(struct out *text, const struct pdu_submit *s, const uint8_t *user)
{
    if (s->coding == PDU_GSM7) {
        uint8_t septets[256];
        size_t first = (s->udh_octets * 8 + 6) / 7;
        size_t count = s->length > first ? s->length - first : 0;
        gsm_unpack(septets, count, user, s->user_octets, first);
        return gsm_decode(text, septets, count);
    }
    const uint8_t *body = user + s->udh_octets;
    size_t length = s->user_octets - s->udh_octets;
    if (s->coding == PDU_UCS2)
        return gsm_ucs2_decode(text, body, length);
    out_hex(text, body, length);
    return 0;
}

static const char *user_decode(struct pdu_submit *s, struct out *text, struct cursor *c)
{
    s->length = cursor_u8(c);
    if (c->over)
        return "no TP-UDL";
    bool gsm7 = s->coding == PDU_GSM7;
    s->user_octets = gsm7 ? (s->length * 7U + 7) / 8 : s->length;
    if (s->user_octets > PDU_USER_MAX || (gsm7 && s->length > PDU_SEPTETS_MAX))
        return "TP-UDL says more than 140 octets";
    if ((size_t)(c->end - c->at) != s->user_octets)
        return "TP-UDL and the octets that follow disagree";
    s->part = s->parts = 1;
    const char *wrong = s->udhi ? header_decode(s, c->at, s->user_octets) : NULL;
    if (!wrong)
        s->flaws = user_text(text, s, c->at);
    return wrong;
}

const char *pdu_submit_decode(
    struct pdu_submit *submit, struct out *text, const uint8_t *tpdu, size_t length, int64_t wall_s)
{
    struct cursor c = {tpdu, tpdu + length, false};
    *submit = (struct pdu_submit){.validity_min = -1};
    unsigned first = cursor_u8(&c);
    submit->mr = (uint8_t)cursor_u8(&c);
    if (c.over || (first & 3) != 1)
        return "not a SUBMIT";
    submit->rd = first & 0x04;
    submit->srr = first & 0x20;
    submit->udhi = first & 0x40;
    submit->rp = first & 0x80;
    const char *wrong = address_decode(submit->to, &c);
    if (wrong)
        return wrong;
    submit->pid = (uint8_t)cursor_u8(&c);
    submit->dcs = (uint8_t)cursor_u8(&c);
    if (c.over)
        return "ends before TP-DCS";
    wrong = dcs_decode(&submit->coding, &submit->message_class, submit->dcs);
    if (!wrong)
        wrong = validity_decode(&submit->validity_min, &c, first >> 3 & 3, wall_s);
    return wrong ? wrong : user_decode(submit, text, &c);
}

static void digits_encode(uint8_t *octets, const char *digits, size_t count)
{
    for (size_t i = 0; i < count; i += 2) {
        unsigned high = i + 1 < count ? (unsigned)(digits[i + 1] - '0') : 15U;
        octets[i / 2] = (uint8_t)((unsigned)(digits[i] - '0') | high << 4);
    }
}

/* Length octet as section 9.1.2.5 counts (digits) or, for a service centre, octets. Returns octets in all,
 * 0 when it does not fit. */
static size_t address_encode(uint8_t octets[ADDRESS_OCTETS], const char *address, bool centre)
{
    const char *digits = address + (address[0] == '+');
    size_t count = strlen(digits);
    memset(octets, 0, ADDRESS_OCTETS);
    if (count && strspn(digits, "0123456789") == count) {
        if (count > ADDRESS_DIGITS_MAX)
            return 0;
        octets[0] = (uint8_t)(centre ? 1 + (count + 1) / 2 : count);
        octets[1] = digits == address ? ADDRESS_UNKNOWN : ADDRESS_INTERNATIONAL;
        digits_encode(octets + 2, digits, count);
        return 2 + (count + 1) / 2;
    }
    uint8_t septets[11];
    if (!gsm_encode(septets, sizeof septets, &count, address) || !count)
        return 0;
    octets[0] = (uint8_t)((count * 7 + 3) / 4);
    octets[1] = ADDRESS_ALPHANUMERIC;
    gsm_pack(octets + 2, ADDRESS_OCTETS - 2, 0, septets, count);
    return 2 + (octets[0] + 1U) / 2;
}

static void time_encode(uint8_t octets[7], int64_t wall_s)
{
    time_t local = (time_t)(wall_s + PDU_ZONE_S);
    struct tm tm;
    gmtime_r(&local, &tm);
    const int parts[7] = {tm.tm_year % 100, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
        tm.tm_sec, PDU_ZONE_S / 900};
    for (size_t i = 0; i < 7; i++)
        octets[i] = (uint8_t)(parts[i] % 10 << 4 | parts[i] / 10);
}

/* Bounded writing; once it does not fit, `over`. */
struct pen {
    uint8_t *octets;
    size_t size, length;
    bool over;
};

static void pen_put(struct pen *pen, const uint8_t *octets, size_t length)
{
    if (pen->over || pen->size - pen->length < length) {
        pen->over = true;
        return;
    }
    memcpy(pen->octets + pen->length, octets, length);
    pen->length += length;
}

static void pen_u8(struct pen *pen, unsigned value)
{
    uint8_t octet = (uint8_t)value;
    pen_put(pen, &octet, 1);
}

static void pen_address(struct pen *pen, const char *address, bool centre)
{
    uint8_t octets[ADDRESS_OCTETS];
    size_t length = address_encode(octets, address, centre);
    pen->over |= length == 0;
    pen_put(pen, octets, length);
}

static void pen_time(struct pen *pen, int64_t wall_s)
{
    uint8_t octets[7];
    time_encode(octets, wall_s);
    pen_put(pen, octets, sizeof octets);
}

static size_t pen_end(size_t *tpdu_octets, const struct pen *pen, size_t centre)
{
    *tpdu_octets = pen->over ? 0 : pen->length - centre;
    return pen->over ? 0 : pen->length;
}

size_t pdu_deliver_encode(
    uint8_t *pdu, size_t size, size_t *tpdu_octets, const char *smsc, const struct pdu_deliver *d)
{
    struct pen pen = {.octets = pdu, .size = size};
    bool joined = d->parts > 1, gsm7 = d->coding == PDU_GSM7;
    const uint8_t header[] = {
        5, IEI_CONCAT_8, 3, (uint8_t)d->ref, (uint8_t)d->parts, (uint8_t)d->part};
    size_t first = joined ? (gsm7 ? 7 : sizeof header) : 0;
    size_t octets = gsm7 ? ((first + d->count) * 7 + 7) / 8 : first + d->count;
    uint8_t user[PDU_USER_MAX] = {0};
    if (octets > sizeof user)
        return 0;
    if (joined)
        memcpy(user, header, sizeof header);
    if (gsm7)
        gsm_pack(user, sizeof user, first, d->units, d->count);
    else
        memcpy(user + first, d->units, d->count);
    pen_address(&pen, smsc, true);
    size_t centre = pen.length;
    pen_u8(&pen, joined ? 0x44 : 0x04); /* DELIVER, no more messages waiting, header or not */
    pen_address(&pen, d->from, false);
    pen_u8(&pen, 0);
    pen_u8(&pen, d->coding == PDU_UCS2 ? 8 : d->coding == PDU_BYTES ? 4 : 0);
    pen_time(&pen, d->wall_s);
    pen_u8(&pen, (unsigned)(first + d->count));
    pen_put(&pen, user, octets);
    return pen_end(tpdu_octets, &pen, centre);
}

size_t pdu_report_encode(
    uint8_t *pdu, size_t size, size_t *tpdu_octets, const char *smsc, const struct pdu_report *r)
{
    struct pen pen = {.octets = pdu, .size = size};
    pen_address(&pen, smsc, true);
    size_t centre = pen.length;
    pen_u8(&pen, 0x06); /* STATUS-REPORT, no more messages waiting */
    pen_u8(&pen, r->mr);
    pen_address(&pen, r->to, false);
    pen_time(&pen, r->sent_s);
    pen_time(&pen, r->done_s);
    pen_u8(&pen, r->status);
    return pen_end(tpdu_octets, &pen, centre);
}

bool pdu_deliver_decode(
    char from[PDU_ADDRESS_SIZE], struct out *text, const uint8_t *pdu, size_t length)
{
    size_t centre = pdu_smsc_octets(pdu, length);
    struct cursor c = {pdu + centre, pdu + length, false};
    struct pdu_submit s = {0};
    unsigned first = cursor_u8(&c);
    if (!centre || (first & 3) != 0 || address_decode(from, &c))
        return false;
    s.udhi = first & 0x40;
    cursor_u8(&c);
    s.dcs = (uint8_t)cursor_u8(&c);
    return cursor_take(&c, 7) && !dcs_decode(&s.coding, &s.message_class, s.dcs) &&
           !user_decode(&s, text, &c);
}
