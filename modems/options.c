#include "modems/options.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <regex.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MS_PER_S 1000
#define SECONDS_MAX 3600
#define USSD_EVERY_MAX_S 604800
#define NAME_MAX_BYTES 31

static const char usage[] =
    "usage: dabyl-modem --device PATH | --imei DIGITS | --iccid DIGITS [--devices GLOBS]\n"
    "                   --name NAME [--pin FILE | --pin-fd N] [--pace PERCENT]\n"
    "                   [--prompt-timeout S] [--answer-timeout S] [--sweep S]\n"
    "                   [--usb-reset PROGRAM] [--patience S]\n"
    "                   [--ussd CODE --ussd-pattern REGEX [--ussd-every S]]\n"
    "       dabyl-modem --identify [--device PATH | --devices GLOBS] [--json] [--pin FILE]\n";

static _Noreturn void fail(const char *what, const char *value)
{
    (void)fprintf(
        stderr, "dabyl-modem: %s%s%s\n%s", what, *value == '\0' ? "" : ": ", value, usage);
    exit(OPTIONS_EXIT_USAGE);
}

enum kind { TEXT, DIGITS, NUMBER, SECONDS, FLAG, PIN, PIN_FD, HELP };

/* min and max: of a number, of seconds, or of a text's bytes. */
static const struct row {
    const char *name;
    enum kind kind;
    size_t offset; /* in struct worker_options */
    int min;
    int max;
    const char *wrong;
} rows[] = {
    {"device", TEXT, offsetof(struct worker_options, device), 1, SEEK_PATH_MAX - 1, "no path"},
    {"devices", TEXT, offsetof(struct worker_options, devices), 1, 4096, "no patterns"},
    {"imei", DIGITS, offsetof(struct worker_options, imei), 15, 15, "an IMEI has 15 digits"},
    {"iccid", DIGITS, offsetof(struct worker_options, iccid), 18, 20,
        "an ICCID has 18 to 20 digits"},
    {"name", TEXT, offsetof(struct worker_options, name), 1, NAME_MAX_BYTES,
        "a name has 1 to 31 bytes"},
    {"pin", PIN, 0, 0, 0, ""},
    {"pin-fd", PIN_FD, 0, 0, 1024, "no descriptor"},
    {"pace", NUMBER, offsetof(struct worker_options, pace_percent), 0, 100,
        "a pace is 0 to 100 percent"},
    {"prompt-timeout", SECONDS, offsetof(struct worker_options, prompt_timeout_ms), 1, SECONDS_MAX,
        "not 1 to 3600 seconds"},
    {"answer-timeout", SECONDS, offsetof(struct worker_options, answer_timeout_ms), 1, SECONDS_MAX,
        "not 1 to 3600 seconds"},
    {"sweep", SECONDS, offsetof(struct worker_options, sweep_ms), 1, SECONDS_MAX,
        "not 1 to 3600 seconds"},
    {"patience", SECONDS, offsetof(struct worker_options, patience_ms), 1, SECONDS_MAX,
        "not 1 to 3600 seconds"},
    {"usb-reset", TEXT, offsetof(struct worker_options, usb_reset), 1, SEEK_PATH_MAX - 1,
        "no path"},
    {"ussd", TEXT, offsetof(struct worker_options, ussd), 1, USSD_CODE_MAX, "not 1 to 31 bytes"},
    {"ussd-pattern", TEXT, offsetof(struct worker_options, ussd_pattern), 1, 4096, "no pattern"},
    {"ussd-every", NUMBER, offsetof(struct worker_options, ussd_every_s), 1, USSD_EVERY_MAX_S,
        "not 1 to 604800 seconds"},
    {"identify", FLAG, offsetof(struct worker_options, identify), 0, 0, ""},
    {"json", FLAG, offsetof(struct worker_options, json), 0, 0, ""},
    {"help", HELP, 0, 0, 0, ""},
};

