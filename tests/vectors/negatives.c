#include "tests/vectors/parts.h"

#include <string.h>

#define AT_TEXT_SIZE 22 /* wire.h */
#define AT_TEXT 24
#define AT_TLV_FLAG 13
#define AT_LANGUAGES 21
#define ONLY_EN 0x20 /* languages and text model */
#define RU_EN 0x60
#define ONLY_EN_DEFLATE 0x22

static void send_early(struct bulletin *bulletin)
{
    bulletin->sent_s = BULLETIN_EPOCH_S;
}

static void send_late(struct bulletin *bulletin)
{
    bulletin->sent_s = NOW_S + BULLETIN_AHEAD_MAX_S + 1;
}

static void expire(struct bulletin *bulletin)
{
    bulletin->sent_s = NOW_S - bulletin->lifetime_min * 60;
}

static void flip_body(struct bytes *bytes)
{
    bytes->data[AT_TEXT + 5] ^= 0x01;
}

static void flip_signature(struct bytes *bytes)
{
    bytes->data[bytes->size - 1] ^= 0x01;
}

static void cut_all(struct bytes *bytes)
{
    bytes->size = 0;
}

static void cut_one(struct bytes *bytes)
{
    bytes->size--;
}

static void cut_to_header(struct bytes *bytes)
{
    bytes->size = AT_TEXT_SIZE + 1;
}

static void add_byte(struct bytes *bytes)
{
    bytes->data[bytes->size++] = 0;
}

static void count_nine(struct bytes *bytes)
{
    bytes->data[bytes->size - 2 * WIRE_APPROVAL_SIZE - 1] = WIRE_APPROVALS_MAX + 1;
}

static void replace_by_roster(struct bytes *bytes)
{
    struct roster roster;
    struct key newsroom;
    parts_roster(&roster);
    parts_key(&newsroom, SEED_NEWSROOM);
    parts_must(roster_seal(bytes->data, &bytes->size, &roster, newsroom.secret) == ERR_OK);
}

