/* What is done about an illness: the rungs of health's ladder, carried out. */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "modems/worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RESTART_COMMAND "AT+CFUN=1,1"
#define RESTART_PAUSE_MS 3000 /* most modems vanish within that */
#define POWER_MAX_MS 20000    /* for the program that cycles the power */
#define POWER_PAUSE_MS 1000   /* once it has ended */

/* In the child: only the program, its argument and standard error. */
_Noreturn static void run_power(const char *program, const char *device)
{
    sigset_t none;
    (void)setpgid(0, 0);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)dup2(STDERR_FILENO, STDOUT_FILENO);
    (void)close_range(STDERR_FILENO + 1, ~0U, 0);
    (void)execl(program, program, device, (char *)NULL);
    _exit(127);
}

static void on_power_ended(void *arg, pid_t pid, int wait_status)
{
    (void)pid;
    struct worker *worker = arg;
    int code = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
    log_info("power_cycled modem=%s code=%d", worker->options->name, code);
    worker->power = 0;
    loop_remove(worker->power_source);
    worker->power_source = NULL;
    if (worker->stage == WORKER_PAUSE)
        worker_set_deadline(worker, POWER_PAUSE_MS);
}

/* false if it cannot be run. */
static bool start_power(struct worker *worker)
{
    pid_t pid = fork();
    if (pid == 0)
        run_power(worker->options->usb_reset, worker->tty_path);
    if (pid < 0)
        return false;
    log_info("power_cycle modem=%s program=%s device=%s", worker->options->name,
        worker->options->usb_reset, worker->tty_path);
    worker->power = pid;
    worker->power_source = loop_add_child(worker->loop, pid, on_power_ended, worker);
    return true;
}

void worker_end_power(struct worker *worker)
{
    if (worker->power <= 0)
        return;
    log_warn("power_cycle_hangs modem=%s", worker->options->name);
    loop_remove(worker->power_source);
    worker->power_source = NULL;
    (void)kill(-worker->power, SIGKILL);
    (void)kill(worker->power, SIGKILL);
    (void)waitpid(worker->power, NULL, 0);
    worker->power = 0;
}

void worker_remedy(struct worker *worker, const struct health_plan *plan)
{
    int pause_ms = plan->pause_ms;
    worker->restart_modem = plan->remedy == HEALTH_RESTART_MODEM;
    if (plan->remedy == HEALTH_REOPEN_TTY || plan->remedy == HEALTH_CYCLE_POWER)
        worker_link_close_tty(worker);
    if (worker->seeking && worker->tty.fd < 0) {
        worker->ours = false;
        seek_judge(&worker->seek, worker->device, SEEK_SILENT, clock_boot_ms());
    }
    worker_enter(worker, WORKER_PAUSE);
    if (plan->remedy == HEALTH_CYCLE_POWER && start_power(worker)) {
        worker_move(worker, HEALTH_RESET, health_remedy_name(plan->remedy));
        pause_ms = POWER_MAX_MS;
    }
    if (worker->restart_modem || pause_ms == 0)
        worker_on_pause_over(worker);
    else
        worker_set_deadline(worker, pause_ms);
}

void worker_restart_modem(struct worker *worker)
{
    worker->restart_modem = false;
    filter_from_talker(&worker->filter, RESTART_COMMAND "\r", sizeof RESTART_COMMAND);
    worker_enter(worker, WORKER_PAUSE);
    worker_move(worker, HEALTH_RESET, health_remedy_name(HEALTH_RESTART_MODEM));
    worker_set_deadline(worker, RESTART_PAUSE_MS);
    worker_link_flush(worker);
}
