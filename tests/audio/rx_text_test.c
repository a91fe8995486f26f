/* Text from the air can't do anything to a terminal. */
#include "audio/rx_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_clean(void **state)
{
    (void)state;
    static const struct {
        const char *text, *clean;
    } rows[] = {
        {"plain text, 112!", "plain text, 112!"},
        {"Су тасқыны: қашыңыз", "Су тасқыны: қашыңыз"},
        {"\x1b[2J\x1b]0;owned\a", "?[2J?]0;owned?"},
        {"a\rb\nc\td\be", "a?b?c?d?e"},
        {"\x9b"
         "31m",
            "?31m"}, /* C1 as a byte: no UTF-8 */
        {"\xc2\x9b"
         "31m",
            "?31m"}, /* and as a character */
        {"a\xe2\x80\xae"
         "b",
            "a?b"},            /* right to left */
        {"a\xcc\x81", "a?"},   /* an accent that takes no column */
        {"\xe6\xb0\xb4", "?"}, /* one that takes two */
        {"\xff\xc3", "??"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char clean[RX_TEXT_SIZE];
        (void)rx_text_clean(clean, rows[i].text, RX_TEXT_COLUMNS_MAX);
        assert_string_equal(clean, rows[i].clean);
    }
}

static void test_bounds(void **state)
{
    (void)state;
    char text[3 * RX_TEXT_COLUMNS_MAX], clean[RX_TEXT_SIZE];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(rx_text_clean(clean, text, RX_TEXT_COLUMNS_MAX), RX_TEXT_COLUMNS_MAX);
    assert_int_equal(strlen(clean), RX_TEXT_COLUMNS_MAX);
    assert_int_equal(rx_text_clean(clean, "қашыңыз", 3), 3);
    assert_string_equal(clean, "қаш");
    assert_int_equal(rx_text_clean(clean, "abc", 0), 0);
    assert_string_equal(clean, "");
}

/* Each byte value alone, and each after each lead byte: never a control character in what comes out. */
static void test_no_controls(void **state)
{
    (void)state;
    for (unsigned first = 1; first < 256; first++)
        for (unsigned second = 1; second < 256; second++) {
            char text[] = {(char)first, (char)second, '\x9b', 0}, clean[RX_TEXT_SIZE];
            (void)rx_text_clean(clean, text, RX_TEXT_COLUMNS_MAX);
            for (const char *at = clean; *at; at++) {
                if ((uint8_t)*at < ' ' || *at == 0x7f)
                    fail_msg("%02x %02x gives %02x", first, second, (unsigned)(uint8_t)*at);
                if ((uint8_t)*at == 0xc2 && (uint8_t)at[1] < 0xa0)
                    fail_msg("%02x %02x gives C1", first, second);
            }
        }
}

static void test_json(void **state)
{
    (void)state;
    char json[RX_TEXT_JSON_SIZE], text[2 * RX_TEXT_COLUMNS_MAX];
    rx_text_print_json(json, RX_TEXT_MFSK32, "say \"no\"\x1b[1m");
    assert_string_equal(
        json, "{\"text\":\"say \\\"no\\\"?[1m\",\"mode\":\"mfsk32\",\"verified\":false}");
    memset(text, '"', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    rx_text_print_json(json, RX_TEXT_AFSK1200, text);
    assert_non_null(strstr(json, "\"mode\":\"afsk1200\",\"verified\":false}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_no_controls),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
