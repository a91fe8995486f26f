/* complete: which of the six parts texts as editors write them have, and what an Extreme alert is refused for. */
#include "gateway/bulletin/complete.h"

#include "gateway/bulletin/templates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define KZ_75 (1u << 19)
#define NONE 0u
#define BIT(part) (1u << COMPLETE_##part)
#define WORDS (BIT(GUIDANCE) | BIT(HAZARD) | BIT(PLACE) | BIT(IMPACT))

/* A warning that lacks nothing; each test takes something away or writes another text. */
static void make(struct bulletin *b)
{
    *b = (struct bulletin){
        .lifetime_min = 360,
        .kind = BULLETIN_ALERT,
        .severity = BULLETIN_EXTREME,
        .urgency = BULLETIN_IMMEDIATE,
        .certainty = BULLETIN_OBSERVED,
        .event = 1,
        .regions = KZ_75,
        .languages = 7,
        .text = {{"Алмалы ауданында атыс", "Үйден шықпаңыз.", "Жаралылар бар."},
            {"В Алмалинском районе стрельба", "Не выходите.", "Есть раненые."},
            {"Gunfire in Almaly district", "Stay indoors.", "People are hurt."}},
    };
}

static void set(char *field, const char *text)
{
    (void)snprintf(field, BULLETIN_HEADLINE_MAX, "%s", text);
}

static void test_whole(void **state)
{
    (void)state;
    struct bulletin b;
    make(&b);
    assert_int_equal(complete_find_missing(&b), NONE);
    assert_int_equal(complete_check(&b, NULL), ERR_OK);
}

static void test_empty(void **state)
{
    (void)state;
    struct bulletin b = {0};
    assert_int_equal(complete_find_missing(&b), (1u << COMPLETE_PART_COUNT) - 1);
    make(&b);
    b.languages = 0;
    b.event = 0;
    assert_int_equal(complete_find_missing(&b), WORDS);
}

/* Each language must have it: one that lacks it is enough. */
static void test_each_language(void **state)
{
    (void)state;
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        struct bulletin b;
        make(&b);
        set(b.text[language].instruction, " ... ");
        assert_int_equal(complete_find_missing(&b), BIT(GUIDANCE));
        make(&b);
        set(b.text[language].description, "");
        assert_int_equal(complete_find_missing(&b), BIT(IMPACT));
        b.languages &= (uint8_t) ~(1u << language);
        assert_int_equal(complete_find_missing(&b), NONE);
    }
}

static void test_codes(void **state)
{
    (void)state;
    struct bulletin b;
    make(&b);
    b.certainty = BULLETIN_CERTAINTY_UNKNOWN;
    assert_int_equal(complete_find_missing(&b), BIT(SOURCE));
    make(&b);
    b.regions = 0;
    assert_int_equal(complete_find_missing(&b), BIT(PLACE));
    make(&b);
    b.urgency = BULLETIN_URGENCY_UNKNOWN;
    assert_int_equal(complete_find_missing(&b), BIT(TIME));
    make(&b);
    b.lifetime_min = 0;
    assert_int_equal(complete_find_missing(&b), BIT(TIME));
}

/* A headline alone in one language: does it name place, hazard? */
static const struct {
    const char *headline;
    enum bulletin_language language;
    unsigned missing; /* of PLACE and HAZARD */
} headlines[] = {
    {"Қызылағашта су тасқыны", BULLETIN_KK, NONE},
    {"Алматыда атыс болып жатыр", BULLETIN_KK, NONE},
    {"Сел қаупі: Медеу ауданы", BULLETIN_KK, NONE},
    {"Абай көшесінде атыс болып жатыр", BULLETIN_KK, NONE},
    {"Су тасқыны болып жатыр", BULLETIN_KK, BIT(PLACE)},
    {"Үйден шықпаңыз", BULLETIN_KK, BIT(PLACE) | BIT(HAZARD)},
    {"СТРЕЛЬБА: площадь Республики", BULLETIN_RU, NONE},
    {"Эвакуация нижней части Петропавловска", BULLETIN_RU, NONE},
    {"Астане грозит паводок", BULLETIN_RU, NONE},
    {"Медеуский район: сель", BULLETIN_RU, NONE},
    {"Началась стрельба", BULLETIN_RU, BIT(PLACE)},
    {"Опасность! Стрельба на улицах", BULLETIN_RU, BIT(PLACE)},
    {"Не выходите на улицу Абая", BULLETIN_RU, BIT(HAZARD)},
    {"FLOOD: microdistrict 3", BULLETIN_EN, NONE},
    {"Gas leak in Maikuduk", BULLETIN_EN, NONE},
    {"Strong wind is coming. Stay in", BULLETIN_EN, BIT(PLACE)},
    {"SHOOTING DOWNTOWN", BULLETIN_EN, BIT(PLACE)},
    {"Stay calm", BULLETIN_EN, BIT(PLACE) | BIT(HAZARD)},
};

