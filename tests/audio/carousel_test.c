#include "audio/carousel.h"

#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static uint8_t roster[400], alert[300], update[200]; /* k 4, 3, 2 */

static int start(void **state)
{
    (void)state;
    memset(roster, 'R', sizeof roster);
    memset(alert, 'A', sizeof alert);
    memset(update, 'U', sizeof update);
    return seal_init() != ERR_OK;
}

static void add(
    struct carousel *carousel, const uint8_t *bytes, size_t size, unsigned weight, bool first)
{
    struct carousel_item item = {.bytes = bytes, .size = size, .weight = weight, .first = first};
    assert_int_equal(carousel_add(carousel, &item), ERR_OK);
}

/* Whose frame is next and which symbol: 'R', 'A', 'U' by k. */
static char next(struct carousel *carousel, unsigned *index)
{
    static const char names[] = {[2] = 'U', [3] = 'A', [4] = 'R'};
    uint8_t bytes[FRAME_SIZE];
    struct frame frame;
    assert_int_equal(carousel_next(carousel, bytes), ERR_OK);
    assert_int_equal(frame_decode(&frame, bytes), ERR_OK);
    *index = frame.symbol.index;
    return names[frame.k];
}

static void check_order(struct carousel *carousel, const char *expected)
{
    for (; *expected; expected += 2) {
        unsigned index;
        assert_int_equal(next(carousel, &index), expected[0]);
        assert_int_equal(index, expected[1] - '0');
    }
}

static void test_one(void **state)
{
    (void)state;
    struct carousel carousel;
    uint8_t bytes[FRAME_SIZE];
    carousel_init(&carousel);
    assert_int_equal(carousel_next(&carousel, bytes), ERR_MISSING);
    add(&carousel, alert, sizeof alert, 0, false);
    assert_int_equal(carousel_round(&carousel), 3);
    check_order(&carousel, "A0A1A2A3A4A5A0A1");
}

/* A changed roster goes first, the others make up for it, then all take turns, each going on with its next symbol. */
static void test_roster_first(void **state)
{
    (void)state;
    struct carousel carousel;
    carousel_init(&carousel);
    add(&carousel, alert, sizeof alert, 0, false);
    add(&carousel, update, sizeof update, 0, false);
    check_order(&carousel, "A0U0A1");
    add(&carousel, roster, sizeof roster, 0, true);
    assert_int_equal(carousel_round(&carousel), 10);
    check_order(&carousel, "R0R1R2R3U1A2U2A3U3A4");
    unsigned turns[128] = {0}, index;
    for (int i = 0; i < 30; i++)
        turns[(int)next(&carousel, &index)]++;
    assert_in_range(turns['A'], 9, 12);
    assert_in_range(turns['U'], 9, 12);
    assert_in_range(turns['R'], 8, 11);
}

static void test_weight(void **state)
{
    (void)state;
    struct carousel carousel;
    carousel_init(&carousel);
    add(&carousel, alert, sizeof alert, 300, false);
    add(&carousel, update, sizeof update, 100, false);
    unsigned turns[128] = {0}, index;
    for (int i = 0; i < 400; i++)
        turns[(int)next(&carousel, &index)]++;
    assert_in_range(turns['A'], 298, 302);
}

/* Who joins late gets its share from then on, not the time that it missed. */
static void test_late(void **state)
{
    (void)state;
    struct carousel carousel;
    unsigned index, turns[128] = {0};
    carousel_init(&carousel);
    add(&carousel, alert, sizeof alert, 0, false);
    for (int i = 0; i < 1000; i++)
        next(&carousel, &index);
    add(&carousel, update, sizeof update, 0, false);
    for (int i = 0; i < 10; i++)
        turns[(int)next(&carousel, &index)]++;
    assert_in_range(turns['U'], 5, 6);
}

static void test_remove(void **state)
{
    (void)state;
    struct carousel carousel;
    carousel_init(&carousel);
    add(&carousel, alert, sizeof alert, 0, false);
    add(&carousel, update, sizeof update, 0, false);
    assert_int_equal(carousel_remove(&carousel, alert, sizeof alert), ERR_OK);
    assert_int_equal(carousel_remove(&carousel, alert, sizeof alert), ERR_MISSING);
    check_order(&carousel, "U0U1U2U3U0");
}

