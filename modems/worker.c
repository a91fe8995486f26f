#include "modems/worker.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 1000
#define GONE_POLL_MS 250
#define SYNC_TRY_MS 1500
#define SYNC_TRIES 6
#define SIGNAL_TICKS 60
#define SILENT_TICKS_MAX 15 /* no command but AT+CMGS takes so long */
#define SETTLED_TICKS 60    /* ready for so long: earlier failures are forgotten */
#define REOPEN_FAILURES 3   /* from so many on the tty is opened anew */
#define OUTBOX_URGENT 16    /* of the outbox, for what must not be lost */
#define EXIT_IDENTIFY_FAILED 1

static const char *const stage_names[WORKER_STAGE_COUNT] = {
    "gone", "sync", "check", "connect", "ready", "orphan", "pause"};

/* ---- to the dispatcher ---- */

static void send_waiting(struct worker *worker)
{
    size_t sent = 0;
    enum err err = ERR_OK;
    while (sent < worker->outbox_count) {
        err = messages_send(worker->options->message_fd, &worker->outbox[sent]);
        if (err == ERR_BUSY)
            break;
        sent++;
    }
    worker->outbox_count -= sent;
    memmove(worker->outbox, worker->outbox + sent, worker->outbox_count * sizeof worker->outbox[0]);
    if (worker->message_source != NULL)
        loop_set_events(
            worker->message_source, LOOP_READ | (worker->outbox_count > 0 ? LOOP_WRITE : 0u));
}

bool worker_tell(struct worker *worker, const struct message *message, bool urgent)
{
    if (worker->options->message_fd < 0)
        return true;
    size_t room = urgent ? WORKER_OUTBOX_MAX : OUTBOX_URGENT;
    if (worker->outbox_count >= room) {
        if (urgent)
            log_fatal("outbox_full modem=%s", worker->options->name);
        return false;
    }
    worker->outbox[worker->outbox_count++] = *message;
    send_waiting(worker);
    return true;
}

void worker_tell_state(struct worker *worker, enum message_condition state, const char *detail)
{
    struct message message = {.type = MESSAGE_MODEM_STATE, .fd = -1};
    message.as.modem_state.state = (uint8_t)state;
    message.as.modem_state.signal = worker->signal;
    (void)snprintf(
        message.as.modem_state.detail, sizeof message.as.modem_state.detail, "%s", detail);
    (void)worker_tell(worker, &message, false);
}

/* ---- stages ---- */

static void enter(struct worker *worker, enum worker_stage stage)
{
    if (worker->stage != stage && !worker->options->identify)
        log_info("modem_stage modem=%s from=%s to=%s", worker->options->name,
            stage_names[worker->stage], stage_names[stage]);
    worker->stage = stage;
}

void worker_set_deadline(struct worker *worker, int after_ms)
{
    loop_set_timer(worker->deadline, after_ms);
}

static void fail_identify(struct worker *worker, const char *why)
{
    if (!worker->options->identify)
        return;
    (void)fprintf(stderr, "dabyl-modem: %s: %s\n", worker->options->device, why);
    loop_stop(worker->loop, EXIT_IDENTIFY_FAILED);
}

static void start_sync(struct worker *worker)
{
    enter(worker, WORKER_SYNC);
    worker->syncs = 1;
    worker->synced = false;
    filter_resync(&worker->filter);
    worker_set_deadline(worker, SYNC_TRY_MS);
    worker_link_flush(worker);
}

static void pause_then_sync(struct worker *worker)
{
    if (worker->failures >= REOPEN_FAILURES)
        worker_link_close_tty(worker);
    int wait_ms = worker_pause_ms(worker->failures);
    enter(worker, WORKER_PAUSE);
    if (wait_ms == 0)
        start_sync(worker);
    else
        worker_set_deadline(worker, wait_ms);
}

static void drop_talker(struct worker *worker)
{
    worker_link_stop_talker(worker);
    worker->options->shared->note.busy = 0;
    if (worker->request == TALK_DECODE)
        worker_drop_pdu(worker);
    worker_end_request(worker);
}

void worker_fail(struct worker *worker, const char *why)
{
    worker->failures++;
    log_warn("modem_sick modem=%s failures=%u reason=\"%s\"", worker->options->name,
        worker->failures, why);
    worker_note_crash(worker);
    drop_talker(worker);
    job_abandon(worker);
    worker_tell_state(worker, MESSAGE_MODEM_SICK, why);
    fail_identify(worker, why);
    pause_then_sync(worker);
}

