/* session: challenges are used once and in time, signatures are the roster's, failures are throttled, sessions end. */
#include "gateway/newsroom/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S 1800000000
#define ORIGIN "https://desk.test:8443"

struct desk {
    struct sessions sessions;
    struct roster roster;
    uint8_t secrets[3][SEAL_SECRET_SIZE];
    unsigned drawn; /* so that each moment has other randomness */
};

static struct session_address address_of(uint8_t last)
{
    struct session_address address = {.bytes = {[10] = 0xff, [11] = 0xff, 10, 0, 0, last}};
    return address;
}

static struct session_moment moment_at(struct desk *desk, int64_t now_s)
{
    struct session_moment moment = {.now_s = now_s};
    memset(moment.random, (int)(++desk->drawn & 0xff), sizeof moment.random);
    moment.random[1] = (uint8_t)(desk->drawn >> 8);
    moment.random[SESSION_RANDOM_SIZE] ^= 0x55;
    return moment;
}

static struct desk *open_desk(void)
{
    static struct desk desk;
    desk = (struct desk){.roster = {.number = 7, .approvals = 2, .editor_count = 3}};
    assert_int_equal(seal_init(), ERR_OK);
    session_init(&desk.sessions);
    for (uint8_t i = 0; i < 3; i++) {
        uint8_t seed[SEAL_SEED_SIZE] = {i, 1};
        struct roster_editor *editor = &desk.roster.editors[i];
        *editor =
            (struct roster_editor){.index = i, .from_s = NOW_S - 1000, .until_s = NOW_S + 1000000};
        seal_keypair(editor->public_key, desk.secrets[i], seed);
    }
    return &desk;
}

static struct session_challenge challenge_of(struct desk *desk, uint8_t address, int64_t now_s)
{
    struct session_challenge challenge;
    struct session_address from = address_of(address);
    struct session_moment moment = moment_at(desk, now_s);
    assert_int_equal(
        session_challenge(&desk->sessions, &challenge, &from, ORIGIN, &moment), ERR_OK);
    return challenge;
}

struct attempt {
    uint8_t editor;
    uint8_t signer;
    uint8_t address;
    const char *origin;
};

static enum err sign_in(struct desk *desk, struct session_grant *grant,
    const struct session_challenge *challenge, const struct attempt *attempt, int64_t now_s)
{
    char text[SESSION_SIGNED_MAX];
    struct wire_approval approval;
    struct buf_in body;
    size_t size = session_print_signed(text, attempt->origin != NULL ? attempt->origin : ORIGIN,
        challenge->at_s, challenge->nonce);
    buf_in_init(&body, (const uint8_t *)text, size);
    seal_approve(&approval, attempt->editor, &body, desk->secrets[attempt->signer]);
    const struct session_claim claim = {.editor = attempt->editor,
        .nonce = challenge->nonce,
        .signature = approval.signature,
        .address = address_of(attempt->address)};
    struct session_moment moment = moment_at(desk, now_s);
    return session_open(&desk->sessions, grant, &claim, &desk->roster, &moment);
}

static struct session_grant enter(struct desk *desk, uint8_t editor, int64_t now_s)
{
    struct session_grant grant;
    struct session_challenge challenge = challenge_of(desk, 1, now_s);
    const struct attempt attempt = {editor, editor, 1, NULL};
    assert_int_equal(sign_in(desk, &grant, &challenge, &attempt, now_s), ERR_OK);
    return grant;
}

static void test_signed_bytes(void **state)
{
    (void)state;
    char text[SESSION_SIGNED_MAX];
    size_t size = session_print_signed(text, ORIGIN, 17, "ab");
    assert_string_equal(text, "dabyl sign-in\nhttps://desk.test:8443\n17\nab\n");
    assert_int_equal(size, strlen(text));
}

