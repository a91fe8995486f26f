#include "modems/smpp_jobs.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "modems/cause.h"
#include "modems/smpp_text.h"
#include "modems/smpp_worker.h"

#include <stdio.h>
#include <string.h>

#define WAITING_MAX_MS 10000 /* while the centre is too slow: then another modem may have it */
#define LATE_MS 60000        /* that an answer may come after its time */
#define REFERENCE_FIRST 256  /* below are the TP-MR of modems */
#define REFERENCE_STEP 97    /* what a second moves the first reference of a process on */
#define STATUS_TLV_FIRST 0xc0u
#define STATUS_TLV_LAST 0xc4u

static void set_state(struct smpp_worker *worker, struct smpp_job *job, enum smpp_job_state state)
{
    worker->jobs.count[job->state]--;
    worker->jobs.count[state]++;
    job->state = state;
}

void smpp_jobs_init(struct smpp_worker *worker)
{
    struct smpp_jobs *jobs = &worker->jobs;
    jobs->slots = 2 * worker->options->window;
    jobs->count[SMPP_JOB_FREE] = jobs->slots;
    jobs->reference = (uint16_t)(REFERENCE_FIRST + clock_wall_s() * REFERENCE_STEP %
                                                       (UINT16_MAX + 1 - REFERENCE_FIRST));
}

static struct smpp_job *find_state(struct smpp_jobs *jobs, enum smpp_job_state state)
{
    struct smpp_job *found = NULL;
    for (unsigned i = 0; i < jobs->slots; i++) {
        struct smpp_job *job = &jobs->list[i];
        if (job->state == state && (found == NULL || (int32_t)(job->order - found->order) < 0))
            found = job;
    }
    return found;
}

static struct smpp_job *find_job(struct smpp_jobs *jobs, enum smpp_job_state state, uint64_t number)
{
    for (unsigned i = 0; i < jobs->slots; i++)
        if (jobs->list[i].state == state && jobs->list[i].part.job == number)
            return &jobs->list[i];
    return NULL;
}

static struct smpp_job *find_sequence(struct smpp_jobs *jobs, uint32_t sequence)
{
    for (unsigned i = 0; i < jobs->slots; i++) {
        struct smpp_job *job = &jobs->list[i];
        if ((job->state == SMPP_JOB_SUBMITTED || job->state == SMPP_JOB_LATE) &&
            job->sequence == sequence)
            return job;
    }
    return NULL;
}

static void tell_failed(struct smpp_worker *worker, const struct message_part_failed *failed)
{
    const struct message message = {
        .type = MESSAGE_PART_FAILED, .fd = -1, .as.part_failed = *failed};
    smpp_worker_tell(worker, &message);
    log_warn("part_failed bind=%s job=%llu doubt=%u cause=%u code=%u", worker->options->name,
        (unsigned long long)failed->job, failed->doubt, failed->cause, failed->code);
}

static void fail_for_link(struct smpp_worker *worker, const struct message_part *part, bool doubt)
{
    const struct message_part_failed failed = {
        .job = part->job, .doubt = doubt, .cause = MESSAGE_CAUSE_MODEM};
    tell_failed(worker, &failed);
}

static bool is_expired(const struct message_part *part)
{
    return clock_boot_ms() >= part->until_boot_ms;
}

static void fail_expired(struct smpp_worker *worker, const struct message_part *part)
{
    const struct message_part_failed failed = {.job = part->job, .cause = MESSAGE_CAUSE_NETWORK};
    tell_failed(worker, &failed);
}

/* ---- from the dispatcher ---- */

void smpp_jobs_part(struct smpp_worker *worker, const struct message_part *part)
{
    struct smpp_jobs *jobs = &worker->jobs;
    struct smpp_job *job = find_state(jobs, SMPP_JOB_FREE);
    if (jobs->asked == 0 || job == NULL) {
        log_error("part_unasked bind=%s", worker->options->name);
        return;
    }
    jobs->asked--;
    if (is_expired(part)) {
        fail_expired(worker, part);
    } else if (!smpp_worker_is_bound(worker)) {
        fail_for_link(worker, part, false);
    } else {
        job->part = *part;
        job->order = jobs->order++;
        job->until_ms = clock_boot_ms() + WAITING_MAX_MS;
        set_state(worker, job, SMPP_JOB_WAITING);
    }
}

