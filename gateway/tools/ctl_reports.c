#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <unistd.h>

static void print_tip(const struct args *args, struct output *list, const struct message_tip *tip)
{
    char at[CLOCK_UTC_SIZE];
    if (args->json) {
        struct output *row = output_object();
        output_set_number(row, "id", (int64_t)tip->id);
        output_set_time(row, "at", tip->at_s);
        output_set_text(row, "phone", tip->number);
        output_set_text(row, "text", tip->text);
        output_append(list, row);
        return;
    }
    clock_print_utc(at, tip->at_s);
    printf("%llu  %s  %s  ", (unsigned long long)tip->id, at, tip->number);
    for (const char *c = tip->text; *c != '\0';
         c++) /* a stranger's text: nothing that moves a cursor */
        putchar((unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c);
    putchar('\n');
}

int ctl_reports_list(const struct args *args)
{
    struct message message = {.type = MESSAGE_TIP_LIST};
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    struct output *list = output_list();
    code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type == MESSAGE_TIP) {
        print_tip(args, list, &message.as.tip);
        code = link_next(fd, &message);
    }
    close(fd);
    if (code == ARGS_EXIT_OK && args->json)
        return output_print(list);
    output_free(list);
    return code;
}
