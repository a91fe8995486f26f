/* Which tty: the one that is configured, or whichever has the modem that we look for. */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "modems/worker.h"

#include <stdio.h>
#include <string.h>

static void open_named(struct worker *worker)
{
    (void)snprintf(worker->device, sizeof worker->device, "%s", worker->options->device);
    enum err err = worker_link_open_tty(worker);
    if (err == ERR_OK) {
        worker->ours = true;
        worker_move(worker, HEALTH_APPEARED, "");
        worker_start_sync(worker);
        return;
    }
    if (worker->stage != WORKER_GONE) {
        worker_gone(worker, err_text(err));
        return;
    }
    worker_fail_identify(worker, err_text(err));
    worker_set_deadline(worker, WORKER_GONE_POLL_MS);
}

/* Nothing is known of a sought modem but that no tty has it. */
static void wait_for_it(struct worker *worker)
{
    worker_set_deadline(worker, WORKER_GONE_POLL_MS);
    if (worker->stage == WORKER_GONE)
        return;
    char why[MESSAGES_DETAIL_SIZE];
    (void)snprintf(why, sizeof why, "no tty has it: IMEI %s, ICCID %s", worker->check.want_imei,
        worker->check.want_iccid);
    worker_enter(worker, WORKER_GONE);
    worker_move(worker, HEALTH_VANISHED, why);
    worker_fail_identify(worker, why);
}

static void open_sought(struct worker *worker)
{
    for (unsigned i = 0; i < SEEK_PLACES_MAX; i++) {
        int64_t now_ms = clock_boot_ms();
        if (seek_next(&worker->seek, worker->device, now_ms) != ERR_OK)
            break;
        enum err err = worker_link_open_tty(worker);
        if (err == ERR_OK) {
            worker->ours = false;
            worker_start_sync(worker);
            return;
        }
        seek_judge(
            &worker->seek, worker->device, err == ERR_BUSY ? SEEK_BUSY : SEEK_SILENT, now_ms);
    }
    wait_for_it(worker);
}

void worker_open(struct worker *worker)
{
    if (worker->seeking)
        open_sought(worker);
    else
        open_named(worker);
}

void worker_pass(struct worker *worker, enum seek_verdict verdict, const char *why)
{
    bool was_ours = strcmp(worker->device, worker->seek.ours) == 0;
    worker_link_close_tty(worker);
    seek_judge(&worker->seek, worker->device, verdict, clock_boot_ms());
    if (verdict == SEEK_OTHER && was_ours) {
        worker->seek.ours[0] = '\0';
        worker_move(worker, HEALTH_VANISHED, why);
    }
    if (verdict == SEEK_OTHER)
        log_info("modem_other modem=%s device=%s imei=%s", worker->options->name, worker->device,
            worker->check.imei);
    worker->ours = false;
    worker_open(worker);
}

void worker_found(struct worker *worker)
{
    worker->ours = true;
    seek_judge(&worker->seek, worker->device, SEEK_OURS, clock_boot_ms());
    log_info("modem_found modem=%s device=%s imei=%s", worker->options->name, worker->device,
        worker->check.imei);
    worker_move(worker, HEALTH_APPEARED, "");
}
