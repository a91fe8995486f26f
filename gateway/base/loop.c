#include "gateway/base/loop.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <systemd/sd-event.h>

#define TIMER_ACCURACY_US 1000
#define US_PER_MS 1000

struct loop {
    sd_event *event;
};

struct loop_source {
    sd_event_source *source;
    union {
        loop_fd_handler *fd;
        loop_handler *plain;
        loop_child_handler *child;
    } handler;
    void *arg;
    bool running; /* its handler is being called */
    bool removed; /* it was removed meanwhile */
};

static void must(int result, const char *what)
{
    if (result < 0)
        log_fatal("loop_failed call=%s error=%s", what, strerror(-result));
}

struct loop *loop_new(void)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL)
        log_fatal("no_memory");
    must(sd_event_new(&loop->event), "sd_event_new");
    return loop;
}

void loop_free(struct loop *loop)
{
    sd_event_unref(loop->event);
    free(loop);
}

int loop_run(struct loop *loop)
{
    int code = sd_event_loop(loop->event);
    must(code, "sd_event_loop");
    return code;
}

void loop_stop(struct loop *loop, int code)
{
    must(sd_event_exit(loop->event, code), "sd_event_exit");
}

static struct loop_source *source_new(void *arg)
{
    struct loop_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        log_fatal("no_memory");
    source->arg = arg;
    return source;
}

static void source_begin(struct loop_source *source)
{
    source->running = true;
}

static void source_end(struct loop_source *source)
{
    source->running = false;
    if (source->removed)
        free(source);
}

static uint32_t to_epoll(unsigned events)
{
    return ((events & LOOP_READ) != 0 ? EPOLLIN : 0u) |
           ((events & LOOP_WRITE) != 0 ? EPOLLOUT : 0u);
}

static int on_fd(sd_event_source *from, int fd, uint32_t revents, void *arg)
{
    (void)from;
    struct loop_source *source = arg;
    unsigned events = ((revents & EPOLLIN) != 0 ? LOOP_READ : 0u) |
                      ((revents & EPOLLOUT) != 0 ? LOOP_WRITE : 0u) |
                      ((revents & (EPOLLHUP | EPOLLERR)) != 0 ? LOOP_HANGUP : 0u);
    source_begin(source);
    source->handler.fd(source->arg, fd, events);
    source_end(source);
    return 0;
}

struct loop_source *loop_add_fd(
    struct loop *loop, int fd, unsigned events, loop_fd_handler *handler, void *arg)
{
    struct loop_source *source = source_new(arg);
    source->handler.fd = handler;
    must(sd_event_add_io(loop->event, &source->source, fd, to_epoll(events), on_fd, source),
        "sd_event_add_io");
    return source;
}

void loop_set_events(struct loop_source *source, unsigned events)
{
    must(sd_event_source_set_io_events(source->source, to_epoll(events)),
        "sd_event_source_set_io_events");
}

static void call_plain(struct loop_source *source)
{
    source_begin(source);
    source->handler.plain(source->arg);
    source_end(source);
}

static int on_timer(sd_event_source *from, uint64_t when_us, void *arg)
{
    (void)from;
    (void)when_us;
    call_plain(arg);
    return 0;
}

struct loop_source *loop_add_timer(struct loop *loop, loop_handler *handler, void *arg)
{
    struct loop_source *source = source_new(arg);
    source->handler.plain = handler;
    must(sd_event_add_time(
             loop->event, &source->source, CLOCK_BOOTTIME, 0, TIMER_ACCURACY_US, on_timer, source),
        "sd_event_add_time");
    must(sd_event_source_set_enabled(source->source, SD_EVENT_OFF), "sd_event_source_set_enabled");
    return source;
}

void loop_set_timer(struct loop_source *source, int64_t after_ms)
{
    uint64_t after_us = after_ms > 0 ? (uint64_t)after_ms * US_PER_MS : 0;
    must(sd_event_source_set_time_relative(source->source, after_us),
        "sd_event_source_set_time_relative");
    must(sd_event_source_set_enabled(source->source, SD_EVENT_ONESHOT),
        "sd_event_source_set_enabled");
}

void loop_stop_timer(struct loop_source *source)
{
    must(sd_event_source_set_enabled(source->source, SD_EVENT_OFF), "sd_event_source_set_enabled");
}

static int on_signal(sd_event_source *from, const struct signalfd_siginfo *info, void *arg)
{
    (void)from;
    (void)info;
    call_plain(arg);
    return 0;
}

struct loop_source *loop_add_signal(
    struct loop *loop, int signal_number, loop_handler *handler, void *arg)
{
    struct loop_source *source = source_new(arg);
    source->handler.plain = handler;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    must(-sigprocmask(SIG_BLOCK, &set, NULL), "sigprocmask");
    must(sd_event_add_signal(loop->event, &source->source, signal_number, on_signal, source),
        "sd_event_add_signal");
    return source;
}

static int wait_status(const siginfo_t *info)
{
    if (info->si_code == CLD_EXITED)
        return (info->si_status & 0xff) << 8;
    return info->si_status & 0x7f;
}

static int on_child(sd_event_source *from, const siginfo_t *info, void *arg)
{
    (void)from;
    struct loop_source *source = arg;
    source_begin(source);
    source->handler.child(source->arg, info->si_pid, wait_status(info));
    source_end(source);
    return 0;
}

struct loop_source *loop_add_child(
    struct loop *loop, pid_t pid, loop_child_handler *handler, void *arg)
{
    struct loop_source *source = source_new(arg);
    source->handler.child = handler;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    must(-sigprocmask(SIG_BLOCK, &set, NULL), "sigprocmask");
    must(sd_event_add_child(loop->event, &source->source, pid, WEXITED, on_child, source),
        "sd_event_add_child");
    return source;
}

static int on_after(sd_event_source *from, void *arg)
{
    (void)from;
    call_plain(arg);
    return 0;
}

struct loop_source *loop_add_after(struct loop *loop, loop_handler *handler, void *arg)
{
    struct loop_source *source = source_new(arg);
    source->handler.plain = handler;
    must(sd_event_add_post(loop->event, &source->source, on_after, source), "sd_event_add_post");
    /* behind all that is ready, or each message would be a round of its own */
    must(sd_event_source_set_priority(source->source, SD_EVENT_PRIORITY_IDLE),
        "sd_event_source_set_priority");
    return source;
}

void loop_remove(struct loop_source *source)
{
    if (source == NULL || source->removed)
        return;
    must(sd_event_source_set_enabled(source->source, SD_EVENT_OFF), "sd_event_source_set_enabled");
    sd_event_source_unref(source->source);
    if (source->running)
        source->removed = true;
    else
        free(source);
}
