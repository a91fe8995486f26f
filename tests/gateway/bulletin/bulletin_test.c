/* bulletin: limits, references, time, priority, names. */
#include "tests/gateway/bulletin/fixture.h"

static void expect(const struct bulletin *bulletin, enum err err, const char *field)
{
    const char *why = "nothing";
    assert_int_equal(bulletin_check(bulletin, &why), err);
    assert_string_equal(why, field);
    assert_int_equal(bulletin_check(bulletin, NULL), err);
}

static void test_good_one_passes(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    expect(&b, ERR_OK, "nothing");
}

/* Each number at its limits and one beyond. */
static void test_ranges(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    b.number = BULLETIN_NUMBER_MAX;
    expect(&b, ERR_OK, "nothing");
    b.number++;
    expect(&b, ERR_VALUE, "number or sent time");
    b.number = 0;
    expect(&b, ERR_VALUE, "number or sent time");
    fixture_bulletin(&b);
    b.sent_s = BULLETIN_EPOCH_S + 0xffffffffLL;
    expect(&b, ERR_OK, "nothing");
    b.sent_s++;
    expect(&b, ERR_VALUE, "number or sent time");
    b.sent_s = BULLETIN_EPOCH_S - 1;
    expect(&b, ERR_VALUE, "number or sent time");
    fixture_bulletin(&b);
    b.lifetime_min = 0;
    expect(&b, ERR_VALUE, "lifetime");
    b.lifetime_min = BULLETIN_LIFETIME_MAX_MIN + 1;
    expect(&b, ERR_VALUE, "lifetime");
    fixture_bulletin(&b);
    b.regions = 0;
    expect(&b, ERR_VALUE, "regions");
    b.regions = BULLETIN_REGIONS_ALL;
    expect(&b, ERR_OK, "nothing");
    b.regions = BULLETIN_REGIONS_ALL + 1;
    expect(&b, ERR_VALUE, "regions");
}

static void test_enumerations(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    b.kind = BULLETIN_KIND_COUNT;
    expect(&b, ERR_VALUE, "kind");
    b.kind = BULLETIN_ROSTER;
    expect(&b, ERR_VALUE, "kind");
    fixture_bulletin(&b);
    b.severity = BULLETIN_SEVERITY_COUNT;
    expect(&b, ERR_VALUE, "severity");
    fixture_bulletin(&b);
    b.urgency = BULLETIN_URGENCY_COUNT;
    expect(&b, ERR_VALUE, "urgency");
    fixture_bulletin(&b);
    b.certainty = BULLETIN_CERTAINTY_COUNT;
    expect(&b, ERR_VALUE, "certainty");
    fixture_bulletin(&b);
    b.category = BULLETIN_CATEGORY_COUNT;
    expect(&b, ERR_VALUE, "category");
    fixture_bulletin(&b);
    b.response = BULLETIN_RESPONSE_COUNT;
    expect(&b, ERR_VALUE, "response");
    fixture_bulletin(&b);
    b.languages = 8;
    expect(&b, ERR_VALUE, "languages");
    fixture_bulletin(&b);
    b.text_model = BULLETIN_TEXT_MODEL_MAX + 1;
    expect(&b, ERR_VALUE, "text model");
}

static void test_texts(void **state)
{
    (void)state;
    static const char *const bad[] = {"a\nb", "a\x7f", "a\xc2\x85", "\xff",
        "a\xe2\x80\xae"
        "b",
        "\xef\xbb\xbf"
        "a",
        "\xed\xa0\x80"};
    struct bulletin b;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        fixture_bulletin(&b);
        memcpy(b.text[BULLETIN_KK].description, bad[i], strlen(bad[i]) + 1);
        expect(&b, ERR_TEXT, "description");
    }
    fixture_bulletin(&b);
    b.text[BULLETIN_RU].headline[0] = '\0';
    expect(&b, ERR_VALUE, "headline is empty");
    fixture_bulletin(&b);
    memset(b.text[BULLETIN_EN].instruction, 'x', BULLETIN_INSTRUCTION_MAX + 1);
    expect(&b, ERR_LONG, "instruction");
    b.text[BULLETIN_EN].instruction[BULLETIN_INSTRUCTION_MAX] = '\0';
    expect(&b, ERR_OK, "nothing");
    b.languages = 1u << BULLETIN_KK;
    expect(&b, ERR_VALUE, "text in a language that is not named");
}

