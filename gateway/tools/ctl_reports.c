#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"
#include "gateway/tools/show.h"

#include <stdio.h>

static int print_tip(const struct args *args, struct document *list, const struct message *message)
{
    const struct message_tip *tip = &message->as.tip;
    char at[CLOCK_UTC_SIZE];
    if (args->json) {
        struct document *row = document_new_object();
        document_set_number(row, "id", (int64_t)tip->id);
        document_set_time(row, "at", tip->at_s);
        document_set_text(row, "phone", tip->number);
        document_set_text(row, "text", tip->text);
        document_append(list, row);
        return ARGS_EXIT_OK;
    }
    clock_print_utc(at, tip->at_s);
    printf("%llu  %s  %s  ", (unsigned long long)tip->id, at, tip->number);
    for (const char *c = tip->text; *c != '\0';
         c++) /* a stranger's text: nothing that moves a cursor */
        putchar((unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c);
    putchar('\n');
    return ARGS_EXIT_OK;
}

static int print_reception(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_reception *reception = &message->as.reception;
    if (args->json) {
        struct document *row = document_new_object();
        document_set_number(row, "bulletin", reception->number);
        show_set_heard(row, reception->heard);
        document_append(list, row);
        return ARGS_EXIT_OK;
    }
    printf("bulletin %u  ", reception->number);
    show_print_heard(reception->heard);
    return ARGS_EXIT_OK;
}

int ctl_reports_list(const struct args *args)
{
    static const struct listing listings[] = {{MESSAGE_TIP_LIST, MESSAGE_TIP, print_tip, 0},
        {MESSAGE_RECEPTION_LIST, MESSAGE_RECEPTION, print_reception, 0},
        {MESSAGE_NONE, MESSAGE_NONE, NULL, 0}};
    return listing_print_all(args, listings);
}
