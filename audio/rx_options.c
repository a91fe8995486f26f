#include "audio/rx_options.h"

#include "gateway/base/clock.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S 86400
#define RATE_DEFAULT_HZ 8000

static const char help[] =
    "usage: dabyl-rx [options] INPUT ... | --device NAME\n"
    "  INPUT is a recording (WAV, FLAC, OGG), or - for raw signed 16-bit samples\n"
    "  --device NAME        listen to a sound card, as ALSA calls it\n"
    "  --fingerprint TEXT   the newsroom's published fingerprint\n"
    "  --newsroom-key FILE  the newsroom's public key instead\n"
    "  --roster FILE        its roster; otherwise one is waited for on the air\n"
    "  --json               one JSON object a line for each bulletin\n"
    "  --unverified         show also what could not be verified, marked so\n"
    "  --now TIME           judge as of then: 2026-01-31T23:59:59Z or seconds\n"
    "  --rate HZ            of raw samples, 8000-48000 (8000)\n"
    "  --voice FILE         write digital voice to a WAV file while it is heard\n"
    "  --speaker NAME       play it on a sound card\n"
    "  --view               show how it goes on the terminal (so when live)\n"
    "  --lines              show lines, on a terminal too\n"
    "  --save FOLDER        write each verified bulletin to a file\n"
    "  --relay SOCKET       hand verified bulletins to a gateway\n"
    "  --stats              say on standard error what was heard\n"
    "Exit status: 0 verified, 1 nothing verified, 2 usage, 3 input, 4 roster or key, 5 output.\n";

void rx_options_print_help(void)
{
    (void)fputs(help, stdout);
}

/* Days from 1970-01-01 to a day of the Gregorian calendar. */
static int64_t days_from_date(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t y = month > 2 ? year : year - 1; /* the leap day belongs to the year before March */
    int64_t leaps = y / 4 - y / 100 + y / 400 - 477;
    return (int64_t)(year - 1970) * 365 + leaps + before[month - 1] + day - 1;
}

/* Has text a digit where form has one, and all else as form has it? */
static bool has_form(const char *text, const char *form)
{
    for (; *form; text++, form++)
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return !*text;
}

static int parse_digits(const char *digits, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

static bool parse_utc(int64_t *when_s, const char *text)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    if (!has_form(text, form))
        return false;
    int year = parse_digits(text, 4), month = parse_digits(text + 5, 2);
    if (year < 1970 || month < 1 || month > 12)
        return false;
    int seconds = (parse_digits(text + 11, 2) * 60 + parse_digits(text + 14, 2)) * 60 +
                  parse_digits(text + 17, 2);
    *when_s = days_from_date(year, month, parse_digits(text + 8, 2)) * DAY_S + seconds;
    char back[CLOCK_UTC_SIZE]; /* a date that does not exist prints as another */
    clock_print_utc(back, *when_s);
    return !strcmp(back, text);
}

enum err rx_options_parse_time(int64_t *when_s, const char *text)
{
    if (parse_utc(when_s, text))
        return ERR_OK;
    char *end;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (errno || end == text || *end || seconds < 0)
        return ERR_FORMAT;
    *when_s = seconds;
    return ERR_OK;
}

static bool take_text(struct rx_list *list, const char *text)
{
    if (list->count == RX_PINS_MAX)
        return false;
    list->texts[list->count++] = text;
    return true;
}

static bool take_fingerprint(struct rx_options *options, const char *text)
{
    return take_text(&options->fingerprints, text);
}

static bool take_key(struct rx_options *options, const char *text)
{
    return take_text(&options->keys, text);
}

static bool take_roster(struct rx_options *options, const char *text)
{
    return take_text(&options->rosters, text);
}

static bool take_json(struct rx_options *options, const char *text)
{
    options->json = !text;
    return true;
}

static bool take_unverified(struct rx_options *options, const char *text)
{
    options->unverified = !text;
    return true;
}

static bool take_now(struct rx_options *options, const char *text)
{
    options->now_given = true;
    return !rx_options_parse_time(&options->now_s, text);
}

