#include "gateway/tools/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define CONFIG_DEFAULT "/etc/dabyl/dabyl.conf"

static const char *config_path(const struct args *args)
{
    const char *path = args->config != NULL ? args->config : getenv("DABYL_CONFIG");
    return path != NULL ? path : CONFIG_DEFAULT;
}

void link_find_sender(char sender[CONF_SENDER_MAX + 1], const struct args *args)
{
    static struct conf conf;
    char why[CONF_WHY_MAX];
    sender[0] = '\0';
    if (conf_load(&conf, why, config_path(args)) == ERR_OK)
        memcpy(sender, conf.sender, sizeof conf.sender);
}

int link_find_site(
    char state[CONF_PATH_MAX], char sender[CONF_SENDER_MAX + 1], const struct args *args)
{
    sender[0] = '\0';
    if (args->state != NULL) {
        if (snprintf(state, CONF_PATH_MAX, "%s", args->state) >= CONF_PATH_MAX)
            return args_fail(ARGS_EXIT_USAGE, "--state is too long");
        return ARGS_EXIT_OK;
    }
    static struct conf conf;
    char why[CONF_WHY_MAX];
    if (conf_load(&conf, why, config_path(args)) != ERR_OK)
        return args_fail(ARGS_EXIT_GATEWAY,
            "%s (name the configuration with --config, or its state with --state)", why);
    memcpy(state, conf.state, CONF_PATH_MAX);
    memcpy(sender, conf.sender, sizeof conf.sender);
    return ARGS_EXIT_OK;
}

int link_open(int *fd, const struct args *args)
{
    char state[CONF_PATH_MAX];
    char path[CONF_PATH_MAX + 16];
    char sender[CONF_SENDER_MAX + 1];
    int code = link_find_site(state, sender, args);
    if (code != ARGS_EXIT_OK)
        return code;
    (void)snprintf(path, sizeof path, "%s/control", state);
    enum err err = ipc_connect(fd, path);
    if (err == ERR_MISSING || err == ERR_CLOSED)
        return args_fail(
            ARGS_EXIT_GATEWAY, "no gateway is running on %s; start dabyld first", state);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_GATEWAY, "%s: %s", path, err_text(err));
    const struct timeval timeout = {.tv_sec = LINK_TIMEOUT_S};
    (void)setsockopt(*fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    (void)setsockopt(*fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    return ARGS_EXIT_OK;
}

int link_next(int fd, struct message *message)
{
    enum err err = messages_receive(fd, message);
    if (err == ERR_BUSY)
        return args_fail(
            ARGS_EXIT_GATEWAY, "the gateway did not answer within %d s", LINK_TIMEOUT_S);
    if (err != ERR_OK)
        return args_fail(
            ARGS_EXIT_GATEWAY, "the gateway ended before it answered: %s", err_text(err));
    if (message->type != MESSAGE_REFUSED)
        return ARGS_EXIT_OK;
    const struct message_refused *refused = &message->as.refused;
    return args_fail(ARGS_EXIT_REFUSED, "refused: %s",
        refused->detail[0] != '\0' ? refused->detail : err_text((enum err)refused->result));
}

int link_ask(int fd, struct message *message)
{
    message->fd = -1;
    enum err err = messages_send(fd, message);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_GATEWAY, "the gateway cannot be asked: %s", err_text(err));
    return link_next(fd, message);
}

int link_ask_once(const struct args *args, struct message *message)
{
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_ask(fd, message);
    close(fd);
    return code;
}

int link_get_roster(struct roster *roster, struct message_sealed_bytes *sealed, int fd)
{
    struct message message = {.type = MESSAGE_ROSTER_GET};
    int code = link_ask(fd, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    const struct message_sealed_bytes *got = &message.as.sealed.sealed;
    enum err err = roster_decode(roster, got->bytes, got->size);
    if (err != ERR_OK)
        return args_fail(
            ARGS_EXIT_REFUSED, "the gateway's roster cannot be read: %s", err_text(err));
    if (sealed != NULL)
        *sealed = *got;
    return ARGS_EXIT_OK;
}
