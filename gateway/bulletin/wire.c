#include "gateway/bulletin/wire.h"

#include "gateway/bulletin/pack.h"

#include <string.h>

#define FIELD_END 0x01    /* between headline, instruction and description */
#define LANGUAGE_END 0x02 /* between languages */
#define LANGUAGE_FIRST_BIT 7
#define MODEL_MASK 0x1f
#define REFERENCE_FLAG 0x01
#define TLV_FLAG 0x02
#define SPARE_FLAG 0x01
#define TLV_AUDIENCE 2
#define TLV_AUDIENCE_EVERYONE 1
#define TLV_STATIONS 3
#define TLV_VALUE_MAX 255
#define TLV_CRITICAL 0x80 /* types from here on refuse the bulletin where they are not known */

/* Joins the texts of the languages present, in the order of enum bulletin_language. */
static void put_texts(struct buf_out *out, const struct bulletin *b)
{
    bool first = true;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const struct bulletin_text *text = &b->text[i];
        if ((b->languages >> i & 1) == 0)
            continue;
        if (!first)
            buf_put_u8(out, LANGUAGE_END);
        first = false;
        buf_put_bytes(out, text->headline, strlen(text->headline));
        buf_put_u8(out, FIELD_END);
        buf_put_bytes(out, text->instruction, strlen(text->instruction));
        buf_put_u8(out, FIELD_END);
        buf_put_bytes(out, text->description, strlen(text->description));
    }
}

/* bit i of the mask to bit 7 - i of the byte, and back. */
static uint8_t put_languages(uint8_t mask)
{
    unsigned byte = 0;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++)
        byte |= ((unsigned)mask >> i & 1) << (LANGUAGE_FIRST_BIT - i);
    return (uint8_t)byte;
}

static uint8_t get_languages(uint8_t byte)
{
    unsigned mask = 0;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++)
        mask |= ((unsigned)byte >> (LANGUAGE_FIRST_BIT - i) & 1) << i;
    return (uint8_t)mask;
}

/* The element that a body has: none if its type is 0. */
struct element {
    uint8_t type;
    struct buf_in value;
};

static void put_header(struct buf_out *out, const struct bulletin *b, bool has_element)
{
    uint32_t sent = b->number == 0 ? 0 : (uint32_t)(b->sent_s - BULLETIN_EPOCH_S);
    unsigned reference = b->follows != 0 ? REFERENCE_FLAG : 0;
    buf_put_u8(out, WIRE_MAGIC);
    buf_put_bytes(out, b->newsroom, sizeof b->newsroom);
    buf_put_u24(out, b->number);
    buf_put_u32(out, sent);
    buf_put_u16(out, b->lifetime_min);
    buf_put_u8(out, (uint8_t)((unsigned)b->kind << 4 | (unsigned)b->severity << 1 | reference));
    unsigned tlvs = has_element ? TLV_FLAG : 0;
    buf_put_u8(out, (uint8_t)((unsigned)b->urgency << 5 | (unsigned)b->certainty << 2 | tlvs));
    buf_put_u8(out, (uint8_t)((unsigned)b->category << 4 | (unsigned)b->response));
    buf_put_u8(out, b->event);
    buf_put_u24(out, b->regions);
    buf_put_bytes(out, b->audit_head, sizeof b->audit_head);
    buf_put_u8(out, put_languages(b->languages) | b->text_model);
}

/* Behind the length of all. */
static enum err put_element(struct buf_out *out, const struct element *element)
{
    if (element->value.size > TLV_VALUE_MAX)
        return ERR_LONG;
    buf_put_u16(out, (uint16_t)(element->value.size + 2));
    buf_put_u8(out, element->type);
    buf_put_u8(out, (uint8_t)element->value.size);
    buf_put_bytes(out, element->value.data, element->value.size);
    return ERR_OK;
}

static enum err put_body(uint8_t *body, size_t *body_size, const struct bulletin *b,
    const struct buf_in *text, const struct element *element)
{
    struct buf_out out;
    buf_out_init(&out, body, WIRE_BODY_MAX);
    put_header(&out, b, element->type != 0);
    if (text->size > WIRE_TEXT_MAX)
        return ERR_LONG;
    buf_put_u16(&out, (uint16_t)text->size);
    buf_put_bytes(&out, text->data, text->size);
    if (b->follows != 0)
        buf_put_u24(&out, b->follows);
    enum err err = element->type != 0 ? put_element(&out, element) : ERR_OK;
    *body_size = out.used;
    return err != ERR_OK ? err : out.err;
}

