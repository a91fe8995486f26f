/* roster: written, read, and who may not get into it. Bytes that are refused: tests/vectors/rosters-refused. */
#include "tests/gateway/bulletin/fixture.h"

#include <stdio.h>

#define STATION 0xc0 /* seeds of stations' keys */

static size_t seal(uint8_t sealed[WIRE_SEALED_MAX], const struct roster *roster)
{
    struct fixture_key newsroom;
    size_t size = 0;
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    assert_int_equal(roster_seal(sealed, &size, roster, newsroom.secret), ERR_OK);
    return size;
}

static void expect_refused(const struct roster *roster, enum err err)
{
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    struct fixture_key newsroom;
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    assert_int_equal(roster_seal(sealed, &size, roster, newsroom.secret), err);
}

static void test_comes_back(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX];
    struct roster roster, got;
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    fixture_roster(&roster);
    size_t size = seal(sealed, &roster);
    seal_print_fingerprint(fingerprint, roster.newsroom_key);
    assert_int_equal(roster_open(&got, sealed, size, fingerprint), ERR_OK);
    assert_memory_equal(got.newsroom_key, roster.newsroom_key, SEAL_PUBLIC_SIZE);
    assert_int_equal(got.number, 7);
    assert_int_equal(got.sent_s, roster.sent_s);
    assert_int_equal(got.approvals, 2);
    assert_int_equal(got.editor_count, FIXTURE_COUNT);
    for (unsigned i = 0; i < FIXTURE_COUNT; i++) {
        const struct roster_editor *a = &got.editors[i], *b = &roster.editors[i];
        assert_int_equal(a->index, b->index);
        assert_memory_equal(a->public_key, b->public_key, SEAL_PUBLIC_SIZE);
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->from_s, b->from_s);
        assert_int_equal(a->until_s, b->until_s);
        assert_int_equal(a->revoked, b->revoked);
    }
}

static void add_station(struct roster *roster, uint8_t seed, const char *name)
{
    struct roster_station *station = &roster->stations[roster->station_count++];
    struct fixture_key key;
    fixture_key(&key, seed);
    *station = (struct roster_station){
        .from_s = FIXTURE_NOW_S - 100 * roster->station_count, .until_s = FIXTURE_NOW_S + 86400};
    memcpy(station->public_key, key.public_key, SEAL_PUBLIC_SIZE);
    (void)snprintf(station->name, sizeof station->name, "%s", name);
}

static void test_stations_come_back(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX];
    struct roster roster, got;
    fixture_roster(&roster);
    for (unsigned i = 0; i < ROSTER_STATIONS_MAX; i++)
        add_station(&roster, (uint8_t)(STATION + i), i == 0 ? "UN7ABC-10" : "x");
    size_t size = seal(sealed, &roster);
    assert_int_equal(roster_decode(&got, sealed, size), ERR_OK);
    assert_int_equal(got.editor_count, FIXTURE_COUNT);
    assert_int_equal(got.station_count, ROSTER_STATIONS_MAX);
    assert_memory_equal(got.stations, roster.stations, sizeof got.stations);
    assert_ptr_equal(roster_find_station(&got, roster.stations[3].public_key), &got.stations[3]);
    assert_null(roster_find_station(&got, roster.editors[0].public_key));
    assert_null(roster_find_key(&got, roster.stations[0].public_key));
    roster.station_count++;
    expect_refused(&roster, ERR_VALUE);
}

static void test_station_validity(void **state)
{
    (void)state;
    const struct roster_station station = {.from_s = 100, .until_s = 200};
    assert_false(roster_station_valid(&station, 99));
    assert_true(roster_station_valid(&station, 100));
    assert_true(roster_station_valid(&station, 199));
    assert_false(roster_station_valid(&station, 200));
}

/* What would let a station's key be a person's. */
static void test_a_stations_key_is_nobody_elses(void **state)
{
    (void)state;
    struct roster roster;
    const uint8_t *taken[] = {roster.editors[1].public_key, roster.newsroom_key};
    for (unsigned i = 0; i < 2; i++) {
        fixture_roster(&roster);
        add_station(&roster, STATION, "UN7ABC");
        memcpy(roster.stations[0].public_key, taken[i], SEAL_PUBLIC_SIZE);
        expect_refused(&roster, ERR_VALUE);
    }
    fixture_roster(&roster);
    add_station(&roster, STATION, "UN7ABC");
    add_station(&roster, STATION, "UN7XYZ");
    expect_refused(&roster, ERR_VALUE);
    memset(roster.stations[1].public_key, 0, SEAL_PUBLIC_SIZE);
    expect_refused(&roster, ERR_VALUE);
}

