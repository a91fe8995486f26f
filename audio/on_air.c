#include "audio/on_air.h"

#include "audio/resume.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/trust.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_MS 15000 /* the wall clock may have been set meanwhile */
#define RETRY_S 5
#define RETRY_MAX_S 60
#define DUTY_TOLD_MS 600000 /* between two words of one waiting */
#define HELD_LOOK_MS 1000   /* something is due and waits for its sound */
#define MS_PER_S 1000

struct on_air {
    const struct on_air_config *config;
    enum err result; /* of what was sent last; ERR_OK: nothing failed */
    struct loop_source *timer;
    struct transmitter *transmitter; /* NULL: only files */
    struct lives lives;
    struct trust_moment clock; /* what the dispatcher says; wall_s 0: nothing yet */
    bool taken;                /* what was in force before the start is in lives */
    int64_t take_ms;           /* then, if nobody has told the time until then; boot clock */
    struct schedule_item now;  /* what the transmitter has; number 0: nothing */
    struct live_made now_made; /* its sound, whatever is made meanwhile */
    uint32_t making;           /* schedule_key of what is being made; 0: nothing */
    int64_t expect_ms; /* until then nothing begins: what goes first is on its way; boot clock */
    struct resume resume;
    int64_t begun_s;
    unsigned wait_s;      /* before the next try, after a failure */
    int64_t duty_told_ms; /* when it was last logged that one waits for its share; 0: none does */
    bool quiet;           /* the transmitter has the programme of nothing in force */
};

static void set_timer(struct on_air *on_air, int64_t after_ms)
{
    loop_set_timer(on_air->timer, after_ms < 0 ? 0 : after_ms < LOOK_MS ? after_ms : LOOK_MS);
}

int64_t on_air_now_s(const struct on_air *on_air)
{
    return on_air->clock.wall_s == 0 ? clock_wall_s()
                                     : trust_carry_on(&on_air->clock, clock_boot_ms());
}

static bool is_now(const struct on_air *on_air, const struct schedule_item *item)
{
    return on_air->now.number == item->number && on_air->now.retraction == item->retraction;
}

static void drop(struct on_air *on_air, int index, const char *why)
{
    struct schedule_item item = on_air->lives.queue.items[index];

    log_info(
        "off_the_air number=%u retraction=%d why=%s", (unsigned)item.number, item.retraction, why);
    lives_drop(&on_air->lives, (size_t)index);
    if (is_now(on_air, &item))
        transmitter_stop(on_air->transmitter);
}

/* As a receiver would judge it now. */
static bool may_key(void *arg)
{
    struct on_air *on_air = arg;
    struct live *live = lives_find(&on_air->lives, &on_air->now);
    struct bulletin bulletin;
    int index = schedule_find(&on_air->lives.queue, on_air->now.number, on_air->now.retraction);
    enum err err =
        live && index != SCHEDULE_NONE
            ? live_check(&bulletin, live, on_air->config->fingerprint, on_air_now_s(on_air))
            : ERR_MISSING;

    if (!err && live_is_over(&on_air->now_made, &on_air->lives.queue)) {
        log_info("not_keyed number=%u why=carries_others", (unsigned)on_air->now.number);
        return false;
    }
    if (err && index != SCHEDULE_NONE)
        lives_drop(&on_air->lives, (size_t)index);
    if (err)
        log_warn("not_keyed number=%u error=%s", (unsigned)on_air->now.number, err_name(err));
    return err == ERR_OK;
}

/* What may still be said just before keying: the bulletin, or that there is none. */
static bool may_still_key(void *arg)
{
    const struct on_air *on_air = arg;

    return on_air->quiet ? on_air->lives.queue.count == 0 : may_key(arg);
}

static unsigned next_wait(unsigned wait_s)
{
    if (wait_s == 0)
        return RETRY_S;
    return wait_s * 2 < RETRY_MAX_S ? wait_s * 2 : RETRY_MAX_S;
}

