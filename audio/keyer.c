#include "audio/keyer.h"

#include "audio/keyer_process.h"
#include "gateway/base/log.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define END_MS 1200 /* for it to unkey */
#define END_STEP_MS 10

struct keyer {
    int fd;
    pid_t pid;
    uint32_t serial; /* of the last order that is answered */
};

static const char *const lines[KEYER_LINE_COUNT] = {"none", "rts", "dtr", "rigctld"};
static const char *const states[KEYER_STATE_COUNT] = {"doubt", "unkeyed", "keyed"};

enum err keyer_parse_line(enum keyer_line *line, const char *word)
{
    for (unsigned i = 0; i < KEYER_LINE_COUNT; i++)
        if (strcmp(lines[i], word) == 0) {
            *line = (enum keyer_line)i;
            return ERR_OK;
        }
    return ERR_MISSING;
}

const char *keyer_print_state(enum keyer_state state)
{
    return (unsigned)state < KEYER_STATE_COUNT ? states[state] : "?";
}

/* It must outlive its asker by the moment that unkeying takes: a group of its own, no signal at the asker's death. */
static _Noreturn void become(int fd, const struct keyer_config *config)
{
    const struct keyer_config own = *config;

    (void)prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
    (void)setpgid(0, 0);
    if (dup2(fd, STDIN_FILENO) < 0)
        _exit(1);
    (void)close_range(STDERR_FILENO + 1, ~0u, 0);
    keyer_process_run(STDIN_FILENO, &own);
}

struct keyer *keyer_new(const struct keyer_config *config)
{
    struct keyer *keyer = calloc(1, sizeof(*keyer));
    int fds[2];

    if (!keyer || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds))
        log_fatal("keyer_not_started error=%s", strerror(errno));
    keyer->fd = fds[0];
    keyer->pid = fork();
    if (keyer->pid == 0)
        become(fds[1], config);
    if (keyer->pid < 0)
        log_fatal("keyer_not_started error=%s", strerror(errno));
    close(fds[1]);
    return keyer;
}

int keyer_fd(const struct keyer *keyer)
{
    return keyer->fd;
}

pid_t keyer_pid(const struct keyer *keyer)
{
    return keyer->pid;
}

static enum err order(struct keyer *keyer, const struct keyer_order *what)
{
    return send(keyer->fd, what, sizeof(*what), MSG_DONTWAIT | MSG_NOSIGNAL) ==
                   (ssize_t)sizeof(*what)
               ? ERR_OK
               : ERR_CLOSED;
}

enum err keyer_key(struct keyer *keyer, uint32_t most_ms, uint32_t hz, const char *mode)
{
    struct keyer_order what = {
        .what = KEYER_KEY, .serial = ++keyer->serial, .most_ms = most_ms, .hz = hz};

    (void)snprintf(what.mode, sizeof(what.mode), "%s", mode);
    return order(keyer, &what);
}

enum err keyer_beat(struct keyer *keyer)
{
    return order(keyer, &(struct keyer_order){.what = KEYER_BEAT});
}

enum err keyer_unkey(struct keyer *keyer)
{
    return order(keyer, &(struct keyer_order){.what = KEYER_UNKEY, .serial = ++keyer->serial});
}

enum err keyer_read(struct keyer *keyer, struct keyer_report *report)
{
    ssize_t got;

    do
        got = recv(keyer->fd, report, sizeof(*report), MSG_DONTWAIT);
    while (got == (ssize_t)sizeof(*report) && report->serial != keyer->serial);
    if (got == (ssize_t)sizeof(*report))
        return ERR_OK;
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? ERR_BUSY : ERR_CLOSED;
}

void keyer_free(struct keyer *keyer)
{
    int waited_ms = 0;

    if (!keyer)
        return;
    close(keyer->fd);
    while (waitpid(keyer->pid, NULL, WNOHANG) == 0 && waited_ms < END_MS) {
        (void)poll(NULL, 0, END_STEP_MS);
        waited_ms += END_STEP_MS;
    }
    if (waited_ms >= END_MS)
        log_warn("keyer_slow pid=%d: it goes on unkeying", (int)keyer->pid);
    free(keyer);
}
