#include "modems/pdu_guard.h"

#include <gammu.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct row {
    const char *what;
    const char *hex;
    enum pdu_guard result;
};

/* A service centre, a sender and a time that are well formed. */
#define CENTRE "07917711010000F0"
#define SENDER "0B917710214365F7"
#define TIME "52101341325482"

static const struct row rows[] = {
    {"a 7-bit text", CENTRE "04" SENDER "0000" TIME "05C8329BFD06", PDU_GUARD_GOOD},
    {"no service centre", "0004" SENDER "0000" TIME "05C8329BFD06", PDU_GUARD_GOOD},
    {"an empty text", CENTRE "04" SENDER "0000" TIME "00", PDU_GUARD_GOOD},
    {"a UCS-2 text", CENTRE "04" SENDER "0008" TIME "04041F0440", PDU_GUARD_GOOD},
    {"a part of a long text", CENTRE "44" SENDER "0008" TIME "08050003AB0201041F", PDU_GUARD_GOOD},
    {"a sender in letters",
        CENTRE "040BD0D0E4B4D4AE03"
               "0000" TIME "05C8329BFD06",
        PDU_GUARD_GOOD},
    {"a delivery report", CENTRE "0605" SENDER TIME TIME "00", PDU_GUARD_GOOD},
    {"a submission without validity", CENTRE "0105" SENDER "000004C8329B0D", PDU_GUARD_GOOD},
    {"a submission with one", CENTRE "1105" SENDER "0000AA04C8329B0D", PDU_GUARD_GOOD},
    {"bytes after the text", CENTRE "04" SENDER "0000" TIME "05C8329BFD06FFFF", PDU_GUARD_GOOD},
    {"nothing", "", PDU_GUARD_SHORT},
    {"a centre that is not there", "0791771101", PDU_GUARD_SHORT},
    {"a centre of 255 bytes", "FF917711010000F0", PDU_GUARD_ADDRESS},
    {"only a first byte", CENTRE "04", PDU_GUARD_SHORT},
    {"a sender of 255 digits",
        CENTRE "04FF917710214365F7"
               "0000" TIME "00",
        PDU_GUARD_ADDRESS},
    {"a sender of 21 digits",
        CENTRE "0415917710214365F71021436500"
               "0000" TIME "00",
        PDU_GUARD_ADDRESS},
    {"no time", CENTRE "04" SENDER "00005210", PDU_GUARD_SHORT},
    {"no text length", CENTRE "04" SENDER "0000" TIME, PDU_GUARD_SHORT},
    {"a text that is not there", CENTRE "04" SENDER "0000" TIME "A0C8329BFD06", PDU_GUARD_TEXT},
    {"a text of 255 bytes", CENTRE "04" SENDER "0008" TIME "FF041F0440", PDU_GUARD_TEXT},
    {"a header of 255 bytes", CENTRE "44" SENDER "0008" TIME "08FF0003AB0201041F",
        PDU_GUARD_HEADER},
    {"a header longer than its text", CENTRE "44" SENDER "0008" TIME "08080003AB0201041F",
        PDU_GUARD_HEADER},
    {"a header in no text", CENTRE "44" SENDER "0008" TIME "00", PDU_GUARD_HEADER},
    {"an element longer than the header", CENTRE "44" SENDER "0008" TIME "08050009AB0201041F",
        PDU_GUARD_HEADER},
    {"half an element", CENTRE "44" SENDER "0008" TIME "08060003AB02011F00", PDU_GUARD_HEADER},
    {"a short report", CENTRE "0605" SENDER TIME "52", PDU_GUARD_SHORT},
    {"the reserved type", CENTRE "07" SENDER "0000" TIME "00", PDU_GUARD_TYPE},
    {"the enhanced validity", CENTRE "0905" SENDER "0000" TIME "00", PDU_GUARD_TYPE},
};

static size_t parse_hex(uint8_t *bytes, const char *hex)
{
    size_t size = strlen(hex) / 2;
    for (size_t i = 0; i < size; i++) {
        char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return size;
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t pdu[PDU_GUARD_MAX];
        size_t size = parse_hex(pdu, rows[i].hex);
        enum pdu_guard got = pdu_guard_check(pdu, size, 1);
        if (got != rows[i].result)
            fail_msg("%s: got %s, want %s", rows[i].what, pdu_guard_name(got),
                pdu_guard_name(rows[i].result));
    }
}

static void test_without_centre(void **state)
{
    (void)state;
    uint8_t pdu[PDU_GUARD_MAX];
    size_t size = parse_hex(pdu, "04" SENDER "0000" TIME "05C8329BFD06");
    assert_int_equal(pdu_guard_check(pdu, size, 0), PDU_GUARD_GOOD);
    assert_int_not_equal(pdu_guard_check(pdu, size, 1), PDU_GUARD_GOOD);
}

static void test_too_long(void **state)
{
    (void)state;
    uint8_t pdu[PDU_GUARD_MAX + 1] = {0};
    assert_int_equal(pdu_guard_check(pdu, sizeof pdu, 1), PDU_GUARD_LONG);
}

/* Each way of cutting a good message short is refused or still good, and is never read past its end: each is given in
 * memory of its own, so that the sanitizer sees one byte too many. */
static void test_cut(void **state)
{
    (void)state;
    uint8_t pdu[PDU_GUARD_MAX];
    size_t size = parse_hex(pdu, CENTRE "44" SENDER "0008" TIME "08050003AB0201041F");
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *copy = malloc(cut + (cut == 0));
        assert_non_null(copy);
        memcpy(copy, pdu, cut);
        assert_int_not_equal(pdu_guard_check(copy, cut, 1), PDU_GUARD_GOOD);
        free(copy);
    }
}

static int decode(struct pdu_guard_note *note, GSM_SMSMessage *message, const char *hex)
{
    uint8_t pdu[PDU_GUARD_MAX];
    size_t end;
    const struct pdu_guard_call call = {
        GSM_GetGlobalDebug(), message, pdu, parse_hex(pdu, hex), &end, 1};
    return pdu_guard_decode(note, &call);
}

static void test_decodes(void **state)
{
    (void)state;
    static GSM_SMSMessage message;
    struct pdu_guard_note note = {0};
    assert_int_equal(decode(&note, &message, rows[0].hex), ERR_NONE);
    assert_string_equal(DecodeUnicodeString(message.Text), "Hello");
    assert_int_equal(note.busy, 0);
    assert_int_equal(note.size, strlen(rows[0].hex) / 2);
}

/* Behind the status: optional fields that claim a long text. */
static void test_report_without_its_tail(void **state)
{
    (void)state;
    static GSM_SMSMessage message;
    struct pdu_guard_note note = {0};
    assert_int_equal(decode(&note, &message,
                         CENTRE "0605" SENDER TIME TIME "0007"
                                "0000FFFFFFFF"),
        ERR_NONE);
    assert_int_equal(message.PDU, SMS_Status_Report);
    assert_int_equal(message.MessageReference, 5);
    assert_int_equal(message.DeliveryStatus, 0);
}

static void test_refuses_before_decoding(void **state)
{
    (void)state;
    static GSM_SMSMessage message;
    struct pdu_guard_note note = {0};
    int got = decode(&note, &message, CENTRE "44" SENDER "0008" TIME "08FF0003AB0201041F");
    assert_int_equal(got, ERR_CORRUPTED);
    assert_int_equal(note.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_without_centre),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_decodes),
        cmocka_unit_test(test_report_without_its_tail),
        cmocka_unit_test(test_refuses_before_decoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