static void fail_text(struct smpp_worker *worker, const struct message_part *part, enum err err)
{
    const struct message_part_failed failed = {
        .job = part->job, .cause = MESSAGE_CAUSE_TEXT, .final = 1};
    log_error("part_not_encoded bind=%s error=%s", worker->options->name, err_name(err));
    tell_failed(worker, &failed);
}

static enum err encode(struct smpp_worker *worker, struct smpp_job *job)
{
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    struct smpp_pdu_submit submit = {
        .validity_min = job->part.validity_min,
        .receipt = job->part.report != 0,
        .reference = job->part.report && !worker->no_reference ? job->reference : 0,
    };
    enum err err = smpp_text_put_address(&submit.source, worker->options->source);
    if (err == ERR_OK)
        err = smpp_text_put_address(&submit.destination, job->part.number);
    if (err == ERR_OK)
        err = smpp_text_put_part(&submit, &job->part);
    if (err != ERR_OK)
        return err;
    job->sequence = smpp_worker_next_sequence(worker);
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_submit(&out, job->sequence, &submit);
    if (out.err == ERR_OK)
        smpp_link_put(&worker->link, &out);
    return out.err;
}

void smpp_jobs_go(struct smpp_worker *worker, uint64_t number)
{
    struct smpp_job *job = find_job(&worker->jobs, SMPP_JOB_HELD, number);
    if (job == NULL)
        return; /* it ended meanwhile, and that was told */
    if (is_expired(&job->part)) {
        fail_expired(worker, &job->part);
        set_state(worker, job, SMPP_JOB_FREE);
        return;
    }
    job->until_ms = clock_boot_ms() + worker->options->answer_timeout_ms;
    set_state(worker, job, SMPP_JOB_SUBMITTED);
    enum err err = encode(worker, job);
    if (err == ERR_OK)
        return;
    fail_text(worker, &job->part, err);
    set_state(worker, job, SMPP_JOB_FREE);
}

void smpp_jobs_drop(struct smpp_worker *worker, uint64_t number)
{
    struct smpp_job *job = find_job(&worker->jobs, SMPP_JOB_HELD, number);
    if (job != NULL)
        set_state(worker, job, SMPP_JOB_FREE);
}

/* ---- from the centre ---- */

static void say_slow(struct smpp_worker *worker, bool slow, const char *why)
{
    if (slow == worker->slow)
        return;
    worker->slow = slow;
    smpp_worker_tell_state(worker, MESSAGE_MODEM_ONLINE, why);
    log_info("bind_pace bind=%s slow=%d reason=\"%s\"", worker->options->name, slow, why);
}

static void sent(struct smpp_worker *worker, struct smpp_job *job, const char *message_id)
{
    struct message message = {.type = MESSAGE_PART_SENT, .fd = -1};
    message.as.part_sent.job = job->part.job;
    message.as.part_sent.reference = job->reference;
    if (job->part.report)
        smpp_ids_add(&worker->ids, message_id, job->reference, job->part.number);
    smpp_worker_tell(worker, &message);
    smpp_pace_good(&worker->pace);
    if (worker->pace.allowed == worker->pace.window)
        say_slow(worker, false, "");
}

static void refused(struct smpp_worker *worker, const struct smpp_job *job, uint32_t status)
{
    struct cause cause = cause_find(CAUSE_SMPP, (int)(status & INT32_MAX));
    const struct message_part_failed failed = {
        .job = job->part.job, .cause = (uint8_t)cause.cause, .final = cause.final, .code = status};
    log_warn("submit_refused bind=%s status=0x%x reason=\"%s\"", worker->options->name, status,
        cause.text);
    if (status >= STATUS_TLV_FIRST && status <= STATUS_TLV_LAST)
        worker->no_reference = true;
    if (cause.remedy == CAUSE_WAIT) {
        smpp_pace_throttled(&worker->pace, clock_boot_ms());
        say_slow(worker, true, cause.text);
    }
    if (job->state == SMPP_JOB_SUBMITTED)
        tell_failed(worker, &failed);
}

