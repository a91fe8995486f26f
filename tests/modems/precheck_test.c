#include "modems/precheck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Answers each command up to one that begins with stop by OK; the SIM's state as given. */
static enum precheck_result answer_until(
    struct precheck *check, enum precheck_result result, const char *stop, const char *sim)
{
    while ((result == PRECHECK_SEND || result == PRECHECK_AGAIN) &&
           (stop == NULL || strncmp(check->command, stop, strlen(stop)) != 0)) {
        if (strcmp(check->command, "AT+CPIN?") == 0)
            precheck_line(check, sim);
        result = precheck_done(check, "OK");
    }
    return result;
}

static void test_ready(void **state)
{
    (void)state;
    struct precheck check;
    precheck_init(&check, "");
    enum precheck_result result = precheck_begin(&check);
    assert_string_equal(check.command, "ATE0");
    assert_int_equal(answer_until(&check, result, NULL, "+CPIN: READY"), PRECHECK_GOOD);
}

/* What a modem does not know does not stop us. */
static void test_errors_are_no_matter(void **state)
{
    (void)state;
    struct precheck check;
    precheck_init(&check, "");
    enum precheck_result result = precheck_begin(&check);
    while (result == PRECHECK_SEND) {
        bool sim = strcmp(check.command, "AT+CPIN?") == 0;
        if (sim)
            precheck_line(&check, "+CPIN: READY");
        result = precheck_done(&check, sim ? "OK" : "ERROR");
    }
    assert_int_equal(result, PRECHECK_GOOD);
}

static void test_pin_is_given_once(void **state)
{
    (void)state;
    struct precheck check;
    precheck_init(&check, "1234");
    enum precheck_result result =
        answer_until(&check, precheck_begin(&check), "AT+CPIN=", "+CPIN: SIM PIN");
    assert_int_equal(result, PRECHECK_SEND);
    assert_string_equal(check.command, "AT+CPIN=\"1234\"");
    assert_int_equal(precheck_done(&check, "+CME ERROR: 16"), PRECHECK_AGAIN);
    assert_string_equal(check.command, "AT+CPIN?");
    precheck_line(&check, "+CPIN: SIM PIN");
    assert_int_equal(precheck_done(&check, "OK"), PRECHECK_BAD);
    assert_non_null(strstr(check.why, "refused"));
    result = answer_until(&check, precheck_begin(&check), NULL, "+CPIN: SIM PIN");
    assert_int_equal(result, PRECHECK_BAD);
    assert_null(strstr(check.command, "1234"));
}

static void test_no_pin(void **state)
{
    (void)state;
    struct precheck check;
    precheck_init(&check, "");
    assert_int_equal(
        answer_until(&check, precheck_begin(&check), NULL, "+CPIN: SIM PIN"), PRECHECK_BAD);
    assert_int_equal(
        answer_until(&check, precheck_begin(&check), NULL, "+CPIN: SIM PUK"), PRECHECK_BAD);
    assert_non_null(strstr(check.why, "PUK"));
}

static void test_no_sim(void **state)
{
    (void)state;
    struct precheck check;
    precheck_init(&check, "1234");
    (void)answer_until(&check, precheck_begin(&check), "AT+CPIN?", "");
    assert_int_equal(precheck_done(&check, "+CME ERROR: 10"), PRECHECK_BAD);
    assert_string_equal(check.why, "no SIM");
}

static void test_busy_sim_is_waited_for(void **state)
{
    (void)state;
    struct precheck check;
    precheck_init(&check, "");
    enum precheck_result result = answer_until(&check, precheck_begin(&check), "AT+CPIN?", "");
    for (int i = 0; i < 5; i++) {
        result = precheck_done(&check, "+CME ERROR: 14");
        assert_int_equal(result, PRECHECK_AGAIN);
    }
    assert_int_equal(answer_until(&check, result, NULL, "+CPIN: READY"), PRECHECK_GOOD);
    (void)answer_until(&check, precheck_begin(&check), "AT+CPIN?", "");
    for (int i = 0; i < 100 && result != PRECHECK_BAD; i++)
        result = precheck_done(&check, "+CME ERROR: 14");
    assert_int_equal(result, PRECHECK_BAD);
}

/* The text is found by its bytes, not by the place where it was. */
static void test_poison_is_removed(void **state)
{
    (void)state;
    struct precheck check;
    const uint8_t pdu[] = {0x07, 0x91, 0xab};
    precheck_init(&check, "");
    precheck_set_poison(&check, pdu, sizeof pdu);
    (void)answer_until(&check, precheck_begin(&check), "AT+CMGL=4", "+CPIN: READY");
    precheck_line(&check, "+CMGL: 1,1,,24");
    precheck_line(&check, "0791AC");
    precheck_line(&check, "+CMGL: 12,1,,24");
    precheck_line(&check, "0791ab");
    assert_int_equal(precheck_done(&check, "OK"), PRECHECK_SEND);
    assert_string_equal(check.command, "AT+CMGD=12");
    /* then it is looked for in the modem's own store, too */
    assert_int_equal(
        answer_until(&check, precheck_done(&check, "OK"), NULL, "+CPIN: READY"), PRECHECK_GOOD);
    assert_true(check.removed);
    assert_int_equal(
        answer_until(&check, precheck_begin(&check), "AT+CMGL", "+CPIN: READY"), PRECHECK_GOOD);
}

