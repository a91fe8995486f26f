/* fixture: a newsroom for tests: keys from fixed seeds, a roster of four, one alert in three languages.
 *
 * Every key's seed is 32 times one byte: the newsroom's FIXTURE_NEWSROOM, editor i's FIXTURE_EDITOR + i.
 */
#ifndef TESTS_GATEWAY_BULLETIN_FIXTURE_H
#define TESTS_GATEWAY_BULLETIN_FIXTURE_H

#include "gateway/bulletin/quorum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define FIXTURE_NEWSROOM 0x4e
#define FIXTURE_STRANGER 0x53
#define FIXTURE_EDITOR 0x10
#define FIXTURE_NOW_S 1767268800LL /* 2026-01-01T12:00:00Z */

/* Indices in the roster. The first two are in order, the third is revoked, the fourth was valid in 2025 only. */
enum fixture_editor {
    FIXTURE_AIDA = 1,
    FIXTURE_BOLAT = 2,
    FIXTURE_REVOKED = 3,
    FIXTURE_PAST = 4,
    FIXTURE_COUNT = 4
};

struct fixture_key {
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    uint8_t secret[SEAL_SECRET_SIZE];
};

static inline void fixture_key(struct fixture_key *key, uint8_t seed_byte)
{
    uint8_t seed[SEAL_SEED_SIZE];
    memset(seed, seed_byte, sizeof seed);
    seal_keypair(key->public_key, key->secret, seed);
}

static inline void fixture_editor(struct roster *roster, uint8_t index, const char *name)
{
    struct fixture_key key;
    struct roster_editor *editor = &roster->editors[roster->editor_count++];
    fixture_key(&key, (uint8_t)(FIXTURE_EDITOR + index));
    *editor = (struct roster_editor){.index = index,
        .from_s = BULLETIN_EPOCH_S,
        .until_s = FIXTURE_NOW_S + (index == FIXTURE_PAST ? -43200 : 365 * 86400),
        .revoked = index == FIXTURE_REVOKED};
    memcpy(editor->public_key, key.public_key, SEAL_PUBLIC_SIZE);
    assert_true(strlen(name) <= ROSTER_NAME_MAX);
    memcpy(editor->name, name, strlen(name));
}

/* The key plus the point of order 2, (0, -1), that is (-x, -y): another public key that the same secret can sign for,
 * whenever the challenge is even. */
static inline void fixture_twin(struct fixture_key *twin, const struct fixture_key *key)
{
    unsigned borrow = 0;
    *twin = *key;
    for (size_t i = 0; i < SEAL_PUBLIC_SIZE; i++) {
        unsigned p = i == 0 ? 0xed : i == SEAL_PUBLIC_SIZE - 1 ? 0x7f : 0xff; /* 2^255 - 19 */
        unsigned y = key->public_key[i] & (i == SEAL_PUBLIC_SIZE - 1 ? 0x7fu : 0xffu);
        unsigned digit = 0x100 + p - y - borrow;
        twin->public_key[i] = (uint8_t)digit;
        borrow = digit < 0x100;
    }
    twin->public_key[SEAL_PUBLIC_SIZE - 1] |=
        (uint8_t)(~key->public_key[SEAL_PUBLIC_SIZE - 1] & 0x80);
    memcpy(twin->secret + SEAL_SEED_SIZE, twin->public_key, SEAL_PUBLIC_SIZE);
}

/* Number 7, sent a day before FIXTURE_NOW_S, two approvals. */
static inline void fixture_roster(struct roster *roster)
{
    struct fixture_key key;
    fixture_key(&key, FIXTURE_NEWSROOM);
    *roster = (struct roster){.number = 7, .sent_s = FIXTURE_NOW_S - 86400, .approvals = 2};
    memcpy(roster->newsroom_key, key.public_key, SEAL_PUBLIC_SIZE);
    fixture_editor(roster, FIXTURE_AIDA, "Аида");
    fixture_editor(roster, FIXTURE_BOLAT, "Bolat");
    fixture_editor(roster, FIXTURE_REVOKED, "Vera");
    fixture_editor(roster, FIXTURE_PAST, "Gulnar");
}

