/* roster: bytes with a signature that does not fit are refused; the same bytes, signed well, are taken only if they are the
 * one encoding of what they say.
 *
 * The input is a roster's body; it is signed here, since no fuzzer guesses a signature. Its first key must be the one
 * that signs: it is written over.
 */
#include "gateway/bulletin/roster.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void check_taken(const struct roster *roster, const uint8_t *body, size_t size,
    const uint8_t secret[SEAL_SECRET_SIZE])
{
    uint8_t again[WIRE_SEALED_MAX];
    size_t again_size;
    bool has_tlv = (body[13] & 0x02) != 0;
    check(roster->editor_count <= ROSTER_EDITORS_MAX);
    check(roster->approvals == 1 || roster->approvals == 2);
    for (unsigned i = 0; i < roster->editor_count; i++) {
        const struct roster_editor *editor = &roster->editors[i];
        check(roster_find(roster, editor->index) == editor);
        check(roster_find_key(roster, editor->public_key) == editor);
    }
    check(roster->station_count <= ROSTER_STATIONS_MAX);
    for (unsigned i = 0; i < roster->station_count; i++) {
        const struct roster_station *station = &roster->stations[i];
        check(roster_find_station(roster, station->public_key) == station);
        check(roster_find_key(roster, station->public_key) == NULL);
    }
    check(roster_seal(again, &again_size, roster, secret) == ERR_OK);
    if (!has_tlv)
        check(memcmp(again, body, size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {1};
    uint8_t public_key[SEAL_PUBLIC_SIZE], secret[SEAL_SECRET_SIZE];
    uint8_t body[WIRE_BODY_MAX], sealed[WIRE_SEALED_MAX];
    size_t sealed_size;
    struct roster roster;
    struct wire_approval approval;
    struct buf_in view;
    check(seal_init() == ERR_OK);
    (void)!roster_decode(&roster, data, size);
    if (size > sizeof body)
        return 0;
    memcpy(body, data, size);
    seal_keypair(public_key, secret, seed);
    if (size >= WIRE_HEADER_SIZE + SEAL_PUBLIC_SIZE) {
        memcpy(body + WIRE_HEADER_SIZE, public_key, SEAL_PUBLIC_SIZE);
        seal_newsroom_id(body + 1, public_key);
    }
    buf_in_init(&view, body, size);
    seal_approve(&approval, WIRE_NEWSROOM_KEY_INDEX, &view, secret);
    check(wire_encode_sealed(sealed, &sealed_size, &view, &approval, 1) == ERR_OK);
    if (roster_decode(&roster, sealed, sealed_size) == ERR_OK)
        check_taken(&roster, body, size, secret);
    approval.signature[0] ^= 1;
    check(wire_encode_sealed(sealed, &sealed_size, &view, &approval, 1) == ERR_OK);
    check(roster_decode(&roster, sealed, sealed_size) != ERR_OK);
    return 0;
}
