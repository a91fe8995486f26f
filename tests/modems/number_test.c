#include "modems/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What people and operators write; NULL: not a subscriber's mobile. */
static const struct {
    const char *input;
    const char *want;
} cases[] = {
    {"+77011234567", "+77011234567"},
    {"87011234567", "+77011234567"},
    {"8 (701) 123-45-67", "+77011234567"},
    {"7011234567", "+77011234567"},
    {"77011234567", "+77011234567"},
    {"+7 747 123 45 67", "+77471234567"},
    {"+77781234567", "+77781234567"},
    {"+77710009998", "+77710009998"},
    {"+77851234567", "+77851234567"},
    {"+77601234567", "+77601234567"},
    {"+77271234567", NULL},
    {"+77172123456", NULL},
    {"+79161234567", NULL},
    {"+996555123456", NULL},
    {"Beeline", NULL},
    {"1414", NULL},
    {"112", NULL},
    {"+7701123456", NULL},
    {"+770112345678", NULL},
    {"007 7011234567", "+77011234567"},
    {"+77511234567", NULL},
    {"+77031234567", NULL},
    {"", NULL},
    {"+", NULL},
    {"++77011234567", NULL},
    {"7+7011234567", NULL},
    {"+87011234567", NULL},
    {"+7011234567", NULL},
    {"0087011234567", NULL},
    {"007011234567", NULL},
    {"+7\u00a0701\u00a0123\u201145\u201167", "+77011234567"},
    {"+7701123456７", NULL},
    {"770112345677011234567", NULL},
    {"7701123456x", NULL},
};

static void test_mobiles(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char number[NUMBER_SIZE] = "";
        enum err err = number_parse_mobile(number, cases[i].input);
        if (cases[i].want == NULL) {
            assert_int_not_equal(err, ERR_OK);
            continue;
        }
        assert_int_equal(err, ERR_OK);
        assert_string_equal(number, cases[i].want);
    }
}

static void test_every_prefix(void **state)
{
    /* 0(0-2,5-8) 47 6(0-4) 7(1,5-8) 85 */
    static const char known[] = "00 01 02 05 06 07 08 47 60 61 62 63 64 71 75 76 77 78 85 ";
    unsigned mobiles = 0;
    (void)state;
    for (char tens = '0'; tens <= '9'; tens++)
        for (char ones = '0'; ones <= '9'; ones++) {
            const char text[] = {
                '+', '7', '7', tens, ones, '1', '2', '3', '4', '5', '6', '7', '\0'};
            char number[NUMBER_SIZE];
            bool listed = false;
            for (const char *at = known; *at != '\0'; at += 3)
                listed = listed || (at[0] == tens && at[1] == ones);
            assert_int_equal(number_parse_mobile(number, text), listed ? ERR_OK : ERR_VALUE);
            mobiles += listed;
        }
    assert_int_equal(mobiles, 19);
}

static void test_senders(void **state)
{
    static const struct {
        const char *sender;
        enum number_class want;
    } rows[] = {
        {"+77011234567", NUMBER_MOBILE},
        {"87011234567", NUMBER_MOBILE},
        {"+79161234567", NUMBER_OTHER},
        {"+77271234567", NUMBER_OTHER},
        {"+996555123456", NUMBER_OTHER},
        {"1414", NUMBER_SHORT},
        {"112", NUMBER_SHORT},
        {"Beeline", NUMBER_LETTERS},
        {"KCELL 7", NUMBER_LETTERS},
        {"", NUMBER_LETTERS},
        {"\xff\xfe", NUMBER_LETTERS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(number_classify(rows[i].sender), rows[i].want);
        assert_int_equal(number_can_answer(rows[i].sender), rows[i].want == NUMBER_MOBILE);
    }
}

static void test_mask(void **state)
{
    static const struct {
        const char *number;
        const char *want;
    } rows[] = {
        {"+77011234542", "+7 7•• ••• ••42"},
        {"8 (701) 123-45-42", "+7 7•• ••• ••42"},
        {"+996555123456", "+••••••••••56"},
        {"1234567", "•••••67"},
        {"123456", "123456"},
        {"1414", "1414"},
        {"Beeline", "Beeline"},
        {"", ""},
        {"123456789012345678901234567890", "•••••••••••"
                                           "••••"},
        {"буквыбуквыбуквыбуквыбуквыбуквы", "буквыбуквыбуквыбуквыбу"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char mask[NUMBER_MASK_SIZE];
        number_mask(mask, rows[i].number);
        assert_string_equal(mask, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mobiles),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_senders),
        cmocka_unit_test(test_mask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
