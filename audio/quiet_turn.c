#include "audio/quiet_turn.h"

#include "audio/air.h"
#include "audio/quiet.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOUR_S 3600
#define TRIES_MAX 60 /* times of one hour */
#define PATH_SIZE 256

enum step { WAITING, MAKING, MADE };

struct quiet_turn {
    const struct radio_role *role;
    struct on_air *on_air;
    struct station station;
    struct message_quiet told;
    enum step step;
    int64_t at_s;     /* of the next turn; 0: not looked for */
    pid_t pid;        /* that makes it; 0: none */
    uint32_t seconds; /* of what was made */
    char path[PATH_SIZE];
};

int64_t quiet_turn_find(const struct schedule *schedule, int64_t now_s)
{
    int64_t at_s = schedule_next(schedule, now_s);

    for (int i = 0; i < TRIES_MAX && at_s != SCHEDULE_NEVER; i++) {
        if (schedule_next(schedule, at_s - at_s % HOUR_S - 1) == at_s)
            return at_s;
        at_s = schedule_next(schedule, at_s);
    }
    return SCHEDULE_NEVER;
}

static const struct schedule *schedule_of(const struct quiet_turn *turn)
{
    return &turn->role->on_air->schedule;
}

/* -- in the child */

/* Its exit code is the length in seconds; 0: it could not be made. */
static int make(const struct quiet *quiet, const char *path)
{
    struct pcm pcm = {0};
    enum err err = quiet_render(&pcm, quiet);
    double seconds = (double)pcm.count / QUIET_RATE_HZ;

    if (!err)
        err = air_save(path, &pcm, RADIO_ROLE_CARD_HZ);
    pcm_wipe(&pcm);
    if (err)
        log_error("quiet_not_made error=%s path=%s", err_name(err), path);
    return err || seconds > QUIET_SECONDS_MAX ? 0 : (int)ceil(seconds);
}

/* Of the radio's descriptors it keeps none, and of its memory not the key. */
static _Noreturn void become(struct quiet_turn *turn, const struct quiet *quiet)
{
    role_begin_child(ROLE_MESSAGE_FD);
    station_wipe(&turn->station);
    _exit(make(quiet, turn->path));
}

/* -- in the radio */

static void stop_making(struct quiet_turn *turn)
{
    if (turn->pid != 0) {
        (void)kill(turn->pid, SIGKILL);
        (void)waitpid(turn->pid, NULL, 0);
    }
    turn->pid = 0;
    turn->step = WAITING;
}

/* Leaves this turn out. */
static void pass(struct quiet_turn *turn)
{
    stop_making(turn);
    turn->at_s = 0;
}

static bool may_say(const struct quiet_turn *turn)
{
    return turn->told.roster.size > 0 && turn->told.until_s <= turn->at_s &&
           on_air_is_quiet(turn->on_air);
}

static enum err sign(struct quiet *quiet, const struct quiet_turn *turn)
{
    const struct radio_role *role = turn->role;
    const int64_t next_s = schedule_next(schedule_of(turn), turn->at_s);
    const struct quiet_request request = {.station = &turn->station,
        .roster = turn->told.roster.bytes,
        .roster_size = turn->told.roster.size,
        .fingerprint = role->fingerprint,
        .sender = role->sender,
        .call = role->call,
        .times = role->times,
        .languages = role->languages,
        .number = turn->told.number,
        .time_s = turn->at_s,
        .next_s = next_s == SCHEDULE_NEVER ? 0 : next_s};

    return quiet_sign(quiet, &request);
}

/* A roster that does not name the station is no fault: so it is before its key was handed over, and after it was revoked. */
static void begin_making(struct quiet_turn *turn)
{
    struct quiet quiet;
    enum err err = sign(&quiet, turn);

    if (err) {
        log_info("quiet_not_signed error=%s", err_name(err));
        pass(turn);
        turn->at_s =
            quiet_turn_find(schedule_of(turn), on_air_now_s(turn->on_air) + QUIET_TURN_AHEAD_S);
        return;
    }
    turn->pid = fork();
    if (turn->pid == 0)
        become(turn, &quiet);
    if (turn->pid < 0)
        log_fatal("no_process error=%d", errno);
    turn->step = MAKING;
}

static void look_at_making(struct quiet_turn *turn)
{
    int status = 0;

    if (waitpid(turn->pid, &status, WNOHANG) != turn->pid)
        return;
    turn->pid = 0;
    turn->seconds = WIFEXITED(status) ? (uint32_t)WEXITSTATUS(status) : 0;
    if (turn->seconds == 0)
        pass(turn);
    else
        turn->step = MADE;
}

static void send(struct quiet_turn *turn)
{
    enum err err = on_air_send_quiet(turn->on_air, turn->path, turn->seconds);

    if (err == ERR_BUSY)
        return;
    if (err)
        log_error("quiet_not_sent error=%s", err_name(err));
    pass(turn);
}

void quiet_turn_look(struct quiet_turn *turn)
{
    int64_t now_s;

    if (!turn)
        return;
    now_s = on_air_now_s(turn->on_air);
    if (turn->at_s == 0 || now_s > turn->at_s + QUIET_TURN_LATE_S ||
        now_s < turn->at_s - HOUR_S * SCHEDULE_HOURS) {
        pass(turn);
        turn->at_s = quiet_turn_find(schedule_of(turn), now_s);
    }
    if (now_s < turn->at_s - QUIET_TURN_AHEAD_S)
        return;
    if (!may_say(turn))
        stop_making(turn);
    else if (turn->step == WAITING && now_s <= turn->at_s)
        begin_making(turn);
    else if (turn->step == MAKING)
        look_at_making(turn);
    else if (turn->step == MADE && now_s >= turn->at_s)
        send(turn);
}

void quiet_turn_tell(struct quiet_turn *turn, const struct message_quiet *quiet)
{
    if (!turn)
        return;
    stop_making(turn);
    turn->told = *quiet;
}

void quiet_turn_hold(struct quiet_turn *turn)
{
    if (!turn)
        return;
    stop_making(turn);
    on_air_stop_quiet(turn->on_air);
    turn->told.until_s = INT64_MAX;
}

struct quiet_turn *quiet_turn_new(const struct radio_role *role, struct on_air *on_air)
{
    struct quiet_turn *turn;
    enum err err;

    if (!role->station)
        return NULL;
    turn = calloc(1, sizeof(*turn));
    if (!turn)
        log_fatal("no_memory");
    *turn = (struct quiet_turn){.role = role, .on_air = on_air, .told = {.until_s = INT64_MAX}};
    err = station_open(&turn->station, role->station, role->call);
    if (!err && snprintf(turn->path, sizeof(turn->path), "%s/quiet-%u.wav", role->directory,
                    RADIO_ROLE_CARD_HZ) >= (int)sizeof(turn->path))
        err = ERR_LONG;
    if (!err)
        return turn;
    log_error("no_station folder=%s error=%s", role->station, err_name(err));
    quiet_turn_free(turn);
    return NULL;
}

void quiet_turn_free(struct quiet_turn *turn)
{
    if (!turn)
        return;
    stop_making(turn);
    station_wipe(&turn->station);
    free(turn);
}
