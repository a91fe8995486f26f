#include "audio/keyer_process.h"

#include "audio/keyer_line.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define RETRY_MS 250 /* while it is in doubt */
#define LOG_MS 30000
#define WATCH_MS 10000 /* nothing to do: looks up */

struct process {
    int asker; /* -1: it has closed */
    int signals;
    struct keyer_hold hold;
    enum keyer_state state;
    uint32_t serial; /* of the last order that is answered */
    int64_t beat_ms; /* last heartbeat; boot clock, as all here */
    int64_t until_ms;
    int64_t retry_ms;
    int64_t closed_ms;
    int64_t told_ms; /* when doubt was last logged; 0: not since it began */
};

/* What is tried again and again is logged once in LOG_MS. */
static void tell(struct process *process, const struct keyer_report *said)
{
    int64_t now_ms = clock_boot_ms();

    if (said->state == KEYER_DOUBT && process->told_ms && now_ms - process->told_ms < LOG_MS)
        return;
    process->told_ms = said->state == KEYER_DOUBT ? now_ms : 0;
    log_warn("keyer state=%s why=\"%s\"", keyer_print_state(said->state), said->why);
}

static void report(struct process *process, enum err err, const char *what)
{
    struct keyer_report said = {.serial = process->serial, .state = process->state, .err = err};

    if (err) {
        (void)snprintf(said.why, sizeof(said.why), "%s: %s", what, err_text(err));
        tell(process, &said);
    }
    if (process->asker >= 0)
        (void)send(process->asker, &said, sizeof(said), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* A failed line has been closed: the second try begins anew. */
static void release(struct process *process, enum err why, const char *what)
{
    enum err err = keyer_line_set(&process->hold, false);

    if (err)
        err = keyer_line_set(&process->hold, false);
    process->state = err ? KEYER_DOUBT : KEYER_UNKEYED;
    process->retry_ms = clock_boot_ms() + RETRY_MS;
    report(process, err ? err : why, err ? "unkeying" : what);
}

static void key(struct process *process, const struct keyer_order *order)
{
    enum err err;

    if (process->state == KEYER_DOUBT) {
        report(process, ERR_STATE, "not known to be unkeyed");
        return;
    }
    err = keyer_line_tune(&process->hold, order->hz, order->mode);
    if (err) {
        release(process, err, "tuning");
        return;
    }
    process->beat_ms = clock_boot_ms();
    process->until_ms = process->beat_ms + order->most_ms;
    process->state = KEYER_DOUBT;
    err = keyer_line_set(&process->hold, true);
    if (err) {
        release(process, err, "keying");
        return;
    }
    process->state = KEYER_KEYED;
    process->beat_ms = clock_boot_ms();
    report(process, ERR_OK, "");
}

static void take_order(struct process *process)
{
    struct keyer_order order;
    ssize_t got = recv(process->asker, &order, sizeof(order), MSG_DONTWAIT);

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got != (ssize_t)sizeof(order)) {
        close(process->asker);
        process->asker = -1;
        process->closed_ms = clock_boot_ms();
        release(process, ERR_OK, "");
    } else if (order.what == KEYER_BEAT) {
        process->beat_ms = clock_boot_ms();
    } else {
        process->serial = order.serial;
        if (order.what == KEYER_KEY)
            key(process, &order);
        else
            release(process, ERR_OK, "");
    }
}

/* What has become due by the time alone. */
static void look_at_clock(struct process *process)
{
    int64_t now_ms = clock_boot_ms();

    if (process->state == KEYER_KEYED && now_ms - process->beat_ms > KEYER_SILENT_MS)
        release(process, ERR_TIMEOUT, "no heartbeat");
    else if (process->state == KEYER_KEYED && now_ms >= process->until_ms)
        release(process, ERR_TIMEOUT, "the time for this transmission is over");
    else if (process->state == KEYER_DOUBT && now_ms >= process->retry_ms)
        release(process, ERR_OK, "");
}

static int64_t min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int wait_ms(const struct process *process)
{
    int64_t now_ms = clock_boot_ms();
    int64_t due_ms = now_ms + WATCH_MS;

    if (process->state == KEYER_KEYED)
        due_ms = min(process->beat_ms + KEYER_SILENT_MS + 1, process->until_ms);
    if (process->state == KEYER_DOUBT)
        due_ms = process->retry_ms;
    return due_ms > now_ms ? (int)(due_ms - now_ms) : 0;
}

/* Unkeyed with nobody to ask, or nobody to ask for so long that the next keyer must do it. */
static void end_if_done(const struct process *process)
{
    if (process->asker >= 0)
        return;
    if (process->state == KEYER_UNKEYED)
        _exit(0);
    if (clock_boot_ms() - process->closed_ms > KEYER_PATIENCE_MS) {
        log_error("keyer_gives_up: look at the transmitter");
        _exit(1);
    }
}

/* rigctld has gone or speaks unasked. */
static void lose_rig(struct process *process)
{
    keyer_line_close(&process->hold);
    if (process->state == KEYER_KEYED)
        release(process, ERR_CLOSED, "rigctld");
}

static void take_signal(struct process *process)
{
    if (process->asker >= 0)
        close(process->asker);
    process->asker = -1;
    process->closed_ms = clock_boot_ms();
    release(process, ERR_OK, "");
}

static int watch_signals(void)
{
    sigset_t set;
    int fd;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    fd = sigprocmask(SIG_SETMASK, &set, NULL) ? -1 : signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        log_fatal("keyer_failed call=signalfd error=%s", strerror(errno));
    return fd;
}

void keyer_process_run(int fd, const struct keyer_config *config)
{
    struct process process = {.asker = fd, .signals = watch_signals(), .state = KEYER_DOUBT};

    keyer_line_init(&process.hold, config);
    release(&process, ERR_OK, "");
    for (;;) {
        struct pollfd ready[] = {{.fd = process.asker, .events = POLLIN},
            {.fd = process.asker >= 0 ? process.signals : -1, .events = POLLIN},
            {.fd = process.hold.rig ? rig_fd(process.hold.rig) : -1, .events = POLLIN}};

        if (poll(ready, sizeof(ready) / sizeof(ready[0]), wait_ms(&process)) < 0 && errno != EINTR)
            log_fatal("keyer_failed call=poll error=%s", strerror(errno));
        if (ready[2].revents)
            lose_rig(&process);
        if (ready[0].revents)
            take_order(&process);
        if (ready[1].revents)
            take_signal(&process);
        look_at_clock(&process);
        end_if_done(&process);
    }
}
