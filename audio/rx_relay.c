#include "audio/rx_relay.h"

#include "gateway/base/clock.h"
#include "gateway/base/ipc.h"
#include "gateway/messages/messages.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define FILE_MODE 0644
#define ASIDE_SUFFIX ".part"

static enum err write_all(int fd, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, bytes, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_from_errno(errno);
        bytes += done;
        size -= (size_t)done;
    }
    return fsync(fd) ? err_from_errno(errno) : ERR_OK;
}

static enum err write_aside(const char *aside, const struct rx_heard *heard)
{
    int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err = write_all(fd, heard->sealed, heard->sealed_size);
    return close(fd) && !err ? err_from_errno(errno) : err;
}

enum err rx_relay_save(const char *folder, const struct rx_heard *heard)
{
    char path[PATH_SIZE], aside[PATH_SIZE + sizeof ASIDE_SUFFIX];
    const struct bulletin *bulletin = &heard->bulletin;
    int size = snprintf(path, sizeof path, "%s/%02x%02x-%" PRIu32 "-%s.bulletin", folder,
        bulletin->newsroom[0], bulletin->newsroom[1], bulletin->number, heard->code);
    if (size < 0 || (size_t)size >= sizeof path)
        return ERR_LONG;
    (void)snprintf(aside, sizeof aside, "%s" ASIDE_SUFFIX, path);
    enum err err = write_aside(aside, heard);
    if (!err && rename(aside, path))
        err = err_from_errno(errno);
    if (err)
        (void)unlink(aside);
    return err;
}

static void drop_first(struct rx_relay *relay)
{
    memmove(
        &relay->waiting[0], &relay->waiting[1], --relay->waiting_count * sizeof relay->waiting[0]);
}

void rx_relay_add(struct rx_relay *relay, const struct rx_heard *heard)
{
    if (heard->sealed_size > sizeof relay->waiting[0].bytes)
        return;
    if (relay->waiting_count == RX_RELAY_WAITING_MAX)
        drop_first(relay);
    struct rx_waiting *place = &relay->waiting[relay->waiting_count++];
    place->size = heard->sealed_size;
    memcpy(place->bytes, heard->sealed, heard->sealed_size);
    relay->tried_ms = clock_boot_ms() - RX_RELAY_RETRY_MS;
}

static enum err connect_gateway(int *fd, const char *socket_path)
{
    static const struct timeval patience = {.tv_sec = RX_RELAY_ANSWER_S};
    char path[PATH_SIZE];
    struct stat found;
    bool folder = !stat(socket_path, &found) && S_ISDIR(found.st_mode);
    int size = snprintf(path, sizeof path, "%s%s", socket_path, folder ? "/control" : "");
    if (size < 0 || (size_t)size >= sizeof path)
        return ERR_LONG;
    enum err err = ipc_connect(fd, path);
    if (err)
        return err;
    (void)setsockopt(*fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(*fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return ERR_OK;
}

/* Its answer in message. */
static enum err submit(
    struct message *message, const char *socket_path, const struct rx_waiting *waiting)
{
    int fd;
    enum err err = connect_gateway(&fd, socket_path);
    if (err)
        return err;
    *message = (struct message){.type = MESSAGE_BULLETIN_SUBMIT, .fd = -1};
    message->as.sealed.sealed.size = (uint16_t)waiting->size;
    memcpy(message->as.sealed.sealed.bytes, waiting->bytes, waiting->size);
    err = messages_send(fd, message);
    if (!err)
        err = messages_receive(fd, message);
    (void)close(fd);
    return err;
}

/* False if it is to be tried again. */
static bool hand_over(
    char why[RX_RELAY_WHY_SIZE], const char *socket_path, const struct rx_waiting *waiting)
{
    struct message message;
    enum err err = submit(&message, socket_path, waiting);
    if (err) {
        (void)snprintf(why, RX_RELAY_WHY_SIZE, "the gateway cannot be reached, later again: %s",
            err_text(err));
        return false;
    }
    const struct message_refused *refused = &message.as.refused;
    if (message.type != MESSAGE_REFUSED)
        (void)snprintf(why, RX_RELAY_WHY_SIZE, "the gateway has taken bulletin %" PRIu64,
            (uint64_t)message.as.ok.value);
    else
        (void)snprintf(why, RX_RELAY_WHY_SIZE, "the gateway refused a bulletin: %.200s",
            refused->detail[0] ? refused->detail : err_text((enum err)refused->result));
    return true;
}

bool rx_relay_try(struct rx_relay *relay, char why[RX_RELAY_WHY_SIZE], bool now)
{
    int64_t now_ms = clock_boot_ms();
    if (!relay->socket || !relay->waiting_count ||
        (!now && now_ms - relay->tried_ms < RX_RELAY_RETRY_MS))
        return false;
    if (hand_over(why, relay->socket, &relay->waiting[0]))
        drop_first(relay);
    else
        relay->tried_ms = now_ms;
    return true;
}
