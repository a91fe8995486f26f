#include "gateway/messages/messages.h"

#include "gateway/base/buf.h"

#include <string.h>
#include <unistd.h>

enum field_kind { U8, U16, U32, U64, I64, TEXT, RAW, SEALED };

struct field {
    enum field_kind kind;
    size_t offset;
    size_t size; /* TEXT: of the array with its NUL; RAW: exactly */
};

#define FIELD(kind, type, member)                                                                  \
    {                                                                                              \
        kind, offsetof(struct type, member), sizeof(((struct type *)0)->member)                    \
    }
#define END                                                                                        \
    {                                                                                              \
        U8, 0, 0                                                                                   \
    }

static const struct field no_fields[] = {END};
static const struct field peer[] = {FIELD(U8, message_peer, role), FIELD(U16, message_peer, index),
    FIELD(TEXT, message_peer, name), END};
static const struct field modem_hello[] = {FIELD(TEXT, message_modem_hello, imei),
    FIELD(TEXT, message_modem_hello, imsi), FIELD(TEXT, message_modem_hello, iccid),
    FIELD(TEXT, message_modem_hello, model), FIELD(U16, message_modem_hello, parts), END};
static const struct field modem_state[] = {FIELD(U8, message_modem_state, state),
    FIELD(U8, message_modem_state, signal), FIELD(U8, message_modem_state, registration),
    FIELD(U8, message_modem_state, pace), FIELD(I64, message_modem_state, credit),
    FIELD(TEXT, message_modem_state, operator_name), FIELD(TEXT, message_modem_state, detail), END};
static const struct field part[] = {FIELD(U64, message_part, job),
    FIELD(TEXT, message_part, number), FIELD(TEXT, message_part, text),
    FIELD(U8, message_part, coding), FIELD(U8, message_part, udh_size),
    FIELD(RAW, message_part, udh), FIELD(U16, message_part, validity_min),
    FIELD(U8, message_part, report), FIELD(U8, message_part, again),
    FIELD(U16, message_part, reference), FIELD(I64, message_part, until_boot_ms), END};
static const struct field job[] = {
    FIELD(U64, message_job, job), FIELD(U16, message_job, reference), END};
static const struct field part_sent[] = {
    FIELD(U64, message_part_sent, job), FIELD(U16, message_part_sent, reference), END};
static const struct field part_failed[] = {FIELD(U64, message_part_failed, job),
    FIELD(U8, message_part_failed, doubt), FIELD(U8, message_part_failed, cause),
    FIELD(U8, message_part_failed, final), FIELD(U32, message_part_failed, code), END};
static const struct field inbound[] = {FIELD(U64, message_inbound, serial),
    FIELD(TEXT, message_inbound, number), FIELD(TEXT, message_inbound, text),
    FIELD(U16, message_inbound, reference), FIELD(U8, message_inbound, part),
    FIELD(U8, message_inbound, parts), FIELD(I64, message_inbound, smsc_s), END};
static const struct field report[] = {FIELD(U64, message_report, serial),
    FIELD(TEXT, message_report, number), FIELD(U16, message_report, reference),
    FIELD(U8, message_report, status), FIELD(I64, message_report, done_s), END};
static const struct field serial[] = {FIELD(U64, message_serial, serial), END};
static const struct field air[] = {
    FIELD(SEALED, message_air, bulletin), FIELD(SEALED, message_air, roster), END};
static const struct field aired[] = {FIELD(U32, message_aired, number),
    FIELD(U8, message_aired, result), FIELD(U32, message_aired, seconds),
    FIELD(TEXT, message_aired, path), FIELD(I64, message_aired, at_s), END};
static const struct field clock[] = {
    FIELD(I64, message_clock, wall_s), FIELD(I64, message_clock, boot_ms), END};
static const struct field on_air[] = {FIELD(U8, message_on_air, state),
    FIELD(U32, message_on_air, number), FIELD(U32, message_on_air, hz),
    FIELD(I64, message_on_air, next_s), FIELD(U32, message_on_air, next_hz),
    FIELD(U8, message_on_air, result), FIELD(I64, message_on_air, since_s), END};
