/* The worker's descriptors: the tty, the private PTY, and the talker behind it. */
#include "gateway/base/log.h"
#include "modems/talker.h"
#include "modems/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define READ_SIZE 4096
#define FLOW_HALF (WORKER_FLOW_MAX / 2)

static void close_flow(struct worker_flow *flow)
{
    loop_remove(flow->source);
    flow->source = NULL;
    flow->size = 0;
    flow->fd = -1;
}

static void watch(struct worker_flow *flow, bool reads)
{
    if (flow->source != NULL)
        loop_set_events(
            flow->source, (reads ? LOOP_READ : 0u) | (flow->size > 0 ? LOOP_WRITE : 0u));
}

/* false if the other side is gone. */
static bool flush(struct worker_flow *flow)
{
    size_t done = 0;
    while (done < flow->size) {
        ssize_t wrote = write(flow->fd, flow->bytes + done, flow->size - done);
        if (wrote < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        if (wrote <= 0)
            break;
        done += (size_t)wrote;
    }
    flow->size -= done;
    memmove(flow->bytes, flow->bytes + done, flow->size);
    return true;
}

/* What does not fit is lost: the reader has stopped long ago and its deadline will tell. */
static void put(struct worker_flow *flow, const void *bytes, size_t size)
{
    if (flow->fd < 0 || size > sizeof flow->bytes - flow->size)
        return;
    memcpy(flow->bytes + flow->size, bytes, size);
    flow->size += size;
}

static void to_modem(void *arg, const void *bytes, size_t size)
{
    struct worker *worker = arg;
    put(&worker->tty, bytes, size);
}

static void to_talker(void *arg, const void *bytes, size_t size)
{
    struct worker *worker = arg;
    if (worker->talker > 0)
        put(&worker->pty, bytes, size);
}

static void on_event(void *arg, enum filter_event event, int value, const char *text)
{
    worker_on_event(arg, event, value, text);
}

void worker_link_init(struct worker *worker)
{
    const struct filter_sink sink = {to_modem, to_talker, on_event, worker};
    filter_init(&worker->filter, &sink);
    worker->tty.fd = worker->pty.fd = worker->talk_fd = worker->claim = -1;
    worker->pair.master = worker->pair.slave = -1;
}

/* Both ways are watched for reading only while the other side keeps up. */
void worker_link_flush(struct worker *worker)
{
    if (worker->tty.fd >= 0 && !flush(&worker->tty)) {
        worker_gone(worker, strerror(errno));
        return;
    }
    if (worker->pty.fd >= 0)
        (void)flush(&worker->pty);
    watch(&worker->tty, worker->pty.size < FLOW_HALF);
    watch(&worker->pty, worker->tty.size < FLOW_HALF);
}

static void on_tty(void *arg, int fd, unsigned events)
{
    struct worker *worker = arg;
    char bytes[READ_SIZE];
    if ((events & (LOOP_READ | LOOP_HANGUP)) != 0) {
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            worker_gone(worker, got == 0 ? "hangup" : strerror(errno));
            return;
        }
        if (got > 0)
            filter_from_modem(&worker->filter, bytes, (size_t)got);
        worker_on_tty(worker);
    }
    worker_link_flush(worker);
}

static void on_pty(void *arg, int fd, unsigned events)
{
    struct worker *worker = arg;
    char bytes[READ_SIZE];
    if ((events & LOOP_READ) != 0) {
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got > 0)
            filter_from_talker(&worker->filter, bytes, (size_t)got);
    }
    worker_link_flush(worker);
}

static void close_claim(struct worker *worker)
{
    if (worker->claim >= 0)
        close(worker->claim);
    worker->claim = -1;
}

enum err worker_link_open_tty(struct worker *worker)
{
    enum err err = tty_claim(&worker->claim, worker->device);
    if (err == ERR_OK)
        err = tty_open(&worker->tty.fd, worker->device);
    if (err != ERR_OK) {
        close_claim(worker);
        return err;
    }
    if (ttyname_r(worker->tty.fd, worker->tty_path, sizeof worker->tty_path) != 0)
        (void)snprintf(worker->tty_path, sizeof worker->tty_path, "%s", worker->device);
    worker->tty.size = 0;
    worker->tty.source = loop_add_fd(worker->loop, worker->tty.fd, LOOP_READ, on_tty, worker);
    return ERR_OK;
}

void worker_link_close_tty(struct worker *worker)
{
    int fd = worker->tty.fd;
    close_flow(&worker->tty);
    if (fd >= 0)
        close(fd);
    close_claim(worker);
}

void worker_link_discard(struct worker *worker)
{
    worker->tty.size = 0;
    if (worker->tty.fd >= 0)
        tty_discard(worker->tty.fd);
}

static void on_talk(void *arg, int fd, unsigned events)
{
    (void)events;
    struct worker *worker = arg;
    struct talk talk;
    enum err err = ERR_OK;
    while (worker->talk_fd == fd && (err = talk_receive(fd, &talk)) == ERR_OK)
        worker_on_talk(worker, &talk);
    if (err == ERR_FORMAT)
        log_warn("talk_malformed modem=%s", worker->options->name);
    else if (err == ERR_CLOSED && worker->talk_fd == fd)
        loop_set_events(worker->talk_source, 0); /* its end is told by on_child */
}

static void on_child(void *arg, pid_t pid, int wait_status)
{
    (void)pid;
    struct worker *worker = arg;
    worker->talker = 0;
    worker_on_talker_ended(worker, wait_status);
}

enum err worker_link_start_talker(struct worker *worker)
{
    int fds[2];
    enum err err = tty_pair_open(&worker->pair);
    if (err == ERR_OK)
        err = ipc_pair(fds);
    if (err != ERR_OK) {
        tty_pair_close(&worker->pair);
        return err;
    }
    worker->talk_fd = fds[0];
    worker->talker = talker_start(&transport_gammu, worker->pair.path, fds[1]);
    close(fds[1]);
    worker->pty.fd = worker->pair.master;
    worker->pty.size = 0;
    worker->pty.source = loop_add_fd(worker->loop, worker->pty.fd, LOOP_READ, on_pty, worker);
    worker->talk_source = loop_add_fd(worker->loop, worker->talk_fd, LOOP_READ, on_talk, worker);
    if (worker->talker < 0) {
        worker_link_stop_talker(worker);
        return ERR_SYSTEM;
    }
    worker->child_source = loop_add_child(worker->loop, worker->talker, on_child, worker);
    return ERR_OK;
}

void worker_link_stop_talker(struct worker *worker)
{
    loop_remove(worker->child_source);
    loop_remove(worker->talk_source);
    worker->child_source = worker->talk_source = NULL;
    if (worker->talker > 0) {
        (void)kill(worker->talker, SIGKILL);
        (void)waitpid(worker->talker, NULL, 0);
    }
    worker->talker = 0;
    if (worker->talk_fd >= 0)
        close(worker->talk_fd);
    worker->talk_fd = -1;
    close_flow(&worker->pty);
    tty_pair_close(&worker->pair);
}
