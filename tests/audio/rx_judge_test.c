#include "audio/rx_judge.h"

#include "audio/bundle.h"
#include "audio/rx_options.h"
#include "audio/rx_trust.h"
#include "tests/audio/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S (NEWSROOM_SENT_S + 600)
#define TOLD_MAX 32

struct told {
    unsigned count;
    struct rx_heard heard[TOLD_MAX];
};

struct fixture {
    struct newsroom newsroom;
    struct rx_judge judge;
    struct told told;
};

static void take_result(void *arg, const struct rx_heard *heard)
{
    struct told *told = arg;
    assert_true(told->count < TOLD_MAX);
    told->heard[told->count++] = *heard;
}

static int make_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    newsroom_make(&fixture->newsroom, 1);
    rx_judge_init(&fixture->judge, take_result, &fixture->told);
    assert_int_equal(rx_judge_pin(&fixture->judge, fixture->newsroom.fingerprint), ERR_OK);
    *state = fixture;
    return 0;
}

static int free_fixture(void **state)
{
    free(*state);
    return 0;
}

/* Hears a bulletin and returns its last result. */
static enum err hear(struct fixture *fixture, uint32_t number, unsigned signers, int64_t now_s)
{
    struct bulletin bulletin = newsroom_bulletin(&fixture->newsroom, number);
    struct sealed sealed = newsroom_seal(&fixture->newsroom, &bulletin, signers);
    unsigned before = fixture->told.count;
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, now_s);
    assert_int_equal(fixture->told.count, before + 1);
    return fixture->told.heard[before].result;
}

static void hear_roster(struct fixture *fixture)
{
    struct sealed sealed = newsroom_seal_roster(&fixture->newsroom);
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, NOW_S);
}

static void test_verified(void **state)
{
    struct fixture *fixture = *state;
    hear_roster(fixture);
    assert_int_equal(fixture->told.count, 1);
    assert_int_equal(fixture->told.heard[0].result, ERR_OK);
    assert_int_equal(hear(fixture, 41, 0x3, NOW_S), ERR_OK);
    const struct rx_heard *heard = &fixture->told.heard[1];
    assert_string_equal(
        heard->bulletin.text[BULLETIN_EN].headline, "Danger: flood in the lower valley");
    assert_int_equal(heard->quorum.count, 2);
    assert_int_equal(strlen(heard->code), 4);
    assert_int_equal(fixture->judge.verified, 1);
}

/* Each negative gives its own reason and verifies nothing. */
static void test_negatives(void **state)
{
    struct fixture *fixture = *state;
    hear_roster(fixture);
    assert_int_equal(hear(fixture, 41, 0x1, NOW_S), ERR_QUORUM);
    assert_int_equal(hear(fixture, 42, 0x3, NOW_S + 86400), ERR_EXPIRED);
    assert_int_equal(hear(fixture, 43, 0x3, NEWSROOM_SENT_S - 700), ERR_FUTURE);
    struct bulletin bulletin = newsroom_bulletin(&fixture->newsroom, 44);
    struct sealed sealed = newsroom_seal(&fixture->newsroom, &bulletin, 0x3);
    sealed.bytes[40] ^= 1;
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, NOW_S);
    assert_int_equal(fixture->told.heard[fixture->told.count - 1].result, ERR_SEAL);
    assert_int_equal(fixture->judge.verified, 0);
}

/* What is heard before the roster waits for it. */
static void test_waits_for_roster(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(hear(fixture, 41, 0x3, NOW_S), ERR_ROSTER);
    assert_null(fixture->told.heard[0].roster);
    hear_roster(fixture);
    assert_int_equal(fixture->told.count, 3);
    assert_int_equal(fixture->told.heard[1].bulletin.kind, BULLETIN_ROSTER);
    assert_int_equal(fixture->told.heard[2].result, ERR_OK);
    assert_int_equal(fixture->told.heard[2].bulletin.number, 41);
}

