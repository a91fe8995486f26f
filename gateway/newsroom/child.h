/* child: a program that does for one request what may hang, leak or crash: it has limits of time, memory and output, its own
 * process, and nothing of ours open. It ends by itself at its deadline: this process may signal nobody.
 */
#ifndef GATEWAY_NEWSROOM_CHILD_H
#define GATEWAY_NEWSROOM_CHILD_H

#include "gateway/base/loop.h"

#include <stddef.h>
#include <stdint.h>

#define CHILD_ARGUMENTS_MAX 6
#define CHILD_ARGUMENT_SIZE 512
#define CHILD_INPUT_MAX 4096 /* fits a pipe at once */
#define CHILD_MEMORY_BYTES (512L << 20)
#define CHILD_LATE (-1) /* instead of an exit code: killed, too late, or too much output */

struct child_request {
    const char *argv[CHILD_ARGUMENTS_MAX + 1]; /* the program's path, arguments, NULL; copied */
    const void *input;
    size_t input_size;
    size_t output_max;
    unsigned deadline_s;
};

/* Called once. code: the exit code, or CHILD_LATE. output is the handler's to free; NULL if there was none. */
typedef void child_handler(void *arg, int code, uint8_t *output, size_t size);

/* ERR_LONG for what does not fit, ERR_VALUE without a program, ERR_SYSTEM if no process can be started: then the handler is not called. No memory: the
 * process ends. */
ERR_CHECKED enum err child_run(
    struct loop *loop, const struct child_request *request, child_handler *handler, void *arg);

#endif
