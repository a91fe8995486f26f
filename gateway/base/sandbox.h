/* sandbox: what a role may do at all, whoever has taken it over. Entered between fork and exec, so that a program that was put
 * in the role's place is bound from its first instruction. The seam to libseccomp and Landlock.
 *
 * Three fences, one behind the other: capabilities that the role has no use for are given up; Landlock
 * (linux/Documentation/userspace-api/landlock.rst) leaves only the named paths, and the named port to listen on; seccomp
 * leaves only the system calls of the role's profile. Nothing entered can be left. What an older kernel lacks is said in the log
 * (Debian 12's Landlock knows no ports: seccomp stands for them), and never stops the role.
 */
#ifndef GATEWAY_BASE_SANDBOX_H
#define GATEWAY_BASE_SANDBOX_H

#include "gateway/base/err.h"

#include <stddef.h>

#define SANDBOX_PATHS_MAX 12
#define SANDBOX_PATH_SIZE 512

enum sandbox_profile {
    SANDBOX_NONE,     /* no fence */
    SANDBOX_NEWSROOM, /* few calls: listens, never connects, signals nobody, runs what is named */
    SANDBOX_RADIO,    /* no sockets; only its paths */
    SANDBOX_TRANSMITTER, /* a radio with a sound card and a rig: devices, sockets, full priority */
    SANDBOX_MODEM,       /* any path (ttys come and go under any name), no network */
    SANDBOX_PROFILE_COUNT
};

#define SANDBOX_READ 0x1u
#define SANDBOX_WRITE 0x2u /* also makes and removes files in a folder; reads too */
#define SANDBOX_RUN 0x4u   /* reads too */

struct sandbox {
    enum sandbox_profile profile;
    unsigned port; /* TCP, to listen on; 0: none */
    size_t count;
    struct sandbox_path {
        unsigned access;
        char path[SANDBOX_PATH_SIZE];
    } paths[SANDBOX_PATHS_MAX];
};

void sandbox_init(struct sandbox *sandbox, enum sandbox_profile profile);
/* A path beside those that every program needs (libraries, /dev/null ...); what is not there when the sandbox is entered
 * stays forbidden. Ends the process if there are too many, or one is too long. */
void sandbox_allow(struct sandbox *sandbox, unsigned access, const char *path);
/* For this process and all that it starts. Logs what could not be had. Blocks only for opening the paths. */
void sandbox_enter(const struct sandbox *sandbox);

#endif
