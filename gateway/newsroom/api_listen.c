/* api_listen: what a draft will sound like. A child speaks it (dabyl-radio speak): the synthesiser may hang, leak or crash, so it
 * has limits of time and memory, its own process, and nothing of ours open. One at a time (ROUTES_HEAVY). */
#include "gateway/base/fields.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEADLINE_S 45 /* of all of it: twice what the longest bulletin takes on a slow machine */
#define CPU_S 30
#define MEMORY_BYTES (512L << 20)
#define WAV_MAX (16L << 20) /* 17 minutes at 8 kHz */
#define PATH_SIZE 512
#define LANGUAGE_SIZE 8
#define REFUSED_BY_CHILD 4 /* dabyl-radio(1): the bytes were no bulletin, or lack the language */

struct listen {
    struct request *request;
    pid_t child;
    int fd; /* its sound; -1 once it has ended */
    struct loop_source *reading;
    struct loop_source *watching; /* of the child's end; NULL once that came */
    struct loop_source *deadline;
    int wait_status;
    bool late;
    uint8_t *wav;
    size_t used;
    size_t room;
};

static void end(struct listen *listen)
{
    struct request *request = listen->request;
    bool spoken = !listen->late && WIFEXITED(listen->wait_status) &&
                  WEXITSTATUS(listen->wait_status) == 0 && listen->used > 0;
    loop_remove(listen->deadline);
    if (spoken) {
        response_take(request, 200, "audio/wav", listen->wav, listen->used);
    } else {
        free(listen->wav);
        if (WIFEXITED(listen->wait_status) &&
            WEXITSTATUS(listen->wait_status) == REFUSED_BY_CHILD && !listen->late)
            response_error_status(request, 422, ERR_VALUE,
                "body: no draft, or one without a text in this language; save it and try again");
        else
            response_error(request, ERR_TIMEOUT,
                "it could not be spoken in time; try again, or listen to the texts one by one");
    }
    free(listen);
}

/* The sound has ended, or is given up: then only the child's end is waited for, which comes by itself (alarm). */
static void stop_reading(struct listen *listen)
{
    loop_remove(listen->reading);
    listen->reading = NULL;
    if (listen->fd >= 0)
        close(listen->fd);
    listen->fd = -1;
    if (listen->watching == NULL)
        end(listen);
}

static bool make_room(struct listen *listen)
{
    if (listen->used < listen->room)
        return true;
    size_t room = listen->room == 0 ? 1u << 18 : listen->room * 2;
    if (room > WAV_MAX)
        return false;
    uint8_t *wav = realloc(listen->wav, room);
    if (wav == NULL)
        log_fatal("no_memory listen");
    listen->wav = wav;
    listen->room = room;
    return true;
}

static void on_sound(void *arg, int fd, unsigned events)
{
    struct listen *listen = arg;
    (void)events;
    if (!make_room(listen)) {
        listen->late = true;
        stop_reading(listen);
        return;
    }
    ssize_t got = read(fd, listen->wav + listen->used, listen->room - listen->used);
    if (got > 0)
        listen->used += (size_t)got;
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        stop_reading(listen);
}

static void on_ended(void *arg, pid_t pid, int wait_status)
{
    struct listen *listen = arg;
    (void)pid;
    listen->wait_status = wait_status;
    loop_remove(listen->watching);
    listen->watching = NULL;
    if (wait_status != 0)
        log_warn("not_spoken %s=%d", WIFSIGNALED(wait_status) ? "signal" : "code",
            WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : WEXITSTATUS(wait_status));
    if (listen->fd < 0)
        end(listen);
}

static void on_late(void *arg)
{
    struct listen *listen = arg;
    listen->late = true;
    if (listen->fd >= 0)
        stop_reading(listen);
}

static void limit(int resource, rlim_t value)
{
    const struct rlimit most = {value, value};
    (void)setrlimit((__rlimit_resource_t)resource, &most);
}

/* In the child: nothing is open but what it reads and writes. */
static _Noreturn void become(int in, int out, char *const argv[])
{
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)alarm(DEADLINE_S);
    limit(RLIMIT_AS, MEMORY_BYTES);
    limit(RLIMIT_CPU, CPU_S);
    limit(RLIMIT_FSIZE, WAV_MAX);
    limit(RLIMIT_CORE, 0);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(127);
    (void)close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    (void)execv(argv[0], argv);
    _exit(127);
}

/* Returns the child, -1 on failure; *fd is where its sound comes. The body fits into a pipe whole. */
static pid_t start(int *fd, const struct request *request, const char *language,
    const struct message_sealed_bytes *body)
{
    char program[PATH_SIZE], words[4][LANGUAGE_SIZE + 16];
    int in[2], out[2];
    (void)snprintf(program, sizeof program, "%s/dabyl-radio", request->site->programs);
    (void)snprintf(words[0], sizeof words[0], "speak");
    (void)snprintf(words[1], sizeof words[1], "--language=%s", language);
    (void)snprintf(words[2], sizeof words[2], "--sender=%.12s", request->site->sender);
    char *const argv[] = {program, words[0], words[1], words[2], NULL};
    if (pipe2(in, O_CLOEXEC) != 0)
        return -1;
    if (pipe2(out, O_CLOEXEC) != 0) {
        close(in[0]);
        close(in[1]);
        return -1;
    }
    bool written = write(in[1], body->bytes, body->size) == (ssize_t)body->size;
    pid_t child = written ? fork() : -1;
    if (child == 0)
        become(in[0], out[1], argv);
    close(in[0]);
    close(in[1]);
    close(out[1]);
    *fd = out[0];
    if (child < 0)
        close(out[0]);
    return child;
}

static void begin(
    struct request *request, const char *language, const struct message_sealed_bytes *body)
{
    struct listen *listen = calloc(1, sizeof *listen);
    if (listen == NULL)
        log_fatal("no_memory listen");
    listen->request = request;
    listen->child = start(&listen->fd, request, language, body);
    if (listen->child < 0) {
        free(listen);
        response_error(request, ERR_SYSTEM, "no process could be started to speak it");
        return;
    }
    (void)fcntl(listen->fd, F_SETFL, O_NONBLOCK);
    listen->reading = loop_add_fd(request->loop, listen->fd, LOOP_READ, on_sound, listen);
    listen->watching = loop_add_child(request->loop, listen->child, on_ended, listen);
    listen->deadline = loop_add_timer(request->loop, on_late, listen);
    loop_set_timer(listen->deadline, DEADLINE_S * 1000);
}

void api_listen_speak(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX], word[LANGUAGE_SIZE];
    struct message_sealed_bytes bytes;
    enum bulletin_language language;
    size_t size;
    if (!ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    fields_get_bytes(&in, "body", bytes.bytes, &size, sizeof bytes.bytes);
    bytes.size = (uint16_t)size;
    fields_get_text(&in, "language", word, sizeof word);
    if (in.err == ERR_OK && bulletin_parse_language(&language, word) != ERR_OK)
        fields_refuse(&in, ERR_VALUE, "language", "must be kk, ru or en");
    if (ask_end_fields(&in, body, request))
        begin(request, word, &bytes);
}