/* Which reference fits number 41 of each kind. */
static void test_references(void **state)
{
    (void)state;
    static const struct {
        enum bulletin_kind kind;
        uint32_t follows;
        bool good;
    } rows[] = {
        {BULLETIN_ALERT, 0, true},
        {BULLETIN_ALERT, 40, false},
        {BULLETIN_DRILL, 0, true},
        {BULLETIN_DRILL, 40, false},
        {BULLETIN_UPDATE, 40, true},
        {BULLETIN_UPDATE, 0, false},
        {BULLETIN_UPDATE, 41, false},
        {BULLETIN_ALL_CLEAR, 1, true},
        {BULLETIN_ALL_CLEAR, 0, false},
        {BULLETIN_ALL_CLEAR, 42, false},
        {BULLETIN_RETRACT, 41, true},
        {BULLETIN_RETRACT, 40, false},
        {BULLETIN_RETRACT, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bulletin b;
        fixture_bulletin(&b);
        b.kind = rows[i].kind;
        b.follows = rows[i].follows;
        assert_int_equal(bulletin_check(&b, NULL), rows[i].good ? ERR_OK : ERR_VALUE);
        b.number = 0;
        b.sent_s = 0;
        bool names_one = rows[i].follows != 0;
        bool must_name = rows[i].kind != BULLETIN_ALERT && rows[i].kind != BULLETIN_DRILL;
        assert_int_equal(
            bulletin_check_draft(&b, NULL), names_one == must_name ? ERR_OK : ERR_VALUE);
    }
}

static void test_draft_has_neither_number_nor_time(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    assert_int_equal(bulletin_check_draft(&b, NULL), ERR_VALUE);
    b.number = 0;
    assert_int_equal(bulletin_check_draft(&b, NULL), ERR_VALUE);
    b.sent_s = 0;
    assert_int_equal(bulletin_check_draft(&b, NULL), ERR_OK);
    assert_int_equal(bulletin_check(&b, NULL), ERR_VALUE);
}

static void test_time(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    int64_t end = FIXTURE_NOW_S + BULLETIN_LIFETIME_DEFAULT_MIN * 60;
    assert_int_equal(bulletin_expires_s(&b), end);
    assert_int_equal(bulletin_check_time(&b, end - 1), ERR_OK);
    assert_int_equal(bulletin_check_time(&b, end), ERR_EXPIRED);
    assert_int_equal(bulletin_check_time(&b, b.sent_s - BULLETIN_AHEAD_MAX_S), ERR_OK);
    assert_int_equal(bulletin_check_time(&b, b.sent_s - BULLETIN_AHEAD_MAX_S - 1), ERR_FUTURE);
}

/* Each row goes before the next. */
static void test_priority(void **state)
{
    (void)state;
    static const struct {
        enum bulletin_kind kind;
        enum bulletin_severity severity;
        enum bulletin_urgency urgency;
        int64_t age_s;
        uint32_t number;
    } rows[] = {
        {BULLETIN_RETRACT, BULLETIN_MINOR, BULLETIN_PAST, 900, 5},
        {BULLETIN_ALL_CLEAR, BULLETIN_MINOR, BULLETIN_PAST, 800, 6},
        {BULLETIN_ALERT, BULLETIN_EXTREME, BULLETIN_IMMEDIATE, 100, 12},
        {BULLETIN_UPDATE, BULLETIN_EXTREME, BULLETIN_IMMEDIATE, 100, 11},
        {BULLETIN_ALERT, BULLETIN_EXTREME, BULLETIN_IMMEDIATE, 200, 9},
        {BULLETIN_ALERT, BULLETIN_EXTREME, BULLETIN_EXPECTED, 0, 13},
        {BULLETIN_ALERT, BULLETIN_SEVERE, BULLETIN_IMMEDIATE, 0, 14},
        {BULLETIN_DRILL, BULLETIN_EXTREME, BULLETIN_IMMEDIATE, 0, 15},
    };
    struct bulletin before, after;
    fixture_bulletin(&before);
    after = before;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        after.kind = rows[i].kind;
        after.severity = rows[i].severity;
        after.urgency = rows[i].urgency;
        after.sent_s = FIXTURE_NOW_S - rows[i].age_s;
        after.number = rows[i].number;
        assert_int_equal(bulletin_compare_priority(&after, &after), 0);
        if (i > 0) {
            assert_true(bulletin_compare_priority(&before, &after) > 0);
            assert_true(bulletin_compare_priority(&after, &before) < 0);
        }
        before = after;
    }
}

static void test_names(void **state)
{
    (void)state;
    enum bulletin_kind kind;
    enum bulletin_severity severity;
    enum bulletin_urgency urgency;
    enum bulletin_certainty certainty;
    enum bulletin_category category;
    enum bulletin_response response;
    enum bulletin_language language;
    assert_int_equal(bulletin_parse_kind(&kind, "all-clear"), ERR_OK);
    assert_int_equal(kind, BULLETIN_ALL_CLEAR);
    assert_int_equal(bulletin_parse_severity(&severity, "Severe"), ERR_OK);
    assert_int_equal(severity, BULLETIN_SEVERE);
    assert_int_equal(bulletin_parse_urgency(&urgency, "Future"), ERR_OK);
    assert_int_equal(urgency, BULLETIN_FUTURE);
    assert_int_equal(bulletin_parse_certainty(&certainty, "Likely"), ERR_OK);
    assert_int_equal(certainty, BULLETIN_LIKELY);
    assert_int_equal(bulletin_parse_category(&category, "CBRNE"), ERR_OK);
    assert_int_equal(category, BULLETIN_CBRNE);
    assert_int_equal(bulletin_parse_response(&response, "AllClear"), ERR_OK);
    assert_int_equal(response, BULLETIN_RESPONSE_ALL_CLEAR);
    assert_int_equal(bulletin_parse_language(&language, "ru"), ERR_OK);
    assert_int_equal(language, BULLETIN_RU);
    assert_int_equal(bulletin_parse_kind(&kind, "Alert"), ERR_MISSING);
    assert_int_equal(bulletin_parse_language(&language, "de"), ERR_MISSING);
    for (int i = 0; i < BULLETIN_KIND_COUNT; i++)
        assert_string_not_equal(bulletin_print_kind((enum bulletin_kind)i), "?");
    for (int i = 0; i < BULLETIN_CATEGORY_COUNT; i++)
        assert_string_not_equal(bulletin_print_category((enum bulletin_category)i), "?");
    for (int i = 0; i < BULLETIN_RESPONSE_COUNT; i++)
        assert_string_not_equal(bulletin_print_response((enum bulletin_response)i), "?");
    assert_string_equal(bulletin_print_kind(BULLETIN_KIND_COUNT), "?");
    assert_string_equal(bulletin_print_severity(BULLETIN_SEVERITY_COUNT), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_one_passes),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_enumerations),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_draft_has_neither_number_nor_time),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_priority),
        cmocka_unit_test(test_names),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("bulletin", tests, NULL, NULL);
}
