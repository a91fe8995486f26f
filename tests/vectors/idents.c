/* idents: vectors of what a station signs (audio/ident.h, version 2), whole frames: right ones, and one fault each. */
#include "tests/vectors/parts.h"

#include "audio/ident.h"

#include <string.h>

/* Where the fields are in the frame: five bytes of head before the symbol. */
enum { AT_SYMBOL = 5, AT_TIME = 11, AT_IN_FORCE = 15, AT_CALL = 16, AT_TIMES = 25, AT_SIGN = 62 };

static struct ident make_ident(void)
{
    struct ident ident = {.dated = true, .number = NUMBER, .call = "UN7ABC", .times = ":00 :30"};
    struct key newsroom;
    parts_key(&newsroom, SEED_NEWSROOM);
    seal_newsroom_id(ident.newsroom, newsroom.public_key);
    return ident;
}

static void sign_frame(struct bytes *frame, struct ident *ident, uint8_t seed, int64_t time_s)
{
    struct key key;
    parts_key(&key, seed);
    parts_must(ident_sign(ident, time_s, key.secret) == ERR_OK);
    parts_must(ident_encode(frame->data, ident) == ERR_OK);
    frame->size = FRAME_SIZE;
}

static void add_ident(
    struct maker *maker, const char *name, const struct ident *ident, int64_t time_s)
{
    struct ident made = *ident;
    struct bytes frame;
    sign_frame(&frame, &made, SEED_STATION, time_s);
    parts_add(maker,
        json_pack("{s:s, s:o, s:i, s:I, s:i, s:s, s:s, s:s, s:o}", "name", name, "newsroom",
            parts_hex(made.newsroom, sizeof made.newsroom), "number", (int)made.number, "time",
            (json_int_t)made.time_s, "in_force", made.in_force, "call", made.call, "times",
            made.times, "station", "UN7ABC", "frame", parts_hex(frame.data, frame.size)));
}

static void make_idents(struct maker *maker)
{
    struct ident ident = make_ident();
    add_ident(maker, "all-quiet", &ident, NOW_S);
    ident.in_force = 3;
    add_ident(maker, "three-in-force", &ident, NOW_S - 59);
    ident.in_force = IDENT_IN_FORCE_MAX;
    ident.number = BULLETIN_NUMBER_MAX;
    memcpy(ident.call, "UN7ABC-10", sizeof "UN7ABC-10");
    memset(ident.times, '~', IDENT_SIGNED_TIMES_MAX);
    add_ident(maker, "edges", &ident, NOW_S + 364 * DAY_S);
    ident = make_ident();
    ident.number = 0;
    ident.times[0] = '\0';
    add_ident(maker, "no-bulletin-yet", &ident, NOW_S);
}

/* Who signs, when, and what is bent afterwards; the tag fits again. */
static const struct ident_refused {
    const char *name;
    const char *why;
    uint8_t seed;
    int64_t time_s;
    uint8_t at;
    uint8_t mask;
} idents_refused[] = {
    {"by-an-editor", "an editor is no station", SEED_AIDA, NOW_S, 0, 0},
    {"by-a-stranger", "no station of the roster", SEED_STRANGER, NOW_S, 0, 0},
    {"by-the-newsroom", "the offline key signs rosters alone", SEED_NEWSROOM, NOW_S, 0, 0},
    {"by-a-past-station", "after its last day", SEED_STATION_PAST, NOW_S, 0, 0},
    {"too-early", "before its first day", SEED_STATION, NOW_S - 201LL * DAY_S, 0, 0},
    {"other-newsroom", "the newsroom is signed", SEED_STATION, NOW_S, AT_SYMBOL + 1, 0x80},
    {"other-number", "the number is signed", SEED_STATION, NOW_S, AT_SYMBOL + 5, 1},
    {"other-time", "the time is signed", SEED_STATION, NOW_S, AT_TIME + 3, 1},
    {"other-count", "what is in force is signed", SEED_STATION, NOW_S, AT_IN_FORCE, 1},
    {"other-call", "the call sign is signed", SEED_STATION, NOW_S, AT_CALL, 1},
    {"other-times", "the times are signed", SEED_STATION, NOW_S, AT_TIMES + 1, 1},
    {"other-signature", "a bit of it", SEED_STATION, NOW_S, AT_SIGN, 1},
    {"version-3", "not known", SEED_STATION, NOW_S, AT_SYMBOL, 1},
    {"call-padding", "zeros behind the call sign", SEED_STATION, NOW_S, AT_CALL + 8, 0x41},
    {"times-padding", "zeros behind the times", SEED_STATION, NOW_S, AT_TIMES + 36, 0x41},
    {"times-control", "printable letters alone", SEED_STATION, NOW_S, AT_TIMES, 0x20},
};

static void bend(struct bytes *frame, const struct ident_refused *row)
{
    frame->data[row->at] ^= row->mask;
    frame_make_tag(frame->data + 1, frame->data + AT_SYMBOL, ERASURE_SYMBOL_SIZE);
}

/* The right bytes signed without IDENT_MAGIC, as a body would be. */
static void sign_without_magic(struct bytes *frame)
{
    struct ident ident = make_ident();
    struct wire_approval approval;
    struct buf_in in;
    struct key key;
    sign_frame(frame, &ident, SEED_STATION, NOW_S);
    parts_key(&key, SEED_STATION);
    buf_in_init(&in, frame->data + AT_SYMBOL, AT_SIGN - AT_SYMBOL);
    seal_approve(&approval, 0, &in, key.secret);
    memcpy(frame->data + AT_SIGN, approval.signature, WIRE_SIGNATURE_SIZE);
    frame_make_tag(frame->data + 1, frame->data + AT_SYMBOL, ERASURE_SYMBOL_SIZE);
}

static void add_refused(
    struct maker *maker, const char *name, const char *why, const struct bytes *frame)
{
    parts_add(maker, json_pack("{s:s, s:s, s:o}", "name", name, "why", why, "frame",
                         parts_hex(frame->data, frame->size)));
}

static void make_idents_refused(struct maker *maker)
{
    struct bytes frame;
    for (size_t i = 0; i < COUNT(idents_refused); i++) {
        struct ident ident = make_ident();
        sign_frame(&frame, &ident, idents_refused[i].seed, idents_refused[i].time_s);
        bend(&frame, &idents_refused[i]);
        add_refused(maker, idents_refused[i].name, idents_refused[i].why, &frame);
    }
    sign_without_magic(&frame);
    add_refused(maker, "without-magic", "what is signed begins with 0xb3", &frame);
    struct ident ident = make_ident();
    sign_frame(&frame, &ident, SEED_STATION, NOW_S);
    frame.data[1] ^= 1;
    add_refused(maker, "other-tag", "the frame's tag is the symbol's", &frame);
    frame.data[1] ^= 1;
    frame.data[0] ^= 0x10;
    add_refused(maker, "other-object", "another kind of frame", &frame);
}

void idents_make(struct maker *maker)
{
    parts_begin(maker);
    make_idents(maker);
    parts_end(maker, "idents.json");
    parts_begin(maker);
    make_idents_refused(maker);
    parts_end(maker, "idents-refused.json");
}
