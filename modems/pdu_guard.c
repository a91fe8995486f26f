#include "modems/pdu_guard.h"

#include <dlfcn.h>
#include <gammu.h>
#include <stdbool.h>
#include <string.h>

#define CENTRE_MAX 12        /* bytes of a service centre's address (TS 24.011, 8.2.5.1) */
#define DIGITS_MAX 20        /* semi-octets of an address (TS 23.040, 9.1.2.5) */
#define TEXT_BYTES_MAX 140   /* of user data */
#define TEXT_SEPTETS_MAX 160 /* of user data in the 7-bit alphabet */
#define TIME_BYTES 7
#define HAS_HEADER 0x40 /* TP-UDHI */

struct cursor {
    const uint8_t *at;
    size_t left;
    enum pdu_guard result; /* the first that is not good */
};

static void fail(struct cursor *cursor, enum pdu_guard result)
{
    if (cursor->result == PDU_GUARD_GOOD)
        cursor->result = result;
    cursor->left = 0;
}

static void skip(struct cursor *cursor, size_t size)
{
    if (size > cursor->left) {
        fail(cursor, PDU_GUARD_SHORT);
        return;
    }
    cursor->at += size;
    cursor->left -= size;
}

static uint8_t take(struct cursor *cursor)
{
    const uint8_t *at = cursor->at;
    skip(cursor, 1);
    return cursor->result == PDU_GUARD_GOOD ? *at : 0;
}

static void skip_centre(struct cursor *cursor)
{
    uint8_t size = take(cursor);
    if (size > CENTRE_MAX)
        fail(cursor, PDU_GUARD_ADDRESS);
    skip(cursor, size);
}

static void skip_address(struct cursor *cursor)
{
    uint8_t digits = take(cursor);
    if (digits > DIGITS_MAX)
        fail(cursor, PDU_GUARD_ADDRESS);
    skip(cursor, 1 + (digits + 1u) / 2);
}

/* Information elements fill the header exactly (TS 23.040, 9.2.3.24). */
static bool elements_fit(const uint8_t *header, size_t size)
{
    size_t at = 0;
    while (at + 1 < size)
        at += 2u + header[at + 1];
    return at == size;
}

static void check_header(struct cursor *cursor, size_t bytes)
{
    if (cursor->result != PDU_GUARD_GOOD)
        return;
    if (bytes == 0 || 1u + cursor->at[0] > bytes || !elements_fit(cursor->at + 1, cursor->at[0]))
        fail(cursor, PDU_GUARD_HEADER);
}

/* libgammu counts septets exactly when it sees the uncompressed default alphabet, bytes in every other case. */
static bool counts_septets(uint8_t scheme)
{
    return GSM_GetMessageCoding(GSM_GetGlobalDebug(), (char)scheme) ==
           SMS_Coding_Default_No_Compression;
}

static void check_text(struct cursor *cursor, uint8_t first, uint8_t scheme)
{
    unsigned length = take(cursor);
    bool septets = counts_septets(scheme);
    if (length > (septets ? TEXT_SEPTETS_MAX : TEXT_BYTES_MAX))
        fail(cursor, PDU_GUARD_TEXT);
    size_t bytes = septets ? (length * 7 + 7) / 8 : length;
    if (bytes > cursor->left)
        fail(cursor, PDU_GUARD_TEXT);
    if ((first & HAS_HEADER) != 0)
        check_header(cursor, bytes);
    skip(cursor, bytes);
}

/* TS 23.040, 9.2.2.1. */
static void check_deliver(struct cursor *cursor, uint8_t first)
{
    skip_address(cursor);
    skip(cursor, 1);
    uint8_t scheme = take(cursor);
    skip(cursor, TIME_BYTES);
    check_text(cursor, first, scheme);
}

