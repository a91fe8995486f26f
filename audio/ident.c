#include "audio/ident.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/bulletin.h"

#include <stdio.h>
#include <string.h>

#define VERSION 1
#define VERSION_DATED 2
#define CALL_SIZE (AX25_CALL_SIZE - 1)
#define MINUTE_S 60
#define STATEMENT_SIZE (ERASURE_SYMBOL_SIZE - WIRE_SIGNATURE_SIZE)
#define HEAD_SIZE (1 + IDENT_NEWSROOM_SIZE + 3 + CALL_SIZE)
#define WHEN_SIZE 80

_Static_assert(HEAD_SIZE + IDENT_TIMES_MAX == ERASURE_SYMBOL_SIZE, "version 1 fills a symbol");
_Static_assert(
    HEAD_SIZE + 4 + 1 + IDENT_SIGNED_TIMES_MAX == STATEMENT_SIZE, "version 2 fills a symbol");

static size_t times_room(const struct ident *ident)
{
    return ident->dated ? IDENT_SIGNED_TIMES_MAX : IDENT_TIMES_MAX;
}

static enum err check(const struct ident *ident)
{
    int64_t minutes = (ident->time_s - BULLETIN_EPOCH_S) / MINUTE_S;

    if (ax25_check_call(ident->call))
        return ERR_FORMAT;
    if ((ident->number == 0 && !ident->dated) || ident->number > BULLETIN_NUMBER_MAX)
        return ERR_VALUE;
    if (ident->dated && (ident->time_s < BULLETIN_EPOCH_S || minutes > UINT32_MAX))
        return ERR_VALUE;
    if (strnlen(ident->times, sizeof(ident->times)) > times_room(ident))
        return ERR_LONG;
    for (const char *at = ident->times; *at != '\0'; at++)
        if (*at < ' ' || *at > '~')
            return ERR_TEXT;
    return ERR_OK;
}

static void put_text(struct buf_out *out, const char *text, size_t room)
{
    size_t size = strlen(text);

    buf_put_bytes(out, text, size);
    buf_put_zeros(out, room - size);
}

/* All but the signature. */
static void put_statement(struct buf_out *out, const struct ident *ident)
{
    buf_put_u8(out, ident->dated ? VERSION_DATED : VERSION);
    buf_put_bytes(out, ident->newsroom, IDENT_NEWSROOM_SIZE);
    buf_put_u24(out, ident->number);
    if (ident->dated) {
        buf_put_u32(out, (uint32_t)((ident->time_s - BULLETIN_EPOCH_S) / MINUTE_S));
        buf_put_u8(out, ident->in_force);
    }
    put_text(out, ident->call, CALL_SIZE);
    put_text(out, ident->times, times_room(ident));
}

/* What a station signs: IDENT_MAGIC, then the statement. */
static void make_signed(
    struct buf_in *in, uint8_t bytes[1 + STATEMENT_SIZE], const struct ident *ident)
{
    struct buf_out out;

    buf_out_init(&out, bytes, 1 + STATEMENT_SIZE);
    buf_put_u8(&out, IDENT_MAGIC);
    put_statement(&out, ident);
    buf_in_init(in, bytes, out.used);
}

void ident_set_times(struct ident *ident, const char *times)
{
    size_t room = times_room(ident), size = strlen(times);

    if (size > room) {
        size = room;
        while (size > 0 && times[size] != ' ')
            size--;
    }
    memset(ident->times, 0, sizeof(ident->times));
    memcpy(ident->times, times, size);
}

enum err ident_sign(struct ident *ident, int64_t time_s, const uint8_t secret[SEAL_SECRET_SIZE])
{
    uint8_t bytes[1 + STATEMENT_SIZE];
    struct wire_approval approval;
    struct buf_in in;
    enum err err;

    ident->dated = true;
    ident->time_s = time_s - time_s % MINUTE_S; /* the epoch is a whole minute */
    err = check(ident);
    if (err)
        return err;
    make_signed(&in, bytes, ident);
    seal_approve(&approval, 0, &in, secret);
    memcpy(ident->signature, approval.signature, WIRE_SIGNATURE_SIZE);
    return ERR_OK;
}