enum err wire_encode_body(
    uint8_t body[WIRE_BODY_MAX], size_t *body_size, const struct bulletin *bulletin)
{
    enum err err = bulletin->number == 0 ? bulletin_check_draft(bulletin, NULL)
                                         : bulletin_check(bulletin, NULL);
    if (err != ERR_OK)
        return err;
    uint8_t text[PACK_TEXT_MAX];
    struct buf_out joined;
    buf_out_init(&joined, text, sizeof text);
    put_texts(&joined, bulletin);
    if (joined.err != ERR_OK)
        return joined.err;
    uint8_t packed[WIRE_TEXT_MAX];
    size_t packed_size;
    struct buf_in in;
    buf_in_init(&in, text, joined.used);
    err = pack_encode(packed, &packed_size, sizeof packed, bulletin->text_model, &in);
    if (err != ERR_OK)
        return err;
    static const uint8_t everyone[] = {TLV_AUDIENCE_EVERYONE};
    struct element element = {.type = bulletin->everyone ? TLV_AUDIENCE : 0};
    buf_in_init(&element.value, everyone, sizeof everyone);
    buf_in_init(&in, packed, packed_size);
    return put_body(body, body_size, bulletin, &in, &element);
}

enum err wire_encode_roster_body(uint8_t body[WIRE_BODY_MAX], size_t *body_size,
    const struct bulletin *header, const struct buf_in *list, const struct buf_in *stations)
{
    struct bulletin roster = {
        .newsroom = {header->newsroom[0], header->newsroom[1]},
        .number = header->number,
        .sent_s = header->sent_s,
        .lifetime_min = BULLETIN_LIFETIME_MAX_MIN,
        .kind = BULLETIN_ROSTER,
        .regions = BULLETIN_COUNTRY,
    };
    const struct element element = {
        .type = stations->size > 0 ? TLV_STATIONS : 0, .value = *stations};
    if (!bulletin_is_dated(header))
        return ERR_VALUE;
    return put_body(body, body_size, &roster, list, &element);
}

/* Copies the approvals, smallest index first: the one order that a receiver takes. */
static void sort_approvals(
    struct wire_approval *sorted, const struct wire_approval *approvals, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        unsigned at = i;
        for (; at > 0 && sorted[at - 1].editor > approvals[i].editor; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = approvals[i];
    }
}

enum err wire_encode_sealed(uint8_t sealed[WIRE_SEALED_MAX], size_t *sealed_size,
    const struct buf_in *body, const struct wire_approval *approvals, unsigned approval_count)
{
    struct wire_approval sorted[WIRE_APPROVALS_MAX];
    if (approval_count > WIRE_APPROVALS_MAX || body->size > WIRE_BODY_MAX)
        return ERR_LONG;
    sort_approvals(sorted, approvals, approval_count);
    struct buf_out out;
    buf_out_init(&out, sealed, WIRE_SEALED_MAX);
    buf_put_bytes(&out, body->data, body->size);
    buf_put_u8(&out, (uint8_t)approval_count);
    for (unsigned i = 0; i < approval_count; i++) {
        if (i > 0 && sorted[i].editor == sorted[i - 1].editor)
            return ERR_QUORUM;
        buf_put_u8(&out, sorted[i].editor);
        buf_put_bytes(&out, sorted[i].signature, WIRE_SIGNATURE_SIZE);
    }
    *sealed_size = out.used;
    return out.err;
}

/* What the header's two flags and its spare bit say about the rest. */
struct flags {
    bool reference;
    bool tlv;
    bool spare;
};

static void get_header(struct bulletin *b, struct flags *flags, struct buf_in *in)
{
    buf_get_bytes(in, b->newsroom, sizeof b->newsroom);
    b->number = buf_get_u24(in);
    uint32_t sent = buf_get_u32(in);
    b->sent_s = b->number == 0 && sent == 0 ? 0 : BULLETIN_EPOCH_S + (int64_t)sent;
    b->lifetime_min = buf_get_u16(in);
    unsigned what = buf_get_u8(in);
    b->kind = (enum bulletin_kind)(what >> 4);
    b->severity = (enum bulletin_severity)(what >> 1 & 7);
    flags->reference = (what & REFERENCE_FLAG) != 0;
    unsigned when = buf_get_u8(in);
    b->urgency = (enum bulletin_urgency)(when >> 5);
    b->certainty = (enum bulletin_certainty)(when >> 2 & 7);
    flags->tlv = (when & TLV_FLAG) != 0;
    flags->spare = (when & SPARE_FLAG) != 0;
    unsigned code = buf_get_u8(in);
    b->category = (enum bulletin_category)(code >> 4);
    b->response = (enum bulletin_response)(code & 0xf);
    b->event = buf_get_u8(in);
    b->regions = buf_get_u24(in);
    buf_get_bytes(in, b->audit_head, sizeof b->audit_head);
    uint8_t text = buf_get_u8(in);
    b->languages = get_languages(text);
    b->text_model = text & MODEL_MASK;
}

