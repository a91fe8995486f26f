#include "gateway/newsroom/session.h"

#include <stdio.h>
#include <string.h>

enum { THROTTLE_FREE, THROTTLE_ADDRESS, THROTTLE_EDITOR };

static const char signed_head[] = "dabyl sign-in";

static void print_hex(char text[SESSION_SECRET_SIZE], const uint8_t bytes[SESSION_RANDOM_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < SESSION_RANDOM_SIZE; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * (size_t)SESSION_RANDOM_SIZE] = '\0';
}

/* Who has an IPv6 address has 2^64 of them. */
static struct session_address network_of(const struct session_address *address)
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    struct session_address network = *address;
    if (memcmp(network.bytes, mapped, sizeof mapped) != 0)
        memset(network.bytes + 8, 0, 8);
    return network;
}

static struct session_address key_of_editor(uint8_t editor)
{
    return (struct session_address){.bytes = {editor}};
}

static struct session_throttle *find_throttle(
    struct sessions *sessions, uint8_t kind, const struct session_address *who, int64_t now_s)
{
    for (size_t i = 0; i < SESSION_THROTTLES_MAX; i++) {
        struct session_throttle *throttle = &sessions->throttles[i];
        if (throttle->kind == kind &&
            memcmp(throttle->who.bytes, who->bytes, sizeof who->bytes) == 0) {
            if (now_s - throttle->since_s < SESSION_FAILURES_S && now_s >= throttle->since_s)
                return throttle;
            throttle->kind = THROTTLE_FREE;
        }
    }
    return NULL;
}

static bool is_throttled(
    struct sessions *sessions, uint8_t kind, const struct session_address *who, int64_t now_s)
{
    const struct session_throttle *throttle = find_throttle(sessions, kind, who, now_s);
    return throttle != NULL && throttle->failures >= SESSION_FAILURES_MAX;
}

static void count_failure(
    struct sessions *sessions, uint8_t kind, const struct session_address *who, int64_t now_s)
{
    struct session_throttle *throttle = find_throttle(sessions, kind, who, now_s);
    if (throttle == NULL) {
        throttle = &sessions->throttles[0];
        for (size_t i = 0; i < SESSION_THROTTLES_MAX && throttle->kind != THROTTLE_FREE; i++) {
            struct session_throttle *other = &sessions->throttles[i];
            if (other->kind == THROTTLE_FREE || other->since_s < throttle->since_s)
                throttle = other;
        }
        *throttle = (struct session_throttle){.kind = kind, .who = *who, .since_s = now_s};
    }
    throttle->failures++;
}

void session_init(struct sessions *sessions)
{
    memset(sessions, 0, sizeof *sessions);
}

/* A place for a challenge: the address's oldest if it has many, else a free one, else the oldest of all. */
static struct session_challenge *make_room(
    struct sessions *sessions, const struct session_address *address)
{
    unsigned own = 0;
    struct session_challenge *oldest = &sessions->challenges[0];
    struct session_challenge *own_oldest = NULL;
    for (size_t i = 0; i < SESSION_CHALLENGES_MAX; i++) {
        struct session_challenge *one = &sessions->challenges[i];
        int64_t at_s = one->nonce[0] == '\0' ? INT64_MIN : one->at_s;
        int64_t oldest_s = oldest->nonce[0] == '\0' ? INT64_MIN : oldest->at_s;
        if (at_s < oldest_s)
            oldest = one;
        if (one->nonce[0] == '\0' ||
            memcmp(one->address.bytes, address->bytes, sizeof address->bytes) != 0)
            continue;
        own++;
        if (own_oldest == NULL || one->at_s < own_oldest->at_s)
            own_oldest = one;
    }
    return own >= SESSION_CHALLENGES_PER_ADDRESS_MAX ? own_oldest : oldest;
}

