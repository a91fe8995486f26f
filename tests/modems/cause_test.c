#include "modems/cause.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* libgammu's own name of a code, so that our numbers are checked against the library that is installed. Its header cannot be
 * included beside ours: both have an ERR_TIMEOUT. */
const char *GSM_ErrorName(int code);

#define NONE (-2)

struct expectation {
    enum message_cause cause;
    bool final;
    enum cause_remedy remedy;
    int codes[12]; /* ended by NONE */
};

/* The classes that experience with modems and networks has taught. */
static const struct expectation cms[] = {
    {MESSAGE_CAUSE_NETWORK, false, CAUSE_RETRY,
        {17, 21, 22, 38, 41, 42, 47, 192, 194, 331, 332, NONE}},
    {MESSAGE_CAUSE_NUMBER, true, CAUSE_RETRY, {195, 196, NONE}},
    {MESSAGE_CAUSE_NUMBER, false, CAUSE_RETRY, {1, 27, 28, 30, NONE}},
    {MESSAGE_CAUSE_TEXT, false, CAUSE_RETRY, {95, 96, 97, 99, 111, NONE}},
    {MESSAGE_CAUSE_SIM, false, CAUSE_RETRY, {8, 10, 29, 50, 69, 193, 302, NONE}},
    {MESSAGE_CAUSE_TEXT, true, CAUSE_RETRY, {304, 305, 514, 515, 516, 517, 518, 519, 520, NONE}},
    {MESSAGE_CAUSE_MODEM, false, CAUSE_SWEEP, {208, 211, 322, NONE}},
    {MESSAGE_CAUSE_SIM, false, CAUSE_CHECK, {310, 311, 312, 313, 315, 316, 317, 318, NONE}},
    {MESSAGE_CAUSE_SIM, false, CAUSE_WAIT, {314, NONE}},
    {MESSAGE_CAUSE_NETWORK, false, CAUSE_SENT, {197, NONE}},
    {MESSAGE_CAUSE_MODEM, false, CAUSE_RETRY,
        {81, 98, 500, 300, 321, 512, 521, 99999, 0, CAUSE_BARE_ERROR, NONE}},
};

static const struct expectation cme[] = {
    {MESSAGE_CAUSE_SIM, false, CAUSE_RETRY, {32, 40, 103, NONE}},
    {MESSAGE_CAUSE_SIM, false, CAUSE_CHECK, {5, 10, 11, 12, 13, 15, NONE}},
    {MESSAGE_CAUSE_SIM, false, CAUSE_WAIT, {14, NONE}},
    {MESSAGE_CAUSE_MODEM, false, CAUSE_SWEEP, {20, NONE}},
    {MESSAGE_CAUSE_NUMBER, true, CAUSE_RETRY, {26, 27, NONE}},
    {MESSAGE_CAUSE_NETWORK, false, CAUSE_RETRY, {30, 31, NONE}},
    {MESSAGE_CAUSE_MODEM, false, CAUSE_RETRY, {0, 1, 100, 999, NONE}},
};

/* SMPP 3.4, 5.1.3; 0x400 and on are a centre's own. */
static const struct expectation smpp[] = {
    {MESSAGE_CAUSE_NETWORK, false, CAUSE_WAIT, {0x14, 0x58, NONE}},
    {MESSAGE_CAUSE_NETWORK, false, CAUSE_RETRY, {0x08, 0x45, 0x64, 0xfe, NONE}},
    {MESSAGE_CAUSE_NUMBER, true, CAUSE_RETRY, {0x0b, 0x50, 0x51, NONE}},
    {MESSAGE_CAUSE_TEXT, true, CAUSE_RETRY, {0x01, 0x43, 0x61, 0x62, 0x65, NONE}},
    {MESSAGE_CAUSE_TEXT, false, CAUSE_RETRY, {0x02, 0x03, 0x66, 0xc1, NONE}},
    {MESSAGE_CAUSE_SIM, false, CAUSE_RETRY, {0x0a, 0x0d, 0x0e, 0x0f, 0x15, 0x48, NONE}},
    {MESSAGE_CAUSE_MODEM, false, CAUSE_RETRY, {0x04, 0x05, 0xff, 0x400, INT32_MAX, NONE}},
};

static void check(const struct expectation *rows, size_t count, enum cause_family family)
{
    for (size_t i = 0; i < count; i++)
        for (const int *code = rows[i].codes; *code != NONE; code++) {
            struct cause cause = cause_find(family, *code);
            assert_int_equal(cause.cause, rows[i].cause);
            assert_int_equal(cause.final, rows[i].final);
            assert_int_equal(cause.remedy, rows[i].remedy);
            assert_true(strlen(cause.text) > 3);
        }
}

static void test_service_centres(void **state)
{
    (void)state;
    check(smpp, sizeof smpp / sizeof smpp[0], CAUSE_SMPP);
}

static void test_network_and_modem(void **state)
{
    (void)state;
    check(cms, sizeof cms / sizeof *cms, CAUSE_CMS);
    check(cme, sizeof cme / sizeof *cme, CAUSE_CME);
}

static void test_gammu(void **state)
{
    static const struct {
        const char *name;
        enum message_cause cause;
        enum cause_remedy remedy;
    } rows[] = {
        {"TIMEOUT", MESSAGE_CAUSE_MODEM, CAUSE_RETRY},
        {"DEVICENOTEXIST", MESSAGE_CAUSE_MODEM, CAUSE_RETRY},
        {"SECURITYERROR", MESSAGE_CAUSE_SIM, CAUSE_RETRY},
        {"FULL", MESSAGE_CAUSE_MODEM, CAUSE_SWEEP},
        {"UNKNOWN", MESSAGE_CAUSE_MODEM, CAUSE_RETRY},
        {"PERMISSION", MESSAGE_CAUSE_SIM, CAUSE_RETRY},
        {"EMPTYSMSC", MESSAGE_CAUSE_SIM, CAUSE_RETRY},
        {"INVALIDDATA", MESSAGE_CAUSE_TEXT, CAUSE_RETRY},
        {"NOSIM", MESSAGE_CAUSE_SIM, CAUSE_RETRY},
        {"NOSERVICE", MESSAGE_CAUSE_NETWORK, CAUSE_RETRY},
        {"BUSY", MESSAGE_CAUSE_MODEM, CAUSE_WAIT},
        {"GETTING_SMSC", MESSAGE_CAUSE_SIM, CAUSE_RETRY},
        {"NETWORK_ERROR", MESSAGE_CAUSE_NETWORK, CAUSE_RETRY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int code = 1;
        while (GSM_ErrorName(code) != NULL && strcmp(GSM_ErrorName(code), rows[i].name) != 0)
            code++;
        assert_non_null(GSM_ErrorName(code));
        assert_int_equal(cause_find(CAUSE_GAMMU, code).cause, rows[i].cause);
        assert_int_equal(cause_find(CAUSE_GAMMU, code).remedy, rows[i].remedy);
    }
}

/* What is final is told for numbers and texts only: a SIM, a modem, a network can recover. */
static void test_final(void **state)
{
    (void)state;
    for (int family = 0; family < CAUSE_FAMILY_COUNT; family++)
        for (int code = CAUSE_BARE_ERROR; code < 1000; code++) {
            struct cause cause = cause_find((enum cause_family)family, code);
            bool may = cause.cause == MESSAGE_CAUSE_NUMBER || cause.cause == MESSAGE_CAUSE_TEXT;
            assert_true(may || !cause.final);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_network_and_modem),
        cmocka_unit_test(test_service_centres),
        cmocka_unit_test(test_gammu),
        cmocka_unit_test(test_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
