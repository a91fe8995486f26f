#include "audio/on_air.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_MS 15000 /* the wall clock may have been set meanwhile */
#define RETRY_S 5
#define RETRY_MAX_S 60
#define MS_PER_S 1000

struct on_air {
    const struct on_air_config *config;
    struct loop_source *timer;
    struct transmitter *transmitter;
    struct schedule_queue queue;
    struct live lives[SCHEDULE_LIVE_MAX];
    struct schedule_item now; /* what the transmitter has; number 0: nothing */
    int64_t begun_s;
    unsigned wait_s; /* before the next try, after a failure */
};

static struct live *find_live(struct on_air *on_air, uint32_t number, bool retraction)
{
    for (size_t i = 0; i < SCHEDULE_LIVE_MAX; i++) {
        struct live *live = &on_air->lives[i];

        if (live->item.number == number && live->item.retraction == retraction)
            return live;
    }
    return NULL;
}

static bool is_now(const struct on_air *on_air, const struct schedule_item *item)
{
    return on_air->now.number == item->number && on_air->now.retraction == item->retraction;
}

static void forget(struct on_air *on_air, const struct schedule_item *item)
{
    struct live *live = find_live(on_air, item->number, item->retraction);

    live_remove(item, on_air->config->directory);
    if (live)
        live->item.number = 0;
}

static void drop(struct on_air *on_air, int index, const char *why)
{
    struct schedule_item item = on_air->queue.items[index];

    log_info(
        "off_the_air number=%u retraction=%d why=%s", (unsigned)item.number, item.retraction, why);
    schedule_remove(&on_air->queue, (size_t)index);
    forget(on_air, &item);
    if (is_now(on_air, &item))
        transmitter_stop(on_air->transmitter);
}

static void save(struct on_air *on_air, const struct schedule_item *item)
{
    struct live *live = find_live(on_air, item->number, item->retraction);
    enum err err;

    if (!live)
        return;
    live->item = *item;
    err = live_save(live, on_air->config->directory);
    if (err)
        log_error("live_not_saved number=%u error=%s", (unsigned)item->number, err_name(err));
}

/* As a receiver would judge it now. */
static bool may_key(void *arg)
{
    struct on_air *on_air = arg;
    struct live *live = find_live(on_air, on_air->now.number, on_air->now.retraction);
    struct bulletin bulletin;
    int index = schedule_find(&on_air->queue, on_air->now.number, on_air->now.retraction);
    enum err err = live && index != SCHEDULE_NONE
                       ? live_check(&bulletin, live, on_air->config->fingerprint, clock_wall_s())
                       : ERR_MISSING;

    if (err && index != SCHEDULE_NONE) {
        schedule_remove(&on_air->queue, (size_t)index);
        forget(on_air, &on_air->now);
    }
    if (err)
        log_warn("not_keyed number=%u error=%s", (unsigned)on_air->now.number, err_name(err));
    return err == ERR_OK;
}

static unsigned next_wait(unsigned wait_s)
{
    if (wait_s == 0)
        return RETRY_S;
    return wait_s * 2 < RETRY_MAX_S ? wait_s * 2 : RETRY_MAX_S;
}

static void set_timer(struct on_air *on_air, int64_t after_ms)
{
    loop_set_timer(on_air->timer, after_ms < 0 ? 0 : after_ms < LOOK_MS ? after_ms : LOOK_MS);
}

static void on_ended(void *arg, enum err err)
{
    struct on_air *on_air = arg;
    int index = schedule_find(&on_air->queue, on_air->now.number, on_air->now.retraction);

    if (index != SCHEDULE_NONE && err == ERR_OK) {
        struct schedule_item *item = &on_air->queue.items[index];

        schedule_aired(&on_air->config->schedule, item, on_air->begun_s, clock_wall_s());
        save(on_air, item);
        on_air->wait_s = 0;
        log_info("sent number=%u turns=%u", (unsigned)item->number, item->turns);
    } else if (index != SCHEDULE_NONE && err != ERR_STATE) {
        on_air->wait_s = next_wait(on_air->wait_s);
        schedule_postpone(&on_air->queue.items[index], clock_wall_s(), on_air->wait_s);
    }
    on_air->now.number = 0;
    set_timer(on_air, 0);
}

static void begin(struct on_air *on_air, int index)
{
    const struct schedule_item *item = &on_air->queue.items[index];
    const struct live *live = find_live(on_air, item->number, item->retraction);
    enum err err;

    on_air->now = *item;
    on_air->begun_s = clock_wall_s();
    log_info("sending number=%u retraction=%d seconds=%u", (unsigned)item->number, item->retraction,
        (unsigned)live->seconds);
    err = transmitter_begin(on_air->transmitter, live->path, live->seconds,
        schedule_hz(&on_air->config->schedule, on_air->begun_s));
    if (!err)
        return;
    log_error(
        "not_sent number=%u path=%s error=%s", (unsigned)item->number, live->path, err_name(err));
    on_air->now.number = 0;
    drop(on_air, index, "no_sound");
    set_timer(on_air, 0);
}

