#include "audio/render.h"

#include "audio/air.h"
#include "audio/plot.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS_PER_S 1000

struct render {
    struct loop *loop;
    const struct radio_role *role;
    void (*done)(void *arg, const struct render_done *what);
    void *arg;
    struct loop_source *pipe;
    struct loop_source *timer;
    pid_t pid; /* 0: not busy */
    int fd;
    uint32_t number; /* of what it makes, as far as it could be read */
    struct live_made made;
};

/* One write, which a pipe keeps whole. */
_Static_assert(sizeof(struct render_done) <= PIPE_BUF, "it fits a pipe's atomic write");
_Static_assert(PROGRAMME_SEGMENTS_MAX <= LIVE_SEGMENTS_MAX, "each segment's start is kept");
_Static_assert(AIR_OTHERS_MAX + 1 == SCHEDULE_LIVE_MAX, "all that is in force goes along");

/* -- in the child */

static void pass_over(void *arg, const struct programme_segment *segment)
{
    (void)arg;
    (void)segment;
}

/* To the disk before the radio hears of it: else its own small writes would wait for this while it is on the air. */
static enum err sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum err err = fd < 0 || fsync(fd) ? err_from_errno(errno) : ERR_OK;

    if (fd >= 0)
        close(fd);
    return err;
}

/* Both files, or none that is new: each is written aside and renamed. aired->path names the one for sound cards. */
static enum err save(
    struct message_aired *aired, const struct pcm *pcm, const struct radio_role *role)
{
    static const unsigned rates[] = {RADIO_ROLE_MODEM_HZ, RADIO_ROLE_CARD_HZ};
    enum err err = ERR_OK;

    for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]) && !err; i++) {
        int size = snprintf(aired->path, sizeof(aired->path), "%s/bulletin-%u-%s-%u.wav",
            role->directory, (unsigned)aired->number, programme_name(role->programme), rates[i]);

        if (size < 0 || (size_t)size >= sizeof(aired->path))
            return ERR_LONG;
        err = air_save(aired->path, pcm, rates[i]);
        if (!err)
            err = sync_file(aired->path);
    }
    return err;
}

/* Beside the sound; without it the broadcast is as good. */
static void save_picture(
    const struct pcm *pcm, const struct air *air, const struct radio_role *role)
{
    char path[MESSAGES_DETAIL_SIZE];
    int size = snprintf(path, sizeof(path), "%s/bulletin-%u-%s.png", role->directory,
        (unsigned)air->bulletin.number, programme_name(role->programme));
    enum err err = size < 0 || (size_t)size >= sizeof(path)
                       ? ERR_LONG
                       : plot_save(path, pcm, air->programme, air->bulletin.number, air->code);

    if (err)
        log_warn("no_picture number=%u error=%s", (unsigned)air->bulletin.number, err_name(err));
}

static void note_starts(struct live_made *made, const struct programme *programme)
{
    double at_s = 0.0;

    made->start_count = (uint8_t)programme_count(programme);
    for (size_t i = 0; i < made->start_count; i++) {
        made->starts_ms[i] = (uint32_t)(at_s * MS_PER_S);
        at_s += programme_describe(programme, i).seconds;
    }
}

static enum err make(
    struct render_done *done, const struct render_order *order, const struct radio_role *role)
{
    const struct message_air *message = order->air;
    struct message_aired *aired = &done->aired;
    struct air_other others[SCHEDULE_LIVE_MAX];
    const struct air_request request = {.sealed = message->bulletin.bytes,
        .sealed_size = message->bulletin.size,
        .roster = message->roster.bytes,
        .roster_size = message->roster.size,
        .fingerprint = role->fingerprint,
        .programme = role->programme,
        .sender = role->sender,
        .call = role->call,
        .times = role->times,
        .languages = role->languages,
        .readings = role->readings,
        .others = others,
        .other_count = order->other_count,
        .now_s = order->now_s};
    char why[AIR_WHY_MAX];
    struct air air;
    struct pcm pcm;
    enum err err;

    for (size_t i = 0; i < order->other_count; i++)
        others[i] = (struct air_other){order->others[i]->sealed, order->others[i]->sealed_size};
    err = air_open(&air, why, &request);
    aired->number = air.bulletin.number;
    if (err) {
        log_error("not_aired number=%u why=\"%s\"", (unsigned)aired->number, why);
        return err;
    }
    if (air.read_languages)
        log_info("recordings_used number=%u languages=%u", (unsigned)aired->number,
            (unsigned)air.read_languages);
    aired->seconds = (uint32_t)ceil(programme_seconds(air.programme));
    note_starts(&done->made, air.programme);
    err = air_render(&pcm, &air, pass_over, NULL);
    if (!err)
        err = save(aired, &pcm, role);
    if (!err)
        save_picture(&pcm, &air, role);
    pcm_wipe(&pcm);
    air_close(&air);
    if (err)
        log_error("not_aired number=%u why=\"%s\" path=%s", (unsigned)aired->number, err_text(err),
            aired->path);
    return err;
}