static void on_ended(void *arg, enum err err)
{
    struct on_air *on_air = arg;
    int index = schedule_find(&on_air->lives.queue, on_air->now.number, on_air->now.retraction);

    if (on_air->resume.key == schedule_key(&on_air->now))
        on_air->resume.key = 0;
    if (index != SCHEDULE_NONE && err == ERR_OK) {
        struct schedule_item *item = &on_air->lives.queue.items[index];

        schedule_aired(&on_air->config->schedule, item, on_air->begun_s, on_air_now_s(on_air));
        lives_save(&on_air->lives, item);
        on_air->wait_s = 0;
        on_air->result = ERR_OK;
        log_info("sent number=%u turns=%u", (unsigned)item->number, item->turns);
    } else if (index != SCHEDULE_NONE && err != ERR_STATE) {
        on_air->resume = resume_note(schedule_key(&on_air->now), &on_air->now_made,
            transmitter_played_ms(on_air->transmitter), clock_boot_ms());
        on_air->wait_s = next_wait(on_air->wait_s);
        on_air->result = err;
        schedule_postpone(&on_air->lives.queue.items[index], on_air_now_s(on_air), on_air->wait_s);
    }
    on_air->now.number = 0;
    set_timer(on_air, 0);
}

static void on_quiet_ended(struct on_air *on_air, enum err err)
{
    on_air->quiet = false;
    log_info("quiet_sent result=%s", err_name(err));
    set_timer(on_air, 0);
}

static void on_any_ended(void *arg, enum err err)
{
    struct on_air *on_air = arg;

    if (on_air->quiet)
        on_quiet_ended(on_air, err);
    else
        on_ended(arg, err);
}

/* Its sound is not there, or is another one: it is to be made anew. */
static void lose_sound(struct on_air *on_air, struct live *live, enum err err)
{
    log_error("no_sound number=%u path=%s error=%s", (unsigned)live->item.number, live->path,
        err_name(err));
    if (live_has_file(live))
        live->failed_ms = clock_boot_ms();
    live->made.at_ms = 0;
    on_air->now.number = 0;
    set_timer(on_air, 0);
}

static void begin(struct on_air *on_air, const struct schedule_item *item)
{
    struct live *live = lives_find(&on_air->lives, item);
    const int64_t now_s = on_air_now_s(on_air);
    struct transmitter_programme programme = {.path = live->path,
        .seconds = live->seconds,
        .hz = schedule_hz(&on_air->config->schedule, now_s)};
    enum err err = live_has_file(live) ? ERR_OK : ERR_MISSING;

    if (!err) {
        programme.from_ms = resume_find(&on_air->resume, live, clock_boot_ms());
        on_air->now = *item;
        on_air->now_made = live->made;
        on_air->begun_s = now_s;
        log_info("sending number=%u retraction=%d seconds=%u from_ms=%u", (unsigned)item->number,
            item->retraction, (unsigned)live->seconds, (unsigned)programme.from_ms);
        err = transmitter_begin(on_air->transmitter, &programme);
    }
    if (err)
        lose_sound(on_air, live, err);
}

/* May it go out as it sounds now? */
static bool may_go(const struct on_air *on_air, const struct live *live, int64_t now_s)
{
    enum live_truth truth;

    if (schedule_key(&live->item) == on_air->making)
        return false;
    truth = live_judge(live, &on_air->lives.queue);
    if (truth == LIVE_LACKS)
        return live->failed_ms != 0 || now_s - live->item.due_s >= ON_AIR_LATE_S;
    return truth == LIVE_TRUE;
}

/* True if something is due and held. */
static bool hold_back(struct on_air *on_air, int64_t now_s)
{
    bool expecting = clock_boot_ms() < on_air->expect_ms, waits = false;

    for (size_t i = 0; i < on_air->lives.queue.count; i++) {
        struct schedule_item *item = &on_air->lives.queue.items[i];
        struct live *live = lives_find(&on_air->lives, item);

        live->item.due_s = item->due_s;
        item->held = expecting || !may_go(on_air, live, now_s);
        waits = waits || (item->held && item->due_s <= now_s);
    }
    return waits;
}

/* The best that is due begins, or waits for its share of the hour. */
static void send(struct on_air *on_air, const struct schedule_item *item)
{
    const struct live *live = lives_find(&on_air->lives, item);
    int64_t wait_ms = transmitter_wait_ms(on_air->transmitter, live->seconds);
    int64_t now_ms = clock_boot_ms();

    if (wait_ms == 0) {
        on_air->duty_told_ms = 0;
        begin(on_air, item);
        return;
    }
    if (on_air->duty_told_ms == 0 || now_ms - on_air->duty_told_ms >= DUTY_TOLD_MS) {
        log_info("duty_wait number=%u wait_ms=%lld", (unsigned)item->number, (long long)wait_ms);
        on_air->duty_told_ms = now_ms;
    }
    set_timer(on_air, wait_ms);
}

