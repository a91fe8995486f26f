/* talker: the child that runs the driver. It may hang, leak or die on what a modem says: it holds nothing but the slave of
 * a PTY and a socket to its parent, and never outlives it.
 */
#ifndef MODEMS_TALKER_H
#define MODEMS_TALKER_H

#include "modems/talk.h"

#include <sys/types.h>

/* Forks. In the child: keeps only standard error and fd, opens the modem at path with the driver, answers requests on fd,
 * and never returns. In the parent: the child's pid, or -1 with errno. */
pid_t talker_start(const struct transport *transport, const char *path, int fd);

#endif
