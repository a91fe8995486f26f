#include "gateway/tools/ctl.h"

#include "gateway/bulletin/area.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define AREAS_SIZE 512
#define LINE_MOST 1024

struct lines {
    char *bytes;
    size_t used;
    size_t room;
};

/* A line as import reads it. False without memory. */
static bool add_line(struct lines *lines, const struct message_subscriber *subscriber)
{
    char areas[AREAS_SIZE];
    if (lines->room - lines->used < LINE_MOST) {
        size_t room = lines->room * 2 + LINE_MOST;
        char *bytes = realloc(lines->bytes, room);
        if (bytes == NULL)
            return false;
        lines->bytes = bytes;
        lines->room = room;
    }
    area_print_codes(areas, sizeof areas, subscriber->regions);
    int used = snprintf(lines->bytes + lines->used, lines->room - lines->used, "%s;%s;%s;%s\n",
        subscriber->number, bulletin_print_language((enum bulletin_language)subscriber->language),
        subscriber->latin ? "latin" : "cyrillic", areas);
    lines->used += used > 0 ? (size_t)used : 0;
    return used > 0;
}

/* Those who get texts; who has stopped is not given away. */
static int collect(const struct args *args, struct lines *lines, long *count)
{
    struct message message = {.type = MESSAGE_EXPORT_NEXT};
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type == MESSAGE_SUBSCRIBER) {
        uint64_t id = message.as.subscriber.id;
        bool active = !message.as.subscriber.stopped;
        if (active && !add_line(lines, &message.as.subscriber))
            code = args_fail(ARGS_EXIT_INPUT, "no memory");
        *count += active;
        message = (struct message){.type = MESSAGE_EXPORT_NEXT};
        message.as.id.id = id;
        if (code == ARGS_EXIT_OK)
            code = link_ask(fd, &message);
    }
    close(fd);
    return code;
}

int ctl_subscribers_export(const struct args *args)
{
    static const char nothing[] = "";
    struct lines lines = {0};
    long count = 0;
    if (!args->numbers)
        return args_fail(ARGS_EXIT_USAGE,
            "this writes people's numbers in clear, and the audit says so: --numbers if that is "
            "meant");
    if (args->out == NULL)
        return args_fail(ARGS_EXIT_USAGE, "name a file: -o FILE");
    int code = collect(args, &lines, &count);
    const void *bytes = lines.bytes != NULL ? (const void *)lines.bytes : nothing;
    if (code == ARGS_EXIT_OK && args_save_file(args->out, bytes, lines.used, true) != ERR_OK)
        code = ARGS_EXIT_INPUT;
    free(lines.bytes);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf("%ld numbers in %s, readable by you alone\n", count, args->out);
        return code;
    }
    struct document *object = document_new_object();
    document_set_number(object, "numbers", count);
    document_set_text(object, "file", args->out);
    return output_print(object);
}