static void test_a_session(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant grant = enter(desk, 1, NOW_S);
    assert_int_equal(strlen(grant.cookie), SESSION_SECRET_SIZE - 1);
    assert_string_not_equal(grant.cookie, grant.token);
    struct session *session = session_find(&desk->sessions, grant.cookie, NOW_S + 1);
    assert_non_null(session);
    assert_int_equal(session->editor, 1);
    assert_true(session_check_token(session, grant.token));
    assert_false(session_check_token(session, grant.cookie));
    assert_false(session_check_token(session, ""));
    grant.token[10] ^= 1;
    assert_false(session_check_token(session, grant.token));
    assert_null(session_find(&desk->sessions, "", NOW_S));
    assert_null(session_find(&desk->sessions, grant.token, NOW_S));
    session_close(session);
    assert_null(session_find(&desk->sessions, grant.cookie, NOW_S + 1));
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        struct attempt attempt;
        int64_t after_s;
        enum err err;
    } rows[] = {
        {{0, 0, 1, NULL}, 0, ERR_OK},
        {{0, 0, 1, NULL}, SESSION_CHALLENGE_S, ERR_OK},
        {{0, 0, 1, NULL}, SESSION_CHALLENGE_S + 1, ERR_EXPIRED},
        {{0, 0, 1, NULL}, -1, ERR_EXPIRED},
        {{0, 1, 1, NULL}, 0, ERR_SEAL},
        {{0, 0, 2, NULL}, 0, ERR_EXPIRED},
        {{0, 0, 1, "https://evil.test"}, 0, ERR_SEAL},
        {{9, 0, 1, NULL}, 0, ERR_ROSTER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct desk *desk = open_desk();
        struct session_grant grant;
        struct session_challenge challenge = challenge_of(desk, 1, NOW_S);
        enum err err = sign_in(desk, &grant, &challenge, &rows[i].attempt, NOW_S + rows[i].after_s);
        if (err != rows[i].err)
            fail_msg("row %zu: got %s, want %s", i, err_name(err), err_name(rows[i].err));
        assert_int_equal(sign_in(desk, &grant, &challenge, &rows[0].attempt, NOW_S), ERR_EXPIRED);
    }
}

static void test_editors_out_of_date(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant grant;
    const struct attempt attempts[] = {{0, 0, 1, NULL}, {1, 1, 1, NULL}, {2, 2, 1, NULL}};
    desk->roster.editors[0].revoked = true;
    desk->roster.editors[1].until_s = NOW_S;
    desk->roster.number = 7;
    for (size_t i = 0; i < 3; i++) {
        struct session_challenge challenge = challenge_of(desk, 1, NOW_S);
        assert_int_equal(
            sign_in(desk, &grant, &challenge, &attempts[i], NOW_S), i < 2 ? ERR_ROSTER : ERR_OK);
    }
    desk->roster.number = 0; /* no roster at all */
    struct session_challenge challenge = challenge_of(desk, 1, NOW_S);
    assert_int_equal(sign_in(desk, &grant, &challenge, &attempts[2], NOW_S), ERR_ROSTER);
}

static void test_throttle(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant grant;
    const struct attempt wrong = {0, 1, 1, NULL};
    const struct attempt right = {0, 0, 2, NULL};
    const struct attempt other = {1, 1, 2, NULL};
    struct session_address address = address_of(1);
    struct session_challenge challenge;
    for (int i = 0; i < SESSION_FAILURES_MAX; i++) {
        challenge = challenge_of(desk, 1, NOW_S);
        assert_int_equal(sign_in(desk, &grant, &challenge, &wrong, NOW_S), ERR_SEAL);
    }
    struct session_moment moment = moment_at(desk, NOW_S);
    assert_int_equal(
        session_challenge(&desk->sessions, &challenge, &address, ORIGIN, &moment), ERR_BUSY);
    challenge = challenge_of(desk, 2, NOW_S);
    assert_int_equal(sign_in(desk, &grant, &challenge, &right, NOW_S), ERR_BUSY);
    challenge = challenge_of(desk, 2, NOW_S);
    assert_int_equal(sign_in(desk, &grant, &challenge, &other, NOW_S), ERR_OK);
    challenge = challenge_of(desk, 2, NOW_S + SESSION_FAILURES_S);
    assert_int_equal(sign_in(desk, &grant, &challenge, &right, NOW_S + SESSION_FAILURES_S), ERR_OK);
}

