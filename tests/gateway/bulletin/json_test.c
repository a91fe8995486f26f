#include "gateway/bulletin/json.h"
#include "gateway/bulletin/phrases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define LEAST "\"kind\":\"alert\",\"regions\":[\"KZ-75\"]"
#define TEXT "\"en\":{\"headline\":\"Bridge shut\"}"

static enum err parse(struct bulletin *bulletin, char why[JSON_WHY_MAX], const char *text)
{
    return json_parse_draft(bulletin, why, text, strlen(text));
}

static void whole_draft_is_read(void **state)
{
    (void)state;
    static const char draft[] =
        "{\"kind\": \"update\", \"event\": \"quake\", \"category\": \"Geo\", \"severity\": "
        "\"Severe\","
        " \"urgency\": \"Expected\", \"certainty\": \"Likely\", \"response\": \"Prepare\","
        " \"regions\": [\"KZ-75\", \"19\"], \"lifetime_min\": 90, \"follows\": 41,"
        " \"kk\": {\"headline\": \"Тақырып\", \"instruction\": \"Нұсқау\", \"description\": "
        "\"Мәтін\"},"
        " \"ru\": {\"description\": \"Текст\", \"headline\": \"Заголовок\"}}";
    struct bulletin b;
    char why[JSON_WHY_MAX];
    assert_int_equal(parse(&b, why, draft), ERR_OK);
    assert_int_equal(b.kind, BULLETIN_UPDATE);
    assert_string_equal(phrases_event_name(b.event), "earthquake");
    assert_int_equal(b.category, BULLETIN_GEO);
    assert_int_equal(b.severity, BULLETIN_SEVERE);
    assert_int_equal(b.urgency, BULLETIN_EXPECTED);
    assert_int_equal(b.certainty, BULLETIN_LIKELY);
    assert_int_equal(b.response, BULLETIN_PREPARE);
    assert_int_equal(b.regions, 1u << 19 | 1u << 4);
    assert_int_equal(b.lifetime_min, 90);
    assert_int_equal(b.follows, 41);
    assert_int_equal(b.languages, 1u << BULLETIN_KK | 1u << BULLETIN_RU);
    assert_int_equal(b.text_model, BULLETIN_TEXT_MODEL_MIXER);
    assert_string_equal(b.text[BULLETIN_KK].instruction, "Нұсқау");
    assert_string_equal(b.text[BULLETIN_RU].headline, "Заголовок");
    assert_string_equal(b.text[BULLETIN_RU].instruction, "");
    assert_int_equal(b.number, 0);
    assert_int_equal(b.sent_s, 0);
}

static void a_drill_may_be_for_everyone(void **state)
{
    (void)state;
    static const char drill[] = "{\"kind\":\"drill\",\"regions\":[\"KZ-75\"]," TEXT;
    struct bulletin b;
    char why[JSON_WHY_MAX];
    char text[256];
    (void)snprintf(text, sizeof text, "%s}", drill);
    assert_int_equal(parse(&b, why, text), ERR_OK);
    assert_false(b.everyone);
    (void)snprintf(text, sizeof text, "%s,\"everyone\":true}", drill);
    assert_int_equal(parse(&b, why, text), ERR_OK);
    assert_true(b.everyone);
    (void)snprintf(text, sizeof text, "%s,\"everyone\":1}", drill);
    assert_int_equal(parse(&b, why, text), ERR_FORMAT);
    assert_int_equal(parse(&b, why, "{" LEAST ",\"everyone\":true," TEXT "}"), ERR_VALUE);
    assert_non_null(strstr(why, "everyone"));
    char shown[JSON_TEXT_MAX];
    size_t size;
    const struct json_verdict verdict = {.result = ERR_QUORUM};
    (void)snprintf(text, sizeof text, "%s,\"everyone\":true}", drill);
    assert_int_equal(parse(&b, why, text), ERR_OK);
    assert_int_equal(json_print_bulletin(shown, &size, &b, &verdict), ERR_OK);
    assert_non_null(strstr(shown, "\"everyone\":true"));
    assert_int_equal(parse(&b, why, "{" LEAST "," TEXT "}"), ERR_OK);
    assert_int_equal(json_print_bulletin(shown, &size, &b, &verdict), ERR_OK);
    assert_null(strstr(shown, "everyone"));
}

