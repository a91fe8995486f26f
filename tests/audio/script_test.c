#include "audio/script.h"
#include "gateway/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SENT_S 1763985000LL /* 2025-11-24T11:50:00Z, 16:50 in Kazakhstan */

static void fill(struct bulletin *bulletin, enum bulletin_kind kind)
{
    *bulletin = (struct bulletin){.number = 41,
        .sent_s = SENT_S,
        .lifetime_min = 360,
        .kind = kind,
        .languages = 1u << BULLETIN_KK | 1u << BULLETIN_RU | 1u << BULLETIN_EN,
        .follows = kind == BULLETIN_ALERT || kind == BULLETIN_DRILL ? 0 : 40,
        .text = {{"Құлсарыда су тасқыны", "Жоғары жерге шығыңыз. Құтқару: 112.", "Өзен асты"},
            {"Паводок в Кульсары", "Поднимайтесь на возвышенность!", "Вода у 3-го микрорайона"},
            {"Flood in Kulsary", "Move to high ground", "The dam is over"}}};
}

static const char *write_script(
    const struct bulletin *bulletin, enum bulletin_language language, bool brief)
{
    static char words[NORMAL_TEXT_MAX];
    const struct script script = {.bulletin = bulletin,
        .code = "7Q2K",
        .sender = "AZAT",
        .language = language,
        .brief = brief};

    assert_int_equal(script_write(words, sizeof(words), &script), ERR_OK);
    assert_int_equal(utf8_check(words, strlen(words)), ERR_OK);
    assert_null(strpbrk(words, "0123456789"));
    assert_null(strstr(words, "№"));
    return words;
}

/* The pieces stand in the text, in this order. */
static void assert_order(const char *words, const char *const *pieces)
{
    const char *at = words;

    for (; *pieces; pieces++) {
        const char *found = strstr(at, *pieces);

        if (!found)
            fail_msg("'%s' is not in its place in: %s", *pieces, words);
        at = found + strlen(*pieces);
    }
}

static void alert_says_who_what_until_and_code(void **state)
{
    struct bulletin bulletin;

    (void)state;
    fill(&bulletin, BULLETIN_ALERT);
    assert_order(write_script(&bulletin, BULLETIN_KK, false),
        (const char *const[]){"азат", "қырық бір", "он алты елу", "Құлсарыда сұу тасқыны",
            "Жоғары жерге шығыңыз", "бір бір екі.", "Өзен асты.", "жиырма екі елуге дейін",
            "жеті, кю, квебек, екі, ка, кило", NULL});
    assert_order(write_script(&bulletin, BULLETIN_RU, false),
        (const char *const[]){"азат", "сорок один", "шестнадцать пятьдесят", "Паводок в Кульсары.",
            "возвышенность!", "Вода у третьего микрорайона.", "до двадцати двух пятидесяти.",
            "семь, ку, квебек, два, ка, кило", NULL});
    assert_order(write_script(&bulletin, BULLETIN_EN, false),
        (const char *const[]){"Azat", "forty one", "sixteen fifty", "Flood in Kulsary.",
            "Move to high ground.", "The dam is over.", "twenty two fifty.",
            "seven, Q, Quebec, two, K, Kilo", NULL});
}

static void brief_leaves_the_description_out(void **state)
{
    struct bulletin bulletin;
    const char *words;

    (void)state;
    fill(&bulletin, BULLETIN_ALERT);
    words = write_script(&bulletin, BULLETIN_EN, true);
    assert_null(strstr(words, "dam"));
    assert_order(words, (const char *const[]){"Flood in Kulsary.", "Move to high ground.",
                            "twenty two fifty.", "Quebec", NULL});
}

/* Nobody can take a drill for the real thing, wherever they tune in; a retraction says what it retracts. */
static void kinds_are_told_apart(void **state)
{
    struct bulletin bulletin;
    const char *words;

    (void)state;
    fill(&bulletin, BULLETIN_DRILL);
    words = write_script(&bulletin, BULLETIN_EN, true);
    assert_order(words,
        (const char *const[]){"DRILL", "only a drill.", "Flood", "Kilo", "only a drill.", NULL});
    fill(&bulletin, BULLETIN_RETRACT);
    words = write_script(&bulletin, BULLETIN_RU, true);
    assert_order(words, (const char *const[]){"сорок один", "ОШИБКА", "сорок неверно", NULL});
    fill(&bulletin, BULLETIN_ALL_CLEAR);
    words = write_script(&bulletin, BULLETIN_KK, true);
    assert_order(words, (const char *const[]){"ҚАУІП СЕЙІЛДІ", "Құлсарыда", NULL});
    fill(&bulletin, BULLETIN_ALERT);
    assert_null(strstr(write_script(&bulletin, BULLETIN_EN, true), "drill"));
}

/* A bulletin that lasts beyond midnight names the day. */
static void another_day_is_named(void **state)
{
    struct bulletin bulletin;

    (void)state;
    fill(&bulletin, BULLETIN_ALERT);
    bulletin.lifetime_min = BULLETIN_LIFETIME_MAX_MIN;
    assert_order(write_script(&bulletin, BULLETIN_KK, true),
        (const char *const[]){"жиырма бесінші қараша он алты елуге дейін", NULL});
    assert_order(write_script(&bulletin, BULLETIN_RU, true),
        (const char *const[]){"до шестнадцати пятидесяти двадцать пятого ноября", NULL});
    assert_order(write_script(&bulletin, BULLETIN_EN, true),
        (const char *const[]){"sixteen fifty on the twenty fifth of November", NULL});
}

static void what_cannot_be_said_is_refused(void **state)
{
    struct bulletin bulletin;
    char words[NORMAL_TEXT_MAX];
    struct script script = {
        .bulletin = &bulletin, .code = "7Q2K", .sender = "AZAT", .language = BULLETIN_EN};

    (void)state;
    fill(&bulletin, BULLETIN_ALERT);
    assert_int_equal(script_write(words, 40, &script), ERR_LONG);
    script.code = "7q";
    assert_int_equal(script_write(words, sizeof(words), &script), ERR_TEXT);
    bulletin.languages = 1u << BULLETIN_KK;
    assert_int_equal(script_write(words, sizeof(words), &script), ERR_MISSING);
}

/* The longest texts of what is longest when spoken: still whole, the check code at their end. */
static void longest_bulletin_is_whole(void **state)
{
    static const char longest[] = {'%', '4', '&'};
    struct bulletin bulletin;
    struct bulletin_text *text = &bulletin.text[BULLETIN_RU];

    (void)state;
    for (size_t i = 0; i < sizeof(longest); i++) {
        fill(&bulletin, BULLETIN_ALERT);
        memset(text->headline, longest[i], BULLETIN_HEADLINE_MAX);
        memset(text->instruction, longest[i], BULLETIN_INSTRUCTION_MAX);
        memset(text->description, longest[i], BULLETIN_DESCRIPTION_MAX);
        assert_order(write_script(&bulletin, BULLETIN_RU, false),
            (const char *const[]){"сорок один", "кило", NULL});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alert_says_who_what_until_and_code),
        cmocka_unit_test(brief_leaves_the_description_out),
        cmocka_unit_test(kinds_are_told_apart),
        cmocka_unit_test(another_day_is_named),
        cmocka_unit_test(what_cannot_be_said_is_refused),
        cmocka_unit_test(longest_bulletin_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
