/* spawn: a parent's side: start, watch, restart with back-off.
 */
#ifndef GATEWAY_BASE_SPAWN_H
#define GATEWAY_BASE_SPAWN_H

#include "gateway/base/loop.h"
#include "gateway/base/sandbox.h"

#include <stdbool.h>

#define SPAWN_ARGS_MAX 48
#define SPAWN_BACKOFF_MIN_MS 100
#define SPAWN_BACKOFF_MAX_MS 10000
#define SPAWN_SETTLED_MS 30000 /* lived this long: the next restart is quick again */
#define SPAWN_SILENT_MS 30000  /* a child that was ready and says nothing for this long is killed */

struct spawn;

struct spawn_events {
    /* Just before each start: returns the descriptor that becomes the child's fd 3 (closed here afterwards), or -1. */
    int (*message_fd)(void *arg);
    void (*ready)(void *arg);
    /* The child has ended; it is started again by itself unless spawn_stop was called. */
    void (*ended)(void *arg, int wait_status);
    void *arg;
    /* What the program may do, from its first instruction on; NULL: anything. Lives as long as the spawn. */
    const struct sandbox *sandbox;
};

/* Starts, in a process group of its own, argv (NULL-terminated, argv[0] is the path; at most SPAWN_ARGS_MAX) and keeps it running. Copies the strings. */
struct spawn *spawn_new(
    struct loop *loop, const char *const *argv, const struct spawn_events *events);
/* 0 while it is not running. */
pid_t spawn_pid(const struct spawn *spawn);
unsigned spawn_restarts(const struct spawn *spawn);
/* SIGTERM, after grace_ms SIGKILL; not started again. events->ended is called once more if it was running. */
void spawn_stop(struct spawn *spawn, int grace_ms);
/* Kills what still runs, waits for it, frees. */
void spawn_free(struct spawn *spawn);

#endif
