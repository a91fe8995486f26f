/* What the radio is told, so that it can say truly that nothing is in force. */
#include "tests/gateway/dispatcher/harness.h"

/* The first that it is told is what time it is. */
static int welcome_radio(struct rig *rig)
{
    struct message message;
    int radio = plug_radio(rig);
    expect(radio, &message, MESSAGE_CLOCK);
    assert_in_range(message.as.clock.wall_s, clock_wall_s() - 1, clock_wall_s());
    assert_in_range(message.as.clock.boot_ms, clock_boot_ms() - 60000, clock_boot_ms());
    return radio;
}

static struct message_quiet take_quiet(int radio)
{
    struct message message;
    expect(radio, &message, MESSAGE_QUIET);
    return message.as.quiet;
}

static void a_radio_is_told_when_it_comes(void **state)
{
    struct rig *rig = *state;
    int radio = welcome_radio(rig);
    struct roster roster;
    struct message_quiet quiet = take_quiet(radio);
    assert_int_equal(quiet.number, 0);
    assert_int_equal(quiet.until_s, 0);
    assert_int_equal(roster_decode(&roster, quiet.roster.bytes, quiet.roster.size), ERR_OK);
    assert_int_equal(roster.number, 1);
    assert_true(is_silent(radio, 1500));
    close(radio);
}

/* Once when it comes into force, not before its bytes; and when it ends, by time or by what takes its place. */
static void what_is_in_force_is_known(void **state)
{
    struct rig *rig = *state;
    int radio = welcome_radio(rig);
    struct bulletin bulletin;
    struct message message;
    (void)take_quiet(radio);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.lifetime_min = 1;
    bulletin.sent_s = clock_wall_s() - 58;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    expect(radio, &message, MESSAGE_AIR);
    struct message_quiet quiet = take_quiet(radio);
    assert_int_equal(quiet.number, 2);
    assert_int_equal(quiet.until_s, bulletin_expires_s(&bulletin));
    quiet = take_quiet(radio); /* it has expired */
    assert_int_equal(quiet.number, 2);
    assert_int_equal(quiet.until_s, 0);
    assert_true(clock_wall_s() >= bulletin_expires_s(&bulletin));
    close(radio);
}

static void a_retraction_is_in_force_itself(void **state)
{
    struct rig *rig = *state;
    int radio = welcome_radio(rig);
    struct bulletin bulletin;
    struct message message;
    (void)take_quiet(radio);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    expect(radio, &message, MESSAGE_AIR);
    assert_int_equal(take_quiet(radio).until_s, bulletin_expires_s(&bulletin));
    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = 2;
    assert_int_equal(submit(rig, &bulletin, 1), ERR_OK);
    expect(radio, &message, MESSAGE_AIR);
    assert_int_equal(take_quiet(radio).until_s, bulletin_expires_s(&bulletin));
    close(radio);
}

static void a_new_roster_is_told(void **state)
{
    struct rig *rig = *state;
    int radio = welcome_radio(rig);
    struct roster roster;
    struct message message = {.type = MESSAGE_ROSTER_PUT, .fd = -1};
    (void)take_quiet(radio);
    fill_roster(rig, &roster, 2);
    seal_roster(rig, &message.as.sealed.sealed, &roster);
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
    struct message_quiet quiet = take_quiet(radio);
    assert_int_equal(roster_decode(&roster, quiet.roster.bytes, quiet.roster.size), ERR_OK);
    assert_int_equal(roster.number, 2);
    close(radio);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_radio_is_told_when_it_comes, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_in_force_is_known, setup, teardown),
        cmocka_unit_test_setup_teardown(a_retraction_is_in_force_itself, setup, teardown),
        cmocka_unit_test_setup_teardown(a_new_roster_is_told, setup, teardown),
    };
    return cmocka_run_group_tests_name("quiet", tests, NULL, NULL);
}
