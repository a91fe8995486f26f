/* dabyl-modemsim: GSM modems on pseudo terminals, and a mobile network behind them.
 * See dabyl-modemsim.1; the picture: loop reads ttys -> at runs commands -> send -> network -> log, phones.
 */
#include "tests/fakes/modemsim_control.h"
#include "tests/fakes/modemsim_loop.h"
#include "tests/fakes/modemsim_options.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 2
#define DAY_S 86400.0
#define LINE_FIELDS 3

/* Where a client finds the emulator. */
struct place {
    const char *dir, *control;
};

static int usage_fail(const char *text)
{
    fprintf(stderr, "dabyl-modemsim: %s\n", text);
    return EXIT_USAGE;
}

static void field_add(struct out *request, const char *key, const char *value)
{
    if (!value)
        return;
    out_print(request, "%s=%s", key, value);
    out_bytes(request, "", 1);
}

/* Sends a request and prints the answer. Returns the exit code. */
static int ask(const struct place *place, const struct out *request)
{
    char path[CONTROL_PATH_SIZE];
    struct out answer = {0};
    if (!place->dir && !place->control)
        return usage_fail("give --dir DIR, as the emulator was given");
    if (!control_path(path, sizeof path, place->control, place->dir))
        return EXIT_FAILURE;
    bool well = control_ask(&answer, path, request);
    bool yes = well && answer.data[0] == '+';
    if (well && yes)
        fwrite(answer.data + 1, 1, answer.length - 1, stdout);
    else if (well)
        fprintf(stderr, "dabyl-modemsim: %s", answer.data + 1);
    out_wipe(&answer);
    return yes ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool imei_base_check(const char *base)
{
    return strlen(base) == 14 && strspn(base, "0123456789") == 14;
}

static int run_main(int count, char *const *words, struct out *help)
{
    struct modem_options o = {.modems = 1,
        .reports = true,
        .report_delay_s = 1,
        .imei_base = "35693803564300",
        .store_size = 30,
        .balance = 100000,
        .manufacturer = "dabyl",
        .model = "modemsim",
        .keep = 200000,
        .seed = 1};
    struct options_list faults = {.count = 0};
    const struct options_row rows[] = {
        {"dir", OPTIONS_TEXT, &o.dir, 0, 0, "DIR",
            "where modem1, modem2 ... and the control socket appear"},
        {"modems", OPTIONS_COUNT, &o.modems, 1, MODEM_MAX, "N", "how many (1)"},
        {"latency", OPTIONS_NUMBER, &o.latency_s, 0, DAY_S, "SECONDS", "from Ctrl-Z to +CMGS (0)"},
        {"reports", OPTIONS_SWITCH, &o.reports, 0, 0, "on|off",
            "delivery reports where asked for (on)"},
        {"report-delay", OPTIONS_NUMBER, &o.report_delay_s, 0, DAY_S, "SECONDS",
            "until they come (1)"},
        {"log", OPTIONS_TEXT, &o.log, 0, 0, "FILE",
            "append what the network sees, a JSON object a line"},
        {"control", OPTIONS_TEXT, &o.control, 0, 0, "PATH", "the control socket (DIR/control)"},
        {"fault", OPTIONS_LIST, &faults, 0, 0, "[M:]SPEC",
            "something that goes wrong; may come again"},
        {"store-size", OPTIONS_COUNT, &o.store_size, 1, STORE_SLOTS_MAX, "N",
            "texts a SIM holds (30)"},
        {"pin", OPTIONS_TEXT, &o.pin, 0, 0, "DIGITS", "the SIMs ask for this PIN (none)"},
        {"balance", OPTIONS_NUMBER, &o.balance, -1e9, 1e9, "MONEY",
            "on each SIM, told by *100# (100000)"},
        {"imei-base", OPTIONS_TEXT, &o.imei_base, 0, 0, "DIGITS", "14 digits below the first IMEI"},
        {"manufacturer", OPTIONS_TEXT, &o.manufacturer, 0, 0, "TEXT", "what AT+CGMI says (dabyl)"},
        {"model", OPTIONS_TEXT, &o.model, 0, 0, "TEXT", "what AT+CGMM says (modemsim)"},
        {"seed", OPTIONS_COUNT, &o.seed, 0, 1e9, "N", "of first references and garbage (1)"},
        {"keep", OPTIONS_COUNT, &o.keep, 2, 1e8, "N", "parts that `phones` can show (200000)"},
        {0},
    };
    if (help) {
        options_print(help, rows);
        return EXIT_SUCCESS;
    }
    if (!options_read(rows, count, words))
        return EXIT_USAGE;
    if (!o.dir)
        return usage_fail("give --dir DIR; see --help");
    if (!imei_base_check(o.imei_base))
        return usage_fail("--imei-base: 14 digits");
    return loop_run(&o, faults.items, faults.count);
}

struct inject {
    struct place place;
    unsigned modem, repeat;
    const char *from, *text, *raw_pdu;
    bool lines;
};

static int inject_ask(const struct inject *inject)
{
    struct out request = {0};
    char number[16];
    out_bytes(&request, "inject", sizeof "inject");
    snprintf(number, sizeof number, "%u", inject->modem);
    field_add(&request, "modem", number);
    snprintf(number, sizeof number, "%u", inject->repeat);
    field_add(&request, "repeat", number);
    field_add(&request, "from", inject->from);
    field_add(&request, "text", inject->text);
    field_add(&request, "raw-pdu", inject->raw_pdu);
    int code = ask(&inject->place, &request);
    out_wipe(&request);
    return code;
}

/* MODEM <tab> FROM <tab> TEXT on each line of standard input. */
static int inject_lines(struct inject *inject)
{
    char *line = NULL;
    size_t size = 0;
    int code = EXIT_SUCCESS;
    for (unsigned long at = 1; code == EXIT_SUCCESS && getline(&line, &size, stdin) > 0; at++) {
        char *fields[LINE_FIELDS] = {NULL}, *rest = line;
        line[strcspn(line, "\n")] = 0;
        for (size_t i = 0; i < LINE_FIELDS; i++)
            fields[i] = i + 1 < LINE_FIELDS ? strsep(&rest, "\t") : rest;
        if (!fields[1] || !fields[2]) {
            fprintf(stderr, "dabyl-modemsim: line %lu: MODEM <tab> FROM <tab> TEXT\n", at);
            code = EXIT_USAGE;
            break;
        }
        inject->modem = (unsigned)strtoul(fields[0], NULL, 10);
        inject->from = fields[1];
        inject->text = fields[2];
        code = inject_ask(inject);
    }
    free(line);
    return code;
}

static int inject_main(int count, char *const *words, struct out *help)
{
    struct inject in = {.modem = 1, .repeat = 1};
    const struct options_row rows[] = {
        {"dir", OPTIONS_TEXT, &in.place.dir, 0, 0, "DIR", "as the emulator was given"},
        {"control", OPTIONS_TEXT, &in.place.control, 0, 0, "PATH", "its socket, if not in DIR"},
        {"modem", OPTIONS_COUNT, &in.modem, 1, MODEM_MAX, "N", "whose SIM gets it (1)"},
        {"from", OPTIONS_TEXT, &in.from, 0, 0, "NUMBER", "+77011234567, 1414 or up to 11 letters"},
        {"text", OPTIONS_TEXT, &in.text, 0, 0, "TEXT", "UTF-8; long ones become several parts"},
        {"raw-pdu", OPTIONS_TEXT, &in.raw_pdu, 0, 0, "HEX",
            "instead: service centre and TPDU as they are"},
        {"repeat", OPTIONS_COUNT, &in.repeat, 1, 100000, "N", "so many times (1)"},
        {"lines", OPTIONS_FLAG, &in.lines, 0, 0, NULL,
            "instead: MODEM<tab>FROM<tab>TEXT lines on standard input"},
        {0},
    };
    if (help) {
        options_print(help, rows);
        return EXIT_SUCCESS;
    }
    if (!options_read(rows, count, words))
        return EXIT_USAGE;
    if (in.lines)
        return inject_lines(&in);
    if (!in.raw_pdu && (!in.from || !in.text))
        return usage_fail("inject: give --from and --text, or --raw-pdu");
    return inject_ask(&in);
}

static int fault_main(int count, char *const *words, struct out *help)
{
    struct place place = {0};
    unsigned modem = 0;
    const char *spec = NULL;
    const struct options_row rows[] = {
        {"dir", OPTIONS_TEXT, &place.dir, 0, 0, "DIR", "as the emulator was given"},
        {"control", OPTIONS_TEXT, &place.control, 0, 0, "PATH", "its socket, if not in DIR"},
        {"modem", OPTIONS_COUNT, &modem, 1, MODEM_MAX, "N", "which (all)"},
        {"SPEC", OPTIONS_PLAIN, &spec, 0, 0, NULL,
            "NAME[=VALUE[,CODE]][@N][xK]; `dabyl-modemsim faults` lists them"},
        {0},
    };
    if (help) {
        options_print(help, rows);
        return EXIT_SUCCESS;
    }
    if (!options_read(rows, count, words))
        return EXIT_USAGE;
    if (!spec)
        return usage_fail("fault: give a SPEC; `dabyl-modemsim faults` lists them");
    struct out request = {0};
    char number[16];
    snprintf(number, sizeof number, "%u", modem);
    out_bytes(&request, "fault", sizeof "fault");
    field_add(&request, "modem", number);
    field_add(&request, "spec", spec);
    int code = ask(&place, &request);
    out_wipe(&request);
    return code;
}

static int status_main(int count, char *const *words, struct out *help)
{
    struct place place = {0};
    const struct options_row rows[] = {
        {"dir", OPTIONS_TEXT, &place.dir, 0, 0, "DIR", "as the emulator was given"},
        {"control", OPTIONS_TEXT, &place.control, 0, 0, "PATH", "its socket, if not in DIR"},
        {0},
    };
    if (help) {
        options_print(help, rows);
        return EXIT_SUCCESS;
    }
    if (!options_read(rows, count, words))
        return EXIT_USAGE;
    struct out request = {0};
    out_bytes(&request, "status", sizeof "status");
    int code = ask(&place, &request);
    out_wipe(&request);
    return code;
}

static int phones_main(int count, char *const *words, struct out *help)
{
    struct place place = {0};
    const char *number = NULL;
    bool json = false;
    const struct options_row rows[] = {
        {"dir", OPTIONS_TEXT, &place.dir, 0, 0, "DIR", "as the emulator was given"},
        {"control", OPTIONS_TEXT, &place.control, 0, 0, "PATH", "its socket, if not in DIR"},
        {"number", OPTIONS_TEXT, &number, 0, 0, "NUMBER", "only this phone (all)"},
        {"json", OPTIONS_FLAG, &json, 0, 0, NULL, "for programs"},
        {0},
    };
    if (help) {
        options_print(help, rows);
        return EXIT_SUCCESS;
    }
    if (!options_read(rows, count, words))
        return EXIT_USAGE;
    struct out request = {0};
    out_bytes(&request, "phones", sizeof "phones");
    field_add(&request, "number", number);
    field_add(&request, "json", json ? "1" : NULL);
    int code = ask(&place, &request);
    out_wipe(&request);
    return code;
}

static int faults_main(int count, char *const *words, struct out *help)
{
    (void)count;
    (void)words;
    struct out text = {0};
    fault_print_help(help ? help : &text);
    if (!help && text.data)
        fputs(text.data, stdout);
    out_wipe(&text);
    return EXIT_SUCCESS;
}

static const struct verb {
    const char *name;
    int (*run)(
        int count, char *const *words, struct out *help); /* help: print options, do nothing */
    const char *usage;
} verbs[] = {
    {"run", run_main, "[run] --dir DIR [options]\n  Makes modems and runs until Ctrl-C."},
    {"inject", inject_main, "inject --dir DIR --from NUMBER --text TEXT\n  A phone texts a modem."},
    {"fault", fault_main, "fault --dir DIR [--modem N] SPEC\n  Something goes wrong, or `clear`."},
    {"status", status_main, "status --dir DIR\n  Modems and counts, as JSON."},
    {"phones", phones_main, "phones --dir DIR\n  What each phone shows."},
    {"faults", faults_main,
        "faults\n  SPEC = NAME[=VALUE[,CODE]][@N][xK|x*]; @N: at the N-th message from now, "
        "xK: K times,\n  x*: for ever."},
};
#define VERBS (sizeof verbs / sizeof *verbs)

static int help_print(const struct verb *only)
{
    struct out text = {0};
    if (!only)
        out_text(
            &text, "dabyl-modemsim: GSM modems on pseudo terminals, and a network behind them\n\n");
    for (size_t i = 0; i < VERBS; i++) {
        if (only && only != &verbs[i])
            continue;
        out_print(&text, "dabyl-modemsim %s\n", verbs[i].usage);
        verbs[i].run(0, NULL, &text);
        out_text(&text, only ? "" : "\n");
    }
    fputs(text.data, stdout);
    out_wipe(&text);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    const struct verb *verb = &verbs[0];
    int first = 1;
    if (argc < 2)
        return usage_fail("give --dir DIR to run modems there; see --help");
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(argv[1], verbs[i].name) == 0) {
            verb = &verbs[i];
            first = 2;
        }
    }
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return help_print(first == 2 ? verb : NULL);
    if (first == 1 && argv[1][0] != '-') {
        fprintf(stderr, "dabyl-modemsim: %s: no such command; see --help\n", argv[1]);
        return EXIT_USAGE;
    }
    return verb->run(argc - first, argv + first, NULL);
}
