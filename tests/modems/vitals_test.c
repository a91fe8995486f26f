#include "modems/vitals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Lines of the answers, each for the question that its name belongs to. */
static void tell(struct vitals *vitals, const char *line)
{
    for (unsigned step = 0; vitals_question(step) != NULL; step++)
        vitals_line(vitals, step, line);
}

static void test_signal(void **state)
{
    (void)state;
    struct vitals vitals;
    vitals_init(&vitals);
    assert_int_equal(vitals.signal, VITALS_UNKNOWN);
    tell(&vitals, "+CSQ: 31,99");
    assert_int_equal(vitals.signal, 100);
    tell(&vitals, "+CSQ: 21,0");
    assert_int_equal(vitals.signal, 67);
    tell(&vitals, "OK");
    assert_int_equal(vitals.signal, 67);
    tell(&vitals, "+CSQ: 99,99");
    assert_int_equal(vitals.signal, VITALS_UNKNOWN);
}

static void test_registration(void **state)
{
    (void)state;
    struct vitals vitals;
    vitals_init(&vitals);
    tell(&vitals, "+CREG: 0,2");
    assert_int_equal(vitals.registration, 2);
    tell(&vitals, "+CEREG: 0,3");
    assert_int_equal(vitals.registration, 2);
    tell(&vitals, "+CEREG: 0,5");
    assert_int_equal(vitals.registration, 5);
    tell(&vitals, "+CREG: 2,1,\"00C3\",\"1234\"");
    tell(&vitals, "+CEREG: 0,0");
    assert_int_equal(vitals.registration, 1);
}

static void test_operator(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"+COPS: 0,0,\"Beeline KZ\",7", "Beeline KZ"},
        {"+COPS: 0,0,\"041A04430440\"", "Кур"},
        {"+COPS: 0,2,\"40101\"", "40101"},
        {"+COPS: 0,0,\"FACE\"", "FACE"},
        {"+COPS: 0", ""},
        {"+COPS: 0,0,\"A name that is much longer than any display\"",
            "A name that is much longer than"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct vitals vitals;
        vitals_init(&vitals);
        (void)snprintf(vitals.operator_name, sizeof vitals.operator_name, "before");
        tell(&vitals, rows[i][0]);
        assert_string_equal(vitals.operator_name, rows[i][1]);
    }
}

static void test_sim(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool out;
    } rows[] = {{"+CPIN: READY", false}, {"+CPIN: SIM PUK", true}, {"+CME ERROR: 10", true},
        {"+CME ERROR: 14", false}, {"+CME ERROR: 30", false}, {"+CPIN: SIM PIN", true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct vitals vitals;
        vitals_init(&vitals);
        vitals_line(&vitals, 0, rows[i].line);
        assert_int_equal(vitals.sim_out, rows[i].out);
    }
}

static void test_ucs2(void **state)
{
    (void)state;
    char text[8];
    assert_true(vitals_decode_ucs2(text, sizeof text, "00410042"));
    assert_string_equal(text, "AB");
    assert_true(vitals_decode_ucs2(text, sizeof text, "0041000D000A0042"));
    assert_string_equal(text, "A  B");
    assert_true(vitals_decode_ucs2(text, sizeof text, "04110411041104110411"));
    assert_string_equal(text, "БББ"); /* cut, not torn */
    assert_false(vitals_decode_ucs2(text, sizeof text, "0041004"));
    assert_false(vitals_decode_ucs2(text, sizeof text, ""));
    assert_false(vitals_decode_ucs2(text, sizeof text, "D83DDE00"));
    assert_false(vitals_decode_ucs2(text, sizeof text, "00000000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signal),
        cmocka_unit_test(test_registration),
        cmocka_unit_test(test_operator),
        cmocka_unit_test(test_sim),
        cmocka_unit_test(test_ucs2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
