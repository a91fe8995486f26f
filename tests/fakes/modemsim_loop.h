/* loop: all modems and the control socket in one poll loop. */
#ifndef TESTS_FAKES_MODEMSIM_LOOP_H
#define TESTS_FAKES_MODEMSIM_LOOP_H

#include "tests/fakes/modemsim_modem.h"

/* Makes the modems with their faults (each "[MODEM:]SPEC"), says on standard output who they are and "ready",
 * and runs until SIGTERM or SIGINT; then removes its links and socket. Returns the exit code: 0, or 1 after a line
 * on standard error. */
int loop_run(const struct modem_options *options, const char *const *faults, size_t fault_count);

#endif