static const struct field quiet[] = {FIELD(U32, message_quiet, number),
    FIELD(I64, message_quiet, until_s), FIELD(SEALED, message_quiet, roster), END};
static const struct field sealed[] = {
    FIELD(U8, message_sealed, state), FIELD(SEALED, message_sealed, sealed), END};
static const struct field draft_new[] = {FIELD(SEALED, message_draft_new, body), END};
static const struct field id[] = {FIELD(U64, message_id, id), END};
static const struct field draft_approve[] = {FIELD(U64, message_draft_approve, id),
    FIELD(SEALED, message_draft_approve, body), FIELD(U8, message_draft_approve, editor),
    FIELD(RAW, message_draft_approve, signature), END};
static const struct field draft[] = {FIELD(U64, message_draft, id), FIELD(U8, message_draft, state),
    FIELD(I64, message_draft, created_s), FIELD(I64, message_draft, first_s),
    FIELD(SEALED, message_draft, sealed), END};
static const struct field subscriber_put[] = {FIELD(TEXT, message_subscriber_put, number),
    FIELD(U8, message_subscriber_put, language), FIELD(U8, message_subscriber_put, latin),
    FIELD(U32, message_subscriber_put, regions), FIELD(U8, message_subscriber_put, level),
    FIELD(U8, message_subscriber_put, tester), FIELD(TEXT, message_subscriber_put, consent), END};
static const struct field modem_control[] = {FIELD(TEXT, message_modem_control, name),
    FIELD(U8, message_modem_control, control), FIELD(TEXT, message_modem_control, number), END};
static const struct field ok[] = {FIELD(U64, message_ok, value), END};
static const struct field refused[] = {
    FIELD(U8, message_refused, result), FIELD(TEXT, message_refused, detail), END};
static const struct field status_site[] = {FIELD(I64, message_status_site, now_s),
    FIELD(U8, message_status_site, time), FIELD(I64, message_status_site, started_s),
    FIELD(U32, message_status_site, subscribers), FIELD(U32, message_status_site, roster_number),
    FIELD(U32, message_status_site, answers_waiting), FIELD(U32, message_status_site, inbound),
    FIELD(U8, message_status_site, radio), FIELD(U32, message_status_site, minutes),
    FIELD(U32, message_status_site, testers), FIELD(U8, message_status_site, room),
    FIELD(U8, message_status_site, on_air.state), FIELD(U32, message_status_site, on_air.number),
    FIELD(U32, message_status_site, on_air.hz), FIELD(I64, message_status_site, on_air.next_s),
    FIELD(U32, message_status_site, on_air.next_hz), FIELD(U8, message_status_site, on_air.result),
    FIELD(I64, message_status_site, on_air.since_s), END};
static const struct field status_modem[] = {FIELD(TEXT, message_status_modem, name),
    FIELD(U8, message_status_modem, state), FIELD(U8, message_status_modem, signal),
    FIELD(TEXT, message_status_modem, imei), FIELD(U32, message_status_modem, sent),
    FIELD(U32, message_status_modem, failed), FIELD(TEXT, message_status_modem, detail),
    FIELD(TEXT, message_status_modem, operator_name), FIELD(I64, message_status_modem, credit),
    FIELD(U8, message_status_modem, pace), FIELD(U8, message_status_modem, hold),
    FIELD(U8, message_status_modem, breaker), FIELD(U8, message_status_modem, cause),
    FIELD(U32, message_status_modem, wait_s), FIELD(U32, message_status_modem, rate),
    FIELD(U32, message_status_modem, part_ms), FIELD(U32, message_status_modem, left), END};
#define HEARD(type)                                                                                \
    FIELD(U32, type, heard[0]), FIELD(U32, type, heard[1]), FIELD(U32, type, heard[2]),            \
        FIELD(U32, type, heard[3]), FIELD(U32, type, heard[4])
