#include "audio/rig.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define COMMAND_MAX 32
#define DIGITS_MAX 10
#define PORT_MAX 65535
#define RIG_SET_MS (2 * RIG_ANSWER_MS)

struct rig {
    int fd;
};

enum err rig_parse_number(uint64_t *number, const char *line)
{
    size_t size = strlen(line);

    if (size == 0 || size > DIGITS_MAX || strspn(line, "0123456789") != size)
        return ERR_FORMAT;
    *number = strtoull(line, NULL, 10);
    return ERR_OK;
}

enum err rig_parse_report(int *code, const char *line)
{
    const char *digits = line + sizeof(RIG_REPORT) - 1;
    uint64_t number;
    bool minus;

    if (strncmp(line, RIG_REPORT, sizeof(RIG_REPORT) - 1) != 0)
        return ERR_FORMAT;
    minus = *digits == '-';
    if (rig_parse_number(&number, digits + minus) || number > PORT_MAX)
        return ERR_FORMAT;
    *code = minus ? -(int)number : (int)number;
    return ERR_OK;
}

static enum err parse_place(struct sockaddr_in *address, const char *place)
{
    char host[INET_ADDRSTRLEN];
    const char *colon = strchr(place, ':');
    uint64_t port;

    if (!colon || (size_t)(colon - place) >= sizeof(host))
        return ERR_VALUE;
    memcpy(host, place, (size_t)(colon - place));
    host[colon - place] = '\0';
    *address = (struct sockaddr_in){.sin_family = AF_INET};
    if (inet_pton(AF_INET, host, &address->sin_addr) != 1 || rig_parse_number(&port, colon + 1) ||
        port == 0 || port > PORT_MAX)
        return ERR_VALUE;
    address->sin_port = htons((uint16_t)port);
    return ERR_OK;
}

bool rig_is_place(const char *place)
{
    struct sockaddr_in address;

    return parse_place(&address, place) == ERR_OK;
}

/* Until fd is ready for events or the deadline (boot clock) is over. */
static enum err wait_for(int fd, short events, int64_t deadline_ms)
{
    struct pollfd ready = {.fd = fd, .events = events};
    int64_t left_ms = deadline_ms - clock_boot_ms();
    int count;

    if (left_ms <= 0)
        return ERR_TIMEOUT;
    count = poll(&ready, 1, (int)left_ms);
    if (count < 0 && errno != EINTR)
        return ERR_SYSTEM;
    return count > 0 || (count < 0 && errno == EINTR) ? ERR_OK : ERR_TIMEOUT;
}

static enum err connect_to(int fd, const struct sockaddr_in *address)
{
    int failure = 0;
    socklen_t size = sizeof(failure);
    enum err err;

    if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0)
        return ERR_OK;
    if (errno != EINPROGRESS)
        return ERR_DEVICE;
    err = wait_for(fd, POLLOUT, clock_boot_ms() + RIG_ANSWER_MS);
    if (err)
        return err;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size) || failure)
        return ERR_DEVICE;
    return ERR_OK;
}

enum err rig_open(struct rig **rig, const char *place)
{
    struct sockaddr_in address;
    enum err err = parse_place(&address, place);
    int fd;

    if (err)
        return err;
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return ERR_SYSTEM;
    err = connect_to(fd, &address);
    if (err) {
        close(fd);
        return err;
    }
    *rig = malloc(sizeof(**rig));
    if (!*rig)
        log_fatal("no_memory");
    (*rig)->fd = fd;
    return ERR_OK;
}

int rig_fd(const struct rig *rig)
{
    return rig->fd;
}

void rig_close(struct rig *rig)
{
    if (!rig)
        return;
    close(rig->fd);
    free(rig);
}

/* One line without its end, byte by byte, so that nothing is taken of what follows. */
static enum err read_line(struct rig *rig, char line[RIG_LINE_MAX], int64_t deadline_ms)
{
    size_t used = 0;

    while (used < RIG_LINE_MAX) {
        enum err err = wait_for(rig->fd, POLLIN, deadline_ms);
        ssize_t got = err ? 0 : recv(rig->fd, line + used, 1, 0);

        if (err)
            return err;
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (got <= 0)
            return ERR_CLOSED;
        if (line[used] == '\n') {
            line[used] = '\0';
            return ERR_OK;
        }
        if (line[used] == '\0')
            return ERR_FORMAT;
        used++;
    }
    return ERR_LONG;
}

