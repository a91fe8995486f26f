/* What the modem is asked by the worker itself, while the talker is idle: how its network is, and the credit of its SIM. */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "modems/worker.h"

#include <stdio.h>
#include <string.h>

#define STEP_CREDIT 100 /* behind the steps of the vitals */
#define STEP_CANCEL 101
#define IDLE_TICKS 3          /* without a part, before the credit is asked for */
#define CREDIT_WAIT_MS 30000  /* for the network's answer */
#define CREDIT_AGAIN_MS 5000  /* in another form */
#define CREDIT_APART_MS 60000 /* between two questions, whatever happens */
#define MS_PER_S 1000
#define PRINTED_MAX 1024 /* bytes */
#define ANSWER_SHOWN 120 /* bytes */

void worker_ask_init(struct worker *worker)
{
    vitals_init(&worker->vitals);
    worker->credit.amount = -1;
    if (worker->options->ussd[0] != '\0' &&
        regcomp(&worker->credit.pattern, worker->options->ussd_pattern, REG_EXTENDED) != 0)
        log_fatal("pattern_refused modem=%s", worker->options->name);
}

void worker_ask_end(struct worker *worker)
{
    if (worker->options->ussd[0] != '\0')
        regfree(&worker->credit.pattern);
}

static bool ask(struct worker *worker, unsigned step, const char *command)
{
    const struct talk talk = {.type = TALK_ASK};
    if (filter_ask(&worker->filter, command) != ERR_OK)
        return false;
    worker->ask_step = step;
    worker->ask_answered = false;
    worker_request(worker, &talk);
    worker_link_flush(worker);
    return true;
}

/* ---- the credit ---- */

static void credit_failed(struct worker *worker, const char *why)
{
    struct worker_credit *credit = &worker->credit;
    int64_t now_ms = clock_boot_ms();
    credit->until_ms = 0;
    credit->form = (credit->form + 1) % USSD_FORM_COUNT;
    if (++credit->failures % USSD_FORM_COUNT != 0) {
        credit->next_ms = now_ms + CREDIT_AGAIN_MS;
        return;
    }
    credit->next_ms = now_ms + (int64_t)worker->options->ussd_every_s * MS_PER_S;
    credit->amount = -1;
    log_warn("credit_unknown modem=%s reason=\"%s\"", worker->options->name, why);
}

static bool credit_is_due(const struct worker *worker)
{
    const struct worker_credit *credit = &worker->credit;
    return worker->options->ussd[0] != '\0' && !worker->options->identify &&
           worker->job.state == JOB_NONE && worker->idle_ticks >= IDLE_TICKS &&
           credit->until_ms == 0 && clock_boot_ms() >= credit->next_ms;
}

static bool ask_credit(struct worker *worker)
{
    char command[USSD_COMMAND_MAX];
    struct worker_credit *credit = &worker->credit;
    if (ussd_command(command, (enum ussd_form)credit->form, worker->options->ussd) != ERR_OK) {
        credit_failed(worker, "the code cannot be written");
        return false;
    }
    if (!ask(worker, STEP_CREDIT, command))
        return false;
    credit->asked_ms = clock_boot_ms();
    credit->until_ms = credit->asked_ms + CREDIT_WAIT_MS;
    return true;
}

void worker_ask_ussd(struct worker *worker, const char *line)
{
    struct worker_credit *credit = &worker->credit;
    int64_t amount;
    if (credit->until_ms == 0)
        return; /* the network says something of its own */
    credit->cancel = ussd_is_open(line);
    if (!ussd_read(&amount, &credit->pattern, line)) {
        log_warn("credit_unread modem=%s form=%u answer=\"%.*s\"", worker->options->name,
            credit->form, ANSWER_SHOWN, line);
        credit_failed(worker, "the pattern finds no amount in the answer");
        return;
    }
    credit->until_ms = 0;
    credit->failures = 0;
    credit->next_ms = clock_boot_ms() + (int64_t)worker->options->ussd_every_s * MS_PER_S;
    if (credit->amount != amount)
        log_info("credit_known modem=%s amount=%lld", worker->options->name, (long long)amount);
    credit->amount = amount;
    worker_tell_state(worker, worker->changed);
}

