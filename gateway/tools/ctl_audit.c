#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HEX_SIZE (2 * MESSAGES_HASH_SIZE + 1)

static struct document *output_row(const struct message_audit *audit)
{
    char hash[HEX_SIZE];
    for (size_t i = 0; i < MESSAGES_HASH_SIZE; i++)
        (void)snprintf(hash + 2 * i, sizeof hash - 2 * i, "%02x", audit->hash[i]);
    struct document *row = document_new_object();
    document_set_number(row, "row", (int64_t)audit->id);
    document_set_time(row, "at", audit->at_s);
    document_set_text(row, "event", audit->event);
    document_set_text(row, "detail", audit->detail);
    document_set_text(row, "hash", hash);
    return row;
}

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
    document_append(list, output_row(audit));
    return ARGS_EXIT_OK;
}

int ctl_audit_show(const struct args *args)
{
    return listing_print(args, MESSAGE_AUDIT_LIST, MESSAGE_AUDIT, print_row);
}

/* Every row as a line, behind what is there. */
static int write_rows(const struct args *args, FILE *file, long *count)
{
    struct message message = {.type = MESSAGE_AUDIT_LIST};
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_ask(fd, &message);
    for (; code == ARGS_EXIT_OK && message.type == MESSAGE_AUDIT; code = link_next(fd, &message)) {
        size_t size;
        struct document *row = output_row(&message.as.audit);
        char *line = document_write_new(&size, row);
        (void)fprintf(file, "%s\n", line);
        free(line);
        document_free(row);
        ++*count;
    }
    close(fd);
    return code;
}

int ctl_audit_export(const struct args *args)
{
    char *bytes = NULL;
    size_t size = 0;
    long count = 0;
    if (args->out == NULL)
        return args_fail(ARGS_EXIT_USAGE, "name a file: -o FILE");
    FILE *file = open_memstream(&bytes, &size);
    if (file == NULL)
        return args_fail(ARGS_EXIT_INPUT, "no memory");
    int code = write_rows(args, file, &count);
    if (fclose(file) != 0 && code == ARGS_EXIT_OK)
        code = args_fail(ARGS_EXIT_INPUT, "no memory");
    if (code == ARGS_EXIT_OK &&
        args_save_file(args->out, (const unsigned char *)bytes, size, false) != ERR_OK)
        code = ARGS_EXIT_INPUT;
    free(bytes);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf("%ld rows in %s\n", count, args->out);
        return code;
    }
    struct document *object = document_new_object();
    document_set_number(object, "rows", count);
    document_set_text(object, "file", args->out);
    return output_print(object);
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
