/* quorum: what a receiver accepts, and every way to cheat it that we know. */
#include "tests/gateway/bulletin/fixture.h"

/* What an attacker or an honest newsroom sends, and how it was received. */
struct sending {
    struct roster roster;
    struct bulletin sent;
    struct bulletin got;
    struct quorum quorum;
    struct wire_sealed sealed;
    uint8_t bytes[WIRE_SEALED_MAX];
};

static void begin(struct sending *s)
{
    fixture_roster(&s->roster);
    fixture_bulletin(&s->sent);
}

static enum err receive_at(struct sending *s, size_t size, int64_t now_s)
{
    enum err err = wire_decode_sealed(&s->sealed, s->bytes, size);
    return err == ERR_OK ? quorum_accept(&s->got, &s->quorum, &s->roster, &s->sealed, now_s) : err;
}

/* Seals by the editors' own keys and receives. */
static enum err send(struct sending *s, const uint8_t *editors, unsigned count)
{
    return receive_at(s, fixture_seal(s->bytes, &s->sent, editors, count), FIXTURE_NOW_S);
}

/* Puts signatures under indices as it is told, as wire_encode_sealed never would. */
static enum err send_forged(
    struct sending *s, const uint8_t *indices, const struct fixture_key *keys, unsigned count)
{
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct buf_out out;
    fixture_body(body, &view, &s->sent);
    buf_out_init(&out, s->bytes, sizeof s->bytes);
    buf_put_bytes(&out, body, view.size);
    buf_put_u8(&out, (uint8_t)count);
    for (unsigned i = 0; i < count; i++) {
        struct wire_approval approval;
        seal_approve(&approval, indices[i], &view, keys[i].secret);
        buf_put_u8(&out, approval.editor);
        buf_put_bytes(&out, approval.signature, WIRE_SIGNATURE_SIZE);
    }
    return receive_at(s, out.used, FIXTURE_NOW_S);
}

static const uint8_t two[] = {FIXTURE_AIDA, FIXTURE_BOLAT};

static void test_two_editors_pass(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    assert_int_equal(send(&s, two, 2), ERR_OK);
    fixture_assert_same(&s.got, &s.sent);
    assert_int_equal(s.quorum.needed, 2);
    assert_int_equal(s.quorum.count, 2);
    assert_int_equal(s.quorum.editors[0], FIXTURE_AIDA);
    assert_int_equal(s.quorum.editors[1], FIXTURE_BOLAT);
}

static void test_how_many_each_kind_needs(void **state)
{
    (void)state;
    for (int kind = 0; kind < BULLETIN_ROSTER; kind++) {
        struct sending s;
        begin(&s);
        s.sent.kind = (enum bulletin_kind)kind;
        s.sent.follows = kind == BULLETIN_RETRACT ? s.sent.number : 0;
        if (kind == BULLETIN_UPDATE || kind == BULLETIN_ALL_CLEAR)
            s.sent.follows = 3;
        assert_int_equal(send(&s, NULL, 0), ERR_QUORUM);
        assert_int_equal(send(&s, two, 1), kind == BULLETIN_RETRACT ? ERR_OK : ERR_QUORUM);
        assert_int_equal(s.quorum.needed, kind == BULLETIN_RETRACT ? 1 : 2);
        assert_int_equal(s.quorum.count, 1);
        assert_int_equal(send(&s, two, 2), ERR_OK);
        s.roster.approvals = 1;
        assert_int_equal(send(&s, two, 1), ERR_OK);
        assert_int_equal(s.quorum.needed, 1);
        assert_int_equal(send(&s, NULL, 0), ERR_QUORUM);
    }
}

static void test_no_roster_accepts_nothing(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    assert_int_equal(send(&s, two, 2), ERR_OK);
    assert_int_equal(quorum_accept(&s.got, &s.quorum, NULL, &s.sealed, FIXTURE_NOW_S), ERR_ROSTER);
    assert_int_equal(s.got.number, 0);
    memset(&s.roster, 0, sizeof s.roster);
    assert_int_not_equal(receive_at(&s, s.sealed.size, FIXTURE_NOW_S), ERR_OK);
    begin(&s);
    s.roster.approvals = 0; /* not by roster_decode; never may nobody be enough */
    assert_int_equal(send(&s, NULL, 0), ERR_QUORUM);
}

