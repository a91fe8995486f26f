#include "modems/job.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "modems/cause.h"
#include "modems/worker.h"

#include <string.h>

#define WAITING_TICKS_MAX 5 /* then another modem may have the part */
#define HELD_MAX_MS 60000   /* a modem does not wait for Ctrl-Z for ever */
#define ENDING_MAX_MS 5000  /* the talker has read the answer in a moment */
#define LINGER_MS 5000      /* for a late +CMGS, once its time was over */
#define CMS_NETWORK_MAX 255 /* up to here the network speaks: it has refused the message */
#define CMS_PHONE_MIN 300   /* from here to there the modem's own reasons not to send */
#define CMS_PHONE_MAX 331

struct failure {
    bool doubt;
    bool final;
    enum message_cause cause;
    uint32_t code;
};

static void set_state(struct worker *worker, enum job_state state, int deadline_ms)
{
    worker->job.state = state;
    worker_set_deadline(worker, deadline_ms);
}

static void clear(struct worker *worker)
{
    worker->job = (struct job){.state = JOB_NONE};
    worker->free_ms = clock_boot_ms();
}

static void tell_sent(struct worker *worker, int reference)
{
    struct message message = {.type = MESSAGE_PART_SENT, .fd = -1};
    message.as.part_sent.job = worker->job.part.job;
    message.as.part_sent.reference =
        reference >= 0 ? (uint8_t)reference : worker->job.part.reference;
    (void)worker_tell(worker, &message, true);
    worker_went_well(worker);
}

static void tell_failed(struct worker *worker, const struct failure *failure)
{
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed = (struct message_part_failed){
        .job = worker->job.part.job,
        .doubt = failure->doubt,
        .cause = (uint8_t)failure->cause,
        .final = failure->final,
        .code = failure->code,
    };
    (void)worker_tell(worker, &message, true);
    log_warn("part_failed modem=%s job=%llu doubt=%d code=%u", worker->options->name,
        (unsigned long long)worker->job.part.job, failure->doubt, failure->code);
}

static void tell_modem_failed(struct worker *worker, bool doubt)
{
    const struct failure failure = {.doubt = doubt, .cause = MESSAGE_CAUSE_MODEM};
    tell_failed(worker, &failure);
}

static bool is_expired(const struct message_part *part)
{
    return clock_boot_ms() >= part->until_boot_ms;
}

void job_part(struct worker *worker, const struct message_part *part)
{
    worker->pulled = false;
    if (worker->job.state != JOB_NONE) {
        log_error("part_unasked modem=%s", worker->options->name);
        return;
    }
    worker->job.part = *part;
    if (is_expired(part)) {
        const struct failure failure = {.cause = MESSAGE_CAUSE_NETWORK};
        tell_failed(worker, &failure);
        clear(worker);
    } else if (worker->stage == WORKER_GONE || worker->stage == WORKER_PAUSE) {
        tell_modem_failed(worker, false);
        clear(worker);
    } else {
        worker->job.state = JOB_WAITING;
        worker->job.waited_ticks = 0;
    }
    worker_next(worker);
}

void job_start(struct worker *worker)
{
    struct talk talk = {.type = TALK_SEND};
    talk.as.part = worker->job.part;
    worker->chores = 0;
    worker->part_ms = clock_boot_ms();
    worker->options->shared->pace_percent = worker->pace.percent;
    worker_request(worker, &talk);
    set_state(worker, JOB_WRITING, worker->options->prompt_timeout_ms);
}

/* ESC in place of Ctrl-Z; the talker hears ERROR. */
static void drop(struct worker *worker)
{
    if (filter_drop(&worker->filter) != ERR_OK)
        log_warn("drop_late modem=%s state=%s", worker->options->name,
            filter_state_name(worker->filter.state));
    set_state(worker, JOB_ENDING, ENDING_MAX_MS);
    worker_link_flush(worker);
}

static void expire(struct worker *worker)
{
    const struct failure failure = {.cause = MESSAGE_CAUSE_NETWORK};
    tell_failed(worker, &failure);
    drop(worker);
}

void job_go(struct worker *worker, uint64_t job)
{
    if (worker->job.state != JOB_HELD || worker->job.part.job != job)
        return; /* it ended meanwhile, and that was told */
    if (is_expired(&worker->job.part)) {
        expire(worker);
        return;
    }
    if (filter_go(&worker->filter) != ERR_OK) {
        tell_modem_failed(worker, false);
        drop(worker);
        return;
    }
    set_state(worker, JOB_SUBMITTED, worker->options->answer_timeout_ms);
    worker_link_flush(worker);
}

void job_drop(struct worker *worker, uint64_t job)
{
    if (worker->job.part.job != job)
        return;
    if (worker->job.state == JOB_WAITING) {
        clear(worker);
        worker_next(worker);
    } else if (worker->job.state == JOB_WRITING || worker->job.state == JOB_HELD) {
        drop(worker);
    }
}

static void hold(struct worker *worker)
{
    struct message message = {.type = MESSAGE_PART_HOLD, .fd = -1};
    message.as.job.job = worker->job.part.job;
    (void)worker_tell(worker, &message, true);
    set_state(worker, JOB_HELD, HELD_MAX_MS);
}

/* After Ctrl-Z an error leaves doubt unless it says that the message went nowhere. */
static bool is_certain(enum cause_family family, int code)
{
    return family == CAUSE_CMS && code > 0 &&
           (code <= CMS_NETWORK_MAX || (code >= CMS_PHONE_MIN && code <= CMS_PHONE_MAX));
}