static int64_t next_look_ms(const struct on_air *on_air, int64_t now_s, bool waits)
{
    int64_t soonest_s = schedule_soonest(&on_air->lives.queue);

    if (waits)
        return HELD_LOOK_MS;
    return soonest_s > now_s + LOOK_MS / MS_PER_S ? LOOK_MS : (soonest_s - now_s) * MS_PER_S;
}

static void on_timer(void *arg)
{
    struct on_air *on_air = arg;
    int64_t now_s = on_air_now_s(on_air);
    bool waits;
    int index;

    if (clock_boot_ms() >= on_air->take_ms)
        on_air_take_up(on_air);
    if (!on_air->taken) {
        set_timer(on_air, LOOK_MS);
        return;
    }
    while ((index = schedule_find_expired(&on_air->lives.queue, now_s)) != SCHEDULE_NONE)
        drop(on_air, index, "expired");
    if (!on_air->transmitter || on_air->now.number != 0 || on_air->quiet) {
        set_timer(on_air, LOOK_MS);
        return;
    }
    waits = hold_back(on_air, now_s);
    index = schedule_find_due(&on_air->lives.queue, now_s);
    if (index != SCHEDULE_NONE)
        send(on_air, &on_air->lives.queue.items[index]);
    else
        set_timer(on_air, next_look_ms(on_air, now_s, waits));
}

/* What was in force before a restart: where it was in its turns. */
static bool take_up(void *arg, const struct live *saved)
{
    struct on_air *on_air = arg;
    struct bulletin bulletin;
    struct live live = *saved;
    enum err err = live_check(&bulletin, saved, on_air->config->fingerprint, on_air_now_s(on_air));

    if (err) {
        log_info("not_taken_up path=%s error=%s", saved->path, err_name(err));
        return err == ERR_FUTURE; /* the clock may not be set yet */
    }
    live.item = schedule_make(&on_air->config->schedule, &bulletin, on_air_now_s(on_air));
    live.item.turns = saved->item.turns;
    live.item.first_s = saved->item.first_s;
    live.item.due_s = saved->item.due_s;
    if (!live_has_file(&live))
        live.made.at_ms = 0;
    lives_put(&on_air->lives, &live);
    log_info("taken_up number=%u turns=%u", (unsigned)live.item.number, live.item.turns);
    return true;
}

void on_air_take_up(struct on_air *on_air)
{
    if (on_air->taken)
        return;
    on_air->taken = true;
    on_air->expect_ms = clock_boot_ms() + ON_AIR_START_MS;
    live_load(on_air->config->directory, take_up, on_air);
    set_timer(on_air, 0);
}

void on_air_set_clock(struct on_air *on_air, const struct message_clock *clock)
{
    on_air->clock = (struct trust_moment){clock->wall_s, clock->boot_ms};
    on_air_take_up(on_air);
    set_timer(on_air, 0);
}

struct on_air *on_air_new(struct loop *loop, const struct on_air_config *config)
{
    struct on_air *on_air = calloc(1, sizeof(*on_air));
    const struct transmitter_events events = {may_still_key, on_any_ended, on_air};
    struct transmitter_config transmitter = config->transmitter;

    if (!on_air)
        log_fatal("no_memory");
    on_air->config = config;
    on_air->lives.directory = config->directory;
    transmitter.directory = config->directory;
    if (transmitter.card)
        on_air->transmitter = transmitter_new(loop, &transmitter, &events);
    on_air->timer = loop_add_timer(loop, on_timer, on_air);
    on_air->take_ms = clock_boot_ms() + ON_AIR_CLOCK_MS;
    set_timer(on_air, 0);
    return on_air;
}

enum err on_air_put(struct on_air *on_air, const struct live *live)
{
    struct bulletin bulletin;
    struct live own = *live;
    enum err err = live_check(&bulletin, live, on_air->config->fingerprint, on_air_now_s(on_air));

    if (err)
        return err;
    own.item = schedule_make(&on_air->config->schedule, &bulletin, on_air_now_s(on_air));
    if (bulletin.follows != 0)
        on_air->expect_ms = 0;
    lives_put(&on_air->lives, &own);
    lives_save(&on_air->lives, &own.item);
    if (on_air->quiet || (own.item.urgent && on_air->now.number != 0 && !on_air->now.urgent))
        transmitter_stop(on_air->transmitter);
    set_timer(on_air, 0);
    return ERR_OK;
}

