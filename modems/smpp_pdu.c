#include "modems/smpp_pdu.h"

#include <stdio.h>
#include <string.h>

#define VERSION 0x34
#define SERVICE_TYPE_SIZE 6
#define TIME_SIZE 17 /* SMPP 7.1.1, with its NUL */
#define MINUTES_PER_HOUR 60
#define HOURS_PER_DAY 24

/* SMPP 5.3.2 */
enum tag {
    TAG_RECEIPTED_ID = 0x001e,
    TAG_USER_REFERENCE = 0x0204,
    TAG_SAR_REFERENCE = 0x020c,
    TAG_SAR_PARTS = 0x020e,
    TAG_SAR_PART = 0x020f,
    TAG_PAYLOAD = 0x0424,
    TAG_STATE = 0x0427,
};

static const struct {
    uint32_t id;
    const char *name;
} names[] = {
    {SMPP_BIND_TRANSCEIVER, "bind_transceiver"},
    {SMPP_BIND_TRANSCEIVER | SMPP_PDU_RESPONSE, "bind_transceiver_resp"},
    {SMPP_SUBMIT, "submit_sm"},
    {SMPP_SUBMIT | SMPP_PDU_RESPONSE, "submit_sm_resp"},
    {SMPP_DELIVER, "deliver_sm"},
    {SMPP_DELIVER | SMPP_PDU_RESPONSE, "deliver_sm_resp"},
    {SMPP_ENQUIRE, "enquire_link"},
    {SMPP_ENQUIRE | SMPP_PDU_RESPONSE, "enquire_link_resp"},
    {SMPP_UNBIND, "unbind"},
    {SMPP_UNBIND | SMPP_PDU_RESPONSE, "unbind_resp"},
    {SMPP_GENERIC_NACK | SMPP_PDU_RESPONSE, "generic_nack"},
};

const char *smpp_pdu_name(uint32_t id)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].id == id)
            return names[i].name;
    return "?";
}

/* ---- reading ---- */

enum err smpp_pdu_measure(size_t *size, const uint8_t *bytes, size_t have)
{
    struct buf_in in;
    buf_in_init(&in, bytes, have);
    uint32_t length = buf_get_u32(&in);
    if (in.err != ERR_OK)
        return ERR_BUSY;
    if (length < SMPP_PDU_HEADER_SIZE)
        return ERR_SHORT;
    if (length > SMPP_PDU_MAX)
        return ERR_LONG;
    *size = length;
    return have >= length ? ERR_OK : ERR_BUSY;
}

static void get_header(struct buf_in *in, struct smpp_pdu_header *header)
{
    (void)buf_get_u32(in);
    header->id = buf_get_u32(in);
    header->status = buf_get_u32(in);
    header->sequence = buf_get_u32(in);
}

enum err smpp_pdu_get_header(struct smpp_pdu_header *header, const uint8_t *pdu, size_t size)
{
    struct buf_in in;
    buf_in_init(&in, pdu, size);
    get_header(&in, header);
    return in.err;
}

static void fail(struct buf_in *in, enum err err)
{
    if (in->err == ERR_OK)
        in->err = err;
}

/* A C-Octet String (SMPP 3.1) that fits text[text_size] with its NUL, always terminated. */
static void get_c_string(struct buf_in *in, char *text, size_t text_size)
{
    size_t left = buf_left(in);
    const uint8_t *end = left > 0 ? memchr(in->data + in->at, 0, left) : NULL;
    text[0] = '\0';
    if (end == NULL) {
        fail(in, ERR_SHORT);
        return;
    }
    size_t size = (size_t)(end - (in->data + in->at)) + 1;
    if (size > text_size) {
        fail(in, ERR_LONG);
        return;
    }
    buf_get_bytes(in, text, size);
}