/* A roster by a key that is not pinned counts for nothing, even with the same names in it. */
static void test_foreign_roster(void **state)
{
    struct fixture *fixture = *state;
    struct newsroom other;
    newsroom_make(&other, 2);
    struct sealed sealed = newsroom_seal_roster(&other);
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, NOW_S);
    assert_int_equal(fixture->told.heard[0].result, ERR_KEY);
    assert_int_equal(hear(fixture, 41, 0x3, NOW_S), ERR_ROSTER);
    struct bulletin bulletin = newsroom_bulletin(&other, 5);
    sealed = newsroom_seal(&other, &bulletin, 0x3);
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, NOW_S);
    assert_int_equal(fixture->told.heard[fixture->told.count - 1].result, ERR_ROSTER);
    assert_int_equal(fixture->judge.verified, 0);
}

/* A newer roster replaces the one known and an older one does not bring a revoked editor back. */
static void test_roster_order(void **state)
{
    struct fixture *fixture = *state;
    struct sealed old = newsroom_seal_roster(&fixture->newsroom);
    fixture->newsroom.roster.number = 9;
    fixture->newsroom.roster.editors[0].revoked = true;
    hear_roster(fixture);
    rx_judge_object(&fixture->judge, old.bytes, old.size, NOW_S);
    assert_int_equal(rx_judge_roster(&fixture->judge, old.bytes, old.size), ERR_REPLAY);
    assert_int_equal(fixture->told.count, 1);
    assert_int_equal(hear(fixture, 41, 0x3, NOW_S), ERR_ROSTER);
    assert_int_equal(hear(fixture, 42, 0x6, NOW_S), ERR_OK);
}

static void test_told_once(void **state)
{
    struct fixture *fixture = *state;
    hear_roster(fixture);
    hear(fixture, 41, 0x3, NOW_S);
    struct bulletin bulletin = newsroom_bulletin(&fixture->newsroom, 41);
    struct sealed sealed = newsroom_seal(&fixture->newsroom, &bulletin, 0x3);
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, NOW_S);
    hear_roster(fixture);
    assert_int_equal(fixture->told.count, 2);
    assert_int_equal(fixture->judge.verified, 1);
}

/* Of a bundle each bulletin counts for itself: what is forged, cut off or no bulletin takes nothing from the others, nor gets anything
 * from their company. */
static void test_bundle(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t noise[50] = {0xb1, 1, 2, 3};
    struct bulletin bulletin = newsroom_bulletin(&fixture->newsroom, 41);
    struct sealed good = newsroom_seal(&fixture->newsroom, &bulletin, 0x3), alone, forged;
    uint8_t bytes[BUNDLE_SIZE_MAX];
    bulletin.number = 42;
    alone = newsroom_seal(&fixture->newsroom, &bulletin, 0x1);
    bulletin.number = 43;
    forged = newsroom_seal(&fixture->newsroom, &bulletin, 0x3);
    forged.bytes[60] ^= 1;
    struct bundle bundle = {.count = 5,
        .members = {{noise, sizeof noise}, {forged.bytes, forged.size}, {good.bytes, good.size - 1},
            {alone.bytes, alone.size}, {good.bytes, good.size}}};
    assert_int_equal(bundle_encode(bytes, &bundle), ERR_OK);
    assert_int_equal(bundle.count, 5);
    hear_roster(fixture);
    rx_judge_bundle(&fixture->judge, bytes, bundle.size, NOW_S);
    rx_judge_bundle(&fixture->judge, bytes, bundle.size, NOW_S);
    assert_int_equal(fixture->told.count, 4);
    assert_int_equal(fixture->told.heard[1].result, ERR_SEAL);
    assert_int_equal(fixture->told.heard[2].result, ERR_QUORUM);
    assert_int_equal(fixture->told.heard[3].result, ERR_OK);
    assert_int_equal(fixture->told.heard[3].bulletin.number, 41);
    assert_int_equal(fixture->told.heard[3].sealed_size, good.size);
    assert_int_equal(fixture->judge.verified, 1);
    rx_judge_bundle(&fixture->judge, bytes, bundle.size - 1, NOW_S);
    assert_int_equal(fixture->judge.verified, 1);
}

