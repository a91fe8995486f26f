#include "modems/compose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SENT_S 1767636300LL /* 2026-01-05, 23:05 in Kazakhstan */

/* A real-looking alert in three languages, 23:05 to 05:05 of the next day. */
static void make(struct bulletin *bulletin, enum bulletin_kind kind)
{
    *bulletin = (struct bulletin){
        .number = 41,
        .sent_s = SENT_S,
        .lifetime_min = 360,
        .kind = kind,
        .languages = 7,
        .regions = BULLETIN_COUNTRY,
        .follows = kind == BULLETIN_ALERT || kind == BULLETIN_DRILL ? 0 : 40,
        .text =
            {
                [BULLETIN_KK] = {"Көпір жабық: Орал", "Бармаңыз. Айналма жол: Абай көшесі.",
                    "Көпір зақымданды. Таңертең тексереміз."},
                [BULLETIN_RU] = {"Мост закрыт: Уральск", "Не ходите туда. Объезд: ул. Абая.",
                    "Мост повреждён. Проверим утром."},
                [BULLETIN_EN] = {"Bridge closed: Oral", "Keep away. Way around: Abai street.",
                    "The bridge is damaged. We check at dawn."},
            },
    };
}

static void compose(struct compose *out, const struct bulletin *bulletin,
    enum bulletin_language language, bool latin, unsigned parts)
{
    const struct compose_request request = {bulletin, language, latin, parts, "АРНА", "7Q2K", NULL};
    assert_int_equal(compose_text(out, &request), ERR_OK);
    struct segment segment;
    assert_int_equal(segment_split(&segment, out->text, SEGMENT_REFERENCE_8, 1), ERR_OK);
    assert_int_equal(segment.count, out->size.parts);
    assert_int_equal(segment.coding, out->size.coding);
}

static void test_whole(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    compose(&out, &bulletin, BULLETIN_RU, false, COMPOSE_PARTS_ALL);
    assert_string_equal(out.text,
        "АРНА №41 23:05 Мост закрыт: Уральск. Не ходите туда. Объезд: ул. Абая. Мост повреждён. "
        "Проверим утром. До 06.01 05:05. (7Q2K)");
    assert_int_equal(out.left_sentences, 0);
    assert_int_equal(out.left_bytes, 0);
    assert_false(out.more);
    assert_false(out.over);
    compose(&out, &bulletin, BULLETIN_KK, true, COMPOSE_PARTS_ALL);
    assert_string_equal(out.text, "ARNA No 41 23:05 Köpir jabyq: Oral. Barmañyz. Ainalma jol: Abai "
                                  "köshesi. Köpir zaqymdandy. "
                                  "Tañerteñ tekseremiz. 06.01 05:05 deiin. (7Q2K)");
    assert_int_equal(out.size.coding, MESSAGE_GSM7);
    assert_int_equal(out.size.parts, 1);
    compose(&out, &bulletin, BULLETIN_EN, false, COMPOSE_PARTS_ALL);
    assert_string_equal(out.text,
        "ARNA No 41 23:05 Bridge closed: Oral. Keep away. Way around: Abai street. The bridge is "
        "damaged. We check at dawn. Until 06.01 05:05. (7Q2K)");
    assert_int_equal(out.size.parts, 1);
}

static void test_budget(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    compose(&out, &bulletin, BULLETIN_RU, false, 1);
    assert_string_equal(out.text, "АРНА №41 23:05 Мост закрыт: Уральск. До 06.01 05:05. (7Q2K)");
    assert_int_equal(out.left_sentences, 4);
    assert_int_equal(out.instruction_bytes, 0);
    assert_false(out.more); /* no room for it */
    assert_false(out.over);
    compose(&out, &bulletin, BULLETIN_RU, false, 2);
    assert_string_equal(out.text,
        "АРНА №41 23:05 Мост закрыт: Уральск. Не ходите туда. Объезд: ул. Абая. Мост повреждён. "
        "Проверим утром. До 06.01 05:05. (7Q2K)");
    strcat(bulletin.text[BULLETIN_RU].description, " Ещё одно предложение.");
    compose(&out, &bulletin, BULLETIN_RU, false, 0); /* the default is 2 */
    assert_int_equal(out.left_sentences, 1);
    assert_int_equal(out.left_bytes, strlen("Ещё одно предложение."));
    assert_int_equal(out.description_bytes, strlen("Мост повреждён. Проверим утром. "));
}