static enum err get_audience(struct bulletin *b, const uint8_t *value, size_t size)
{
    if (size != 1)
        return ERR_FORMAT;
    b->everyone = value[0] == TLV_AUDIENCE_EVERYONE;
    return b->everyone ? ERR_OK : ERR_VALUE;
}

/* What they are is roster.c's to read. */
static enum err get_stations(struct wire_sealed *sealed, const uint8_t *value, size_t size)
{
    if (size == 0)
        return ERR_FORMAT;
    sealed->stations = value;
    sealed->stations_size = size;
    return sealed->header.kind == BULLETIN_ROSTER ? ERR_OK : ERR_VALUE;
}

/* A known element is of the one form that is written. */
static enum err get_tlv(struct wire_sealed *sealed, uint8_t type, const uint8_t *value, size_t size)
{
    if (type >= TLV_CRITICAL)
        return ERR_VERSION;
    if (type == TLV_STATIONS)
        return get_stations(sealed, value, size);
    return type == TLV_AUDIENCE ? get_audience(&sealed->header, value, size) : ERR_OK;
}

/* Types strictly rising, so that there is one order; those that are not known are skipped or refused by their number. */
static enum err get_tlvs(struct wire_sealed *sealed, struct buf_in *in)
{
    size_t size = buf_get_u16(in);
    const uint8_t *data = buf_get_view(in, size);
    if (in->err != ERR_OK)
        return in->err;
    if (size == 0)
        return ERR_FORMAT; /* the flag says that there are some */
    struct buf_in tlvs;
    buf_in_init(&tlvs, data, size);
    int last = -1;
    while (tlvs.err == ERR_OK && buf_left(&tlvs) > 0) {
        uint8_t type = buf_get_u8(&tlvs);
        size_t length = buf_get_u8(&tlvs);
        const uint8_t *value = buf_get_view(&tlvs, length);
        if (type <= last || value == NULL)
            return ERR_FORMAT;
        enum err err = get_tlv(sealed, type, value, length);
        if (err != ERR_OK)
            return err;
        last = type;
    }
    return tlvs.err == ERR_OK ? ERR_OK : ERR_FORMAT;
}

/* A roster's header has nothing to say but whose it is, its number and its time. */
static enum err check_roster_header(const struct bulletin *b)
{
    static const uint8_t no_audit[2];
    bool empty = b->severity == 0 && b->urgency == 0 && b->certainty == 0 && b->category == 0 &&
                 b->response == 0 && b->event == 0 && b->languages == 0 && b->text_model == 0 &&
                 b->follows == 0 && !b->everyone &&
                 memcmp(b->audit_head, no_audit, sizeof no_audit) == 0;
    bool fixed = b->regions == BULLETIN_COUNTRY && b->lifetime_min == BULLETIN_LIFETIME_MAX_MIN;
    return bulletin_is_dated(b) && empty && fixed ? ERR_OK : ERR_VALUE;
}

/* Numbers that only a later version could have given a meaning are its, not wrong. */
static enum err check_header(const struct bulletin *b)
{
    if (b->kind == BULLETIN_ROSTER)
        return check_roster_header(b);
    struct bulletin known = *b;
    if (known.text_model > BULLETIN_TEXT_MODEL_MAX)
        known.text_model = BULLETIN_TEXT_MODEL_PLAIN;
    return bulletin_check_header(&known, NULL);
}

/* Reads a body at the cursor, but for the ranges of its header. */
static enum err get_body(struct wire_sealed *sealed, struct buf_in *in)
{
    struct flags flags;
    size_t start = in->at;
    *sealed = (struct wire_sealed){.body = in->data + start};
    if (buf_left(in) > 0 && buf_get_u8(in) != WIRE_MAGIC)
        return ERR_VERSION;
    get_header(&sealed->header, &flags, in);
    sealed->text_size = buf_get_u16(in);
    sealed->text = buf_get_view(in, sealed->text_size);
    if (flags.reference)
        sealed->header.follows = buf_get_u24(in);
    if (in->err != ERR_OK)
        return in->err;
    if (flags.spare || (flags.reference && sealed->header.follows == 0))
        return ERR_FORMAT;
    enum err err = flags.tlv ? get_tlvs(sealed, in) : ERR_OK;
    sealed->body_size = in->at - start;
    if (err == ERR_OK && sealed->body_size > WIRE_BODY_MAX)
        return ERR_LONG;
    return err;
}