/* Number 41, sent at FIXTURE_NOW_S for six hours, all languages, plain model. */
static inline void fixture_bulletin(struct bulletin *bulletin)
{
    struct fixture_key key;
    fixture_key(&key, FIXTURE_NEWSROOM);
    *bulletin = (struct bulletin){.number = 41,
        .sent_s = FIXTURE_NOW_S,
        .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
        .kind = BULLETIN_ALERT,
        .severity = BULLETIN_EXTREME,
        .urgency = BULLETIN_IMMEDIATE,
        .certainty = BULLETIN_OBSERVED,
        .category = BULLETIN_SECURITY,
        .response = BULLETIN_SHELTER,
        .event = 3,
        .regions = 1u << 17 | 1u << 2,
        .audit_head = {0xab, 0xcd},
        .languages = 7,
        .text_model = BULLETIN_TEXT_MODEL_PLAIN,
        .text = {{"Көшеде атыс: Абай даңғылы", "Үйден шықпаңыз.", "Полиция іздеуде."},
            {"Стрельба на улице: проспект Абая", "Не выходите из дома.", ""},
            {"Shooting in the street: Abai avenue", "Stay indoors.", "Police are searching."}}};
    seal_newsroom_id(bulletin->newsroom, key.public_key);
}

/* view is set to the body. */
static inline void fixture_body(
    uint8_t body[WIRE_BODY_MAX], struct buf_in *view, const struct bulletin *bulletin)
{
    size_t size = 0;
    assert_int_equal(wire_encode_body(body, &size, bulletin), ERR_OK);
    buf_in_init(view, body, size);
}

/* Approvals of editors[0..count), each with the key of its index. */
static inline void fixture_approve(struct wire_approval *approvals, const uint8_t *editors,
    unsigned count, const struct buf_in *body)
{
    for (unsigned i = 0; i < count; i++) {
        struct fixture_key key;
        fixture_key(&key, (uint8_t)(FIXTURE_EDITOR + editors[i]));
        seal_approve(&approvals[i], editors[i], body, key.secret);
    }
}

/* Seals a bulletin with the editors' keys. Returns the size. */
static inline size_t fixture_seal(uint8_t sealed[WIRE_SEALED_MAX], const struct bulletin *bulletin,
    const uint8_t *editors, unsigned count)
{
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct wire_approval approvals[WIRE_APPROVALS_MAX];
    size_t size = 0;
    fixture_body(body, &view, bulletin);
    fixture_approve(approvals, editors, count, &view);
    assert_int_equal(wire_encode_sealed(sealed, &size, &view, approvals, count), ERR_OK);
    return size;
}

/* Every field, and the texts of every language. */
static inline void fixture_assert_same(const struct bulletin *a, const struct bulletin *b)
{
    assert_memory_equal(a->newsroom, b->newsroom, sizeof a->newsroom);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->sent_s, b->sent_s);
    assert_int_equal(a->lifetime_min, b->lifetime_min);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->severity, b->severity);
    assert_int_equal(a->urgency, b->urgency);
    assert_int_equal(a->certainty, b->certainty);
    assert_int_equal(a->category, b->category);
    assert_int_equal(a->response, b->response);
    assert_int_equal(a->event, b->event);
    assert_int_equal(a->regions, b->regions);
    assert_memory_equal(a->audit_head, b->audit_head, sizeof a->audit_head);
    assert_int_equal(a->languages, b->languages);
    assert_int_equal(a->text_model, b->text_model);
    assert_int_equal(a->follows, b->follows);
    assert_int_equal(a->everyone, b->everyone);
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        assert_string_equal(a->text[i].headline, b->text[i].headline);
        assert_string_equal(a->text[i].instruction, b->text[i].instruction);
        assert_string_equal(a->text[i].description, b->text[i].description);
    }
}

#endif