static void test_more(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    snprintf(bulletin.text[BULLETIN_EN].instruction, sizeof bulletin.text[BULLETIN_EN].instruction,
        "Keep away. %0120d.", 0);
    compose(&out, &bulletin, BULLETIN_EN, false, 1);
    assert_string_equal(out.text, "ARNA No 41 23:05 Bridge closed: Oral. Keep away. Until 06.01 "
                                  "05:05. (7Q2K) Full text: reply 41.");
    assert_true(out.more);
    assert_int_equal(out.left_sentences, 3);
    assert_int_equal(out.instruction_bytes, strlen("Keep away. "));
    assert_int_equal(out.description_bytes, 0); /* what follows a gap is not said */
}

static void test_too_long_headline(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    memset(bulletin.text[BULLETIN_EN].headline, 'x', 200);
    compose(&out, &bulletin, BULLETIN_EN, false, 1);
    assert_true(out.over);
    assert_int_equal(out.size.parts, 2);
    assert_non_null(strstr(out.text, "(7Q2K)"));
}

static void test_drill(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_DRILL);
    compose(&out, &bulletin, BULLETIN_KK, false, 2);
    assert_string_equal(out.text, "ЖАТТЫҒУ/УЧЕБНАЯ ТРЕВОГА/DRILL АРНА №41 23:05 Көпір жабық: Орал. "
                                  "Бармаңыз. 06.01 05:05 дейін. "
                                  "(7Q2K) ЖАТТЫҒУ/УЧЕБНАЯ/DRILL");
    compose(&out, &bulletin, BULLETIN_EN, false, 1);
    assert_string_equal(out.text, "DRILL/UCHEBNAYA TREVOGA/JATTYGHU ARNA No 41 23:05 Bridge "
                                  "closed: Oral. Keep away. Way around: Abai street. "
                                  "Until 06.01 05:05. (7Q2K) DRILL/UCHEBNAYA/JATTYGHU");
    assert_int_equal(out.size.coding, MESSAGE_GSM7);
}