static enum err get_approvals(struct wire_sealed *sealed, struct buf_in *in)
{
    unsigned count = buf_get_u8(in);
    if (count > WIRE_APPROVALS_MAX)
        return ERR_LONG;
    for (unsigned i = 0; i < count; i++) {
        struct wire_approval *approval = &sealed->approvals[i];
        approval->editor = buf_get_u8(in);
        buf_get_bytes(in, approval->signature, WIRE_SIGNATURE_SIZE);
        if (in->err != ERR_OK)
            return in->err;
        if (i > 0 && approval->editor <= approval[-1].editor)
            return approval->editor == approval[-1].editor ? ERR_QUORUM : ERR_FORMAT;
        sealed->approval_count = i + 1;
    }
    return in->err;
}

enum err wire_decode_sealed(struct wire_sealed *sealed, const uint8_t *bytes, size_t size)
{
    struct buf_in in;
    buf_in_init(&in, bytes, size);
    enum err err = get_body(sealed, &in);
    if (err == ERR_OK)
        err = check_header(&sealed->header);
    if (err == ERR_OK)
        err = get_approvals(sealed, &in);
    sealed->size = in.at;
    if (err == ERR_OK && sealed->size > WIRE_SEALED_MAX)
        return ERR_LONG;
    return err;
}

enum err wire_decode_body(struct wire_sealed *sealed, const uint8_t *bytes, size_t size)
{
    struct buf_in in;
    buf_in_init(&in, bytes, size);
    enum err err = get_body(sealed, &in);
    if (err != ERR_OK)
        return err;
    sealed->size = in.at;
    bool draft = sealed->header.number == 0;
    err =
        draft ? bulletin_check_draft_header(&sealed->header, NULL) : check_header(&sealed->header);
    return err == ERR_OK ? buf_in_end(&in) : err;
}

/* Takes the text up to the next separator, or to the end if the separator is none of the two. */
static enum err get_field(char *field, size_t room, struct buf_in *in, int separator)
{
    size_t left = buf_left(in);
    const uint8_t *start = buf_get_view(in, 0);
    const uint8_t *end = separator == 0 ? start + left : memchr(start, separator, left);
    if (end == NULL)
        return ERR_FORMAT;
    size_t size = (size_t)(end - start);
    if (size >= room)
        return ERR_LONG;
    buf_get_bytes(in, field, size);
    field[size] = '\0';
    if (separator != 0)
        (void)buf_get_u8(in);
    return in->err;
}

/* The last field ends at the next language or, in the last language, at the end of all. A separator too many stays
 * inside a field, where bulletin_check refuses it as a control character. */
static enum err get_text(struct bulletin_text *text, struct buf_in *in, bool last)
{
    enum err err = get_field(text->headline, sizeof text->headline, in, FIELD_END);
    if (err == ERR_OK)
        err = get_field(text->instruction, sizeof text->instruction, in, FIELD_END);
    if (err == ERR_OK)
        err = get_field(text->description, sizeof text->description, in, last ? 0 : LANGUAGE_END);
    return err;
}

static enum err get_texts(struct bulletin *b, struct buf_in *in)
{
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        if ((b->languages >> i & 1) == 0)
            continue;
        enum err err = get_text(&b->text[i], in, b->languages >> (i + 1) == 0);
        if (err != ERR_OK)
            return err;
    }
    return buf_in_end(in);
}

enum err wire_decode_bulletin(struct bulletin *bulletin, const struct wire_sealed *sealed)
{
    char text[PACK_TEXT_MAX + 1];
    size_t text_size;
    struct buf_in in;
    if (sealed->header.kind == BULLETIN_ROSTER)
        return ERR_VALUE;
    *bulletin = sealed->header;
    buf_in_init(&in, sealed->text, sealed->text_size);
    enum err err = pack_decode(text, &text_size, sizeof text, bulletin->text_model, &in);
    if (err != ERR_OK)
        return err;
    buf_in_init(&in, (const uint8_t *)text, text_size);
    err = get_texts(bulletin, &in);
    if (err != ERR_OK)
        return err;
    return bulletin->number == 0 ? bulletin_check_draft(bulletin, NULL)
                                 : bulletin_check(bulletin, NULL);
}
