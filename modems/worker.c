#include "modems/worker.h"

#include "gateway/base/clock.h"
#include "gateway/base/forget.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 1000
#define SYNC_TRY_MS 1500
#define SYNC_TRIES 6
#define SEEK_TRIES 2 /* of a tty whose modem may be any */
#define VITALS_TICKS 30
#define NO_NETWORK_TICKS 1 /* the same while it is in no network: its return is waited for */
#define SILENT_TICKS_MAX 9 /* no command but AT+CMGS takes so long */
#define OUTBOX_URGENT 16   /* of the outbox, for what must not be lost */
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

void worker_tell_state(struct worker *worker, const char *detail)
{
    struct message message = {.type = MESSAGE_MODEM_STATE, .fd = -1};
    message.as.modem_state.state = (uint8_t)health_condition(worker->health.state);
    message.as.modem_state.signal = worker->vitals.signal;
    message.as.modem_state.registration = worker->vitals.registration;
    message.as.modem_state.credit = worker->credit.amount;
    memcpy(message.as.modem_state.operator_name, worker->vitals.operator_name,
        sizeof message.as.modem_state.operator_name);
    message.as.modem_state.pace = (uint8_t)worker->pace.percent;
    (void)snprintf(
        message.as.modem_state.detail, sizeof message.as.modem_state.detail, "%s", detail);
    (void)worker_tell(worker, &message, false);
}

void worker_move(struct worker *worker, enum health_event event, const char *why)
{
    enum health_state from = worker->health.state;
    if (health_move(&worker->health, event, clock_boot_ms()) && !worker->options->identify)
        log_info("modem_health modem=%s from=%s to=%s reason=\"%s\"", worker->options->name,
            health_name(from), health_name(worker->health.state), why);
    worker_tell_state(worker, why);
}

/* ---- stages ---- */

void worker_enter(struct worker *worker, enum worker_stage stage)
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

void worker_fail_identify(struct worker *worker, const char *why)
{
    if (!worker->options->identify)
        return;
    (void)fprintf(stderr, "dabyl-modem: %s: %s\n", worker->device, why);
    loop_stop(worker->loop, EXIT_IDENTIFY_FAILED);
}

void worker_start_sync(struct worker *worker)
{
    worker_enter(worker, WORKER_SYNC);
    worker->syncs = 1;
    worker->synced = false;
    worker_link_discard(worker);
    filter_resync(&worker->filter);
    worker_set_deadline(worker, SYNC_TRY_MS);
    worker_link_flush(worker);
}

static void drop_talker(struct worker *worker)
{
    worker_link_stop_talker(worker);
    worker->options->shared->note.busy = 0;
    if (worker->request == TALK_DECODE)
        worker_drop_pdu(worker);
    worker_end_request(worker);
}

/* An illness of weeks does not fill the log. */
static bool is_worth_a_line(unsigned troubles)
{
    return (troubles & (troubles - 1)) == 0;
}

void worker_ail(struct worker *worker, enum health_trouble trouble, const char *why)
{
    if (!worker->ours && strcmp(worker->device, worker->seek.ours) != 0) {
        worker_pass(worker, SEEK_SILENT, why);
        return;
    }
    struct health_plan plan = health_ail(&worker->health, trouble, clock_boot_ms());
    unsigned troubles = health_troubles(&worker->health);
    if (is_worth_a_line(troubles) || plan.remedy >= HEALTH_RESTART_MODEM)
        log_warn("modem_sick modem=%s troubles=%u remedy=\"%s\" reason=\"%s\"",
            worker->options->name, troubles, health_remedy_name(plan.remedy), why);
    worker_note_crash(worker);
    drop_talker(worker);
    job_abandon(worker);
    worker_move(worker, HEALTH_FAILED, why);
    worker_fail_identify(worker, why);
    worker_remedy(worker, &plan);
}

void worker_fail(struct worker *worker, const char *why)
{
    worker_ail(worker, HEALTH_DRIVER, why);
}