enum err ident_check(const struct ident *ident, const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    uint8_t bytes[1 + STATEMENT_SIZE];
    struct wire_approval approval = {.editor = 0};
    struct buf_in in;

    if (!ident->dated || check(ident))
        return ERR_SEAL;
    make_signed(&in, bytes, ident);
    memcpy(approval.signature, ident->signature, WIRE_SIGNATURE_SIZE);
    return seal_check(&approval, &in, public_key);
}

enum err ident_encode(uint8_t bytes[FRAME_SIZE], const struct ident *ident)
{
    struct frame frame = {.object = FRAME_IDENT, .k = 1};
    struct buf_out out;
    enum err err = check(ident);

    if (err)
        return err;
    buf_out_init(&out, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
    put_statement(&out, ident);
    if (ident->dated)
        buf_put_bytes(&out, ident->signature, WIRE_SIGNATURE_SIZE);
    if (out.err)
        return out.err;
    frame_make_tag(frame.tag, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
    return frame_encode(bytes, &frame);
}

/* A text with nothing but zeros behind it. */
static enum err get_text(char *text, struct buf_in *in, size_t size)
{
    const char *bytes = (const char *)buf_get_view(in, size);
    size_t used;

    if (!bytes)
        return in->err;
    used = strnlen(bytes, size);
    for (size_t i = used; i < size; i++)
        if (bytes[i] != '\0')
            return ERR_FORMAT;
    memcpy(text, bytes, used);
    text[used] = '\0';
    return ERR_OK;
}

static enum err get_symbol(struct ident *ident, struct buf_in *in)
{
    uint8_t version = buf_get_u8(in);
    enum err err;

    if (version != VERSION && version != VERSION_DATED)
        return ERR_VERSION;
    ident->dated = version == VERSION_DATED;
    buf_get_bytes(in, ident->newsroom, IDENT_NEWSROOM_SIZE);
    ident->number = buf_get_u24(in);
    if (ident->dated) {
        ident->time_s = BULLETIN_EPOCH_S + (int64_t)buf_get_u32(in) * MINUTE_S;
        ident->in_force = buf_get_u8(in);
    }
    err = get_text(ident->call, in, CALL_SIZE);
    if (!err)
        err = get_text(ident->times, in, times_room(ident));
    if (!err && ident->dated)
        buf_get_bytes(in, ident->signature, WIRE_SIGNATURE_SIZE);
    return err ? err : buf_in_end(in);
}

enum err ident_decode(struct ident *ident, const uint8_t bytes[FRAME_SIZE])
{
    struct frame frame;
    uint8_t tag[FRAME_TAG_SIZE];
    struct buf_in in;
    enum err err = frame_decode(&frame, bytes);

    *ident = (struct ident){.dated = false};
    if (err)
        return err;
    if (frame.object != FRAME_IDENT || frame.k != 1 || frame.symbol.index != 0)
        return ERR_MISSING;
    frame_make_tag(tag, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
    if (memcmp(tag, frame.tag, FRAME_TAG_SIZE) != 0)
        return ERR_FORMAT;
    buf_in_init(&in, frame.symbol.bytes, ERASURE_SYMBOL_SIZE);
    err = get_symbol(ident, &in);
    return err ? err : check(ident);
}

/* ": all quiet on 24.11. at 19:00" */
static void print_when(char text[WHEN_SIZE], const struct ident *ident)
{
    char hhmm[CLOCK_HHMM_SIZE], what[WHEN_SIZE / 2];
    unsigned day, month;

    clock_print_hhmm(hhmm, ident->time_s);
    clock_local_day(&day, &month, ident->time_s);
    (void)snprintf(what, sizeof(what), "%u in force", (unsigned)ident->in_force);
    (void)snprintf(text, WHEN_SIZE, ": %s on %02u.%02u. at %s",
        ident->in_force == 0 ? "all quiet" : what, day, month, hhmm);
}

void ident_print(char text[IDENT_TEXT_SIZE], const struct ident *ident)
{
    char when[WHEN_SIZE] = "", newest[WHEN_SIZE / 2] = "no bulletin yet";

    if (ident->dated)
        print_when(when, ident);
    if (ident->number > 0)
        (void)snprintf(newest, sizeof(newest), "newest bulletin %u", (unsigned)ident->number);
    (void)snprintf(text, IDENT_TEXT_SIZE, "%s, newsroom %02x%02x%s, %s%s%s", ident->call,
        ident->newsroom[0], ident->newsroom[1], when, newest, ident->times[0] ? ", sends at " : "",
        ident->times);
}