static void least_draft_has_defaults(void **state)
{
    (void)state;
    struct bulletin b;
    char why[JSON_WHY_MAX];
    assert_int_equal(parse(&b, why, "{" LEAST "," TEXT "}"), ERR_OK);
    assert_int_equal(b.lifetime_min, BULLETIN_LIFETIME_DEFAULT_MIN);
    assert_int_equal(b.category, BULLETIN_OTHER);
    assert_int_equal(b.response, BULLETIN_RESPONSE_NONE);
    assert_int_equal(b.severity, BULLETIN_SEVERITY_UNKNOWN);
    assert_int_equal(b.urgency, BULLETIN_URGENCY_UNKNOWN);
    assert_int_equal(b.certainty, BULLETIN_CERTAINTY_UNKNOWN);
    assert_int_equal(b.event, 0);
    assert_int_equal(b.follows, 0);
}

static void wrong_drafts_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
        const char *named; /* must stand in the explanation */
    } wrong[] = {
        {"", ERR_FORMAT, "line 1"},
        {"[]", ERR_FORMAT, "object"},
        {"{" LEAST "," TEXT "} x", ERR_FORMAT, "line 1"},
        {"{" LEAST ",\"kind\":\"drill\"," TEXT "}", ERR_FORMAT, "kind"},
        {"{" LEAST ",\n\"en\":{\"headline\":\"a\",\"headline\":\"b\"}}", ERR_FORMAT, "line 2"},
        {"{" LEAST ",\"colour\":1," TEXT "}", ERR_VALUE, "colour"},
        {"{" LEAST ",\"en\":{\"headline\":\"a\",\"body\":\"b\"}}", ERR_VALUE, "body"},
        {"{" LEAST ",\"number\":4," TEXT "}", ERR_VALUE, "number"},
        {"{\"regions\":[\"KZ-75\"]," TEXT "}", ERR_MISSING, "kind"},
        {"{\"kind\":\"alert\"," TEXT "}", ERR_MISSING, "regions"},
        {"{" LEAST "}", ERR_MISSING, "kk"},
        {"{" LEAST ",\"en\":{}}", ERR_VALUE, "en"},
        {"{" LEAST ",\"en\":{\"headline\":\"\"}}", ERR_VALUE, "en"},
        {"{" LEAST ",\"en\":\"Bridge shut\"}", ERR_FORMAT, "en"},
        {"{" LEAST ",\"en\":{\"headline\":7}}", ERR_FORMAT, "headline"},
        {"{" LEAST ",\"en\":{\"headline\":\"a\\nb\"}}", ERR_TEXT, "headline"},
        {"{" LEAST ",\"en\":{\"headline\":\"a\\u0000b\"}}", ERR_FORMAT, "line 1"},
        {"{\"kind\":\"Alert\",\"regions\":[\"KZ-75\"]," TEXT "}", ERR_VALUE, "Alert"},
        {"{\"kind\":\"roster\",\"regions\":[\"KZ-75\"]," TEXT "}", ERR_VALUE, "kind"},
        {"{\"kind\":\"update\",\"regions\":[\"KZ-75\"]," TEXT "}", ERR_VALUE, "follows"},
        {"{\"kind\":1,\"regions\":[\"KZ-75\"]," TEXT "}", ERR_FORMAT, "kind"},
        {"{\"kind\":\"alert\",\"regions\":[]," TEXT "}", ERR_FORMAT, "regions"},
        {"{\"kind\":\"alert\",\"regions\":\"KZ-75\"," TEXT "}", ERR_FORMAT, "regions"},
        {"{\"kind\":\"alert\",\"regions\":[\"KZ-75\",\"KZ-76\"]," TEXT "}", ERR_VALUE, "KZ-76"},
        {"{" LEAST ",\"severity\":\"Terrible\"," TEXT "}", ERR_VALUE, "severity"},
        {"{" LEAST ",\"event\":\"picnic\"," TEXT "}", ERR_VALUE, "picnic"},
        {"{" LEAST ",\"lifetime_min\":0," TEXT "}", ERR_VALUE, "lifetime_min"},
        {"{" LEAST ",\"lifetime_min\":1441," TEXT "}", ERR_VALUE, "lifetime_min"},
        {"{" LEAST ",\"lifetime_min\":60.0," TEXT "}", ERR_VALUE, "lifetime_min"},
        {"{" LEAST ",\"follows\":16777216," TEXT "}", ERR_VALUE, "follows"},
        {"{" LEAST ",\"en\":{\"headline\":\"a\xff\"}}", ERR_FORMAT, "line 1"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bulletin b;
        char why[JSON_WHY_MAX] = "";
        enum err err = parse(&b, why, wrong[i].text);
        if (err != wrong[i].err || strstr(why, wrong[i].named) == NULL || strchr(why, '\n') != NULL)
            fail_msg("%s: got %s, \"%s\"", wrong[i].text, err_name(err), why);
    }
}

