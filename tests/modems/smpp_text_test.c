/* Addresses and texts as SMPP has them, receipts, and the ids that tie them to parts. */
#include "modems/smpp_ids.h"
#include "modems/smpp_receipt.h"
#include "modems/smpp_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void addresses_say_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        uint8_t ton;
        uint8_t npi;
        const char *digits;
        const char *back;
    } rows[] = {
        {"+77011234567", 1, 1, "77011234567", "+77011234567"},
        {"1414", 0, 1, "1414", "1414"},
        {"AZAT", 5, 0, "AZAT", "AZAT"},
        {"77011234567", 0, 1, "77011234567", "+77011234567"},
        {"", 0, 0, "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct smpp_pdu_address address;
        char number[MESSAGES_NUMBER_SIZE];
        assert_int_equal(smpp_text_put_address(&address, rows[i].number), ERR_OK);
        assert_int_equal(address.ton, rows[i].ton);
        assert_int_equal(address.npi, rows[i].npi);
        assert_string_equal(address.digits, rows[i].digits);
        smpp_text_get_address(number, &address);
        assert_string_equal(number, rows[i].back);
    }
    struct smpp_pdu_address address;
    assert_int_equal(smpp_text_put_address(&address, "123456789012345678901"), ERR_LONG);
    assert_int_equal(smpp_text_put_address(&address, "+12345678901234567890"), ERR_OK);
    assert_int_equal(smpp_text_put_address(&address, "\xd0\x90"), ERR_TEXT);
}

static struct message_part part_of(const char *text, enum message_coding coding)
{
    struct message_part part = {.coding = (uint8_t)coding};
    (void)snprintf(part.text, sizeof part.text, "%s", text);
    return part;
}

static void a_part_is_septets_in_octets_or_ucs2(void **state)
{
    (void)state;
    static const uint8_t gsm7[] = {0x00, 'a', 0x1b, 0x65, 0x11, '\n'};
    static const uint8_t ucs2[] = {0x04, 0x10, 0xd8, 0x3d, 0xdd, 0x25};
    struct smpp_pdu_submit submit = {0};
    struct message_part part = part_of("@a€_\n", MESSAGE_GSM7);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_OK);
    assert_int_equal(submit.size, sizeof gsm7);
    assert_memory_equal(submit.message, gsm7, sizeof gsm7);
    assert_int_equal(submit.coding, 0);
    assert_false(submit.udh);
    part = part_of("А\xf0\x9f\x94\xa5", MESSAGE_UCS2);
    part.udh_size = 6;
    memcpy(part.udh, (uint8_t[]){5, 0, 3, 9, 2, 1}, 6);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_OK);
    assert_int_equal(submit.size, 6 + sizeof ucs2);
    assert_memory_equal(submit.message, part.udh, 6);
    assert_memory_equal(submit.message + 6, ucs2, sizeof ucs2);
    assert_int_equal(submit.coding, 8);
    assert_true(submit.udh);
}

static void what_is_no_part_is_refused(void **state)
{
    (void)state;
    char text[MESSAGES_TEXT_SIZE] = "";
    struct smpp_pdu_submit submit = {0};
    struct message_part part = part_of("Қ", MESSAGE_GSM7);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_TEXT);
    memset(text, 'a', 160);
    part = part_of(text, MESSAGE_GSM7);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_OK);
    text[160] = 'a';
    part = part_of(text, MESSAGE_GSM7);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_LONG);
    text[70] = '\0';
    part = part_of(text, MESSAGE_UCS2);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_OK);
    text[70] = 'a';
    part = part_of(text, MESSAGE_UCS2);
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_LONG);
    part.coding = 2;
    assert_int_equal(smpp_text_put_part(&submit, &part), ERR_VALUE);
}