static const struct field status_bulletin[] = {FIELD(U32, message_status_bulletin, number),
    FIELD(U8, message_status_bulletin, kind), FIELD(U8, message_status_bulletin, state),
    FIELD(I64, message_status_bulletin, sent_s), FIELD(I64, message_status_bulletin, expires_s),
    FIELD(TEXT, message_status_bulletin, code), FIELD(U32, message_status_bulletin, recipients),
    FIELD(U32, message_status_bulletin, queued), FIELD(U32, message_status_bulletin, in_flight),
    FIELD(U32, message_status_bulletin, sent), FIELD(U32, message_status_bulletin, delivered),
    FIELD(U32, message_status_bulletin, undeliverable), FIELD(U32, message_status_bulletin, doubt),
    FIELD(U32, message_status_bulletin, unknown), FIELD(U32, message_status_bulletin, failed),
    FIELD(U32, message_status_bulletin, skipped), FIELD(U32, message_status_bulletin, digest),
    FIELD(U32, message_status_bulletin, parts), FIELD(U32, message_status_bulletin, again),
    FIELD(U8, message_status_bulletin, aired), FIELD(TEXT, message_status_bulletin, air_path),
    FIELD(U32, message_status_bulletin, minutes), FIELD(U8, message_status_bulletin, severity),
    FIELD(U32, message_status_bulletin, regions), FIELD(U32, message_status_bulletin, follows),
    FIELD(U32, message_status_bulletin, oks), FIELD(U8, message_status_bulletin, everyone),
    HEARD(message_status_bulletin), END};
static const struct field reception[] = {
    FIELD(U32, message_reception, number), HEARD(message_reception), END};
static const struct field subscriber[] = {FIELD(U64, message_subscriber, id),
    FIELD(TEXT, message_subscriber, number), FIELD(U8, message_subscriber, language),
    FIELD(U8, message_subscriber, latin), FIELD(U32, message_subscriber, regions),
    FIELD(U8, message_subscriber, level), FIELD(U8, message_subscriber, stopped),
    FIELD(I64, message_subscriber, joined_s), FIELD(U8, message_subscriber, tester), END};
static const struct field count[] = {FIELD(U8, message_count, language),
    FIELD(U8, message_count, latin), FIELD(U8, message_count, region),
    FIELD(U32, message_count, count), END};
static const struct field doubt[] = {FIELD(U32, message_doubt, bulletin),
    FIELD(TEXT, message_doubt, number), FIELD(U8, message_doubt, part),
    FIELD(U8, message_doubt, final), FIELD(TEXT, message_doubt, modem), END};

static const struct field tip[] = {FIELD(U64, message_tip, id), FIELD(I64, message_tip, at_s),
    FIELD(TEXT, message_tip, number), FIELD(TEXT, message_tip, text), END};

static const struct field audit[] = {FIELD(U64, message_audit, id), FIELD(I64, message_audit, at_s),
    FIELD(TEXT, message_audit, event), FIELD(TEXT, message_audit, detail),
    FIELD(RAW, message_audit, hash), END};

static const struct field sketch_put[] = {FIELD(U64, message_sketch_put, id),
    FIELD(U32, message_sketch_put, version), FIELD(U8, message_sketch_put, editor),
    FIELD(U8, message_sketch_put, closed), FIELD(U64, message_sketch_put, draft),
    FIELD(TEXT, message_sketch_put, text), END};
static const struct field sketch[] = {FIELD(U64, message_sketch, id),
    FIELD(U32, message_sketch, version), FIELD(U8, message_sketch, author),
    FIELD(U8, message_sketch, editor), FIELD(U8, message_sketch, closed),
    FIELD(U64, message_sketch, draft), FIELD(I64, message_sketch, at_s),
    FIELD(TEXT, message_sketch, text), END};
static const struct field audience_get[] = {FIELD(U32, message_audience_get, regions),
    FIELD(U8, message_audience_get, severity), FIELD(U8, message_audience_get, testers),
    FIELD(RAW, message_audience_get, parts), END};
static const struct field audience[] = {FIELD(U32, message_audience, count[BULLETIN_KK][0]),
    FIELD(U32, message_audience, count[BULLETIN_KK][1]),
    FIELD(U32, message_audience, count[BULLETIN_RU][0]),
    FIELD(U32, message_audience, count[BULLETIN_RU][1]),
    FIELD(U32, message_audience, count[BULLETIN_EN][0]),
    FIELD(U32, message_audience, count[BULLETIN_EN][1]), FIELD(U32, message_audience, people),
    FIELD(U32, message_audience, parts), FIELD(U32, message_audience, minutes),
    FIELD(U32, message_audience, minutes95), END};