/* How one that must be refused is made: an alert, changed; its body, bent; signed; its sealed bytes, changed. */
static const struct negative {
    const char *name;
    enum err result;
    const char *why;
    void (*value)(struct bulletin *bulletin);
    struct {
        uint8_t at, size, bytes[3];
    } bend; /* bytes of the header */
    struct {
        uint8_t languages, size;
        const char *bytes;
    } text; /* in place of the text, unless size is 0 */
    struct {
        uint8_t flag, size;
        const char *bytes;
    } tail; /* after the text; the flag goes into byte 13 */
    size_t signer_count;
    struct signer signers[3];
    void (*sealed)(struct bytes *bytes);
} negatives[] = {
    {.name = "flipped-bit-in-body",
        .result = ERR_SEAL,
        .why = "one bit of the text is another",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = flip_body},
    {.name = "flipped-bit-in-signature",
        .result = ERR_SEAL,
        .why = "one bit of the last signature is another",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = flip_signature},
    {.name = "no-approval", .result = ERR_QUORUM, .why = "nobody signed"},
    {.name = "one-approval",
        .result = ERR_QUORUM,
        .why = "an alert needs two",
        .signer_count = 1,
        .signers = {{AIDA, SEED_AIDA}}},
    {.name = "same-editor-twice",
        .result = ERR_QUORUM,
        .why = "one editor signed twice",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {AIDA, SEED_AIDA}}},
    {.name = "one-key-as-two",
        .result = ERR_SEAL,
        .why = "one key signed under two indices",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_AIDA}}},
    {.name = "approvals-swapped",
        .result = ERR_SEAL,
        .why = "each signature stands under the other index",
        .signer_count = 2,
        .signers = {{AIDA, SEED_BOLAT}, {BOLAT, SEED_AIDA}}},
    {.name = "approvals-out-of-order",
        .result = ERR_FORMAT,
        .why = "indices must increase",
        .signer_count = 2,
        .signers = {{BOLAT, SEED_BOLAT}, {AIDA, SEED_AIDA}}},
    {.name = "wrong-key",
        .result = ERR_SEAL,
        .why = "the second signature is by a key that is not in the roster",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_STRANGER}}},
    {.name = "third-approval-bad",
        .result = ERR_SEAL,
        .why = "two are good, a third is not: the whole is refused",
        .signer_count = 3,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}, {DINA, SEED_STRANGER}}},
    {.name = "editor-not-in-roster",
        .result = ERR_ROSTER,
        .why = "nobody has index 77",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {77, SEED_STRANGER}}},
    {.name = "newsroom-key-as-editor",
        .result = ERR_ROSTER,
        .why = "the newsroom key signs rosters only",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {WIRE_NEWSROOM_KEY_INDEX, SEED_NEWSROOM}}},
    {.name = "editor-revoked",
        .result = ERR_ROSTER,
        .why = "Vera is revoked",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {VERA, SEED_VERA}}},
    {.name = "editor-out-of-date",
        .result = ERR_ROSTER,
        .why = "Gulnar was valid until a day before",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {GULNAR, SEED_GULNAR}}},
    {.name = "editor-too-early",
        .result = ERR_ROSTER,
        .why = "sent before the first editors were valid",
        .value = send_early,
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "other-newsroom",
        .result = ERR_KEY,
        .why = "the newsroom id is not that of the roster",
        .bend = {1, 1, {0x00}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "expired",
        .result = ERR_EXPIRED,
        .why = "its lifetime ends at this second",
        .value = expire,
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "from-the-future",
        .result = ERR_FUTURE,
        .why = "601 seconds ahead of the clock",
        .value = send_late,
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "empty",
        .result = ERR_SHORT,
        .why = "no byte at all",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = cut_all},
    {.name = "truncated",
        .result = ERR_SHORT,
        .why = "the last byte is missing",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = cut_one},
    {.name = "truncated-header",
        .result = ERR_SHORT,
        .why = "ends inside the header",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = cut_to_header},
    {.name = "trailing-byte",
        .result = ERR_FORMAT,
        .why = "one byte after the last approval",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = add_byte},
    {.name = "nine-approvals",
        .result = ERR_LONG,
        .why = "eight at most",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = count_nine},
    {.name = "magic",
        .result = ERR_VERSION,
        .why = "the first byte is not 0xb1",
        .bend = {0, 1, {0xb2}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "spare-bit",
        .result = ERR_FORMAT,
        .why = "the spare bit is set",
        .bend = {13, 1, {0x91}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "number-zero",
        .result = ERR_VALUE,
        .why = "only a draft has no number",
        .bend = {3, 3, {0x00, 0x00, 0x00}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "lifetime-zero",
        .result = ERR_VALUE,
        .why = "at least one minute",
        .bend = {10, 2, {0x00, 0x00}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "lifetime-1441",
        .result = ERR_VALUE,
        .why = "at most a day",
        .bend = {10, 2, {0x05, 0xa1}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "kind-unknown",
        .result = ERR_VALUE,
        .why = "kind 6",
        .bend = {12, 1, {0x68}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "severity-unknown",
        .result = ERR_VALUE,
        .why = "severity 5",
        .bend = {12, 1, {0x0a}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "urgency-unknown",
        .result = ERR_VALUE,
        .why = "urgency 5",
        .bend = {13, 1, {0xb0}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "certainty-unknown",
        .result = ERR_VALUE,
        .why = "certainty 5",
        .bend = {13, 1, {0x94}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "category-unknown",
        .result = ERR_VALUE,
        .why = "category 12",
        .bend = {14, 1, {0xc0}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "response-unknown",
        .result = ERR_VALUE,
        .why = "response type 9",
        .bend = {14, 1, {0x39}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "no-region",
        .result = ERR_VALUE,
        .why = "no region at all",
        .bend = {16, 3, {0x00, 0x00, 0x00}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "region-unknown",
        .result = ERR_VALUE,
        .why = "bit 21",
        .bend = {16, 1, {0x20}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "no-language",
        .result = ERR_VALUE,
        .why = "no language at all",
        .bend = {21, 1, {0x00}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-model-unknown",
        .result = ERR_VERSION,
        .why = "model 31: can be verified, not read",
        .bend = {21, 1, {0xff}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "update-of-nothing",
        .result = ERR_VALUE,
        .why = "an update names what it follows",
        .bend = {12, 1, {0x18}},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "reference-zero",
        .result = ERR_FORMAT,
        .why = "a reference is there, but is 0",
        .bend = {12, 1, {0x19}},
        .tail = {0x00, 3, "\0\0\0"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "alert-with-reference",
        .result = ERR_VALUE,
        .why = "an alert follows nothing",
        .bend = {12, 1, {0x09}},
        .tail = {0x00, 3, "\0\0\050"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "update-of-itself",
        .result = ERR_VALUE,
        .why = "an update follows a smaller number",
        .bend = {12, 1, {0x19}},
        .tail = {0x00, 3, "\0\0\051"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "retract-of-another",
        .result = ERR_VALUE,
        .why = "a retraction has the number of what it retracts",
        .bend = {12, 1, {0x29}},
        .tail = {0x00, 3, "\0\0\050"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "tlv-critical",
        .result = ERR_VERSION,
        .why = "an unknown element of type 128",
        .tail = {0x02, 5, "\0\003\200\001x"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "tlv-out-of-order",
        .result = ERR_FORMAT,
        .why = "types must increase",
        .tail = {0x02, 6, "\0\004\011\0\010\0"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "tlv-twice",
        .result = ERR_FORMAT,
        .why = "the same type twice",
        .tail = {0x02, 6, "\0\004\010\0\010\0"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "tlv-none",
        .result = ERR_FORMAT,
        .why = "the flag says that there are elements",
        .tail = {0x02, 2, "\0\0"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "tlv-torn",
        .result = ERR_FORMAT,
        .why = "an element is longer than all of them",
        .tail = {0x02, 5, "\0\003\010\002x"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-field-missing",
        .result = ERR_FORMAT,
        .why = "no description separator",
        .text = {ONLY_EN, 16, "head\001instruction"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-field-too-many",
        .result = ERR_TEXT,
        .why = "a fourth field",
        .text = {ONLY_EN, 8, "head\001\001d\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-language-missing",
        .result = ERR_FORMAT,
        .why = "two languages named, one there",
        .text = {RU_EN, 6, "head\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-language-too-many",
        .result = ERR_TEXT,
        .why = "one language named, two there",
        .text = {ONLY_EN, 13, "head\001\001\002head\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-languages-end-early",
        .result = ERR_FORMAT,
        .why = "a language ends before its fields do",
        .text = {RU_EN, 12, "a\001\002b\001\001c\001d\001e"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-without-headline",
        .result = ERR_VALUE,
        .why = "the headline is empty",
        .text = {ONLY_EN, 3, "\001i\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-control-character",
        .result = ERR_TEXT,
        .why = "a line feed in the headline",
        .text = {ONLY_EN, 11, "head\nline\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-turned-round",
        .result = ERR_TEXT,
        .why = "U+202E turns the direction of writing",
        .text = {ONLY_EN, 14, "head\033\342\200\256line\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-nul",
        .result = ERR_FORMAT,
        .why = "a NUL in the headline",
        .text = {ONLY_EN, 11, "head\000tail\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-needless-escape",
        .result = ERR_FORMAT,
        .why = "an escape for a letter that has a byte of its own",
        .text = {ONLY_EN, 7, "\033head\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-torn-escape",
        .result = ERR_FORMAT,
        .why = "an escape that ends too early",
        .text = {ONLY_EN, 9, "head\001\001\033\346\227"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-not-deflate",
        .result = ERR_FORMAT,
        .why = "not a deflate stream",
        .text = {ONLY_EN_DEFLATE, 4, "\377\377\377\377"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-deflate-trailing",
        .result = ERR_FORMAT,
        .why = "a byte after the deflate stream",
        .text = {ONLY_EN_DEFLATE, 12, "\001\006\000\371\377head\001\001x"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "text-not-utf8",
        .result = ERR_FORMAT,
        .why = "0xff inside deflate",
        .text = {ONLY_EN_DEFLATE, 11, "\001\006\000\371\377\377ead\001\001"},
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {.name = "roster-as-bulletin",
        .result = ERR_VALUE,
        .why = "a good roster where a bulletin is expected",
        .signer_count = 2,
        .signers = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}},
        .sealed = replace_by_roster},
};

static void make_body(struct bytes *body, const struct negative *negative)
{
    struct bulletin bulletin;
    parts_bulletin(&bulletin);
    if (negative->value != NULL)
        negative->value(&bulletin);
    parts_body(body, &bulletin);
    if (negative->text.size > 0) {
        body->data[AT_LANGUAGES] = negative->text.languages;
        body->data[AT_TEXT_SIZE] = 0;
        body->data[AT_TEXT_SIZE + 1] = negative->text.size;
        memcpy(body->data + AT_TEXT, negative->text.bytes, negative->text.size);
        body->size = AT_TEXT + (size_t)negative->text.size;
    }
    memcpy(body->data + negative->bend.at, negative->bend.bytes, negative->bend.size);
    body->data[AT_TLV_FLAG] |= negative->tail.flag;
    if (negative->tail.size > 0)
        memcpy(body->data + body->size, negative->tail.bytes, negative->tail.size);
    body->size += negative->tail.size;
}

void negatives_make_bulletins(struct maker *maker)
{
    parts_begin(maker);
    for (size_t i = 0; i < COUNT(negatives); i++) {
        const struct negative *negative = &negatives[i];
        const char *const names[] = {"negatives", negative->name, "bulletin"};
        char path[VECTORS_PATH_MAX];
        struct bytes bytes;
        make_body(&bytes, negative);
        parts_seal(&bytes, negative->signers, negative->signer_count);
        if (negative->sealed != NULL)
            negative->sealed(&bytes);
        parts_file(maker, path, names, &bytes);
        parts_add(maker, json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", negative->name, "file",
                             path, "result", err_name(negative->result), "why", negative->why,
                             "sealed", parts_hex(bytes.data, bytes.size)));
    }
    parts_end(maker, "negatives.json");
}
