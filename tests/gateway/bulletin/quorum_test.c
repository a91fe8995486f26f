/* quorum: what a receiver accepts, and every way to cheat it that we know. */
#include "tests/gateway/bulletin/fixture.h"

static const uint8_t two[] = {FIXTURE_AIDA, FIXTURE_BOLAT};

static void test_two_editors_pass(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_SEALED_MAX];
    struct roster roster;
    struct bulletin sent, got;
    struct wire_sealed sealed;
    struct quorum quorum;
    fixture_roster(&roster);
    fixture_bulletin(&sent);
    size_t size = fixture_seal(bytes, &sent, two, 2);
    assert_int_equal(wire_decode_sealed(&sealed, bytes, size), ERR_OK);
    assert_int_equal(quorum_accept(&got, &quorum, &roster, &sealed, FIXTURE_NOW_S), ERR_OK);
    assert_memory_equal(&got, &sent, sizeof sent);
    assert_int_equal(quorum.count, 2);
    assert_int_equal(quorum.needed, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_editors_pass),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("quorum", tests, NULL, NULL);
}