void worker_gone(struct worker *worker, const char *why)
{
    if (worker->stage == WORKER_GONE)
        return;
    log_warn("modem_gone modem=%s device=%s reason=\"%s\"", worker->options->name,
        worker->options->device, why);
    drop_talker(worker);
    job_abandon(worker);
    worker_link_close_tty(worker);
    storage_clear(&worker->storage);
    worker->failures = 0;
    enter(worker, WORKER_GONE);
    worker_tell_state(worker, MESSAGE_MODEM_GONE, why);
    fail_identify(worker, why);
    worker_set_deadline(worker, GONE_POLL_MS);
}

static void try_open(struct worker *worker)
{
    enum err err = worker_link_open_tty(worker);
    if (err == ERR_OK) {
        worker_tell_state(worker, MESSAGE_MODEM_STARTING, "");
        start_sync(worker);
        return;
    }
    if (worker->stage != WORKER_GONE) {
        worker_gone(worker, err_text(err));
        return;
    }
    fail_identify(worker, err_text(err));
    worker_set_deadline(worker, GONE_POLL_MS);
}

static void connect_talker(struct worker *worker)
{
    enter(worker, WORKER_CONNECT);
    worker->options->shared->pace_percent = worker->pace_percent;
    if (worker_link_start_talker(worker) != ERR_OK) {
        worker_fail(worker, "no process or PTY for libgammu");
        return;
    }
    worker->request = TALK_OPEN;
    worker_set_deadline(worker, (int)talk_deadline_ms(TALK_OPEN));
}

static void write_check(struct worker *worker)
{
    filter_from_talker(&worker->filter, worker->check.command, strlen(worker->check.command));
    filter_from_talker(&worker->filter, "\r", 1);
    worker_set_deadline(worker, PRECHECK_DEADLINE_MS);
    worker_link_flush(worker);
}

static void follow_check(struct worker *worker, enum precheck_result result)
{
    enter(worker, WORKER_CHECK);
    switch (result) {
    case PRECHECK_SEND:
        write_check(worker);
        break;
    case PRECHECK_AGAIN:
        worker->check_waits = true;
        worker_set_deadline(worker, PRECHECK_WAIT_MS);
        break;
    case PRECHECK_GOOD:
        if (worker->check.removed)
            log_warn("text_quarantined modem=%s reason=\"it killed the decoder\"",
                worker->options->name);
        connect_talker(worker);
        break;
    case PRECHECK_BAD:
        worker_fail(worker, worker->check.why);
        break;
    }
}

void worker_on_tty(struct worker *worker)
{
    if (worker->stage == WORKER_SYNC && worker->synced) {
        follow_check(worker, precheck_begin(&worker->check));
    } else if (worker->stage == WORKER_CHECK && worker->answered) {
        worker->answered = false;
        follow_check(worker, worker->check_result);
    } else if (worker->stage == WORKER_ORPHAN && worker->restart) {
        worker->restart = false;
        worker->failures++;
        pause_then_sync(worker);
    }
    worker_next(worker);
}

void worker_on_event(struct worker *worker, enum filter_event event, int value, const char *text)
{
    if (event != FILTER_ARRIVED && event != FILTER_PDU)
        worker->silent_ticks = 0;
    if (event == FILTER_SYNCED)
        worker->synced = true;
    else if (event == FILTER_LINE && worker->stage == WORKER_CHECK)
        precheck_line(&worker->check, text);
    else if (event == FILTER_DONE && worker->stage == WORKER_CHECK) {
        worker->check_result = precheck_done(&worker->check, text);
        worker->answered = true;
    } else if (event == FILTER_ARRIVED)
        worker_sweep_soon(worker);
    else if (event == FILTER_PDU)
        worker_keep_pdu(worker, text);
    else
        job_event(worker, event, value, text);
}

void worker_ready(struct worker *worker)
{
    enter(worker, WORKER_READY);
    worker->ticks = 0;
    worker->sweep_due = !worker->options->identify;
    worker->signal_due = true;
    log_info("modem_ready modem=%s imei=%s model=\"%s\"", worker->options->name, worker->hello.imei,
        worker->hello.model);
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    message.as.modem_hello = worker->hello;
    (void)worker_tell(worker, &message, true);
    worker_tell_state(worker, MESSAGE_MODEM_ONLINE, "");
}

void worker_orphan(struct worker *worker, const char *why)
{
    log_warn("modem_orphan modem=%s reason=\"%s\"", worker->options->name, why);
    worker_link_stop_talker(worker);
    worker->request = TALK_NONE; /* the deadline of the answer stays */
    worker_tell_state(worker, MESSAGE_MODEM_SICK, why);
    enter(worker, WORKER_ORPHAN);
}

/* ---- time ---- */

static void sync_again(struct worker *worker)
{
    if (worker->syncs++ >= SYNC_TRIES) {
        worker_fail(worker, "it does not answer");
        return;
    }
    filter_resync(&worker->filter);
    worker_set_deadline(worker, SYNC_TRY_MS);
    worker_link_flush(worker);
}

