#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/base/trust.h"
#include "gateway/bulletin/area.h"
#include "gateway/messages/states.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"
#include "gateway/tools/show.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WATCH_US 500000
#define BAR_WIDTH 30
#define REGIONS_SIZE 256
#define SECONDS_PER_MINUTE 60

/* The counts of a bulletin, as JSON members and as words for people. */
static const struct {
    const char *key;
    const char *words;
    size_t offset;
} counts[] = {
    {"queued", "queued", offsetof(struct message_status_bulletin, queued)},
    {"in_flight", "on the way", offsetof(struct message_status_bulletin, in_flight)},
    {"sent", "sent", offsetof(struct message_status_bulletin, sent)},
    {"digest", "told by a digest", offsetof(struct message_status_bulletin, digest)},
    {"delivered", "delivered", offsetof(struct message_status_bulletin, delivered)},
    {"undeliverable", "undeliverable", offsetof(struct message_status_bulletin, undeliverable)},
    {"doubt", "in doubt", offsetof(struct message_status_bulletin, doubt)},
    {"unknown", "may not have arrived", offsetof(struct message_status_bulletin, unknown)},
    {"failed", "failed", offsetof(struct message_status_bulletin, failed)},
    {"skipped", "not sent (expired, stopped or superseded)",
        offsetof(struct message_status_bulletin, skipped)},
    {"again", "parts sent twice", offsetof(struct message_status_bulletin, again)},
};

static uint32_t count_of(const struct message_status_bulletin *bulletin, size_t i)
{
    uint32_t value;
    memcpy(&value, (const char *)bulletin + counts[i].offset, sizeof value);
    return value;
}

struct tables {
    struct document *site;
    struct document *modems;
    struct document *bulletins;
    bool sending; /* some bulletin is still going out */
};

static int64_t minutes_of(uint32_t minutes)
{
    return minutes == MESSAGES_MINUTES_NEVER ? -1 : (int64_t)minutes;
}

static void add_site(
    struct tables *tables, const struct args *args, const struct message_status_site *site)
{
    int64_t up_min = (site->now_s - site->started_s) / SECONDS_PER_MINUTE;
    if (!args->json) {
        printf("up %lld min, %u subscribers, roster %u, radio %s, %u answers waiting, %u texts "
               "received\n",
            (long long)up_min, site->subscribers, site->roster_number, site->radio ? "on" : "off",
            site->answers_waiting, site->inbound);
        show_print_on_air(&site->on_air, site->now_s);
        if (site->time != TRUST_VERIFIED)
            printf("time unverified: the clock is %s; nothing ends by time until it is set, or "
                   "you say 'dabylctl clock trust'\n",
                site->time == TRUST_BEHIND ? "behind" : "ahead");
        if (site->testers > 0)
            printf("%u of them are testers\n", site->testers);
        if (site->subscribers > 0 && site->minutes != MESSAGES_MINUTES_NEVER)
            printf("a text to all would take %u min\n", site->minutes);
        else if (site->subscribers > 0)
            printf("a text to all: no modem can send it\n");
        return;
    }
    document_set_time(tables->site, "now", site->now_s);
    document_set_bool(tables->site, "time_verified", site->time == TRUST_VERIFIED);
    document_set_time(tables->site, "started", site->started_s);
    document_set_number(tables->site, "subscribers", site->subscribers);
    document_set_number(tables->site, "testers", site->testers);
    document_set_number(tables->site, "roster", site->roster_number);
    document_set_bool(tables->site, "radio", site->radio != 0);
    show_set_on_air(tables->site, &site->on_air, site->now_s);
    document_set_number(tables->site, "answers_waiting", site->answers_waiting);
    document_set_number(tables->site, "inbound", site->inbound);
    document_set_number(tables->site, "minutes", minutes_of(site->minutes));
}

static void add_modem(
    struct tables *tables, const struct args *args, const struct message_status_modem *modem)
{
    const char *condition = messages_condition((enum message_condition)modem->state);
    if (!args->json) {
        char signal[8] = "  ?";
        if (modem->signal <= 100)
            (void)snprintf(signal, sizeof signal, "%3u%%", modem->signal);
        printf("modem %-10s %-8s signal %s  sent %u  failed %u  %s\n", modem->name, condition,
            signal, modem->sent, modem->failed, modem->detail);
        return;
    }
    struct document *row = document_new_object();
    document_set_text(row, "name", modem->name);
    document_set_text(row, "state", condition);
    document_set_number(row, "signal", modem->signal <= 100 ? modem->signal : -1);
    document_set_text(row, "imei", modem->imei);
    document_set_number(row, "sent", modem->sent);
    document_set_number(row, "failed", modem->failed);
    document_set_text(row, "detail", modem->detail);
    document_append(tables->modems, row);
}