enum err smpp_pdu_get_submit_resp(
    char message_id[SMPP_PDU_MESSAGE_ID_SIZE], const uint8_t *pdu, size_t size)
{
    struct buf_in in;
    struct smpp_pdu_header header;
    buf_in_init(&in, pdu, size);
    get_header(&in, &header);
    message_id[0] = '\0';
    if (buf_left(&in) > 0)
        get_c_string(&in, message_id, SMPP_PDU_MESSAGE_ID_SIZE);
    return in.err;
}

static void get_address(struct buf_in *in, struct smpp_pdu_address *address)
{
    address->ton = buf_get_u8(in);
    address->npi = buf_get_u8(in);
    get_c_string(in, address->digits, sizeof address->digits);
}

struct tlv {
    uint16_t tag;
    uint16_t size;
    const uint8_t *value;
};

/* The value if it is a number of this many bytes, else 0. */
static uint16_t number_of(const struct tlv *tlv, uint16_t size)
{
    struct buf_in in;
    buf_in_init(&in, tlv->value, tlv->size);
    if (tlv->size != size)
        return 0;
    return size == 1 ? buf_get_u8(&in) : buf_get_u16(&in);
}

/* One whose length is not right is passed over: centres are not careful with them. */
static void take_tlv(struct smpp_pdu_deliver *deliver, const struct tlv *tlv)
{
    struct buf_in in;
    switch ((enum tag)tlv->tag) {
    case TAG_RECEIPTED_ID:
        buf_in_init(&in, tlv->value, tlv->size);
        get_c_string(&in, deliver->receipted_id, sizeof deliver->receipted_id);
        break;
    case TAG_USER_REFERENCE:
        deliver->reference = number_of(tlv, 2);
        break;
    case TAG_SAR_REFERENCE:
        deliver->sar_reference = number_of(tlv, 2);
        break;
    case TAG_SAR_PARTS:
        deliver->sar_parts = (uint8_t)number_of(tlv, 1);
        break;
    case TAG_SAR_PART:
        deliver->sar_part = (uint8_t)number_of(tlv, 1);
        break;
    case TAG_PAYLOAD:
        deliver->message = tlv->value;
        deliver->size = tlv->size;
        break;
    case TAG_STATE:
        deliver->state = (uint8_t)number_of(tlv, 1);
        break;
    default:
        break;
    }
}

static void get_tlvs(struct buf_in *in, struct smpp_pdu_deliver *deliver)
{
    while (buf_left(in) > 0) {
        struct tlv tlv;
        tlv.tag = buf_get_u16(in);
        tlv.size = buf_get_u16(in);
        tlv.value = buf_get_view(in, tlv.size);
        if (in->err != ERR_OK)
            return;
        take_tlv(deliver, &tlv);
    }
}

enum err smpp_pdu_get_deliver(struct smpp_pdu_deliver *deliver, const uint8_t *pdu, size_t size)
{
    struct buf_in in;
    struct smpp_pdu_header header;
    char unused[TIME_SIZE];
    memset(deliver, 0, sizeof *deliver);
    buf_in_init(&in, pdu, size);
    get_header(&in, &header);
    get_c_string(&in, unused, SERVICE_TYPE_SIZE);
    get_address(&in, &deliver->source);
    get_address(&in, &deliver->destination);
    deliver->esm_class = buf_get_u8(&in);
    (void)buf_get_u8(&in);                /* protocol_id */
    (void)buf_get_u8(&in);                /* priority_flag */
    get_c_string(&in, unused, TIME_SIZE); /* schedule_delivery_time */
    get_c_string(&in, unused, TIME_SIZE); /* validity_period */
    (void)buf_get_u8(&in);                /* registered_delivery */
    (void)buf_get_u8(&in);                /* replace_if_present_flag */
    deliver->coding = buf_get_u8(&in);
    (void)buf_get_u8(&in); /* sm_default_msg_id */
    deliver->size = buf_get_u8(&in);
    deliver->message = buf_get_view(&in, deliver->size);
    get_tlvs(&in, deliver);
    return buf_in_end(&in);
}

/* ---- writing ---- */

