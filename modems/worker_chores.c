/* What the talker is asked for: parts, and between them storage and reports. */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "modems/worker.h"

#include <stdio.h>
#include <string.h>

#define SWEEP_PAUSE_MS 200 /* between two sweeps, however many texts come */
#define SWEEP_BACKOFF_MAX 5
#define CHORES_MIN 8    /* that a part waits for, */
#define CHORES_SHARE 25 /* and more, for this share of the time that the last part took: 4 % */
#define CHORES_TIME_MAX_MS 200

void worker_request(struct worker *worker, const struct talk *talk)
{
    worker->request = talk->type;
    worker->silent_ticks = 0;
    unsigned deadline_ms = talk_deadline_ms(talk->type);
    if (deadline_ms > 0)
        worker_set_deadline(worker, (int)deadline_ms);
    if (talk->type == TALK_ASK)
        return;
    if (talk_send(worker->talk_fd, talk) != ERR_OK)
        log_warn("talk_lost modem=%s request=%s", worker->options->name, talk_name(talk->type));
}

void worker_end_request(struct worker *worker)
{
    worker->request = TALK_NONE;
    loop_stop_timer(worker->deadline);
}

/* ---- storage ---- */

void worker_sweep_soon(struct worker *worker)
{
    loop_set_timer(worker->sweep_timer, SWEEP_PAUSE_MS);
}

static void sweep_later(struct worker *worker)
{
    unsigned doublings =
        worker->sweep_failures < SWEEP_BACKOFF_MAX ? worker->sweep_failures : SWEEP_BACKOFF_MAX;
    loop_set_timer(worker->sweep_timer, (int64_t)worker->options->sweep_ms << doublings);
}

void worker_on_sweep_timer(void *arg)
{
    struct worker *worker = arg;
    worker->sweep_due = true;
    sweep_later(worker);
    worker_next(worker);
}

void worker_keep_pdu(struct worker *worker, const char *hex)
{
    if (worker->pdu_count == WORKER_PDUS_MAX || strlen(hex) >= TALK_HEX_SIZE) {
        log_warn("pdu_dropped modem=%s waiting=%zu", worker->options->name, worker->pdu_count);
        return;
    }
    (void)snprintf(worker->pdus[worker->pdu_count++], TALK_HEX_SIZE, "%s", hex);
}

void worker_drop_pdu(struct worker *worker)
{
    if (worker->pdu_count > 0)
        memmove(worker->pdus[0], worker->pdus[1], --worker->pdu_count * sizeof worker->pdus[0]);
}

/* A serial only for what lies in storage: the rest has no place to be deleted from. ERR_EXISTS if it is told already. */
static enum err give_serial(
    struct worker *worker, uint64_t *serial, const struct transport_found *found)
{
    *serial = 0;
    return found->location == 0 ? ERR_OK : storage_add(&worker->storage, serial, found);
}

static void tell_found(struct worker *worker, const struct transport_found *found)
{
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    uint64_t serial;
    if (give_serial(worker, &serial, found) != ERR_OK)
        return;
    if (found->kind == TRANSPORT_TEXT) {
        message.as.inbound = found->inbound;
        message.as.inbound.serial = serial;
    } else {
        message.type = MESSAGE_REPORT;
        message.as.report = found->report;
        message.as.report.serial = serial;
    }
    if (!worker_tell(worker, &message, found->location == 0))
        storage_forget(&worker->storage, serial);
}

static void on_found(struct worker *worker, const struct transport_found *found)
{
    if (found->kind == TRANSPORT_TEXT || found->kind == TRANSPORT_REPORT) {
        tell_found(worker, found);
    } else if (found->kind == TRANSPORT_CORRUPT) {
        log_warn("text_refused modem=%s place=%u reason=\"its lengths are not true\"",
            worker->options->name, found->location);
        if (found->location > 0 && storage_condemn(&worker->storage, found->location) != ERR_OK)
            worker->sweep_due = true;
    }
}

/* ---- requests ---- */

static bool next_chore(struct worker *worker, struct talk *talk)
{
    *talk = (struct talk){.type = TALK_NONE};
    uint32_t place = storage_next_stored(&worker->storage);
    if (place > 0) {
        talk->type = TALK_REMOVE;
        talk->as.location = worker->removing = place;
    } else if (worker->pdu_count > 0 && worker->outbox_count == 0) {
        talk->type = TALK_DECODE;
        memcpy(talk->as.hex, worker->pdus[0], sizeof talk->as.hex);
    } else if (worker->sweep_due && worker->outbox_count == 0) {
        talk->type = TALK_SWEEP;
        worker->sweep_due = false;
    }
    return talk->type != TALK_NONE;
}

static void pull(struct worker *worker)
{
    const struct message message = {.type = MESSAGE_PULL, .fd = -1};
    if (worker->pulled || worker->job.state != JOB_NONE || worker->options->message_fd < 0)
        return;
    worker->pulled = true;
    (void)worker_tell(worker, &message, true);
}

