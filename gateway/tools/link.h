/* link: dabylctl's connection to the running gateway: the control socket in its state folder.
 */
#ifndef GATEWAY_TOOLS_LINK_H
#define GATEWAY_TOOLS_LINK_H

#include "gateway/base/conf.h"
#include "gateway/bulletin/roster.h"
#include "gateway/messages/messages.h"
#include "gateway/tools/args.h"

#define LINK_TIMEOUT_S 15

/* The state folder, and the sender's name from the configuration, empty if --state was given. Exit code as link_open. */
__attribute__((warn_unused_result)) int link_find_site(
    char state[CONF_PATH_MAX], char sender[CONF_SENDER_MAX + 1], const struct args *args);
/* Whose texts a preview shows: the configuration's sender, or "" where there is none to be read. */
void link_find_sender(char sender[CONF_SENDER_MAX + 1], const struct args *args);
/* Connects to the gateway of --state, or of the configuration's state (--config, $DABYL_CONFIG, /etc/dabyl/dabyl.conf).
 * Returns an exit code, told if not ARGS_EXIT_OK. Blocks at most LINK_TIMEOUT_S in later calls. */
__attribute__((warn_unused_result)) int link_open(int *fd, const struct args *args);
/* Sends a request and receives the next reply into the same message; a refusal is told. Exit code as link_open. */
__attribute__((warn_unused_result)) int link_ask(int fd, struct message *message);
/* The next message of a list. */
__attribute__((warn_unused_result)) int link_next(int fd, struct message *message);
/* As link_ask over a connection of its own. */
__attribute__((warn_unused_result)) int link_ask_once(
    const struct args *args, struct message *message);

/* The gateway's roster; sealed gets its bytes unless it is NULL. Exit code as link_ask. */
__attribute__((warn_unused_result)) int link_get_roster(
    struct roster *roster, struct message_sealed_bytes *sealed, int fd);

#endif
