/* bench: a worker process with the real libgammu and the modem emulator; the test is the dispatcher at the other end of its
 * descriptor 3. Programs are taken from the build that the test belongs to.
 */
#ifndef TESTS_MODEMS_BENCH_H
#define TESTS_MODEMS_BENCH_H

#include "gateway/base/clock.h"
#include "gateway/messages/messages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TEXT_SIZE 65536
#define WAIT_MS 20000
#define NUMBER "+77011234567"
#define HOUR_MS 3600000
#define BENCH_ARGS_MAX 32

struct bench {
    char bin[PATH_MAX];
    char dir[64];
    char device[96];
    pid_t sim;
    pid_t worker;
    int fd;                           /* the dispatcher's end */
    bool pulled;                      /* a PULL is open */
    int condition;                    /* the last one told, -1 none */
    struct message_modem_state state; /* all of it */
    struct message got;               /* what wait_for found */
    uint64_t job;
};

static inline void find_programs(struct bench *bench)
{
    ssize_t size = readlink("/proc/self/exe", bench->bin, sizeof bench->bin - 1);
    assert_true(size > 0);
    bench->bin[size] = '\0';
    char *tests = strstr(bench->bin, "/tests/modems/");
    assert_non_null(tests);
    (void)snprintf(tests, sizeof bench->bin - (size_t)(tests - bench->bin), "/bin");
}

/* Runs a program of the build; in the child, fd becomes descriptor 3 unless -1. output: -1, or where its output goes. */
static inline pid_t run(const struct bench *bench, char *const *argv, int fd, int output)
{
    char path[PATH_MAX + 32];
    (void)snprintf(path, sizeof path, "%s/%s", bench->bin, argv[0]);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    if (fd >= 0)
        (void)dup2(fd, 3);
    if (output >= 0)
        (void)dup2(output, 1);
    if (getenv("WORKER_TEST_VERBOSE") == NULL)
        (void)dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), 2);
    (void)execv(path, argv);
    _exit(127);
}

#define SIM(...) ((char *const[]){(char[]){"dabyl-modemsim"}, __VA_ARGS__, NULL})

/* What the emulator answers to a command. */
static inline void ask_sim(const struct bench *bench, char *const *argv, char text[TEXT_SIZE])
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t pid = run(bench, argv, -1, ends[1]);
    close(ends[1]);
    size_t used = 0;
    ssize_t got;
    while ((got = read(ends[0], text + used, TEXT_SIZE - 1 - used)) > 0)
        used += (size_t)got;
    text[used] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static inline void fault(struct bench *bench, char *spec)
{
    char text[TEXT_SIZE];
    ask_sim(bench, SIM((char[]){"fault"}, (char[]){"--dir"}, bench->dir, spec), text);
}

static inline void inject(struct bench *bench, char *from, char *body)
{
    char text[TEXT_SIZE];
    ask_sim(bench,
        SIM((char[]){"inject"}, (char[]){"--dir"}, bench->dir, (char[]){"--from"}, from,
            (char[]){"--text"}, body),
        text);
}

static inline void inject_raw(struct bench *bench, char *hex)
{
    char text[TEXT_SIZE];
    ask_sim(bench,
        SIM((char[]){"inject"}, (char[]){"--dir"}, bench->dir, (char[]){"--raw-pdu"}, hex), text);
}

static inline void phones(struct bench *bench, char text[TEXT_SIZE])
{
    ask_sim(
        bench, SIM((char[]){"phones"}, (char[]){"--dir"}, bench->dir, (char[]){"--json"}), text);
}

static inline int count(struct bench *bench, const char *what)
{
    char text[TEXT_SIZE];
    char key[32];
    ask_sim(bench, SIM((char[]){"status"}, (char[]){"--dir"}, bench->dir), text);
    (void)snprintf(key, sizeof key, "\"%s\":", what);
    const char *found = strstr(text, key);
    assert_non_null(found);
    return (int)strtol(found + strlen(key), NULL, 10);
}

static inline void pause_ms(int ms)
{
    (void)poll(NULL, 0, ms);
}

static inline void wait_path(const char *path)
{
    for (int i = 0; i < 500 && access(path, F_OK) != 0; i++)
        pause_ms(10);
    assert_int_equal(access(path, F_OK), 0);
}

/* With these options beside those of every test; the list ends with NULL. */
static inline void start_worker_with(struct bench *bench, char *const *options)
{
    char *argv[BENCH_ARGS_MAX + 1] = {(char[]){"dabyl-modem"}, (char[]){"--name"}, (char[]){"one"},
        (char[]){"--prompt-timeout"}, (char[]){"2"}, (char[]){"--answer-timeout"}, (char[]){"1"},
        (char[]){"--sweep"}, (char[]){"2"}};
    size_t count = 9;
    for (size_t i = 0; options[i] != NULL; i++) {
        assert_true(count < BENCH_ARGS_MAX);
        argv[count++] = options[i];
    }
    int fds[2];
    assert_int_equal(ipc_pair(fds), ERR_OK);
    bench->worker = run(bench, argv, fds[1], -1);
    bench->fd = fds[0];
    bench->pulled = false;
    bench->condition = -1;
    close(fds[1]);
}

#define OPTIONS(...) ((char *const[]){__VA_ARGS__, NULL})

static inline void start_worker(struct bench *bench, char *option, char *value)
{
    start_worker_with(bench, OPTIONS((char[]){"--device"}, bench->device, option, value));
}