static void test_missing(void **state)
{
    struct fixture *fixture = *state;
    uint32_t first, last;
    const struct rx_newsroom *newsroom = &fixture->judge.newsrooms[0];
    hear_roster(fixture); /* number 7: no bulletin, so nothing is missing after it */
    assert_false(rx_judge_missing(newsroom, 0, &first, &last));
    hear(fixture, 40, 0x3, NOW_S);
    hear(fixture, 42, 0x3, NOW_S);
    hear(fixture, 47, 0x3, NOW_S);
    hear(fixture, 44, 0x1, NOW_S); /* not verified: still missing */
    fixture->newsroom.roster.number = 45;
    hear_roster(fixture);
    assert_true(rx_judge_missing(newsroom, 0, &first, &last));
    assert_int_equal(first, 41);
    assert_int_equal(last, 41);
    assert_true(rx_judge_missing(newsroom, last + 1, &first, &last));
    assert_int_equal(first, 43);
    assert_int_equal(last, 44);
    assert_true(rx_judge_missing(newsroom, last + 1, &first, &last));
    assert_int_equal(first, 46);
    assert_int_equal(last, 46);
    assert_false(rx_judge_missing(newsroom, last + 1, &first, &last));
    hear(fixture, 41, 0x3, NOW_S);
    assert_true(rx_judge_missing(newsroom, 0, &first, &last));
    assert_int_equal(first, 43);
}

static void test_pins(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(rx_judge_pin(&fixture->judge, "not a fingerprint"), ERR_FORMAT);
    assert_int_equal(rx_judge_pin(&fixture->judge, ""), ERR_FORMAT);
    assert_int_equal(rx_judge_pin(&fixture->judge, fixture->newsroom.fingerprint), ERR_OK);
    assert_int_equal(fixture->judge.newsroom_count, 1);
}

/* The base64 of bytes 0..31, from RFC 4648 by hand. */
static void test_key_line(void **state)
{
    (void)state;
    uint8_t key[SEAL_PUBLIC_SIZE];
    assert_int_equal(
        rx_trust_parse_key(key, "dabyl-newsroom - AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"),
        ERR_OK);
    for (uint8_t i = 0; i < SEAL_PUBLIC_SIZE; i++)
        assert_int_equal(key[i], i);
    static const char *const bad[] = {"", "dabyl-newsroom ",
        "dabyl-editor Aida AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "dabyl-newsroom - AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "dabyl-newsroom - AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
        "dabyl-newsroom - AAECAwQFBgcICQoLDA0ODxAR!hMUFRYXGBkaGxwdHh8="};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(rx_trust_parse_key(key, bad[i]), ERR_FORMAT);
}

static void test_time(void **state)
{
    (void)state;
    int64_t when_s;
    assert_int_equal(rx_options_parse_time(&when_s, "1970-01-01T00:00:00Z"), ERR_OK);
    assert_int_equal(when_s, 0);
    assert_int_equal(rx_options_parse_time(&when_s, "2025-01-01T00:00:00Z"), ERR_OK);
    assert_int_equal(when_s, BULLETIN_EPOCH_S);
    assert_int_equal(rx_options_parse_time(&when_s, "2024-02-29T12:34:56Z"), ERR_OK);
    assert_int_equal(when_s, 1709210096);
    assert_int_equal(rx_options_parse_time(&when_s, "1709210096"), ERR_OK);
    assert_int_equal(when_s, 1709210096);
    static const char *const bad[] = {"", "2025-02-29T00:00:00Z", "2025-01-01", "yesterday", "12x",
        "2025-13-01T00:00:00Z", "2025-01-01T00:00:00Zz", "-5", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(rx_options_parse_time(&when_s, bad[i]), ERR_FORMAT);
}

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, make_fixture, free_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(test_verified),
        WITH_FIXTURE(test_negatives),
        WITH_FIXTURE(test_waits_for_roster),
        WITH_FIXTURE(test_foreign_roster),
        WITH_FIXTURE(test_roster_order),
        WITH_FIXTURE(test_told_once),
        WITH_FIXTURE(test_bundle),
        WITH_FIXTURE(test_missing),
        WITH_FIXTURE(test_pins),
        cmocka_unit_test(test_key_line),
        cmocka_unit_test(test_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