bool smpp_jobs_answer(
    struct smpp_worker *worker, const struct smpp_pdu_header *header, const char *message_id)
{
    struct smpp_job *job = find_sequence(&worker->jobs, header->sequence);
    if (job == NULL)
        return false;
    if (header->status == SMPP_STATUS_OK)
        sent(worker, job, message_id);
    else
        refused(worker, job, header->status);
    set_state(worker, job, SMPP_JOB_FREE);
    return true;
}

/* ---- onward ---- */

static void ask(struct smpp_worker *worker)
{
    const struct message message = {.type = MESSAGE_PULL, .fd = -1};
    struct smpp_jobs *jobs = &worker->jobs;
    if (clock_boot_ms() < worker->pace.until_ms)
        return; /* others may have them */
    while (jobs->asked < jobs->count[SMPP_JOB_FREE]) {
        jobs->asked++;
        smpp_worker_tell(worker, &message);
    }
}

/* One that is sent again keeps its reference, so that a receipt of either copy names it. */
static uint16_t next_reference(struct smpp_jobs *jobs, const struct message_part *part)
{
    if (part->again && part->reference >= REFERENCE_FIRST)
        return part->reference;
    jobs->reference =
        jobs->reference == UINT16_MAX ? REFERENCE_FIRST : (uint16_t)(jobs->reference + 1);
    return jobs->reference;
}

static void hold(struct smpp_worker *worker, struct smpp_job *job)
{
    struct message message = {.type = MESSAGE_PART_HOLD, .fd = -1};
    job->reference = next_reference(&worker->jobs, &job->part);
    message.as.job = (struct message_job){job->part.job, job->reference};
    smpp_worker_tell(worker, &message);
    set_state(worker, job, SMPP_JOB_HELD);
}

void smpp_jobs_next(struct smpp_worker *worker)
{
    struct smpp_jobs *jobs = &worker->jobs;
    struct smpp_job *job;
    int64_t now_ms = clock_boot_ms();
    if (!smpp_worker_is_bound(worker))
        return;
    ask(worker);
    while ((job = find_state(jobs, SMPP_JOB_WAITING)) != NULL &&
           smpp_pace_take(
               &worker->pace, jobs->count[SMPP_JOB_HELD] + jobs->count[SMPP_JOB_SUBMITTED], now_ms))
        hold(worker, job);
    int64_t wait_ms = smpp_pace_wait_ms(&worker->pace, now_ms);
    if (job != NULL && wait_ms > 0)
        loop_set_timer(worker->pace_timer, wait_ms);
}

void smpp_jobs_lost(struct smpp_worker *worker)
{
    struct smpp_jobs *jobs = &worker->jobs;
    for (unsigned i = 0; i < jobs->slots; i++) {
        struct smpp_job *job = &jobs->list[i];
        if (job->state == SMPP_JOB_WAITING || job->state == SMPP_JOB_HELD)
            fail_for_link(worker, &job->part, false);
        else if (job->state == SMPP_JOB_SUBMITTED)
            fail_for_link(worker, &job->part, true);
        set_state(worker, job, SMPP_JOB_FREE);
    }
}

static void time_out(struct smpp_worker *worker, struct smpp_job *job, int64_t now_ms)
{
    if (job->state == SMPP_JOB_SUBMITTED) {
        fail_for_link(worker, &job->part, true);
        job->until_ms = now_ms + LATE_MS;
        set_state(worker, job, SMPP_JOB_LATE);
    } else if (job->state == SMPP_JOB_LATE) {
        set_state(worker, job, SMPP_JOB_FREE);
    } else if (job->state == SMPP_JOB_WAITING && worker->slow) {
        fail_for_link(worker, &job->part, false);
        set_state(worker, job, SMPP_JOB_FREE);
    }
}

void smpp_jobs_tick(struct smpp_worker *worker)
{
    struct smpp_jobs *jobs = &worker->jobs;
    int64_t now_ms = clock_boot_ms();
    for (unsigned i = 0; i < jobs->slots; i++) {
        struct smpp_job *job = &jobs->list[i];
        if (job->state == SMPP_JOB_WAITING && is_expired(&job->part)) {
            fail_expired(worker, &job->part);
            set_state(worker, job, SMPP_JOB_FREE);
        } else if (now_ms >= job->until_ms) {
            time_out(worker, job, now_ms);
        }
    }
}
