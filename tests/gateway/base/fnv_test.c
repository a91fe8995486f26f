#include "gateway/base/fnv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* From the published vectors of FNV-1a, 64 bits. */
static void published_vectors_come_out(void **state)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } rows[] = {
        {"", 0xcbf29ce484222325u},
        {"a", 0xaf63dc4c8601ec8cu},
        {"foobar", 0x85944171f73967e8u},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(fnv_add(FNV_START, rows[i].text, strlen(rows[i].text)) == rows[i].hash);
}

static void pieces_are_as_good_as_the_whole(void **state)
{
    (void)state;
    assert_true(fnv_add(fnv_add(FNV_START, "foo", 3), "bar", 3) == fnv_add(FNV_START, "foobar", 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_come_out),
        cmocka_unit_test(pieces_are_as_good_as_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
