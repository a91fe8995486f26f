/* dabyl-radio: makes the sound that is broadcast. As a role (no command, message socket on fd 3) it answers the
 * dispatcher; as a command it renders or describes one programme. Nothing is rendered that a receiver would refuse.
 */
#include "audio/air.h"
#include "audio/ax25.h"
#include "audio/plot.h"
#include "audio/radio_quiet.h"
#include "audio/radio_role.h"
#include "audio/radio_transmitter.h"
#include "audio/readings.h"
#include "audio/speak.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"
#include "gateway/base/role.h"
#include "gateway/bulletin/armour.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SENDER_DEFAULT "DABYL"
#define PROGRAMME_DEFAULT "hf"
#define OPTION_FIRST 256 /* behind the letters */

/* Exit codes, part of the interface (dabyl-radio(1)). */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_INPUT = 4 };

struct options {
    const char *bulletin;
    const char *roster;
    const char *fingerprint;
    const char *programme;
    const char *languages;
    const char *language;
    const char *readings;
    const char *word; /* behind the command */
    const char *sender;
    const char *call;
    const char *out;
    const char *picture;
    const char *rate;
    const char *directory;
    const char *station; /* folder of its key */
    const char *newest;
    const char *also[AIR_OTHERS_MAX];
    size_t also_count;
    struct radio_transmitter transmitter;
    bool json;
    bool help;
};

static const char usage[] =
    "usage: dabyl-radio render --bulletin FILE --roster FILE --fingerprint F -o OUT.wav\n"
    "           [--programme hf|fm] [--languages kk,ru,en] [--sender NAME] [--call SIGN] [--rate "
    "8000|48000]\n"
    "           [--also FILE]...\n"
    "           [--picture OUT.png]\n"
    "       dabyl-radio describe --bulletin FILE --roster FILE --fingerprint F [--json] ...\n"
    "       dabyl-radio speak --language kk|ru|en [--sender NAME] <BODY >OUT.wav\n"
    "       dabyl-radio quiet --roster FILE --fingerprint F --station DIR -o OUT.wav [--newest N] "
    "[--at TIMES]\n"
    "       dabyl-radio probe FILE\n"
    "       dabyl-radio picture FILE -o OUT.png\n"
    "       dabyl-radio --directory DIR --fingerprint F ...   (started by dabyld)\n"
    "           [--card CARD [--ptt none|rts|dtr|rigctld] [--ptt-device TTY] [--rig ADDRESS:PORT]\n"
    "           [--mode MODE] [--frequency HZ] [--at TIMES] [--lead-ms N] [--max-seconds N]\n"
    "           [--duty PERCENT] [--receiver CARD [--receiver-level DBFS]]]\n";

__attribute__((format(printf, 2, 3))) static int fail(int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)fputs("dabyl-radio: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    return code;
}

/* Reads a sealed bulletin or roster, its bytes or their armour. Tells what is wrong. */
static int load(uint8_t sealed[WIRE_SEALED_MAX], size_t *size, const char *path)
{
    static char text[ARMOUR_INPUT_MAX];
    FILE *file = fopen(path, "rb");
    size_t used;
    enum err err;

    if (!file)
        return fail(EXIT_INPUT, "%s: %s", path, strerror(errno));
    used = fread(text, 1, sizeof(text), file);
    if (ferror(file)) {
        (void)fclose(file);
        return fail(EXIT_INPUT, "%s: %s", path, strerror(errno));
    }
    (void)fclose(file);
    if (used > 0 && (uint8_t)text[0] == WIRE_MAGIC && used <= WIRE_SEALED_MAX) {
        memcpy(sealed, text, used);
        *size = used;
        return EXIT_DONE;
    }
    err = armour_parse(sealed, size, text, used);
    return err ? fail(EXIT_INPUT, "%s: no sealed bulletin: %s", path, err_text(err)) : EXIT_DONE;
}

/* "kk,ru" to a mask; NULL to 0. */
static int read_languages(uint8_t *languages, const char *text)
{
    *languages = 0;
    while (text && *text) {
        char word[8];
        enum bulletin_language language;
        size_t size = strcspn(text, ",");

        (void)snprintf(word, sizeof(word), "%.*s", (int)size, text);
        if (size >= sizeof(word) || bulletin_parse_language(&language, word) != ERR_OK)
            return fail(EXIT_USAGE, "--languages has '%.*s'; it may have kk, ru, en, with commas",
                (int)size, text);
        *languages |= (uint8_t)(1u << language);
        text += size + (text[size] == ',');
    }
    return EXIT_DONE;
}

