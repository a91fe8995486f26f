#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"
#include "modems/number.h"
#include "modems/people_line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAD_SHOWN_MAX 20
#define AREAS_SIZE 512

/* Nothing is imported unless every line is right. Numbers are never printed: lines are named by their place. */
static unsigned check_lines(FILE *file, const char *path)
{
    char line[PEOPLE_LINE_MAX];
    unsigned bad = 0;
    for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        struct message_subscriber_put put;
        const char *why = strlen(line) == sizeof line - 1 ? "too long"
                          : people_line_is_blank(line)    ? NULL
                                                          : people_line_parse(&put, line);
        if (why != NULL && ++bad <= BAD_SHOWN_MAX)
            (void)args_fail(0, "%s:%u: %s", path, number, why);
    }
    return bad;
}

static int put_lines(const struct args *args, FILE *file, long counts[2])
{
    char line[PEOPLE_LINE_MAX];
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    while (code == ARGS_EXIT_OK && fgets(line, sizeof line, file) != NULL) {
        struct message message = {.type = MESSAGE_SUBSCRIBER_PUT};
        if (people_line_is_blank(line) ||
            people_line_parse(&message.as.subscriber_put, line) != NULL)
            continue;
        (void)snprintf(message.as.subscriber_put.consent, sizeof message.as.subscriber_put.consent,
            "%s", args->consent);
        message.as.subscriber_put.tester = args->testers;
        code = link_ask(fd, &message);
        if (code == ARGS_EXIT_OK)
            counts[message.as.ok.value == 1]++;
    }
    close(fd);
    return code;
}

int ctl_subscribers_import(const struct args *args)
{
    if (args->word_count != 1)
        return args_fail(
            ARGS_EXIT_USAGE, "name one file; a line is NUMBER;LANGUAGE;SCRIPT;REGIONS");
    if (args->consent == NULL)
        return args_fail(
            ARGS_EXIT_USAGE, "say how these people agreed: --consent \"paper forms, 12 March\"");
    FILE *file = fopen(args->words[0], "re");
    if (file == NULL)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", args->words[0], strerror(errno));
    unsigned bad = check_lines(file, args->words[0]);
    long counts[2] = {0, 0};
    int code = bad == 0 ? ARGS_EXIT_OK
                        : args_fail(ARGS_EXIT_INPUT, "%u wrong line%s; nothing was imported", bad,
                              bad == 1 ? "" : "s");
    if (code == ARGS_EXIT_OK && fseek(file, 0, SEEK_SET) != 0)
        code = args_fail(
            ARGS_EXIT_INPUT, "%s: cannot be read twice; give a plain file", args->words[0]);
    if (code == ARGS_EXIT_OK)
        code = put_lines(args, file, counts);
    (void)fclose(file);
    if (args->json) {
        struct document *object = document_new_object();
        document_set_number(object, "new", counts[1]);
        document_set_number(object, "changed", counts[0]);
        int printed = output_print(object);
        return code == ARGS_EXIT_OK ? printed : code;
    }
    if (code == ARGS_EXIT_OK || counts[0] + counts[1] > 0)
        printf("%ld new, %ld changed\n", counts[1], counts[0]);
    return code;
}

int ctl_subscribers_tester(const struct args *args)
{
    struct message message = {.type = MESSAGE_TESTER_PUT};
    struct message_tester *request = &message.as.tester;
    char number[NUMBER_SIZE];
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one subscriber's number");
    if (number_parse_mobile(number, args->words[0]) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "this is no mobile number of Kazakhstan");
    memcpy(request->number, number, sizeof number);
    request->tester = !args->remove;
    int code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf("%s\n", args->remove ? "no tester any more" : "a tester from now on");
        return code;
    }
    struct document *object = document_new_object();
    document_set_bool(object, "tester", !args->remove);
    return output_print(object);
}

static int print_subscriber(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_subscriber *subscriber = &message->as.subscriber;
    char areas[AREAS_SIZE];
    char joined[CLOCK_UTC_SIZE];
    const char *language = bulletin_print_language((enum bulletin_language)subscriber->language);
    const char *script = subscriber->latin ? "latin" : "cyrillic";
    area_print_codes(areas, sizeof areas, subscriber->regions);
    clock_print_utc(joined, subscriber->joined_s);
    if (!args->json) {
        printf("%6llu  %s  %s  %-8s  %-7s  joined %s  %s%s\n", (unsigned long long)subscriber->id,
            subscriber->number, language, script, subscriber->stopped ? "stopped" : "active",
            joined, areas, subscriber->tester ? "  tester" : "");
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_number(row, "id", (int64_t)subscriber->id);
    document_set_text(row, "number", subscriber->number);
    document_set_text(row, "language", language);
    document_set_text(row, "script", script);
    document_set_text(row, "regions", areas);
    document_set_number(row, "level", subscriber->level);
    document_set_bool(row, "stopped", subscriber->stopped != 0);
    document_set_bool(row, "tester", subscriber->tester != 0);
    document_set_time(row, "joined", subscriber->joined_s);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_subscribers_list(const struct args *args)
{
    return listing_print(args, MESSAGE_SUBSCRIBER_LIST, MESSAGE_SUBSCRIBER, print_subscriber);
}

static int print_count(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_count *count = &message->as.count;
    const struct area *area = area_find_bit(count->region);
    const char *code = area != NULL ? area->code : "?";
    const char *language = bulletin_print_language((enum bulletin_language)count->language);
    const char *script = count->latin ? "latin" : "cyrillic";
    if (!args->json) {
        printf("%-6s %-28s %s  %-8s  %u\n", code, area != NULL ? area->name[BULLETIN_EN] : "",
            language, script, count->count);
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_text(row, "region", code);
    document_set_text(row, "language", language);
    document_set_text(row, "script", script);
    document_set_number(row, "count", count->count);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_subscribers_count(const struct args *args)
{
    return listing_print(args, MESSAGE_SUBSCRIBER_COUNT, MESSAGE_COUNT, print_count);
}
