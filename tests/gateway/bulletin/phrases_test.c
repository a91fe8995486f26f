#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/phrases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define UCS2_ONE_PART 70
#define GSM_ONE_PART 160
#define EVENT_WORD_MAX 20

static const char *const longest_area[BULLETIN_LANGUAGE_COUNT] = {
    "Солтүстік Қазақстан облысы", "Восточно-Казахстанская область", "North Kazakhstan Region"};

static void fill_longest(
    char *text, size_t size, enum phrase phrase, enum bulletin_language language)
{
    const char *const values[] = {"n", "99999", "t", "23:59", "c", "7Q2K", "a",
        longest_area[language], "w", "ABCDEFGHIJK", "s", "ABCDEFGHIJK", NULL};
    assert_int_equal(phrases_fill(text, size, phrases_get(phrase, language), values), ERR_OK);
}

/* A letter of the GSM 03.38 alphabet that costs one septet and is the same in ASCII. */
static bool is_plain_gsm(uint32_t code)
{
    return code >= ' ' && code < 0x7f && strchr("[\\]^`{|}~", (int)code) == NULL;
}

static void every_phrase_fits_one_text(void **state)
{
    (void)state;
    for (int phrase = 0; phrase < PHRASE_COUNT; phrase++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            char text[400];
            fill_longest(text, sizeof text, (enum phrase)phrase, (enum bulletin_language)language);
            assert_true(text[0] != '\0');
            assert_null(strpbrk(text, "{}"));
            if (language == BULLETIN_EN) {
                const char *at = text;
                for (uint32_t code = utf8_next(&at); code != 0; code = utf8_next(&at))
                    assert_true(is_plain_gsm(code));
            }
            size_t most = language == BULLETIN_EN ? GSM_ONE_PART : UCS2_ONE_PART;
            if (utf8_count_utf16(text) > most)
                fail_msg("%zu units, want %zu: %s", utf8_count_utf16(text), most, text);
        }
}

static void the_longest_area_names_are_these(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++)
            assert_true(utf8_count(area_find_bit(bit)->name[language]) <=
                        utf8_count(longest_area[language]));
}

/* The same placeholders in each language: a caller need not know which language he fills. */
static void languages_agree_on_placeholders(void **state)
{
    (void)state;
    static const char *const names[] = {"{n}", "{t}", "{c}", "{a}", "{w}", "{s}"};
    for (int phrase = 0; phrase < PHRASE_COUNT; phrase++)
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            bool first = strstr(phrases_get((enum phrase)phrase, BULLETIN_KK), names[i]) != NULL;
            for (int language = 1; language < BULLETIN_LANGUAGE_COUNT; language++) {
                const char *text =
                    phrases_get((enum phrase)phrase, (enum bulletin_language)language);
                assert_int_equal(strstr(text, names[i]) != NULL, first);
            }
        }
}

static void fill_puts_values_in(void **state)
{
    (void)state;
    const char *const values[] = {"n", "41", "t", "23:05", NULL};
    char text[40];
    assert_int_equal(phrases_fill(text, sizeof text, "№{n}, {t}{t}, {", values), ERR_OK);
    assert_string_equal(text, "№41, 23:0523:05, {");
    assert_int_equal(phrases_fill(text, sizeof text, "", values), ERR_OK);
    assert_string_equal(text, "");
    assert_int_equal(phrases_fill(text, sizeof text, "{x}", values), ERR_MISSING);
    assert_int_equal(phrases_fill(text, 3, "{n}", values), ERR_OK);
    assert_int_equal(phrases_fill(text, 2, "{n}", values), ERR_LONG);
    assert_int_equal(phrases_fill(text, 2, "ab", values), ERR_LONG);
    assert_int_equal(phrases_fill(text, 0, "", values), ERR_LONG);
}

static void events_are_complete(void **state)
{
    (void)state;
    uint8_t count = 0;
    for (unsigned event = 1; phrases_event_name((uint8_t)event) != NULL; event++, count++) {
        uint8_t parsed = 0;
        assert_int_equal(phrases_event_parse(&parsed, phrases_event_name((uint8_t)event)), ERR_OK);
        assert_int_equal(parsed, event);
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            const char *word = phrases_event_word((uint8_t)event, (enum bulletin_language)language);
            assert_non_null(word);
            assert_in_range(utf8_count(word), 2, EVENT_WORD_MAX);
            for (uint32_t code = utf8_next(&word); code != 0; code = utf8_next(&word))
                assert_int_equal(code, utf8_upper(code));
        }
    }
    assert_int_equal(count, 32);
    assert_null(phrases_event_name(0));
    assert_null(phrases_event_word(0, BULLETIN_KK));
    assert_null(phrases_event_name(255));
}

/* These numbers travel in bulletins. */
static void event_codes_are_frozen(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint8_t code;
    } frozen[] = {{"shooting", 1}, {"hospital", 5}, {"hospital open", 5}, {"boil", 7},
        {"drill", 14}, {"quake", 16}, {"wildfire", 19}, {"legal help", 28}, {"severe frost", 32}};
    for (size_t i = 0; i < sizeof frozen / sizeof frozen[0]; i++) {
        uint8_t code = 0;
        assert_int_equal(phrases_event_parse(&code, frozen[i].name), ERR_OK);
        assert_int_equal(code, frozen[i].code);
    }
    uint8_t code;
    assert_int_equal(phrases_event_parse(&code, "Shooting"), ERR_MISSING);
    assert_int_equal(phrases_event_parse(&code, ""), ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phrase_fits_one_text),
        cmocka_unit_test(the_longest_area_names_are_these),
        cmocka_unit_test(languages_agree_on_placeholders),
        cmocka_unit_test(fill_puts_values_in),
        cmocka_unit_test(events_are_complete),
        cmocka_unit_test(event_codes_are_frozen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
