/* ctl_cap: bulletins as CAP 1.2 messages.
 */
#ifndef GATEWAY_TOOLS_CTL_CAP_H
#define GATEWAY_TOOLS_CTL_CAP_H

#include "gateway/messages/messages.h"
#include "gateway/tools/args.h"

/* Saves an accepted bulletin as a CAP message at args->out; fd leads to the gateway. Exit code of args.h, told. */
int ctl_cap_export(const struct args *args, const struct message_sealed_bytes *sealed, int fd);

#endif
