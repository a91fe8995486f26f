/* loop: file descriptors, timers, signals and children of one process, in one thread. The seam to sd-event.
 *
 * Sources live until they are removed or the loop is freed. A handler may remove its own source. Handlers must not block.
 * No memory: the process ends (log_fatal).
 */
#ifndef GATEWAY_BASE_LOOP_H
#define GATEWAY_BASE_LOOP_H

#include "gateway/base/err.h"

#include <stdint.h>
#include <sys/types.h>

struct loop;
struct loop_source;

#define LOOP_READ 0x1u
#define LOOP_WRITE 0x2u
#define LOOP_HANGUP 0x4u /* reported, not asked for */

typedef void loop_fd_handler(void *arg, int fd, unsigned events);
typedef void loop_handler(void *arg);
typedef void loop_child_handler(
    void *arg, pid_t pid, int wait_status); /* as from waitpid: WIFEXITED(wait_status) ... */

struct loop *loop_new(void);
void loop_free(struct loop *loop);
/* Until loop_stop; returns the code given there. */
int loop_run(struct loop *loop);
void loop_stop(struct loop *loop, int code);

/* Watches fd, which stays the caller's. */
struct loop_source *loop_add_fd(
    struct loop *loop, int fd, unsigned events, loop_fd_handler *handler, void *arg);
void loop_set_events(struct loop_source *source, unsigned events);
/* A timer that is off until set. */
struct loop_source *loop_add_timer(struct loop *loop, loop_handler *handler, void *arg);
/* Fires once, after_ms from now; set again, also in its handler, to repeat. Milliseconds of CLOCK_BOOTTIME. */
void loop_set_timer(struct loop_source *source, int64_t after_ms);
void loop_stop_timer(struct loop_source *source);
/* Blocks the signal's default action for the process and calls the handler instead. */
struct loop_source *loop_add_signal(
    struct loop *loop, int signal_number, loop_handler *handler, void *arg);
struct loop_source *loop_add_child(
    struct loop *loop, pid_t pid, loop_child_handler *handler, void *arg);
/* Called each time that all ready sources have been served, before the loop sleeps: the place for a group commit. */
struct loop_source *loop_add_after(struct loop *loop, loop_handler *handler, void *arg);
/* NULL is allowed. */
void loop_remove(struct loop_source *source);

#endif