static void long_texts_are_refused(void **state)
{
    (void)state;
    static char draft[JSON_DRAFT_MAX + 2];
    char headline[BULLETIN_HEADLINE_MAX + 2];
    char why[JSON_WHY_MAX];
    struct bulletin b;
    memset(headline, 'a', sizeof headline);
    for (int over = 0; over < 2; over++) {
        (void)snprintf(draft, sizeof draft, "{" LEAST ",\"en\":{\"headline\":\"%.*s\"}}",
            BULLETIN_HEADLINE_MAX + over, headline);
        assert_int_equal(parse(&b, why, draft), over ? ERR_LONG : ERR_OK);
    }
    assert_non_null(strstr(why, "241"));
    memset(draft, ' ', sizeof draft);
    memcpy(draft, "{" LEAST "," TEXT "}", sizeof "{" LEAST "," TEXT "}" - 1);
    assert_int_equal(json_parse_draft(&b, why, draft, JSON_DRAFT_MAX), ERR_OK);
    assert_int_equal(json_parse_draft(&b, why, draft, JSON_DRAFT_MAX + 1), ERR_LONG);
    memset(draft, '[', JSON_DRAFT_MAX);
    assert_int_equal(json_parse_draft(&b, why, draft, JSON_DRAFT_MAX), ERR_LONG);
}

static void strangers_words_are_cut_whole(void **state)
{
    (void)state;
    char draft[1000] = "{\"";
    char why[JSON_WHY_MAX];
    struct bulletin b;
    for (int i = 0; i < 200; i++)
        strncat(draft, "Ж", 3);
    strncat(draft, "\":1}", 5);
    assert_int_equal(parse(&b, why, draft), ERR_VALUE);
    assert_in_range(strlen(why), JSON_WHY_MAX - 4, JSON_WHY_MAX - 1);
    assert_int_equal((uint8_t)why[strlen(why) - 1] & 0xc0, 0x80);
    assert_int_equal((uint8_t)why[strlen(why) - 2], 0xd0);
}

static struct bulletin example(void)
{
    struct bulletin b = {.newsroom = {0x0a, 0xf1},
        .number = 42,
        .sent_s = 1767225600,
        .lifetime_min = 90,
        .kind = BULLETIN_UPDATE,
        .severity = BULLETIN_EXTREME,
        .urgency = BULLETIN_IMMEDIATE,
        .certainty = BULLETIN_OBSERVED,
        .category = BULLETIN_MET,
        .response = BULLETIN_SHELTER,
        .event = 15,
        .regions = 1u << 18 | 1u << 19,
        .languages = 1u << BULLETIN_KK,
        .follows = 41};
    (void)snprintf(b.text[BULLETIN_KK].headline, sizeof b.text[0].headline, "Су \"келді\"");
    return b;
}

