/* smpp_pdu beside libsmpp34, which shares no code with it: the same bytes for the same message, both ways; and what no reader
 * may trust: lengths.
 */
#include "modems/smpp_pdu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* in this order: they need each other */
/* clang-format off */
#include <libsmpp34/smpp34.h>
#include <libsmpp34/smpp34_structs.h>
#include <libsmpp34/smpp34_params.h>
/* clang-format on */

#include <cmocka.h>

#define ROOM 1024

static const struct smpp_pdu_submit submit = {
    .source = {5, 0, "AZAT"},
    .destination = {1, 1, "77010000001"},
    .validity_min = 1501, /* one day, one hour, one minute */
    .udh = true,
    .receipt = true,
    .coding = 8,
    .reference = 0x1234,
    .size = 10,
    .message = {5, 0, 3, 42, 2, 1, 0x04, 0x10, 0x04, 0x11},
};

static void a_submit_reads_the_same_elsewhere(void **state)
{
    (void)state;
    static submit_sm_t theirs;
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_submit(&out, 77, &submit);
    assert_int_equal(out.err, ERR_OK);
    assert_int_equal(smpp34_unpack(SUBMIT_SM, &theirs, bytes, (int)out.used), 0);
    assert_int_equal(theirs.command_length, out.used);
    assert_int_equal(theirs.command_id, SUBMIT_SM);
    assert_int_equal(theirs.command_status, 0);
    assert_int_equal(theirs.sequence_number, 77);
    assert_int_equal(theirs.source_addr_ton, 5);
    assert_int_equal(theirs.source_addr_npi, 0);
    assert_string_equal((char *)theirs.source_addr, "AZAT");
    assert_int_equal(theirs.dest_addr_ton, 1);
    assert_int_equal(theirs.dest_addr_npi, 1);
    assert_string_equal((char *)theirs.destination_addr, "77010000001");
    assert_int_equal(theirs.esm_class, 0x40);
    assert_string_equal((char *)theirs.schedule_delivery_time, "");
    assert_string_equal((char *)theirs.validity_period, "000001010100000R");
    assert_int_equal(theirs.registered_delivery, 1);
    assert_int_equal(theirs.replace_if_present_flag, 0);
    assert_int_equal(theirs.data_coding, 8);
    assert_int_equal(theirs.sm_length, submit.size);
    assert_memory_equal(theirs.short_message, submit.message, submit.size);
    assert_non_null(theirs.tlv);
    assert_int_equal(theirs.tlv->tag, TLVID_user_message_reference);
    assert_int_equal(theirs.tlv->value.val16, 0x1234);
    destroy_tlv(theirs.tlv);
}

static void a_bind_reads_the_same_elsewhere(void **state)
{
    (void)state;
    static bind_transceiver_t theirs;
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    const struct smpp_pdu_bind bind = {"azat", "secret"};
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_bind(&out, 1, &bind);
    assert_int_equal(smpp34_unpack(BIND_TRANSCEIVER, &theirs, bytes, (int)out.used), 0);
    assert_string_equal((char *)theirs.system_id, "azat");
    assert_string_equal((char *)theirs.password, "secret");
    assert_int_equal(theirs.interface_version, 0x34);
}

/* Every longest field at once still fits what the worker has room for. */
static void the_longest_submit_fits(void **state)
{
    (void)state;
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    struct smpp_pdu_submit longest = submit;
    memset(longest.source.digits, '9', SMPP_PDU_ADDRESS_SIZE - 1);
    memset(longest.destination.digits, '9', SMPP_PDU_ADDRESS_SIZE - 1);
    longest.validity_min = UINT16_MAX;
    longest.size = SMPP_PDU_SHORT_MAX;
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_submit(&out, SMPP_PDU_SEQUENCE_MAX, &longest);
    assert_int_equal(out.err, ERR_OK);
    assert_int_equal(bytes[2] << 8 | bytes[3], out.used);
}

static void answers_have_the_bodies_that_they_must(void **state)
{
    (void)state;
    static deliver_sm_resp_t theirs;
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_plain(&out, &(struct smpp_pdu_header){SMPP_DELIVER | SMPP_PDU_RESPONSE, 0x64, 9});
    assert_int_equal(out.used, SMPP_PDU_HEADER_SIZE + 1);
    assert_int_equal(smpp34_unpack(DELIVER_SM_RESP, &theirs, bytes, (int)out.used), 0);
    assert_int_equal(theirs.command_status, 0x64);
    assert_int_equal(theirs.sequence_number, 9);
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_plain(&out, &(struct smpp_pdu_header){SMPP_ENQUIRE, 0, 10});
    assert_int_equal(out.used, SMPP_PDU_HEADER_SIZE);
}

static int pack_deliver(uint8_t bytes[ROOM])
{
    static deliver_sm_t theirs;
    static tlv_t state, id, reference;
    int size = 0;
    theirs = (deliver_sm_t){.command_id = DELIVER_SM,
        .sequence_number = 5,
        .source_addr_ton = 1,
        .source_addr_npi = 1,
        .esm_class = 0x04,
        .data_coding = 3,
        .sm_length = 5};
    memcpy(theirs.source_addr, "77010000001", 12);
    memcpy(theirs.destination_addr, "1414", 5);
    memcpy(theirs.short_message, "id:1f", 5);
    id = (tlv_t){.tag = TLVID_receipted_message_id, .length = 3, .next = &state};
    memcpy(id.value.octet, "1f", 3);
    state = (tlv_t){.tag = TLVID_message_state, .length = 1, .next = &reference};
    state.value.val08 = 2;
    reference = (tlv_t){.tag = TLVID_user_message_reference, .length = 2};
    reference.value.val16 = 0x1234;
    theirs.tlv = &id;
    assert_int_equal(smpp34_pack(DELIVER_SM, bytes, ROOM, &size, &theirs), 0);
    return size;
}

