#include "audio/transmitter.h"

#include "audio/card.h"
#include "audio/duty_file.h"
#include "audio/ear.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdlib.h>

#define STEP_MS 40
#define AHEAD_MS 300     /* of sound that the card has at most */
#define STALL_MS 400     /* a card that takes nothing for so long has failed */
#define KEYING_MS 3000   /* for tuning and keying */
#define UNKEYING_MS 3000 /* for any word of the keyer */
#define TRAIL_MS 150     /* after the last sound */
#define SPARE_MS 1000    /* of the keyer's own limit */
#define REPORTS_MAX 16   /* read at a time */
#define PIECE 4800       /* samples read from the file at a time */
#define MS_PER_S 1000
#define HZ_PER_KHZ 1000.0

struct transmitter {
    struct loop *loop;
    struct transmitter_config config;
    struct transmitter_events events;
    struct keyer *keyer;
    enum keyer_state told; /* by the keyer */
    struct loop_source *keyer_source;
    struct loop_source *timer;
    struct duty duty;
    bool counted; /* the present one is in duty, to be cut when it ends */
    enum transmitter_state state;
    int64_t since_ms; /* of the state; boot clock, as all here */
    int64_t keyed_ms; /* 0: it is not */
    enum err err;     /* what ended will be told */
    uint32_t hz;
    struct wav_reader *file;
    struct card *card;
    size_t most; /* samples that may be sent */
    size_t sent;
    size_t held; /* read and not yet taken by the card */
    size_t held_at;
    bool file_end;
    uint32_t from_ms;  /* of the file */
    int64_t taken_ms;  /* when the card last took something */
    struct ear *ear;   /* NULL: nothing is listened to */
    int64_t listen_ms; /* when listening began */
    int16_t piece[PIECE];
};

static const char *const names[TRANSMITTER_STATE_COUNT] = {
    "idle", "listening", "keying", "leading", "playing", "trailing", "unkeying"};

const char *transmitter_print_state(enum transmitter_state state)
{
    return (unsigned)state < TRANSMITTER_STATE_COUNT ? names[state] : "?";
}

enum transmitter_state transmitter_state(const struct transmitter *transmitter)
{
    return transmitter->state;
}

bool transmitter_is_in_doubt(const struct transmitter *transmitter)
{
    return transmitter->state == TRANSMITTER_UNKEYING ||
           (transmitter->state == TRANSMITTER_IDLE && transmitter->told != KEYER_UNKEYED);
}

static void enter(struct transmitter *tx, enum transmitter_state state)
{
    tx->state = state;
    tx->since_ms = clock_boot_ms();
    loop_set_timer(tx->timer, STEP_MS);
}

static void close_sound(struct transmitter *tx)
{
    if (tx->card && card_xruns(tx->card) > 0)
        log_warn("card_xruns card=%s count=%u", tx->config.card, card_xruns(tx->card));
    card_close(tx->card);
    ear_close(tx->ear);
    wav_close(tx->file);
    tx->card = NULL;
    tx->ear = NULL;
    tx->file = NULL;
}

static void on_keyer(void *arg, int fd, unsigned events);

static void start_keyer(struct transmitter *tx)
{
    tx->keyer = keyer_new(&tx->config.keyer);
    tx->told = KEYER_DOUBT;
    tx->keyer_source = loop_add_fd(tx->loop, keyer_fd(tx->keyer), LOOP_READ, on_keyer, tx);
}

/* Its successor unkeys when it starts. */
static void replace_keyer(struct transmitter *tx)
{
    log_error("keyer_lost pid=%d", (int)keyer_pid(tx->keyer));
    loop_remove(tx->keyer_source);
    keyer_free(tx->keyer);
    start_keyer(tx);
}

static void unkey(struct transmitter *tx, enum err err)
{
    close_sound(tx);
    tx->err = err;
    enter(tx, TRANSMITTER_UNKEYING);
    if (keyer_unkey(tx->keyer))
        replace_keyer(tx);
}

static void fail(struct transmitter *tx, enum err err, const char *what)
{
    log_error("transmission_failed state=%s what=\"%s\" error=%s",
        transmitter_print_state(tx->state), what, err_name(err));
    unkey(tx, err == ERR_STATE ? ERR_DEVICE : err);
}

