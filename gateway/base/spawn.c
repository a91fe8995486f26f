#include "gateway/base/spawn.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_NOT_STARTED 127
#define HIGH_FD 64 /* where descriptors wait while 3 and 4 are laid out */

struct spawn {
    struct loop *loop;
    char *argv[SPAWN_ARGS_MAX + 1];
    struct spawn_events events;
    pid_t pid;
    int life_fd; /* our end of its life line, -1 if none */
    bool ready;
    bool stopping;
    unsigned restarts;
    int64_t started_ms;
    int64_t backoff_ms;
    struct loop_source *child;
    struct loop_source *life;
    struct loop_source *timer; /* the next start, silence, or the end of grace */
};

static void start(struct spawn *spawn);

static void close_life(struct spawn *spawn)
{
    loop_remove(spawn->life);
    spawn->life = NULL;
    if (spawn->life_fd >= 0)
        close(spawn->life_fd);
    spawn->life_fd = -1;
}

static void plan_restart(struct spawn *spawn)
{
    bool settled = clock_boot_ms() - spawn->started_ms >= SPAWN_SETTLED_MS;
    spawn->backoff_ms = settled ? SPAWN_BACKOFF_MIN_MS : spawn->backoff_ms * 2;
    if (spawn->backoff_ms > SPAWN_BACKOFF_MAX_MS)
        spawn->backoff_ms = SPAWN_BACKOFF_MAX_MS;
    loop_set_timer(spawn->timer, spawn->backoff_ms);
}

static void on_ended(void *arg, pid_t pid, int wait_status)
{
    struct spawn *spawn = arg;
    if (!spawn->stopping)
        log_warn("child_ended program=%s pid=%d %s=%d", spawn->argv[0], (int)pid,
            WIFSIGNALED(wait_status) ? "signal" : "code",
            WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : WEXITSTATUS(wait_status));
    loop_remove(spawn->child);
    spawn->child = NULL;
    spawn->pid = 0;
    close_life(spawn);
    loop_stop_timer(spawn->timer);
    if (!spawn->stopping) {
        spawn->restarts++;
        plan_restart(spawn);
    }
    if (spawn->events.ended != NULL)
        spawn->events.ended(spawn->events.arg, wait_status);
}

static void on_life(void *arg, int fd, unsigned events)
{
    (void)events;
    struct spawn *spawn = arg;
    char said[64];
    ssize_t got = read(fd, said, sizeof said);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        close_life(spawn);
        return;
    }
    if (!spawn->stopping)
        loop_set_timer(spawn->timer, SPAWN_SILENT_MS);
    if (!spawn->ready && memchr(said, '\n', (size_t)got) != NULL) {
        spawn->ready = true;
        if (spawn->events.ready != NULL)
            spawn->events.ready(spawn->events.arg);
    }
}

/* In the child: fd 3 and 4 where role.h expects them, then the program. */
static _Noreturn void become(const struct spawn *spawn, int message_fd, int life_fd)
{
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)setpgid(
        0, 0); /* Ctrl-C on a terminal reaches the parent, which stops its children in order */
    int message = message_fd >= 0 ? fcntl(message_fd, F_DUPFD_CLOEXEC, HIGH_FD) : -1;
    int life = fcntl(life_fd, F_DUPFD_CLOEXEC, HIGH_FD);
    if (message >= 0)
        (void)dup2(message, ROLE_MESSAGE_FD);
    else
        (void)close(ROLE_MESSAGE_FD);
    if (life >= 0)
        (void)dup2(life, ROLE_LIFE_FD);
    (void)close_range(ROLE_LIFE_FD + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    if (spawn->events.sandbox != NULL)
        sandbox_enter(spawn->events.sandbox);
    execv(spawn->argv[0], spawn->argv);
    log_error("child_not_started program=%s error=%s", spawn->argv[0], strerror(errno));
    _exit(EXIT_NOT_STARTED);
}

static void start(struct spawn *spawn)
{
    int life[2];
    if (pipe2(life, O_CLOEXEC | O_NONBLOCK) != 0)
        log_fatal("no_pipe error=%s", strerror(errno));
    int message_fd =
        spawn->events.message_fd != NULL ? spawn->events.message_fd(spawn->events.arg) : -1;
    pid_t pid = fork();
    if (pid == 0)
        become(spawn, message_fd, life[1]);
    close(life[1]);
    if (message_fd >= 0)
        close(message_fd);
    spawn->life_fd = life[0];
    spawn->started_ms = clock_boot_ms();
    spawn->ready = false;
    if (pid < 0) {
        log_error("child_not_started program=%s error=%s", spawn->argv[0], strerror(errno));
        close_life(spawn);
        plan_restart(spawn);
        return;
    }
    spawn->pid = pid;
    spawn->child = loop_add_child(spawn->loop, pid, on_ended, spawn);
    spawn->life = loop_add_fd(spawn->loop, spawn->life_fd, LOOP_READ, on_life, spawn);
    loop_set_timer(spawn->timer, SPAWN_SILENT_MS);
}

static void on_timer(void *arg)
{
    struct spawn *spawn = arg;
    if (spawn->pid == 0) {
        if (!spawn->stopping)
            start(spawn);
        return;
    }
    if (!spawn->stopping)
        log_error("child_silent program=%s pid=%d", spawn->argv[0], (int)spawn->pid);
    (void)kill(spawn->pid, SIGKILL);
}

struct spawn *spawn_new(
    struct loop *loop, const char *const *argv, const struct spawn_events *events)
{
    struct spawn *spawn = calloc(1, sizeof *spawn);
    if (spawn == NULL)
        log_fatal("no_memory");
    spawn->loop = loop;
    spawn->events = *events;
    spawn->life_fd = -1;
    spawn->backoff_ms = SPAWN_BACKOFF_MIN_MS / 2;
    for (size_t i = 0; argv[i] != NULL; i++) {
        if (i == SPAWN_ARGS_MAX)
            log_fatal("too_many_arguments program=%s", argv[0]);
        spawn->argv[i] = strdup(argv[i]);
        if (spawn->argv[i] == NULL)
            log_fatal("no_memory");
    }
    spawn->timer = loop_add_timer(loop, on_timer, spawn);
    start(spawn);
    return spawn;
}

pid_t spawn_pid(const struct spawn *spawn)
{
    return spawn->pid;
}

unsigned spawn_restarts(const struct spawn *spawn)
{
    return spawn->restarts;
}

void spawn_stop(struct spawn *spawn, int grace_ms)
{
    spawn->stopping = true;
    loop_stop_timer(spawn->timer);
    if (spawn->pid == 0)
        return;
    (void)kill(spawn->pid, SIGTERM);
    loop_set_timer(spawn->timer, grace_ms);
}

void spawn_free(struct spawn *spawn)
{
    if (spawn->pid != 0) {
        loop_remove(spawn->child);
        (void)kill(spawn->pid, SIGKILL);
        (void)waitpid(spawn->pid, NULL, 0);
    }
    close_life(spawn);
    loop_remove(spawn->timer);
    for (size_t i = 0; i <= SPAWN_ARGS_MAX; i++)
        free(spawn->argv[i]);
    free(spawn);
}