static const struct field outcome[] = {FIELD(U8, message_outcome, what),
    FIELD(U8, message_outcome, language), FIELD(U8, message_outcome, latin),
    FIELD(U8, message_outcome, region), FIELD(U8, message_outcome, cause),
    FIELD(U32, message_outcome, recipients), FIELD(U32, message_outcome, queued),
    FIELD(U32, message_outcome, sent), FIELD(U32, message_outcome, delivered),
    FIELD(U32, message_outcome, undeliverable), FIELD(U32, message_outcome, failed),
    FIELD(U32, message_outcome, unknown), FIELD(U32, message_outcome, skipped),
    FIELD(U32, message_outcome, digest), FIELD(U32, message_outcome, parts), END};
static const struct field rumour[] = {FIELD(U64, message_rumour, id),
    FIELD(U8, message_rumour, status), FIELD(U8, message_rumour, editor),
    FIELD(U32, message_rumour, bulletin), FIELD(U32, message_rumour, asked),
    FIELD(I64, message_rumour, at_s), FIELD(TEXT, message_rumour, words),
    FIELD(TEXT, message_rumour, claim), FIELD(TEXT, message_rumour, evidence), END};
static const struct field asked[] = {FIELD(TEXT, message_asked, text),
    FIELD(U32, message_asked, count), FIELD(I64, message_asked, last_s), END};
static const struct field note[] = {FIELD(U8, message_note, event), FIELD(U8, message_note, editor),
    FIELD(TEXT, message_note, detail), END};
static const struct field tester[] = {
    FIELD(TEXT, message_tester, number), FIELD(U8, message_tester, tester), END};