enum err session_challenge(struct sessions *sessions, struct session_challenge *challenge,
    const struct session_address *address, const char *origin, const struct session_moment *moment)
{
    struct session_address network = network_of(address);
    if (strlen(origin) >= SESSION_ORIGIN_SIZE)
        return ERR_LONG;
    if (is_throttled(sessions, THROTTLE_ADDRESS, &network, moment->now_s))
        return ERR_BUSY;
    *challenge = (struct session_challenge){.address = *address, .at_s = moment->now_s};
    print_hex(challenge->nonce, moment->random);
    (void)snprintf(challenge->origin, sizeof challenge->origin, "%s", origin);
    *make_room(sessions, address) = *challenge;
    return ERR_OK;
}

size_t session_print_signed(
    char text[SESSION_SIGNED_MAX], const char *origin, int64_t at_s, const char *nonce)
{
    int size = snprintf(text, SESSION_SIGNED_MAX, "%s\n%s\n%lld\n%s\n", signed_head, origin,
        (long long)at_s, nonce);
    return size > 0 && size < SESSION_SIGNED_MAX ? (size_t)size : 0;
}

/* Takes the challenge out, so that it is used once whatever comes of it. */
static enum err take_challenge(struct sessions *sessions, struct session_challenge *challenge,
    const struct session_claim *claim, int64_t now_s)
{
    for (size_t i = 0; i < SESSION_CHALLENGES_MAX; i++) {
        struct session_challenge *one = &sessions->challenges[i];
        if (one->nonce[0] == '\0' || strcmp(one->nonce, claim->nonce) != 0)
            continue;
        *challenge = *one;
        one->nonce[0] = '\0';
        bool theirs = memcmp(challenge->address.bytes, claim->address.bytes,
                          sizeof claim->address.bytes) == 0;
        bool fresh = now_s >= challenge->at_s && now_s - challenge->at_s <= SESSION_CHALLENGE_S;
        return theirs && fresh ? ERR_OK : ERR_EXPIRED;
    }
    return ERR_EXPIRED;
}

static enum err check_claim(struct sessions *sessions, const struct session_claim *claim,
    const struct roster *roster, int64_t now_s)
{
    struct session_challenge challenge;
    struct wire_approval approval = {.editor = claim->editor};
    char text[SESSION_SIGNED_MAX];
    struct buf_in body;
    enum err err = take_challenge(sessions, &challenge, claim, now_s);
    if (err != ERR_OK)
        return err;
    const struct roster_editor *editor =
        roster->number > 0 ? roster_find(roster, claim->editor) : NULL;
    if (editor == NULL || !roster_editor_valid(editor, now_s))
        return ERR_ROSTER;
    size_t size = session_print_signed(text, challenge.origin, challenge.at_s, challenge.nonce);
    memcpy(approval.signature, claim->signature, sizeof approval.signature);
    buf_in_init(&body, (const uint8_t *)text, size);
    return seal_check(&approval, &body, editor->public_key);
}

static bool is_over(const struct session *session, int64_t now_s)
{
    return !session->used || now_s < session->opened_s ||
           now_s - session->opened_s >= SESSION_LIFE_S || now_s - session->seen_s >= SESSION_IDLE_S;
}

/* A free place, or the one of this editor (or of anybody) that was idle longest. */
static struct session *find_place(struct sessions *sessions, uint8_t editor, int64_t now_s)
{
    unsigned own = 0;
    struct session *idle = &sessions->sessions[0];
    struct session *own_idle = NULL;
    for (size_t i = 0; i < SESSION_MAX; i++) {
        struct session *one = &sessions->sessions[i];
        if (is_over(one, now_s))
            session_close(one);
        if (idle->used && (!one->used || one->seen_s < idle->seen_s))
            idle = one;
        if (!one->used || one->editor != editor)
            continue;
        own++;
        if (own_idle == NULL || one->seen_s < own_idle->seen_s)
            own_idle = one;
    }
    return own >= SESSION_PER_EDITOR_MAX ? own_idle : idle;
}