void on_air_withdraw(struct on_air *on_air, uint32_t number)
{
    int index = schedule_find(&on_air->lives.queue, number, false);
    uint32_t key;

    if (index == SCHEDULE_NONE)
        return;
    key = schedule_key(&on_air->lives.queue.items[index]);
    on_air->expect_ms = clock_boot_ms() + ON_AIR_EXPECT_MS;
    drop(on_air, index, "withdrawn");
    if (on_air->now.number == 0 || !live_carries(&on_air->now_made, key))
        return;
    log_info("cut_off number=%u carries=%u", (unsigned)on_air->now.number, (unsigned)number);
    transmitter_stop(on_air->transmitter);
}

void on_air_expect_nothing(struct on_air *on_air)
{
    on_air->expect_ms = 0;
    set_timer(on_air, 0);
}

/* -- nothing in force */

bool on_air_has_taken_up(const struct on_air *on_air)
{
    return on_air->taken;
}

bool on_air_is_quiet(const struct on_air *on_air)
{
    return on_air->transmitter && on_air->taken && on_air->lives.queue.count == 0 &&
           on_air->now.number == 0 && !on_air->quiet && clock_boot_ms() >= on_air->expect_ms;
}

enum err on_air_send_quiet(struct on_air *on_air, const char *path, uint32_t seconds)
{
    const struct transmitter_programme programme = {.path = path,
        .seconds = seconds,
        .hz = schedule_hz(&on_air->config->schedule, on_air_now_s(on_air))};
    enum err err;

    if (!on_air_is_quiet(on_air))
        return ERR_STATE;
    if (transmitter_wait_ms(on_air->transmitter, seconds) > 0)
        return ERR_BUSY;
    log_info("sending_quiet seconds=%u", (unsigned)seconds);
    on_air->quiet = true; /* it may be asked before this returns */
    err = transmitter_begin(on_air->transmitter, &programme);
    if (err)
        on_air->quiet = false;
    return err;
}

void on_air_stop_quiet(struct on_air *on_air)
{
    if (on_air->quiet)
        transmitter_stop(on_air->transmitter);
}

/* -- sounds */

const struct lives *on_air_lives(const struct on_air *on_air)
{
    return &on_air->lives;
}

const struct live *on_air_find_stale(const struct on_air *on_air)
{
    const struct lives_wish wish = {.now_s = on_air_now_s(on_air),
        .now_ms = clock_boot_ms(),
        .ahead_s = on_air->transmitter ? ON_AIR_AHEAD_S : SCHEDULE_NEVER,
        .but_key = schedule_key(&on_air->now)};

    return lives_find_stale(&on_air->lives, &wish);
}

void on_air_note_making(struct on_air *on_air, uint32_t key)
{
    on_air->making = key;
    set_timer(on_air, 0);
}

void on_air_remade(struct on_air *on_air, uint32_t key, const struct live *sound)
{
    lives_remake(&on_air->lives, key, sound, clock_boot_ms());
    set_timer(on_air, 0);
}

struct message_on_air on_air_describe(const struct on_air *on_air)
{
    static const enum message_on_air_state states[TRANSMITTER_STATE_COUNT] = {
        [TRANSMITTER_IDLE] = MESSAGE_ON_AIR_WAITING,
        [TRANSMITTER_LISTENING] = MESSAGE_ON_AIR_LISTENING,
        [TRANSMITTER_KEYING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_LEADING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_PLAYING] = MESSAGE_ON_AIR_KEYED,
        [TRANSMITTER_TRAILING] = MESSAGE_ON_AIR_KEYED};
    const struct schedule *schedule = &on_air->config->schedule;
    int64_t now_s = on_air_now_s(on_air), due_s = schedule_soonest(&on_air->lives.queue);
    int64_t next_s = schedule_next(schedule, now_s);
    struct message_on_air told = {.number = on_air->now.number, .result = (uint8_t)on_air->result};

    if (!on_air->transmitter)
        return told;
    told.state = (uint8_t)(transmitter_is_in_doubt(on_air->transmitter)
                               ? MESSAGE_ON_AIR_DOUBT
                               : states[transmitter_state(on_air->transmitter)]);
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
