/* rigctld: for tests of the transmitter: hamlib's real rigctld with its dummy transceiver, and what that says of itself.
 * Included by tests only.
 */
#ifndef TESTS_AUDIO_RIGCTLD_H
#define TESTS_AUDIO_RIGCTLD_H

#include "gateway/base/clock.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define RIGCTLD_START_MS 10000
#define RIGCTLD_LINE_MAX 64
#define RIGCTLD_DYING_MS 200 /* from its last answer to its end */

struct rigctld {
    pid_t pid; /* 0: not running */
    bool connected;
    int fd; /* our own connection, while connected */
    unsigned port;
    char place[32];
};

static inline void rigctld_must(bool good, const char *what)
{
    if (good)
        return;
    perror(what);
    abort();
}

/* A socket on a free port of 127.0.0.1. */
static inline int rigctld_listen(unsigned *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;

    rigctld_must(fd >= 0, "socket");
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    rigctld_must(bind(fd, (struct sockaddr *)&address, size) == 0, "bind");
    rigctld_must(listen(fd, 4) == 0, "listen");
    rigctld_must(getsockname(fd, (struct sockaddr *)&address, &size) == 0, "getsockname");
    *port = ntohs(address.sin_port);
    return fd;
}

static inline void rigctld_disconnect(struct rigctld *rigctld)
{
    if (rigctld->connected)
        close(rigctld->fd);
    rigctld->connected = false;
}

static inline bool rigctld_connect(struct rigctld *rigctld)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
        .sin_addr = {htonl(INADDR_LOOPBACK)},
        .sin_port = htons((uint16_t)rigctld->port)};

    if (rigctld->connected)
        return true;
    rigctld->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    rigctld_must(rigctld->fd >= 0, "socket");
    rigctld->connected = true;
    return connect(rigctld->fd, (struct sockaddr *)&address, sizeof(address)) == 0;
}

/* Its answer to one command, first line, through one connection that stays: where clients come and go many times a second, hamlib's
 * server ends by itself. False: it is not there. */
static inline bool rigctld_ask(
    struct rigctld *rigctld, const char *command, char line[RIGCTLD_LINE_MAX])
{
    struct pollfd ready = {.events = POLLIN};
    ssize_t got = -1;

    if (rigctld_connect(rigctld)) {
        ready.fd = rigctld->fd;
        while (recv(rigctld->fd, line, RIGCTLD_LINE_MAX, MSG_DONTWAIT) > 0)
            continue; /* the rest of the answer before */
        if (send(rigctld->fd, command, strlen(command), MSG_NOSIGNAL) > 0 &&
            poll(&ready, 1, 2000) == 1)
            got = recv(rigctld->fd, line, RIGCTLD_LINE_MAX - 1, 0);
    }
    if (got <= 0) {
        rigctld_disconnect(rigctld);
        return false;
    }
    line[got] = '\0';
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static inline void rigctld_run(struct rigctld *rigctld)
{
    char port[8];
    char line[RIGCTLD_LINE_MAX];
    int64_t until_ms = clock_boot_ms() + RIGCTLD_START_MS;

    (void)snprintf(port, sizeof(port), "%u", rigctld->port);
    rigctld->pid = fork();
    if (rigctld->pid == 0) {
        int null = open("/dev/null", O_RDWR);

        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)dup2(null, STDOUT_FILENO);
        (void)dup2(null, STDERR_FILENO);
        (void)execlp("rigctld", "rigctld", "-m", "1", "-P", "RIG", "-T", "127.0.0.1", "-t", port,
            (char *)NULL);
        _exit(127);
    }
    while (!rigctld_ask(rigctld, "t\n", line)) {
        rigctld_must(clock_boot_ms() < until_ms, "rigctld does not start");
        (void)poll(NULL, 0, 20);
    }
}

/* hamlib's server seldom ends by itself when a client vanishes in the middle of a command: then it is started again, unkeyed, as its
 * operator would. Anything else that keeps it from answering ends the test. */
static inline bool rigctld_is_keyed(struct rigctld *rigctld)
{
    char line[RIGCTLD_LINE_MAX];
    int status = 0;

    if (rigctld_ask(rigctld, "t\n", line))
        return strcmp(line, "0") != 0;
    (void)poll(NULL, 0, RIGCTLD_DYING_MS);
    rigctld_must(rigctld->pid > 0 && waitpid(rigctld->pid, &status, WNOHANG) == rigctld->pid,
        "rigctld does not answer");
    (void)fprintf(stderr, "rigctld ended by itself, status 0x%x\n", (unsigned)status);
    rigctld_run(rigctld);
    return false;
}

/* Is it as wanted within that time? */
static inline bool rigctld_becomes(struct rigctld *rigctld, bool keyed, int64_t within_ms)
{
    int64_t until_ms = clock_boot_ms() + within_ms;

    do {
        if (rigctld_is_keyed(rigctld) == keyed)
            return true;
        (void)poll(NULL, 0, 10);
    } while (clock_boot_ms() < until_ms);
    return false;
}

/* On a port that was free a moment ago. */
static inline void rigctld_start(struct rigctld *rigctld)
{
    int fd = rigctld_listen(&rigctld->port);

    close(fd);
    (void)snprintf(rigctld->place, sizeof(rigctld->place), "127.0.0.1:%u", rigctld->port);
    rigctld_run(rigctld);
}

static inline void rigctld_kill(struct rigctld *rigctld)
{
    rigctld_disconnect(rigctld);
    if (rigctld->pid == 0)
        return;
    (void)kill(rigctld->pid, SIGCONT);
    (void)kill(rigctld->pid, SIGKILL);
    (void)waitpid(rigctld->pid, NULL, 0);
    rigctld->pid = 0;
}

#endif
