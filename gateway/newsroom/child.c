#include "gateway/newsroom/child.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST_ROOM (1u << 18)
#define EXIT_NOT_STARTED 127

struct child {
    child_handler *handler;
    void *arg;
    size_t output_max;
    int fd; /* its output; -1 once that has ended */
    struct loop_source *reading;
    struct loop_source *watching; /* of its end; NULL once that came */
    struct loop_source *deadline;
    int code;
    bool late;
    uint8_t *output;
    size_t used;
    size_t room;
};

static void end(struct child *child)
{
    loop_remove(child->deadline);
    child->handler(child->arg, child->late ? CHILD_LATE : child->code, child->output, child->used);
    free(child);
}

/* Its output has ended, or is given up: then only its end is waited for, which comes by itself (alarm). */
static void stop_reading(struct child *child)
{
    loop_remove(child->reading);
    child->reading = NULL;
    if (child->fd >= 0)
        close(child->fd);
    child->fd = -1;
    if (child->watching == NULL)
        end(child);
}

static bool make_room(struct child *child)
{
    if (child->used < child->room)
        return true;
    size_t room = child->room == 0 ? FIRST_ROOM : child->room * 2;
    if (child->room >= child->output_max)
        return false;
    room = room > child->output_max ? child->output_max : room;
    uint8_t *output = realloc(child->output, room);
    if (output == NULL)
        log_fatal("no_memory child");
    child->output = output;
    child->room = room;
    return true;
}

static void on_output(void *arg, int fd, unsigned events)
{
    struct child *child = arg;
    (void)events;
    if (!make_room(child)) {
        child->late = true;
        stop_reading(child);
        return;
    }
    ssize_t got = read(fd, child->output + child->used, child->room - child->used);
    if (got > 0)
        child->used += (size_t)got;
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        stop_reading(child);
}

static void on_ended(void *arg, pid_t pid, int wait_status)
{
    struct child *child = arg;
    (void)pid;
    child->code = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : CHILD_LATE;
    loop_remove(child->watching);
    child->watching = NULL;
    if (wait_status != 0)
        log_info("child_failed %s=%d", WIFSIGNALED(wait_status) ? "signal" : "code",
            WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : WEXITSTATUS(wait_status));
    if (child->fd < 0)
        end(child);
}

static void on_late(void *arg)
{
    struct child *child = arg;
    child->late = true;
    if (child->fd >= 0)
        stop_reading(child);
}

static void limit(int resource, rlim_t value)
{
    const struct rlimit most = {value, value};
    (void)setrlimit((__rlimit_resource_t)resource, &most);
}

/* In the child: nothing is open but what it reads, writes and logs to. */
static _Noreturn void become(int in, int out, char *const argv[], unsigned deadline_s)
{
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)alarm(deadline_s);
    limit(RLIMIT_AS, CHILD_MEMORY_BYTES);
    limit(RLIMIT_CPU, deadline_s);
    limit(RLIMIT_CORE, 0);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(EXIT_NOT_STARTED);
    (void)close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    if (argv[0] != NULL)
        (void)execv(argv[0], argv);
    _exit(EXIT_NOT_STARTED);
}

/* Starts it; -1 on failure. *fd is where its output comes. */
static pid_t start(int *fd, char *const argv[], const struct child_request *request)
{
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0)
        return -1;
    if (pipe2(out, O_CLOEXEC) != 0) {
        close(in[0]);
        close(in[1]);
        return -1;
    }
    bool written = request->input_size == 0 || write(in[1], request->input, request->input_size) ==
                                                   (ssize_t)request->input_size;
    pid_t child = written ? fork() : -1;
    if (child == 0)
        become(in[0], out[1], argv, request->deadline_s);
    close(in[0]);
    close(in[1]);
    close(out[1]);
    *fd = out[0];
    if (child < 0)
        close(out[0]);
    return child;
}

enum err child_run(
    struct loop *loop, const struct child_request *request, child_handler *handler, void *arg)
{
    char words[CHILD_ARGUMENTS_MAX][CHILD_ARGUMENT_SIZE];
    char *argv[CHILD_ARGUMENTS_MAX + 1] = {NULL};
    if (request->input_size > CHILD_INPUT_MAX)
        return ERR_LONG;
    if (request->argv[0] == NULL)
        return ERR_VALUE;
    for (size_t i = 0; i < CHILD_ARGUMENTS_MAX && request->argv[i] != NULL; i++) {
        argv[i] = words[i];
        if ((size_t)snprintf(words[i], sizeof words[i], "%s", request->argv[i]) >= sizeof words[i])
            return ERR_LONG;
    }
    struct child *child = calloc(1, sizeof *child);
    if (child == NULL)
        log_fatal("no_memory child");
    pid_t pid = start(&child->fd, argv, request);
    if (pid < 0) {
        free(child);
        return ERR_SYSTEM;
    }
    child->handler = handler;
    child->arg = arg;
    child->output_max = request->output_max;
    (void)fcntl(child->fd, F_SETFL, O_NONBLOCK);
    child->reading = loop_add_fd(loop, child->fd, LOOP_READ, on_output, child);
    child->watching = loop_add_child(loop, pid, on_ended, child);
    child->deadline = loop_add_timer(loop, on_late, child);
    loop_set_timer(child->deadline, (int64_t)request->deadline_s * 1000);
    return ERR_OK;
}
