/* role: a child's start. dabyld starts each role with file descriptor 3 as its message socket (ipc) and 4 as its
 * life line: a pipe on which it says that it is ready and that it lives. Both are optional, so that a role can be run alone.
 */
#ifndef GATEWAY_BASE_ROLE_H
#define GATEWAY_BASE_ROLE_H

#include <stdbool.h>

#define ROLE_MESSAGE_FD 3
#define ROLE_LIFE_FD 4

/* No core dumps, no ptrace by others, no new privileges: for every program that may hold what is nobody else's. Ends the
 * process if the kernel refuses. */
void role_hide(void);
/* role_hide, dies with its parent, closes inherited descriptors above ROLE_LIFE_FD, ignores SIGPIPE. Returns whether a parent
 * gave us ROLE_MESSAGE_FD, which is then not blocking. */
bool role_begin(void);
/* In a child that a role has forked and that runs no other program: it dies with its parent, takes signals again, and keeps none of the
 * descriptors from first_fd on: who waits for the parent's end must not wait for this one's. */
void role_begin_child(int first_fd);
/* Tells the parent that start-up is done (a newline, as s6 does). */
void role_ready(void);
/* Tells the parent that we live; call it at least every few seconds from the loop. */
void role_alive(void);

#endif
