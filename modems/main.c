/* dabyl-modem: one modem. Options, and the two functions that libgammu is made to call instead of its own: they must stand in
 * the program itself to come first, and need memory that outlives a call.
 */
#include "gateway/base/log.h"
#include "gateway/base/role.h"
#include "modems/pdu_guard.h"
#include "modems/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <unistd.h>

#define EXIT_USAGE 64
#define EXIT_ALONE 69
#define MS_PER_S 1000
#define PROMPT_TIMEOUT_S 8
#define ANSWER_TIMEOUT_S 60
#define SWEEP_S 20
#define USSD_EVERY_S 3600
#define USSD_EVERY_MAX_S 604800
#define IMEI_DIGITS 15
#define ICCID_DIGITS_MIN 18
#define ICCID_DIGITS_MAX 20
#define SECONDS_MAX 3600
#define PAUSE_MIN_US 200 /* libgammu's polling loops must not spin */
#define US_PER_S 1000000

static struct talk_shared *shared;

int GSM_DecodePDUFrame(
    void *debug, void *sms, const uint8_t *pdu, size_t size, size_t *end, int centre);

/* libgammu pauses 0.7 s in the sending of each part, whatever the modem. */
int usleep(useconds_t useconds)
{
    uint64_t percent = shared == NULL ? PACE_FULL : shared->pace_percent;
    uint64_t paced_us = useconds * percent / PACE_FULL;
    if (paced_us < PAUSE_MIN_US)
        paced_us = useconds < PAUSE_MIN_US ? useconds : PAUSE_MIN_US;
    struct timeval wait = {(time_t)(paced_us / US_PER_S), (suseconds_t)(paced_us % US_PER_S)};
    (void)select(0, NULL, NULL, NULL, &wait);
    return 0;
}

/* It has the parameters of libgammu's own. */
// NOLINTNEXTLINE(readability-function-size): see above
int GSM_DecodePDUFrame(
    void *debug, void *sms, const uint8_t *pdu, size_t size, size_t *end, int centre)
{
    struct pdu_guard_call call = {debug, sms, pdu, size, NULL, centre};
    call.end = end;
    return pdu_guard_decode(shared == NULL ? NULL : &shared->note, &call);
}

static const char usage[] =
    "usage: dabyl-modem --device PATH | --imei DIGITS | --iccid DIGITS [--devices GLOBS]\n"
    "                   --name NAME [--pin FILE | --pin-fd N] [--pace PERCENT]\n"
    "                   [--prompt-timeout S] [--answer-timeout S] [--sweep S]\n"
    "                   [--usb-reset PROGRAM] [--patience S]\n"
    "                   [--ussd CODE --ussd-pattern REGEX [--ussd-every S]]\n"
    "       dabyl-modem --device PATH --identify [--json] [--pin FILE]\n";

