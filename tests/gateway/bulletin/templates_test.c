#include "gateway/bulletin/templates.h"

#include "gateway/bulletin/phrases.h"
#include "modems/compose.h"
#include "modems/translit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEMPLATE_COUNT 16
#define SLOTS_MAX 8
#define NOW_S 1767636300LL
#define KZ_75 (1u << 18)

static const char *const names[TEMPLATE_COUNT] = {
    "shooting",
    "curfew",
    "avoid",
    "evacuate",
    "hospital",
    "water",
    "boil",
    "shutdown",
    "false",
    "unconfirmed",
    "allclear",
    "retract",
    "drill",
    "flood",
    "quake",
    "storm",
};

/* A value for each slot that there is, as editors write them. */
static const struct templates_value values[] = {
    {"place", "Алматы, Төле би көшесі", BULLETIN_KK, false},
    {"place", "Алматы, улица Толе би", BULLETIN_RU, false},
    {"place", "Almaty, Tole Bi street", BULLETIN_EN, false},
    {"until", "23:00", BULLETIN_KK, true},
    {"from", "22:00", BULLETIN_KK, true},
    {"to", "06:00", BULLETIN_KK, true},
    {"route", "Абай 10", BULLETIN_KK, true},
    {"point", "№15 мектеп", BULLETIN_KK, true},
    {"time", "18:30", BULLETIN_KK, true},
    {"name", "№7", BULLETIN_KK, true},
    {"freq", "7177 kHz", BULLETIN_KK, true},
    {"claim", "Банктер жабылды", BULLETIN_KK, false},
    {"claim", "Банки закрыты", BULLETIN_RU, false},
    {"claim", "The banks are closed", BULLETIN_EN, false},
    {"note", "Жол ашық.", BULLETIN_KK, true},
    {"n", "41", BULLETIN_KK, true},
    {"mag", "6", BULLETIN_KK, true},
    {"road", "А-1", BULLETIN_KK, true},
};

static bool has_word(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

/* Those of values that a template takes. */
static size_t choose(struct templates_value *chosen, const struct template *template)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (has_word(template->slots, values[i].slot))
            chosen[count++] = values[i];
    return count;
}

static void fill(struct bulletin *bulletin, const struct template *template)
{
    struct templates_value chosen[sizeof values / sizeof *values];
    char why[TEMPLATES_WHY_SIZE];
    size_t count = choose(chosen, template);
    enum err err = templates_fill(bulletin, why, template, chosen, count);
    if (err != ERR_OK)
        print_error("%s: %s\n", template->name, why);
    assert_int_equal(err, ERR_OK);
}

static void test_all_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        assert_string_equal(templates_get(i)->name, names[i]);
        assert_ptr_equal(templates_find(names[i]), templates_get(i));
    }
    assert_null(templates_get(TEMPLATE_COUNT));
    assert_null(templates_find("tsunami"));
    assert_null(templates_find(""));
}

/* Filled, each is a draft that the gateway takes, without a brace left. */
static void test_each_makes_a_draft(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        struct bulletin bulletin;
        const char *why = NULL;
        fill(&bulletin, templates_get(i));
        bulletin.regions = KZ_75;
        assert_int_equal(bulletin_check_draft(&bulletin, &why), ERR_OK);
        assert_int_equal(bulletin.languages, 7);
        assert_int_not_equal(bulletin.event, 0);
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            const struct bulletin_text *text = &bulletin.text[language];
            assert_null(strpbrk(text->headline, "{}"));
            assert_null(strpbrk(text->instruction, "{}"));
            assert_null(strpbrk(text->description, "{}"));
            assert_null(strstr(text->instruction, ".."));
        }
    }
}

