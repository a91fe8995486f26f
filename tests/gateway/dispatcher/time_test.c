/* A clock that can't be right ends nothing and says so; a stamp of an operator's centre brings the dispatcher's trust back. */
#include "tests/gateway/dispatcher/harness.h"

#include "gateway/base/trust.h"
#include "gateway/bulletin/bulletin.h"

#include <sqlite3.h>

#define YEAR_S 31536000LL
#define TICKS_US 2500000 /* over two of the dispatcher's ticks */

static void change(struct rig *rig, const char *statement, int64_t value)
{
    char path[128];
    sqlite3 *db = NULL;
    sqlite3_stmt *prepared = NULL;
    snprintf(path, sizeof path, "%s/store.db", rig->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, statement, -1, &prepared, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_int64(prepared, 1, value), SQLITE_OK);
    assert_int_equal(sqlite3_step(prepared), SQLITE_DONE);
    assert_int_equal(sqlite3_finalize(prepared), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static uint8_t time_of(struct rig *rig)
{
    struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    uint8_t time = UINT8_MAX;
    put(rig->control, &message);
    do {
        receive(rig->control, &message);
        if (message.type == MESSAGE_STATUS_SITE)
            time = message.as.status_site.time;
    } while (message.type != MESSAGE_END);
    return time;
}

/* A bulletin is going out, and by the clock is over; the last time that was believed is floor_s. */
static void start_with(struct rig *rig, int64_t floor_s)
{
    struct bulletin bulletin;
    subscribe(rig, 1);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    assert_int_equal(time_of(rig), TRUST_VERIFIED);
    crash(rig);
    change(rig, "UPDATE setting SET value = ?1 WHERE name = 'time_floor'", floor_s);
    change(rig, "UPDATE bulletin SET expires_s = ?1", clock_wall_s() - 5);
    start(rig);
    usleep(TICKS_US);
}

static void hear(struct rig *rig, int modem, int64_t stamp_s)
{
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    message.as.inbound.serial = 1;
    message.as.inbound.smsc_s = stamp_s;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "+77015550000");
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "HELLO");
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    (void)rig;
}

static void years_after_the_floor_nothing_expires_until_an_operator_agrees(void **state)
{
    struct rig *rig = *state;
    start_with(rig, clock_wall_s() - 5 * YEAR_S);
    assert_int_equal(time_of(rig), TRUST_AHEAD);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_SENDING);
    hear(rig, plug(rig, 0), clock_wall_s());
    usleep(TICKS_US);
    assert_int_equal(time_of(rig), TRUST_VERIFIED);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_EXPIRED);
}

static void before_the_floor_the_time_is_unverified(void **state)
{
    struct rig *rig = *state;
    start_with(rig, clock_wall_s() + YEAR_S);
    assert_int_equal(time_of(rig), TRUST_BEHIND);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_SENDING);
}

static void a_believed_clock_ends_bulletins(void **state)
{
    struct rig *rig = *state;
    start_with(rig, clock_wall_s());
    assert_int_equal(time_of(rig), TRUST_VERIFIED);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_EXPIRED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            years_after_the_floor_nothing_expires_until_an_operator_agrees, setup, teardown),
        cmocka_unit_test_setup_teardown(before_the_floor_the_time_is_unverified, setup, teardown),
        cmocka_unit_test_setup_teardown(a_believed_clock_ends_bulletins, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
