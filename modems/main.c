/* dabyl-modem: one modem. The start, and the two functions that libgammu is made to call instead of its own: they must stand in
 * the program itself to come first, and need memory that outlives a call.
 */
#include "gateway/base/log.h"
#include "gateway/base/role.h"
#include "modems/options.h"
#include "modems/pdu_guard.h"
#include "modems/worker.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_NONE 1
#define EXIT_ALONE 69
#define PAUSE_MIN_US 200 /* libgammu's polling loops must not spin */
#define US_PER_S 1000000

static struct talk_shared *shared;

int GSM_DecodePDUFrame(
    void *debug, void *sms, const uint8_t *pdu, size_t size, size_t *end, int centre);

/* libgammu pauses 0.7 s in the sending of each part, whatever the modem. */
int usleep(useconds_t useconds)
{
    uint64_t percent = shared == NULL ? PACE_FULL : shared->pace_percent;
    uint64_t paced_us = useconds * percent / PACE_FULL;
    if (paced_us < PAUSE_MIN_US)
        paced_us = useconds < PAUSE_MIN_US ? useconds : PAUSE_MIN_US;
    struct timeval wait = {(time_t)(paced_us / US_PER_S), (suseconds_t)(paced_us % US_PER_S)};
    (void)select(0, NULL, NULL, NULL, &wait);
    return 0;
}

/* It has the parameters of libgammu's own. */
// NOLINTNEXTLINE(readability-function-size): see above
int GSM_DecodePDUFrame(
    void *debug, void *sms, const uint8_t *pdu, size_t size, size_t *end, int centre)
{
    struct pdu_guard_call call = {debug, sms, pdu, size, NULL, centre};
    call.end = end;
    return pdu_guard_decode(shared == NULL ? NULL : &shared->note, &call);
}

static int run_one(struct worker_options *options)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        log_fatal("no_memory");
    options->shared = shared;
    return worker_run(options);
}

/* One process for each tty, all at once: one that does not answer keeps nobody waiting. */
static unsigned start_all(struct worker_options *options)
{
    struct seek seek;
    char path[SEEK_PATH_MAX];
    unsigned count = 0;
    seek_init(&seek, options->devices);
    while (seek_next(&seek, path, 0) == ERR_OK) {
        seek_judge(&seek, path, SEEK_OTHER, 0);
        pid_t pid = fork();
        if (pid == 0) {
            options->device = path;
            _exit(run_one(options));
        }
        count += pid > 0;
    }
    return count;
}

/* Which modems are there; those that a gateway runs are its own, and busy. */
static int list(struct worker_options *options)
{
    int status;
    int code = EXIT_NONE;
    options->quick = true;
    for (unsigned left = start_all(options); left > 0; left--)
        if (wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
            code = 0;
    return code;
}

int main(int argc, char **argv)
{
    char pin[PRECHECK_PIN_MAX + 1] = "";
    struct worker_options options;
    options_take(&options, pin, argc, argv);
    bool started_by_parent = role_begin();
    if (!started_by_parent && !options.identify) {
        (void)fputs("dabyl-modem: there is no dispatcher on descriptor 3: dabyld starts this "
                    "program; alone it can only --identify a modem\n",
            stderr);
        return EXIT_ALONE;
    }
    options.message_fd = options.identify ? -1 : ROLE_MESSAGE_FD;
    bool any = options.device[0] == '\0' && options.imei[0] == '\0' && options.iccid[0] == '\0';
    return any ? list(&options) : run_one(&options);
}
