/* messages: every type goes there and back; what is cut, padded or of no type is refused. */
#include "gateway/messages/messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void fill(struct message *message, enum message_type type)
{
    memset(message, 0, sizeof *message);
    message->type = type;
    message->fd = -1;
}

static void test_part(void **state)
{
    (void)state;
    static struct message sent;
    static struct message got;
    fill(&sent, MESSAGE_PART);
    struct message_part *part = &sent.as.part;
    part->job = 0x0102030405060708;
    memcpy(part->number, "+77011234567", 13);
    memcpy(part->text, "Қауіп сейілді", sizeof "Қауіп сейілді");
    part->coding = MESSAGE_UCS2;
    part->udh_size = 6;
    memcpy(part->udh, "\x05\x00\x03\x2a\x02\x01", 6);
    part->validity_min = 60;
    part->until_boot_ms = -5;
    static struct ipc_packet packet;
    assert_int_equal(messages_encode(&packet, &sent), ERR_OK);
    assert_int_equal(messages_decode(&got, &packet), ERR_OK);
    assert_memory_equal(&got.as.part, &sent.as.part, sizeof sent.as.part);
    for (size_t size = 0; size < packet.size; size++) {
        static struct ipc_packet cut;
        cut = packet;
        cut.size = size;
        assert_int_not_equal(messages_decode(&got, &cut), ERR_OK);
    }
    packet.size++;
    assert_int_equal(messages_decode(&got, &packet), ERR_FORMAT);
}

/* Zeroed messages of every type: name, encode, decode, socket. */
static void test_every_type(void **state)
{
    (void)state;
    int fds[2];
    assert_int_equal(ipc_pair(fds), ERR_OK);
    static struct message sent;
    static struct message got;
    for (int type = MESSAGE_NONE + 1; type < MESSAGE_TYPE_COUNT; type++) {
        fill(&sent, (enum message_type)type);
        assert_true(strlen(messages_name(sent.type)) > 1);
        assert_int_equal(messages_send(fds[0], &sent), ERR_OK);
        assert_int_equal(messages_receive(fds[1], &got), ERR_OK);
        assert_int_equal(got.type, type);
    }
    assert_int_equal(messages_receive(fds[1], &got), ERR_BUSY);
    fill(&sent, MESSAGE_NONE);
    assert_int_equal(messages_send(fds[0], &sent), ERR_VALUE);
    fill(&sent, MESSAGE_TYPE_COUNT);
    assert_int_equal(messages_send(fds[0], &sent), ERR_VALUE);
    static struct ipc_packet strange = {.type = MESSAGE_TYPE_COUNT, .fd = -1};
    assert_int_equal(messages_decode(&got, &strange), ERR_VERSION);
    close(fds[0]);
    close(fds[1]);
}

static void test_sealed_too_long(void **state)
{
    (void)state;
    static struct message sent;
    static struct ipc_packet packet;
    fill(&sent, MESSAGE_BULLETIN_SUBMIT);
    sent.as.sealed.sealed.size = WIRE_SEALED_MAX + 1;
    assert_int_equal(messages_encode(&packet, &sent), ERR_LONG);
    packet = (struct ipc_packet){
        .type = MESSAGE_BULLETIN_SUBMIT, .size = 3 + WIRE_SEALED_MAX + 1, .fd = -1};
    packet.payload[1] = (WIRE_SEALED_MAX + 1) >> 8;
    packet.payload[2] = (WIRE_SEALED_MAX + 1) & 0xff;
    assert_int_equal(messages_decode(&sent, &packet), ERR_LONG);
}

/* The longest message there is fits a packet; a number in a table stands at its own place. */
static void test_newsroom(void **state)
{
    (void)state;
    static struct message sent;
    static struct message got;
    static struct ipc_packet packet;
    fill(&sent, MESSAGE_SKETCH);
    sent.as.sketch.version = 7;
    memset(sent.as.sketch.text, 'x', SKETCH_TEXT_SIZE - 1);
    assert_int_equal(messages_encode(&packet, &sent), ERR_OK);
    assert_int_equal(messages_decode(&got, &packet), ERR_OK);
    assert_memory_equal(&got.as.sketch, &sent.as.sketch, sizeof sent.as.sketch);
    fill(&sent, MESSAGE_AUDIENCE);
    for (uint32_t i = 0; i < 6; i++)
        sent.as.audience.count[i / 2][i % 2] = 100 + i;
    sent.as.audience.minutes95 = 9;
    assert_int_equal(messages_encode(&packet, &sent), ERR_OK);
    assert_int_equal(messages_decode(&got, &packet), ERR_OK);
    assert_memory_equal(&got.as.audience, &sent.as.audience, sizeof sent.as.audience);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_part),
        cmocka_unit_test(test_every_type),
        cmocka_unit_test(test_sealed_too_long),
        cmocka_unit_test(test_newsroom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
