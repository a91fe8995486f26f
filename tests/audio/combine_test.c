/* Copies find each other among others; together they are surer; the oldest gives way. */
#include "audio/combine.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct combine combine;
static uint32_t seed = 3;

static float random_one(void)
{
    seed = seed * 1664525 + 1013904223;
    return (float)(seed >> 8) / 8388608.0f - 1.0f;
}

/* A packet's bits with noise of the same size: alike by about a half. */
static void hear(float likely[LDPC_CODE_BITS], unsigned packet)
{
    uint32_t kept = seed;
    float bits[LDPC_CODE_BITS];

    seed = packet * 2654435761u;
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++)
        bits[i] = random_one() < 0 ? -0.6f : 0.6f;
    seed = kept;
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++)
        likely[i] = bits[i] + random_one();
}

static unsigned count_errors(const float *likely, unsigned packet)
{
    uint32_t kept = seed;
    unsigned errors = 0;

    seed = packet * 2654435761u;
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++)
        errors += (random_one() < 0) != (likely[i] < 0);
    seed = kept;
    return errors;
}

static void copies_find_each_other(void **state)
{
    float likely[LDPC_CODE_BITS];
    unsigned alone, two;

    (void)state;
    memset(&combine, 0, sizeof combine);
    for (unsigned packet = 1; packet <= 6; packet++) {
        hear(likely, packet);
        assert_null(combine_add(&combine, likely));
    }
    hear(likely, 4);
    alone = count_errors(likely, 4);
    const float *together = combine_add(&combine, likely);
    assert_non_null(together);
    two = count_errors(together, 4);
    assert_true(two * 3 < alone * 2);
    hear(likely, 4);
    together = combine_add(&combine, likely);
    assert_non_null(together);
    assert_true(count_errors(together, 4) < two);
    assert_int_equal(combine.count, 6);
    combine_remove(&combine, together);
    assert_int_equal(combine.count, 5);
    hear(likely, 4);
    assert_null(combine_add(&combine, likely));
    hear(likely, 6);
    assert_non_null(combine_add(&combine, likely));
}

static void oldest_gives_way(void **state)
{
    float likely[LDPC_CODE_BITS];

    (void)state;
    memset(&combine, 0, sizeof combine);
    for (unsigned packet = 1; packet <= COMBINE_KEPT_MAX + 1; packet++) {
        hear(likely, packet);
        assert_null(combine_add(&combine, likely));
    }
    hear(likely, 2);
    assert_non_null(combine_add(&combine, likely));
    hear(likely, 1);
    assert_null(combine_add(&combine, likely));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_find_each_other),
        cmocka_unit_test(oldest_gives_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
