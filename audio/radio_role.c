#include "audio/radio_role.h"

#include "audio/attic.h"
#include "audio/on_air.h"
#include "audio/quiet_turn.h"
#include "audio/renderings.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"
#include "gateway/bulletin/seal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ALIVE_MS 500
#define EXIT_NO_START 70
#define DIRECTORY_MODE 0755
#define CLEAR_MS 3600000 /* old files are looked for */
#define CLEAR_MOST 4     /* bulletins whose files are removed at a time */

struct radio {
    const struct radio_role *role;
    struct loop *loop;
    struct loop_source *alive;
    struct on_air *on_air;
    struct renderings *renderings;
    struct quiet_turn *quiet;   /* NULL: it never says that all is quiet */
    struct message_on_air told; /* what the dispatcher knows of the transmitter */
    int64_t clear_ms;           /* when old files are next looked for, boot clock */
};

static void answer(const struct message_aired *aired)
{
    struct message message = {.type = MESSAGE_AIRED, .fd = -1};
    enum err err;

    message.as.aired = *aired;
    err = messages_send(ROLE_MESSAGE_FD, &message);
    if (err)
        log_error("answer_lost message=aired error=%s", err_name(err));
}

/* What it follows, if it is itself what a receiver would accept. */
static uint32_t find_followed(const struct radio *radio, const struct message_air *air)
{
    struct bulletin bulletin;
    struct live live = {
        .sealed_size = air->bulletin.size, .roster_size = air->roster.size, .seconds = 0};

    memcpy(live.sealed, air->bulletin.bytes, air->bulletin.size);
    memcpy(live.roster, air->roster.bytes, air->roster.size);
    if (live_check(&bulletin, &live, radio->role->fingerprint, on_air_now_s(radio->on_air)) !=
        ERR_OK)
        return 0;
    return bulletin.follows;
}

static uint32_t number_of(const struct message_air *air)
{
    struct wire_sealed sealed;

    return wire_decode_sealed(&sealed, air->bulletin.bytes, air->bulletin.size) == ERR_OK
               ? sealed.header.number
               : 0;
}

static void handle_air(struct radio *radio, const struct message_air *air)
{
    uint32_t followed = find_followed(radio, air);
    enum err err;

    on_air_take_up(radio->on_air);
    quiet_turn_hold(radio->quiet);
    if (followed != 0) {
        on_air_withdraw(radio->on_air, followed);
        renderings_withdraw(radio->renderings, followed);
    }
    err = renderings_ask(radio->renderings, air);
    if (err)
        answer(&(struct message_aired){.number = number_of(air), .result = (uint8_t)err});
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
        else if (!err && message.type == MESSAGE_QUIET)
            quiet_turn_tell(radio->quiet, &message.as.quiet);
        else if (!err && message.type == MESSAGE_CLOCK)
            on_air_set_clock(radio->on_air, &message.as.clock);
        else if (!err)
            log_warn("message_unexpected type=%s", messages_name(message.type));
        else if (err != ERR_BUSY && err != ERR_CLOSED)
            log_warn("message_bad error=%s", err_name(err));
    } while (err != ERR_BUSY && err != ERR_CLOSED);
    if (err == ERR_CLOSED)
        loop_stop(radio->loop, 0);
}

/* Whatever the dispatcher does not know of the transmitter. */
static void tell_on_air(struct radio *radio)
{
    struct message message = {.type = MESSAGE_ON_AIR, .fd = -1};
    struct message_on_air *told = &radio->told;
    struct message_on_air now = on_air_describe(radio->on_air);

    if (now.state == told->state && now.number == told->number && now.hz == told->hz &&
        now.next_s == told->next_s && now.result == told->result)
        return;
    message.as.on_air = now;
    if (messages_send(ROLE_MESSAGE_FD, &message) == ERR_OK)
        *told = now;
}

static bool is_live(const void *arg, uint32_t number)
{
    const struct lives *lives = arg;

    return lives_has(lives, number << 1) || lives_has(lives, number << 1 | 1u);
}

/* Not while it is on the air: the disk may be slow. */
static void clear_old(struct radio *radio)
{
    const struct attic attic = {.directory = radio->role->directory,
        .kept_s = ATTIC_KEPT_S,
        .bytes = ATTIC_BYTES,
        .most = CLEAR_MOST,
        .is_live = is_live,
        .arg = on_air_lives(radio->on_air)};

    if (clock_boot_ms() < radio->clear_ms || !on_air_has_taken_up(radio->on_air) ||
        on_air_describe(radio->on_air).number != 0)
        return;
    if (!attic_clear(&attic, clock_wall_s()))
        radio->clear_ms = clock_boot_ms() + CLEAR_MS;
}

static void handle_alive(void *arg)
{
    struct radio *radio = arg;

    role_alive();
    renderings_look(radio->renderings);
    quiet_turn_look(radio->quiet);
    clear_old(radio);
    if (radio->role->on_air->transmitter.card)
        tell_on_air(radio);
    loop_set_timer(radio->alive, ALIVE_MS);
}

static void handle_stop(void *arg)
{
    struct radio *radio = arg;

    loop_stop(radio->loop, 0);
}

static int run(struct radio *radio)
{
    int code;

    radio->loop = loop_new();
    radio->alive = loop_add_timer(radio->loop, handle_alive, radio);
    radio->on_air = on_air_new(radio->loop, radio->role->on_air);
    radio->renderings = renderings_new(radio->loop, radio->role, radio->on_air, answer);
    radio->quiet = quiet_turn_new(radio->role, radio->on_air);
    loop_add_fd(radio->loop, ROLE_MESSAGE_FD, LOOP_READ, handle_socket, radio);
    loop_add_signal(radio->loop, SIGTERM, handle_stop, radio);
    role_ready();
    loop_set_timer(radio->alive, ALIVE_MS);
    code = loop_run(radio->loop);
    quiet_turn_free(radio->quiet);
    renderings_free(radio->renderings);
    on_air_free(radio->on_air);
    loop_free(radio->loop);
    return code;
}

int radio_role_run(const struct radio_role *role)
{
    struct radio *radio;
    int code;

    if (seal_init()) {
        log_error("no_start why=randomness");
        return EXIT_NO_START;
    }
    if (mkdir(role->directory, DIRECTORY_MODE) && errno != EEXIST) {
        log_error("no_start why=\"%s\" directory=%s", strerror(errno), role->directory);
        return EXIT_NO_START;
    }
    radio = calloc(1, sizeof(*radio));
    if (!radio)
        log_fatal("no_memory");
    radio->role = role;
    code = run(radio);
    free(radio);
    return code;
}