enum err session_open(struct sessions *sessions, struct session_grant *grant,
    const struct session_claim *claim, const struct roster *roster,
    const struct session_moment *moment)
{
    int64_t now_s = moment->now_s;
    struct session_address network = network_of(&claim->address);
    struct session_address editor = key_of_editor(claim->editor);
    if (is_throttled(sessions, THROTTLE_ADDRESS, &network, now_s) ||
        is_throttled(sessions, THROTTLE_EDITOR, &editor, now_s))
        return ERR_BUSY;
    enum err err = check_claim(sessions, claim, roster, now_s);
    if (err != ERR_OK)
        count_failure(sessions, THROTTLE_ADDRESS, &network, now_s);
    if (err == ERR_SEAL)
        count_failure(sessions, THROTTLE_EDITOR, &editor, now_s);
    if (err != ERR_OK)
        return err;
    struct session *session = find_place(sessions, claim->editor, now_s);
    *session =
        (struct session){.used = true, .editor = claim->editor, .opened_s = now_s, .seen_s = now_s};
    memcpy(session->key, roster_find(roster, claim->editor)->public_key, sizeof session->key);
    print_hex(grant->cookie, moment->random);
    print_hex(grant->token, moment->random + SESSION_RANDOM_SIZE);
    seal_hash(session->cookie_hash, (const uint8_t *)grant->cookie, strlen(grant->cookie));
    memcpy(session->token, grant->token, sizeof session->token);
    return ERR_OK;
}

static size_t find_index(const struct sessions *sessions, const char *cookie, int64_t now_s)
{
    uint8_t hash[SEAL_HASH_SIZE];
    size_t i = cookie[0] == '\0' ? SESSION_MAX : 0;
    seal_hash(hash, (const uint8_t *)cookie, strlen(cookie));
    while (
        i < SESSION_MAX && (is_over(&sessions->sessions[i], now_s) ||
                               memcmp(sessions->sessions[i].cookie_hash, hash, sizeof hash) != 0))
        i++;
    return i;
}

struct session *session_find(struct sessions *sessions, const char *cookie, int64_t now_s)
{
    size_t i = find_index(sessions, cookie, now_s);
    if (i == SESSION_MAX)
        return NULL;
    sessions->sessions[i].seen_s = now_s;
    return &sessions->sessions[i];
}

const struct session *session_peek(
    const struct sessions *sessions, const char *cookie, int64_t now_s)
{
    size_t i = find_index(sessions, cookie, now_s);
    return i < SESSION_MAX ? &sessions->sessions[i] : NULL;
}

bool session_check_token(const struct session *session, const char *token)
{
    unsigned differences = 0;
    if (strlen(token) != SESSION_SECRET_SIZE - 1)
        return false;
    for (size_t i = 0; i < SESSION_SECRET_SIZE; i++)
        differences |= (unsigned)(session->token[i] ^ token[i]);
    return differences == 0;
}

void session_close(struct session *session)
{
    memset(session, 0, sizeof *session);
}

unsigned session_apply_roster(struct sessions *sessions, const struct roster *roster, int64_t now_s)
{
    unsigned ended = 0;
    for (size_t i = 0; i < SESSION_MAX; i++) {
        struct session *session = &sessions->sessions[i];
        if (!session->used)
            continue;
        const struct roster_editor *editor =
            roster->number > 0 ? roster_find(roster, session->editor) : NULL;
        if (editor != NULL && roster_editor_valid(editor, now_s) &&
            memcmp(editor->public_key, session->key, sizeof session->key) == 0)
            continue;
        session_close(session);
        ended++;
    }
    return ended;
}

unsigned session_count(const struct sessions *sessions, int64_t now_s)
{
    unsigned count = 0;
    for (size_t i = 0; i < SESSION_MAX; i++)
        count += !is_over(&sessions->sessions[i], now_s);
    return count;
}