/* One stolen key. */
static void test_one_key_signs_as_two(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key keys[2];
    static const uint8_t twice[] = {FIXTURE_AIDA, FIXTURE_AIDA};
    static const uint8_t turned[] = {FIXTURE_BOLAT, FIXTURE_AIDA};
    fixture_key(&keys[0], FIXTURE_EDITOR + FIXTURE_AIDA);
    keys[1] = keys[0];
    begin(&s);
    assert_int_equal(send_forged(&s, twice, keys, 2), ERR_QUORUM);
    assert_int_equal(send_forged(&s, two, keys, 2), ERR_SEAL);
    assert_int_equal(send_forged(&s, turned, keys, 2), ERR_FORMAT);
}

/* A station of the roster never counts, under whatever index its key signs, nor does it for a retraction. */
static void test_a_station_counts_for_nothing(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key keys[2];
    static const uint8_t unlisted[] = {FIXTURE_AIDA, 200};
    static const uint8_t newsroom[] = {FIXTURE_AIDA, WIRE_NEWSROOM_KEY_INDEX};
    fixture_key(&keys[0], FIXTURE_EDITOR + FIXTURE_AIDA);
    fixture_key(&keys[1], FIXTURE_STRANGER);
    begin(&s);
    s.roster.station_count = 1;
    s.roster.stations[0] = (struct roster_station){
        .name = "UN7ABC", .from_s = BULLETIN_EPOCH_S, .until_s = FIXTURE_NOW_S + 1000};
    memcpy(s.roster.stations[0].public_key, keys[1].public_key, SEAL_PUBLIC_SIZE);
    assert_int_equal(send_forged(&s, two, keys, 2), ERR_SEAL);
    assert_int_equal(send_forged(&s, unlisted, keys, 2), ERR_ROSTER);
    assert_int_equal(send_forged(&s, newsroom, keys, 2), ERR_ROSTER);
    s.sent.kind = BULLETIN_RETRACT;
    s.sent.follows = s.sent.number;
    assert_int_equal(send_forged(&s, &unlisted[1], &keys[1], 1), ERR_ROSTER);
    assert_int_equal(send_forged(&s, two, &keys[1], 1), ERR_SEAL);
}

/* Were the same key in the roster under two indices after all, it would count once. */
static void test_one_key_under_two_indices_counts_once(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key keys[2];
    fixture_key(&keys[0], FIXTURE_EDITOR + FIXTURE_AIDA);
    keys[1] = keys[0];
    begin(&s);
    memcpy(s.roster.editors[1].public_key, keys[0].public_key, SEAL_PUBLIC_SIZE);
    assert_int_equal(send_forged(&s, two, keys, 2), ERR_QUORUM);
    assert_int_equal(s.quorum.count, 1);
}

/* The same editor twice in a struct that did not come from bytes. */
static void test_repeated_approval_counts_once(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    assert_int_equal(send(&s, two, 1), ERR_QUORUM);
    s.sealed.approvals[1] = s.sealed.approvals[0];
    s.sealed.approval_count = 2;
    assert_int_equal(quorum_check(&s.quorum, &s.roster, &s.sealed), ERR_QUORUM);
    assert_int_equal(s.quorum.count, 1);
    s.sealed.approval_count = WIRE_APPROVALS_MAX + 1;
    assert_int_equal(quorum_check(&s.quorum, &s.roster, &s.sealed), ERR_VALUE);
}

static void test_signatures_under_each_others_index(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key keys[2];
    fixture_key(&keys[0], FIXTURE_EDITOR + FIXTURE_BOLAT);
    fixture_key(&keys[1], FIXTURE_EDITOR + FIXTURE_AIDA);
    begin(&s);
    assert_int_equal(send_forged(&s, two, keys, 2), ERR_SEAL);
}

/* Approvals lifted from a bulletin that two editors did sign, put under another. */
static void test_approvals_of_another_bulletin(void **state)
{
    (void)state;
    struct sending s;
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    size_t size;
    begin(&s);
    assert_int_equal(send(&s, two, 2), ERR_OK);
    struct wire_sealed honest = s.sealed;
    s.sent.number++;
    fixture_body(body, &view, &s.sent);
    assert_int_equal(wire_encode_sealed(s.bytes, &size, &view, honest.approvals, 2), ERR_OK);
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S), ERR_SEAL);
}