/* Slots that a language's texts name, counted: those that are listed, each at least once, but n. */
static void check_slots(const struct template *template, int language)
{
    char all[1024], slots[256];
    unsigned listed = 0, used = 0;
    (void)snprintf(all, sizeof all, "%s%s%s", template->text[language].headline,
        template->text[language].instruction, template->text[language].description);
    for (char *open = strchr(all, '{'); open != NULL; open = strchr(open + 1, '{')) {
        char *close = strchr(open, '}');
        assert_non_null(close);
        *close = '\0';
        assert_true(has_word(template->slots, open + 1));
        *close = '}';
    }
    (void)snprintf(slots, sizeof slots, "%s", template->slots);
    char *rest = NULL;
    for (char *slot = strtok_r(slots, " ", &rest); slot != NULL;
         slot = strtok_r(NULL, " ", &rest)) {
        char braced[32];
        (void)snprintf(braced, sizeof braced, "{%s}", slot);
        listed++;
        used += strstr(all, braced) != NULL || strcmp(slot, "n") == 0;
    }
    assert_int_equal(used, listed);
    assert_true(listed <= SLOTS_MAX);
}

static void test_languages_have_the_same_slots(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++)
            check_slots(templates_get(i), language);
}

static void test_codes(void **state)
{
    struct bulletin bulletin;
    (void)state;
    fill(&bulletin, templates_find("quake"));
    assert_int_equal(bulletin.kind, BULLETIN_ALERT);
    assert_int_equal(bulletin.category, BULLETIN_GEO);
    assert_int_equal(bulletin.severity, BULLETIN_SEVERE);
    assert_int_equal(bulletin.urgency, BULLETIN_IMMEDIATE);
    assert_int_equal(bulletin.certainty, BULLETIN_OBSERVED);
    assert_int_equal(bulletin.response, BULLETIN_EVACUATE);
    assert_string_equal(phrases_event_name(bulletin.event), "earthquake");
    assert_int_equal(bulletin.lifetime_min, BULLETIN_LIFETIME_DEFAULT_MIN);
    assert_string_equal(
        bulletin.text[BULLETIN_EN].headline, "EARTHQUAKE: Almaty, Tole Bi street, intensity 6");
    fill(&bulletin, templates_find("retract"));
    assert_int_equal(bulletin.kind, BULLETIN_RETRACT);
    assert_int_equal(bulletin.follows, 41);
    fill(&bulletin, templates_find("allclear"));
    assert_int_equal(bulletin.kind, BULLETIN_ALL_CLEAR);
    assert_int_equal(bulletin.follows, 41);
    fill(&bulletin, templates_find("drill"));
    assert_int_equal(bulletin.kind, BULLETIN_DRILL);
    assert_int_equal(bulletin.severity, BULLETIN_MINOR);
}

/* In Latin letters each is a text of the GSM alphabet and two parts at most; English one. */
static void test_cheap_in_latin(void **state)
{
    static struct bulletin bulletin;
    static struct compose out;
    (void)state;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        fill(&bulletin, templates_get(i));
        bulletin.number = bulletin.kind == BULLETIN_RETRACT ? 41 : 42;
        bulletin.sent_s = NOW_S;
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            const struct compose_request request = {&bulletin, (enum bulletin_language)language,
                true, COMPOSE_PARTS_DEFAULT, "AZATTYQ", "7Q2K", NULL};
            assert_int_equal(compose_text(&out, &request), ERR_OK);
            assert_int_equal(out.size.misfit, 0);
            assert_int_equal(out.left_sentences, 0);
            assert_false(out.over);
        }
    }
}

static void test_own_value_before_all(void **state)
{
    static const struct templates_value both[] = {
        {"place", "Актау", BULLETIN_KK, true},
        {"place", "Aktau", BULLETIN_EN, false},
    };
    struct bulletin bulletin;
    char why[TEMPLATES_WHY_SIZE];
    (void)state;
    assert_int_equal(templates_fill(&bulletin, why, templates_find("flood"), both, 2), ERR_OK);
    assert_string_equal(bulletin.text[BULLETIN_KK].headline, "СУ ТАСҚЫНЫ: Актау");
    assert_string_equal(bulletin.text[BULLETIN_RU].headline, "ПАВОДОК: Актау");
    assert_string_equal(bulletin.text[BULLETIN_EN].headline, "FLOOD: Aktau");
}