static int read_rate(unsigned *rate_hz, const char *text)
{
    *rate_hz = RADIO_ROLE_CARD_HZ;
    if (!text || strcmp(text, "48000") == 0)
        return EXIT_DONE;
    *rate_hz = RADIO_ROLE_MODEM_HZ;
    if (strcmp(text, "8000") == 0)
        return EXIT_DONE;
    return fail(EXIT_USAGE, "--rate is '%s'; it may be 8000 or 48000", text);
}

/* What else is in force. */
static int load_also(struct air_other others[AIR_OTHERS_MAX], const struct options *options)
{
    static uint8_t sealed[AIR_OTHERS_MAX][WIRE_SEALED_MAX];
    int code = EXIT_DONE;

    for (size_t i = 0; i < options->also_count && code == EXIT_DONE; i++) {
        others[i].sealed = sealed[i];
        code = load(sealed[i], &others[i].size, options->also[i]);
    }
    return code;
}

/* Bytes and check of what the options name. */
static int open_air(struct air *air, const struct options *options)
{
    static uint8_t sealed[WIRE_SEALED_MAX], roster[WIRE_SEALED_MAX];
    static struct air_other others[AIR_OTHERS_MAX];
    struct air_request request = {.sealed = sealed,
        .roster = roster,
        .fingerprint = options->fingerprint,
        .programme = options->programme,
        .sender = options->sender,
        .call = options->call,
        .times = options->transmitter.at,
        .readings = options->readings,
        .others = others,
        .other_count = options->also_count,
        .now_s = clock_wall_s()};
    char why[AIR_WHY_MAX];
    int code;

    *air = (struct air){.programme = NULL};
    if (!options->bulletin || !options->roster || !options->fingerprint)
        return fail(EXIT_USAGE, "--bulletin, --roster and --fingerprint are needed\n%s", usage);
    code = read_languages(&request.languages, options->languages);
    if (code == EXIT_DONE)
        code = load(sealed, &request.sealed_size, options->bulletin);
    if (code == EXIT_DONE)
        code = load(roster, &request.roster_size, options->roster);
    if (code == EXIT_DONE)
        code = load_also(others, options);
    if (code != EXIT_DONE)
        return code;
    if (seal_init() != ERR_OK)
        return fail(EXIT_INPUT, "the signature library cannot start");
    if (air_open(air, why, &request) != ERR_OK)
        return fail(EXIT_REFUSED, "not aired: %s", why);
    return EXIT_DONE;
}

static void tell_segment(void *arg, const struct programme_segment *segment)
{
    (void)arg;
    (void)fprintf(stderr, "  %-10s%-3s %6.1f s\n", segment->name,
        segment->language ? segment->language : "", segment->seconds);
}

static int save(
    const struct options *options, const struct pcm *pcm, const struct air *air, unsigned rate_hz)
{
    enum err err = air_save(options->out, pcm, rate_hz);

    if (err)
        return fail(EXIT_INPUT, "%s: %s", options->out, err_text(err));
    if (options->picture)
        err = plot_save(options->picture, pcm, air->programme, air->bulletin.number, air->code);
    return err ? fail(EXIT_INPUT, "%s: %s", options->picture, err_text(err)) : EXIT_DONE;
}

static int render(const struct options *options)
{
    struct air air;
    struct pcm pcm;
    unsigned rate_hz;
    int64_t begun_ms = clock_boot_ms();
    int code = read_rate(&rate_hz, options->rate);
    enum err err;

    if (code != EXIT_DONE)
        return code;
    if (!options->out)
        return fail(EXIT_USAGE, "-o OUT.wav is needed");
    code = open_air(&air, options);
    if (code != EXIT_DONE)
        return code;
    (void)fprintf(stderr, "bulletin %u (%s), programme %s\n", (unsigned)air.bulletin.number,
        air.code, options->programme);
    err = air_render(&pcm, &air, tell_segment, NULL);
    code = err ? fail(EXIT_INPUT, "%s: %s", options->out, err_text(err))
               : save(options, &pcm, &air, rate_hz);
    if (code == EXIT_DONE)
        (void)fprintf(stderr, "%s: %.1f s at %u Hz, made in %.1f s\n", options->out,
            programme_seconds(air.programme), rate_hz,
            (double)(clock_boot_ms() - begun_ms) / 1000.0);
    pcm_wipe(&pcm);
    air_close(&air);
    return code;
}

static void print_json(const struct air *air, const struct options *options)
{
    printf("{\"programme\": \"%s\", \"number\": %u, \"check_code\": \"%s\", \"seconds\": %.3f, "
           "\"segments\": [",
        options->programme, (unsigned)air->bulletin.number, air->code,
        programme_seconds(air->programme));
    for (size_t i = 0; i < programme_count(air->programme); i++) {
        struct programme_segment segment = programme_describe(air->programme, i);

        printf("%s{\"name\": \"%s\", ", i > 0 ? ", " : "", segment.name);
        if (segment.language)
            printf("\"language\": \"%s\", ", segment.language);
        printf("\"seconds\": %.3f}", segment.seconds);
    }
    puts("]}");
}