/* Does what is due between parts. False if nothing is. */
static bool do_chore(struct worker *worker)
{
    struct talk chore;
    if (next_chore(worker, &chore)) {
        worker->chores++;
        worker_request(worker, &chore);
        return true;
    }
    if (!worker_ask_next(worker))
        return false;
    worker->chores++;
    return true;
}

/* Reading what people text must neither be starved by a bulletin nor slow it down. */
static bool have_chores_had_enough(const struct worker *worker)
{
    int64_t share_ms = (worker->free_ms - worker->part_ms) / CHORES_SHARE;
    if (share_ms > CHORES_TIME_MAX_MS)
        share_ms = CHORES_TIME_MAX_MS;
    return worker->chores >= CHORES_MIN && clock_boot_ms() - worker->free_ms >= share_ms;
}

void worker_next(struct worker *worker)
{
    if (worker->stage != WORKER_READY || worker->request != TALK_NONE)
        return;
    pull(worker);
    bool part = worker->job.state == JOB_WAITING;
    bool part_first = part && have_chores_had_enough(worker);
    if (part_first || (!do_chore(worker) && part))
        job_start(worker);
}

/* A modem that is known by its tty may be another one after a while: people are told. */
static void take_identity(struct worker *worker, const struct message_modem_hello *hello)
{
    char before[MESSAGES_NAME_SIZE];
    memcpy(before, worker->hello.imei, sizeof before);
    worker->hello = *hello;
    memcpy(worker->hello.iccid, worker->check.iccid, sizeof worker->check.iccid);
    if (worker->hello.imei[0] == '\0')
        memcpy(worker->hello.imei, worker->check.imei, sizeof worker->check.imei);
    worker->changed[0] = '\0';
    if (before[0] != '\0' && strcmp(before, worker->hello.imei) != 0) {
        (void)snprintf(worker->changed, sizeof worker->changed,
            "another modem than before: IMEI %s, was %s", worker->hello.imei, before);
        log_warn("modem_changed modem=%s imei=%s before=%s", worker->options->name,
            worker->hello.imei, before);
    }
}

static void done_open(struct worker *worker, const struct talk_done *done)
{
    if (done->err != ERR_OK) {
        worker_fail(worker, done->err == ERR_MISSING ? "the SIM knows no service centre"
                                                     : "libgammu cannot connect to it");
        return;
    }
    if (strcmp(worker->hello.imsi, done->hello.imsi) != 0) {
        storage_clear(&worker->storage);
        worker_ask_forget(worker);
    }
    take_identity(worker, &done->hello);
    worker_ready(worker);
}

static void done_send(struct worker *worker, const struct talk_done *done)
{
    job_done(worker, done);
}

/* Perhaps the SIM is out. */
static void sweep_refused(struct worker *worker, enum err err)
{
    log_warn("sweep_failed modem=%s reason=\"%s\"", worker->options->name, err_text(err));
    worker->vitals_due = true;
}

static void done_sweep(struct worker *worker, const struct talk_done *done)
{
    worker->sweep_failures = 0;
    if (done->err == ERR_TIMEOUT)
        worker_fail(worker, "it does not list its storage");
    else if (done->err != ERR_OK)
        sweep_refused(worker, (enum err)done->err);
}

/* A place that cannot be deleted is found again by the next sweep. */
static void done_remove(struct worker *worker, const struct talk_done *done)
{
    storage_deleted(&worker->storage, worker->removing);
    if (done->err == ERR_TIMEOUT)
        worker_fail(worker, "it does not delete a text");
    else if (done->err != ERR_OK)
        log_warn("remove_failed modem=%s place=%u reason=\"%s\"", worker->options->name,
            worker->removing, err_text((enum err)done->err));
}

static void done_decode(struct worker *worker, const struct talk_done *done)
{
    (void)done;
    worker_drop_pdu(worker);
}

typedef void on_done(struct worker *worker, const struct talk_done *done);

static on_done *const finished[TALK_TYPE_COUNT] = {
    [TALK_OPEN] = done_open,
    [TALK_SEND] = done_send,
    [TALK_SWEEP] = done_sweep,
    [TALK_REMOVE] = done_remove,
    [TALK_DECODE] = done_decode,
};

void worker_on_talk(struct worker *worker, const struct talk *talk)
{
    bool reads = worker->request == TALK_SWEEP || worker->request == TALK_DECODE;
    if (talk->type == TALK_FOUND && reads) {
        on_found(worker, &talk->as.found);
        return;
    }
    const struct talk_done *done = &talk->as.done;
    if (talk->type != TALK_DONE || worker->request == TALK_NONE || done->of != worker->request) {
        log_warn("talk_unasked modem=%s type=%s", worker->options->name, talk_name(talk->type));
        return;
    }
    worker_end_request(worker);
    finished[done->of](worker, done);
    worker_next(worker);
}