static _Noreturn void become(
    int fd, const struct render_order *order, const struct radio_role *role)
{
    struct render_done done = {.aired = {.number = 0}};
    struct message_aired *aired = &done.aired;
    int64_t begun_ms = clock_boot_ms();

    if (dup2(fd, ROLE_MESSAGE_FD) < 0)
        _exit(1);
    role_begin_child(ROLE_MESSAGE_FD + 1);
    aired->result = (uint8_t)make(&done, order, role);
    if (aired->result != ERR_OK)
        aired->path[0] = '\0';
    else
        log_info("rendered number=%u seconds=%u with=%zu took_ms=%lld path=%s",
            (unsigned)aired->number, (unsigned)aired->seconds, order->other_count,
            (long long)(clock_boot_ms() - begun_ms), aired->path);
    _exit(write(ROLE_MESSAGE_FD, &done, sizeof(done)) == (ssize_t)sizeof(done) ? 0 : 1);
}

/* -- in the radio */

bool render_is_busy(const struct render *render)
{
    return render->pid != 0;
}

const struct live_made *render_making(const struct render *render)
{
    return &render->made;
}

void render_cancel(struct render *render)
{
    if (render->pid == 0)
        return;
    loop_stop_timer(render->timer);
    loop_remove(render->pipe);
    render->pipe = NULL;
    close(render->fd);
    (void)kill(render->pid, SIGKILL);
    (void)waitpid(render->pid, NULL, 0);
    render->pid = 0;
}

static void fail(struct render *render, enum err result)
{
    const struct render_done done = {
        .aired = {.number = render->number, .result = (uint8_t)result}};

    render_cancel(render);
    render->done(render->arg, &done);
}

static void succeed(struct render *render, struct render_done *done)
{
    done->made.with_count = render->made.with_count;
    memcpy(done->made.with, render->made.with, sizeof(done->made.with));
    if (done->aired.result == ERR_OK && live_note_file(&done->made, done->aired.path))
        log_error("rendered_lost path=%s", done->aired.path);
    render_cancel(render);
    render->done(render->arg, done);
}

static void on_pipe(void *arg, int fd, unsigned events)
{
    struct render *render = arg;
    struct render_done done;
    ssize_t got = read(fd, &done, sizeof(done));

    (void)events;
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got == (ssize_t)sizeof(done)) {
        succeed(render, &done);
        return;
    }
    log_error("render_failed number=%u", (unsigned)render->number);
    fail(render, ERR_SYSTEM);
}

static void on_timer(void *arg)
{
    struct render *render = arg;

    log_error("render_hangs number=%u", (unsigned)render->number);
    fail(render, ERR_TIMEOUT);
}

struct render *render_new(struct loop *loop, const struct radio_role *role,
    void (*done)(void *arg, const struct render_done *what), void *arg)
{
    struct render *render = calloc(1, sizeof(*render));

    if (!render)
        log_fatal("no_memory");
    *render = (struct render){.loop = loop, .role = role, .done = done, .arg = arg};
    render->timer = loop_add_timer(loop, on_timer, render);
    return render;
}

static void note_others(struct live_made *made, const struct render_order *order)
{
    *made = (struct live_made){.with_count = (uint8_t)order->other_count};
    for (size_t i = 0; i < order->other_count; i++)
        made->with[i] = schedule_key(&order->others[i]->item);
}

void render_begin(struct render *render, const struct render_order *order)
{
    const struct message_air *air = order->air;
    struct wire_sealed sealed;
    int fds[2];

    render->number = wire_decode_sealed(&sealed, air->bulletin.bytes, air->bulletin.size) == ERR_OK
                         ? sealed.header.number
                         : 0;
    note_others(&render->made, order);
    if (pipe2(fds, O_CLOEXEC | O_NONBLOCK))
        log_fatal("no_pipe error=%d", errno);
    render->pid = fork();
    if (render->pid == 0)
        become(fds[1], order, render->role);
    if (render->pid < 0)
        log_fatal("no_process error=%d", errno);
    close(fds[1]);
    render->fd = fds[0];
    render->pipe = loop_add_fd(render->loop, render->fd, LOOP_READ, on_pipe, render);
    loop_set_timer(render->timer, RENDER_MOST_MS);
}

void render_free(struct render *render)
{
    render_cancel(render);
    loop_remove(render->timer);
    free(render);
}
