#include "modems/talk.h"

#include "gateway/base/utf8.h"

#include <string.h>

_Static_assert(sizeof(struct talk) <= IPC_PAYLOAD_MAX, "a talk is one packet");

/* Both sides are one program on one machine, so that a talk travels as it lies in memory. */
enum err talk_send(int fd, const struct talk *talk)
{
    struct ipc_packet packet;
    packet.type = (uint16_t)talk->type;
    packet.fd = -1;
    packet.size = sizeof *talk;
    memcpy(packet.payload, talk, sizeof *talk);
    return ipc_send(fd, &packet);
}

static void close_text(char *text, size_t size)
{
    text[size - 1] = '\0';
    if (utf8_check(text, strlen(text)) != ERR_OK)
        text[0] = '\0';
}

static void close_found(struct transport_found *found)
{
    close_text(found->inbound.number, sizeof found->inbound.number);
    close_text(found->inbound.text, sizeof found->inbound.text);
    close_text(found->report.number, sizeof found->report.number);
}

static void close_done(struct talk_done *done)
{
    close_text(done->hello.imei, sizeof done->hello.imei);
    close_text(done->hello.imsi, sizeof done->hello.imsi);
    close_text(done->hello.model, sizeof done->hello.model);
}

enum err talk_receive(int fd, struct talk *talk)
{
    struct ipc_packet packet;
    enum err err = ipc_receive(fd, &packet);
    if (err != ERR_OK)
        return err;
    if (packet.size != sizeof *talk || packet.type >= TALK_TYPE_COUNT)
        return ERR_FORMAT;
    memcpy(talk, packet.payload, sizeof *talk);
    if (talk->type != (enum talk_type)packet.type)
        return ERR_FORMAT;
    if (talk->type == TALK_FOUND)
        close_found(&talk->as.found);
    else if (talk->type == TALK_DONE)
        close_done(&talk->as.done);
    else if (talk->type == TALK_DECODE)
        talk->as.hex[TALK_HEX_SIZE - 1] = '\0';
    return ERR_OK;
}

static const struct {
    const char *name;
    unsigned deadline_ms;
} table[TALK_TYPE_COUNT] = {
    [TALK_NONE] = {"none", 0},
    [TALK_OPEN] = {"open", 75000},
    [TALK_SEND] = {"send", 0}, /* the part's own deadlines hold */
    [TALK_SWEEP] = {"sweep", 60000},
    [TALK_REMOVE] = {"remove", 20000},
    [TALK_DECODE] = {"decode", 5000},
    [TALK_ASK] = {"ask", 10000},
    [TALK_FOUND] = {"found", 0},
    [TALK_DONE] = {"done", 0},
};

const char *talk_name(enum talk_type type)
{
    return type < TALK_TYPE_COUNT ? table[type].name : "?";
}

unsigned talk_deadline_ms(enum talk_type type)
{
    return type < TALK_TYPE_COUNT ? table[type].deadline_ms : 0;
}
