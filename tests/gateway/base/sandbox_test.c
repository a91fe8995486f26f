/* sandbox: each profile forbids what it says, to the process and to what it starts, and leaves what its role needs. Where the
 * kernel has no Landlock, the tests of paths are skipped. */
#include "gateway/base/sandbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 64
#define CODE_RAN 77

struct place {
    char folder[PATH_SIZE / 2];
    char own[PATH_SIZE];
    char secret[PATH_SIZE];
    pid_t victim;
};

static struct place *make_place(void)
{
    static struct place place;
    (void)snprintf(place.folder, sizeof place.folder, "/tmp/sandbox_test.XXXXXX");
    assert_non_null(mkdtemp(place.folder));
    (void)snprintf(place.own, sizeof place.own, "%s/own", place.folder);
    (void)snprintf(place.secret, sizeof place.secret, "%s/secret", place.folder);
    assert_int_equal(mkdir(place.own, 0700), 0);
    int fd = open(place.secret, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    close(fd);
    place.victim = fork();
    if (place.victim == 0) {
        (void)alarm(60);
        for (;;)
            (void)pause();
    }
    return &place;
}

static void leave_place(struct place *place)
{
    char path[3 * PATH_SIZE];
    assert_int_equal(kill(place->victim, SIGKILL), 0); /* nobody else has */
    assert_int_equal(waitpid(place->victim, NULL, 0), place->victim);
    (void)snprintf(path, sizeof path, "%s/file", place->own);
    (void)unlink(path);
    (void)unlink(place->secret);
    (void)rmdir(place->own);
    (void)rmdir(place->folder);
}

/* What a try in the sandboxed child came to: bits of the tries that were granted. */
static unsigned run(const struct sandbox *sandbox, const struct place *place,
    bool (*const *tries)(const struct place *), unsigned count)
{
    int status;
    int pipes[2];
    unsigned granted = 0;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        sandbox_enter(sandbox);
        for (unsigned i = 0; i < count; i++)
            granted |= tries[i](place) ? 1u << i : 0;
        _exit(write(pipes[1], &granted, sizeof granted) == sizeof granted ? 0 : 1);
    }
    close(pipes[1]);
    assert_int_equal(read(pipes[0], &granted, sizeof granted), sizeof granted);
    close(pipes[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    return granted;
}

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool makes_socket(int family, int type)
{
    int fd = socket(family, type, 0);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool try_tcp(const struct place *place)
{
    (void)place;
    return makes_socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK);
}

static bool try_udp(const struct place *place)
{
    (void)place;
    return makes_socket(AF_INET, SOCK_DGRAM);
}

static bool try_unix(const struct place *place)
{
    (void)place;
    return makes_socket(AF_UNIX, SOCK_STREAM);
}

/* EPERM or EACCES is the fence; a refused connection is not. */
static bool try_connect(const struct place *place)
{
    (void)place;
    const struct sockaddr_in local = {
        .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int pair[2];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0)
        fd = pair[0];
    return connect(fd, (const struct sockaddr *)&local, sizeof local) == 0 ||
           (errno != EPERM && errno != EACCES);
}

static bool try_kill(const struct place *place)
{
    return kill(place->victim, 0) == 0;
}

static bool try_raise(const struct place *place)
{
    (void)place;
    return raise(SIGURG) == 0;
}

static bool try_trace(const struct place *place)
{
    return ptrace(PTRACE_SEIZE, place->victim, NULL, NULL) == 0;
}

static bool try_limits(const struct place *place)
{
    struct rlimit limit;
    return prlimit(place->victim, RLIMIT_NOFILE, NULL, &limit) == 0;
}

static bool try_own_limits(const struct place *place)
{
    (void)place;
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool try_namespace(const struct place *place)
{
    (void)place;
    pid_t child = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

static bool try_chmod(const struct place *place)
{
    return chmod(place->secret, 0600) == 0;
}

static bool try_truncate(const struct place *place)
{
    return truncate(place->secret, 0) == 0;
}

static bool try_read_secret(const struct place *place)
{
    return opens(place->secret, O_RDONLY);
}

static bool try_write_secret(const struct place *place)
{
    return opens(place->secret, O_WRONLY);
}

static bool try_read_shadow(const struct place *place)
{
    (void)place;
    return opens("/etc/passwd", O_RDONLY);
}

static bool try_own_file(const struct place *place)
{
    char path[3 * PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/file", place->own);
    return opens(path, O_RDWR | O_CREAT | O_TRUNC) && opens(path, O_RDONLY);
}

static bool try_library(const struct place *place)
{
    (void)place;
    return opens("/usr/lib/os-release", O_RDONLY) && opens("/dev/null", O_WRONLY);
}

static bool runs(const char *program)
{
    int status;
    char *const argv[] = {(char[]){"true"}, NULL};
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        (void)execv(program, argv);
        _exit(CODE_RAN);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

static bool try_run_named(const struct place *place)
{
    (void)place;
    return runs("/usr/bin/true");
}

static bool try_run_other(const struct place *place)
{
    (void)place;
    return runs("/usr/bin/env");
}

typedef bool attempt(const struct place *place);

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
}

static void check(
    const struct sandbox *sandbox, attempt *const *tries, unsigned count, unsigned wanted)
{
    struct place *place = make_place();
    struct sandbox own = *sandbox;
    sandbox_allow(&own, SANDBOX_WRITE, place->own);
    sandbox_allow(&own, SANDBOX_RUN, "/usr/bin/true");
    sandbox_allow(&own, SANDBOX_READ, "/nothing/there");
    unsigned granted = run(&own, place, tries, count);
    leave_place(place);
    for (unsigned i = 0; i < count; i++)
        if (((granted ^ wanted) >> i & 1) != 0)
            fail_msg("try %u of profile %d was %s", i, (int)sandbox->profile,
                (granted >> i & 1) != 0 ? "granted" : "refused");
}

static void test_newsroom_calls(void **state)
{
    (void)state;
    static attempt *const refused[] = {try_udp, try_unix, try_connect, try_kill, try_trace,
        try_limits, try_namespace, try_chmod, try_truncate};
    static attempt *const granted[] = {try_tcp, try_raise, try_own_limits};
    struct sandbox sandbox;
    sandbox_init(&sandbox, SANDBOX_NEWSROOM);
    check(&sandbox, refused, 9, 0);
    check(&sandbox, granted, 3, 7);
}

static void test_newsroom_paths(void **state)
{
    (void)state;
    static attempt *const refused[] = {
        try_read_secret, try_write_secret, try_read_shadow, try_run_other};
    static attempt *const granted[] = {try_own_file, try_library, try_run_named};
    struct sandbox sandbox;
    if (!has_landlock())
        skip();
    sandbox_init(&sandbox, SANDBOX_NEWSROOM);
    check(&sandbox, refused, 4, 0);
    check(&sandbox, granted, 3, 7);
}

static void test_radio(void **state)
{
    (void)state;
    static attempt *const calls[] = {try_tcp, try_udp, try_unix, try_connect, try_trace, try_raise};
    static attempt *const paths[] = {
        try_read_secret, try_write_secret, try_read_shadow, try_own_file, try_library};
    struct sandbox sandbox;
    sandbox_init(&sandbox, SANDBOX_RADIO);
    check(&sandbox, calls, 6, 1u << 5);
    if (has_landlock())
        check(&sandbox, paths, 5, 3u << 3);
}

static void test_transmitter(void **state)
{
    (void)state;
    static attempt *const tries[] = {try_trace, try_tcp, try_unix, try_write_secret, try_raise};
    struct sandbox sandbox;
    sandbox_init(&sandbox, SANDBOX_TRANSMITTER);
    check(&sandbox, tries, 5, 0x1e);
}

static void test_modem(void **state)
{
    (void)state;
    static attempt *const tries[] = {
        try_tcp, try_udp, try_trace, try_unix, try_raise, try_write_secret, try_run_other};
    struct sandbox sandbox;
    sandbox_init(&sandbox, SANDBOX_MODEM);
    check(&sandbox, tries, 7, 0x78);
}

/* The same tries are granted without a fence: so that the other tests show something. */
static void test_none(void **state)
{
    (void)state;
    static attempt *const tries[] = {try_tcp, try_udp, try_unix, try_connect, try_kill, try_limits,
        try_chmod, try_truncate, try_read_secret, try_write_secret, try_read_shadow, try_run_other};
    struct sandbox sandbox;
    sandbox_init(&sandbox, SANDBOX_NONE);
    check(&sandbox, tries, 12, 0xfff);
}

/* The port is fenced where the kernel's Landlock knows ports (from 4 on). */
static bool try_other_port(const struct place *place)
{
    (void)place;
    const struct sockaddr_in other = {
        .sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return bind(fd, (const struct sockaddr *)&other, sizeof other) == 0;
}

static void test_port(void **state)
{
    (void)state;
    static attempt *const tries[] = {try_other_port};
    struct sandbox sandbox;
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 4)
        skip();
    sandbox_init(&sandbox, SANDBOX_NEWSROOM);
    sandbox.port = 8443;
    check(&sandbox, tries, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newsroom_calls),
        cmocka_unit_test(test_newsroom_paths),
        cmocka_unit_test(test_radio),
        cmocka_unit_test(test_transmitter),
        cmocka_unit_test(test_modem),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_port),
    };
    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
