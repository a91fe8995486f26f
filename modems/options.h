/* options: the command line of dabyl-modem.
 */
#ifndef MODEMS_OPTIONS_H
#define MODEMS_OPTIONS_H

#include "modems/precheck.h"
#include "modems/worker.h"

#define OPTIONS_EXIT_USAGE 64

/* Fills what the command line sets and the defaults of the rest; pin is where the PIN goes, and options point into argv. Ends
 * the process with one line on standard error if something is wrong, and for --help. */
void options_take(
    struct worker_options *options, char pin[PRECHECK_PIN_MAX + 1], int argc, char **argv);

#endif