static const struct {
    const char *name;
    const struct field *fields;
} table[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_NONE] = {"none", NULL},
    [MESSAGE_PEER] = {"peer", peer},
    [MESSAGE_MODEM_HELLO] = {"modem_hello", modem_hello},
    [MESSAGE_MODEM_STATE] = {"modem_state", modem_state},
    [MESSAGE_PULL] = {"pull", no_fields},
    [MESSAGE_PART_HOLD] = {"part_hold", job},
    [MESSAGE_PART_SENT] = {"part_sent", part_sent},
    [MESSAGE_PART_FAILED] = {"part_failed", part_failed},
    [MESSAGE_INBOUND] = {"inbound", inbound},
    [MESSAGE_REPORT] = {"report", report},
    [MESSAGE_PART] = {"part", part},
    [MESSAGE_PART_GO] = {"part_go", job},
    [MESSAGE_PART_DROP] = {"part_drop", job},
    [MESSAGE_INBOUND_STORED] = {"inbound_stored", serial},
    [MESSAGE_AIR] = {"air", air},
    [MESSAGE_AIRED] = {"aired", aired},
    [MESSAGE_ROSTER_PUT] = {"roster_put", sealed},
    [MESSAGE_ROSTER_GET] = {"roster_get", no_fields},
    [MESSAGE_DRAFT_NEW] = {"draft_new", draft_new},
    [MESSAGE_DRAFT_GET] = {"draft_get", id},
    [MESSAGE_DRAFT_LIST] = {"draft_list", no_fields},
    [MESSAGE_DRAFT_APPROVE] = {"draft_approve", draft_approve},
    [MESSAGE_DRAFT_SEND] = {"draft_send", id},
    [MESSAGE_BULLETIN_SUBMIT] = {"bulletin_submit", sealed},
    [MESSAGE_BULLETIN_GET] = {"bulletin_get", id},
    [MESSAGE_STATUS_GET] = {"status_get", id},
    [MESSAGE_SUBSCRIBER_PUT] = {"subscriber_put", subscriber_put},
    [MESSAGE_SUBSCRIBER_LIST] = {"subscriber_list", id},
    [MESSAGE_SUBSCRIBER_COUNT] = {"subscriber_count", no_fields},
    [MESSAGE_DOUBT_LIST] = {"doubt_list", id},
    [MESSAGE_MODEM_CONTROL] = {"modem_control", modem_control},
    [MESSAGE_OK] = {"ok", ok},
    [MESSAGE_REFUSED] = {"refused", refused},
    [MESSAGE_END] = {"end", no_fields},
    [MESSAGE_SEALED] = {"sealed", sealed},
    [MESSAGE_DRAFT] = {"draft", draft},
    [MESSAGE_STATUS_SITE] = {"status_site", status_site},
    [MESSAGE_STATUS_MODEM] = {"status_modem", status_modem},
    [MESSAGE_STATUS_BULLETIN] = {"status_bulletin", status_bulletin},
    [MESSAGE_SUBSCRIBER] = {"subscriber", subscriber},
    [MESSAGE_COUNT] = {"count", count},
    [MESSAGE_DOUBT] = {"doubt", doubt},
    [MESSAGE_TIP_LIST] = {"tip_list", id},
    [MESSAGE_TIP] = {"tip", tip},
    [MESSAGE_RECEPTION_LIST] = {"reception_list", id},
    [MESSAGE_RECEPTION] = {"reception", reception},
    [MESSAGE_ON_AIR] = {"on_air", on_air},
    [MESSAGE_QUIET] = {"quiet", quiet},
    [MESSAGE_AUDIT_LIST] = {"audit_list", id},
    [MESSAGE_AUDIT_VERIFY] = {"audit_verify", no_fields},
    [MESSAGE_AUDIT] = {"audit", audit},
    [MESSAGE_EXPORT_NEXT] = {"export_next", id},
    [MESSAGE_BACKUP] = {"backup", no_fields},
    [MESSAGE_BACKUP_STEP] = {"backup_step", no_fields},
    [MESSAGE_RESUME] = {"resume", id},
    [MESSAGE_CLOCK] = {"clock", clock},
    [MESSAGE_CLOCK_TRUST] = {"clock_trust", no_fields},
    [MESSAGE_WIPED] = {"wiped", no_fields},
    [MESSAGE_DRAFT_DROP] = {"draft_drop", id},
    [MESSAGE_SKETCH_PUT] = {"sketch_put", sketch_put},
    [MESSAGE_SKETCH_GET] = {"sketch_get", id},
    [MESSAGE_SKETCH_LIST] = {"sketch_list", no_fields},
    [MESSAGE_SKETCH] = {"sketch", sketch},
    [MESSAGE_AUDIENCE_GET] = {"audience_get", audience_get},
    [MESSAGE_AUDIENCE] = {"audience", audience},
    [MESSAGE_OUTCOME_LIST] = {"outcome_list", id},
    [MESSAGE_OUTCOME] = {"outcome", outcome},
    [MESSAGE_RUMOUR_PUT] = {"rumour_put", rumour},
    [MESSAGE_RUMOUR_LIST] = {"rumour_list", no_fields},
    [MESSAGE_RUMOUR] = {"rumour", rumour},
    [MESSAGE_ASKED_LIST] = {"asked_list", no_fields},
    [MESSAGE_ASKED] = {"asked", asked},
    [MESSAGE_NOTE] = {"note", note},
    [MESSAGE_AIR_LIST] = {"air_list", no_fields},
    [MESSAGE_TESTER_PUT] = {"tester_put", tester},
};

const char *messages_name(enum message_type type)
{
    return (unsigned)type < MESSAGE_TYPE_COUNT ? table[type].name : "?";
}

const char *messages_cause(enum message_cause cause)
{
    static const char *const names[MESSAGE_CAUSE_COUNT] = {
        [MESSAGE_CAUSE_NETWORK] = "network",
        [MESSAGE_CAUSE_NUMBER] = "number",
        [MESSAGE_CAUSE_TEXT] = "text",
        [MESSAGE_CAUSE_SIM] = "sim",
        [MESSAGE_CAUSE_MODEM] = "modem",
    };
    return (unsigned)cause < MESSAGE_CAUSE_COUNT ? names[cause] : "?";
}

const char *messages_condition(enum message_condition condition)
{
    static const char *const names[MESSAGE_CONDITION_COUNT] = {
        [MESSAGE_MODEM_STARTING] = "starting",
        [MESSAGE_MODEM_ONLINE] = "online",
        [MESSAGE_MODEM_SICK] = "sick",
        [MESSAGE_MODEM_GONE] = "gone",
    };
    return (unsigned)condition < MESSAGE_CONDITION_COUNT ? names[condition] : "?";
}

