#include "audio/erasure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A small generator (Lehmer), so that each run is the same. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = (uint32_t)((uint64_t)*seed * 48271 % 0x7fffffff);
    return *seed;
}

static void fill_source(uint8_t *source, unsigned k, uint32_t *seed)
{
    for (size_t i = 0; i < (size_t)k * ERASURE_SYMBOL_SIZE; i++)
        source[i] = (uint8_t)(next_random(seed) >> 7);
}

static void encode_all(struct erasure_symbol *symbols, const uint8_t *source, unsigned k)
{
    for (unsigned i = 0; i < 2 * k; i++)
        assert_int_equal(erasure_encode(&symbols[i], source, k, i), ERR_OK);
}

static void check_set(
    const struct erasure_symbol *symbols, uint32_t set, const uint8_t *source, unsigned k)
{
    const struct erasure_symbol *chosen[ERASURE_K_MAX];
    uint8_t back[ERASURE_SOURCE_MAX];
    unsigned count = 0;
    for (unsigned i = 2 * k; i-- > 0;) /* highest index first: order must not matter */
        if (set >> i & 1)
            chosen[count++] = &symbols[i];
    assert_int_equal(count, k);
    assert_int_equal(erasure_decode(back, chosen, k), ERR_OK);
    assert_memory_equal(back, source, (size_t)k * ERASURE_SYMBOL_SIZE);
}

static void test_count(void **state)
{
    (void)state;
    assert_int_equal(erasure_count(0), 0);
    assert_int_equal(erasure_count(1), 1);
    assert_int_equal(erasure_count(121), 1);
    assert_int_equal(erasure_count(122), 2);
    assert_int_equal(erasure_count(1936), 16);
    assert_int_equal(erasure_count(1937), 0);
}

/* The first k symbols are the source itself. */
static void test_systematic(void **state)
{
    (void)state;
    uint8_t source[ERASURE_SOURCE_MAX];
    struct erasure_symbol symbols[2 * ERASURE_K_MAX];
    uint32_t seed = 7;
    fill_source(source, 5, &seed);
    encode_all(symbols, source, 5);
    for (unsigned i = 0; i < 5; i++)
        assert_memory_equal(
            symbols[i].bytes, source + i * ERASURE_SYMBOL_SIZE, ERASURE_SYMBOL_SIZE);
}

/* Parity as the header defines it, worked out by hand: with k = 2 symbol 2 is s0 / 2 + s1 / 3, symbol 3 is s0 / 3 + s1 / 2;
 * in this field 1 / 2 is 0x8e and 1 / 3 is 0xf4. */
static void test_known(void **state)
{
    (void)state;
    uint8_t source[2 * ERASURE_SYMBOL_SIZE] = {0};
    struct erasure_symbol symbol;
    source[0] = 1;
    source[1] = 2;
    source[ERASURE_SYMBOL_SIZE] = 1;
    source[ERASURE_SYMBOL_SIZE + 2] = 3;
    assert_int_equal(erasure_encode(&symbol, source, 2, 2), ERR_OK);
    assert_int_equal(symbol.bytes[0], 0x8e ^ 0xf4);
    assert_int_equal(symbol.bytes[1], 1);
    assert_int_equal(symbol.bytes[2], 1);
    assert_int_equal(symbol.bytes[3], 0);
    assert_int_equal(erasure_encode(&symbol, source, 2, 3), ERR_OK);
    assert_int_equal(symbol.bytes[0], 0xf4 ^ 0x8e);
    assert_int_equal(symbol.bytes[1], (0xf4 << 1 & 0xff) ^ 0x1d);
}

/* Every set of k out of 2k rebuilds, for small k all of them. */
static void test_every_set(void **state)
{
    (void)state;
    uint8_t source[ERASURE_SOURCE_MAX];
    struct erasure_symbol symbols[2 * ERASURE_K_MAX];
    uint32_t seed = 11;
    for (unsigned k = 1; k <= 5; k++) {
        fill_source(source, k, &seed);
        encode_all(symbols, source, k);
        for (uint32_t set = 0; set < (uint32_t)1 << (2 * k); set++)
            if (__builtin_popcount(set) == (int)k)
                check_set(symbols, set, source, k);
    }
}

static void test_random_sets(void **state)
{
    (void)state;
    uint8_t source[ERASURE_SOURCE_MAX];
    struct erasure_symbol symbols[2 * ERASURE_K_MAX];
    uint32_t seed = 13;
    for (unsigned k = 6; k <= ERASURE_K_MAX; k++) {
        fill_source(source, k, &seed);
        encode_all(symbols, source, k);
        for (int round = 0; round < 10; round++) {
            uint32_t set = 0;
            while (__builtin_popcount(set) < (int)k)
                set |= (uint32_t)1 << next_random(&seed) % (2 * k);
            check_set(symbols, set, source, k);
        }
        check_set(symbols, (((uint32_t)1 << k) - 1) << k, source, k); /* parity alone */
    }
}

static void test_refused(void **state)
{
    (void)state;
    uint8_t source[ERASURE_SOURCE_MAX] = {0};
    struct erasure_symbol symbol = {.index = 1};
    const struct erasure_symbol *twice[] = {&symbol, &symbol};
    assert_int_equal(erasure_encode(&symbol, source, 0, 0), ERR_VALUE);
    assert_int_equal(erasure_encode(&symbol, source, 17, 0), ERR_VALUE);
    assert_int_equal(erasure_encode(&symbol, source, 3, 6), ERR_VALUE);
    assert_int_equal(erasure_decode(source, twice, 2), ERR_VALUE);
    assert_int_equal(erasure_decode(source, twice, 0), ERR_VALUE);
    assert_int_equal(erasure_decode(source, twice, 17), ERR_VALUE);
    symbol.index = 2;
    assert_int_equal(erasure_decode(source, twice, 1), ERR_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count),
        cmocka_unit_test(test_systematic),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_every_set),
        cmocka_unit_test(test_random_sets),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