static void test_bad_stations_are_not_signed(void **state)
{
    (void)state;
    struct roster roster;
    fixture_roster(&roster);
    add_station(&roster, STATION, "");
    expect_refused(&roster, ERR_VALUE);
    memcpy(roster.stations[0].name, "a\nb", 4);
    expect_refused(&roster, ERR_VALUE);
    memcpy(roster.stations[0].name, "UN7", 4);
    roster.stations[0].from_s = roster.stations[0].until_s;
    expect_refused(&roster, ERR_VALUE);
    roster.stations[0].from_s = BULLETIN_EPOCH_S - 1;
    expect_refused(&roster, ERR_VALUE);
    roster.stations[0].from_s = BULLETIN_EPOCH_S;
    (void)seal((uint8_t[WIRE_SEALED_MAX]){0}, &roster);
    while (roster.editor_count < ROSTER_EDITORS_MAX)
        fixture_editor(&roster, (uint8_t)(roster.editor_count + 200), "x");
    expect_refused(&roster, ERR_LONG);
    roster.editor_count--;
    (void)seal((uint8_t[WIRE_SEALED_MAX]){0}, &roster);
}

/* A roster whose every name is full and which has every editor fits; one more does not. */
static void test_full(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX];
    struct roster roster, got;
    fixture_roster(&roster);
    roster.editor_count = 0;
    for (unsigned i = 0; i < ROSTER_EDITORS_MAX; i++)
        fixture_editor(&roster, (uint8_t)(i + 223), "twelve bytes");
    size_t size = seal(sealed, &roster);
    assert_true(size <= WIRE_SEALED_MAX);
    assert_int_equal(roster_decode(&got, sealed, size), ERR_OK);
    assert_int_equal(got.editor_count, ROSTER_EDITORS_MAX);
    assert_int_equal(got.editors[ROSTER_EDITORS_MAX - 1].index, 254);
    assert_string_equal(got.editors[0].name, "twelve bytes");
    roster.editor_count++;
    expect_refused(&roster, ERR_VALUE);
}

static void test_one_key_is_one_person(void **state)
{
    (void)state;
    struct roster roster;
    struct fixture_key aida, twin;
    fixture_roster(&roster);
    memcpy(roster.editors[3].public_key, roster.editors[0].public_key, SEAL_PUBLIC_SIZE);
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    memcpy(roster.editors[1].public_key, roster.newsroom_key, SEAL_PUBLIC_SIZE);
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    fixture_key(&aida, FIXTURE_EDITOR + FIXTURE_AIDA);
    fixture_twin(&twin, &aida);
    memcpy(roster.editors[1].public_key, twin.public_key, SEAL_PUBLIC_SIZE);
    expect_refused(&roster, ERR_VALUE);
    memset(roster.editors[1].public_key, 0, SEAL_PUBLIC_SIZE);
    expect_refused(&roster, ERR_VALUE);
}

static void test_bad_lists_are_not_signed(void **state)
{
    (void)state;
    struct roster roster;
    fixture_roster(&roster);
    roster.approvals = 0;
    expect_refused(&roster, ERR_VALUE);
    roster.approvals = 3;
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    roster.editors[1].index = roster.editors[0].index;
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    roster.editors[3].index = WIRE_NEWSROOM_KEY_INDEX;
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    roster.editors[1].name[0] = '\0';
    expect_refused(&roster, ERR_VALUE);
    memcpy(roster.editors[1].name, "a\nb", 4);
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    roster.editors[1].until_s = roster.editors[1].from_s;
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    roster.editors[1].from_s = BULLETIN_EPOCH_S - 1;
    expect_refused(&roster, ERR_VALUE);
    fixture_roster(&roster);
    roster.number = 0;
    expect_refused(&roster, ERR_VALUE);
}

static void test_signed_by_its_own_key_only(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    struct roster roster;
    struct fixture_key stranger;
    fixture_roster(&roster);
    fixture_key(&stranger, FIXTURE_STRANGER);
    assert_int_equal(roster_seal(sealed, &size, &roster, stranger.secret), ERR_KEY);
}

