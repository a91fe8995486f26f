#include "modems/talker.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#define TALK_FD 3
#define ALARM_SPARE_S 15 /* the parent's deadline comes first */
#define SEND_ALARM_S 900
#define EXIT_OPEN 1

struct talker {
    const struct transport *transport;
    void *state;
};

/* The parent has gone or does not read: there is nothing left to do. */
static void answer(const struct talk *talk)
{
    enum err err;
    while ((err = talk_send(TALK_FD, talk)) == ERR_BUSY) {
        struct pollfd wait = {TALK_FD, POLLOUT, 0};
        (void)poll(&wait, 1, -1);
    }
    if (err != ERR_OK)
        _exit(0);
}

static void answer_found(const struct transport_found *found)
{
    struct talk talk = {.type = TALK_FOUND};
    talk.as.found = *found;
    answer(&talk);
}

static enum err do_send(struct talker *talker, const struct talk *request, struct talk_done *done)
{
    return talker->transport->send(talker->state, &done->sent, &request->as.part);
}

static enum err do_sweep(struct talker *talker, const struct talk *request, struct talk_done *done)
{
    (void)request;
    (void)done;
    struct transport_found found;
    enum err err = talker->transport->next(talker->state, &found, true);
    while (err == ERR_OK) {
        answer_found(&found);
        err = talker->transport->next(talker->state, &found, false);
    }
    return err == ERR_MISSING ? ERR_OK : err;
}

static enum err do_remove(struct talker *talker, const struct talk *request, struct talk_done *done)
{
    (void)done;
    enum err err = talker->transport->remove(talker->state, request->as.location);
    return err == ERR_MISSING ? ERR_OK : err;
}

static enum err do_decode(struct talker *talker, const struct talk *request, struct talk_done *done)
{
    (void)done;
    struct transport_found found;
    enum err err = talker->transport->decode(talker->state, &found, request->as.hex);
    if (err == ERR_OK)
        answer_found(&found);
    return err;
}

typedef enum err do_request(
    struct talker *talker, const struct talk *request, struct talk_done *done);

static do_request *const requests[TALK_TYPE_COUNT] = {
    [TALK_SEND] = do_send,
    [TALK_SWEEP] = do_sweep,
    [TALK_REMOVE] = do_remove,
    [TALK_DECODE] = do_decode,
};

static void set_alarm(enum talk_type type)
{
    unsigned deadline_s = talk_deadline_ms(type) / 1000;
    (void)alarm(deadline_s > 0 ? deadline_s + ALARM_SPARE_S : SEND_ALARM_S);
}

static void serve(struct talker *talker, const struct talk *request)
{
    struct talk talk = {.type = TALK_DONE};
    talk.as.done.of = request->type;
    set_alarm(request->type);
    talk.as.done.err = requests[request->type](talker, request, &talk.as.done);
    (void)alarm(0);
    answer(&talk);
}

static void connect_modem(struct talker *talker, const char *path)
{
    struct talk talk = {.type = TALK_DONE};
    talk.as.done.of = TALK_OPEN;
    set_alarm(TALK_OPEN);
    talk.as.done.err = talker->transport->open(&talker->state, &talk.as.done.hello, path);
    (void)alarm(0);
    answer(&talk);
    if (talk.as.done.err != ERR_OK)
        _exit(EXIT_OPEN);
}

/* The parent's signals, descriptors and loop are not ours. */
static void leave_parent(pid_t parent, int fd)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent)
        _exit(0);
    if (fd != TALK_FD && dup2(fd, TALK_FD) < 0)
        _exit(EXIT_OPEN);
    (void)fcntl(TALK_FD, F_SETFL, 0);
    (void)close_range(TALK_FD + 1, ~0U, 0);
}

_Noreturn static void run(struct talker *talker, const char *path)
{
    connect_modem(talker, path);
    struct talk request;
    enum err err;
    while ((err = talk_receive(TALK_FD, &request)) == ERR_OK || err == ERR_FORMAT)
        if (err == ERR_OK && requests[request.type] != NULL)
            serve(talker, &request);
    _exit(0);
}

pid_t talker_start(const struct transport *transport, const char *path, int fd)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    leave_parent(parent, fd);
    struct talker talker = {transport, NULL};
    run(&talker, path);
}
