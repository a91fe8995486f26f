/* output: JSON for programs, one object or list of objects a command. The seam to jansson for dabylctl.
 *
 * A struct output is owned by its maker until it is put into another one or printed. No memory: the process ends.
 */
#ifndef GATEWAY_TOOLS_OUTPUT_H
#define GATEWAY_TOOLS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct output;

struct output *output_object(void);
struct output *output_list(void);
/* Takes a line of JSON that another module has made; ends the process if it is none. */
struct output *output_from_text(const char *json);
void output_set_text(struct output *object, const char *key, const char *value);
void output_set_number(struct output *object, const char *key, int64_t value);
void output_set_bool(struct output *object, const char *key, bool value);
void output_set_null(struct output *object, const char *key);
/* Seconds since 1970-01-01Z as RFC 3339. */
void output_set_time(struct output *object, const char *key, int64_t wall_s);
/* value belongs to object afterwards. */
void output_set(struct output *object, const char *key, struct output *value);
void output_append(struct output *list, struct output *value);
void output_append_text(struct output *list, const char *value);
/* Prints it on standard output as one line and frees it. Returns the command's exit code: 0, or ARGS_EXIT_INPUT of
 * args.h if standard output cannot be written. */
int output_print(struct output *output);
/* The same in lines with indents, for people. */
int output_print_indented(struct output *output);
/* Writes it as a terminated text and frees it; returns its bytes, or 0 if it does not fit. */
size_t output_write(char *text, size_t size, struct output *output);
void output_free(struct output *output);
/* At a command's end: its exit code, or ARGS_EXIT_INPUT, told, if something for standard output could not be written. */
int output_finish(int code);

#endif
