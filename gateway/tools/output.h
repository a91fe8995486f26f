/* output: what a command says on standard output, for programs and people.
 */
#ifndef GATEWAY_TOOLS_OUTPUT_H
#define GATEWAY_TOOLS_OUTPUT_H

#include "gateway/base/document.h"

/* Prints it as one line and frees it. Returns the command's exit code: 0, or ARGS_EXIT_INPUT of args.h if standard output
 * cannot be written. */
int output_print(struct document *document);
/* The same in lines with indents, for people. */
int output_print_indented(struct document *document);
/* At a command's end: its exit code, or ARGS_EXIT_INPUT, told, if something for standard output could not be written. */
int output_finish(int code);

#endif
