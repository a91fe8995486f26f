#include "modems/smpp_text.h"

#include "gateway/base/utf8.h"
#include "modems/gsm7.h"

#include <string.h>

#define REPLACEMENT 0xfffdu
#define PRINTABLE_FIRST ' '
#define PRINTABLE_LAST '~'
#define SERVICE_DIGITS_MAX 8 /* a number without a plus that is longer is one of a phone */
#define PART_OCTETS_MAX 140  /* of UCS-2 with its header, 3GPP TS 23.040, 9.2.3.24 */
#define PART_SEPTETS_MAX 160

/* SMPP 5.2.5 and 5.2.6 */
#define TON_UNKNOWN 0
#define TON_INTERNATIONAL 1
#define TON_LETTERS 5
#define NPI_UNKNOWN 0
#define NPI_ISDN 1

/* SMPP 5.2.19 */
#define CODING_DEFAULT 0
#define CODING_ASCII 1
#define CODING_LATIN1 3
#define CODING_UCS2 8

/* 3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8 */
#define ELEMENT_CONCATENATED_8 0x00
#define ELEMENT_CONCATENATED_16 0x08

/* ---- addresses ---- */

static bool is_printable(char c)
{
    return c >= PRINTABLE_FIRST && c <= PRINTABLE_LAST;
}

static char printable(char c)
{
    if (is_printable(c))
        return c;
    return '?';
}

enum err smpp_text_put_address(struct smpp_pdu_address *address, const char *number)
{
    bool plus = number[0] == '+';
    size_t size = strlen(number);
    *address = (struct smpp_pdu_address){.ton = TON_UNKNOWN, .npi = NPI_UNKNOWN};
    for (size_t i = 0; i < size; i++)
        if (!is_printable(number[i]))
            return ERR_TEXT;
    number += plus;
    size -= plus;
    if (size >= sizeof address->digits)
        return ERR_LONG;
    memcpy(address->digits, number, size + 1);
    if (size == 0)
        return ERR_OK;
    bool digits = strspn(number, "0123456789") == size;
    address->npi = digits ? NPI_ISDN : NPI_UNKNOWN;
    address->ton = plus ? TON_INTERNATIONAL : digits ? TON_UNKNOWN : TON_LETTERS;
    return ERR_OK;
}

void smpp_text_get_address(
    char number[MESSAGES_NUMBER_SIZE], const struct smpp_pdu_address *address)
{
    size_t used = 0;
    bool digits = strspn(address->digits, "0123456789") == strlen(address->digits);
    bool international =
        address->ton == TON_INTERNATIONAL ||
        (address->ton == TON_UNKNOWN && strlen(address->digits) > SERVICE_DIGITS_MAX);
    if (digits && international && address->digits[0] != '\0')
        number[used++] = '+';
    for (const char *at = address->digits; *at != '\0'; at++)
        number[used++] = printable(*at);
    number[used] = '\0';
}

_Static_assert(MESSAGES_NUMBER_SIZE > SMPP_PDU_ADDRESS_SIZE, "an address and its plus fit");

/* ---- what we send ---- */

static enum err put_gsm7(struct buf_out *out, const char *text)
{
    while (*text != '\0') {
        uint16_t found = gsm7_find(utf8_next(&text));
        if (found == GSM7_NONE)
            return ERR_TEXT;
        if (found > GSM7_SEPTET_MAX)
            buf_put_u8(out, GSM7_ESCAPE);
        buf_put_u8(out, (uint8_t)(found & GSM7_SEPTET_MAX));
    }
    return out->err;
}

static enum err put_ucs2(struct buf_out *out, const char *text)
{
    while (*text != '\0') {
        uint32_t code = utf8_next(&text);
        if (code > 0xffff) {
            code -= 0x10000;
            buf_put_u16(out, (uint16_t)(0xd800 + (code >> 10)));
            code = 0xdc00 + (code & 0x3ff);
        }
        buf_put_u16(out, (uint16_t)code);
    }
    return out->err;
}

enum err smpp_text_put_part(struct smpp_pdu_submit *submit, const struct message_part *part)
{
    bool wide = part->coding == MESSAGE_UCS2;
    struct buf_out out;
    if (part->coding > MESSAGE_UCS2)
        return ERR_VALUE;
    if (part->udh_size > sizeof part->udh)
        return ERR_LONG;
    buf_out_init(&out, submit->message, wide ? PART_OCTETS_MAX : PART_SEPTETS_MAX);
    buf_put_bytes(&out, part->udh, part->udh_size);
    enum err err = wide ? put_ucs2(&out, part->text) : put_gsm7(&out, part->text);
    submit->size = (uint8_t)out.used;
    submit->udh = part->udh_size > 0;
    submit->coding = wide ? CODING_UCS2 : CODING_DEFAULT;
    return err;
}

_Static_assert(PART_SEPTETS_MAX <= SMPP_PDU_SHORT_MAX, "a part fits short_message");

/* ---- what comes ---- */

/* Text that grows up to its room; what does not fit is left out, whole characters only. */
struct text_out {
    char *text;
    size_t room; /* without the NUL */
    size_t used;
};