void worker_gone(struct worker *worker, const char *why)
{
    if (worker->stage == WORKER_GONE)
        return;
    if (!worker->ours && worker->seeking) {
        worker_pass(worker, SEEK_SILENT, why);
        return;
    }
    log_warn(
        "modem_gone modem=%s device=%s reason=\"%s\"", worker->options->name, worker->device, why);
    drop_talker(worker);
    job_abandon(worker);
    worker_link_close_tty(worker);
    storage_clear(&worker->storage);
    worker->ours = worker->restart_modem = false;
    worker_enter(worker, WORKER_GONE);
    worker_move(worker, HEALTH_VANISHED, why);
    worker_fail_identify(worker, why);
    worker_set_deadline(worker, health_absence_ms(&worker->health));
}

static void connect_talker(struct worker *worker)
{
    worker_enter(worker, WORKER_CONNECT);
    worker->options->shared->pace_percent = (uint32_t)worker->options->pace_percent;
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
    worker_enter(worker, WORKER_CHECK);
    if (worker->check.ours && !worker->ours)
        worker_found(worker);
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
    case PRECHECK_OTHER:
        worker_pass(worker, SEEK_OTHER, "another modem or SIM");
        break;
    case PRECHECK_BAD:
        worker_ail(worker, HEALTH_UNFIT, worker->check.why);
        break;
    }
}

void worker_on_tty(struct worker *worker)
{
    if (worker->stage == WORKER_SYNC && worker->synced)
        worker_judge_haste(worker, worker->syncs == 1);
    if (worker->stage == WORKER_SYNC && worker->synced && worker->restart_modem) {
        worker_restart_modem(worker);
    } else if (worker->stage == WORKER_SYNC && worker->synced) {
        follow_check(worker, precheck_begin(&worker->check));
    } else if (worker->stage == WORKER_CHECK && worker->answered) {
        worker->answered = false;
        follow_check(worker, worker->check_result);
    } else if (worker->request == TALK_ASK) {
        worker_ask_follow(worker);
    } else if (worker->stage == WORKER_ORPHAN && worker->restart) {
        worker->restart = false;
        worker_start_sync(worker);
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
    } else if (event == FILTER_LINE && worker->request == TALK_ASK)
        worker_ask_line(worker, text);
    else if (event == FILTER_DONE && worker->request == TALK_ASK)
        worker_ask_done(worker, text);
    else if (event == FILTER_USSD)
        worker_ask_ussd(worker, text);
    else if (event == FILTER_ARRIVED)
        worker_sweep_soon(worker);
    else if (event == FILTER_PDU)
        worker_keep_pdu(worker, text);
    else
        job_event(worker, event, value, text);
}

void worker_ready(struct worker *worker)
{
    worker_enter(worker, WORKER_READY);
    worker->ticks = 0;
    worker->sweep_due = !worker->options->identify;
    worker->vitals_due = true;
    log_info("modem_ready modem=%s imei=%s model=\"%s\"", worker->options->name, worker->hello.imei,
        worker->hello.model);
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    message.as.modem_hello = worker->hello;
    (void)worker_tell(worker, &message, true);
    worker_move(worker, HEALTH_READY, worker->changed);
}

void worker_orphan(struct worker *worker, const char *why)
{
    log_warn("modem_orphan modem=%s reason=\"%s\"", worker->options->name, why);
    worker_link_stop_talker(worker);
    worker->request = TALK_NONE; /* the deadline of the answer stays */
    worker_move(worker, HEALTH_FAILED, why);
    worker_enter(worker, WORKER_ORPHAN);
}

/* ---- time ---- */

static void sync_again(struct worker *worker)
{
    bool patient = worker->ours && !worker->options->quick;
    if (worker->syncs++ >= (patient ? SYNC_TRIES : SEEK_TRIES)) {
        worker_ail(worker, HEALTH_SILENT, "it does not answer");
        return;
    }
    worker_link_discard(worker);
    filter_resync(&worker->filter);
    worker_set_deadline(worker, SYNC_TRY_MS);
    worker_link_flush(worker);
}

