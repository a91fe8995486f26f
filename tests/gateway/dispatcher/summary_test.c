#include "gateway/bulletin/phrases.h"
#include "gateway/dispatcher/summary.h"
#include "modems/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SENT_S 1767250800 /* 2026-01-01 12:00 in Kazakhstan */
#define TEXT_SIZE 2048

static void fill(struct bulletin *bulletin, uint32_t number, const char *headline)
{
    *bulletin = (struct bulletin){.number = number,
        .sent_s = SENT_S,
        .lifetime_min = 60,
        .severity = BULLETIN_MODERATE,
        .regions = BULLETIN_COUNTRY,
        .languages = 1 << BULLETIN_RU};
    snprintf(bulletin->text[BULLETIN_RU].headline, BULLETIN_HEADLINE_MAX + 1, "%s", headline);
    assert_int_equal(phrases_event_parse(&bulletin->event, "flood"), ERR_OK);
}

static const struct summary_reader plain = {BULLETIN_RU, false, "AZAT", "", 2};

static void names_the_most_urgent_first(void **state)
{
    (void)state;
    struct bulletin bulletins[3];
    struct summary summary = {0};
    char text[TEXT_SIZE];
    fill(&bulletins[0], 41, "Актау: паводок!");
    fill(&bulletins[1], 42, "Мост закрыт.");
    fill(&bulletins[2], 43, "Нет света");
    bulletins[1].severity = BULLETIN_SEVERE;
    bulletins[2].lifetime_min = 780; /* into the next day */
    for (unsigned i = 0; i < 3; i++)
        assert_true(summary_add(&summary, &bulletins[i]));
    assert_int_equal(summary_print(text, sizeof text, &summary, &plain), ERR_OK);
    assert_string_equal(text, "AZAT Действуют: №42 Мост закрыт до 13:00; №43 Нет света до 02.01 "
                              "01:00; №41 Актау: паводок до 13:00. Полностью: пришлите номер.");
}

static void in_latin_letters_with_the_readers_word(void **state)
{
    (void)state;
    struct bulletin bulletin;
    struct summary summary = {0};
    struct segment_size size;
    char text[TEXT_SIZE];
    const struct summary_reader reader = {BULLETIN_RU, true, "", "Дыня", 2};
    fill(&bulletin, 41, "Актау: паводок");
    assert_true(summary_add(&summary, &bulletin));
    assert_int_equal(summary_print(text, sizeof text, &summary, &reader), ERR_OK);
    segment_measure(&size, text);
    assert_int_equal(size.coding, MESSAGE_GSM7);
    assert_non_null(strstr(text, "No 41 Aktau: pavodok do 13:00"));
    assert_non_null(strstr(text, "(Dynya)"));
}

/* A headline in a language that the reader did not choose is better than none. */
static void in_a_language_that_it_has(void **state)
{
    (void)state;
    struct bulletin bulletin;
    struct summary summary = {0};
    char text[TEXT_SIZE];
    const struct summary_reader reader = {BULLETIN_EN, false, "AZAT", "", 2};
    fill(&bulletin, 41, "Паводок");
    assert_true(summary_add(&summary, &bulletin));
    assert_int_equal(summary_print(text, sizeof text, &summary, &reader), ERR_OK);
    assert_string_equal(
        text, "AZAT In force: No 41 Pavodok until 13:00. For the full text send its number.");
}

/* Nobody takes a drill for what it plays, or an end for a beginning. */
static void what_is_no_alarm_says_so(void **state)
{
    (void)state;
    struct bulletin bulletins[3];
    struct summary summary = {0};
    char text[TEXT_SIZE];
    fill(&bulletins[0], 41, "Паводок");
    bulletins[0].kind = BULLETIN_DRILL;
    fill(&bulletins[1], 42, "Паводок");
    bulletins[1].kind = BULLETIN_ALL_CLEAR;
    fill(&bulletins[2], 43, "Паводок");
    bulletins[2].kind = BULLETIN_UPDATE;
    for (unsigned i = 0; i < 3; i++)
        assert_true(summary_add(&summary, &bulletins[i]));
    assert_int_equal(summary_print(text, sizeof text, &summary, &plain), ERR_OK);
    assert_string_equal(text,
        "AZAT Действуют: №42 ОПАСНОСТЬ МИНОВАЛА: ПАВОДОК; №43 ОБНОВЛЕНИЕ: ПАВОДОК до 13:00; №41 "
        "УЧЕБНАЯ ТРЕВОГА до 13:00. Полностью: пришлите номер.");
}

static void long_headlines_become_the_events_words(void **state)
{
    (void)state;
    struct bulletin bulletins[SUMMARY_ITEMS_MAX + 1];
    struct summary summary = {0};
    struct segment_size size;
    char text[TEXT_SIZE];
    for (unsigned i = 0; i <= SUMMARY_ITEMS_MAX; i++) {
        fill(&bulletins[i], 41 + i, "В посёлке у реки поднимается вода, к мосту не подойти");
        assert_int_equal(summary_add(&summary, &bulletins[i]), i < SUMMARY_ITEMS_MAX);
    }
    summary.count = 8;
    assert_int_equal(summary_print(text, sizeof text, &summary, &plain), ERR_OK);
    segment_measure(&size, text);
    assert_true(size.parts > plain.parts && size.parts <= SUMMARY_PARTS_MAX);
    assert_non_null(strstr(text, "№52 ПАВОДОК до 13:00; №51 "));
    assert_null(strstr(text, "посёлке"));
    for (unsigned i = 0; i < SUMMARY_ITEMS_MAX; i++)
        bulletins[i].event = 0;
    assert_int_equal(summary_print(text, sizeof text, &summary, &plain), ERR_LONG);
    summary.count = 1;
    assert_int_equal(summary_print(text, sizeof text, &summary, &plain), ERR_OK);
    assert_int_equal(summary_print(text, 20, &summary, &plain), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_most_urgent_first),
        cmocka_unit_test(in_latin_letters_with_the_readers_word),
        cmocka_unit_test(in_a_language_that_it_has),
        cmocka_unit_test(what_is_no_alarm_says_so),
        cmocka_unit_test(long_headlines_become_the_events_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