static void print_text(const struct air *air)
{
    double at = 0.0;

    for (size_t i = 0; i < programme_count(air->programme); i++) {
        struct programme_segment segment = programme_describe(air->programme, i);

        printf("%6.1f %-10s%-3s %6.1f s\n", at, segment.name,
            segment.language ? segment.language : "", segment.seconds);
        at += segment.seconds;
    }
    printf("%6.1f end\n", at);
}

static int describe(const struct options *options)
{
    struct air air;
    int code = open_air(&air, options);

    if (code != EXIT_DONE)
        return code;
    if (options->json)
        print_json(&air, options);
    else
        print_text(&air);
    air_close(&air);
    return fflush(stdout) || ferror(stdout)
               ? fail(EXIT_INPUT, "standard output: %s", strerror(errno))
               : EXIT_DONE;
}

/* A bulletin's body on standard input, sound on standard output: nothing is broadcast, so no seal is asked for. */
static int speak(const struct options *options)
{
    uint8_t body[WIRE_BODY_MAX + 1];
    struct speak_request request = {
        .body = body, .sender = options->sender, .now_s = clock_wall_s()};
    struct pcm pcm;
    enum err err;

    if (!options->language || bulletin_parse_language(&request.language, options->language))
        return fail(EXIT_USAGE, "name one language: --language kk, ru or en");
    if (seal_init())
        return fail(EXIT_INPUT, "the signature library cannot start");
    request.body_size = fread(body, 1, sizeof(body), stdin);
    err = speak_body(&pcm, &request);
    if (!err)
        err = wav_stream(STDOUT_FILENO, &pcm);
    pcm_wipe(&pcm);
    return err ? fail(EXIT_INPUT, "not spoken: %s", err_text(err)) : EXIT_DONE;
}

/* Can a recording be heard, and for how long? */
static int probe(const struct options *options)
{
    struct wav_reader *reader = NULL;
    struct pcm pcm;
    double seconds = 0.0;

    if (!options->word)
        return fail(EXIT_USAGE, "name one recording");
    enum err err = wav_open(&reader, options->word);
    if (!err)
        err = wav_read_all(&pcm, reader, READINGS_SECONDS_MAX);
    wav_close(reader);
    if (err)
        return fail(EXIT_INPUT, "%s: %s", options->word, err_text(err));
    seconds = (double)pcm.count / pcm.rate_hz;
    pcm_wipe(&pcm);
    return printf("%.1f\n", seconds) < 0 ? EXIT_INPUT : EXIT_DONE;
}

/* How a recording looks: what was received, beside what was sent. */
static int picture(const struct options *options)
{
    const char *slash = options->word ? strrchr(options->word, '/') : NULL;
    struct pcm pcm;
    const struct plot plot = {.pcm = &pcm, .title = slash ? slash + 1 : options->word};
    struct picture painted;
    enum err err;

    if (!options->word || !options->out)
        return fail(EXIT_USAGE, "name one recording, and -o OUT.png");
    err = wav_load(&pcm, options->word);
    if (!err)
        err = plot_paint(&painted, &plot);
    pcm_wipe(&pcm);
    if (err)
        return fail(EXIT_INPUT, "%s: %s", options->word, err_text(err));
    err = picture_save(options->out, &painted);
    picture_wipe(&painted);
    return err ? fail(EXIT_INPUT, "%s: %s", options->out, err_text(err)) : EXIT_DONE;
}

/* What is sent where nothing is in force. */
static int quiet(const struct options *options)
{
    static uint8_t roster[WIRE_SEALED_MAX];
    char why[RADIO_QUIET_WHY_MAX];
    struct radio_quiet wanted = {.station = options->station,
        .newest = options->newest,
        .out = options->out,
        .request = {.roster = roster,
            .fingerprint = options->fingerprint,
            .sender = options->sender,
            .call = options->call,
            .times = options->transmitter.at,
            .time_s = clock_wall_s()}};
    int code = read_rate(&wanted.rate_hz, options->rate);

    if (!options->roster || !options->fingerprint || !options->station || !options->out)
        return fail(EXIT_USAGE, "--roster, --fingerprint, --station and -o are needed\n%s", usage);
    if (code == EXIT_DONE)
        code = read_languages(&wanted.request.languages, options->languages);
    if (code == EXIT_DONE)
        code = load(roster, &wanted.request.roster_size, options->roster);
    if (code != EXIT_DONE)
        return code;
    if (seal_init())
        return fail(EXIT_INPUT, "the signature library cannot start");
    return radio_quiet_make(why, &wanted) ? fail(EXIT_REFUSED, "not made: %s", why) : EXIT_DONE;
}

