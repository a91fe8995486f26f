/* What is learnt from failures: how slowly to speak, which text to remove. */
#include "gateway/base/log.h"
#include "modems/worker.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

void worker_note_crash(struct worker *worker)
{
    const struct pdu_guard_note *note = &worker->options->shared->note;
    if (worker->request == TALK_SWEEP)
        worker->sweep_failures++;
    if (!note->busy)
        return;
    bool again =
        worker->crash.size == note->size && memcmp(worker->crash.pdu, note->pdu, note->size) == 0;
    log_warn("decoder_died modem=%s bytes=%u again=%d", worker->options->name, note->size, again);
    worker->crash.size = note->size;
    memcpy(worker->crash.pdu, note->pdu, sizeof worker->crash.pdu);
    if (again)
        precheck_set_poison(&worker->check, note->pdu, note->size);
}

void worker_suspect_haste(struct worker *worker, const char *why)
{
    worker->haste = why;
}

void worker_judge_haste(struct worker *worker, bool answers)
{
    unsigned before = worker->pace.percent;
    if (worker->haste != NULL && answers && pace_bad(&worker->pace))
        log_warn("pace_raised modem=%s model=\"%s\" from=%u to=%u reason=\"%s\"",
            worker->options->name, worker->hello.model, before, worker->pace.percent,
            worker->haste);
    worker->haste = NULL;
}

void worker_went_well(struct worker *worker)
{
    health_worked(&worker->health);
    if (!pace_good(&worker->pace))
        return;
    log_info("pace_lowered modem=%s to=%u", worker->options->name, worker->pace.percent);
    worker_tell_state(worker, worker->changed);
}

static void describe_end(char text[64], int wait_status)
{
    if (WIFSIGNALED(wait_status))
        (void)snprintf(text, 64, "libgammu died of signal %d", WTERMSIG(wait_status));
    else
        (void)snprintf(text, 64, "libgammu ended with code %d", WEXITSTATUS(wait_status));
}

/* Only a fault of its own says that what it was decoding was poison; whoever killed it may have had other reasons. */
static bool is_own_fault(int wait_status)
{
    int number = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    return number == SIGSEGV || number == SIGABRT || number == SIGBUS || number == SIGFPE ||
           number == SIGILL || number == SIGALRM;
}

void worker_on_talker_ended(struct worker *worker, int wait_status)
{
    char why[64];
    describe_end(why, wait_status);
    if (!is_own_fault(wait_status))
        worker->options->shared->note.busy = 0;
    if (job_is_awaited(worker))
        worker_orphan(worker, why);
    else
        worker_fail(worker, why);
}