#define ROWS (sizeof rows / sizeof rows[0])

static int parse_number(const struct row *row, const char *text)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < row->min || value > row->max)
        fail(row->wrong, text);
    return (int)value;
}

static const char *parse_text(const struct row *row, const char *text)
{
    size_t size = strlen(text);
    bool digits = row->kind != DIGITS || strspn(text, "0123456789") == size;
    if (!digits || size < (size_t)row->min || size > (size_t)row->max)
        fail(row->wrong, text);
    return text;
}

/* 4 to 8 digits, perhaps with a line end. */
static void read_pin(char pin[PRECHECK_PIN_MAX + 1], int fd, const char *from)
{
    char text[PRECHECK_PIN_MAX + 3] = "";
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (got < 0)
        fail("the PIN cannot be read", from);
    close(fd);
    text[strcspn(text, "\r\n")] = '\0';
    size_t size = strlen(text);
    if (size == 0 && got == 0)
        return;
    if (strspn(text, "0123456789") != size || size < 4 || size > PRECHECK_PIN_MAX)
        fail("a PIN has 4 to 8 digits", from);
    memcpy(pin, text, size + 1);
}

static void take(
    struct worker_options *options, char *pin, const struct row *row, const char *value)
{
    void *field = (char *)options + row->offset;
    switch (row->kind) {
    case TEXT:
    case DIGITS:
        *(const char **)field = parse_text(row, value);
        break;
    case NUMBER:
        *(int *)field = parse_number(row, value);
        break;
    case SECONDS:
        *(int *)field = parse_number(row, value) * MS_PER_S;
        break;
    case FLAG:
        *(bool *)field = true;
        break;
    case PIN:
        read_pin(pin, open(value, O_RDONLY | O_CLOEXEC), value);
        break;
    case PIN_FD:
        read_pin(pin, parse_number(row, value), value);
        break;
    case HELP:
        (void)fputs(usage, stdout);
        exit(EXIT_SUCCESS);
    }
}

static void check_pattern(const struct worker_options *options)
{
    regex_t pattern;
    if (options->ussd[0] == '\0')
        return;
    if (regcomp(&pattern, options->ussd_pattern, REG_EXTENDED) != 0)
        fail("no extended regular expression", options->ussd_pattern);
    if (pattern.re_nsub < 1)
        fail("the amount must stand in brackets", options->ussd_pattern);
    regfree(&pattern);
}

static void parse(struct worker_options *options, char *pin, int argc, char **argv)
{
    struct option known[ROWS + 1] = {{0}};
    for (size_t i = 0; i < ROWS; i++)
        known[i] = (struct option){.name = rows[i].name,
            .has_arg =
                rows[i].kind == FLAG || rows[i].kind == HELP ? no_argument : required_argument,
            .val = (int)i};
    int at;
    while ((at = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (at < 0 || (size_t)at >= ROWS)
            fail("unknown option", "");
        take(options, pin, &rows[at], optarg);
    }
}

void options_take(
    struct worker_options *options, char pin[PRECHECK_PIN_MAX + 1], int argc, char **argv)
{
    *options = (struct worker_options){
        .device = "",
        .devices = SEEK_EVERYWHERE,
        .imei = "",
        .iccid = "",
        .name = "modem",
        .pin = pin,
        .prompt_timeout_ms = 8000,
        .answer_timeout_ms = 60000,
        .sweep_ms = 20000,
        .patience_ms = HEALTH_PATIENCE_MS,
        .usb_reset = "",
        .ussd = "",
        .ussd_pattern = "",
        .ussd_every_s = 3600,
        .message_fd = -1,
    };
    parse(options, pin, argc, argv);
    if (optind < argc)
        fail("unknown argument", argv[optind]);
    if (!options->identify && options->device[0] == '\0' && options->imei[0] == '\0' &&
        options->iccid[0] == '\0')
        fail("which modem? --device PATH or --imei DIGITS", "");
    check_pattern(options);
}