static void a_deliver_from_elsewhere_is_read(void **state)
{
    (void)state;
    uint8_t bytes[ROOM];
    struct smpp_pdu_deliver deliver;
    struct smpp_pdu_header header;
    size_t size = 0;
    size_t packed = (size_t)pack_deliver(bytes);
    assert_int_equal(smpp_pdu_measure(&size, bytes, packed), ERR_OK);
    assert_int_equal(size, packed);
    assert_int_equal(smpp_pdu_get_header(&header, bytes, size), ERR_OK);
    assert_int_equal(header.id, SMPP_DELIVER);
    assert_int_equal(header.sequence, 5);
    assert_int_equal(smpp_pdu_get_deliver(&deliver, bytes, size), ERR_OK);
    assert_string_equal(deliver.source.digits, "77010000001");
    assert_int_equal(deliver.source.ton, 1);
    assert_string_equal(deliver.destination.digits, "1414");
    assert_int_equal(deliver.esm_class, 0x04);
    assert_int_equal(deliver.coding, 3);
    assert_int_equal(deliver.size, 5);
    assert_memory_equal(deliver.message, "id:1f", 5);
    assert_string_equal(deliver.receipted_id, "1f");
    assert_int_equal(deliver.state, 2);
    assert_int_equal(deliver.reference, 0x1234);
}

/* Cut anywhere, in a buffer of just that size, it is refused, and nothing is read beyond. */
static void a_deliver_cut_short_is_refused(void **state)
{
    (void)state;
    uint8_t bytes[ROOM];
    struct smpp_pdu_deliver deliver;
    size_t packed = (size_t)pack_deliver(bytes);
    size_t without_tlvs = packed - (4 + 3) - (4 + 1) - (4 + 2);
    for (size_t size = 0; size < packed; size++) {
        uint8_t *cut = malloc(size + (size == 0));
        memcpy(cut, bytes, size);
        enum err err = smpp_pdu_get_deliver(&deliver, cut, size);
        bool between =
            size == without_tlvs || size == without_tlvs + 7 || size == without_tlvs + 12;
        if ((err == ERR_OK) != between)
            fail_msg("cut to %zu of %zu bytes: got %s", size, packed, err_name(err));
        free(cut);
    }
}

static void a_stream_is_measured_before_it_is_believed(void **state)
{
    (void)state;
    static const struct {
        uint8_t bytes[6];
        size_t have;
        enum err err;
    } rows[] = {
        {{0}, 0, ERR_BUSY},
        {{0, 0, 0}, 3, ERR_BUSY},
        {{0, 0, 0, 16}, 4, ERR_BUSY},
        {{0, 0, 0, 15}, 4, ERR_SHORT},
        {{0, 0, 0, 0}, 4, ERR_SHORT},
        {{0, 0, 0x20, 0x00}, 4, ERR_BUSY},
        {{0, 0, 0x20, 0x01}, 4, ERR_LONG},
        {{0xff, 0xff, 0xff, 0xff}, 4, ERR_LONG},
        {{'H', 'T', 'T', 'P', '/', '1'}, 6, ERR_LONG},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t size = 0;
        enum err err = smpp_pdu_measure(&size, rows[i].bytes, rows[i].have);
        if (err != rows[i].err)
            fail_msg("row %zu: got %s, want %s", i, err_name(err), err_name(rows[i].err));
    }
}

static void an_id_longer_than_allowed_is_refused(void **state)
{
    (void)state;
    char id[SMPP_PDU_MESSAGE_ID_SIZE];
    uint8_t bytes[SMPP_PDU_HEADER_SIZE + 80] = {0};
    memset(bytes + SMPP_PDU_HEADER_SIZE, 'a', 79);
    assert_int_equal(smpp_pdu_get_submit_resp(id, bytes, sizeof bytes), ERR_LONG);
    assert_string_equal(id, "");
    assert_int_equal(smpp_pdu_get_submit_resp(id, bytes, SMPP_PDU_HEADER_SIZE + 10), ERR_SHORT);
    bytes[SMPP_PDU_HEADER_SIZE + 64] = 0;
    assert_int_equal(smpp_pdu_get_submit_resp(id, bytes, SMPP_PDU_HEADER_SIZE + 65), ERR_OK);
    assert_int_equal(strlen(id), 64);
    assert_int_equal(smpp_pdu_get_submit_resp(id, bytes, SMPP_PDU_HEADER_SIZE), ERR_OK);
    assert_string_equal(id, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_submit_reads_the_same_elsewhere),
        cmocka_unit_test(a_bind_reads_the_same_elsewhere),
        cmocka_unit_test(the_longest_submit_fits),
        cmocka_unit_test(answers_have_the_bodies_that_they_must),
        cmocka_unit_test(a_deliver_from_elsewhere_is_read),
        cmocka_unit_test(a_deliver_cut_short_is_refused),
        cmocka_unit_test(a_stream_is_measured_before_it_is_believed),
        cmocka_unit_test(an_id_longer_than_allowed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