/* TS 23.040, 9.2.2.2: may lie in storage. TP-VPF, 9.2.3.3: none, enhanced, relative, absolute. */
static void check_submit(struct cursor *cursor, uint8_t first)
{
    static const size_t validity_bytes[4] = {0, TIME_BYTES, 1, TIME_BYTES};
    unsigned format = (first >> 3) & 3u;
    if (format == 1)
        fail(cursor, PDU_GUARD_TYPE);
    skip(cursor, 1);
    skip_address(cursor);
    skip(cursor, 1);
    uint8_t scheme = take(cursor);
    skip(cursor, validity_bytes[format]);
    check_text(cursor, first, scheme);
}

/* TS 23.040, 9.2.2.3, up to TP-ST. */
static void check_report(struct cursor *cursor, uint8_t first)
{
    (void)first;
    skip(cursor, 1);
    skip_address(cursor);
    skip(cursor, 2 * TIME_BYTES + 1);
}

static void check_reserved(struct cursor *cursor, uint8_t first)
{
    (void)first;
    fail(cursor, PDU_GUARD_TYPE);
}

#define IS_REPORT 2u /* TP-MTI */

/* What is left in the cursor lies behind all fields that are looked at. Returns the first byte of the TPDU. */
static uint8_t check(struct cursor *cursor, int centre)
{
    typedef void check_type(struct cursor * cursor, uint8_t first);
    static check_type *const checks[4] = {
        check_deliver, check_submit, check_report, check_reserved};
    if (cursor->left > PDU_GUARD_MAX)
        fail(cursor, PDU_GUARD_LONG);
    if (centre)
        skip_centre(cursor);
    uint8_t first = take(cursor);
    if (cursor->result == PDU_GUARD_GOOD)
        checks[first & 3u](cursor, first);
    return first;
}

enum pdu_guard pdu_guard_check(const uint8_t *pdu, size_t size, int centre)
{
    struct cursor cursor = {pdu, size, PDU_GUARD_GOOD};
    (void)check(&cursor, centre);
    return cursor.result;
}

const char *pdu_guard_name(enum pdu_guard result)
{
    static const char *const names[PDU_GUARD_COUNT] = {
        "good", "short", "long", "type", "address", "text", "header"};
    return result < PDU_GUARD_COUNT ? names[result] : "?";
}

typedef GSM_Error decode_frame(GSM_Debug_Info *debug, GSM_SMSMessage *message,
    const unsigned char *pdu, size_t size, size_t *end, gboolean centre);

/* POSIX gives functions as void *, which C does not convert. */
static decode_frame *find_true(void)
{
    union {
        void *data;
        decode_frame *function;
    } found = {.data = dlsym(RTLD_NEXT, "GSM_DecodePDUFrame")};
    return found.function;
}

static void note_begin(struct pdu_guard_note *note, const struct pdu_guard_call *call)
{
    if (note == NULL)
        return;
    memcpy(note->pdu, call->pdu, call->size);
    note->size = (uint16_t)call->size;
    note->busy = 1;
}

/* Bytes behind the text are as if they were not there, and every failure is one of the text: of others, and of a text that
 * was not read to its end, libgammu thinks that the modem failed, and does not even delete it. */
int pdu_guard_decode(struct pdu_guard_note *note, const struct pdu_guard_call *call)
{
    decode_frame *decode = find_true();
    struct cursor cursor = {call->pdu, call->size, PDU_GUARD_GOOD};
    uint8_t first = check(&cursor, call->centre);
    if (decode == NULL)
        return ERR_NOTIMPLEMENTED;
    if (cursor.result != PDU_GUARD_GOOD)
        return ERR_CORRUPTED;
    bool report = (first & 3u) == IS_REPORT;
    note_begin(note, call);
    GSM_Error result = decode(call->debug, call->message, call->pdu,
        report ? call->size - cursor.left : call->size, call->end, call->centre);
    if (call->end != NULL)
        *call->end = call->size;
    if (note != NULL)
        note->busy = 0;
    return result == ERR_NONE ? ERR_NONE : ERR_CORRUPTED;
}