static int run_role(const struct options *options)
{
    struct radio_role role = {.directory = options->directory,
        .programme = options->programme,
        .fingerprint = options->fingerprint,
        .sender = options->sender,
        .call = options->call,
        .times = options->transmitter.at,
        .readings = options->readings,
        .station = options->station};
    struct on_air_config on_air = {
        .directory = options->directory, .fingerprint = options->fingerprint};
    char why[RADIO_TRANSMITTER_WHY_MAX];
    int code = read_languages(&role.languages, options->languages);

    if (code != EXIT_DONE)
        return code;
    if (radio_transmitter_read(&on_air, why, &options->transmitter))
        return fail(EXIT_USAGE, "%s", why);
    role.on_air = &on_air;
    if (!role_begin())
        return fail(EXIT_USAGE, "no command, and no message socket on descriptor 3\n%s", usage);
    if (!role.directory || !role.fingerprint)
        return fail(EXIT_USAGE, "--directory and --fingerprint are needed");
    return radio_role_run(&role);
}

static const struct command {
    const char *name;
    int (*run)(const struct options *options);
    int words; /* behind it */
} commands[] = {{"render", render, 0}, {"describe", describe, 0}, {"speak", speak, 0},
    {"quiet", quiet, 0}, {"probe", probe, 1}, {"picture", picture, 1}};

/* One row an option: its name, and where its argument goes. */
static int read_options(struct options *options, int argc, char **argv)
{
    struct radio_transmitter *transmitter = &options->transmitter;
    const struct {
        const char *name;
        const char **value;
    } rows[] = {{"bulletin", &options->bulletin}, {"roster", &options->roster},
        {"fingerprint", &options->fingerprint}, {"programme", &options->programme},
        {"language", &options->language}, {"languages", &options->languages},
        {"readings", &options->readings}, {"sender", &options->sender}, {"call", &options->call},
        {"out", &options->out}, {"picture", &options->picture}, {"rate", &options->rate},
        {"directory", &options->directory}, {"station", &options->station},
        {"newest", &options->newest}, {"card", &transmitter->card},
        {"receiver", &transmitter->receiver}, {"receiver-level", &transmitter->receiver_level},
        {"ptt", &transmitter->ptt}, {"ptt-device", &transmitter->ptt_device},
        {"rig", &transmitter->rig}, {"mode", &transmitter->mode},
        {"frequency", &transmitter->frequency}, {"at", &transmitter->at},
        {"lead-ms", &transmitter->lead_ms}, {"max-seconds", &transmitter->max_seconds},
        {"duty", &transmitter->duty}};
    enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
    struct option names[ROWS + 4] = {[ROWS] = {"json", no_argument, NULL, 'j'},
        [ROWS + 1] = {"help", no_argument, NULL, 'h'},
        [ROWS + 2] = {"also", required_argument, NULL, 'a'}};
    int letter;

    for (int i = 0; i < ROWS; i++)
        names[i] = (struct option){rows[i].name, required_argument, NULL, OPTION_FIRST + i};
    while ((letter = getopt_long(argc, argv, "o:h", names, NULL)) != -1) {
        if (letter == '?')
            return fail(EXIT_USAGE, "try --help");
        options->json = options->json || letter == 'j';
        options->help = options->help || letter == 'h';
        if (letter == 'o')
            options->out = optarg;
        if (letter == 'a' && options->also_count == AIR_OTHERS_MAX)
            return fail(EXIT_USAGE, "--also may be given %d times", AIR_OTHERS_MAX);
        if (letter == 'a')
            options->also[options->also_count++] = optarg;
        if (letter >= OPTION_FIRST)
            *rows[letter - OPTION_FIRST].value = optarg;
    }
    if (!programme_exists(options->programme))
        return fail(EXIT_USAGE, "--programme is '%s'; it may be hf or fm", options->programme);
    if (options->call && ax25_check_call(options->call))
        return fail(EXIT_USAGE,
            "--call is '%s'; it may be a call sign in capitals, like UN7ABC or UN7ABC-10",
            options->call);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct options options = {.programme = PROGRAMME_DEFAULT, .sender = SENDER_DEFAULT};
    int code = read_options(&options, argc, argv);

    if (code != EXIT_DONE)
        return code;
    if (options.help)
        return fputs(usage, stdout) < 0;
    if (optind == argc)
        return run_role(&options);
    options.word = optind + 1 < argc ? argv[optind + 1] : NULL;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(argv[optind], commands[i].name) != 0)
            continue;
        if (argc - optind > 1 + commands[i].words)
            return fail(EXIT_USAGE, "'%s' is one word too many\n%s", argv[argc - 1], usage);
        return commands[i].run(&options);
    }
    return fail(EXIT_USAGE, "'%s' is no command\n%s", argv[optind], usage);
}
