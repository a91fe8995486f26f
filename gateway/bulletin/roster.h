/* roster: the numbered list of editors: whose keys count, from when to when. Signed by the newsroom's offline key.
 *
 * A roster is a sealed bulletin of kind `roster` (wire.h) whose text is, uncompressed:
 *
 *  off  len  field
 *    0   32  newsroom public key (so that a receiver needs only its fingerprint)
 *   32    1  approvals that a bulletin needs: 1 or 2
 *   33    1  e, number of editors
 *   34  54e  each: index 1, public key 32, name 12 (UTF-8, zero padded), from 4, until 4, revoked 1 (0 or 1);
 *            from and until in seconds since 2025-01-01Z; indices strictly increasing, 0..254
 *
 * It has exactly one approval: WIRE_NEWSROOM_KEY_INDEX and the newsroom key's signature. severity to event are 0,
 * regions is 1, lifetime is 1440 but a roster does not expire: the newest one with the pinned key counts.
 */
#ifndef GATEWAY_BULLETIN_ROSTER_H
#define GATEWAY_BULLETIN_ROSTER_H

#include "gateway/base/err.h"
#include "gateway/bulletin/seal.h"
#include "gateway/bulletin/wire.h"

#include <stdbool.h>

#define ROSTER_EDITORS_MAX 32
#define ROSTER_NAME_MAX 12
#define ROSTER_EDITOR_SIZE 54

struct roster_editor {
    uint8_t index;
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    char name[ROSTER_NAME_MAX + 1]; /* UTF-8, at most ROSTER_NAME_MAX bytes */
    int64_t from_s;                 /* seconds since 1970-01-01Z */
    int64_t until_s;                /* not valid at or after this */
    bool revoked;                   /* stopped counting at once, whatever the dates */
};

struct roster {
    uint8_t newsroom_key[SEAL_PUBLIC_SIZE];
    uint32_t number;
    int64_t sent_s;
    unsigned approvals; /* that a bulletin needs, 1 or 2 */
    unsigned editor_count;
    struct roster_editor editors[ROSTER_EDITORS_MAX];
};

/* Writes and signs the roster: sealed bytes. secret is the newsroom's. ERR_VALUE for an invalid list. */
ERR_CHECKED enum err roster_seal(uint8_t sealed[WIRE_SEALED_MAX], size_t *sealed_size,
    const struct roster *roster, const uint8_t secret[SEAL_SECRET_SIZE]);

/* Reads sealed roster bytes and checks the newsroom key's own signature over them and the header's newsroom id.
 * It proves nothing until the key is compared with a pinned fingerprint (roster_open) or a known roster.
 * ERR_SEAL, ERR_FORMAT, ERR_VALUE ... */
ERR_CHECKED enum err roster_decode(struct roster *roster, const uint8_t *sealed, size_t size);

/* roster_decode, then the pinned fingerprint: ERR_KEY if the roster is another newsroom's. */
ERR_CHECKED enum err roster_open(
    struct roster *roster, const uint8_t *sealed, size_t size, const char *fingerprint);

/* May next replace current? Same newsroom key and a higher number: otherwise ERR_KEY or ERR_REPLAY. */
ERR_CHECKED enum err roster_check_successor(
    const struct roster *current, const struct roster *next);

/* The editor with this index, or NULL. */
const struct roster_editor *roster_find(const struct roster *roster, uint8_t index);

/* The editor with this public key, or NULL. */
const struct roster_editor *roster_find_key(
    const struct roster *roster, const uint8_t public_key[SEAL_PUBLIC_SIZE]);

/* Not revoked, and from <= when < until. */
bool roster_editor_valid(const struct roster_editor *editor, int64_t when_s);

#endif
