#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>

#define PARTS_MOST 255

static const char *script_of(unsigned latin)
{
    return latin ? "latin" : "cyrillic";
}

static int64_t minutes_of(uint32_t minutes)
{
    return minutes == MESSAGES_MINUTES_NEVER ? -1 : (int64_t)minutes;
}

static int fill_request(struct message_audience_get *get, const struct args *args)
{
    enum bulletin_severity severity = BULLETIN_SEVERE;
    long parts;
    if (args->word_count != 0 || args->regions == NULL)
        return args_fail(
            ARGS_EXIT_USAGE, "name the regions: --regions KZ-75 (KZ is the whole country)");
    if (area_parse(&get->regions, args->regions) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "--regions is '%s'; write codes or names", args->regions);
    if (args->severity != NULL && bulletin_parse_severity(&severity, args->severity) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE,
            "--severity is '%s'; it is Unknown, Minor, Moderate, Severe or Extreme",
            args->severity);
    if (args_number(&parts, args->parts, "--parts", (const long[]){1, PARTS_MOST, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    get->severity = (uint8_t)severity;
    get->testers = args->testers;
    memset(get->parts, (int)parts, sizeof get->parts);
    return ARGS_EXIT_OK;
}

static void print_minutes(const char *what, uint32_t minutes)
{
    if (minutes == MESSAGES_MINUTES_NEVER)
        printf("%s: no modem can send it\n", what);
    else
        printf("%s: %u min\n", what, minutes);
}

static void print_audience(const struct message_audience *audience)
{
    printf("%u people, %u texts\n", audience->people, audience->parts);
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT * MESSAGES_SCRIPTS; i++) {
        uint32_t count = audience->count[i / MESSAGES_SCRIPTS][i % MESSAGES_SCRIPTS];
        if (count > 0)
            printf("  %s  %-8s  %u\n",
                bulletin_print_language((enum bulletin_language)(i / MESSAGES_SCRIPTS)),
                script_of(i % MESSAGES_SCRIPTS), count);
    }
    print_minutes("95 of 100", audience->minutes95);
    print_minutes("the last phone", audience->minutes);
}

static int output_audience(const struct message_audience *audience)
{
    struct document *object = document_new_object(), *counts = document_new_object();
    for (unsigned language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        struct document *row = document_new_object();
        for (unsigned latin = 0; latin < MESSAGES_SCRIPTS; latin++)
            document_set_number(row, script_of(latin), audience->count[language][latin]);
        document_set(counts, bulletin_print_language((enum bulletin_language)language), row);
    }
    document_set_number(object, "people", audience->people);
    document_set(object, "count", counts);
    document_set_number(object, "parts", audience->parts);
    document_set_number(object, "minutes", minutes_of(audience->minutes));
    document_set_number(object, "minutes95", minutes_of(audience->minutes95));
    return output_print(object);
}

int ctl_audience(const struct args *args)
{
    struct message message = {.type = MESSAGE_AUDIENCE_GET};
    int code = fill_request(&message.as.audience_get, args);
    if (code == ARGS_EXIT_OK)
        code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->json)
        return output_audience(&message.as.audience);
    print_audience(&message.as.audience);
    return code;
}

/* The counts of a row, as JSON members and as words for people. */
static const struct {
    const char *key;
    size_t offset;
} figures[] = {
    {"recipients", offsetof(struct message_outcome, recipients)},
    {"queued", offsetof(struct message_outcome, queued)},
    {"sent", offsetof(struct message_outcome, sent)},
    {"delivered", offsetof(struct message_outcome, delivered)},
    {"undeliverable", offsetof(struct message_outcome, undeliverable)},
    {"failed", offsetof(struct message_outcome, failed)},
    {"unknown", offsetof(struct message_outcome, unknown)},
    {"skipped", offsetof(struct message_outcome, skipped)},
    {"digest", offsetof(struct message_outcome, digest)},
    {"parts", offsetof(struct message_outcome, parts)},
};

static uint32_t figure_of(const struct message_outcome *outcome, size_t i)
{
    uint32_t value;
    memcpy(&value, (const char *)outcome + figures[i].offset, sizeof value);
    return value;
}

static const char *region_of(const struct message_outcome *outcome)
{
    const struct area *area = area_find_bit(outcome->region);
    return area != NULL ? area->code : "?";
}

static void print_outcome(const struct message_outcome *outcome)
{
    if (outcome->what == MESSAGE_OUTCOME_LANGUAGE)
        printf("%s %-8s", bulletin_print_language((enum bulletin_language)outcome->language),
            script_of(outcome->latin));
    else if (outcome->what == MESSAGE_OUTCOME_REGION)
        printf("%-11s", region_of(outcome));
    else
        printf("failed: %-3s", messages_cause((enum message_cause)outcome->cause));
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (figure_of(outcome, i) > 0)
            printf("  %s %u", figures[i].key, figure_of(outcome, i));
    putchar('\n');
}

static int print_row(const struct args *args, struct document *list, const struct message *message)
{
    const struct message_outcome *outcome = &message->as.outcome;
    if (!args->json) {
        print_outcome(outcome);
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    if (outcome->what == MESSAGE_OUTCOME_LANGUAGE) {
        document_set_text(
            row, "language", bulletin_print_language((enum bulletin_language)outcome->language));
        document_set_text(row, "script", script_of(outcome->latin));
    } else if (outcome->what == MESSAGE_OUTCOME_REGION) {
        document_set_text(row, "region", region_of(outcome));
    } else {
        document_set_text(row, "cause", messages_cause((enum message_cause)outcome->cause));
    }
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (outcome->what != MESSAGE_OUTCOME_CAUSE || strcmp(figures[i].key, "failed") == 0)
            document_set_number(row, figures[i].key, figure_of(outcome, i));
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_outcome(const struct args *args)
{
    long number;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin's number");
    if (args_number(&number, args->words[0], "the bulletin",
            (const long[]){1, BULLETIN_NUMBER_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    const struct listing listings[] = {
        {MESSAGE_OUTCOME_LIST, MESSAGE_OUTCOME, print_row, (uint64_t)number},
        {MESSAGE_NONE, MESSAGE_NONE, NULL, 0}};
    return listing_print_all(args, listings);
}

static int print_aired(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_aired *aired = &message->as.aired;
    if (!args->json) {
        char at[CLOCK_UTC_SIZE];
        clock_print_utc(at, aired->at_s);
        printf("%u  %s  %u s  %s\n", aired->number, at, aired->seconds, aired->path);
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_number(row, "number", aired->number);
    document_set_time(row, "at", aired->at_s);
    document_set_number(row, "seconds", aired->seconds);
    document_set_text(row, "wav", aired->path);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_air(const struct args *args)
{
    return listing_print(args, MESSAGE_AIR_LIST, MESSAGE_AIRED, print_aired);
}
