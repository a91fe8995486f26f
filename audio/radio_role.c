#include "audio/radio_role.h"

#include "audio/air.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/loop.h"
#include "gateway/base/role.h"
#include "gateway/messages/messages.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ALIVE_MS 5000
#define EXIT_NO_START 70
#define DIRECTORY_MODE 0755

struct radio {
    const struct radio_role *role;
    struct loop *loop;
    struct loop_source *alive;
};

/* A programme of minutes takes seconds: the parent hears of us before each segment. */
static void tell_alive(void *arg, const struct programme_segment *segment)
{
    (void)arg;
    (void)segment;
    role_alive();
}

/* Both files, or none that is new: each is written aside and renamed. aired->path names the one for sound cards. */
static enum err save(
    struct message_aired *aired, const struct pcm *pcm, const struct radio_role *role)
{
    static const unsigned rates[] = {RADIO_ROLE_MODEM_HZ, RADIO_ROLE_CARD_HZ};
    enum err err = ERR_OK;

    for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]) && !err; i++) {
        int size = snprintf(aired->path, sizeof(aired->path), "%s/bulletin-%u-%s-%u.wav",
            role->directory, (unsigned)aired->number, role->programme, rates[i]);

        if (size < 0 || (size_t)size >= sizeof(aired->path))
            return ERR_LONG;
        err = air_save(aired->path, pcm, rates[i]);
        role_alive();
    }
    return err;
}

static enum err broadcast(
    struct message_aired *aired, const struct message_air *message, const struct radio_role *role)
{
    const struct air_request request = {.sealed = message->bulletin.bytes,
        .sealed_size = message->bulletin.size,
        .roster = message->roster.bytes,
        .roster_size = message->roster.size,
        .fingerprint = role->fingerprint,
        .programme = role->programme,
        .sender = role->sender,
        .languages = role->languages,
        .readings = role->readings,
        .now_s = clock_wall_s()};
    char why[AIR_WHY_MAX];
    struct air air;
    struct pcm pcm;
    enum err err = air_open(&air, why, &request);

    aired->number = air.bulletin.number;
    if (err) {
        log_error("not_aired number=%u why=\"%s\"", (unsigned)aired->number, why);
        return err;
    }
    if (air.read_languages)
        log_info("recordings_used number=%u languages=%u", (unsigned)aired->number,
            (unsigned)air.read_languages);
    aired->seconds = (uint32_t)ceil(programme_seconds(air.programme));
    err = air_render(&pcm, &air, tell_alive, NULL);
    if (!err)
        err = save(aired, &pcm, role);
    pcm_wipe(&pcm);
    air_close(&air);
    if (err)
        log_error("not_aired number=%u why=\"%s\" path=%s", (unsigned)aired->number, err_text(err),
            aired->path);
    return err;
}

static void handle_air(struct radio *radio, const struct message_air *message)
{
    struct message answer = {.type = MESSAGE_AIRED, .fd = -1};
    int64_t begun_ms = clock_boot_ms();
    enum err err = broadcast(&answer.as.aired, message, radio->role);

    answer.as.aired.result = (uint8_t)err;
    if (err)
        answer.as.aired.path[0] = '\0';
    else
        log_info("rendered number=%u seconds=%u took_ms=%lld path=%s",
            (unsigned)answer.as.aired.number, (unsigned)answer.as.aired.seconds,
            (long long)(clock_boot_ms() - begun_ms), answer.as.aired.path);
    err = messages_send(ROLE_MESSAGE_FD, &answer);
    if (err)
        log_error("answer_lost message=aired error=%s", err_name(err));
}

static void handle_socket(void *arg, int fd, unsigned events)
{
    struct radio *radio = arg;
    struct message message;
    enum err err;

    (void)events;
    do {
        err = messages_receive(fd, &message);
        if (!err && message.type == MESSAGE_AIR)
            handle_air(radio, &message.as.air);
        else if (!err)
            log_warn("message_unexpected type=%s", messages_name(message.type));
        else if (err != ERR_BUSY && err != ERR_CLOSED)
            log_warn("message_bad error=%s", err_name(err));
    } while (err != ERR_BUSY && err != ERR_CLOSED);
    if (err == ERR_CLOSED)
        loop_stop(radio->loop, 0);
}

static void handle_alive(void *arg)
{
    struct radio *radio = arg;

    role_alive();
    loop_set_timer(radio->alive, ALIVE_MS);
}

static void handle_stop(void *arg)
{
    struct radio *radio = arg;

    loop_stop(radio->loop, 0);
}

int radio_role_run(const struct radio_role *role)
{
    struct radio radio = {.role = role};
    int code;

    if (seal_init()) {
        log_error("no_start why=randomness");
        return EXIT_NO_START;
    }
    if (mkdir(role->directory, DIRECTORY_MODE) && errno != EEXIST) {
        log_error("no_start why=\"%s\" directory=%s", strerror(errno), role->directory);
        return EXIT_NO_START;
    }
    radio.loop = loop_new();
    radio.alive = loop_add_timer(radio.loop, handle_alive, &radio);
    loop_add_fd(radio.loop, ROLE_MESSAGE_FD, LOOP_READ, handle_socket, &radio);
    loop_add_signal(radio.loop, SIGTERM, handle_stop, &radio);
    role_ready();
    loop_set_timer(radio.alive, ALIVE_MS);
    code = loop_run(radio.loop);
    loop_free(radio.loop);
    return code;
}
