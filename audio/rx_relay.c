#include "audio/rx_relay.h"

#include "gateway/base/ipc.h"
#include "gateway/messages/messages.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
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

static void take_out(struct rx_relay *relay, unsigned at)
{
    memmove(&relay->waiting[at], &relay->waiting[at + 1],
        (--relay->waiting_count - at) * sizeof relay->waiting[0]);
}

void rx_relay_add(struct rx_relay *relay, const struct rx_heard *heard)
{
    if (heard->sealed_size > sizeof relay->waiting[0].bytes)
        return;
    if (relay->waiting_count == RX_RELAY_WAITING_MAX) {
        take_out(relay, relay->asked ? 1 : 0);
        relay->dropped++;
    }
    struct rx_waiting *place = &relay->waiting[relay->waiting_count++];
    place->size = heard->sealed_size;
    memcpy(place->bytes, heard->sealed, heard->sealed_size);
    rx_relay_hurry(relay);
}

void rx_relay_hurry(struct rx_relay *relay)
{
    relay->paused = false;
}

static void pause_until(struct rx_relay *relay, int64_t resume_ms)
{
    relay->paused = true;
    relay->resume_ms = resume_ms;
}

static enum err connect_gateway(int *fd, const char *socket_path)
{
    char path[PATH_SIZE];
    struct stat found;
    bool folder = !stat(socket_path, &found) && S_ISDIR(found.st_mode);
    int size = snprintf(path, sizeof path, "%s%s", socket_path, folder ? "/control" : "");
    if (size < 0 || (size_t)size >= sizeof path)
        return ERR_LONG;
    return ipc_connect_at_once(fd, path);
}

/* Sends the first that waits; its answer comes later. */
static enum err ask(struct rx_relay *relay, int64_t now_ms)
{
    const struct rx_waiting *waiting = &relay->waiting[0];
    struct message message = {.type = MESSAGE_BULLETIN_SUBMIT, .fd = -1};
    enum err err = connect_gateway(&relay->fd, relay->socket);
    if (err)
        return err;
    message.as.sealed.sealed.size = (uint16_t)waiting->size;
    memcpy(message.as.sealed.sealed.bytes, waiting->bytes, waiting->size);
    err = messages_send(relay->fd, &message);
    if (err)
        (void)close(relay->fd);
    relay->asked = !err;
    relay->asked_ms = now_ms;
    return err;
}

static void hang_up(struct rx_relay *relay)
{
    (void)close(relay->fd);
    relay->asked = false;
}

/* Says it once. */
static bool tell_away(
    struct rx_relay *relay, char why[RX_RELAY_WHY_SIZE], enum err err, int64_t now_ms)
{
    bool told = relay->away;
    relay->away = true;
    pause_until(relay, now_ms + RX_RELAY_RETRY_MS);
    (void)snprintf(why, RX_RELAY_WHY_SIZE,
        "the gateway cannot be reached, tried again every %d s: %s", RX_RELAY_RETRY_MS / 1000,
        err_text(err));
    return !told;
}

/* Was it refused for something that may be otherwise later? */
static bool is_for_now(uint8_t result)
{
    static const bool for_now[ERR_COUNT] = {[ERR_ROSTER] = true,
        [ERR_MISSING] = true,
        [ERR_FUTURE] = true,
        [ERR_STATE] = true,
        [ERR_BUSY] = true,
        [ERR_TIMEOUT] = true,
        [ERR_FULL] = true,
        [ERR_DENIED] = true,
        [ERR_SYSTEM] = true};
    return result < ERR_COUNT && for_now[result];
}

/* Others go first then. */
static void put_last(struct rx_relay *relay)
{
    struct rx_waiting first = relay->waiting[0];
    take_out(relay, 0);
    relay->waiting[relay->waiting_count++] = first;
}

static void take_answer(struct rx_relay *relay, char why[RX_RELAY_WHY_SIZE],
    const struct message *answer, int64_t now_ms)
{
    const struct message_refused *refused = &answer->as.refused;
    relay->away = false;
    if (answer->type != MESSAGE_REFUSED) {
        take_out(relay, 0);
        (void)snprintf(why, RX_RELAY_WHY_SIZE, "the gateway has taken bulletin %" PRIu64,
            (uint64_t)answer->as.ok.value);
        return;
    }
    bool later = is_for_now(refused->result);
    (void)snprintf(why, RX_RELAY_WHY_SIZE, "the gateway refused a bulletin%s: %.200s",
        later ? ", tried again later" : "",
        refused->detail[0] ? refused->detail : err_text((enum err)refused->result));
    if (later) {
        put_last(relay);
        pause_until(relay, now_ms + RX_RELAY_RETRY_MS);
    } else {
        take_out(relay, 0);
    }
}

bool rx_relay_step(struct rx_relay *relay, char why[RX_RELAY_WHY_SIZE], int64_t now_ms)
{
    struct message answer;
    if (!relay->socket || !relay->waiting_count)
        return false;
    if (!relay->asked) {
        if (relay->paused && now_ms < relay->resume_ms)
            return false;
        enum err err = ask(relay, now_ms);
        return err && tell_away(relay, why, err, now_ms);
    }
    enum err err = messages_receive(relay->fd, &answer);
    if (err == ERR_BUSY && now_ms - relay->asked_ms < RX_RELAY_ANSWER_MS)
        return false;
    hang_up(relay);
    if (err)
        return tell_away(relay, why, err == ERR_BUSY ? ERR_TIMEOUT : err, now_ms);
    take_answer(relay, why, &answer, now_ms);
    return true;
}

void rx_relay_wait(const struct rx_relay *relay)
{
    struct pollfd answer = {.fd = relay->fd, .events = POLLIN};
    if (relay->asked)
        (void)poll(&answer, 1, RX_RELAY_ANSWER_MS);
}
