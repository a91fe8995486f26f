/* listening: the TCP socket on which the newsroom waits for browsers.
 */
#ifndef GATEWAY_NEWSROOM_LISTENING_H
#define GATEWAY_NEWSROOM_LISTENING_H

#include "gateway/base/err.h"

#define LISTENING_BACKLOG 128

/* A socket at address ("0.0.0.0", "::") and port (0: any), close-on-exec, not blocking; bound_port says which port it got.
 * ERR_VALUE for what is no address, else as errno. */
ERR_CHECKED enum err listening_open(
    int *fd, unsigned *bound_port, const char *address, unsigned port);

#endif
