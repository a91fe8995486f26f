/* Several bulletins as one object: there and back, what does not fit, what is cut off or lies. */
#include "audio/bundle.h"

#include "gateway/bulletin/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t one[300] = {1}, two[400] = {2}, large[1500] = {3};

static struct bundle make(uint8_t bytes[BUNDLE_SIZE_MAX])
{
    struct bundle bundle = {.count = 2, .members = {{one, sizeof(one)}, {two, sizeof(two)}}};

    assert_int_equal(bundle_encode(bytes, &bundle), ERR_OK);
    assert_int_equal(bundle.size, 1 + 2 + sizeof(one) + 2 + sizeof(two));
    return bundle;
}

static void what_goes_in_comes_out(void **state)
{
    uint8_t bytes[BUNDLE_SIZE_MAX];
    struct bundle bundle = make(bytes), again;

    (void)state;
    assert_int_equal(bundle_decode(&again, bytes, sizeof(bytes)), ERR_OK);
    assert_int_equal(again.count, 2);
    assert_int_equal(again.size, bundle.size);
    assert_int_equal(again.members[0].size, sizeof(one));
    assert_memory_equal(again.members[0].sealed, one, sizeof(one));
    assert_int_equal(again.members[1].size, sizeof(two));
    assert_memory_equal(again.members[1].sealed, two, sizeof(two));
}

/* One that does not fit makes room for the next. */
static void as_many_as_fit_are_taken(void **state)
{
    uint8_t bytes[BUNDLE_SIZE_MAX];
    struct bundle bundle = {.count = 4,
        .members = {{one, sizeof(one)}, {large, sizeof(large)}, {large, sizeof(large)},
            {two, sizeof(two)}}};

    (void)state;
    assert_int_equal(bundle_encode(bytes, &bundle), ERR_OK);
    assert_int_equal(bundle.count, 2);
    assert_int_equal(bundle.members[1].size, sizeof(large));
    assert_in_range(bundle.size, 1, BUNDLE_SIZE_MAX);
    bundle = (struct bundle){.count = 0};
    assert_int_equal(bundle_encode(bytes, &bundle), ERR_SHORT);
    bundle = (struct bundle){.count = 1, .members = {{large, WIRE_SEALED_MAX}}};
    assert_int_equal(bundle_encode(bytes, &bundle), ERR_SHORT);
    bundle = (struct bundle){.count = BUNDLE_MAX + 1};
    assert_int_equal(bundle_encode(bytes, &bundle), ERR_LONG);
}

static void every_cut_is_noticed(void **state)
{
    uint8_t bytes[BUNDLE_SIZE_MAX];
    struct bundle bundle = make(bytes), again;

    (void)state;
    for (size_t size = 0; size < bundle.size; size++)
        assert_int_equal(bundle_decode(&again, bytes, size), ERR_SHORT);
    assert_int_equal(bundle_decode(&again, bytes, bundle.size), ERR_OK);
}

static void lies_are_refused(void **state)
{
    uint8_t bytes[BUNDLE_SIZE_MAX];
    struct bundle again;

    (void)state;
    make(bytes);
    bytes[0] = 0;
    assert_int_equal(bundle_decode(&again, bytes, sizeof(bytes)), ERR_VALUE);
    bytes[0] = BUNDLE_MAX + 1;
    assert_int_equal(bundle_decode(&again, bytes, sizeof(bytes)), ERR_VALUE);
    bytes[0] = 2;
    bytes[1] = bytes[2] = 0;
    assert_int_equal(bundle_decode(&again, bytes, sizeof(bytes)), ERR_VALUE);
    bytes[1] = bytes[2] = 0xff;
    assert_int_equal(bundle_decode(&again, bytes, sizeof(bytes)), ERR_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out),
        cmocka_unit_test(as_many_as_fit_are_taken),
        cmocka_unit_test(every_cut_is_noticed),
        cmocka_unit_test(lies_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
