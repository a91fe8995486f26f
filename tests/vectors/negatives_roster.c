#include "tests/vectors/parts.h"

#include <string.h>

#define AT_NEWSROOM 1 /* wire.h */
#define AT_KIND 12
#define AT_REGIONS 18
#define AT_AUDIT 19
#define AT_MODEL 21
#define AT_TEXT_SIZE 22
#define AT_LIST 24 /* roster.h */
#define AT_APPROVALS (AT_LIST + 32)
#define AT_COUNT (AT_LIST + 33)
#define AT_EDITOR (AT_LIST + 34)
#define AT_KEY 1 /* in an editor */
#define AT_NAME 33
#define AT_FROM 45
#define AT_REVOKED 53

/* The byte at a place in an editor's row; 0 is Aida's. */
static uint8_t *at(struct bytes *body, size_t row, size_t offset)
{
    return body->data + AT_EDITOR + row * ROSTER_EDITOR_SIZE + offset;
}

static void same_key_twice(struct bytes *body)
{
    memcpy(at(body, 1, AT_KEY), at(body, 0, AT_KEY), SEAL_PUBLIC_SIZE);
}

static void newsroom_as_editor(struct bytes *body)
{
    memcpy(at(body, 1, AT_KEY), body->data + AT_LIST, SEAL_PUBLIC_SIZE);
}

/* The neutral element: any signature of a certain form would pass for it. */
static void small_order_key(struct bytes *body)
{
    memset(at(body, 1, AT_KEY), 0, SEAL_PUBLIC_SIZE);
    *at(body, 1, AT_KEY) = 1;
}

/* p + 3: another writing of y = 3 (RFC 8032, 5.1.3: y must be below p). */
static void not_canonical_key(struct bytes *body)
{
    memset(at(body, 1, AT_KEY), 0xff, SEAL_PUBLIC_SIZE);
    *at(body, 1, AT_KEY) = 0xf0;
    *at(body, 1, AT_KEY + SEAL_PUBLIC_SIZE - 1) = 0x7f;
}

static void not_a_point(struct bytes *body)
{
    memset(at(body, 1, AT_KEY), 0, SEAL_PUBLIC_SIZE);
    *at(body, 1, AT_KEY) = 2;
}

static void same_index(struct bytes *body)
{
    *at(body, 1, 0) = AIDA;
}

static void falling_index(struct bytes *body)
{
    *at(body, 0, 0) = BOLAT + 1;
}

static void newsroom_index(struct bytes *body)
{
    *at(body, 4, 0) = WIRE_NEWSROOM_KEY_INDEX;
}

static void revoked_two(struct bytes *body)
{
    *at(body, 2, AT_REVOKED) = 2;
}

static void name_padding(struct bytes *body)
{
    *at(body, 1, AT_NAME + ROSTER_NAME_MAX - 1) = 'x';
}

static void name_empty(struct bytes *body)
{
    memset(at(body, 1, AT_NAME), 0, ROSTER_NAME_MAX);
}

static void name_not_utf8(struct bytes *body)
{
    *at(body, 1, AT_NAME) = 0xff;
}

static void never_valid(struct bytes *body)
{
    memcpy(at(body, 1, AT_FROM), at(body, 1, AT_FROM + 4), 4);
}

static void approvals_three(struct bytes *body)
{
    body->data[AT_APPROVALS] = 3;
}

static void approvals_none(struct bytes *body)
{
    body->data[AT_APPROVALS] = 0;
}

static void count_high(struct bytes *body)
{
    body->data[AT_COUNT]++;
}

static void count_low(struct bytes *body)
{
    body->data[AT_COUNT]--;
}

static void count_over(struct bytes *body)
{
    body->data[AT_COUNT] = ROSTER_EDITORS_MAX + 1;
}

static void other_id(struct bytes *body)
{
    body->data[AT_NEWSROOM] ^= 0x80;
}

static void with_severity(struct bytes *body)
{
    body->data[AT_KIND] |= 0x02;
}

static void with_region(struct bytes *body)
{
    body->data[AT_REGIONS] |= 0x02;
}

static void with_audit(struct bytes *body)
{
    body->data[AT_AUDIT] = 1;
}

static void with_model(struct bytes *body)
{
    body->data[AT_MODEL] = 2;
}

static void as_alert(struct bytes *body)
{
    body->data[AT_KIND] = 0;
}

static void longer_list(struct bytes *body)
{
    body->data[body->size++] = 0;
    body->data[AT_TEXT_SIZE + 1]++;
}

static void replace_by_bulletin(struct bytes *body)
{
    struct bulletin bulletin;
    parts_bulletin(&bulletin);
    parts_body(body, &bulletin);
}

static void nothing(struct bytes *body)
{
    (void)body;
}

#define NEWSROOM                                                                                   \
    {                                                                                              \
        {                                                                                          \
            WIRE_NEWSROOM_KEY_INDEX, SEED_NEWSROOM                                                 \
        }                                                                                          \
    }