static void test_networks_are_throttled(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant grant;
    uint8_t signature[WIRE_SIGNATURE_SIZE] = {0};
    for (uint8_t i = 0; i <= SESSION_FAILURES_MAX; i++) {
        struct session_claim claim = {.nonce = "none", .signature = signature};
        claim.address.bytes[0] = 0x20;
        claim.address.bytes[15] = i; /* another address of one network */
        struct session_moment moment = moment_at(desk, NOW_S);
        assert_int_equal(session_open(&desk->sessions, &grant, &claim, &desk->roster, &moment),
            i < SESSION_FAILURES_MAX ? ERR_EXPIRED : ERR_BUSY);
    }
}

static void test_sessions_end(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant grant = enter(desk, 0, NOW_S);
    assert_non_null(session_find(&desk->sessions, grant.cookie, NOW_S + SESSION_IDLE_S - 1));
    assert_non_null(session_peek(&desk->sessions, grant.cookie, NOW_S + 2 * SESSION_IDLE_S - 2));
    assert_null(session_peek(&desk->sessions, grant.cookie, NOW_S + 2 * SESSION_IDLE_S - 1));
    assert_null(session_find(&desk->sessions, grant.cookie, NOW_S + 2 * SESSION_IDLE_S - 1));
    grant = enter(desk, 0, NOW_S);
    int64_t now_s = NOW_S;
    while (now_s + SESSION_IDLE_S / 2 < NOW_S + SESSION_LIFE_S) {
        now_s += SESSION_IDLE_S / 2;
        assert_non_null(session_find(&desk->sessions, grant.cookie, now_s));
    }
    assert_null(session_find(&desk->sessions, grant.cookie, NOW_S + SESSION_LIFE_S));
    grant = enter(desk, 0, NOW_S);
    assert_null(
        session_find(&desk->sessions, grant.cookie, NOW_S - 1)); /* the clock was set back */
}

static void test_rosters_end_sessions(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant grants[3];
    for (uint8_t i = 0; i < 3; i++)
        grants[i] = enter(desk, i, NOW_S);
    assert_int_equal(session_count(&desk->sessions, NOW_S), 3);
    assert_int_equal(session_apply_roster(&desk->sessions, &desk->roster, NOW_S), 0);
    desk->roster.editors[0].revoked = true;
    desk->roster.editors[1].public_key[0] ^= 1; /* another person of the same number */
    assert_int_equal(session_apply_roster(&desk->sessions, &desk->roster, NOW_S), 2);
    assert_null(session_find(&desk->sessions, grants[0].cookie, NOW_S));
    assert_null(session_find(&desk->sessions, grants[1].cookie, NOW_S));
    assert_non_null(session_find(&desk->sessions, grants[2].cookie, NOW_S));
    desk->roster.number = 0;
    assert_int_equal(session_apply_roster(&desk->sessions, &desk->roster, NOW_S), 1);
}

static void test_tables_are_bounded(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    struct session_grant first = enter(desk, 0, NOW_S);
    struct session_grant others = enter(desk, 1, NOW_S);
    for (int i = 0; i < SESSION_PER_EDITOR_MAX; i++)
        (void)enter(desk, 0, NOW_S + 1 + i);
    assert_null(session_find(&desk->sessions, first.cookie, NOW_S + 60));
    assert_non_null(session_find(&desk->sessions, others.cookie, NOW_S + 60));
    assert_int_equal(session_count(&desk->sessions, NOW_S + 60), SESSION_PER_EDITOR_MAX + 1);

    struct session_challenge mine = challenge_of(desk, 9, NOW_S);
    for (int i = 0; i < 10 * SESSION_CHALLENGES_MAX; i++)
        (void)challenge_of(desk, 8, NOW_S + 1);
    const struct attempt attempt = {2, 2, 9, NULL};
    assert_int_equal(sign_in(desk, &first, &mine, &attempt, NOW_S + 2), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signed_bytes),
        cmocka_unit_test(test_a_session),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_editors_out_of_date),
        cmocka_unit_test(test_throttle),
        cmocka_unit_test(test_networks_are_throttled),
        cmocka_unit_test(test_sessions_end),
        cmocka_unit_test(test_rosters_end_sessions),
        cmocka_unit_test(test_tables_are_bounded),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
