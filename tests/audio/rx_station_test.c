/* What a receiver makes of what a station says: signed, by whom, when, and what follows. */
#include "audio/rx_station.h"

#include "tests/audio/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S (NEWSROOM_SENT_S + 600)

struct fixture {
    struct newsroom newsroom;
    uint8_t secret[SEAL_SECRET_SIZE];
    struct rx_judge judge;
};

static void pass_over(void *arg, const struct rx_heard *heard)
{
    (void)arg;
    (void)heard;
}

static enum err take_roster(struct fixture *fixture)
{
    struct sealed sealed = newsroom_seal_roster(&fixture->newsroom);
    return rx_judge_roster(&fixture->judge, sealed.bytes, sealed.size);
}

static int make_fixture(void **state)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {77};
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    newsroom_make(&fixture->newsroom, 1);
    struct roster *roster = &fixture->newsroom.roster;
    roster->station_count = 1;
    roster->stations[0] = (struct roster_station){
        .name = "UN7ABC", .from_s = roster->sent_s, .until_s = NEWSROOM_SENT_S + 86400};
    seal_keypair(roster->stations[0].public_key, fixture->secret, seed);
    rx_judge_init(&fixture->judge, pass_over, NULL);
    assert_int_equal(rx_judge_pin(&fixture->judge, fixture->newsroom.fingerprint), ERR_OK);
    assert_int_equal(take_roster(fixture), ERR_OK);
    *state = fixture;
    return 0;
}

static int free_fixture(void **state)
{
    free(*state);
    return 0;
}

static struct ident make_ident(const struct fixture *fixture, uint32_t number, int64_t time_s)
{
    struct ident ident = {.number = number, .call = "UN7ABC", .times = ":00"};
    seal_newsroom_id(ident.newsroom, fixture->newsroom.roster.newsroom_key);
    assert_int_equal(ident_sign(&ident, time_s, fixture->secret), ERR_OK);
    return ident;
}

static struct rx_station judge(const struct fixture *fixture, const struct ident *ident)
{
    struct rx_station station;
    rx_station_judge(&station, &fixture->judge, ident, NOW_S);
    return station;
}

static void hear(struct fixture *fixture, uint32_t number)
{
    struct bulletin bulletin = newsroom_bulletin(&fixture->newsroom, number);
    struct sealed sealed = newsroom_seal(&fixture->newsroom, &bulletin, 3);
    rx_judge_object(&fixture->judge, sealed.bytes, sealed.size, NOW_S);
}

static void test_signed(void **state)
{
    struct fixture *fixture = *state;
    char text[RX_STATION_TEXT_SIZE];
    struct ident ident = make_ident(fixture, 41, NOW_S);
    struct rx_station station = judge(fixture, &ident);
    assert_int_equal(station.verdict, RX_STATION_SIGNED);
    rx_station_print(text, &station);
    assert_non_null(strstr(text, "signed by the station UN7ABC: UN7ABC, newsroom "));
    assert_non_null(strstr(text, ": all quiet on "));
    assert_null(strstr(text, "VERIFIED"));
    assert_false(rx_station_print_missing(text, &station));
}

static void test_json(void **state)
{
    struct fixture *fixture = *state;
    char json[RX_STATION_JSON_SIZE];
    struct ident ident = make_ident(fixture, 41, NOW_S);
    struct rx_station station = judge(fixture, &ident);
    rx_station_print_json(json, &station);
    assert_non_null(strstr(json, "\"mode\":\"ident\",\"verified\":false,\"verdict\":\"signed\","
                                 "\"station\":\"UN7ABC\""));
    assert_non_null(strstr(json, "\"number\":41,\"in_force\":0,\"time\":\"2026-04-08T"));
    assert_null(strstr(json, "missing"));
}

/* The same bytes later, or from a clock that is ahead. */
static void test_old(void **state)
{
    struct fixture *fixture = *state;
    static const int apart_s[] = {-RX_STATION_APART_S - 60, RX_STATION_APART_S + 60};
    for (unsigned i = 0; i < 2; i++) {
        struct ident ident = make_ident(fixture, 41, NOW_S + apart_s[i]);
        assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_OLD);
        ident = make_ident(fixture, 41, NOW_S + apart_s[i] / 2);
        assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_SIGNED);
    }
}

static void test_not_verified(void **state)
{
    struct fixture *fixture = *state;
    struct ident ident = make_ident(fixture, 41, NOW_S);
    ident.in_force++;
    assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_STRANGER);
    ident.in_force--;
    ident.dated = false;
    assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_UNSIGNED);
    ident.dated = true;
    ident.newsroom[0] ^= 1;
    assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_UNKNOWN);
    /* signed by an editor of the roster */
    ident.newsroom[0] ^= 1;
    assert_int_equal(ident_sign(&ident, NOW_S, fixture->newsroom.editor_secrets[0]), ERR_OK);
    assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_STRANGER);
    /* after the station's last day */
    ident = make_ident(fixture, 41, NEWSROOM_SENT_S + 86400 + 60);
    struct rx_station station;
    rx_station_judge(&station, &fixture->judge, &ident, NEWSROOM_SENT_S + 86400);
    assert_int_equal(station.verdict, RX_STATION_STRANGER);
}

/* A new roster without it. */
static void test_revoked(void **state)
{
    struct fixture *fixture = *state;
    struct ident ident = make_ident(fixture, 41, NOW_S);
    fixture->newsroom.roster.station_count = 0;
    fixture->newsroom.roster.number++;
    assert_int_equal(judge(fixture, &ident).verdict, RX_STATION_SIGNED);
    assert_int_equal(take_roster(fixture), ERR_OK);
    struct rx_station station = judge(fixture, &ident);
    assert_int_equal(station.verdict, RX_STATION_STRANGER);
    assert_null(station.name);
    char text[RX_STATION_TEXT_SIZE];
    rx_station_print(text, &station);
    assert_int_equal(strncmp(text, "NOT VERIFIED", 12), 0);
}

static void test_missing(void **state)
{
    struct fixture *fixture = *state;
    char text[RX_STATION_TEXT_SIZE];
    struct ident ident = make_ident(fixture, 43, NOW_S);
    hear(fixture, 41);
    struct rx_station station = judge(fixture, &ident);
    assert_true(rx_station_print_missing(text, &station));
    assert_string_equal(text, "missing, says the station UN7ABC: 42-43");
    hear(fixture, 42);
    station = judge(fixture, &ident);
    assert_true(rx_station_print_missing(text, &station));
    assert_string_equal(text, "missing, says the station UN7ABC: 43");
    hear(fixture, 43);
    station = judge(fixture, &ident);
    assert_false(rx_station_print_missing(text, &station));
    hear(fixture, 44);
    station = judge(fixture, &ident);
    assert_true(rx_station_print_missing(text, &station));
    assert_string_equal(
        text, "the station UN7ABC does not know bulletin 44, which is verified here");
    ident.signature[0] ^= 1; /* nobody's word */
    station = judge(fixture, &ident);
    assert_false(rx_station_print_missing(text, &station));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_signed, make_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(test_json, make_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(test_old, make_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(test_not_verified, make_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(test_revoked, make_fixture, free_fixture),
        cmocka_unit_test_setup_teardown(test_missing, make_fixture, free_fixture),
    };
    return cmocka_run_group_tests_name("rx_station", tests, NULL, NULL);
}