static void verified_bulletin_is_printed(void **state)
{
    (void)state;
    struct bulletin b = example();
    struct roster roster = {.editor_count = 1, .editors = {{.index = 3, .name = "Aigul"}}};
    struct quorum quorum = {.needed = 2, .count = 2, .editors = {3, 7}};
    struct json_verdict verdict = {ERR_OK, &roster, &quorum, "7Q2K"};
    char text[JSON_TEXT_MAX];
    size_t size;
    assert_int_equal(json_print_bulletin(text, &size, &b, &verdict), ERR_OK);
    assert_int_equal(size, strlen(text));
    assert_string_equal(text,
        "{\"newsroom\":\"0af1\",\"number\":42,\"kind\":\"update\",\"severity\":\"Extreme\","
        "\"urgency\":\"Immediate\",\"certainty\":\"Observed\",\"category\":\"Met\",\"response\":"
        "\"Shelter\","
        "\"event\":\"flood\",\"sent\":\"2026-01-01T00:00:00Z\",\"expires\":\"2026-01-01T01:30:"
        "00Z\","
        "\"regions\":[\"KZ-71\",\"KZ-75\"],\"follows\":41,"
        "\"kk\":{\"headline\":\"Су \\\"келді\\\"\",\"instruction\":\"\",\"description\":\"\"},"
        "\"check_code\":\"7Q2K\",\"approvals\":[{\"index\":3,\"name\":\"Aigul\"},{\"index\":7,"
        "\"name\":null}],"
        "\"approvals_needed\":2,\"verified\":true}");
}

static void unverified_bulletin_says_why(void **state)
{
    (void)state;
    struct bulletin b = example();
    struct json_verdict verdict = {ERR_QUORUM, NULL, NULL, NULL};
    char text[JSON_TEXT_MAX];
    size_t size;
    b.event = 0;
    b.follows = 0;
    assert_int_equal(json_print_bulletin(text, &size, &b, &verdict), ERR_OK);
    assert_non_null(strstr(text, "\"event\":null"));
    assert_non_null(strstr(text, "\"follows\":null"));
    assert_non_null(strstr(text, "\"check_code\":null,\"approvals\":[],\"approvals_needed\":0,"
                                 "\"verified\":false,\"reason\":\"quorum\"}"));
}

static void longest_bulletin_fits(void **state)
{
    (void)state;
    struct bulletin b = example();
    struct json_verdict verdict = {ERR_OK, NULL, NULL, "7Q2K"};
    static char text[JSON_TEXT_MAX];
    size_t size;
    b.regions = BULLETIN_REGIONS_ALL;
    b.languages = 7;
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        memset(b.text[i].headline, '"', BULLETIN_HEADLINE_MAX);
        memset(b.text[i].instruction, '"', BULLETIN_INSTRUCTION_MAX);
        memset(b.text[i].description, '"', BULLETIN_DESCRIPTION_MAX);
    }
    assert_int_equal(json_print_bulletin(text, &size, &b, &verdict), ERR_OK);
    memset(b.text[0].headline, '\x01', BULLETIN_HEADLINE_MAX);
    memset(b.text[0].instruction, '\x01', BULLETIN_INSTRUCTION_MAX);
    assert_int_equal(json_print_bulletin(text, &size, &b, &verdict), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_draft_is_read),
        cmocka_unit_test(a_drill_may_be_for_everyone),
        cmocka_unit_test(least_draft_has_defaults),
        cmocka_unit_test(wrong_drafts_are_refused_by_name),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(strangers_words_are_cut_whole),
        cmocka_unit_test(verified_bulletin_is_printed),
        cmocka_unit_test(unverified_bulletin_says_why),
        cmocka_unit_test(longest_bulletin_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