static void put_letter(struct text_out *out, uint32_t code)
{
    char bytes[4];
    size_t size = utf8_put(bytes, code == 0 ? REPLACEMENT : code);
    if (size == 0)
        size = utf8_put(bytes, REPLACEMENT);
    if (size > out->room - out->used) {
        out->room = out->used;
        return;
    }
    memcpy(out->text + out->used, bytes, size);
    out->used += size;
}

static void get_gsm7(struct text_out *out, struct buf_in *in)
{
    while (buf_left(in) > 0) {
        uint16_t found = buf_get_u8(in);
        if (found == GSM7_ESCAPE && buf_left(in) > 0)
            found = (uint16_t)(GSM7_ESCAPE << 8 | buf_get_u8(in));
        put_letter(out, gsm7_letter(found));
    }
}

static void get_latin1(struct text_out *out, struct buf_in *in)
{
    while (buf_left(in) > 0)
        put_letter(out, buf_get_u8(in));
}

static uint32_t join_pair(uint32_t high, struct buf_in *in)
{
    struct buf_in ahead = *in;
    uint32_t low = buf_get_u16(&ahead);
    if (high >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
        return REPLACEMENT;
    *in = ahead;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static void get_ucs2(struct text_out *out, struct buf_in *in)
{
    while (buf_left(in) > 1) {
        uint32_t code = buf_get_u16(in);
        put_letter(out, code >= 0xd800 && code <= 0xdfff ? join_pair(code, in) : code);
    }
    if (buf_left(in) > 0)
        put_letter(out, REPLACEMENT);
}

typedef void text_reader(struct text_out *out, struct buf_in *in);

/* By data_coding; the groups that are not of SMPP are those of 3GPP TS 23.038, 4. NULL: not text. */
static text_reader *find_reader(uint8_t coding)
{
    static text_reader *const general[4] = {get_gsm7, NULL, get_ucs2, NULL};
    static const struct {
        uint8_t coding;
        text_reader *read;
    } exact[] = {
        {CODING_DEFAULT, get_gsm7},
        {CODING_ASCII, get_latin1},
        {CODING_LATIN1, get_latin1},
        {CODING_UCS2, get_ucs2},
    };
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        if (exact[i].coding == coding)
            return exact[i].read;
    if (coding >= 0xf0)
        return (coding & 0x04) != 0 ? NULL : get_gsm7;
    if (coding >= 0x10 && coding < 0x40)
        return general[coding >> 2 & 3];
    return NULL;
}

static void take_element(struct message_inbound *inbound, uint8_t element, struct buf_in *value)
{
    bool wide = element == ELEMENT_CONCATENATED_16;
    if ((!wide && element != ELEMENT_CONCATENATED_8) || buf_left(value) != (wide ? 4u : 3u))
        return;
    inbound->reference = wide ? buf_get_u16(value) : buf_get_u8(value);
    inbound->parts = buf_get_u8(value);
    inbound->part = buf_get_u8(value);
}

/* The user data header, if there is one; what follows it is left in *in. */
static void get_udh(struct message_inbound *inbound, struct buf_in *in)
{
    struct buf_in header;
    uint8_t size = buf_get_u8(in);
    const uint8_t *at = buf_get_view(in, size);
    if (at == NULL)
        return;
    buf_in_init(&header, at, size);
    while (buf_left(&header) > 0) {
        struct buf_in value;
        uint8_t element = buf_get_u8(&header);
        uint8_t value_size = buf_get_u8(&header);
        const uint8_t *value_at = buf_get_view(&header, value_size);
        if (value_at == NULL)
            return;
        buf_in_init(&value, value_at, value_size);
        take_element(inbound, element, &value);
    }
}

/* A place that can't be is none: the text stands alone. */
static void check_place(struct message_inbound *inbound)
{
    if (inbound->parts > 1 && inbound->part >= 1 && inbound->part <= inbound->parts)
        return;
    inbound->reference = 0;
    inbound->part = inbound->parts = 0;
}

void smpp_text_get_inbound(struct message_inbound *inbound, const struct smpp_pdu_deliver *deliver)
{
    struct buf_in in;
    struct text_out out = {.text = inbound->text, .room = sizeof inbound->text - 1};
    text_reader *read = find_reader(deliver->coding);
    buf_in_init(&in, deliver->message, deliver->size);
    smpp_text_get_address(inbound->number, &deliver->source);
    inbound->reference = deliver->sar_reference;
    inbound->parts = deliver->sar_parts;
    inbound->part = deliver->sar_part;
    if ((deliver->esm_class & SMPP_ESM_UDH) != 0)
        get_udh(inbound, &in);
    check_place(inbound);
    if (read != NULL)
        read(&out, &in);
    inbound->text[out.used] = '\0';
}

void smpp_text_get_ascii(char *text, size_t text_size, const struct smpp_pdu_deliver *deliver)
{
    size_t size = deliver->size < text_size ? deliver->size : text_size - 1;
    for (size_t i = 0; i < size; i++)
        text[i] = printable((char)deliver->message[i]);
    text[size] = '\0';
}
