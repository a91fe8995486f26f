#include "modems/segment.h"

#include "gateway/base/utf8.h"
#include "modems/gsm7.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_SIZE 20000

/* `count` times `piece`, then `tail`. */
static void repeat(char text[TEXT_SIZE], const char *piece, size_t count, const char *tail)
{
    text[0] = '\0';
    char *at = text;
    for (size_t i = 0; i < count; i++) {
        memcpy(at, piece, strlen(piece));
        at += strlen(piece);
    }
    memcpy(at, tail, strlen(tail) + 1);
}

static void check_counts(
    const char *piece, size_t count, const char *tail, size_t parts, size_t units_of_first)
{
    char text[TEXT_SIZE];
    struct segment segment;
    struct segment_size size;
    repeat(text, piece, count, tail);
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.count, parts);
    assert_int_equal(segment.part[0].units, units_of_first);
    segment_measure(&size, text);
    assert_int_equal(size.parts, parts);
    assert_int_equal(size.coding, segment.coding);
}

static void test_limits_gsm7(void **state)
{
    (void)state;
    check_counts("a", 0, "", 1, 0);
    check_counts("a", 160, "", 1, 160);
    check_counts("a", 161, "", 2, 153);
    check_counts("a", 306, "", 2, 153);
    check_counts("a", 307, "", 3, 153);
    check_counts("€", 80, "", 1, 160);
    check_counts("€", 80, "a", 2, 152); /* the 77th escape pair would end at 154 */
}

static void test_limits_ucs2(void **state)
{
    (void)state;
    check_counts("ж", 70, "", 1, 70);
    check_counts("ж", 71, "", 2, 67);
    check_counts("ж", 134, "", 2, 67);
    check_counts("ж", 135, "", 3, 67);
    check_counts("🔥", 35, "", 1, 70);
    check_counts("🔥", 35, "a", 2, 66); /* the 34th surrogate pair would end at 68 */
    check_counts("a", 69, "ж", 1, 70); /* one Cyrillic letter makes it UCS-2 */
    check_counts("a", 70, "ж", 2, 67);
}

static void test_limits_wide_reference(void **state)
{
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    repeat(text, "a", 161, "");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_16, 0x1234), ERR_OK);
    assert_int_equal(segment.part[0].units, 152);
    repeat(text, "ж", 71, "");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_16, 0x1234), ERR_OK);
    assert_int_equal(segment.part[0].units, 66);
}

/* No part may end between these two: `before` fills a part but for `room` units, then comes `pair`. */
static void check_border(const char *before, size_t count, const char *pair, size_t bytes_of_first)
{
    char text[TEXT_SIZE];
    struct segment segment;
    repeat(text, before, count, pair);
    strncat(text, "zzzzzzzz", 9);
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.count, 2);
    assert_int_equal(segment.part[0].size, bytes_of_first);
    assert_ptr_equal(segment.part[1].text, text + bytes_of_first);
}

static void test_borders(void **state)
{
    (void)state;
    check_border("a", 152, "€", 152);       /* escape pair at 153 and 154 */
    check_border("a", 151, "€", 154);       /* fits just: three bytes behind 151 */
    check_border("ж", 66, "🔥", 132);        /* surrogate pair at 67 and 68 */
    check_border("ж", 65, "🔥", 134);        /* fits just */
    check_border("ж", 66, "и\u0306", 132);  /* й as letter and mark */
    check_border("ж", 65, "и\u0306", 134);  /* fits just: 65, letter, mark */
    check_border("ж", 65, "👩\u200d🚒", 130); /* joined emoji */
    check_border("ж", 64, "🇰🇿", 128);       /* a flag is two letters of two units */
    check_border("ж", 65, "👍🏽", 130); /* skin tone */
}

static void test_two_flags(void **state)
{
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    repeat(text, "🇰🇿", 18, ""); /* 72 units: 16 flags are 64, a 17th would end at 68 */
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.part[0].units, 64);
    assert_int_equal(segment.part[1].units, 8);
}

static void test_giant_character(void **state)
{
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    repeat(text, "\u0301", 200, "");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.count, 3);
    assert_int_equal(segment.part[0].units, 67);
}

static void test_space(void **state)
{
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    /* 150 letters, a space, a word over the border: the break falls behind the space. */
    repeat(text, "a", 145, " evacuation");
    strncat(text, " now please", 12);
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.count, 2);
    assert_int_equal(segment.part[0].size, 146);
    /* Nowhere near: inside the word. */
    repeat(text, "a", 100, " ");
    strncat(text, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", 73);
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.part[0].size, 153);
    /* Would cost a third part: inside the word. */
    repeat(text, "a", 150, " ");
    char tail[156] = "";
    memset(tail, 'b', sizeof tail - 1);
    memcpy(text + strlen(text), tail, sizeof tail);
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.count, 2);
    assert_int_equal(segment.part[0].size, 153);
}

static void test_headers(void **state)
{
    static const uint8_t narrow[] = {5, 0, 3, 0x34, 2, 2}, wide[] = {6, 8, 4, 0x12, 0x34, 2, 1};
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    repeat(text, "a", 161, "");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 0x1234), ERR_OK);
    assert_int_equal(segment.part[1].udh_size, sizeof narrow);
    assert_memory_equal(segment.part[1].udh, narrow, sizeof narrow);
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_16, 0x1234), ERR_OK);
    assert_int_equal(segment.part[0].udh_size, sizeof wide);
    assert_memory_equal(segment.part[0].udh, wide, sizeof wide);
    assert_int_equal(segment_split(&segment, "short", SEGMENT_REFERENCE_8, 0x1234), ERR_OK);
    assert_int_equal(segment.part[0].udh_size, 0);
}

static void test_whole_again(void **state)
{
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    repeat(text, "Көшеге шықпаңыз, терезеден алыс болыңыз. 🇰🇿 ", 20, "Соңы.");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    const char *at = text;
    size_t units = 0;
    for (size_t i = 0; i < segment.count; i++) {
        assert_ptr_equal(segment.part[i].text, at);
        assert_true(segment.part[i].units <= 67);
        assert_int_equal(utf8_check(at, segment.part[i].size), ERR_OK);
        at += segment.part[i].size;
        units += segment.part[i].units;
    }
    assert_ptr_equal(at, text + strlen(text));
    assert_int_equal(units, utf8_count_utf16(text));
}

static void test_refused(void **state)
{
    char text[TEXT_SIZE];
    struct segment segment;
    (void)state;
    assert_int_equal(segment_split(&segment, "a\xc3", SEGMENT_REFERENCE_8, 7), ERR_TEXT);
    repeat(text, "a", 153 * SEGMENT_PARTS_MAX, "");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_OK);
    assert_int_equal(segment.count, SEGMENT_PARTS_MAX);
    repeat(text, "a", 153 * SEGMENT_PARTS_MAX + 1, "");
    assert_int_equal(segment_split(&segment, text, SEGMENT_REFERENCE_8, 7), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits_gsm7),
        cmocka_unit_test(test_limits_ucs2),
        cmocka_unit_test(test_limits_wide_reference),
        cmocka_unit_test(test_borders),
        cmocka_unit_test(test_two_flags),
        cmocka_unit_test(test_giant_character),
        cmocka_unit_test(test_space),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_whole_again),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
