#include "gateway/tools/ctl.h"

#include "gateway/messages/states.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>

#define MS_PER_MIN 60000
#define NOTE_SIZE 96
#define FIGURE_SIZE 24

/* Why it gets less work than it could do, or nothing. */
static void print_note(char note[NOTE_SIZE], const struct message_status_modem *modem)
{
    const char *cause = messages_cause((enum message_cause)modem->cause);
    note[0] = '\0';
    if (modem->hold != MESSAGE_HOLD_NONE)
        (void)snprintf(note, NOTE_SIZE, "%s by an operator", states_print_hold(modem->hold));
    else if (modem->breaker == MESSAGE_BREAKER_OPEN)
        (void)snprintf(
            note, NOTE_SIZE, "set aside (%s), tried again in %u s", cause, modem->wait_s);
    else if (modem->breaker == MESSAGE_BREAKER_TRYING)
        (void)snprintf(note, NOTE_SIZE, "being tried (%s)", cause);
    else if (modem->left == 0)
        (void)snprintf(note, NOTE_SIZE, "its budget is spent for now");
}

/* A number, or what stands for none. */
static void print_figure(char figure[FIGURE_SIZE], int64_t value, const char *unit, bool known)
{
    if (known)
        (void)snprintf(figure, FIGURE_SIZE, "%lld%s", (long long)value, unit);
    else
        (void)snprintf(figure, FIGURE_SIZE, "?");
}

static void print_modem(const struct message_status_modem *modem)
{
    char signal[FIGURE_SIZE], credit[FIGURE_SIZE], pace[FIGURE_SIZE], left[FIGURE_SIZE];
    char note[NOTE_SIZE];
    print_figure(signal, modem->signal, "%", modem->signal <= 100);
    print_figure(credit, modem->credit, "", modem->credit >= 0);
    print_figure(
        pace, modem->part_ms == 0 ? 0 : MS_PER_MIN / modem->part_ms, "/min", modem->part_ms != 0);
    print_figure(left, modem->left, "", modem->left != MESSAGES_NO_LIMIT);
    if (modem->left == MESSAGES_NO_LIMIT)
        (void)snprintf(left, sizeof left, "no limit");
    print_note(note, modem);
    printf("%-12s %-8s signal %-4s %-10s credit %-6s pace %-8s last minute %u  sent %u  failed %u  "
           "left %s\n",
        modem->name, messages_condition((enum message_condition)modem->state), signal,
        modem->operator_name[0] != '\0' ? modem->operator_name : "-", credit, pace, modem->rate,
        modem->sent, modem->failed, left);
    if (note[0] != '\0' || modem->detail[0] != '\0')
        printf("             %s%s%s\n", note,
            note[0] != '\0' && modem->detail[0] != '\0' ? "; " : "", modem->detail);
}

static void append_modem(struct document *list, const struct message_status_modem *modem)
{
    struct document *row = document_new_object();
    document_set_text(row, "name", modem->name);
    document_set_text(row, "state", messages_condition((enum message_condition)modem->state));
    document_set_number(row, "signal", modem->signal <= 100 ? modem->signal : -1);
    document_set_text(row, "operator", modem->operator_name);
    document_set_number(row, "credit", modem->credit);
    document_set_number(row, "pace", modem->pace);
    document_set_number(row, "part_ms", modem->part_ms);
    document_set_number(row, "rate", modem->rate);
    document_set_number(row, "sent", modem->sent);
    document_set_number(row, "failed", modem->failed);
    document_set_text(row, "hold", states_print_hold(modem->hold));
    document_set_text(row, "breaker", states_print_breaker(modem->breaker));
    document_set_text(row, "cause",
        modem->breaker == MESSAGE_BREAKER_CLOSED
            ? ""
            : messages_cause((enum message_cause)modem->cause));
    document_set_number(row, "wait_s", modem->wait_s);
    document_set_number(row, "left", modem->left == MESSAGES_NO_LIMIT ? -1 : (int64_t)modem->left);
    document_set_text(row, "imei", modem->imei);
    document_set_text(row, "detail", modem->detail);
    document_append(list, row);
}

static int print_row(const struct args *args, struct document *list, const struct message *message)
{
    if (args->json)
        append_modem(list, &message->as.status_modem);
    else
        print_modem(&message->as.status_modem);
    return ARGS_EXIT_OK;
}

int ctl_modems(const struct args *args)
{
    if (args->word_count > 0)
        return args_fail(ARGS_EXIT_USAGE,
            "'%s' is no command of modems: pause, resume, drain or test", args->words[0]);
    return listing_print(args, MESSAGE_STATUS_GET, MESSAGE_STATUS_MODEM, print_row);
}

static int control(const struct args *args, enum message_control what, const char *done)
{
    struct message message = {.type = MESSAGE_MODEM_CONTROL};
    struct message_modem_control *request = &message.as.modem_control;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one modem; 'dabylctl modems' lists them");
    if (strlen(args->words[0]) >= sizeof request->name)
        return args_fail(ARGS_EXIT_USAGE, "'%s' is no modem's name", args->words[0]);
    request->control = (uint8_t)what;
    (void)snprintf(request->name, sizeof request->name, "%s", args->words[0]);
    if (args->to != NULL)
        (void)snprintf(request->number, sizeof request->number, "%s", args->to);
    int code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf("%s: %s\n", args->words[0], done);
        return code;
    }
    struct document *object = document_new_object();
    document_set_text(object, "modem", args->words[0]);
    document_set_text(object, "done", done);
    return output_print(object);
}

int ctl_modems_pause(const struct args *args)
{
    return control(args, MESSAGE_CONTROL_PAUSE, "paused");
}

int ctl_modems_resume(const struct args *args)
{
    return control(args, MESSAGE_CONTROL_RESUME, "resumed");
}

int ctl_modems_drain(const struct args *args)
{
    return control(args, MESSAGE_CONTROL_DRAIN, "draining");
}

int ctl_modems_test(const struct args *args)
{
    if (args->to == NULL || args->to[0] == '\0')
        return args_fail(ARGS_EXIT_USAGE, "say whom to: --to NUMBER");
    return control(args, MESSAGE_CONTROL_TEST, "test text queued");
}