static void test_poison_elsewhere(void **state)
{
    (void)state;
    struct precheck check;
    const uint8_t pdu[] = {0x07, 0x91, 0xab};
    precheck_init(&check, "");
    precheck_set_poison(&check, pdu, sizeof pdu);
    enum precheck_result result =
        answer_until(&check, precheck_begin(&check), "AT+CMGD", "+CPIN: READY");
    assert_int_equal(result, PRECHECK_GOOD);
    assert_false(check.removed);
}

/* ---- who it is ---- */

struct modem {
    const char *imei; /* its answers, NULL: ERROR */
    const char *iccid;
};

/* What a modem makes of it; commands gets what was asked. */
static enum precheck_result meet(
    struct precheck *check, char commands[512], const struct modem *modem)
{
    enum precheck_result result = precheck_begin(check);
    commands[0] = '\0';
    while (result == PRECHECK_SEND) {
        const char *answer = strcmp(check->command, "AT+CGSN") == 0     ? modem->imei
                             : strcmp(check->command, "AT^ICCID?") == 0 ? modem->iccid
                             : strcmp(check->command, "AT+CPIN?") == 0  ? "+CPIN: READY"
                                                                        : NULL;
        size_t used = strlen(commands);
        (void)snprintf(commands + used, 512 - used, "%s;", check->command);
        if (answer != NULL)
            precheck_line(check, answer);
        result = precheck_done(check, answer != NULL ? "OK" : "ERROR");
    }
    return result;
}

#define IMEI "356938035643015"
#define ICCID "8977101000000000012"

static void test_identity(void **state)
{
    (void)state;
    static const struct {
        const char *want_imei;
        const char *want_iccid;
        struct modem modem;
        enum precheck_result result;
    } rows[] = {
        {"", "", {NULL, NULL}, PRECHECK_GOOD},
        {IMEI, "", {IMEI, NULL}, PRECHECK_GOOD},
        {IMEI, "", {"+CGSN: \"" IMEI "\"", NULL}, PRECHECK_GOOD},
        {IMEI, "", {"3569380356430101", NULL}, PRECHECK_GOOD}, /* IMEISV */
        {IMEI, "", {"356938035643023", NULL}, PRECHECK_OTHER},
        {IMEI, "", {NULL, NULL}, PRECHECK_OTHER},
        {"", ICCID, {IMEI, "^ICCID: " ICCID "F"}, PRECHECK_GOOD},
        {"", ICCID "5", {IMEI, "^ICCID: " ICCID}, PRECHECK_GOOD},
        {"", ICCID, {IMEI, "^ICCID: 8977101000000000022"}, PRECHECK_OTHER},
        {IMEI, ICCID, {IMEI, NULL}, PRECHECK_OTHER},
        {IMEI, ICCID, {IMEI, ICCID}, PRECHECK_GOOD},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct precheck check;
        char commands[512];
        precheck_init(&check, "");
        precheck_want(&check, rows[i].want_imei, rows[i].want_iccid);
        enum precheck_result result = meet(&check, commands, &rows[i].modem);
        if (result != rows[i].result)
            fail_msg("row %zu: got %d, want %d", i, result, rows[i].result);
        assert_int_equal(check.ours, result == PRECHECK_GOOD);
        if (result == PRECHECK_OTHER)
            assert_null(strstr(commands, "CPIN"));
    }
}

static void test_identity_is_kept(void **state)
{
    (void)state;
    struct precheck check;
    char commands[512];
    const struct modem modem = {IMEI, "^ICCID: \"" ICCID "\""};
    precheck_init(&check, "");
    assert_int_equal(meet(&check, commands, &modem), PRECHECK_GOOD);
    assert_string_equal(check.imei, IMEI);
    assert_string_equal(check.iccid, ICCID);
    assert_null(strstr(commands, "AT+ICCID"));
    const struct modem silent = {NULL, NULL};
    assert_int_equal(meet(&check, commands, &silent), PRECHECK_GOOD);
    assert_string_equal(check.imei, "");
    assert_string_equal(check.iccid, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ready),
        cmocka_unit_test(test_errors_are_no_matter),
        cmocka_unit_test(test_pin_is_given_once),
        cmocka_unit_test(test_no_pin),
        cmocka_unit_test(test_no_sim),
        cmocka_unit_test(test_busy_sim_is_waited_for),
        cmocka_unit_test(test_poison_is_removed),
        cmocka_unit_test(test_poison_elsewhere),
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_identity_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