static void end_told(struct worker *worker)
{
    if (worker->talker > 0) {
        set_state(worker, JOB_ENDING, ENDING_MAX_MS);
        return;
    }
    clear(worker);
    worker->restart = true;
}

static void refused(struct worker *worker, int value, const char *text)
{
    enum cause_family family = strstr(text, "CME") != NULL ? CAUSE_CME : CAUSE_CMS;
    struct cause cause = cause_find(family, value > 0 ? value : CAUSE_BARE_ERROR);
    struct failure failure = {
        .doubt = worker->filter.ctrl_z && !is_certain(family, value),
        .final = cause.final,
        .cause = cause.cause,
        .code = (uint32_t)value,
    };
    if (cause.remedy == CAUSE_SENT && worker->filter.ctrl_z)
        tell_sent(worker, -1);
    else
        tell_failed(worker, &failure);
    if (cause.cause == MESSAGE_CAUSE_SIM)
        worker_ask_credit_soon(worker);
    if (cause.cause == MESSAGE_CAUSE_NETWORK || cause.cause == MESSAGE_CAUSE_SIM)
        worker->vitals_due = true;
    if (cause.remedy == CAUSE_SWEEP)
        worker->sweep_due = true;
    if (cause.remedy == CAUSE_CHECK)
        worker->unfit = cause.text;
    if (value == 0) {
        worker_suspect_haste(worker, "the modem said ERROR");
        worker_judge_haste(worker, true);
    }
    end_told(worker);
}

void job_event(struct worker *worker, enum filter_event event, int value, const char *text)
{
    enum job_state state = worker->job.state;
    if (event == FILTER_HOLDING && state == JOB_WRITING) {
        hold(worker);
    } else if (event == FILTER_SENT && (state == JOB_SUBMITTED || state == JOB_LINGER)) {
        tell_sent(worker, value);
        end_told(worker);
    } else if (event == FILTER_REFUSED && (state == JOB_WRITING || state == JOB_HELD ||
                                              state == JOB_SUBMITTED || state == JOB_LINGER)) {
        refused(worker, value, text);
    }
}

/* Nothing is written to the modem, since that might end what it is doing. */
static void linger(struct worker *worker, const char *why)
{
    worker_orphan(worker, why);
    set_state(worker, JOB_LINGER, LINGER_MS);
}

/* The talker ended before the modem was asked: what is wrong is ours, or the modem did not obey. */
static void done_early(struct worker *worker, const struct talk_done *done)
{
    struct failure failure = {.cause = MESSAGE_CAUSE_MODEM};
    if (done->err == ERR_VALUE) {
        failure.cause = MESSAGE_CAUSE_TEXT;
        failure.final = true;
    }
    tell_failed(worker, &failure);
    clear(worker);
    if (done->err != ERR_VALUE)
        worker_fail(worker, "it does not take texts");
}

/* The SIM is out or locked: no part will leave until that has changed. */
static void end_unfit(struct worker *worker)
{
    const char *why = worker->unfit;
    worker->unfit = NULL;
    if (why != NULL)
        worker_ail(worker, HEALTH_UNFIT, why);
}

void job_done(struct worker *worker, const struct talk_done *done)
{
    switch (worker->job.state) {
    case JOB_ENDING:
        clear(worker);
        end_unfit(worker);
        break;
    case JOB_WRITING:
        done_early(worker, done);
        break;
    case JOB_SUBMITTED:
        linger(worker, "libgammu lost the answer");
        break;
    case JOB_HELD:
        worker_fail(worker, "libgammu gave up a text");
        break;
    case JOB_NONE:
    case JOB_WAITING:
    case JOB_LINGER:
    case JOB_STATE_COUNT:
        break;
    }
}

void job_timeout(struct worker *worker)
{
    switch (worker->job.state) {
    case JOB_WRITING:
        worker_suspect_haste(worker, "no prompt");
        worker_fail(worker, "it shows no prompt for a text");
        break;
    case JOB_HELD:
        tell_modem_failed(worker, false);
        drop(worker);
        break;
    case JOB_SUBMITTED:
        worker_suspect_haste(worker, "no answer");
        linger(worker, "it did not say whether a text was sent");
        break;
    case JOB_LINGER:
        worker_fail(worker, "it did not say whether a text was sent");
        break;
    case JOB_ENDING:
        worker_fail(worker, "libgammu does not come back");
        break;
    case JOB_NONE:
    case JOB_WAITING:
    case JOB_STATE_COUNT:
        break;
    }
}

bool job_is_awaited(const struct worker *worker)
{
    return worker->job.state == JOB_SUBMITTED || worker->job.state == JOB_LINGER;
}

void job_abandon(struct worker *worker)
{
    enum job_state state = worker->job.state;
    if (state == JOB_WAITING || state == JOB_WRITING || state == JOB_HELD)
        tell_modem_failed(worker, false);
    else if (state == JOB_SUBMITTED || state == JOB_LINGER)
        tell_modem_failed(worker, true);
    clear(worker);
}

void job_tick(struct worker *worker)
{
    if (worker->job.state == JOB_WAITING && ++worker->job.waited_ticks > WAITING_TICKS_MAX)
        job_abandon(worker);
    if (worker->job.state == JOB_HELD && is_expired(&worker->job.part))
        expire(worker);
}
