#include "gateway/tools/ctl.h"

#include "gateway/base/ipc.h"
#include "gateway/store/wipe.h"
#include "gateway/tools/link.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ANSWER_SIZE 64

/* True if somebody typed the sender's name. */
static bool is_meant(const char *state, const char *sender)
{
    char answer[ANSWER_SIZE];
    printf("This destroys the site key and all that is in %s: subscribers, bulletins, the audit.\n"
           "Nothing brings it back. To do it, type the sender's name (%s): ",
        state, sender);
    (void)fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        return false;
    answer[strcspn(answer, "\r\n")] = '\0';
    return strcmp(answer, sender) == 0;
}

/* The socket goes with the folder: it is opened before. A gateway that is not running has nothing in memory. */
static void end_gateway(int fd)
{
    struct message message = {.type = MESSAGE_WIPED, .fd = -1};
    if (fd < 0)
        return;
    if (messages_send(fd, &message) == ERR_OK && messages_receive(fd, &message) == ERR_OK)
        (void)args_fail(0, "the gateway goes on with the key in its memory: stop it");
    close(fd);
}

int ctl_wipe(const struct args *args)
{
    char state[CONF_PATH_MAX];
    char sender[CONF_SENDER_MAX + 1];
    char path[CONF_PATH_MAX + 16];
    int fd = -1;
    int code = link_find_site(state, sender, args);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->yes && sender[0] == '\0')
        return args_fail(
            ARGS_EXIT_USAGE, "name the configuration with --config, or say --yes if you mean it");
    if (!args->yes && !is_meant(state, sender))
        return args_fail(ARGS_EXIT_REFUSED, "nothing was destroyed");
    (void)snprintf(path, sizeof path, "%s/control", state);
    if (ipc_connect(&fd, path) != ERR_OK)
        fd = -1;
    enum err err = wipe_folder(state);
    if (err == ERR_MISSING) {
        if (fd >= 0)
            close(fd);
        return args_fail(ARGS_EXIT_INPUT, "there is no site key in %s", state);
    }
    end_gateway(fd);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: not all could be removed: %s", state, err_text(err));
    printf("destroyed: the site key, then all in %s\n", state);
    return ARGS_EXIT_OK;
}