static size_t begin(struct buf_out *out, const struct smpp_pdu_header *header)
{
    size_t start = out->used;
    buf_put_u32(out, 0);
    buf_put_u32(out, header->id);
    buf_put_u32(out, header->status);
    buf_put_u32(out, header->sequence);
    return start;
}

/* The length is known now. */
static void end(struct buf_out *out, size_t start)
{
    struct buf_out length;
    if (out->err != ERR_OK)
        return;
    buf_out_init(&length, out->data + start, sizeof(uint32_t));
    buf_put_u32(&length, (uint32_t)(out->used - start));
}

static void put_c_string(struct buf_out *out, const char *text)
{
    buf_put_bytes(out, text, strlen(text) + 1);
}

static void put_address(struct buf_out *out, const struct smpp_pdu_address *address)
{
    buf_put_u8(out, address->ton);
    buf_put_u8(out, address->npi);
    put_c_string(out, address->digits);
}

/* SMPP 4.1.5 */
void smpp_pdu_put_bind(struct buf_out *out, uint32_t sequence, const struct smpp_pdu_bind *bind)
{
    const struct smpp_pdu_header header = {SMPP_BIND_TRANSCEIVER, SMPP_STATUS_OK, sequence};
    size_t start = begin(out, &header);
    put_c_string(out, bind->system_id);
    put_c_string(out, bind->password);
    put_c_string(out, ""); /* system_type */
    buf_put_u8(out, VERSION);
    buf_put_u8(out, 0);    /* addr_ton: the centre knows which numbers are ours */
    buf_put_u8(out, 0);    /* addr_npi */
    put_c_string(out, ""); /* address_range */
    end(out, start);
}

/* Relative, so that no clock but ours matters: "YYMMDDhhmmss000R" (SMPP 7.1.1.2). */
static void put_validity(struct buf_out *out, uint16_t minutes)
{
    char text[TIME_SIZE];
    unsigned hours = minutes / MINUTES_PER_HOUR;
    (void)snprintf(text, sizeof text, "0000%02u%02u%02u00000R", hours / HOURS_PER_DAY % 100,
        hours % HOURS_PER_DAY, (unsigned)minutes % MINUTES_PER_HOUR);
    put_c_string(out, text);
}

/* SMPP 4.4.1 */
void smpp_pdu_put_submit(
    struct buf_out *out, uint32_t sequence, const struct smpp_pdu_submit *submit)
{
    const struct smpp_pdu_header header = {SMPP_SUBMIT, SMPP_STATUS_OK, sequence};
    size_t start = begin(out, &header);
    put_c_string(out, ""); /* service_type */
    put_address(out, &submit->source);
    put_address(out, &submit->destination);
    buf_put_u8(out, submit->udh ? SMPP_ESM_UDH : 0);
    buf_put_u8(out, 0);    /* protocol_id */
    buf_put_u8(out, 0);    /* priority_flag */
    put_c_string(out, ""); /* schedule_delivery_time: now */
    put_validity(out, submit->validity_min);
    buf_put_u8(out, submit->receipt ? 1 : 0); /* registered_delivery: the last word */
    buf_put_u8(out, 0);                       /* replace_if_present_flag */
    buf_put_u8(out, submit->coding);
    buf_put_u8(out, 0); /* sm_default_msg_id */
    buf_put_u8(out, submit->size);
    buf_put_bytes(out, submit->message, submit->size);
    if (submit->reference != 0) {
        buf_put_u16(out, TAG_USER_REFERENCE);
        buf_put_u16(out, sizeof submit->reference);
        buf_put_u16(out, submit->reference);
    }
    end(out, start);
}

void smpp_pdu_put_plain(struct buf_out *out, const struct smpp_pdu_header *header)
{
    size_t start = begin(out, header);
    if (header->id == (SMPP_DELIVER | SMPP_PDU_RESPONSE))
        put_c_string(out, ""); /* message_id, SMPP 4.6.2 */
    end(out, start);
}