static void save_duty(const struct transmitter *tx)
{
    if (tx->config.directory)
        duty_file_save(&tx->duty, tx->config.directory);
}

/* Ahead and in full, so that it counts whatever happens meanwhile. */
static void count(struct transmitter *tx, int64_t most_ms)
{
    int64_t now_ms = clock_boot_ms();

    duty_add(&tx->duty, now_ms, now_ms + most_ms);
    tx->counted = true;
    save_duty(tx);
}

static void end(struct transmitter *tx)
{
    int64_t now_ms = clock_boot_ms();

    if (tx->counted) {
        duty_end(&tx->duty, now_ms);
        save_duty(tx);
    }
    tx->counted = false;
    log_info("transmitter_unkeyed result=%s keyed_ms=%lld", err_name(tx->err),
        (long long)(tx->keyed_ms ? now_ms - tx->keyed_ms : 0));
    tx->keyed_ms = 0;
    tx->state = TRANSMITTER_IDLE;
    loop_stop_timer(tx->timer);
    tx->events.ended(tx->events.arg, tx->err);
}

static bool is_on_air(const struct transmitter *tx)
{
    return tx->state == TRANSMITTER_LEADING || tx->state == TRANSMITTER_PLAYING ||
           tx->state == TRANSMITTER_TRAILING;
}

static void take_report(struct transmitter *tx, const struct keyer_report *report)
{
    tx->told = report->state;
    if (tx->state == TRANSMITTER_UNKEYING && report->state == KEYER_UNKEYED) {
        end(tx);
    } else if (tx->state == TRANSMITTER_UNKEYING) {
        tx->since_ms = clock_boot_ms(); /* it lives and goes on trying */
    } else if (tx->state == TRANSMITTER_KEYING && report->state == KEYER_KEYED) {
        enter(tx, TRANSMITTER_LEADING);
        tx->keyed_ms = tx->taken_ms = tx->since_ms;
        log_info("transmitter_keyed khz=%.3f", tx->hz / HZ_PER_KHZ);
    } else if ((tx->state == TRANSMITTER_KEYING && report->err) ||
               (is_on_air(tx) && report->state != KEYER_KEYED)) {
        fail(tx, report->err ? report->err : ERR_DEVICE, report->why);
    }
}

static void on_keyer(void *arg, int fd, unsigned events)
{
    struct transmitter *tx = arg;
    struct keyer_report report;
    enum err err = ERR_OK;

    (void)fd;
    (void)events;
    for (unsigned i = 0; i < REPORTS_MAX && !err; i++) {
        err = keyer_read(tx->keyer, &report);
        if (!err)
            take_report(tx, &report);
    }
    if (err != ERR_CLOSED)
        return;
    replace_keyer(tx);
    if (tx->state == TRANSMITTER_KEYING || is_on_air(tx))
        fail(tx, ERR_CLOSED, "keyer");
}

static void key(struct transmitter *tx)
{
    int64_t most_ms = (int64_t)tx->most * MS_PER_S / TRANSMITTER_RATE_HZ + tx->config.lead_ms +
                      TRAIL_MS + SPARE_MS;

    ear_close(tx->ear);
    tx->ear = NULL;
    if (!tx->events.may_key(tx->events.arg)) {
        unkey(tx, ERR_STATE);
        return;
    }
    count(tx, most_ms);
    enter(tx, TRANSMITTER_KEYING);
    if (keyer_key(tx->keyer, (uint32_t)most_ms, tx->hz, tx->config.mode)) {
        replace_keyer(tx);
        fail(tx, ERR_CLOSED, "keyer");
    }
}

/* -- listening */

static void listen_anew(struct transmitter *tx)
{
    ear_forget(tx->ear);
    enter(tx, TRANSMITTER_LISTENING);
}

static void step_listening(struct transmitter *tx)
{
    int64_t now_ms = clock_boot_ms();

    if (ear_listen(tx->ear)) {
        log_warn("receiver_lost card=%s: not listened", tx->config.receiver);
        key(tx);
        return;
    }
    if (now_ms - tx->since_ms < TRANSMITTER_LISTEN_MS)
        return;
    if (ear_dbfs(tx->ear) <= tx->config.receiver_dbfs) {
        key(tx);
    } else if (now_ms - tx->listen_ms > TRANSMITTER_LISTEN_MOST_MS) {
        log_warn("channel_busy dbfs=%.0f: on the air all the same", ear_dbfs(tx->ear));
        key(tx);
    } else {
        log_info("channel_busy dbfs=%.0f", ear_dbfs(tx->ear));
        listen_anew(tx);
    }
}