static _Noreturn void fail_usage(const char *what, const char *value)
{
    (void)fprintf(
        stderr, "dabyl-modem: %s%s%s\n%s", what, *value == '\0' ? "" : ": ", value, usage);
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

static int parse_seconds(const char *text, const char *what)
{
    return parse_number(text, 1, SECONDS_MAX, what) * MS_PER_S;
}

static const char *parse_digits(const char *text, size_t min, size_t max, const char *what)
{
    size_t size = strspn(text, "0123456789");
    if (text[size] != '\0' || size < min || size > max)
        fail_usage(what, text);
    return text;
}

static const char *parse_path(const char *text, const char *what)
{
    if (text[0] == '\0' || strlen(text) >= SEEK_PATH_MAX)
        fail_usage(what, text);
    return text;
}

/* 4 to 8 digits, perhaps with a line end. */
static void read_pin(char pin[PRECHECK_PIN_MAX + 1], int fd, const char *from)
{
    char text[PRECHECK_PIN_MAX + 3] = "";
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (got < 0)
        fail_usage("the PIN cannot be read", from);
    close(fd);
    text[strcspn(text, "\r\n")] = '\0';
    size_t size = strlen(text);
    if (size == 0 && got == 0)
        return;
    if (strspn(text, "0123456789") != size || size < 4 || size > PRECHECK_PIN_MAX)
        fail_usage("a PIN has 4 to 8 digits", from);
    memcpy(pin, text, size + 1);
}

enum choice {
    DEVICE,
    DEVICES,
    IMEI,
    ICCID,
    USB_RESET,
    PATIENCE,
    NAME,
    PIN,
    PIN_FD,
    PACE,
    PROMPT,
    ANSWER,
    SWEEP,
    IDENTIFY,
    JSON,
    HELP
};

static const struct option options_known[] = {
    {"device", required_argument, NULL, DEVICE},
    {"devices", required_argument, NULL, DEVICES},
    {"imei", required_argument, NULL, IMEI},
    {"iccid", required_argument, NULL, ICCID},
    {"usb-reset", required_argument, NULL, USB_RESET},
    {"patience", required_argument, NULL, PATIENCE},
    {"ussd", required_argument, NULL, USSD},
    {"ussd-pattern", required_argument, NULL, USSD_PATTERN},
    {"ussd-every", required_argument, NULL, USSD_EVERY},
    {"name", required_argument, NULL, NAME},
    {"pin", required_argument, NULL, PIN},
    {"pin-fd", required_argument, NULL, PIN_FD},
    {"pace", required_argument, NULL, PACE},
    {"prompt-timeout", required_argument, NULL, PROMPT},
    {"answer-timeout", required_argument, NULL, ANSWER},
    {"sweep", required_argument, NULL, SWEEP},
    {"identify", no_argument, NULL, IDENTIFY},
    {"json", no_argument, NULL, JSON},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static void take_option(
    struct worker_options *options, char pin[PRECHECK_PIN_MAX + 1], int option, const char *value)
{
    switch (option) {
    case DEVICE:
        options->device = parse_path(value, "no path");
        break;
    case DEVICES:
        options->devices = value;
        break;
    case IMEI:
        options->imei = parse_digits(value, IMEI_DIGITS, IMEI_DIGITS, "an IMEI has 15 digits");
        break;
    case ICCID:
        options->iccid =
            parse_digits(value, ICCID_DIGITS_MIN, ICCID_DIGITS_MAX, "an ICCID has 18 to 20 digits");
        break;
    case USB_RESET:
        options->usb_reset = parse_path(value, "no path");
        break;
    case PATIENCE:
        options->patience_ms = parse_seconds(value, "not 1 to 3600 seconds");
        break;
    case USSD:
        options->ussd = value;
        break;
    case USSD_PATTERN:
        options->ussd_pattern = value;
        break;
    case USSD_EVERY:
        options->ussd_every_s = parse_number(value, 1, USSD_EVERY_MAX_S, "not 1 to 604800 seconds");
        break;
    case NAME:
        options->name = value;
        break;
    case PIN:
        read_pin(pin, open(value, O_RDONLY | O_CLOEXEC), value);
        break;
    case PIN_FD:
        read_pin(pin, parse_number(value, 0, SECONDS_MAX, "no descriptor"), value);
        break;
    case PACE:
        options->pace_percent = (unsigned)parse_number(value, 0, 100, "a pace is 0 to 100 percent");
        break;
    case PROMPT:
        options->prompt_timeout_ms = parse_seconds(value, "not 1 to 3600 seconds");
        break;
    case ANSWER:
        options->answer_timeout_ms = parse_seconds(value, "not 1 to 3600 seconds");
        break;
    case SWEEP:
        options->sweep_ms = parse_seconds(value, "not 1 to 3600 seconds");
        break;
    case IDENTIFY:
        options->identify = true;
        break;
    case JSON:
        options->json = true;
        break;
    case HELP:
        (void)fputs(usage, stdout);
        exit(EXIT_SUCCESS);
    default:
        fail_usage("unknown option", "");
    }
}

int main(int argc, char **argv)
{
    char pin[PRECHECK_PIN_MAX + 1] = "";
    struct worker_options options = {
        .device = "",
        .devices = SEEK_EVERYWHERE,
        .imei = "",
        .iccid = "",
        .usb_reset = "",
        .patience_ms = HEALTH_PATIENCE_MS,
        .ussd = "",
        .ussd_pattern = "",
        .ussd_every_s = USSD_EVERY_S,
        .name = "modem",
        .pin = pin,
        .prompt_timeout_ms = PROMPT_TIMEOUT_S * MS_PER_S,
        .answer_timeout_ms = ANSWER_TIMEOUT_S * MS_PER_S,
        .sweep_ms = SWEEP_S * MS_PER_S,
    };
    int option;
    while ((option = getopt_long(argc, argv, "", options_known, NULL)) != -1)
        take_option(&options, pin, option, optarg);
    bool named = options.device[0] != '\0' || options.imei[0] != '\0' || options.iccid[0] != '\0';
    if (optind < argc || !named)
        fail_usage(
            optind < argc ? "unknown argument" : "which modem? --device PATH or --imei DIGITS",
            optind < argc ? argv[optind] : "");
    bool started_by_parent = role_begin();
    if (!started_by_parent && !options.identify) {
        (void)fputs("dabyl-modem: there is no dispatcher on descriptor 3: dabyld starts this "
                    "program; alone it can only --identify a modem\n",
            stderr);
        return EXIT_ALONE;
    }
    options.message_fd = options.identify ? -1 : ROLE_MESSAGE_FD;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        log_fatal("no_memory");
    options.shared = shared;
    return worker_run(&options);
}
