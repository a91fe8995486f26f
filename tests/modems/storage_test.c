#include "modems/storage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct transport_found make(uint32_t location, const char *text)
{
    struct transport_found found = {.location = location, .kind = TRANSPORT_TEXT};
    (void)snprintf(found.inbound.text, sizeof found.inbound.text, "%s", text);
    return found;
}

static void test_told_once(void **state)
{
    (void)state;
    struct storage storage = {0};
    uint64_t first;
    uint64_t second;
    struct transport_found found = make(3, "START");
    assert_int_equal(storage_add(&storage, &first, &found), ERR_OK);
    assert_int_not_equal(first, 0);
    assert_int_equal(storage_add(&storage, &second, &found), ERR_EXISTS);
    found = make(4, "START");
    assert_int_equal(storage_add(&storage, &second, &found), ERR_OK);
    assert_int_not_equal(first, second);
}

static void test_another_text_at_the_same_place(void **state)
{
    (void)state;
    struct storage storage = {0};
    uint64_t first;
    uint64_t second;
    struct transport_found found = make(3, "START");
    assert_int_equal(storage_add(&storage, &first, &found), ERR_OK);
    found = make(3, "STOP");
    assert_int_equal(storage_add(&storage, &second, &found), ERR_OK);
    storage_stored(&storage, first);
    assert_int_equal(storage_next_stored(&storage), 0);
    storage_stored(&storage, second);
    assert_int_equal(storage_next_stored(&storage), 3);
}

static void test_deleted_only_once_stored(void **state)
{
    (void)state;
    struct storage storage = {0};
    uint64_t serial;
    struct transport_found found = make(7, "STOP");
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_OK);
    assert_int_equal(storage_next_stored(&storage), 0);
    storage_stored(&storage, serial + 1);
    storage_stored(&storage, 0);
    assert_int_equal(storage_next_stored(&storage), 0);
    storage_stored(&storage, serial);
    assert_int_equal(storage_next_stored(&storage), 7);
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_EXISTS);
    storage_deleted(&storage, 7);
    assert_int_equal(storage_next_stored(&storage), 0);
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_OK);
}

static void test_forgotten_is_told_again(void **state)
{
    (void)state;
    struct storage storage = {0};
    uint64_t serial;
    struct transport_found found = make(7, "STOP");
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_OK);
    storage_forget(&storage, serial);
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_OK);
}

static void test_full(void **state)
{
    (void)state;
    struct storage storage = {0};
    uint64_t serial;
    for (uint32_t place = 1; place <= STORAGE_MAX; place++) {
        struct transport_found found = make(place, "x");
        assert_int_equal(storage_add(&storage, &serial, &found), ERR_OK);
    }
    struct transport_found found = make(STORAGE_MAX + 1, "x");
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_FULL);
    assert_int_equal(storage_condemn(&storage, STORAGE_MAX + 1), ERR_FULL);
    assert_int_equal(storage_condemn(&storage, 1), ERR_OK);
    assert_int_equal(storage_next_stored(&storage), 1);
}

/* A serial of an earlier SIM must not delete what lies at its place now. */
static void test_cleared_serials_are_dead(void **state)
{
    (void)state;
    struct storage storage = {0};
    uint64_t old;
    uint64_t serial;
    struct transport_found found = make(3, "START");
    assert_int_equal(storage_add(&storage, &old, &found), ERR_OK);
    storage_clear(&storage);
    found = make(3, "another SIM's");
    assert_int_equal(storage_add(&storage, &serial, &found), ERR_OK);
    storage_stored(&storage, old);
    assert_int_equal(storage_next_stored(&storage), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told_once),
        cmocka_unit_test(test_another_text_at_the_same_place),
        cmocka_unit_test(test_deleted_only_once_stored),
        cmocka_unit_test(test_forgotten_is_told_again),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_cleared_serials_are_dead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
