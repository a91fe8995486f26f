/* radio_program: dabyl-radio, beside dabylctl: it alone links speech, sound and modem libraries.
 */
#ifndef GATEWAY_TOOLS_RADIO_PROGRAM_H
#define GATEWAY_TOOLS_RADIO_PROGRAM_H

#include "gateway/tools/args.h"

/* Its path. Exit code of args.h, told. */
__attribute__((warn_unused_result)) int radio_program_find(char path[ARGS_PATH_SIZE]);
/* Runs it with two words and waits; its standard output goes nowhere, what it complains of to ours. Exit code of args.h: that of a
 * file that cannot be understood, unless it ended well. */
__attribute__((warn_unused_result)) int radio_program_run(const char *command, const char *file);

#endif