/* -- sending */

static void beat(struct transmitter *tx)
{
    if (keyer_beat(tx->keyer)) {
        replace_keyer(tx);
        fail(tx, ERR_CLOSED, "keyer");
    }
}

static void step_keying(struct transmitter *tx)
{
    if (clock_boot_ms() - tx->since_ms > KEYING_MS)
        fail(tx, ERR_TIMEOUT, "keying");
}

static void step_leading(struct transmitter *tx)
{
    if (clock_boot_ms() - tx->since_ms >= tx->config.lead_ms) {
        enter(tx, TRANSMITTER_PLAYING);
        tx->taken_ms = tx->since_ms;
    }
    beat(tx);
}

/* Samples that the card should have by now. */
static size_t due_samples(const struct transmitter *tx)
{
    int64_t ms = clock_boot_ms() - tx->since_ms + AHEAD_MS;
    size_t due = (size_t)(ms * TRANSMITTER_RATE_HZ / MS_PER_S);

    return due < tx->most ? due : tx->most;
}

static void read_piece(struct transmitter *tx)
{
    if (tx->held > 0 || tx->file_end)
        return;
    tx->held_at = 0;
    tx->held = wav_read(tx->file, tx->piece, PIECE);
    tx->file_end = tx->held == 0;
}

static enum err push(struct transmitter *tx)
{
    size_t due = due_samples(tx);

    for (;;) {
        size_t count, taken;

        read_piece(tx);
        count = due - tx->sent < tx->held ? due - tx->sent : tx->held;
        if (count == 0)
            return ERR_OK;
        if (card_write(tx->card, &taken, tx->piece + tx->held_at, count))
            return ERR_DEVICE;
        if (taken == 0)
            return ERR_OK;
        tx->taken_ms = clock_boot_ms();
        tx->sent += taken;
        tx->held_at += taken;
        tx->held -= taken;
    }
}

static void step_playing(struct transmitter *tx)
{
    int64_t now_ms = clock_boot_ms();
    int64_t sound_ms;

    if (push(tx)) {
        fail(tx, ERR_DEVICE, "card");
        return;
    }
    sound_ms = (int64_t)tx->sent * MS_PER_S / TRANSMITTER_RATE_HZ;
    if (tx->sent == tx->most || tx->file_end) {
        if (now_ms - tx->since_ms >= sound_ms)
            enter(tx, TRANSMITTER_TRAILING);
    } else if (now_ms - tx->taken_ms > STALL_MS) {
        fail(tx, ERR_TIMEOUT, "card");
        return;
    }
    beat(tx);
}

static void step_trailing(struct transmitter *tx)
{
    if (clock_boot_ms() - tx->since_ms >= TRAIL_MS)
        unkey(tx, ERR_OK);
    else
        beat(tx);
}

static void step_unkeying(struct transmitter *tx)
{
    if (clock_boot_ms() - tx->since_ms <= UNKEYING_MS)
        return;
    tx->since_ms = clock_boot_ms();
    replace_keyer(tx);
}

static void step_idle(struct transmitter *tx)
{
    loop_stop_timer(tx->timer);
}

static void (*const steps[TRANSMITTER_STATE_COUNT])(struct transmitter *tx) = {
    [TRANSMITTER_IDLE] = step_idle,
    [TRANSMITTER_LISTENING] = step_listening,
    [TRANSMITTER_KEYING] = step_keying,
    [TRANSMITTER_LEADING] = step_leading,
    [TRANSMITTER_PLAYING] = step_playing,
    [TRANSMITTER_TRAILING] = step_trailing,
    [TRANSMITTER_UNKEYING] = step_unkeying,
};

static void on_step(void *arg)
{
    struct transmitter *tx = arg;

    loop_set_timer(tx->timer, STEP_MS);
    steps[tx->state](tx);
}

/* -- for others */