static const struct refused {
    const char *name;
    enum err result;
    const char *why;
    void (*bend)(struct bytes *body);
    size_t signer_count;
    struct signer signers[2];
} refused[] = {
    {"same-key-twice", ERR_VALUE, "one key under two indices would be two people", same_key_twice,
        1, NEWSROOM},
    {"newsroom-key-as-editor", ERR_VALUE, "the offline key is nobody's", newsroom_as_editor, 1,
        NEWSROOM},
    {"small-order-key", ERR_VALUE, "the neutral element as a key", small_order_key, 1, NEWSROOM},
    {"not-canonical-key", ERR_VALUE, "a key with y not below p", not_canonical_key, 1, NEWSROOM},
    {"not-a-point", ERR_VALUE, "a key that is no point of the curve", not_a_point, 1, NEWSROOM},
    {"same-index", ERR_VALUE, "indices must increase", same_index, 1, NEWSROOM},
    {"falling-index", ERR_VALUE, "indices must increase", falling_index, 1, NEWSROOM},
    {"newsroom-index", ERR_VALUE, "index 255 is the newsroom key's", newsroom_index, 1, NEWSROOM},
    {"revoked-two", ERR_FORMAT, "revoked is 0 or 1", revoked_two, 1, NEWSROOM},
    {"name-padding", ERR_FORMAT, "after a zero all of a name is zero", name_padding, 1, NEWSROOM},
    {"name-empty", ERR_VALUE, "an editor has a name", name_empty, 1, NEWSROOM},
    {"name-not-utf8", ERR_VALUE, "a name is UTF-8", name_not_utf8, 1, NEWSROOM},
    {"never-valid", ERR_VALUE, "from must be before until", never_valid, 1, NEWSROOM},
    {"approvals-three", ERR_VALUE, "1 or 2", approvals_three, 1, NEWSROOM},
    {"approvals-none", ERR_VALUE, "1 or 2", approvals_none, 1, NEWSROOM},
    {"count-high", ERR_SHORT, "one editor more than there are", count_high, 1, NEWSROOM},
    {"count-low", ERR_FORMAT, "one editor fewer than there are", count_low, 1, NEWSROOM},
    {"count-over", ERR_LONG, "32 at most", count_over, 1, NEWSROOM},
    {"longer-list", ERR_FORMAT, "a byte after the last editor", longer_list, 1, NEWSROOM},
    {"other-id", ERR_KEY, "the header's newsroom id is not the key's", other_id, 1, NEWSROOM},
    {"with-severity", ERR_VALUE, "a roster has no severity", with_severity, 1, NEWSROOM},
    {"with-region", ERR_VALUE, "regions is 1", with_region, 1, NEWSROOM},
    {"with-audit-head", ERR_VALUE, "a roster has no audit head", with_audit, 1, NEWSROOM},
    {"with-text-model", ERR_VALUE, "a roster is not packed", with_model, 1, NEWSROOM},
    {"as-alert", ERR_VALUE, "a roster's list in an alert's header", as_alert, 1, NEWSROOM},
    {"bulletin-as-roster", ERR_VALUE, "an alert by the newsroom key", replace_by_bulletin, 1,
        NEWSROOM},
    {"by-two-editors", ERR_QUORUM, "editors can't make a roster", nothing, 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}},
    {"by-editor-as-newsroom", ERR_SEAL, "an editor's signature under the newsroom's index", nothing,
        1, {{WIRE_NEWSROOM_KEY_INDEX, SEED_AIDA}}},
    {"by-newsroom-and-editor", ERR_QUORUM, "the newsroom key signs alone", nothing, 2,
        {{AIDA, SEED_AIDA}, {WIRE_NEWSROOM_KEY_INDEX, SEED_NEWSROOM}}},
    {"unsigned", ERR_QUORUM, "nobody signed", nothing, 0, {{0, 0}}},
};

void negatives_make_rosters(struct maker *maker)
{
    struct roster roster;
    struct key newsroom;
    struct bytes good;
    parts_roster(&roster);
    parts_key(&newsroom, SEED_NEWSROOM);
    parts_must(roster_seal(good.data, &good.size, &roster, newsroom.secret) == ERR_OK);
    good.size -= 1 + WIRE_APPROVAL_SIZE;
    parts_begin(maker);
    for (size_t i = 0; i < COUNT(refused); i++) {
        const char *const names[] = {"rosters-refused", refused[i].name, "bulletin"};
        char path[VECTORS_PATH_MAX];
        struct bytes bytes = good;
        refused[i].bend(&bytes);
        parts_seal(&bytes, refused[i].signers, refused[i].signer_count);
        parts_file(maker, path, names, &bytes);
        parts_add(maker, json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", refused[i].name, "file",
                             path, "result", err_name(refused[i].result), "why", refused[i].why,
                             "sealed", parts_hex(bytes.data, bytes.size)));
    }
    parts_end(maker, "rosters-refused.json");
}