/* Editors forget the full stop at the end of a field. */
static void test_stops(void **state)
{
    static const struct {
        struct bulletin_text text;
        const char *want;
    } rows[] = {
        {{"Head", "Stay in", "Gunfire near"},
            "ARNA No 41 23:05 Head. Stay in. Gunfire near. Until 06.01 05:05. (7Q2K)"},
        {{"He said: \"Go!\"", "Stay (in)", "«Why?»"},
            "ARNA No 41 23:05 He said: \"Go!\" Stay (in). \"Why?\" Until 06.01 05:05. (7Q2K)"},
        {{"Take with you: ", "Water… ", "Stay in  "},
            "ARNA No 41 23:05 Take with you: Water... Stay in. Until 06.01 05:05. (7Q2K)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bulletin bulletin;
        struct compose out;
        make(&bulletin, BULLETIN_ALERT);
        bulletin.text[BULLETIN_EN] = rows[i].text;
        compose(&out, &bulletin, BULLETIN_EN, false, 2);
        assert_string_equal(out.text, rows[i].want);
        assert_int_equal(out.left_bytes, 0);
    }
}

static void test_follows(void **state)
{
    static const struct {
        enum bulletin_kind kind;
        const char *headline;
        const char *want;
    } rows[] = {
        {BULLETIN_UPDATE, "Мост открыт",
            "АРНА №41 23:05 ОБНОВЛЕНИЕ №40: Мост открыт. До 06.01 05:05. (7Q2K)"},
        {BULLETIN_RETRACT, "Моста нет",
            "АРНА №41 23:05 ОШИБКА: сообщение №40 неверно. Моста нет. (7Q2K)"},
        {BULLETIN_RETRACT, "Сообщение №40 неверно", "АРНА №41 23:05 Сообщение №40 неверно. (7Q2K)"},
        {BULLETIN_RETRACT, "Сообщение №140 неверно",
            "АРНА №41 23:05 ОШИБКА: сообщение №40 неверно. Сообщение №140 неверно. (7Q2K)"},
        {BULLETIN_RETRACT, "Дом 40 цел",
            "АРНА №41 23:05 ОШИБКА: сообщение №40 неверно. Дом 40 цел. (7Q2K)"},
        {BULLETIN_RETRACT, "Сообщение № 40 неверно",
            "АРНА №41 23:05 Сообщение № 40 неверно. (7Q2K)"},
        {BULLETIN_ALL_CLEAR, "Мост цел!",
            "АРНА №41 23:05 ОПАСНОСТЬ МИНОВАЛА №40: Мост цел! (7Q2K)"},
        {BULLETIN_ALL_CLEAR, "Опасность миновала: мост",
            "АРНА №41 23:05 (№40) Опасность миновала: мост. (7Q2K)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bulletin bulletin;
        struct compose out;
        make(&bulletin, rows[i].kind);
        bulletin.text[BULLETIN_RU] = (struct bulletin_text){{0}, {0}, {0}};
        snprintf(
            bulletin.text[BULLETIN_RU].headline, BULLETIN_HEADLINE_MAX, "%s", rows[i].headline);
        compose(&out, &bulletin, BULLETIN_RU, false, COMPOSE_PARTS_ALL);
        assert_string_equal(out.text, rows[i].want);
    }
}

static void test_word_and_same_day(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    bulletin.lifetime_min = 30;
    const struct compose_request request = {
        &bulletin, BULLETIN_RU, true, 1, "АРНА", "7Q2K", "Тұлпар"};
    assert_int_equal(compose_text(&out, &request), ERR_OK);
    assert_string_equal(out.text,
        "ARNA No 41 23:05 Most zakryt: Uralsk. Ne hodite tuda. Obezd: ul. Abaya. Most povrezhden. "
        "Proverim utrom. Do 23:35. (7Q2K Tulpar)");
}

static void test_what_makes_it_ucs2(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    strcat(bulletin.text[BULLETIN_EN].headline, " 🔥");
    compose(&out, &bulletin, BULLETIN_EN, false, 2);
    assert_int_equal(out.size.misfit, 0x1f525);
    assert_int_equal(out.size.coding, MESSAGE_UCS2);
}

/* The longest bulletin that can be written, in the letters that grow most. */
static void test_longest(void **state)
{
    static struct bulletin bulletin;
    static struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_DRILL);
    struct bulletin_text *text = &bulletin.text[BULLETIN_RU];
    *text = (struct bulletin_text){{0}, {0}, {0}};
    for (int i = 0; i < BULLETIN_HEADLINE_MAX / 2; i++)
        strcat(text->headline, "щ");
    for (int i = 0; i < BULLETIN_INSTRUCTION_MAX / 2; i++)
        strcat(text->instruction, "щ");
    for (int i = 0; i < BULLETIN_DESCRIPTION_MAX / 2; i++)
        strcat(text->description, "щ");
    compose(&out, &bulletin, BULLETIN_RU, true, COMPOSE_PARTS_ALL);
    assert_int_equal(out.left_sentences, 0);
    compose(&out, &bulletin, BULLETIN_RU, false, COMPOSE_PARTS_ALL);
    assert_int_equal(out.left_sentences, 0);
}

static void test_refused(void **state)
{
    struct bulletin bulletin;
    struct compose out;
    (void)state;
    make(&bulletin, BULLETIN_ALERT);
    struct compose_request request = {&bulletin, BULLETIN_EN, false, 2, "ARNA", "7Q2K", ""};
    bulletin.languages = 1u << BULLETIN_KK;
    assert_int_equal(compose_text(&out, &request), ERR_MISSING);
    assert_int_equal(compose_find_language(&bulletin, BULLETIN_EN), BULLETIN_KK);
    bulletin.languages = 7;
    assert_int_equal(compose_find_language(&bulletin, BULLETIN_EN), BULLETIN_EN);
    request.parts = COMPOSE_PARTS_ALL + 1;
    assert_int_equal(compose_text(&out, &request), ERR_VALUE);
    request.parts = 2;
    bulletin.kind = BULLETIN_ROSTER;
    assert_int_equal(compose_text(&out, &request), ERR_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_more),
        cmocka_unit_test(test_too_long_headline),
        cmocka_unit_test(test_drill),
        cmocka_unit_test(test_stops),
        cmocka_unit_test(test_follows),
        cmocka_unit_test(test_word_and_same_day),
        cmocka_unit_test(test_what_makes_it_ucs2),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