struct transmitter *transmitter_new(struct loop *loop, const struct transmitter_config *config,
    const struct transmitter_events *events)
{
    struct transmitter *tx = calloc(1, sizeof(*tx));

    if (!tx)
        log_fatal("no_memory");
    tx->loop = loop;
    tx->config = *config;
    tx->events = *events;
    tx->timer = loop_add_timer(loop, on_step, tx);
    start_keyer(tx);
    if (config->directory)
        duty_file_load(&tx->duty, config->directory, config->duty_percent);
    return tx;
}

static enum err open_file(struct transmitter *tx, const struct transmitter_programme *programme)
{
    enum err err = wav_open(&tx->file, programme->path);

    if (err)
        return err;
    if (wav_rate_hz(tx->file) == TRANSMITTER_RATE_HZ)
        err = wav_skip(tx->file, (size_t)programme->from_ms * TRANSMITTER_RATE_HZ / MS_PER_S);
    else
        err = ERR_FORMAT;
    if (!err)
        return ERR_OK;
    wav_close(tx->file);
    tx->file = NULL;
    return err;
}

static void open_receiver(struct transmitter *tx)
{
    if (!tx->config.receiver)
        return;
    if (ear_open(&tx->ear, tx->config.receiver)) {
        tx->ear = NULL;
        log_warn("receiver_missing card=%s: not listened", tx->config.receiver);
    }
}

static int64_t cut_ms(const struct transmitter *tx, int64_t ms)
{
    int64_t most_ms = (int64_t)tx->config.max_s * MS_PER_S;

    return ms < most_ms ? ms : most_ms;
}

/* Milliseconds of it that are to be sent. */
static int64_t left_ms(const struct transmitter *tx, const struct transmitter_programme *programme)
{
    int64_t ms = (int64_t)programme->seconds * MS_PER_S - programme->from_ms;

    if (ms > (int64_t)tx->config.max_s * MS_PER_S)
        log_warn("programme_cut seconds=%u max_seconds=%u", (unsigned)programme->seconds,
            tx->config.max_s);
    return cut_ms(tx, ms);
}

enum err transmitter_begin(
    struct transmitter *transmitter, const struct transmitter_programme *programme)
{
    struct transmitter *tx = transmitter;
    enum err err = tx->state == TRANSMITTER_IDLE ? open_file(tx, programme) : ERR_BUSY;

    if (err)
        return err;
    tx->hz = programme->hz;
    tx->from_ms = programme->from_ms;
    tx->sent = tx->held = 0;
    tx->file_end = false;
    tx->most = (size_t)left_ms(tx, programme) * TRANSMITTER_RATE_HZ / MS_PER_S;
    if (card_open(&tx->card, tx->config.card, CARD_PLAY, TRANSMITTER_RATE_HZ)) {
        tx->card = NULL;
        fail(tx, ERR_DEVICE, "card");
        return ERR_OK;
    }
    tx->listen_ms = clock_boot_ms();
    open_receiver(tx);
    if (tx->ear)
        listen_anew(tx);
    else
        key(tx);
    return ERR_OK;
}

uint32_t transmitter_played_ms(const struct transmitter *transmitter)
{
    int64_t sent_ms = (int64_t)transmitter->sent * MS_PER_S / TRANSMITTER_RATE_HZ;

    return transmitter->from_ms + (uint32_t)(sent_ms > AHEAD_MS ? sent_ms - AHEAD_MS : 0);
}

void transmitter_stop(struct transmitter *transmitter)
{
    if (transmitter->state == TRANSMITTER_UNKEYING)
        transmitter->err = ERR_STATE;
    else if (transmitter->state != TRANSMITTER_IDLE)
        unkey(transmitter, ERR_STATE);
}

int64_t transmitter_wait_ms(const struct transmitter *transmitter, uint32_t seconds)
{
    return duty_wait_ms(&transmitter->duty, clock_boot_ms(),
        cut_ms(transmitter, (int64_t)seconds * MS_PER_S), transmitter->config.duty_percent);
}

void transmitter_free(struct transmitter *transmitter)
{
    if (!transmitter)
        return;
    close_sound(transmitter);
    loop_remove(transmitter->keyer_source);
    loop_remove(transmitter->timer);
    keyer_free(transmitter->keyer);
    free(transmitter);
}