/* One good approval each from two bulletins do not make one. */
static void test_approvals_of_two_bulletins(void **state)
{
    (void)state;
    struct sending s;
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct wire_approval mixed[2];
    size_t size;
    begin(&s);
    fixture_body(body, &view, &s.sent);
    fixture_approve(mixed, two, 1, &view);
    s.sent.regions = BULLETIN_COUNTRY;
    fixture_body(body, &view, &s.sent);
    fixture_approve(mixed + 1, two + 1, 1, &view);
    assert_int_equal(wire_encode_sealed(s.bytes, &size, &view, mixed, 2), ERR_OK);
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S), ERR_SEAL);
}

static void test_who_may_not_sign(void **state)
{
    (void)state;
    struct sending s;
    static const uint8_t revoked[] = {FIXTURE_AIDA, FIXTURE_REVOKED};
    static const uint8_t past[] = {FIXTURE_AIDA, FIXTURE_PAST};
    static const uint8_t nobody[] = {FIXTURE_AIDA, 99};
    static const uint8_t three[] = {FIXTURE_AIDA, FIXTURE_BOLAT, FIXTURE_REVOKED};
    begin(&s);
    assert_int_equal(send(&s, revoked, 2), ERR_ROSTER);
    assert_int_equal(send(&s, past, 2), ERR_ROSTER);
    assert_int_equal(send(&s, nobody, 2), ERR_ROSTER);
    assert_int_equal(send(&s, three, 3), ERR_ROSTER);
    s.sent.sent_s = s.roster.editors[FIXTURE_PAST - 1].until_s - 1;
    s.sent.lifetime_min = BULLETIN_LIFETIME_MAX_MIN;
    assert_int_equal(send(&s, past, 2), ERR_OK);
}

/* Revocation stops what was signed before it, too. */
static void test_revocation_counts_at_once(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    assert_int_equal(send(&s, two, 2), ERR_OK);
    s.roster.editors[1].revoked = true;
    assert_int_equal(receive_at(&s, s.sealed.size, FIXTURE_NOW_S), ERR_ROSTER);
}

static void test_newsroom_key_signs_no_bulletin(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key keys[2];
    static const uint8_t indices[] = {FIXTURE_AIDA, WIRE_NEWSROOM_KEY_INDEX};
    fixture_key(&keys[0], FIXTURE_EDITOR + FIXTURE_AIDA);
    fixture_key(&keys[1], FIXTURE_NEWSROOM);
    begin(&s);
    assert_int_equal(send_forged(&s, indices, keys, 2), ERR_ROSTER);
    s.roster.approvals = 1;
    assert_int_equal(send_forged(&s, indices + 1, keys + 1, 1), ERR_ROSTER);
}

static void test_roster_is_no_bulletin(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key newsroom;
    size_t size;
    begin(&s);
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    assert_int_equal(roster_seal(s.bytes, &size, &s.roster, newsroom.secret), ERR_OK);
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S), ERR_VALUE);
    assert_int_equal(wire_decode_bulletin(&s.got, &s.sealed), ERR_VALUE);
}

/* Two editors who sign a roster's body do not make a roster, and theirs is no bulletin either. */
static void test_editors_make_no_roster(void **state)
{
    (void)state;
    struct sending s;
    struct roster theirs;
    struct fixture_key newsroom;
    struct wire_approval approvals[2];
    struct buf_in view;
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    begin(&s);
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    assert_int_equal(roster_seal(s.bytes, &size, &s.roster, newsroom.secret), ERR_OK);
    buf_in_init(&view, s.bytes, size - 1 - WIRE_APPROVAL_SIZE);
    fixture_approve(approvals, two, 2, &view);
    assert_int_equal(wire_encode_sealed(sealed, &size, &view, approvals, 2), ERR_OK);
    assert_int_equal(roster_decode(&theirs, sealed, size), ERR_QUORUM);
    memcpy(s.bytes, sealed, size);
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S), ERR_VALUE);
}

