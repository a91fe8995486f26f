/* loop and spawn: timers, descriptors, signals, the commit point; children started, watched, restarted, stopped. */
#include "gateway/base/clock.h"
#include "gateway/base/ipc.h"
#include "gateway/base/loop.h"
#include "gateway/base/spawn.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define LIMIT_MS 8000

struct seen {
    struct loop *loop;
    struct loop_source *source;
    struct spawn *spawn;
    int timers, reads, signals, afters, readies, endings;
    int last_status;
};

static void on_timer(void *arg)
{
    struct seen *seen = arg;
    if (++seen->timers < 3)
        loop_set_timer(seen->source, 5);
    else
        loop_stop(seen->loop, 42);
}

static void on_after(void *arg)
{
    struct seen *seen = arg;
    seen->afters++;
}

static void test_timer_and_after(void **state)
{
    (void)state;
    struct seen seen = {.loop = loop_new()};
    seen.source = loop_add_timer(seen.loop, on_timer, &seen);
    struct loop_source *after = loop_add_after(seen.loop, on_after, &seen);
    int64_t begun = clock_boot_ms();
    loop_set_timer(seen.source, 5);
    assert_int_equal(loop_run(seen.loop), 42);
    assert_int_equal(seen.timers, 3);
    assert_true(seen.afters >= 2);
    assert_true(clock_boot_ms() - begun >= 15);
    loop_remove(seen.source);
    loop_remove(after);
    loop_free(seen.loop);
}

static void on_read(void *arg, int fd, unsigned events)
{
    struct seen *seen = arg;
    char c;
    seen->reads++;
    if (read(fd, &c, 1) == 0 || (events & LOOP_HANGUP) != 0) {
        loop_remove(seen->source); /* its own, while it runs */
        (void)raise(SIGUSR1);
    }
}

static void on_signal(void *arg)
{
    struct seen *seen = arg;
    seen->signals++;
    loop_stop(seen->loop, 0);
}

static void test_fd_and_signal(void **state)
{
    (void)state;
    struct seen seen = {.loop = loop_new()};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    seen.source = loop_add_fd(seen.loop, ends[0], LOOP_READ, on_read, &seen);
    struct loop_source *signals = loop_add_signal(seen.loop, SIGUSR1, on_signal, &seen);
    assert_int_equal(write(ends[1], "a", 1), 1);
    close(ends[1]);
    assert_int_equal(loop_run(seen.loop), 0);
    assert_int_equal(seen.signals, 1);
    assert_true(seen.reads >= 1);
    close(ends[0]);
    loop_remove(signals);
    loop_free(seen.loop);
}

static void on_ready(void *arg)
{
    struct seen *seen = arg;
    if (++seen->readies == 1)
        (void)kill(spawn_pid(seen->spawn), SIGKILL);
    else
        spawn_stop(seen->spawn, 1000);
}

static void on_ended(void *arg, int wait_status)
{
    struct seen *seen = arg;
    seen->last_status = wait_status;
    if (++seen->endings == 2)
        loop_stop(seen->loop, 0);
}

static void on_limit(void *arg)
{
    struct seen *seen = arg;
    loop_stop(seen->loop, 1);
}

/* Killed once it was ready, it comes back; stopped, it does not. */
static void test_spawn_restarts(void **state)
{
    (void)state;
    struct seen seen = {.loop = loop_new()};
    const char *const argv[] = {"/bin/sh", "-c", "echo >&4; exec sleep 30", NULL};
    const struct spawn_events events = {.ready = on_ready, .ended = on_ended, .arg = &seen};
    struct loop_source *limit = loop_add_timer(seen.loop, on_limit, &seen);
    loop_set_timer(limit, LIMIT_MS);
    seen.spawn = spawn_new(seen.loop, argv, &events);
    assert_int_equal(loop_run(seen.loop), 0);
    assert_int_equal(seen.readies, 2);
    assert_int_equal(spawn_restarts(seen.spawn), 1);
    assert_true(WIFSIGNALED(seen.last_status));
    assert_int_equal(WTERMSIG(seen.last_status), SIGTERM);
    assert_int_equal(spawn_pid(seen.spawn), 0);
    spawn_free(seen.spawn);
    loop_remove(limit);
    loop_free(seen.loop);
}

struct echo {
    struct seen seen;
    int ours;
};

static int make_message_fd(void *arg)
{
    struct echo *echo = arg;
    int fds[2];
    assert_int_equal(ipc_pair(fds), ERR_OK);
    echo->ours = fds[0];
    return fds[1];
}

static void on_echo_ended(void *arg, int wait_status)
{
    struct echo *echo = arg;
    echo->seen.last_status = wait_status;
    loop_stop(echo->seen.loop, 0);
}

/* fd 3 of the child is the descriptor that we made for it, and nothing else of ours is open there. */
static void test_spawn_message_fd(void **state)
{
    (void)state;
    struct echo echo = {.seen = {.loop = loop_new()}};
    const char *const argv[] = {
        "/bin/sh", "-c", "echo hello >&3; ls /proc/self/fd | wc -l >&3; exit 5", NULL};
    const struct spawn_events events = {
        .message_fd = make_message_fd, .ended = on_echo_ended, .arg = &echo};
    struct spawn *spawn = spawn_new(echo.seen.loop, argv, &events);
    assert_int_equal(loop_run(echo.seen.loop), 0);
    assert_true(WIFEXITED(echo.seen.last_status));
    assert_int_equal(WEXITSTATUS(echo.seen.last_status), 5);
    char said[64] = "";
    assert_true(read(echo.ours, said, sizeof said) > 0);
    assert_memory_equal(said, "hello\n", 6);
    memset(said, 0, sizeof said);
    assert_true(read(echo.ours, said, sizeof said) > 0);
    assert_int_equal(said[0], '6'); /* 0 1 2 3 4 and ls's own */
    close(echo.ours);
    spawn_free(spawn);
    loop_free(echo.seen.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timer_and_after),
        cmocka_unit_test(test_fd_and_signal),
        cmocka_unit_test(test_spawn_restarts),
        cmocka_unit_test(test_spawn_message_fd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