static void test_headlines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof headlines / sizeof headlines[0]; i++) {
        struct bulletin b;
        make(&b);
        b.event = 0;
        b.languages = (uint8_t)(1u << headlines[i].language);
        struct bulletin_text *text = &b.text[headlines[i].language];
        set(text->headline, headlines[i].headline);
        unsigned missing = complete_find_missing(&b);
        if (missing != headlines[i].missing)
            print_error("%s: %x\n", headlines[i].headline, missing);
        assert_int_equal(missing, headlines[i].missing);
    }
}

/* The whole country may be named as such; elsewhere "the country" is no place. */
static void test_country(void **state)
{
    (void)state;
    struct bulletin b;
    make(&b);
    b.languages = 1u << BULLETIN_RU;
    set(b.text[BULLETIN_RU].headline, "Интернет отключён по всей стране");
    assert_int_equal(complete_find_missing(&b), BIT(PLACE));
    b.regions = BULLETIN_COUNTRY;
    assert_int_equal(complete_find_missing(&b), NONE);
}

/* What is yet to come must say when; what happens now has the time of its sending. */
static void test_time(void **state)
{
    (void)state;
    static const char *const when[BULLETIN_LANGUAGE_COUNT] = {
        "Сел бір сағат ішінде жетеді.", "Сель дойдёт к 18:30.", "It may arrive tonight."};
    struct bulletin b;
    make(&b);
    b.urgency = BULLETIN_EXPECTED;
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        assert_int_equal(complete_find_missing(&b), BIT(TIME));
        set(b.text[language].description, when[language]);
    }
    assert_int_equal(complete_find_missing(&b), NONE);
    set(b.text[BULLETIN_RU].description, "Счёт: 2:5, в: 1, 18:, :30");
    assert_int_equal(complete_find_missing(&b), BIT(TIME));
}

/* Only an alert or update of severity Extreme is refused, and told why. */
static void test_refusal(void **state)
{
    (void)state;
    struct bulletin b;
    for (int kind = 0; kind < BULLETIN_KIND_COUNT; kind++) {
        const char *why = NULL;
        make(&b);
        b.kind = (enum bulletin_kind)kind;
        set(b.text[BULLETIN_KK].instruction, "");
        bool refused = kind == BULLETIN_ALERT || kind == BULLETIN_UPDATE;
        assert_int_equal(complete_check(&b, &why), refused ? ERR_MISSING : ERR_OK);
        assert_int_equal(why != NULL, refused);
        if (why != NULL)
            assert_non_null(strstr(why, "instruction"));
        b.severity = BULLETIN_SEVERE;
        assert_int_equal(complete_check(&b, &why), ERR_OK);
    }
}

/* Every template of severity Extreme can be sent as it is, once its slots are filled and regions chosen. */
static void test_templates(void **state)
{
    (void)state;
    static const char *const slots[] = {"place", "until", "point", "time"};
    static const char *const values[] = {"Тастақ", "23:00", "№15 мектеп", "18:30"};
    unsigned extreme = 0;
    for (size_t i = 0; templates_get(i) != NULL; i++) {
        const struct template *template = templates_get(i);
        if (template->codes.severity != BULLETIN_EXTREME)
            continue;
        struct templates_value chosen[sizeof slots / sizeof slots[0]];
        size_t count = 0;
        for (size_t slot = 0; slot < sizeof slots / sizeof slots[0]; slot++)
            if (strstr(template->slots, slots[slot]) != NULL)
                chosen[count++] =
                    (struct templates_value){slots[slot], values[slot], BULLETIN_KK, true};
        struct bulletin b;
        char filling[TEMPLATES_WHY_SIZE];
        const char *why = NULL;
        assert_int_equal(templates_fill(&b, filling, template, chosen, count), ERR_OK);
        b.regions = KZ_75;
        if (complete_check(&b, &why) != ERR_OK)
            fail_msg("%s: %s", template->name, why);
        extreme++;
    }
    assert_true(extreme >= 2);
}

static void test_names(void **state)
{
    (void)state;
    for (unsigned part = 0; part < COMPLETE_PART_COUNT; part++)
        assert_string_not_equal(complete_print_part((enum complete_part)part), "?");
    assert_string_equal(complete_print_part(COMPLETE_IMPACT), "impact");
    assert_string_equal(complete_print_part(COMPLETE_PART_COUNT), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_each_language),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_headlines),
        cmocka_unit_test(test_country),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_refusal),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
