/* audience: vectors of the element that says whom a drill is for: type 2, one byte, 1 everyone. */
#include "tests/vectors/parts.h"

#include "gateway/bulletin/seal.h"

#include <stdio.h>
#include <string.h>

#define AT_FLAGS 13
#define TLV_FLAG 0x02
#define TAIL_MAX 12

static const struct signer both[] = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}};

/* A drill whose elements are written by hand behind its body; none if size is 0. */
struct drill {
    const char *name;
    enum bulletin_kind kind;
    bool everyone; /* what a reader finds */
    uint8_t tail_size;
    uint8_t tail[TAIL_MAX];
    enum err result;
    const char *why; /* refused ones */
};

static const struct drill drills_taken[] = {
    {.name = "drill-for-testers", .kind = BULLETIN_DRILL},
    {.name = "drill-for-everyone",
        .kind = BULLETIN_DRILL,
        .everyone = true,
        .tail_size = 5,
        .tail = {0, 3, 2, 1, 1}},
    {.name = "drill-for-everyone-and-more",
        .kind = BULLETIN_DRILL,
        .everyone = true,
        .tail_size = 10,
        .tail = {0, 8, 1, 1, 'x', 2, 1, 1, 127, 0}},
};

static const struct drill drills_refused[] = {
    {.name = "audience-of-an-alert",
        .kind = BULLETIN_ALERT,
        .tail_size = 5,
        .tail = {0, 3, 2, 1, 1},
        .result = ERR_VALUE,
        .why = "only a drill has it"},
    {.name = "audience-of-none",
        .kind = BULLETIN_DRILL,
        .tail_size = 4,
        .tail = {0, 2, 2, 0},
        .result = ERR_FORMAT,
        .why = "one byte"},
    {.name = "audience-of-two-bytes",
        .kind = BULLETIN_DRILL,
        .tail_size = 6,
        .tail = {0, 4, 2, 2, 1, 1},
        .result = ERR_FORMAT,
        .why = "one byte"},
    {.name = "audience-0",
        .kind = BULLETIN_DRILL,
        .tail_size = 5,
        .tail = {0, 3, 2, 1, 0},
        .result = ERR_VALUE,
        .why = "testers alone are said by leaving it out"},
    {.name = "audience-2",
        .kind = BULLETIN_DRILL,
        .tail_size = 5,
        .tail = {0, 3, 2, 1, 2},
        .result = ERR_VALUE,
        .why = "there is no other value"},
    {.name = "audience-twice",
        .kind = BULLETIN_DRILL,
        .tail_size = 8,
        .tail = {0, 6, 2, 1, 1, 2, 1, 1},
        .result = ERR_FORMAT,
        .why = "the same type twice"},
    {.name = "audience-torn",
        .kind = BULLETIN_DRILL,
        .tail_size = 4,
        .tail = {0, 2, 2, 1},
        .result = ERR_FORMAT,
        .why = "its byte is not among the elements"},
};

/* The body's bytes; *code is of the body. */
static void make_sealed(
    struct bytes *bytes, size_t *body_size, char code[SEAL_CODE_SIZE], const struct drill *drill)
{
    struct bulletin bulletin;
    parts_bulletin(&bulletin);
    bulletin.kind = drill->kind;
    parts_body(bytes, &bulletin);
    if (drill->tail_size > 0)
        bytes->data[AT_FLAGS] |= TLV_FLAG;
    memcpy(bytes->data + bytes->size, drill->tail, drill->tail_size);
    bytes->size += drill->tail_size;
    *body_size = bytes->size;
    seal_print_code(code, bytes->data, bytes->size);
    parts_seal(bytes, both, COUNT(both));
}

static void make_drill_taken(struct maker *maker, const struct drill *drill)
{
    const char *const names[] = {"audience", drill->name, "bulletin"};
    char path[VECTORS_PATH_MAX];
    char code[SEAL_CODE_SIZE];
    size_t body_size;
    struct bytes bytes;
    make_sealed(&bytes, &body_size, code, drill);
    parts_file(maker, path, names, &bytes);
    parts_add(maker,
        json_pack("{s:s, s:s, s:s, s:b, s:i, s:s, s:o}", "name", drill->name, "file", path, "kind",
            bulletin_print_kind(drill->kind), "everyone", drill->everyone, "body_size",
            (int)body_size, "code", code, "sealed", parts_hex(bytes.data, bytes.size)));
}

static void make_drill_refused(struct maker *maker, const struct drill *drill)
{
    const char *const names[] = {"audience-refused", drill->name, "bulletin"};
    char path[VECTORS_PATH_MAX];
    char code[SEAL_CODE_SIZE];
    size_t body_size;
    struct bytes bytes;
    make_sealed(&bytes, &body_size, code, drill);
    parts_file(maker, path, names, &bytes);
    parts_add(maker, json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", drill->name, "file", path,
                         "result", err_name(drill->result), "why", drill->why, "sealed",
                         parts_hex(bytes.data, bytes.size)));
}

void audience_make(struct maker *maker)
{
    parts_begin(maker);
    for (size_t i = 0; i < COUNT(drills_taken); i++)
        make_drill_taken(maker, &drills_taken[i]);
    parts_end(maker, "audience.json");
    parts_begin(maker);
    for (size_t i = 0; i < COUNT(drills_refused); i++)
        make_drill_refused(maker, &drills_refused[i]);
    parts_end(maker, "audience-refused.json");
}
