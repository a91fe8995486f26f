#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"

#include <stdio.h>

static int print_row(const struct args *args, struct document *list, const struct message *message)
{
    const struct message_audit *audit = &message->as.audit;
    if (!args->json) {
        char at[CLOCK_UTC_SIZE];
        clock_print_utc(at, audit->at_s);
        printf(
            "%llu  %s  %-8s  %s\n", (unsigned long long)audit->id, at, audit->event, audit->detail);
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_number(row, "row", (int64_t)audit->id);
    document_set_time(row, "at", audit->at_s);
    document_set_text(row, "event", audit->event);
    document_set_text(row, "detail", audit->detail);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_audit_show(const struct args *args)
{
    return listing_print(args, MESSAGE_AUDIT_LIST, MESSAGE_AUDIT, print_row);
}

int ctl_audit_verify(const struct args *args)
{
    struct message message = {.type = MESSAGE_AUDIT_VERIFY};
    int code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf(
            "whole: %llu rows, none altered or removed\n", (unsigned long long)message.as.ok.value);
        return code;
    }
    struct document *object = document_new_object();
    document_set_number(object, "rows", (int64_t)message.as.ok.value);
    return output_print(object);
}