static void on_timer(void *arg)
{
    struct on_air *on_air = arg;
    int64_t now_s = clock_wall_s();
    int64_t soonest_s, wait_ms = 0;
    int index;

    while ((index = schedule_find_expired(&on_air->queue, now_s)) != SCHEDULE_NONE)
        drop(on_air, index, "expired");
    index = on_air->now.number == 0 ? schedule_find_due(&on_air->queue, now_s) : SCHEDULE_NONE;
    if (index != SCHEDULE_NONE) {
        const struct schedule_item *item = &on_air->queue.items[index];
        const struct live *live = find_live(on_air, item->number, item->retraction);

        wait_ms = transmitter_wait_ms(on_air->transmitter, live->seconds);
        if (wait_ms == 0) {
            begin(on_air, index);
            return;
        }
        log_info("duty_wait number=%u wait_ms=%lld", (unsigned)item->number, (long long)wait_ms);
        set_timer(on_air, wait_ms);
        return;
    }
    soonest_s = schedule_soonest(&on_air->queue);
    set_timer(on_air, soonest_s == SCHEDULE_NEVER || on_air->now.number ? LOOK_MS
                      : soonest_s > now_s + LOOK_MS / MS_PER_S          ? LOOK_MS
                                                               : (soonest_s - now_s) * MS_PER_S);
}

/* In force: a place for it, which there is as long as the queue has one. */
static void add(struct on_air *on_air, const struct live *live)
{
    struct schedule_item gone;
    struct live *place;

    schedule_add(&on_air->queue, &gone, &live->item);
    if (gone.number != 0)
        forget(on_air, &gone);
    place = find_live(on_air, live->item.number, live->item.retraction);
    if (!place)
        place = find_live(on_air, 0, false);
    if (!place)
        place = find_live(on_air, 0, true);
    if (!place)
        log_fatal("no_place number=%u", (unsigned)live->item.number);
    *place = *live;
}

/* What was in force before a restart: where it was in its turns. */
static bool take_up(void *arg, const struct live *saved)
{
    struct on_air *on_air = arg;
    struct bulletin bulletin;
    struct live live = *saved;
    enum err err = live_check(&bulletin, saved, on_air->config->fingerprint, clock_wall_s());

    if (err) {
        log_info("not_taken_up path=%s error=%s", saved->path, err_name(err));
        return err == ERR_FUTURE; /* the clock may not be set yet */
    }
    live.item = schedule_make(&on_air->config->schedule, &bulletin, clock_wall_s());
    live.item.turns = saved->item.turns;
    live.item.first_s = saved->item.first_s;
    live.item.due_s = saved->item.due_s;
    add(on_air, &live);
    log_info("taken_up number=%u turns=%u", (unsigned)live.item.number, live.item.turns);
    return true;
}

struct on_air *on_air_new(struct loop *loop, const struct on_air_config *config)
{
    struct on_air *on_air = calloc(1, sizeof(*on_air));
    const struct transmitter_events events = {may_key, on_ended, on_air};

    if (!on_air)
        log_fatal("no_memory");
    on_air->config = config;
    on_air->transmitter = transmitter_new(loop, &config->transmitter, &events);
    on_air->timer = loop_add_timer(loop, on_timer, on_air);
    live_load(config->directory, take_up, on_air);
    set_timer(on_air, 0);
    return on_air;
}

enum err on_air_put(struct on_air *on_air, const struct live *live)
{
    struct bulletin bulletin;
    struct live own = *live;
    enum err err = live_check(&bulletin, live, on_air->config->fingerprint, clock_wall_s());

    if (err)
        return err;
    own.item = schedule_make(&on_air->config->schedule, &bulletin, clock_wall_s());
    add(on_air, &own);
    save(on_air, &own.item);
    if (own.item.urgent && on_air->now.number != 0 && !on_air->now.urgent)
        transmitter_stop(on_air->transmitter);
    set_timer(on_air, 0);
    return ERR_OK;
}

void on_air_withdraw(struct on_air *on_air, uint32_t number)
{
    int index = schedule_find(&on_air->queue, number, false);

    if (index != SCHEDULE_NONE)
        drop(on_air, index, "withdrawn");
}

struct message_on_air on_air_describe(const struct on_air *on_air)
{
    static const enum message_on_air_state states[TRANSMITTER_STATE_COUNT] = {
        [TRANSMITTER_IDLE] = MESSAGE_ON_AIR_WAITING,
        [TRANSMITTER_LISTENING] = MESSAGE_ON_AIR_LISTENING,
        [TRANSMITTER_KEYING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_LEADING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_PLAYING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_TRAILING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_UNKEYING] = MESSAGE_ON_AIR_DOUBT};
    const struct schedule *schedule = &on_air->config->schedule;
    int64_t now_s = clock_wall_s(), due_s = schedule_soonest(&on_air->queue);
    int64_t next_s = schedule_next(schedule, now_s);
    struct message_on_air told = {.state = (uint8_t)states[transmitter_state(on_air->transmitter)],
        .number = on_air->now.number};

    if (told.number != 0)
        told.hz = schedule_hz(schedule, on_air->begun_s);
    if (due_s > now_s && due_s < next_s)
        next_s = due_s;
    if (next_s != SCHEDULE_NEVER) {
        told.next_s = next_s;
        told.next_hz = schedule_hz(schedule, next_s);
    }
    return told;
}

void on_air_free(struct on_air *on_air)
{
    if (!on_air)
        return;
    transmitter_free(on_air->transmitter);
    loop_remove(on_air->timer);
    free(on_air);
}
