/* dabyl-smpp: one bind to an operator's service centre: its options. */
#include "gateway/base/role.h"
#include "modems/smpp_text.h"
#include "modems/smpp_worker.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 64
#define EXIT_ALONE 69
#define MS_PER_S 1000
#define WINDOW 10
#define ENQUIRE_S 30
#define ANSWER_S 60
#define SECONDS_MAX 3600
#define PER_SECOND_MAX 10000

static const char usage[] = "usage: dabyl-smpp --host HOST --port PORT --system-id ID "
                            "--password-file FILE [--source SENDER]\n"
                            "                  [--name NAME] [--window N] [--per-second N] "
                            "[--enquire S] [--answer-timeout S]\n";

static _Noreturn void fail_usage(const char *what, const char *value)
{
    (void)fprintf(stderr, "dabyl-smpp: %s%s%s\n%s", what, *value == '\0' ? "" : ": ", value, usage);
    exit(EXIT_USAGE);
}

static int parse_number(const char *text, int min, int max, const char *what)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < min || value > max)
        fail_usage(what, text);
    return (int)value;
}

enum choice {
    HOST,
    PORT,
    SYSTEM_ID,
    PASSWORD,
    SOURCE,
    NAME,
    WINDOW_SIZE,
    RATE,
    ENQUIRE,
    ANSWER,
    HELP
};

static const struct option options_known[] = {
    {"host", required_argument, NULL, HOST},
    {"port", required_argument, NULL, PORT},
    {"system-id", required_argument, NULL, SYSTEM_ID},
    {"password-file", required_argument, NULL, PASSWORD},
    {"source", required_argument, NULL, SOURCE},
    {"name", required_argument, NULL, NAME},
    {"window", required_argument, NULL, WINDOW_SIZE},
    {"per-second", required_argument, NULL, RATE},
    {"enquire", required_argument, NULL, ENQUIRE},
    {"answer-timeout", required_argument, NULL, ANSWER},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static void take_number(struct smpp_worker_options *options, int option, const char *value)
{
    if (option == WINDOW_SIZE)
        options->window =
            (unsigned)parse_number(value, 1, SMPP_JOBS_WINDOW_MAX, "a window is 1 to 256");
    else if (option == RATE)
        options->per_second =
            (unsigned)parse_number(value, 0, PER_SECOND_MAX, "a rate is 0 to 10000 a second");
    else if (option == ENQUIRE)
        options->enquire_ms =
            parse_number(value, 1, SECONDS_MAX, "not 1 to 3600 seconds") * MS_PER_S;
    else
        options->answer_timeout_ms =
            parse_number(value, 1, SECONDS_MAX, "not 1 to 3600 seconds") * MS_PER_S;
}

static void take_option(struct smpp_worker_options *options, int option, const char *value)
{
    const char **const texts[] = {[HOST] = &options->host,
        [PORT] = &options->port,
        [SYSTEM_ID] = &options->system_id,
        [PASSWORD] = &options->password_file,
        [SOURCE] = &options->source,
        [NAME] = &options->name};
    if (option >= HOST && option <= NAME) {
        *texts[option] = value;
    } else if (option == HELP) {
        (void)fputs(usage, stdout);
        exit(EXIT_SUCCESS);
    } else if (option >= WINDOW_SIZE && option <= ANSWER) {
        take_number(options, option, value);
    } else {
        fail_usage("unknown option", "");
    }
}

static void check(const struct smpp_worker_options *options)
{
    struct smpp_pdu_address address;
    if (options->host == NULL || options->port == NULL || options->system_id == NULL ||
        options->password_file == NULL)
        fail_usage("--host, --port, --system-id and --password-file are needed", "");
    if (strlen(options->system_id) >= SMPP_PDU_SYSTEM_ID_SIZE)
        fail_usage("a system id has at most 15 characters", options->system_id);
    (void)parse_number(options->port, 1, UINT16_MAX, "a port is 1 to 65535");
    if (smpp_text_put_address(&address, options->source) != ERR_OK)
        fail_usage("a sender has at most 20 characters, all of ASCII", options->source);
}

int main(int argc, char **argv)
{
    struct smpp_worker_options options = {
        .name = "smpp",
        .source = "",
        .window = WINDOW,
        .enquire_ms = ENQUIRE_S * MS_PER_S,
        .answer_timeout_ms = ANSWER_S * MS_PER_S,
        .message_fd = ROLE_MESSAGE_FD,
    };
    int option;
    while ((option = getopt_long(argc, argv, "", options_known, NULL)) != -1)
        take_option(&options, option, optarg);
    if (optind < argc)
        fail_usage("unknown argument", argv[optind]);
    check(&options);
    if (!role_begin()) {
        (void)fputs(
            "dabyl-smpp: there is no dispatcher on descriptor 3: dabyld starts this program\n",
            stderr);
        return EXIT_ALONE;
    }
    return smpp_worker_run(&options);
}