/* What is withdrawn has no frame after it, and what ends it has the very next one. */
static void test_retracted(void **state)
{
    (void)state;
    struct carousel carousel;
    carousel_init(&carousel);
    add(&carousel, alert, sizeof alert, 900, false);
    add(&carousel, roster, sizeof roster, 0, false);
    check_order(&carousel, "A0R0A1");
    assert_int_equal(carousel_remove(&carousel, alert, sizeof alert), ERR_OK);
    add(&carousel, update, sizeof update, 900, true);
    check_order(&carousel, "U0U1");
    unsigned index;
    for (int i = 0; i < 100; i++)
        assert_int_not_equal(next(&carousel, &index), 'A');
}

/* What begins with another symbol goes on from there. */
static void test_from(void **state)
{
    (void)state;
    struct carousel carousel;
    struct carousel_item item = {.bytes = alert, .size = sizeof alert, .from = 6 + 4};
    carousel_init(&carousel);
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    check_order(&carousel, "A4A5A0A1");
}

/* With a limit each gives its 2k once, and then none does. */
static void test_limit(void **state)
{
    (void)state;
    struct carousel carousel;
    uint8_t bytes[FRAME_SIZE];
    carousel_init(&carousel);
    add(&carousel, alert, sizeof alert, 10, false);
    add(&carousel, update, sizeof update, 900, false);
    carousel_limit(&carousel);
    check_order(&carousel, "A0U0U1U2U3A1A2A3A4A5");
    assert_int_equal(carousel_next(&carousel, bytes), ERR_MISSING);
    carousel_limit(&carousel);
    assert_int_equal(carousel_next(&carousel, bytes), ERR_OK);
}

/* Shares are as the root of severity, age and length; nothing is ever without any. */
static void test_weigh(void **state)
{
    (void)state;
    unsigned most = carousel_weigh(BULLETIN_EXTREME, 0, ERASURE_K_MAX);
    assert_int_equal(most, CAROUSEL_WEIGHT_MAX);
    assert_in_range(carousel_weigh(BULLETIN_MINOR, 0, ERASURE_K_MAX), most / 2, most / 2 + 1);
    assert_in_range(carousel_weigh(BULLETIN_EXTREME, 0, ERASURE_K_MAX / 4), most / 2, most / 2 + 1);
    assert_in_range(carousel_weigh(BULLETIN_EXTREME, 3600, ERASURE_K_MAX), most / 2, most / 2 + 1);
    assert_int_equal(
        carousel_weigh(BULLETIN_SEVERITY_UNKNOWN, 0, 3), carousel_weigh(BULLETIN_MINOR, 0, 3));
    assert_int_equal(
        carousel_weigh(BULLETIN_SEVERE, -60, 3), carousel_weigh(BULLETIN_SEVERE, 0, 3));
    assert_int_equal(carousel_weigh(BULLETIN_MINOR, 86400 * 400, 1), 1);
}

static void test_refused(void **state)
{
    (void)state;
    struct carousel carousel;
    uint8_t big[ERASURE_SOURCE_MAX + 1] = {1};
    carousel_init(&carousel);
    struct carousel_item item = {.bytes = alert, .size = sizeof alert};
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    assert_int_equal(carousel_add(&carousel, &item), ERR_EXISTS);
    item = (struct carousel_item){.bytes = update, .size = 0};
    assert_int_equal(carousel_add(&carousel, &item), ERR_SHORT);
    item = (struct carousel_item){.bytes = big, .size = sizeof big};
    assert_int_equal(carousel_add(&carousel, &item), ERR_LONG);
    item = (struct carousel_item){.bytes = update, .size = 9, .weight = 1001};
    assert_int_equal(carousel_add(&carousel, &item), ERR_VALUE);
    for (uint8_t i = 1; i < CAROUSEL_OBJECTS_MAX; i++)
        add(&carousel, big, i, 0, false);
    item = (struct carousel_item){.bytes = update, .size = 9};
    assert_int_equal(carousel_add(&carousel, &item), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one),
        cmocka_unit_test(test_roster_first),
        cmocka_unit_test(test_weight),
        cmocka_unit_test(test_late),
        cmocka_unit_test(test_remove),
        cmocka_unit_test(test_retracted),
        cmocka_unit_test(test_from),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_weigh),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
