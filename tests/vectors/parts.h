/* parts: what the makers of test vectors share: keys, the staff, sealing by hand, lists in JSON.
 */
#ifndef TESTS_VECTORS_PARTS_H
#define TESTS_VECTORS_PARTS_H

#include "tests/vectors/make.h"

#include "gateway/bulletin/quorum.h"

#include <jansson.h>

#define NOW_S                                                                                      \
    1767268800LL /* 2026-01-01T12:00:00Z, the receiver's clock unless a vector says otherwise */
#define DAY_S 86400
#define NUMBER 41
#define KK (1u << BULLETIN_KK)
#define RU (1u << BULLETIN_RU)
#define EN (1u << BULLETIN_EN)
#define ROSTER_NUMBER 7
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Seeds are 32 times one byte. */
enum seed {
    SEED_AIDA = 0x11,
    SEED_BOLAT = 0x12,
    SEED_VERA = 0x13,   /* revoked */
    SEED_GULNAR = 0x14, /* valid until a day before NOW_S */
    SEED_DINA = 0x15,
    SEED_STATION = 0x16,
    SEED_STATION_PAST = 0x17, /* valid until a day before NOW_S */
    SEED_NEWSROOM = 0x4e,
    SEED_STRANGER = 0x53 /* another newsroom, and nobody's key */
};

/* Their indices in the roster. */
enum index { AIDA = 1, BOLAT = 2, VERA = 3, GULNAR = 4, DINA = 9 };

#define STATION_INDEX 5 /* no editor's */

struct key {
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    uint8_t secret[SEAL_SECRET_SIZE];
};

struct bytes {
    uint8_t data[2 * WIRE_SEALED_MAX];
    size_t size;
};

/* Whose key signs, and the index that it is written under. */
struct signer {
    uint8_t index;
    uint8_t seed;
};

struct maker {
    vectors_handler *handler;
    void *arg;
    json_t *list; /* of the JSON file that is being made */
};

/* Ends the process unless good. */
void parts_must(int good);
void parts_key(struct key *key, uint8_t seed);
/* A new JSON text of hex digits. */
json_t *parts_hex(const uint8_t *bytes, size_t size);

void parts_begin(struct maker *maker);
void parts_add(struct maker *maker, json_t *object);
void parts_end(struct maker *maker, const char *path);
/* Hands FOLDER/NAME.EXTENSION over. */
void parts_file(struct maker *maker, char path[VECTORS_PATH_MAX], const char *const names[3],
    const struct bytes *bytes);

/* The whole staff, two approvals. */
void parts_roster(struct roster *roster);
/* Number NUMBER, sent at NOW_S for six hours, an alert in all three languages, plain model. */
void parts_bulletin(struct bulletin *bulletin);

/* The body of a bulletin, or of a roster. */
void parts_body(struct bytes *body, const struct bulletin *bulletin);
/* Appends approvals to a body just as they are told, right or wrong. */
void parts_seal(struct bytes *sealed, const struct signer *signers, size_t count);
/* By Aida and Bolat, as it should be. */
void parts_seal_well(struct bytes *sealed);

/* Adds negatives.json and refused rosters. */
void negatives_make_bulletins(struct maker *maker);
void negatives_make_rosters(struct maker *maker);
/* Adds audience.json and audience-refused.json: whom a drill is for. */
void audience_make(struct maker *maker);
/* Adds stations.json, stations-refused.json and stations-bulletins-refused.json. */
void stations_make(struct maker *maker);
/* Adds idents.json and idents-refused.json: what a station signs. */
void idents_make(struct maker *maker);
/* The staff and two stations, one of them past. */
void stations_roster(struct roster *roster);

#endif