/* A whole roster by another newsroom is sound in itself, but not the pinned one. */
static void test_another_newsroom_is_refused(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    struct roster ours, theirs, got;
    struct fixture_key stranger;
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    fixture_roster(&ours);
    theirs = ours;
    fixture_key(&stranger, FIXTURE_STRANGER);
    memcpy(theirs.newsroom_key, stranger.public_key, SEAL_PUBLIC_SIZE);
    theirs.number = 1000;
    assert_int_equal(roster_seal(sealed, &size, &theirs, stranger.secret), ERR_OK);
    seal_print_fingerprint(fingerprint, ours.newsroom_key);
    assert_int_equal(roster_decode(&got, sealed, size), ERR_OK);
    assert_int_equal(roster_open(&got, sealed, size, fingerprint), ERR_KEY);
    assert_int_equal(roster_open(&got, sealed, size, "rubbish"), ERR_FORMAT);
    assert_int_equal(roster_check_successor(&ours, &theirs), ERR_KEY);
}

static void test_every_bit_counts(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX];
    struct roster roster, got;
    fixture_roster(&roster);
    add_station(&roster, STATION, "UN7ABC");
    size_t size = seal(sealed, &roster);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_not_equal(roster_decode(&got, sealed, size), ERR_OK);
        sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(roster_decode(&got, sealed, cut), ERR_SHORT);
    assert_int_equal(roster_decode(&got, sealed, size), ERR_OK);
}

/* Signed well, but without a number: what no encoder of ours writes. */
static void test_has_a_number(void **state)
{
    (void)state;
    uint8_t sealed[WIRE_SEALED_MAX], body[WIRE_BODY_MAX];
    struct roster roster, got;
    struct fixture_key newsroom;
    struct wire_approval approval;
    struct buf_in view;
    fixture_roster(&roster);
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    size_t size = seal(sealed, &roster);
    memcpy(body, sealed, size - 1 - WIRE_APPROVAL_SIZE);
    memset(body + 3, 0, 3);
    buf_in_init(&view, body, size - 1 - WIRE_APPROVAL_SIZE);
    seal_approve(&approval, WIRE_NEWSROOM_KEY_INDEX, &view, newsroom.secret);
    assert_int_equal(wire_encode_sealed(sealed, &size, &view, &approval, 1), ERR_OK);
    assert_int_equal(roster_decode(&got, sealed, size), ERR_VALUE);
}

/* Someone who replays an old roster, in which a now revoked editor was good. */
static void test_numbers_never_go_back(void **state)
{
    (void)state;
    struct roster current, next;
    fixture_roster(&current);
    next = current;
    assert_int_equal(roster_check_successor(&current, &next), ERR_REPLAY);
    next.number = current.number - 1;
    next.sent_s = current.sent_s + 1000;
    assert_int_equal(roster_check_successor(&current, &next), ERR_REPLAY);
    next.number = current.number + 1;
    assert_int_equal(roster_check_successor(&current, &next), ERR_OK);
    next.newsroom_key[0] ^= 1;
    assert_int_equal(roster_check_successor(&current, &next), ERR_KEY);
}

static void test_find(void **state)
{
    (void)state;
    struct roster roster;
    struct fixture_key bolat, stranger;
    fixture_roster(&roster);
    fixture_key(&bolat, FIXTURE_EDITOR + FIXTURE_BOLAT);
    fixture_key(&stranger, FIXTURE_STRANGER);
    assert_string_equal(roster_find(&roster, FIXTURE_BOLAT)->name, "Bolat");
    assert_null(roster_find(&roster, 0));
    assert_null(roster_find(&roster, WIRE_NEWSROOM_KEY_INDEX));
    assert_int_equal(roster_find_key(&roster, bolat.public_key)->index, FIXTURE_BOLAT);
    assert_null(roster_find_key(&roster, stranger.public_key));
}

static void test_validity(void **state)
{
    (void)state;
    struct roster_editor editor = {.from_s = 100, .until_s = 200};
    assert_false(roster_editor_valid(&editor, 99));
    assert_true(roster_editor_valid(&editor, 100));
    assert_true(roster_editor_valid(&editor, 199));
    assert_false(roster_editor_valid(&editor, 200));
    editor.revoked = true;
    assert_false(roster_editor_valid(&editor, 150));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comes_back),
        cmocka_unit_test(test_stations_come_back),
        cmocka_unit_test(test_station_validity),
        cmocka_unit_test(test_a_stations_key_is_nobody_elses),
        cmocka_unit_test(test_bad_stations_are_not_signed),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_one_key_is_one_person),
        cmocka_unit_test(test_bad_lists_are_not_signed),
        cmocka_unit_test(test_signed_by_its_own_key_only),
        cmocka_unit_test(test_another_newsroom_is_refused),
        cmocka_unit_test(test_every_bit_counts),
        cmocka_unit_test(test_has_a_number),
        cmocka_unit_test(test_numbers_never_go_back),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_validity),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