static void print_bulletin(const struct message_status_bulletin *bulletin)
{
    char bar[BAR_WIDTH + 1];
    uint32_t open = bulletin->queued + bulletin->in_flight + bulletin->doubt;
    uint32_t all = bulletin->recipients > 0 ? bulletin->recipients : 1;
    uint32_t done = bulletin->recipients > open ? bulletin->recipients - open : 0;
    size_t filled = (size_t)((uint64_t)BAR_WIDTH * done / all);
    memset(bar, '-', BAR_WIDTH);
    memset(bar, '#', filled);
    bar[BAR_WIDTH] = '\0';
    printf("%u  %s  (%s)  %s\n  [%s] %u of %u\n ", bulletin->number,
        bulletin_print_kind((enum bulletin_kind)bulletin->kind), bulletin->code,
        states_print_bulletin(bulletin->state), bar, done, bulletin->recipients);
    const char *comma = "";
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (count_of(bulletin, i) > 0) {
            printf("%s %u %s", comma, count_of(bulletin, i), counts[i].words);
            comma = ",";
        }
    printf("%s\n", bulletin->aired ? "" : *comma == '\0' ? " nobody to be told" : "");
    if (bulletin->kind == BULLETIN_DRILL)
        printf("  for %s, %u have answered OK\n", bulletin->everyone ? "everyone" : "testers",
            bulletin->oks);
    if (bulletin->queued > 0 && bulletin->minutes != MESSAGES_MINUTES_NEVER)
        printf("  the last phone in %u min\n", bulletin->minutes);
    else if (bulletin->queued > 0)
        printf("  no modem can send it now\n");
    if (bulletin->aired)
        printf("  on the air: %s\n", bulletin->air_path);
    if (show_count_heard(bulletin->heard) > 0) {
        printf("  ");
        show_print_heard(bulletin->heard);
    }
}

static void add_bulletin(
    struct tables *tables, const struct args *args, const struct message_status_bulletin *bulletin)
{
    if (bulletin->state == MESSAGE_BULLETIN_SENDING)
        tables->sending = true;
    if (!args->json) {
        print_bulletin(bulletin);
        return;
    }
    char regions[REGIONS_SIZE];
    area_print_codes(regions, sizeof regions, bulletin->regions);
    struct document *row = document_new_object();
    document_set_number(row, "number", bulletin->number);
    document_set_text(row, "kind", bulletin_print_kind((enum bulletin_kind)bulletin->kind));
    document_set_text(row, "state", states_print_bulletin(bulletin->state));
    document_set_text(row, "check_code", bulletin->code);
    document_set_time(row, "sent_at", bulletin->sent_s);
    document_set_time(row, "expires", bulletin->expires_s);
    document_set_number(row, "recipients", bulletin->recipients);
    document_set_number(row, "parts", bulletin->parts);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        document_set_number(row, counts[i].key, count_of(bulletin, i));
    document_set_number(row, "minutes", minutes_of(bulletin->minutes));
    document_set_text(
        row, "severity", bulletin_print_severity((enum bulletin_severity)bulletin->severity));
    document_set_text(row, "regions", regions);
    if (bulletin->follows != 0)
        document_set_number(row, "follows", bulletin->follows);
    else
        document_set_null(row, "follows");
    if (bulletin->kind == BULLETIN_DRILL) {
        document_set_bool(row, "everyone", bulletin->everyone != 0);
        document_set_number(row, "oks", bulletin->oks);
    }
    show_set_heard(row, bulletin->heard);
    document_set_text(row, "air", bulletin->aired ? bulletin->air_path : "");
    document_append(tables->bulletins, row);
}

static int show_once(const struct args *args, int fd, uint64_t number, bool *sending)
{
    struct tables tables = {document_new_object(), document_new_list(), document_new_list(), false};
    struct message message = {.type = MESSAGE_STATUS_GET};
    message.as.id.id = number;
    int code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type != MESSAGE_END) {
        if (message.type == MESSAGE_STATUS_SITE)
            add_site(&tables, args, &message.as.status_site);
        else if (message.type == MESSAGE_STATUS_MODEM)
            add_modem(&tables, args, &message.as.status_modem);
        else if (message.type == MESSAGE_STATUS_BULLETIN)
            add_bulletin(&tables, args, &message.as.status_bulletin);
        code = link_next(fd, &message);
    }
    *sending = tables.sending;
    document_set(tables.site, "modems", tables.modems);
    document_set(tables.site, "bulletins", tables.bulletins);
    if (code == ARGS_EXIT_OK && args->json)
        return output_print(tables.site);
    document_free(tables.site);
    return code;
}

int ctl_status(const struct args *args)
{
    long number;
    int fd;
    bool sending;
    if (args->word_count > 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin's number, or none for all");
    if (args_number(&number, args->word_count == 1 ? args->words[0] : NULL, "the bulletin",
            (const long[]){1, BULLETIN_NUMBER_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    do {
        if (args->watch && !args->json && isatty(STDOUT_FILENO))
            printf("\033[H\033[2J");
        code = show_once(args, fd, (uint64_t)number, &sending);
        (void)fflush(stdout);
    } while (code == ARGS_EXIT_OK && args->watch && sending && usleep(WATCH_US) == 0);
    close(fd);
    return code;
}

static int print_doubt(
    const struct args *args, struct document *list, const struct message *message)
{
    const struct message_doubt *doubt = &message->as.doubt;
    if (!args->json) {
        printf("%u  %s  part %u  by %s  %s\n", doubt->bulletin, doubt->number, doubt->part,
            doubt->modem, doubt->final ? "may not have arrived" : "waiting for a report");
        return ARGS_EXIT_OK;
    }
    struct document *row = document_new_object();
    document_set_number(row, "number", doubt->bulletin);
    document_set_text(row, "phone", doubt->number);
    document_set_number(row, "part", doubt->part);
    document_set_text(row, "modem", doubt->modem);
    document_set_bool(row, "final", doubt->final != 0);
    document_append(list, row);
    return ARGS_EXIT_OK;
}

int ctl_doubt(const struct args *args)
{
    return listing_print(args, MESSAGE_DOUBT_LIST, MESSAGE_DOUBT, print_doubt);
}

int ctl_clock_trust(const struct args *args)
{
    struct message message = {.type = MESSAGE_CLOCK_TRUST};
    int code = link_ask_once(args, &message);
    if (code == ARGS_EXIT_OK && !args->json)
        printf("the clock is believed\n");
    return code;
}
