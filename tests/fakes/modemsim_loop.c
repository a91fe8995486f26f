#include "tests/fakes/modemsim_loop.h"

#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_condition.h"
#include "tests/fakes/modemsim_control.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES 4096
#define POLL_SIGNAL 0
#define POLL_CONTROL 1
#define POLL_MODEM (POLL_CONTROL + CONTROL_POLLS)
#define POLL_ROWS (POLL_MODEM + MODEM_MAX + 1)

struct loop {
    struct sim sim;
    struct control control;
    int signals;
    struct pollfd polls[POLL_ROWS];
};

static bool fail(const char *what)
{
    fprintf(stderr, "dabyl-modemsim: %s: %s\n", what, strerror(errno));
    return false;
}

static bool signals_open(struct loop *loop)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    loop->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return loop->signals >= 0 || fail("signals");
}

static bool modem_open(struct sim *sim, unsigned index)
{
    struct modem *modem = &sim->modems[index - 1];
    modem_init(modem, sim, index);
    int length =
        snprintf(modem->tty.link, sizeof modem->tty.link, "%s/modem%u", sim->options.dir, index);
    if (length < 0 || (size_t)length >= sizeof modem->tty.link - 8) {
        errno = ENAMETOOLONG;
        return fail(sim->options.dir);
    }
    if (!pty_open(&modem->tty))
        return fail("pseudo terminal");
    return condition_appear(modem);
}

/* "[MODEM:]SPEC" */
static bool fault_give(struct sim *sim, const char *text)
{
    char error[256], *colon;
    unsigned long index = strtoul(text, &colon, 10);
    const char *spec = colon > text && *colon == ':' ? colon + 1 : text;
    struct fault fault;
    if (spec != text && (index < 1 || index > sim->options.modems)) {
        fprintf(stderr, "dabyl-modemsim: --fault %s: there is no modem %lu\n", text, index);
        return false;
    }
    if (!fault_parse(&fault, error, sizeof error, spec)) {
        fprintf(stderr, "dabyl-modemsim: --fault %s\n", error);
        return false;
    }
    for (unsigned i = 0; i < sim->options.modems; i++) {
        if ((spec == text || index == i + 1) && !condition_add(&sim->modems[i], &fault)) {
            fprintf(
                stderr, "dabyl-modemsim: --fault: more than %d for one modem\n", FAULT_LIST_MAX);
            return false;
        }
    }
    return true;
}

static bool sim_open(struct loop *loop, const struct modem_options *options)
{
    struct sim *sim = &loop->sim;
    char path[CONTROL_PATH_SIZE];
    sim->options = *options;
    if (mkdir(options->dir, 0755) != 0 && errno != EEXIST)
        return fail(options->dir);
    if (!control_path(path, sizeof path, options->control, options->dir) ||
        !control_open(&loop->control, path))
        return false;
    if (!log_open(&sim->log, options->log))
        return fail(options->log);
    phones_init(&sim->phones, options->keep);
    sim->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (sim->notify < 0)
        return fail("inotify");
    sim->modems = out_of_heap(options->modems * sizeof *sim->modems);
    for (unsigned i = 1; i <= options->modems; i++) {
        if (!modem_open(sim, i)) {
            sim->options.modems = i;
            return false;
        }
    }
    return true;
}

static void loop_close(struct loop *loop)
{
    struct sim *sim = &loop->sim;
    for (unsigned i = 0; sim->modems && i < sim->options.modems; i++)
        modem_wipe(&sim->modems[i]);
    free(sim->modems);
    timer_wipe(&sim->timers);
    phones_wipe(&sim->phones);
    log_close(&sim->log);
    control_close(&loop->control);
    if (sim->notify >= 0)
        close(sim->notify);
    if (loop->signals >= 0)
        close(loop->signals);
}

static void ready_say(const struct sim *sim)
{
    for (unsigned i = 0; i < sim->options.modems; i++) {
        const struct modem *modem = &sim->modems[i];
        const struct modem_identity *id = &modem->identity;
        printf("modem%u %s %s imei=%s imsi=%s iccid=%s number=%s smsc=%s\n", modem->index,
            modem->tty.link, modem->tty.device, id->imei, id->imsi, id->iccid, id->number,
            id->smsc);
    }
    puts("ready");
    fflush(stdout);
}