static void test_trimmed(void **state)
{
    static const struct {
        const char *value;
        const char *want;
    } rows[] = {
        {"  Road open.  ", "Road open."},
        {"Road open", "Road open."},
        {"Wait...", "Wait...."},
        {"a", "a."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bulletin bulletin;
        char why[TEMPLATES_WHY_SIZE];
        const struct templates_value given[] = {
            {"place", "Aktau", BULLETIN_KK, true},
            {"note", rows[i].value, BULLETIN_KK, true},
            {"n", "7", BULLETIN_KK, true},
        };
        assert_int_equal(
            templates_fill(&bulletin, why, templates_find("allclear"), given, 3), ERR_OK);
        assert_string_equal(bulletin.text[BULLETIN_EN].instruction, rows[i].want);
    }
}

static void test_refused(void **state)
{
    static char giant[TEMPLATES_VALUE_MAX + 2];
    memset(giant, 'x', sizeof giant - 1);
    const struct {
        const char *template;
        struct templates_value values[2];
        size_t count;
        enum err err;
        const char *why;
    } rows[] = {
        {"flood", {{"place", "x", BULLETIN_KK, false}}, 1, ERR_MISSING,
            "slot 'place' has no value in ru"},
        {"flood", {{"place", " ", BULLETIN_KK, true}}, 1, ERR_MISSING,
            "slot 'place' has no value in kk"},
        {"flood", {{"place", "x", BULLETIN_KK, true}, {"road", "x", BULLETIN_KK, true}}, 2,
            ERR_VALUE, "there is no slot 'road'; its slots: place"},
        {"drill", {{"place", "x", BULLETIN_KK, true}}, 1, ERR_VALUE,
            "there is no slot 'place'; its slots: none"},
        {"flood", {{"plac", "x", BULLETIN_KK, true}}, 1, ERR_VALUE,
            "there is no slot 'plac'; its slots: place"},
        {"flood", {{"place", "x", BULLETIN_KK, true}, {"place", "y", BULLETIN_RU, true}}, 2,
            ERR_EXISTS, "slot 'place' is given twice"},
        {"flood", {{"place", "a\nb", BULLETIN_KK, true}}, 1, ERR_TEXT, NULL},
        {"flood", {{"place", "\xff", BULLETIN_KK, true}}, 1, ERR_TEXT, NULL},
        {"flood", {{"place", giant, BULLETIN_KK, true}}, 1, ERR_LONG, NULL},
        {"retract", {{"n", "4x", BULLETIN_KK, true}}, 1, ERR_VALUE, NULL},
        {"retract", {{"n", "0", BULLETIN_KK, true}}, 1, ERR_VALUE, NULL},
        {"retract", {{"n", "-1", BULLETIN_KK, true}}, 1, ERR_VALUE, NULL},
        {"retract", {{"n", "16777216", BULLETIN_KK, true}}, 1, ERR_VALUE, NULL},
        {"retract", {{"n", "", BULLETIN_KK, true}}, 1, ERR_MISSING, NULL},
        {"hospital",
            {{"name", giant + 1, BULLETIN_KK, true}, {"place", giant + 1, BULLETIN_KK, true}}, 2,
            ERR_LONG, "headline in kk: too long"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bulletin bulletin;
        char why[TEMPLATES_WHY_SIZE];
        assert_int_equal(templates_fill(&bulletin, why, templates_find(rows[i].template),
                             rows[i].values, rows[i].count),
            rows[i].err);
        assert_int_not_equal(why[0], '\0');
        if (rows[i].why != NULL)
            assert_string_equal(why, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_there),
        cmocka_unit_test(test_each_makes_a_draft),
        cmocka_unit_test(test_languages_have_the_same_slots),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_cheap_in_latin),
        cmocka_unit_test(test_own_value_before_all),
        cmocka_unit_test(test_trimmed),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
