#include "gateway/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const struct {
    uint32_t code;
    const char *bytes;
} edges[] = {
    {0x1, "\x01"},
    {0x7f, "\x7f"},
    {0x80, "\xc2\x80"},
    {0x7ff, "\xdf\xbf"},
    {0x800, "\xe0\xa0\x80"},
    {0xd7ff, "\xed\x9f\xbf"},
    {0xe000, "\xee\x80\x80"},
    {0xffff, "\xef\xbf\xbf"},
    {0x10000, "\xf0\x90\x80\x80"},
    {0x10ffff, "\xf4\x8f\xbf\xbf"},
};

static const struct {
    const char *bytes;
    size_t size;
} malformed[] = {
    {"\0", 1},           /* NUL */
    {"\x80", 1},         /* a continuation alone */
    {"\xc0\x80", 2},     /* overlong */
    {"\xc1\xbf", 2},     /* overlong */
    {"\xe0\x9f\xbf", 3}, /* overlong */
    {"\xf0\x8f\xbf\xbf", 4},
    {"\xed\xa0\x80", 3}, /* surrogates */
    {"\xed\xbf\xbf", 3},
    {"\xf4\x90\x80\x80", 4}, /* over U+10FFFF */
    {"\xf8\x88\x80\x80", 4},
    {"\xff", 1},
    {"\xd2", 1}, /* torn */
    {"\xe2\x82", 2},
    {"\xf0\x9f\x98", 3},
    {"\xd2 ", 2},
};

static void edges_go_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        size_t size = strlen(edges[i].bytes);
        char bytes[4];
        assert_int_equal(utf8_check(edges[i].bytes, size), ERR_OK);
        uint32_t code = 0;
        assert_int_equal(utf8_decode(&code, edges[i].bytes, size), size);
        assert_int_equal(code, edges[i].code);
        assert_int_equal(utf8_decode(&code, edges[i].bytes, size - 1), 0);
        assert_int_equal(utf8_put(bytes, edges[i].code), size);
        assert_memory_equal(bytes, edges[i].bytes, size);
        const char *text = edges[i].bytes;
        assert_int_equal(utf8_next(&text), edges[i].code);
        assert_ptr_equal(text, edges[i].bytes + size);
        assert_int_equal(utf8_next(&text), 0);
        assert_ptr_equal(text, edges[i].bytes + size);
    }
}

static void malformed_is_refused(void **state)
{
    (void)state;
    char bytes[4];
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        if (utf8_check(malformed[i].bytes, malformed[i].size) != ERR_TEXT)
            fail_msg("malformed[%zu] was taken", i);
    assert_int_equal(utf8_put(bytes, 0xd800), 0);
    assert_int_equal(utf8_put(bytes, 0xdfff), 0);
    assert_int_equal(utf8_put(bytes, 0x110000), 0);
}

static void malformed_bytes_become_replacements(void **state)
{
    (void)state;
    const char *text = "a\xd2z\xf0\x9f";
    assert_int_equal(utf8_next(&text), 'a');
    assert_int_equal(utf8_next(&text), 0xfffd);
    assert_int_equal(utf8_next(&text), 'z');
    assert_int_equal(utf8_next(&text), 0xfffd);
    assert_int_equal(utf8_next(&text), 0xfffd);
    assert_int_equal(utf8_next(&text), 0);
}

static void counts_code_points_and_units(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(""), 0);
    assert_int_equal(utf8_count("Жұлдыз №1 😀"), 11);
    assert_int_equal(utf8_count_utf16("Жұлдыз №1 😀"), 12);
}

static void cuts_on_whole_code_points(void **state)
{
    (void)state;
    const char *text = "aЖ€😀"; /* 1 + 2 + 3 + 4 bytes */
    static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t room = 0; room < sizeof want / sizeof want[0]; room++)
        assert_int_equal(utf8_cut(text, strlen(text), room), want[room]);
}

static void raises_letters(void **state)
{
    (void)state;
    const char *small = "azéÿþžşğūñабвяёәғқңөұүһіўґӏӂ";
    const char *large = "AZÉŸÞŽŞĞŪÑАБВЯЁӘҒҚҢӨҰҮҺІЎҐӀӁ";
    for (uint32_t code = utf8_next(&small); code != 0; code = utf8_next(&small)) {
        uint32_t want = utf8_next(&large);
        assert_int_equal(utf8_upper(code), want);
        assert_int_equal(utf8_upper(want), want);
    }
    const char *others = "1 ÷×ßĸ№€中😀";
    for (uint32_t code = utf8_next(&others); code != 0; code = utf8_next(&others))
        assert_int_equal(utf8_upper(code), code);
    assert_int_equal(utf8_upper(0x131), 'I');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_go_both_ways),
        cmocka_unit_test(malformed_is_refused),
        cmocka_unit_test(malformed_bytes_become_replacements),
        cmocka_unit_test(counts_code_points_and_units),
        cmocka_unit_test(cuts_on_whole_code_points),
        cmocka_unit_test(raises_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
