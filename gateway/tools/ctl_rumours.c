#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/messages/states.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ID_MAX 0x7fffffff

static int print_rumour(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_rumour *rumour = &message->as.rumour;
    if (!args->json) {
        char at[CLOCK_UTC_SIZE];
        clock_print_utc(at, rumour->at_s);
        printf("%4llu  %-8s", (unsigned long long)rumour->id, states_print_rumour(rumour->status));
        if (rumour->bulletin != 0)
            printf(" by %u", rumour->bulletin);
        printf("  %s  asked %u  [%s]  %s\n", at, rumour->asked, rumour->words, rumour->claim);
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_number(row, "id", (int64_t)rumour->id);
    document_set_text(row, "status", states_print_rumour(rumour->status));
    if (rumour->bulletin != 0)
        document_set_number(row, "bulletin", rumour->bulletin);
    else
        document_set_null(row, "bulletin");
    document_set_number(row, "asked", rumour->asked);
    document_set_time(row, "at", rumour->at_s);
    document_set_text(row, "words", rumour->words);
    document_set_text(row, "claim", rumour->claim);
    document_set_text(row, "evidence", rumour->evidence);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_rumours_list(const struct args *args)
{
    return listing_print(args, MESSAGE_RUMOUR_LIST, MESSAGE_RUMOUR, print_rumour);
}

/* The rumour as it is now. */
static int fetch(const struct args *args, struct message_rumour *rumour, uint64_t id)
{
    struct message message = {.type = MESSAGE_RUMOUR_LIST};
    bool found = false;
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_ask(fd, &message);
    for (; code == ARGS_EXIT_OK && message.type == MESSAGE_RUMOUR; code = link_next(fd, &message))
        if (message.as.rumour.id == id) {
            *rumour = message.as.rumour;
            found = true;
        }
    close(fd);
    if (code == ARGS_EXIT_OK && !found)
        code = args_fail(ARGS_EXIT_REFUSED, "there is no rumour %llu", (unsigned long long)id);
    return code;
}

static int put_text(char *text, size_t size, const char *given, const char *option)
{
    if (given == NULL)
        return ARGS_EXIT_OK;
    if (strlen(given) >= size)
        return args_fail(ARGS_EXIT_USAGE, "--%s has at most %zu bytes", option, size - 1);
    memcpy(text, given, strlen(given) + 1);
    return ARGS_EXIT_OK;
}

/* What the options say instead of what was there. */
static int take_options(struct message_rumour *rumour, const struct args *args)
{
    long number;
    int code = put_text(rumour->words, sizeof rumour->words, args->ask, "ask");
    if (code == ARGS_EXIT_OK)
        code = put_text(rumour->claim, sizeof rumour->claim, args->claim, "claim");
    if (code == ARGS_EXIT_OK)
        code = put_text(rumour->evidence, sizeof rumour->evidence, args->evidence, "evidence");
    if (code == ARGS_EXIT_OK && args_number(&number, args->answer, "--answer",
                                    (const long[]){1, BULLETIN_NUMBER_MAX, 0}) != ERR_OK)
        code = ARGS_EXIT_USAGE;
    if (code != ARGS_EXIT_OK || args->answer == NULL)
        return code;
    rumour->status = MESSAGE_RUMOUR_ANSWERED;
    rumour->bulletin = (uint32_t)number;
    return code;
}

static int save(const struct args *args, const struct message_rumour *rumour)
{
    struct message message = {.type = MESSAGE_RUMOUR_PUT};
    message.as.rumour = *rumour;
    message.as.rumour.editor = MESSAGES_NO_EDITOR;
    int code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf("rumour %llu: %s\n", (unsigned long long)message.as.ok.value,
            states_print_rumour(rumour->status));
        return code;
    }
    struct document *object = document_new_object();
    document_set_number(object, "id", (int64_t)message.as.ok.value);
    document_set_text(object, "status", states_print_rumour(rumour->status));
    return output_print(object);
}

static int id_of(const struct args *args, uint64_t *id)
{
    long value;
    if (args_number(&value, args->words[0], "the rumour", (const long[]){1, ID_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    *id = (uint64_t)value;
    return ARGS_EXIT_OK;
}

int ctl_rumours_put(const struct args *args)
{
    struct message_rumour rumour = {0};
    uint64_t id = 0;
    if (args->word_count > 1 || (args->word_count == 0 && args->ask == NULL))
        return args_fail(ARGS_EXIT_USAGE,
            "name one rumour, or say by which words people ask about a new one: --ask WORDS");
    int code = args->word_count == 1 ? id_of(args, &id) : ARGS_EXIT_OK;
    if (code == ARGS_EXIT_OK && id != 0)
        code = fetch(args, &rumour, id);
    if (rumour.status == MESSAGE_RUMOUR_CLOSED)
        rumour.status = MESSAGE_RUMOUR_CHECKING;
    if (code == ARGS_EXIT_OK)
        code = take_options(&rumour, args);
    return code == ARGS_EXIT_OK ? save(args, &rumour) : code;
}

int ctl_rumours_close(const struct args *args)
{
    struct message_rumour rumour = {0};
    uint64_t id = 0;
    if (args->word_count != 1)
        return args_fail(
            ARGS_EXIT_USAGE, "name one rumour by its number in 'dabylctl rumours list'");
    int code = id_of(args, &id);
    if (code == ARGS_EXIT_OK)
        code = fetch(args, &rumour, id);
    rumour.status = MESSAGE_RUMOUR_CLOSED;
    return code == ARGS_EXIT_OK ? save(args, &rumour) : code;
}

static int print_asked(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_asked *asked = &message->as.asked;
    if (!args->json) {
        char at[CLOCK_UTC_SIZE];
        clock_print_utc(at, asked->last_s);
        printf("%6u  %s  %s\n", asked->count, at, asked->text);
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_text(row, "text", asked->text);
    document_set_number(row, "count", asked->count);
    document_set_time(row, "last", asked->last_s);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_asked(const struct args *args)
{
    return listing_print(args, MESSAGE_ASKED_LIST, MESSAGE_ASKED, print_asked);
}
