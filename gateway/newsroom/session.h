/* session: who has signed in. Challenges, sessions and throttling as tables of fixed size; pure but for the time and the
 * randomness that are given as parameters.
 *
 * Signing in: a challenge (nonce) is handed out, valid SESSION_CHALLENGE_S and once; the editor signs
 *
 *   "dabyl sign-in\n" origin "\n" at_s "\n" nonce "\n"
 *
 * with the key that the roster names (Ed25519, RFC 8032). It never begins with a bulletin's first byte, so that it is
 * none. A session has a cookie, of which only the hash is kept, and a token that unsafe requests must repeat; it ends after
 * SESSION_LIFE_S, after SESSION_IDLE_S without a request, or when the roster no longer holds its editor. It lets its holder
 * look and ask; approving needs the editor's key each time.
 */
#ifndef GATEWAY_NEWSROOM_SESSION_H
#define GATEWAY_NEWSROOM_SESSION_H

#include "gateway/base/err.h"
#include "gateway/bulletin/roster.h"
#include "gateway/bulletin/seal.h"

#include <stdbool.h>
#include <stdint.h>

#define SESSION_MAX 128
#define SESSION_PER_EDITOR_MAX 8 /* the one that was idle longest makes room */
#define SESSION_CHALLENGES_MAX 256
#define SESSION_CHALLENGES_PER_ADDRESS_MAX 16 /* the oldest makes room */
#define SESSION_THROTTLES_MAX 256
#define SESSION_CHALLENGE_S 60
#define SESSION_LIFE_S 43200
#define SESSION_IDLE_S 7200
#define SESSION_FAILURES_MAX 5 /* in SESSION_FAILURES_S, per address and per editor */
#define SESSION_FAILURES_S 60
#define SESSION_RANDOM_SIZE 32
#define SESSION_SECRET_SIZE (2 * SESSION_RANDOM_SIZE + 1) /* hexadecimal and a NUL */
#define SESSION_ADDRESS_SIZE 16                           /* IPv6, or IPv4 mapped into it */
#define SESSION_ORIGIN_SIZE 300                           /* with its NUL */
#define SESSION_SIGNED_MAX (SESSION_ORIGIN_SIZE + SESSION_SECRET_SIZE + 64)

struct session_address {
    uint8_t bytes[SESSION_ADDRESS_SIZE];
};

struct session_challenge {
    char nonce[SESSION_SECRET_SIZE]; /* empty: free */
    struct session_address address;
    char origin[SESSION_ORIGIN_SIZE];
    int64_t at_s;
};

struct session {
    bool used;
    uint8_t editor; /* roster index */
    uint8_t key[SEAL_PUBLIC_SIZE];
    uint8_t cookie_hash[SEAL_HASH_SIZE];
    char token[SESSION_SECRET_SIZE];
    int64_t opened_s;
    int64_t seen_s;
};

struct session_throttle {
    uint8_t kind;               /* 0 free */
    struct session_address who; /* an address, or an editor's index in its first byte */
    unsigned failures;
    int64_t since_s;
};

struct sessions {
    struct session_challenge challenges[SESSION_CHALLENGES_MAX];
    struct session sessions[SESSION_MAX];
    struct session_throttle throttles[SESSION_THROTTLES_MAX];
};

/* Who wants to be signed in, and how. */
struct session_claim {
    uint8_t editor;
    const char *nonce;
    const uint8_t *signature; /* WIRE_SIGNATURE_SIZE */
    struct session_address address;
};

/* When, and the randomness of what is handed out. */
struct session_moment {
    int64_t now_s;
    uint8_t random[2 * SESSION_RANDOM_SIZE];
};

/* What the browser gets. */
struct session_grant {
    char cookie[SESSION_SECRET_SIZE];
    char token[SESSION_SECRET_SIZE];
};

void session_init(struct sessions *sessions);
/* Hands out a challenge; made of the first half of the moment's randomness. ERR_BUSY: this address has failed too often; ERR_LONG: origin. */
ERR_CHECKED enum err session_challenge(struct sessions *sessions,
    struct session_challenge *challenge, const struct session_address *address, const char *origin,
    const struct session_moment *moment);
/* The bytes that are signed; returns their number. */
size_t session_print_signed(
    char text[SESSION_SIGNED_MAX], const char *origin, int64_t at_s, const char *nonce);
/* Checks the claim and opens a session. The challenge is used up whatever comes of it. ERR_BUSY: too many failures; ERR_EXPIRED: no such
 * challenge, or too old, or another address's; ERR_ROSTER: no such editor now; ERR_SEAL: signature. Each but ERR_BUSY is counted as
 * a failure of the address, and ERR_SEAL of the editor also. */
ERR_CHECKED enum err session_open(struct sessions *sessions, struct session_grant *grant,
    const struct session_claim *claim, const struct roster *roster,
    const struct session_moment *moment);
/* The session of a cookie, marked as seen now; NULL if there is none or its time is over. */
struct session *session_find(struct sessions *sessions, const char *cookie, int64_t now_s);
/* The same without a mark: whether it would be found. */
const struct session *session_peek(
    const struct sessions *sessions, const char *cookie, int64_t now_s);
/* Whether token is the session's, in constant time. */
bool session_check_token(const struct session *session, const char *token);
void session_close(struct session *session);
/* Ends the sessions of editors who are no longer valid in the roster, or whose key is another; returns how many. */
unsigned session_apply_roster(
    struct sessions *sessions, const struct roster *roster, int64_t now_s);
unsigned session_count(const struct sessions *sessions, int64_t now_s);

#endif