static void put_field(struct buf_out *out, const struct field *field, const uint8_t *base)
{
    const void *at = base + field->offset;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
    switch (field->kind) {
    case U8:
        buf_put_u8(out, *(const uint8_t *)at);
        break;
    case U16:
        memcpy(&u16, at, sizeof u16);
        buf_put_u16(out, u16);
        break;
    case U32:
        memcpy(&u32, at, sizeof u32);
        buf_put_u32(out, u32);
        break;
    case U64:
    case I64:
        memcpy(&u64, at, sizeof u64);
        buf_put_u64(out, u64);
        break;
    case TEXT:
        buf_put_string(out, at);
        break;
    case RAW:
        buf_put_bytes(out, at, field->size);
        break;
    case SEALED: {
        const struct message_sealed_bytes *bytes = at;
        if (bytes->size > sizeof bytes->bytes)
            out->err = ERR_LONG;
        buf_put_u16(out, bytes->size);
        buf_put_bytes(out, bytes->bytes, bytes->size);
        break;
    }
    }
}

static void get_sealed(struct buf_in *in, struct message_sealed_bytes *bytes)
{
    uint16_t size = buf_get_u16(in);
    if (size > sizeof bytes->bytes) {
        if (in->err == ERR_OK)
            in->err = ERR_LONG;
        return;
    }
    bytes->size = size;
    buf_get_bytes(in, bytes->bytes, size);
}

static void get_field(struct buf_in *in, const struct field *field, uint8_t *base)
{
    void *at = base + field->offset;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
    switch (field->kind) {
    case U8:
        *(uint8_t *)at = buf_get_u8(in);
        break;
    case U16:
        u16 = buf_get_u16(in);
        memcpy(at, &u16, sizeof u16);
        break;
    case U32:
        u32 = buf_get_u32(in);
        memcpy(at, &u32, sizeof u32);
        break;
    case U64:
    case I64:
        u64 = buf_get_u64(in);
        memcpy(at, &u64, sizeof u64);
        break;
    case TEXT:
        buf_get_string(in, at, field->size);
        break;
    case RAW:
        buf_get_bytes(in, at, field->size);
        break;
    case SEALED:
        get_sealed(in, at);
        break;
    }
}

enum err messages_encode(struct ipc_packet *packet, const struct message *message)
{
    if (message->type <= MESSAGE_NONE || message->type >= MESSAGE_TYPE_COUNT)
        return ERR_VALUE;
    struct buf_out out;
    buf_out_init(&out, packet->payload, sizeof packet->payload);
    for (const struct field *field = table[message->type].fields; field->size != 0; field++)
        put_field(&out, field, (const uint8_t *)&message->as);
    packet->type = (uint16_t)message->type;
    packet->size = out.used;
    packet->fd = message->fd;
    return out.err;
}

enum err messages_decode(struct message *message, const struct ipc_packet *packet)
{
    memset(message, 0, sizeof *message);
    message->fd = -1;
    if (packet->type <= MESSAGE_NONE || packet->type >= MESSAGE_TYPE_COUNT)
        return ERR_VERSION;
    struct buf_in in;
    buf_in_init(&in, packet->payload, packet->size);
    for (const struct field *field = table[packet->type].fields; field->size != 0; field++)
        get_field(&in, field, (uint8_t *)&message->as);
    message->type = (enum message_type)packet->type;
    return buf_in_end(&in);
}

enum err messages_send(int fd, const struct message *message)
{
    struct ipc_packet packet;
    enum err err = messages_encode(&packet, message);
    return err == ERR_OK ? ipc_send(fd, &packet) : err;
}

enum err messages_receive(int fd, struct message *message)
{
    struct ipc_packet packet;
    message->fd = -1;
    enum err err = ipc_receive(fd, &packet);
    if (err != ERR_OK)
        return err;
    err = messages_decode(message, &packet);
    if (err == ERR_OK)
        message->fd = packet.fd;
    else if (packet.fd >= 0)
        close(packet.fd);
    return err;
}