static void test_bulletin_is_no_roster(void **state)
{
    (void)state;
    struct sending s;
    struct roster roster;
    struct fixture_key newsroom;
    static const uint8_t index[] = {WIRE_NEWSROOM_KEY_INDEX};
    begin(&s);
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    assert_int_equal(send_forged(&s, index, &newsroom, 1), ERR_ROSTER);
    assert_int_equal(roster_decode(&roster, s.bytes, s.sealed.size), ERR_VALUE);
}

/* A newsroom with the same editors, or whose id an attacker wrote into the header. */
static void test_another_newsrooms_bulletin(void **state)
{
    (void)state;
    struct sending s;
    struct fixture_key stranger;
    struct fixture_key keys[2];
    begin(&s);
    fixture_key(&stranger, FIXTURE_STRANGER);
    seal_newsroom_id(s.sent.newsroom, stranger.public_key);
    assert_int_equal(send(&s, two, 2), ERR_KEY);
    begin(&s);
    keys[0] = keys[1] = stranger;
    assert_int_equal(send_forged(&s, two, keys, 2), ERR_SEAL);
}

static void test_clock(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    size_t size = fixture_seal(s.bytes, &s.sent, two, 2);
    int64_t end = bulletin_expires_s(&s.sent);
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S - BULLETIN_AHEAD_MAX_S), ERR_OK);
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S - BULLETIN_AHEAD_MAX_S - 1), ERR_FUTURE);
    fixture_assert_same(&s.got, &s.sent);
    assert_int_equal(receive_at(&s, size, end - 1), ERR_OK);
    assert_int_equal(receive_at(&s, size, end), ERR_EXPIRED);
    fixture_assert_same(&s.got, &s.sent);
}

/* A bad seal shows nothing, even if it has expired, too. */
static void test_refused_shows_nothing(void **state)
{
    (void)state;
    struct sending s;
    static const struct bulletin empty;
    begin(&s);
    size_t size = fixture_seal(s.bytes, &s.sent, two, 2);
    s.bytes[size - 1] ^= 1;
    assert_int_equal(receive_at(&s, size, bulletin_expires_s(&s.sent)), ERR_SEAL);
    fixture_assert_same(&s.got, &empty);
}

/* A draft that two editors signed before it had its number and time. */
static void test_signed_draft_is_no_bulletin(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    s.sent.number = 0;
    s.sent.sent_s = 0;
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    fixture_body(body, &view, &s.sent);
    assert_int_equal(send(&s, two, 2), ERR_VALUE);
    assert_int_equal(wire_decode_body(&s.sealed, body, view.size), ERR_OK);
    fixture_approve(s.sealed.approvals, two, 2, &view);
    s.sealed.approval_count = 2;
    assert_int_equal(quorum_check(&s.quorum, &s.roster, &s.sealed), ERR_VALUE);
}

static void test_every_bit_counts(void **state)
{
    (void)state;
    struct sending s;
    begin(&s);
    size_t size = fixture_seal(s.bytes, &s.sent, two, 2);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        s.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_not_equal(receive_at(&s, size, FIXTURE_NOW_S), ERR_OK);
        s.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    assert_int_equal(receive_at(&s, size, FIXTURE_NOW_S), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_editors_pass),
        cmocka_unit_test(test_how_many_each_kind_needs),
        cmocka_unit_test(test_no_roster_accepts_nothing),
        cmocka_unit_test(test_one_key_signs_as_two),
        cmocka_unit_test(test_a_station_counts_for_nothing),
        cmocka_unit_test(test_one_key_under_two_indices_counts_once),
        cmocka_unit_test(test_repeated_approval_counts_once),
        cmocka_unit_test(test_signatures_under_each_others_index),
        cmocka_unit_test(test_approvals_of_another_bulletin),
        cmocka_unit_test(test_approvals_of_two_bulletins),
        cmocka_unit_test(test_who_may_not_sign),
        cmocka_unit_test(test_revocation_counts_at_once),
        cmocka_unit_test(test_newsroom_key_signs_no_bulletin),
        cmocka_unit_test(test_roster_is_no_bulletin),
        cmocka_unit_test(test_editors_make_no_roster),
        cmocka_unit_test(test_bulletin_is_no_roster),
        cmocka_unit_test(test_another_newsrooms_bulletin),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_refused_shows_nothing),
        cmocka_unit_test(test_signed_draft_is_no_bulletin),
        cmocka_unit_test(test_every_bit_counts),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("quorum", tests, NULL, NULL);
}
