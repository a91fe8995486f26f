/* roster: the numbered list of editors: whose keys count, from when to when; and of stations. Signed by the newsroom's offline key.
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
 * Stations stand in an element of their own (wire.h, type 3), apart from the editors, so that no approval can name one:
 *
 *  off  len  field
 *    0  49s  each: public key 32, name 9 (UTF-8, zero padded), from 4, until 4; one at least
 *
 * A station is a transmitter's own key: it may say when it sends, which bulletin is its newest and how many are in force
 * (audio/ident.h), and nothing else. It is revoked by a roster that does not name it. No key stands in a roster twice.
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
#define ROSTER_STATIONS_MAX 5 /* what one element holds */
#define ROSTER_STATION_NAME_MAX 9
#define ROSTER_STATION_SIZE 49

struct roster_editor {
    uint8_t index;
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    char name[ROSTER_NAME_MAX + 1]; /* UTF-8, at most ROSTER_NAME_MAX bytes */
    int64_t from_s;                 /* seconds since 1970-01-01Z */
    int64_t until_s;                /* not valid at or after this */
    bool revoked;                   /* stopped counting at once, whatever the dates */
};

struct roster_station {
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    char name[ROSTER_STATION_NAME_MAX + 1]; /* its call sign, as a rule */
    int64_t from_s;
    int64_t until_s; /* not valid at or after this */
};

struct roster {
    uint8_t newsroom_key[SEAL_PUBLIC_SIZE];
    uint32_t number;
    int64_t sent_s;
    unsigned approvals; /* that a bulletin needs, 1 or 2 */
    unsigned editor_count;
    struct roster_editor editors[ROSTER_EDITORS_MAX];
    unsigned station_count;
    struct roster_station stations[ROSTER_STATIONS_MAX];
};

/* Writes and signs the roster: sealed bytes. secret is the newsroom's. ERR_VALUE for an invalid list, ERR_LONG for more editors
 * and stations together than a body holds (31 editors leave room for one station). */
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

/* The station with this public key, or NULL. */
const struct roster_station *roster_find_station(
    const struct roster *roster, const uint8_t public_key[SEAL_PUBLIC_SIZE]);

/* from <= when < until. */
bool roster_station_valid(const struct roster_station *station, int64_t when_s);

#endif
