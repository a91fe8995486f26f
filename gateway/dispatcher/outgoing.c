#include "gateway/dispatcher/outgoing.h"

#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct outgoing_item {
    struct outgoing_item *next;
    uint16_t type;
    size_t size;
    uint8_t payload[];
};

void outgoing_open(
    struct outgoing *outgoing, struct loop *loop, int fd, loop_fd_handler *handler, void *arg)
{
    memset(outgoing, 0, sizeof *outgoing);
    outgoing->fd = fd;
    outgoing->source = loop_add_fd(loop, fd, LOOP_READ, handler, arg);
}

static void drop_first(struct outgoing *outgoing)
{
    struct outgoing_item *item = outgoing->first;
    outgoing->first = item->next;
    if (outgoing->first == NULL)
        outgoing->last = NULL;
    outgoing->count--;
    explicit_bzero(item->payload, item->size); /* often a number in clear */
    free(item);
}

void outgoing_close(struct outgoing *outgoing)
{
    while (outgoing->first != NULL)
        drop_first(outgoing);
    loop_remove(outgoing->source);
    close(outgoing->fd);
    outgoing->source = NULL;
    outgoing->fd = -1;
}

void outgoing_put(struct outgoing *outgoing, const struct message *message)
{
    struct ipc_packet packet;
    enum err err = messages_encode(&packet, message);
    if (err != ERR_OK)
        log_fatal(
            "message_not_encoded type=%s error=%s", messages_name(message->type), err_name(err));
    struct outgoing_item *item = malloc(sizeof *item + packet.size);
    if (item == NULL)
        log_fatal("no_memory");
    item->next = NULL;
    item->type = packet.type;
    item->size = packet.size;
    memcpy(item->payload, packet.payload, packet.size);
    if (outgoing->last == NULL)
        outgoing->first = item;
    else
        outgoing->last->next = item;
    outgoing->last = item;
    outgoing->count++;
}

static void watch(struct outgoing *outgoing)
{
    loop_set_events(outgoing->source,
        (outgoing->paused ? 0 : LOOP_READ) | (outgoing->blocked ? LOOP_WRITE : 0));
}

void outgoing_pause(struct outgoing *outgoing, bool pause)
{
    bool changed = pause != outgoing->paused;
    outgoing->paused = pause;
    if (changed)
        watch(outgoing);
}

static enum err send_first(const struct outgoing *outgoing)
{
    struct ipc_packet packet;
    packet.fd = -1;
    packet.type = outgoing->first->type;
    packet.size = outgoing->first->size;
    memcpy(packet.payload, outgoing->first->payload, packet.size);
    return ipc_send(outgoing->fd, &packet);
}

void outgoing_flush(struct outgoing *outgoing)
{
    enum err err = ERR_OK;
    while (err == ERR_OK && outgoing->first != NULL) {
        err = send_first(outgoing);
        if (err == ERR_OK)
            drop_first(outgoing);
    }
    if (err != ERR_OK && err != ERR_BUSY)
        outgoing->broken = true;
    bool changed = (err == ERR_BUSY) != outgoing->blocked;
    outgoing->blocked = err == ERR_BUSY;
    if (changed)
        watch(outgoing);
}