void worker_ask_credit_soon(struct worker *worker)
{
    worker->credit.next_ms =
        worker->credit.asked_ms == 0 ? 0 : worker->credit.asked_ms + CREDIT_APART_MS;
}

void worker_ask_forget(struct worker *worker)
{
    worker->credit.amount = -1;
    worker->credit.next_ms = worker->credit.until_ms = 0;
}

/* ---- who it is ---- */

static void print_text(const char *name, const char *value)
{
    (void)printf(",\"%s\":\"", name);
    for (; *value != '\0'; value++)
        (void)printf(*value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    (void)printf("\"");
}

static void print_json(const struct worker *worker)
{
    const struct message_modem_hello *hello = &worker->hello;
    const struct vitals *vitals = &worker->vitals;
    (void)printf("{\"signal\":%d,\"registration\":%d",
        vitals->signal == VITALS_UNKNOWN ? -1 : vitals->signal,
        vitals->registration == VITALS_UNKNOWN ? -1 : vitals->registration);
    print_text("device", worker->device);
    print_text("tty", worker->tty_path);
    print_text("imei", hello->imei);
    print_text("imsi", hello->imsi);
    print_text("iccid", hello->iccid);
    print_text("model", hello->model);
    print_text("operator", vitals->operator_name);
    (void)printf("}\n");
}

static void print_plain(const struct worker *worker)
{
    const struct message_modem_hello *hello = &worker->hello;
    (void)printf("device    %s\nimei      %s\nimsi      %s\niccid     %s\nmodel     %s\n"
                 "operator  %s\n",
        worker->device, hello->imei, hello->imsi, hello->iccid, hello->model,
        worker->vitals.operator_name);
    if (worker->vitals.signal != VITALS_UNKNOWN)
        (void)printf("signal    %d %%\n", worker->vitals.signal);
}

static void end_identify(struct worker *worker)
{
    (void)setvbuf(
        stdout, NULL, _IOFBF, PRINTED_MAX); /* in one piece: other processes print theirs */
    if (worker->options->json)
        print_json(worker);
    else
        print_plain(worker);
    if (worker->options->quick && !worker->options->json)
        (void)fputc('\n', stdout);
    (void)fflush(stdout);
    loop_stop(worker->loop, 0);
}

/* ---- one question after another ---- */

static void end_vitals(struct worker *worker)
{
    if (worker->options->identify)
        end_identify(worker);
    else if (worker->vitals.sim_out)
        worker_ail(worker, HEALTH_UNFIT, "the SIM is out or locked");
    else
        worker_tell_state(worker, worker->changed);
}

bool worker_ask_next(struct worker *worker)
{
    if (worker->vitals_due && ask(worker, 0, vitals_question(0))) {
        worker->vitals_due = false;
        worker->vitals.sim_out = false;
        return true;
    }
    if (worker->credit.cancel && ask(worker, STEP_CANCEL, USSD_CANCEL)) {
        worker->credit.cancel = false;
        return true;
    }
    return credit_is_due(worker) && ask_credit(worker);
}

void worker_ask_line(struct worker *worker, const char *line)
{
    vitals_line(&worker->vitals, worker->ask_step, line);
}

void worker_ask_done(struct worker *worker, const char *line)
{
    vitals_line(&worker->vitals, worker->ask_step, line);
    worker->ask_answered = true;
    if (worker->ask_step == STEP_CREDIT && strcmp(line, "OK") != 0)
        credit_failed(worker, line);
}

void worker_ask_follow(struct worker *worker)
{
    if (!worker->ask_answered)
        return;
    worker->ask_answered = false;
    worker_end_request(worker);
    if (worker->ask_step >= STEP_CREDIT)
        return;
    const char *next = vitals_question(worker->ask_step + 1);
    if (next == NULL || !ask(worker, worker->ask_step + 1, next))
        end_vitals(worker);
}

void worker_ask_tick(struct worker *worker)
{
    worker->idle_ticks = worker->job.state == JOB_NONE ? worker->idle_ticks + 1 : 0;
    if (worker->credit.until_ms != 0 && clock_boot_ms() >= worker->credit.until_ms)
        credit_failed(worker, "the network does not answer");
}