static void polls_fill(struct loop *loop)
{
    const struct sim *sim = &loop->sim;
    loop->polls[POLL_SIGNAL] = (struct pollfd){.fd = loop->signals, .events = POLLIN};
    control_poll(loop->polls + POLL_CONTROL, &loop->control);
    for (unsigned i = 0; i < sim->options.modems; i++) {
        const struct modem *modem = &sim->modems[i];
        bool shown = modem->tty.watch >= 0;
        int events = modem->health == MODEM_STALLED ? 0 : POLLIN;
        if (pty_waiting(&modem->tty) && !modem->trickle)
            events |= POLLOUT;
        loop->polls[POLL_MODEM + i] =
            (struct pollfd){.fd = shown ? modem->tty.master : -1, .events = (short)events};
    }
    /* last: an open that came before the first byte is seen with it */
    loop->polls[POLL_MODEM + sim->options.modems] =
        (struct pollfd){.fd = sim->notify, .events = POLLIN};
}

static void opener_note(struct sim *sim, const struct inotify_event *event)
{
    for (unsigned i = 0; i < sim->options.modems; i++) {
        struct modem *modem = &sim->modems[i];
        if (modem->tty.watch != event->wd || event->wd < 0)
            continue;
        int before = modem->tty.openers;
        pty_note(&modem->tty, (event->mask & IN_OPEN) ? 1 : -1);
        if (!before && modem->tty.openers)
            modem_note(modem, "connect");
        if (before && !modem->tty.openers)
            modem_note(modem, "disconnect");
    }
}

static void openers_read(struct sim *sim)
{
    _Alignas(struct inotify_event) char bytes[4096];
    ssize_t got = read(sim->notify, bytes, sizeof bytes);
    for (ssize_t at = 0; at < got;) {
        const struct inotify_event *event = (const void *)(bytes + at);
        if (event->mask & (IN_OPEN | IN_CLOSE))
            opener_note(sim, event);
        at += (ssize_t)sizeof *event + event->len;
    }
}

static void modem_serve(struct modem *modem, short events)
{
    uint8_t bytes[READ_BYTES];
    if (events & POLLOUT)
        pty_flush(&modem->tty, PTY_QUEUE_BYTES);
    if (!(events & POLLIN))
        return;
    size_t got = pty_get(&modem->tty, bytes, sizeof bytes);
    at_feed(modem, bytes, got);
}

/* False when a signal asks to end. */
static bool loop_turn(struct loop *loop)
{
    struct sim *sim = &loop->sim;
    unsigned modems = sim->options.modems;
    polls_fill(loop);
    if (poll(loop->polls, POLL_MODEM + modems + 1, timer_wait_ms(&sim->timers, clock_us())) < 0 &&
        errno != EINTR)
        return fail("poll");
    if (loop->polls[POLL_MODEM + modems].revents)
        openers_read(sim);
    for (unsigned i = 0; i < modems; i++)
        if (loop->polls[POLL_MODEM + i].fd >= 0 && loop->polls[POLL_MODEM + i].revents)
            modem_serve(&sim->modems[i], loop->polls[POLL_MODEM + i].revents);
    control_serve(&loop->control, sim, loop->polls + POLL_CONTROL);
    timer_run_due(&sim->timers, clock_us());
    return !loop->polls[POLL_SIGNAL].revents;
}

int loop_run(const struct modem_options *options, const char *const *faults, size_t fault_count)
{
    struct loop *loop = out_of_heap(sizeof *loop);
    memset(loop, 0, sizeof *loop);
    loop->sim.notify = loop->signals = loop->control.fd = loop->sim.log.fd = -1;
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++)
        loop->control.clients[i].fd = -1;
    bool well = sim_open(loop, options) && signals_open(loop);
    for (size_t i = 0; well && i < fault_count; i++)
        well = fault_give(&loop->sim, faults[i]);
    if (well) {
        ready_say(&loop->sim);
        while (loop_turn(loop))
            continue;
    }
    loop_close(loop);
    free(loop);
    return well ? 0 : 1;
}