static void what_comes_is_read_by_its_coding(void **state)
{
    (void)state;
    static const struct {
        uint8_t coding;
        uint8_t esm_class;
        uint8_t size;
        uint8_t bytes[16];
        const char *text;
        uint8_t part;
    } rows[] = {
        {0, 0, 5, {'S', 0x00, 0x1b, 0x65, 0x10}, "S@€Δ", 0},
        {0, 0, 2, {'a', 0x1b}, "a\xef\xbf\xbd", 0},
        {0, 0, 1, {0x90}, "\xef\xbf\xbd", 0},
        {1, 0, 4, {'S', 'T', 'O', 'P'}, "STOP", 0},
        {3, 0, 2, {'e', 0xe9}, "eé", 0},
        {8, 0, 4, {0x04, 0x21, 0x04, 0x22}, "СТ", 0},
        {8, 0, 4, {0xd8, 0x3d, 0xdd, 0x25}, "\xf0\x9f\x94\xa5", 0},
        {8, 0, 4, {0xd8, 0x3d, 0x00, 'a'},
            "\xef\xbf\xbd"
            "a",
            0},
        {8, 0, 3, {0x00, 'a', 0x00}, "a\xef\xbf\xbd", 0},
        {8, 0, 2, {0x00, 0x00}, "\xef\xbf\xbd", 0},
        {4, 0, 2, {1, 2}, "", 0},
        {0xf1, 0, 1, {'a'}, "a", 0},
        {0xf5, 0, 1, {'a'}, "", 0},
        {0x18, 0, 2, {0, 'a'}, "a", 0},
        {0, 0x40, 7, {5, 0, 3, 9, 2, 1, 'a'}, "a", 1},
        {0, 0x40, 8, {6, 8, 4, 1, 9, 3, 2, 'b'}, "b", 2},
        {0, 0x40, 7, {5, 0, 3, 9, 2, 3, 'a'}, "a", 0}, /* part 3 of 2 */
        {0, 0x40, 7, {5, 0, 9, 9, 2, 1, 'a'}, "a", 0}, /* an element beyond the header */
        {0, 0x40, 2, {9, 'a'}, "", 0},                 /* a header beyond the text */
        {0, 0x40, 0, {0}, "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct message_inbound inbound = {0};
        struct smpp_pdu_deliver deliver = {.source = {1, 1, "77011234567"},
            .coding = rows[i].coding,
            .esm_class = rows[i].esm_class,
            .message = rows[i].bytes,
            .size = rows[i].size};
        smpp_text_get_inbound(&inbound, &deliver);
        if (strcmp(inbound.text, rows[i].text) != 0 || inbound.part != rows[i].part)
            fail_msg("row %zu: got '%s' part %u, want '%s' part %u", i, inbound.text, inbound.part,
                rows[i].text, rows[i].part);
        assert_string_equal(inbound.number, "+77011234567");
    }
}

static void a_long_text_is_cut_to_whole_letters(void **state)
{
    (void)state;
    static uint8_t bytes[4096];
    struct message_inbound inbound = {0};
    struct smpp_pdu_deliver deliver = {.coding = 8, .message = bytes, .size = sizeof bytes};
    for (size_t i = 0; i < sizeof bytes; i += 2) {
        bytes[i] = 0x20; /* U+20AC has three bytes in UTF-8, 1,023 is no multiple of that */
        bytes[i + 1] = 0xac;
    }
    bytes[1] = 0;
    bytes[0] = 'a' >> 8;
    bytes[1] = 'a';
    smpp_text_get_inbound(&inbound, &deliver);
    assert_int_equal(strlen(inbound.text), 1 + 340 * 3);
}

static enum err receipt_of(
    struct smpp_receipt *receipt, struct smpp_pdu_deliver *deliver, const char *text)
{
    deliver->esm_class = 0x04;
    deliver->message = (const uint8_t *)text;
    deliver->size = strlen(text);
    assert_true(smpp_receipt_is(deliver));
    return smpp_receipt_get(receipt, deliver);
}

static void receipts_are_read_from_text_and_fields(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *field_id;
        uint8_t field_state;
        uint16_t reference;
        enum err err;
        const char *id;
        uint8_t status;
    } rows[] = {
        {"id:0123456789 sub:001 dlvrd:001 submit date:2611240651 done date:2611240652 stat:DELIVRD "
         "err:000 text:Hi",
            "", 0, 0, ERR_OK, "0123456789", 0x00},
        {"id:ab-9 stat:EXPIRED err:1", "", 0, 0, ERR_OK, "ab-9", 0x46},
        {"ID:7 STAT:undeliv", "", 0, 0, ERR_OK, "7", 0x43},
        {"id:7 stat:REJECTD", "", 0, 0, ERR_OK, "7", 0x42},
        {"id:7 stat:DELETED", "", 0, 0, ERR_OK, "7", 0x48},
        {"id:7 stat:ENROUTE", "", 0, 0, ERR_OK, "7", 0x20},
        {"id:7 stat:UNKNOWN", "", 0, 0, ERR_OK, "7", 0x20},
        {"id:7 stat:DELIVRD", "8", 5, 0, ERR_OK, "8", 0x43},
        {"", "8", 2, 0, ERR_OK, "8", 0x00},
        {"", "", 2, 300, ERR_OK, "", 0x00},
        {"", "", 2, 0, ERR_FORMAT, "", 0},
        {"id:7", "", 0, 0, ERR_FORMAT, "", 0},
        {"id:7 stat:WHATEVER", "", 0, 0, ERR_FORMAT, "", 0},
        {"id: stat:", "", 0, 0, ERR_FORMAT, "", 0},
        {"Hello", "", 0, 0, ERR_FORMAT, "", 0},
        {"id:7 stat:DELIVRD", "", 77, 0, ERR_FORMAT, "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct smpp_receipt receipt;
        struct smpp_pdu_deliver deliver = {
            .state = rows[i].field_state, .reference = rows[i].reference};
        (void)snprintf(deliver.receipted_id, sizeof deliver.receipted_id, "%s", rows[i].field_id);
        enum err err = receipt_of(&receipt, &deliver, rows[i].text);
        if (err != rows[i].err)
            fail_msg("row %zu: got %s, want %s", i, err_name(err), err_name(rows[i].err));
        if (err == ERR_OK &&
            (strcmp(receipt.id, rows[i].id) != 0 || receipt.status != rows[i].status))
            fail_msg("row %zu: got '%s' 0x%x", i, receipt.id, receipt.status);
    }
    assert_false(smpp_receipt_is(&(struct smpp_pdu_deliver){.esm_class = 0}));
    assert_false(smpp_receipt_is(&(struct smpp_pdu_deliver){.esm_class = 0x40}));
    assert_true(smpp_receipt_is(&(struct smpp_pdu_deliver){.esm_class = 0x20}));
}

static const char phone[MESSAGES_NUMBER_SIZE] = "+77010000001";

static void ids_are_found_in_either_base(void **state)
{
    (void)state;
    struct smpp_ids *ids = calloc(1, sizeof *ids);
    assert_non_null(ids);
    smpp_ids_add(ids, "1f", 300, phone);
    smpp_ids_add(ids, "00abc-DEF", 301, phone);
    smpp_ids_add(ids, "", 302, phone);
    assert_int_equal(smpp_ids_find(ids, "1f", "")->reference, 300);
    assert_int_equal(smpp_ids_find(ids, "001F", "")->reference, 300);
    assert_int_equal(smpp_ids_find(ids, "31", "77010000001")->reference, 300);
    assert_int_equal(smpp_ids_find(ids, "0000000031", "87010000001")->reference, 300);
    assert_null(smpp_ids_find(ids, "31", "+77010000002")); /* another phone's: a chance hit */
    assert_int_equal(smpp_ids_find(ids, "abc-def", "")->reference, 301);
    assert_null(smpp_ids_find(ids, "", phone));
    assert_null(smpp_ids_find(ids, "2f", phone));
    smpp_ids_add(ids, "100", 303, phone);
    assert_int_equal(smpp_ids_find(ids, "64", phone)->reference, 303);
    assert_null(smpp_ids_find(ids, "99999999999999999999999999", phone));
    free(ids);
}

/* Bounded: of many, the newest are all found. */
static void old_ids_give_way(void **state)
{
    (void)state;
    struct smpp_ids *ids = calloc(1, sizeof *ids);
    assert_non_null(ids);
    char id[24];
    for (unsigned i = 0; i < 200000; i++) {
        (void)snprintf(id, sizeof id, "m%u", i);
        smpp_ids_add(ids, id, (uint16_t)i, phone);
    }
    unsigned found = 0;
    for (unsigned i = 200000 - 20000; i < 200000; i++) {
        (void)snprintf(id, sizeof id, "m%u", i);
        const struct smpp_ids_entry *entry = smpp_ids_find(ids, id, phone);
        found += entry != NULL && entry->reference == (uint16_t)i;
    }
    assert_in_range(found, 19950, 20000);
    assert_null(smpp_ids_find(ids, "m0", phone));
    free(ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_say_what_they_are),
        cmocka_unit_test(a_part_is_septets_in_octets_or_ucs2),
        cmocka_unit_test(what_is_no_part_is_refused),
        cmocka_unit_test(what_comes_is_read_by_its_coding),
        cmocka_unit_test(a_long_text_is_cut_to_whole_letters),
        cmocka_unit_test(receipts_are_read_from_text_and_fields),
        cmocka_unit_test(ids_are_found_in_either_base),
        cmocka_unit_test(old_ids_give_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