static void check_timeout(struct worker *worker)
{
    if (!worker->check_waits) {
        worker_fail(worker, "it does not answer in time");
        return;
    }
    worker->check_waits = false;
    write_check(worker);
}

static void request_timeout(struct worker *worker)
{
    char why[64];
    if (worker->request == TALK_SEND) {
        job_timeout(worker);
        return;
    }
    (void)snprintf(why, sizeof why, "libgammu hangs in %s", talk_name(worker->request));
    worker_fail(worker, why);
}

static void end_pause(struct worker *worker)
{
    if (worker->tty.fd < 0)
        try_open(worker);
    else
        start_sync(worker);
}

static void on_deadline(void *arg)
{
    typedef void at_deadline(struct worker * worker);
    static at_deadline *const table[WORKER_STAGE_COUNT] = {try_open, sync_again, check_timeout,
        request_timeout, request_timeout, job_timeout, end_pause};
    struct worker *worker = arg;
    table[worker->stage](worker);
}

static void on_tick(void *arg)
{
    struct worker *worker = arg;
    loop_set_timer(worker->tick, TICK_MS);
    role_alive();
    job_tick(worker);
    worker->ticks++;
    if (worker->stage == WORKER_READY && worker->ticks == SETTLED_TICKS)
        worker->failures = 0;
    if (worker->ticks % SIGNAL_TICKS == 0)
        worker->signal_due = true;
    bool silent = worker->request != TALK_NONE && worker->request != TALK_SEND &&
                  worker->filter.state == FILTER_ANSWER;
    if (silent && ++worker->silent_ticks > SILENT_TICKS_MAX)
        worker_fail(worker, "it does not answer");
    worker_next(worker);
}

/* ---- from the dispatcher ---- */

/* A part whose Ctrl-Z is not written is taken back with ESC; what was written can't be told to anybody. */
static void quit(struct worker *worker)
{
    if (filter_drop(&worker->filter) == ERR_OK)
        worker_link_flush(worker);
    worker_link_stop_talker(worker);
    loop_stop(worker->loop, 0);
}

static void on_quit(void *arg)
{
    quit(arg);
}

static void take_message(struct worker *worker, const struct message *message)
{
    if (message->type == MESSAGE_PART)
        job_part(worker, &message->as.part);
    else if (message->type == MESSAGE_PART_GO)
        job_go(worker, message->as.job.job);
    else if (message->type == MESSAGE_PART_DROP)
        job_drop(worker, message->as.job.job);
    else if (message->type == MESSAGE_INBOUND_STORED)
        storage_stored(&worker->storage, message->as.serial.serial);
    else
        log_warn("message_unasked modem=%s type=%s", worker->options->name,
            messages_name(message->type));
}

static void on_message(void *arg, int fd, unsigned events)
{
    (void)events;
    struct worker *worker = arg;
    struct message message;
    send_waiting(worker);
    enum err err;
    while ((err = messages_receive(fd, &message)) == ERR_OK)
        take_message(worker, &message);
    if (err == ERR_CLOSED) {
        log_info("dispatcher_gone modem=%s", worker->options->name);
        quit(worker);
    } else {
        worker_next(worker);
    }
}

static void start(struct worker *worker)
{
    struct loop *loop = worker->loop;
    worker->deadline = loop_add_timer(loop, on_deadline, worker);
    worker->tick = loop_add_timer(loop, on_tick, worker);
    worker->sweep_timer = loop_add_timer(loop, worker_on_sweep_timer, worker);
    worker->term = loop_add_signal(loop, SIGTERM, on_quit, worker);
    worker->interrupt = loop_add_signal(loop, SIGINT, on_quit, worker);
    if (worker->options->message_fd >= 0)
        worker->message_source =
            loop_add_fd(loop, worker->options->message_fd, LOOP_READ, on_message, worker);
    loop_set_timer(worker->tick, TICK_MS);
    loop_set_timer(worker->sweep_timer, worker->options->sweep_ms);
    worker->stage = WORKER_PAUSE;
    try_open(worker);
    role_ready();
}

static void end(struct worker *worker)
{
    struct loop_source *sources[] = {worker->deadline, worker->tick, worker->sweep_timer,
        worker->term, worker->interrupt, worker->message_source};
    worker_link_stop_talker(worker);
    worker_link_close_tty(worker);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        loop_remove(sources[i]);
    loop_free(worker->loop);
    free(worker);
}

int worker_run(const struct worker_options *options)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        log_fatal("no_memory");
    worker->options = options;
    worker->loop = loop_new();
    worker->signal = TRANSPORT_SIGNAL_UNKNOWN;
    worker->pace_percent = options->pace_percent;
    precheck_init(&worker->check, options->pin);
    worker_link_init(worker);
    start(worker);
    int code = loop_run(worker->loop);
    end(worker);
    return code;
}
