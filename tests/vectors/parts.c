#include "tests/vectors/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void parts_must(int good)
{
    if (!good)
        abort();
}

void parts_key(struct key *key, uint8_t seed)
{
    uint8_t bytes[SEAL_SEED_SIZE];
    memset(bytes, seed, sizeof bytes);
    seal_keypair(key->public_key, key->secret, bytes);
}

json_t *parts_hex(const uint8_t *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *text = malloc(2 * size + 1);
    parts_must(text != NULL);
    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 0xf];
    }
    json_t *json = json_stringn(text, 2 * size);
    free(text);
    parts_must(json != NULL);
    return json;
}

void parts_begin(struct maker *maker)
{
    maker->list = json_array();
}

void parts_add(struct maker *maker, json_t *object)
{
    parts_must(object != NULL && json_array_append_new(maker->list, object) == 0);
}

void parts_end(struct maker *maker, const char *path)
{
    char *text = json_dumps(maker->list, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    parts_must(text != NULL);
    size_t size = strlen(text);
    text[size] = '\n'; /* in the NUL's place */
    maker->handler(maker->arg, path, (const uint8_t *)text, size + 1);
    free(text);
    json_decref(maker->list);
}

void parts_file(struct maker *maker, char path[VECTORS_PATH_MAX], const char *const names[3],
    const struct bytes *bytes)
{
    int size = snprintf(path, VECTORS_PATH_MAX, "%s/%s.%s", names[0], names[1], names[2]);
    parts_must(size < VECTORS_PATH_MAX);
    maker->handler(maker->arg, path, bytes->data, bytes->size);
}

static const struct {
    uint8_t index;
    uint8_t seed;
    const char *name;
    int64_t until_s;
    bool revoked;
} staff[] = {
    {AIDA, SEED_AIDA, "Аида", NOW_S + 365 * DAY_S, false},
    {BOLAT, SEED_BOLAT, "Bolat", NOW_S + 365 * DAY_S, false},
    {VERA, SEED_VERA, "Вера", NOW_S + 365 * DAY_S, true},
    {GULNAR, SEED_GULNAR, "Gulnar", NOW_S - DAY_S, false},
    {DINA, SEED_DINA, "Dina Akhmet.", NOW_S + 365 * DAY_S, false},
};

void parts_roster(struct roster *roster)
{
    struct key key;
    parts_key(&key, SEED_NEWSROOM);
    *roster =
        (struct roster){.number = ROSTER_NUMBER, .sent_s = NOW_S - 30 * DAY_S, .approvals = 2};
    memcpy(roster->newsroom_key, key.public_key, SEAL_PUBLIC_SIZE);
    for (size_t i = 0; i < COUNT(staff); i++) {
        struct roster_editor *editor = &roster->editors[roster->editor_count++];
        parts_key(&key, staff[i].seed);
        *editor = (struct roster_editor){.index = staff[i].index,
            .from_s = NOW_S - 200 * DAY_S,
            .until_s = staff[i].until_s,
            .revoked = staff[i].revoked};
        memcpy(editor->public_key, key.public_key, SEAL_PUBLIC_SIZE);
        parts_must(strlen(staff[i].name) <= ROSTER_NAME_MAX);
        memcpy(editor->name, staff[i].name, strlen(staff[i].name));
    }
}

void parts_bulletin(struct bulletin *bulletin)
{
    struct key key;
    parts_key(&key, SEED_NEWSROOM);
    *bulletin = (struct bulletin){.number = NUMBER,
        .sent_s = NOW_S,
        .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
        .kind = BULLETIN_ALERT,
        .severity = BULLETIN_EXTREME,
        .urgency = BULLETIN_IMMEDIATE,
        .certainty = BULLETIN_OBSERVED,
        .category = BULLETIN_SECURITY,
        .response = BULLETIN_SHELTER,
        .event = 1,
        .regions = 1u << 17,
        .audit_head = {0xa1, 0x5e},
        .languages = KK | RU | EN,
        .text_model = BULLETIN_TEXT_MODEL_PLAIN,
        .text = {
            {"Орталықта атыс болып жатыр", "Көшеге шықпаңыз. Терезеден алыс болыңыз.",
                "Екі тілшіміз растады."},
            {"В центре идёт стрельба", "Не выходите. Держитесь дальше от окон.",
                "Подтвердили два наших корреспондента."},
            {"Shooting in the centre", "Do not go out. Stay away from windows.",
                "Confirmed by two of our reporters."},
        }};
    seal_newsroom_id(bulletin->newsroom, key.public_key);
}

void parts_body(struct bytes *body, const struct bulletin *bulletin)
{
    parts_must(wire_encode_body(body->data, &body->size, bulletin) == ERR_OK);
}

void parts_seal(struct bytes *sealed, const struct signer *signers, size_t count)
{
    struct buf_in body;
    struct buf_out out;
    buf_in_init(&body, sealed->data, sealed->size);
    buf_out_init(&out, sealed->data, sizeof sealed->data);
    out.used = sealed->size;
    buf_put_u8(&out, (uint8_t)count);
    for (size_t i = 0; i < count; i++) {
        struct key key;
        struct wire_approval approval;
        parts_key(&key, signers[i].seed);
        seal_approve(&approval, signers[i].index, &body, key.secret);
        buf_put_u8(&out, approval.editor);
        buf_put_bytes(&out, approval.signature, WIRE_SIGNATURE_SIZE);
    }
    parts_must(out.err == ERR_OK);
    sealed->size = out.used;
}

void parts_seal_well(struct bytes *sealed)
{
    static const struct signer signers[] = {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}};
    parts_seal(sealed, signers, COUNT(signers));
}