/* Something that nobody has asked for: then no answer can be told from it. */
static bool has_leftovers(const struct rig *rig)
{
    char byte;

    return recv(rig->fd, &byte, 1, MSG_PEEK) >= 0;
}

static enum err say(struct rig *rig, const char *command)
{
    size_t size = strlen(command);

    if (has_leftovers(rig))
        return ERR_FORMAT;
    return send(rig->fd, command, size, MSG_NOSIGNAL) == (ssize_t)size ? ERR_OK : ERR_CLOSED;
}

/* A command that changes something: only "RPRT 0" is an answer. */
static enum err set(struct rig *rig, const char *command)
{
    int64_t deadline_ms = clock_boot_ms() + RIG_ANSWER_MS;
    char line[RIG_LINE_MAX];
    int code;
    enum err err = say(rig, command);

    if (!err)
        err = read_line(rig, line, deadline_ms);
    if (!err)
        err = rig_parse_report(&code, line);
    if (err)
        return err;
    return code == 0 ? ERR_OK : ERR_DEVICE;
}

/* A question that is answered by a number, or "RPRT" with the reason why not: ERR_MISSING. */
static enum err get(struct rig *rig, uint64_t *number, const char *command)
{
    int64_t deadline_ms = clock_boot_ms() + RIG_ANSWER_MS;
    char line[RIG_LINE_MAX];
    int code;
    enum err err = say(rig, command);

    if (!err)
        err = read_line(rig, line, deadline_ms);
    if (err)
        return err;
    if (rig_parse_report(&code, line) == ERR_OK)
        return code < 0 ? ERR_MISSING : ERR_FORMAT;
    return rig_parse_number(number, line);
}

static enum err set_frequency(struct rig *rig, uint32_t hz)
{
    char command[COMMAND_MAX];
    uint64_t now_hz;
    enum err err;

    (void)snprintf(command, sizeof(command), "F %u\n", (unsigned)hz);
    err = set(rig, command);
    if (!err)
        err = get(rig, &now_hz, "f\n");
    if (err)
        return err == ERR_MISSING ? ERR_DEVICE : err;
    return now_hz + RIG_TOLERANCE_HZ >= hz && now_hz <= (uint64_t)hz + RIG_TOLERANCE_HZ
               ? ERR_OK
               : ERR_DEVICE;
}

/* Read back, too: hamlib takes a word that it does not know and sets no mode. */
static enum err set_mode(struct rig *rig, const char *mode)
{
    int64_t deadline_ms = clock_boot_ms() + RIG_SET_MS;
    char text[RIG_LINE_MAX];
    uint64_t width_hz;
    int code;
    enum err err;

    (void)snprintf(text, sizeof(text), "M %.*s %d\n", RIG_MODE_SIZE, mode, RIG_WIDTH_DEFAULT);
    err = set(rig, text);
    if (!err)
        err = say(rig, "m\n");
    if (!err)
        err = read_line(rig, text, deadline_ms);
    if (err)
        return err;
    if (rig_parse_report(&code, text) == ERR_OK)
        return code < 0 ? ERR_OK : ERR_FORMAT;
    code = strcmp(text, mode);
    err = read_line(rig, text, deadline_ms);
    if (!err)
        err = rig_parse_number(&width_hz, text);
    if (err)
        return err;
    return code == 0 ? ERR_OK : ERR_DEVICE;
}

enum err rig_tune(struct rig *rig, uint32_t hz, const char *mode)
{
    enum err err = hz ? set_frequency(rig, hz) : ERR_OK;

    return err || mode[0] == '\0' ? err : set_mode(rig, mode);
}

enum err rig_key(struct rig *rig, bool on)
{
    uint64_t now;
    enum err err = set(rig, on ? "T 1\n" : "T 0\n");

    if (!err)
        err = get(rig, &now, "t\n");
    if (err)
        return err == ERR_MISSING ? ERR_OK : err;
    return (now != 0) == on ? ERR_OK : ERR_DEVICE;
}
