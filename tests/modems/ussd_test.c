#include "modems/ussd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_commands(void **state)
{
    (void)state;
    static const struct {
        enum ussd_form form;
        const char *code;
        const char *command; /* NULL: refused */
    } rows[] = {
        {USSD_PLAIN, "*100#", "AT+CUSD=1,\"*100#\",15"},
        {USSD_UCS2, "*100#", "AT+CUSD=1,\"002A0031003000300023\",15"},
        {USSD_PACKED, "*100#", "AT+CUSD=1,\"AA180C3602\",15"}, /* as in Huawei's manuals */
        {USSD_PACKED, "*1#*2#3", "AT+CUSD=1,\"AAD848251BCD1A\",15"},
        {USSD_PLAIN, "", NULL},
        {USSD_PLAIN, "*1\"#", NULL},
        {USSD_UCS2, "*1\r#", NULL},
        {USSD_UCS2, "0123456789012345678901234567890", "AT+CUSD=1,\"00300031003200330034"},
        {USSD_PLAIN, "01234567890123456789012345678901", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char command[USSD_COMMAND_MAX] = "";
        enum err err = ussd_command(command, rows[i].form, rows[i].code);
        if (rows[i].command == NULL)
            assert_int_equal(err, ERR_VALUE);
        else if (err != ERR_OK || strncmp(command, rows[i].command, strlen(rows[i].command)) != 0)
            fail_msg("row %zu: got %s, want %s", i, command, rows[i].command);
    }
}

static void test_answers(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *line;
        int64_t amount; /* -1: none */
    } rows[] = {
        {"Balance: ([0-9]+)", "+CUSD: 0,\"Balance: 985.00 KZT\",15", 985},
        {"Balance: ([-0-9 ]+)", "+CUSD: 0,\"Balance: 1 234,50\",15", 1234},
        {"Balance: ([-0-9 ]+)", "+CUSD: 0,\"Balance: -20.00\",15", 0},
        {"([0-9]+)[.,][0-9]+ (KZT|tg)", "+CUSD: 0,\"Bonus 5 Credit 77.10 tg\",15", 77},
        {"Баланс: ([0-9]+)", "+CUSD: 0,\"04110430043B0430043D0441003A0020003100350030002E0035\",72",
            150},
        {"Balance: ([0-9]+)", "+CUSD: 0,\"C2303BEC1E9775A01CAE06\",15", 985},
        {"Balance: ([0-9]+)", "+CUSD: 2", -1},
        {"Balance: ([0-9]+)", "+CUSD: 0,\"", -1},
        {"Balance: ([0-9]+)", "+CUSD: 0,\"No such service\",15", -1},
        {"(x)?Balance", "+CUSD: 0,\"Balance\",15", -1},
        {"([0-9]+)", "+CUSD: 0,\"99999999999999999999999999\",15", 999999999999999},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        regex_t pattern;
        int64_t amount = -1;
        assert_int_equal(regcomp(&pattern, rows[i].pattern, REG_EXTENDED), 0);
        bool found = ussd_read(&amount, &pattern, rows[i].line);
        regfree(&pattern);
        if (found != (rows[i].amount >= 0) || (found && amount != rows[i].amount))
            fail_msg(
                "row %zu: got %lld, want %lld", i, (long long)amount, (long long)rows[i].amount);
    }
}

/* What one side packs the other side reads. */
static void test_packed_answer(void **state)
{
    (void)state;
    static const char *const texts[] = {"Balance: 7", "Balance: 42 KZT", "Balance: 123456"};
    static const int64_t amounts[] = {7, 42, 123456};
    regex_t pattern;
    assert_int_equal(regcomp(&pattern, "^Balance: ([0-9]+)", REG_EXTENDED), 0);
    for (size_t i = 0; i < 3; i++) {
        char command[USSD_COMMAND_MAX];
        char line[USSD_COMMAND_MAX + 16];
        int64_t amount = -1;
        assert_int_equal(ussd_command(command, USSD_PACKED, texts[i]), ERR_OK);
        assert_null(strstr(command, "lance"));
        (void)snprintf(line, sizeof line, "+CUSD: 0%s", strchr(command, ','));
        assert_true(ussd_read(&amount, &pattern, line));
        assert_int_equal(amount, amounts[i]);
    }
    regfree(&pattern);
}

static void test_open(void **state)
{
    (void)state;
    assert_true(ussd_is_open("+CUSD: 1,\"1 more\",15"));
    assert_false(ussd_is_open("+CUSD: 0,\"1 more\",15"));
    assert_false(ussd_is_open("+CUSD: 2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_packed_answer),
        cmocka_unit_test(test_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
