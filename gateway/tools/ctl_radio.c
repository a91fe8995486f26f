#include "gateway/tools/ctl.h"

#include "gateway/messages/states.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"
#include "gateway/tools/show.h"

#include <stdio.h>
#include <unistd.h>

#define WATCH_US 500000

/* What is asked for of the status; the rest is read and passed over. */
static int ask(struct message_status_site *site, int fd)
{
    struct message message = {.type = MESSAGE_STATUS_GET};
    int code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type != MESSAGE_END) {
        if (message.type == MESSAGE_STATUS_SITE)
            *site = message.as.status_site;
        code = link_next(fd, &message);
    }
    return code;
}

static int print(const struct args *args, const struct message_status_site *site)
{
    if (args->json) {
        struct document *object = document_new_object();
        document_set_bool(object, "radio", site->radio != 0);
        show_set_on_air(object, &site->on_air, site->now_s);
        return output_print(object);
    }
    if (!site->radio)
        printf("no radio: the configuration has no radio section, or its process is not running\n");
    else if (site->on_air.state == MESSAGE_ON_AIR_NONE)
        printf("radio on, no transmitter: it makes files, which 'dabylctl air' lists\n");
    else
        show_print_on_air(&site->on_air, site->now_s);
    return ARGS_EXIT_OK;
}

/* Does this say something else? */
static bool is_news(const struct message_status_site *a, const struct message_status_site *b)
{
    const struct message_on_air *x = &a->on_air, *y = &b->on_air;
    return a->radio != b->radio || x->state != y->state || x->number != y->number ||
           x->next_s != y->next_s || x->result != y->result ||
           states_is_in_doubt(x, a->now_s) != states_is_in_doubt(y, b->now_s);
}

int ctl_radio(const struct args *args)
{
    struct message_status_site site = {.now_s = 0}, told;
    int fd;
    if (args->word_count > 0)
        return args_fail(ARGS_EXIT_USAGE, "'%s': radio takes no words", args->words[0]);
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = ask(&site, fd);
    if (code == ARGS_EXIT_OK)
        code = print(args, &site);
    while (args->watch && code == ARGS_EXIT_OK && !fflush(stdout) && !usleep(WATCH_US)) {
        told = site;
        code = ask(&site, fd);
        if (code == ARGS_EXIT_OK && is_news(&site, &told))
            code = print(args, &site);
    }
    close(fd);
    return code;
}