static bool take_rate(struct rx_options *options, const char *text)
{
    char *end;
    unsigned long rate_hz = strtoul(text, &end, 10);
    options->rate_hz = (unsigned)rate_hz;
    return end != text && !*end && rate_hz >= RX_RATE_MIN_HZ && rate_hz <= RX_RATE_MAX_HZ;
}

static bool take_device(struct rx_options *options, const char *text)
{
    options->device = text;
    return *text != '\0';
}

static bool take_voice(struct rx_options *options, const char *text)
{
    options->voice = text;
    return *text != '\0';
}

static bool take_speaker(struct rx_options *options, const char *text)
{
    options->speaker = text;
    return *text != '\0';
}

static bool take_save(struct rx_options *options, const char *text)
{
    options->save = text;
    return *text != '\0';
}

static bool take_relay(struct rx_options *options, const char *text)
{
    options->relay = text;
    return *text != '\0';
}

static bool take_view(struct rx_options *options, const char *text)
{
    options->view = !text;
    return true;
}

static bool take_lines(struct rx_options *options, const char *text)
{
    options->lines = !text;
    return true;
}

static bool take_stats(struct rx_options *options, const char *text)
{
    options->stats = !text;
    return true;
}

static bool take_help(struct rx_options *options, const char *text)
{
    options->help = !text;
    return true;
}

static const struct {
    const char *name;
    int argument;
    bool (*take)(struct rx_options *options, const char *text);
} rows[] = {
    {"fingerprint", required_argument, take_fingerprint},
    {"newsroom-key", required_argument, take_key},
    {"roster", required_argument, take_roster},
    {"json", no_argument, take_json},
    {"unverified", no_argument, take_unverified},
    {"now", required_argument, take_now},
    {"rate", required_argument, take_rate},
    {"device", required_argument, take_device},
    {"voice", required_argument, take_voice},
    {"speaker", required_argument, take_speaker},
    {"save", required_argument, take_save},
    {"relay", required_argument, take_relay},
    {"view", no_argument, take_view},
    {"lines", no_argument, take_lines},
    {"stats", no_argument, take_stats},
    {"help", no_argument, take_help},
};

#define ROW_COUNT (sizeof rows / sizeof rows[0])

static enum err complain(const char *what)
{
    (void)fprintf(stderr, "dabyl-rx: %s; see --help\n", what);
    return ERR_VALUE;
}

bool rx_options_live(const struct rx_options *options)
{
    return options->device || (options->input_count == 1 && !strcmp(options->inputs[0], "-"));
}

static enum err check(const struct rx_options *options)
{
    bool pinned = options->fingerprints.count || options->keys.count || options->rosters.count;
    const struct {
        bool wrong;
        const char *why;
    } rules[] = {
        {!options->device && !options->input_count,
            "give a recording, - for raw samples on standard input, or --device"},
        {options->device && options->input_count, "--device takes the place of a recording"},
        {!pinned && !options->unverified && !options->voice && !options->speaker,
            "nothing can be verified without the newsroom's --fingerprint (or --newsroom-key or "
            "--roster)"},
        {options->view && (options->json || options->lines),
            "--view, --lines and --json exclude each other"},
        {options->speaker && !rx_options_live(options),
            "--speaker is for what is heard live: a --device, or -"},
    };
    if (options->help)
        return ERR_OK;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].wrong)
            return complain(rules[i].why);
    return ERR_OK;
}

enum err rx_options_parse(struct rx_options *options, int argc, char **argv)
{
    *options = (struct rx_options){.rate_hz = RATE_DEFAULT_HZ};
    struct option names[ROW_COUNT + 1] = {0};
    for (size_t i = 0; i < ROW_COUNT; i++)
        names[i] = (struct option){.name = rows[i].name, .has_arg = rows[i].argument};
    int row = 0, code;
    optind = 1;
    while ((code = getopt_long(argc, argv, "", names, &row)) != -1) {
        if (code == '?')
            return ERR_VALUE; /* getopt has said what */
        if (!rows[row].take(options, optarg)) {
            (void)fprintf(stderr, "dabyl-rx: --%s %s: not a value for it; see --help\n",
                rows[row].name, optarg);
            return ERR_VALUE;
        }
    }
    options->inputs = argv + optind;
    options->input_count = (unsigned)(argc - optind);
    return check(options);
}
