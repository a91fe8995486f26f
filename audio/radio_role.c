#include "audio/radio_role.h"

#include "audio/on_air.h"
#include "audio/render.h"
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
#define WAITING_MAX 64 /* as many as the dispatcher asks for (PEERS_AIR_MAX) */

struct radio {
    const struct radio_role *role;
    struct loop *loop;
    struct loop_source *alive;
    struct render *render;
    struct on_air *on_air;      /* NULL: no transmitter */
    struct message_on_air told; /* what the dispatcher knows of it */
    size_t waiting; /* to be rendered; the first one is being rendered while render is busy */
    struct message_air air[WAITING_MAX];
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

static void put_sealed(
    uint8_t bytes[WIRE_SEALED_MAX], uint16_t *size, const struct message_sealed_bytes *from)
{
    *size = from->size;
    memcpy(bytes, from->bytes, from->size);
}

static struct live to_live(const struct message_air *air)
{
    struct live live = {.seconds = 0};

    put_sealed(live.sealed, &live.sealed_size, &air->bulletin);
    put_sealed(live.roster, &live.roster_size, &air->roster);
    return live;
}

static void remove_waiting(struct radio *radio, size_t index)
{
    radio->waiting--;
    memmove(&radio->air[index], &radio->air[index + 1],
        (radio->waiting - index) * sizeof(radio->air[0]));
}

static void render_next(struct radio *radio)
{
    if (radio->waiting > 0 && !render_is_busy(radio->render))
        render_begin(radio->render, &radio->air[0]);
}

static void put_on_air(
    struct radio *radio, const struct message_air *air, const struct message_aired *aired)
{
    struct live live = to_live(air);
    enum err err;

    live.seconds = aired->seconds;
    _Static_assert(sizeof(live.path) >= sizeof(aired->path), "one length of paths");
    memcpy(live.path, aired->path, sizeof(aired->path));
    err = on_air_put(radio->on_air, &live);
    if (err)
        log_error("not_queued number=%u error=%s", (unsigned)aired->number, err_name(err));
}

static void handle_rendered(void *arg, const struct message_aired *aired)
{
    struct radio *radio = arg;

    answer(aired);
    if (aired->result == ERR_OK && radio->on_air)
        put_on_air(radio, &radio->air[0], aired);
    remove_waiting(radio, 0);
    render_next(radio);
}

static uint32_t number_of(const struct message_air *air, bool *retraction)
{
    struct wire_sealed sealed;

    if (wire_decode_sealed(&sealed, air->bulletin.bytes, air->bulletin.size) != ERR_OK)
        return 0;
    *retraction = sealed.header.kind == BULLETIN_RETRACT;
    return sealed.header.number;
}

/* It is not made any more: its asker is answered. */
static void stop_waiting(struct radio *radio, uint32_t number)
{
    for (size_t i = radio->waiting; i-- > 0;) {
        bool retraction = false;

        if (number_of(&radio->air[i], &retraction) != number || retraction)
            continue;
        if (i == 0 && render_is_busy(radio->render)) {
            render_stop(radio->render, ERR_STATE);
        } else {
            answer(&(struct message_aired){.number = number, .result = ERR_STATE});
            remove_waiting(radio, i);
        }
    }
}

/* What it follows, if it is itself what a receiver would accept. */
static uint32_t find_followed(const struct radio *radio, const struct message_air *air)
{
    struct bulletin bulletin;
    const struct live live = to_live(air);

    if (live_check(&bulletin, &live, radio->role->fingerprint, clock_wall_s()) != ERR_OK)
        return 0;
    return bulletin.follows;
}

static void handle_air(struct radio *radio, const struct message_air *air)
{
    uint32_t followed = find_followed(radio, air);

    if (followed != 0 && radio->on_air)
        on_air_withdraw(radio->on_air, followed);
    if (followed != 0)
        stop_waiting(radio, followed);
    if (radio->waiting == WAITING_MAX) {
        bool retraction;

        answer(&(struct message_aired){
            .number = number_of(air, &retraction), .result = (uint8_t)ERR_BUSY});
        return;
    }
    radio->air[radio->waiting++] = *air;
    render_next(radio);
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

/* Whatever the dispatcher does not know of the transmitter. */
static void tell_on_air(struct radio *radio)
{
    struct message message = {.type = MESSAGE_ON_AIR, .fd = -1};
    struct message_on_air *told = &radio->told;
    struct message_on_air now = on_air_describe(radio->on_air);

    if (now.state == told->state && now.number == told->number && now.hz == told->hz &&
        now.next_s == told->next_s)
        return;
    message.as.on_air = now;
    if (messages_send(ROLE_MESSAGE_FD, &message) == ERR_OK)
        *told = now;
}

static void handle_alive(void *arg)
{
    struct radio *radio = arg;

    role_alive();
    if (radio->on_air)
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
    radio->render = render_new(radio->loop, radio->role, handle_rendered, radio);
    if (radio->role->on_air)
        radio->on_air = on_air_new(radio->loop, radio->role->on_air);
    loop_add_fd(radio->loop, ROLE_MESSAGE_FD, LOOP_READ, handle_socket, radio);
    loop_add_signal(radio->loop, SIGTERM, handle_stop, radio);
    role_ready();
    loop_set_timer(radio->alive, ALIVE_MS);
    code = loop_run(radio->loop);
    on_air_free(radio->on_air);
    render_free(radio->render);
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