static void check_timeout(struct worker *worker)
{
    if (!worker->check_waits) {
        worker_ail(worker, HEALTH_SILENT, "it does not answer in time");
        return;
    }
    worker->check_waits = false;
    write_check(worker);
}

static void request_timeout(struct worker *worker)
{
    char why[64];
    if (worker->request == TALK_ASK) {
        worker_ail(worker, HEALTH_SILENT, "it does not answer a question");
        return;
    }
    if (worker->request == TALK_SEND) {
        job_timeout(worker);
        return;
    }
    (void)snprintf(why, sizeof why, "libgammu hangs in %s", talk_name(worker->request));
    worker_fail(worker, why);
}

void worker_on_pause_over(struct worker *worker)
{
    worker_end_power(worker);
    if (worker->tty.fd < 0)
        worker_open(worker);
    else
        worker_start_sync(worker);
}

static void on_deadline(void *arg)
{
    typedef void at_deadline(struct worker * worker);
    static at_deadline *const table[WORKER_STAGE_COUNT] = {worker_open, sync_again, check_timeout,
        request_timeout, request_timeout, job_timeout, worker_on_pause_over};
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
    health_tick(&worker->health, clock_boot_ms());
    unsigned often = vitals_has_network(&worker->vitals) ? VITALS_TICKS : NO_NETWORK_TICKS;
    if (worker->ticks % often == 0)
        worker->vitals_due = true;
    worker_ask_tick(worker);
    bool silent = worker->request != TALK_NONE && worker->request != TALK_SEND &&
                  worker->filter.state == FILTER_ANSWER;
    if (silent && ++worker->silent_ticks > SILENT_TICKS_MAX)
        worker_fail(worker, "it does not answer");
    worker_next(worker);
}

/* ---- from the dispatcher ---- */

/* A part whose Ctrl-Z is not written is taken back with ESC, and the dispatcher hears that it was not sent, though its leave
 * to send may be on the way. */
static void quit(struct worker *worker)
{
    if (filter_drop(&worker->filter) == ERR_OK)
        worker_link_flush(worker);
    job_abandon(worker);
    worker_link_stop_talker(worker);
    loop_stop(worker->loop, 0);
}

/* What the network has been given is waited for, as long as the parent lets us: else it would be in doubt. */
static void on_quit(void *arg)
{
    struct worker *worker = arg;
    worker->quitting = true;
}

static void on_round_end(void *arg)
{
    struct worker *worker = arg;
    if (worker->quitting && !job_is_awaited(worker))
        quit(worker);
    forget_stack(); /* numbers */
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
    worker->round_end = loop_add_after(loop, on_round_end, worker);
    if (worker->options->message_fd >= 0)
        worker->message_source =
            loop_add_fd(loop, worker->options->message_fd, LOOP_READ, on_message, worker);
    loop_set_timer(worker->tick, TICK_MS);
    loop_set_timer(worker->sweep_timer, worker->options->sweep_ms);
    worker->stage = WORKER_PAUSE;
    worker_open(worker);
    role_ready();
}

static void end(struct worker *worker)
{
    struct loop_source *sources[] = {worker->deadline, worker->tick, worker->sweep_timer,
        worker->term, worker->interrupt, worker->round_end, worker->message_source};
    worker_end_power(worker);
    worker_link_stop_talker(worker);
    worker_link_close_tty(worker);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        loop_remove(sources[i]);
    worker_ask_end(worker);
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
    worker_ask_init(worker);
    pace_init(&worker->pace, (unsigned)options->pace_percent);
    worker->seeking = options->imei[0] != '\0' || options->iccid[0] != '\0';
    health_init(&worker->health, options->usb_reset[0] != '\0', options->patience_ms);
    seek_init(&worker->seek, options->device[0] != '\0' ? options->device : options->devices);
    precheck_init(&worker->check, options->pin);
    precheck_want(&worker->check, options->imei, options->iccid);
    worker_link_init(worker);
    start(worker);
    int code = loop_run(worker->loop);
    end(worker);
    return code;
}