static inline void start_sim(struct bench *bench, char *option, char *value)
{
    (void)snprintf(bench->dir, sizeof bench->dir, "/tmp/worker_test.XXXXXX");
    assert_non_null(mkdtemp(bench->dir));
    (void)snprintf(bench->device, sizeof bench->device, "%s/modem1", bench->dir);
    char *const argv[] = {(char[]){"dabyl-modemsim"}, (char[]){"--dir"}, bench->dir,
        (char[]){"--report-delay"}, (char[]){"0.1"}, option, value, NULL};
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bench->sim = run(bench, argv, -1, null);
    close(null);
    wait_path(bench->device);
}

static inline int begin(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    find_programs(bench);
    start_sim(bench, NULL, NULL);
    start_worker(bench, NULL, NULL);
    *state = bench;
    return 0;
}

static inline void stop(pid_t pid)
{
    (void)kill(pid, SIGTERM);
    (void)waitpid(pid, NULL, 0);
}

static inline void stop_worker(struct bench *bench)
{
    close(bench->fd);
    int status;
    assert_int_equal(waitpid(bench->worker, &status, 0), bench->worker);
    assert_int_equal(status, 0);
}

static inline int end(void **state)
{
    struct bench *bench = *state;
    stop(bench->worker);
    stop(bench->sim);
    close(bench->fd);
    char command[96];
    (void)snprintf(command, sizeof command, "%s/control", bench->dir);
    (void)unlink(command);
    (void)unlink(bench->device);
    (void)rmdir(bench->dir);
    free(bench);
    return 0;
}

/* The next message of this type into bench->got; states and pulls are noted, others are skipped. */
static inline bool wait_within(struct bench *bench, enum message_type type, int within_ms)
{
    int64_t until_ms = clock_boot_ms() + within_ms;
    for (;;) {
        enum err err = messages_receive(bench->fd, &bench->got);
        if (err == ERR_OK) {
            if (bench->got.type == MESSAGE_MODEM_STATE)
                bench->state = bench->got.as.modem_state;
            if (bench->got.type == MESSAGE_MODEM_STATE)
                bench->condition = bench->got.as.modem_state.state;
            if (bench->got.type == MESSAGE_PULL)
                bench->pulled = true;
            if (bench->got.type == type)
                return true;
            continue;
        }
        assert_int_equal(err, ERR_BUSY);
        int64_t left_ms = until_ms - clock_boot_ms();
        if (left_ms <= 0)
            return false;
        struct pollfd wait = {bench->fd, POLLIN, 0};
        (void)poll(&wait, 1, (int)left_ms);
    }
}

static inline void wait_for(struct bench *bench, enum message_type type)
{
    if (!wait_within(bench, type, WAIT_MS))
        fail_msg("no %s came", messages_name(type));
}

static inline void wait_condition(struct bench *bench, enum message_condition condition)
{
    while (bench->condition != (int)condition)
        wait_for(bench, MESSAGE_MODEM_STATE);
}

static inline void tell(struct bench *bench, enum message_type type, uint64_t job)
{
    struct message message = {.type = type, .fd = -1};
    if (type == MESSAGE_INBOUND_STORED)
        message.as.serial.serial = job;
    else
        message.as.job.job = job;
    assert_int_equal(messages_send(bench->fd, &message), ERR_OK);
}

static inline struct message_part make_part(const char *text, enum message_coding coding)
{
    struct message_part part = {.coding = (uint8_t)coding,
        .validity_min = 60,
        .reference = 7,
        .until_boot_ms = clock_boot_ms() + HOUR_MS};
    (void)snprintf(part.number, sizeof part.number, "%s", NUMBER);
    (void)snprintf(part.text, sizeof part.text, "%s", text);
    return part;
}

static inline void give(struct bench *bench, const struct message_part *part)
{
    if (!bench->pulled)
        wait_for(bench, MESSAGE_PULL);
    bench->pulled = false;
    struct message message = {.type = MESSAGE_PART, .fd = -1};
    message.as.part = *part;
    message.as.part.job = ++bench->job;
    assert_int_equal(messages_send(bench->fd, &message), ERR_OK);
}

/* Until it holds, then lets it go. */
static inline void submit(struct bench *bench, const struct message_part *part)
{
    give(bench, part);
    wait_for(bench, MESSAGE_PART_HOLD);
    assert_int_equal(bench->got.as.job.job, bench->job);
    tell(bench, MESSAGE_PART_GO, bench->job);
}

static inline uint8_t send_part(struct bench *bench, const struct message_part *part)
{
    submit(bench, part);
    wait_for(bench, MESSAGE_PART_SENT);
    assert_int_equal(bench->got.as.part_sent.job, bench->job);
    return (uint8_t)bench->got.as.part_sent.reference;
}

static inline void send_plain(struct bench *bench, const char *text)
{
    const struct message_part part = make_part(text, MESSAGE_GSM7);
    (void)send_part(bench, &part);
}

static inline const struct message_part_failed *wait_failed(struct bench *bench)
{
    wait_for(bench, MESSAGE_PART_FAILED);
    assert_int_equal(bench->got.as.part_failed.job, bench->job);
    return &bench->got.as.part_failed;
}

static inline void expect_shown(struct bench *bench, const char *text)
{
    char shown[TEXT_SIZE];
    phones(bench, shown);
    if (strstr(shown, text) == NULL)
        fail_msg("no phone shows \"%s\", but: %s", text, shown);
}

#endif
