#include "gateway/base/conf.h"

#include "gateway/base/conf_radio.h"

#include <confuse.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#define PARTS_MAX 6
#define PIN_DIGITS_MIN 4
#define PIN_DIGITS_MAX 8
#define REPORT_WAIT_DEFAULT_S 60
#define REPORT_WAIT_MAX_S 3600
#define DIGEST_AFTER_DEFAULT_MIN 30
#define DIGEST_AFTER_MAX_MIN 1440 /* no bulletin lives longer */
#define PER_MINUTE_MAX 100000
#define PER_HOUR_MAX 1000000
#define PER_DAY_MAX 10000000
#define PROMPT_TIMEOUT_DEFAULT_S 8 /* a sick modem gives its work back within 10 s */
#define ANSWER_TIMEOUT_DEFAULT_S 60
#define TIMEOUT_MAX_S 600
#define DEVICES_DEFAULT "/dev/serial/by-id/* /dev/ttyUSB* /dev/ttyACM*"
#define IMEI_DIGITS 15
#define ICCID_DIGITS_MIN 18
#define ICCID_DIGITS_MAX 20
#define USSD_EVERY_DEFAULT_S 3600
#define USSD_EVERY_MIN_S 60
#define USSD_EVERY_MAX_S 604800
#define PORT_DEFAULT 2775 /* registered for SMPP */
#define PORT_MAX 65535
#define NEWSROOM_PORT_DEFAULT 8443
#define LISTEN_DEFAULT "0.0.0.0"
#define WINDOW_DEFAULT 10
#define WINDOW_MAX 256
#define PER_SECOND_MAX 10000

/* libconfuse's error callback has no user pointer: this is where its line goes while conf_load runs. */
static char *current_why;

__attribute__((format(printf, 2, 0))) static void on_error(
    cfg_t *cfg, const char *format, va_list args)
{
    if (current_why == NULL || current_why[0] != '\0')
        return; /* the first error is the one to show */
    int used = snprintf(current_why, CONF_WHY_MAX,
        "%s:%d: ", cfg->filename != NULL ? cfg->filename : "?", cfg->line);
    if (used > 0 && used < CONF_WHY_MAX)
        (void)vsnprintf(current_why + used, (size_t)(CONF_WHY_MAX - used), format, args);
}

/* Values with a range: name as in the file, least, most. */
static const struct range {
    const char *name;
    long least;
    long most;
} ranges[] = {
    {"parts", 1, PARTS_MAX},
    {"report_wait", 0, REPORT_WAIT_MAX_S},
    {"digest_after", 0, DIGEST_AFTER_MAX_MIN},
    {"pace", 0, 100},
    {"per_minute", 0, PER_MINUTE_MAX},
    {"per_hour", 0, PER_HOUR_MAX},
    {"per_day", 0, PER_DAY_MAX},
    {"prompt_timeout", 1, TIMEOUT_MAX_S},
    {"answer_timeout", 1, TIMEOUT_MAX_S},
    {"ussd_every", USSD_EVERY_MIN_S, USSD_EVERY_MAX_S},
    {"port", 1, PORT_MAX},
    {"window", 1, WINDOW_MAX},
    {"per_second", 0, PER_SECOND_MAX},
};

static int check_number(cfg_t *cfg, cfg_opt_t *opt)
{
    long value = cfg_opt_getnint(opt, cfg_opt_size(opt) - 1);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const struct range *range = &ranges[i];
        if (strcmp(range->name, opt->name) == 0 && (value < range->least || value > range->most)) {
            cfg_error(cfg, "%s is %ld; it may be %ld to %ld", opt->name, value, range->least,
                range->most);
            return -1;
        }
    }
    return 0;
}

/* Texts with a longest length (bytes without the NUL). */
static const struct longest {
    const char *name;
    size_t most;
} longests[] = {
    {"sender", CONF_SENDER_MAX},
    {"state", CONF_PATH_MAX - 1},
    {"fingerprint", 63},
    {"device", CONF_PATH_MAX - 1},
    {"number", CONF_NUMBER_MAX - 1},
    {"devices", CONF_DEVICES_MAX - 1},
    {"usb_reset", CONF_PATH_MAX - 1},
    {"ussd", CONF_NAME_MAX - 1},
    {"ussd_pattern", CONF_PATTERN_MAX - 1},
    {"pin", PIN_DIGITS_MAX},
    {"host", CONF_HOST_MAX - 1},
    {"system_id", CONF_SYSTEM_ID_MAX},
    {"password_file", CONF_PATH_MAX - 1},
    {"source", CONF_SOURCE_MAX},
    {"listen", CONF_HOST_MAX - 1},
    {"names", CONF_NAMES_MAX - 1},
    {"page", CONF_PATH_MAX - 1},
};

static int check_text(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *value = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
    for (size_t i = 0; value != NULL && i < sizeof longests / sizeof longests[0]; i++)
        if (strcmp(longests[i].name, opt->name) == 0 && strlen(value) > longests[i].most) {
            cfg_error(cfg, "%s is %zu bytes long; it may have %zu", opt->name, strlen(value),
                longests[i].most);
            return -1;
        }
    return 0;
}

/* Texts of digits alone; an empty one stands for none. */
static const struct digits {
    const char *name;
    size_t least;
    size_t most;
    const char *wrong;
} digits[] = {
    {"pin", PIN_DIGITS_MIN, PIN_DIGITS_MAX, "pin must be 4 to 8 digits, or empty for none"},
    {"imei", IMEI_DIGITS, IMEI_DIGITS, "imei must be 15 digits (dabyl-modem --identify tells it)"},
    {"iccid", ICCID_DIGITS_MIN, ICCID_DIGITS_MAX,
        "iccid must be 18 to 20 digits (dabyl-modem --identify tells it)"},
};

static int check_digits(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *value = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
    size_t size = strlen(value);
    for (size_t i = 0; size > 0 && i < sizeof digits / sizeof digits[0]; i++) {
        const struct digits *row = &digits[i];
        if (strcmp(row->name, opt->name) == 0 &&
            (size < row->least || size > row->most || strspn(value, "0123456789") != size)) {
            cfg_error(cfg, "%s", row->wrong);
            return -1;
        }
    }
    return 0;
}

static int check_pattern(cfg_t *cfg, cfg_opt_t *opt)
{
    regex_t pattern;
    const char *value = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
    if (check_text(cfg, opt) != 0)
        return -1;
    int code = regcomp(&pattern, value, REG_EXTENDED);
    size_t groups = code == 0 ? pattern.re_nsub : 0;
    if (code == 0)
        regfree(&pattern);
    if (groups > 0)
        return 0;
    cfg_error(cfg, "ussd_pattern must be an extended regular expression with the amount in "
                   "brackets: \"Balance: ([0-9]+)\"");
    return -1;
}

static int check_title(cfg_t *cfg, const cfg_opt_t *opt, const char *title)
{
    if (title[0] != '\0' && strlen(title) < CONF_NAME_MAX)
        return 0;
    cfg_error(cfg, "the name of this %s must have 1 to %d bytes: %s \"one\" { ... }", opt->name,
        CONF_NAME_MAX - 1, opt->name);
    return -1;
}

static int check_modem(cfg_t *cfg, cfg_opt_t *opt)
{
    cfg_t *modem = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
    const char *title = cfg_title(modem);
    if (check_title(cfg, opt, title) != 0)
        return -1;
    if (cfg_getstr(modem, "device")[0] == '\0' && cfg_getstr(modem, "imei")[0] == '\0' &&
        cfg_getstr(modem, "iccid")[0] == '\0') {
        cfg_error(cfg, "modem \"%s\" needs device = \"/dev/...\" or imei = \"...\"", title);
        return -1;
    }
    if (cfg_getstr(modem, "ussd")[0] != '\0' && cfg_getstr(modem, "ussd_pattern")[0] == '\0') {
        cfg_error(cfg, "modem \"%s\" has ussd and needs ussd_pattern", title);
        return -1;
    }
    if (cfg_opt_size(opt) > CONF_MODEMS_MAX) {
        cfg_error(cfg, "more than %d modems", CONF_MODEMS_MAX);
        return -1;
    }
    return 0;
}

static int check_smpp(cfg_t *cfg, cfg_opt_t *opt)
{
    static const struct {
        const char *name;
        const char *example;
    } needed[] = {
        {"host", "host = \"127.0.0.1\""},
        {"system_id", "system_id = \"NAME\""},
        {"password_file", "password_file = \"/etc/dabyl/...\""},
    };
    cfg_t *smpp = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
    const char *title = cfg_title(smpp);
    if (check_title(cfg, opt, title) != 0)
        return -1;
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (cfg_getstr(smpp, needed[i].name)[0] == '\0') {
            cfg_error(cfg, "smpp \"%s\" needs %s", title, needed[i].example);
            return -1;
        }
    if (cfg_opt_size(opt) > CONF_SMPP_MAX) {
        cfg_error(cfg, "more than %d smpp sections", CONF_SMPP_MAX);
        return -1;
    }
    return 0;
}

/* Texts of answers, each in three languages: its option, and where it goes. */
static const struct answer {
    const char *name;
    size_t offset;
} answers[] = {
    {"radio_text_kk", offsetof(struct conf, radio_text[0])},
    {"radio_text_ru", offsetof(struct conf, radio_text[1])},
    {"radio_text_en", offsetof(struct conf, radio_text[2])},
    {"lawyer_text_kk", offsetof(struct conf, lawyer_text[0])},
    {"lawyer_text_ru", offsetof(struct conf, lawyer_text[1])},
    {"lawyer_text_en", offsetof(struct conf, lawyer_text[2])},
};

#define ANSWER_COUNT (sizeof answers / sizeof answers[0])

static int check_answer(cfg_t *cfg, cfg_opt_t *opt)
{
    size_t size = strlen(cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1));
    if (size < CONF_TEXT_SIZE)
        return 0;
    cfg_error(cfg, "%s is %zu bytes long; it may have %d", opt->name, size, CONF_TEXT_SIZE - 1);
    return -1;
}

static void set_checks(cfg_t *cfg)
{
    static const char *const numbers[] = {"parts", "report_wait", "digest_after", "modem|pace",
        "modem|per_minute", "modem|per_hour", "modem|per_day", "modem|prompt_timeout",
        "modem|answer_timeout", "modem|ussd_every", "smpp|port", "smpp|window", "smpp|per_second",
        "smpp|answer_timeout", "newsroom|port"};
    static const char *const texts[] = {"sender", "state", "fingerprint", "devices", "modem|device",
        "modem|number", "modem|usb_reset", "modem|ussd", "smpp|host", "smpp|system_id",
        "smpp|password_file", "smpp|source", "newsroom|listen", "newsroom|names", "newsroom|page"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        cfg_set_validate_func(cfg, numbers[i], check_number);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        cfg_set_validate_func(cfg, texts[i], check_text);
    for (size_t i = 0; i < ANSWER_COUNT; i++)
        cfg_set_validate_func(cfg, answers[i].name, check_answer);
    cfg_set_validate_func(cfg, "modem|pin", check_digits);
    cfg_set_validate_func(cfg, "modem|imei", check_digits);
    cfg_set_validate_func(cfg, "modem|iccid", check_digits);
    cfg_set_validate_func(cfg, "modem|ussd_pattern", check_pattern);
    cfg_set_validate_func(cfg, "modem", check_modem);
    cfg_set_validate_func(cfg, "smpp", check_smpp);
    cfg_set_validate_func(cfg, "radio", conf_radio_check);
}

static void copy(char *to, size_t size, const char *from)
{
    (void)snprintf(to, size, "%s", from); /* the checks have bounded it */
}

static void take_modems(struct conf *conf, cfg_t *cfg)
{
    conf->modem_count = cfg_size(cfg, "modem");
    for (unsigned i = 0; i < conf->modem_count; i++) {
        cfg_t *from = cfg_getnsec(cfg, "modem", i);
        struct conf_modem *modem = &conf->modems[i];
        copy(modem->name, sizeof modem->name, cfg_title(from));
        copy(modem->number, sizeof modem->number, cfg_getstr(from, "number"));
        copy(modem->device, sizeof modem->device, cfg_getstr(from, "device"));
        copy(modem->imei, sizeof modem->imei, cfg_getstr(from, "imei"));
        copy(modem->iccid, sizeof modem->iccid, cfg_getstr(from, "iccid"));
        copy(modem->usb_reset, sizeof modem->usb_reset, cfg_getstr(from, "usb_reset"));
        copy(modem->ussd, sizeof modem->ussd, cfg_getstr(from, "ussd"));
        copy(modem->ussd_pattern, sizeof modem->ussd_pattern, cfg_getstr(from, "ussd_pattern"));
        modem->ussd_every_s = (unsigned)cfg_getint(from, "ussd_every");
        copy(modem->pin, sizeof modem->pin, cfg_getstr(from, "pin"));
        modem->pace = (unsigned)cfg_getint(from, "pace");
        modem->per_minute = (unsigned)cfg_getint(from, "per_minute");
        modem->per_hour = (unsigned)cfg_getint(from, "per_hour");
        modem->per_day = (unsigned)cfg_getint(from, "per_day");
        modem->prompt_timeout_s = (unsigned)cfg_getint(from, "prompt_timeout");
        modem->answer_timeout_s = (unsigned)cfg_getint(from, "answer_timeout");
    }
}

static void take_smpp(struct conf *conf, cfg_t *cfg)
{
    conf->smpp_count = cfg_size(cfg, "smpp");
    for (unsigned i = 0; i < conf->smpp_count; i++) {
        cfg_t *from = cfg_getnsec(cfg, "smpp", i);
        struct conf_smpp *smpp = &conf->smpp[i];
        copy(smpp->name, sizeof smpp->name, cfg_title(from));
        copy(smpp->host, sizeof smpp->host, cfg_getstr(from, "host"));
        copy(smpp->system_id, sizeof smpp->system_id, cfg_getstr(from, "system_id"));
        copy(smpp->password_file, sizeof smpp->password_file, cfg_getstr(from, "password_file"));
        copy(smpp->source, sizeof smpp->source, cfg_getstr(from, "source"));
        smpp->port = (unsigned)cfg_getint(from, "port");
        smpp->window = (unsigned)cfg_getint(from, "window");
        smpp->per_second = (unsigned)cfg_getint(from, "per_second");
        smpp->answer_timeout_s = (unsigned)cfg_getint(from, "answer_timeout");
    }
}

static void take_newsroom(struct conf_newsroom *newsroom, cfg_t *from)
{
    newsroom->on = true;
    copy(newsroom->listen, sizeof newsroom->listen, cfg_getstr(from, "listen"));
    newsroom->port = (unsigned)cfg_getint(from, "port");
    copy(newsroom->names, sizeof newsroom->names, cfg_getstr(from, "names"));
    copy(newsroom->page, sizeof newsroom->page, cfg_getstr(from, "page"));
}

static void take(struct conf *conf, cfg_t *cfg)
{
    copy(conf->sender, sizeof conf->sender, cfg_getstr(cfg, "sender"));
    copy(conf->state, sizeof conf->state, cfg_getstr(cfg, "state"));
    copy(conf->fingerprint, sizeof conf->fingerprint, cfg_getstr(cfg, "fingerprint"));
    conf->latin_first = cfg_getbool(cfg, "latin_first");
    conf->parts = (unsigned)cfg_getint(cfg, "parts");
    conf->report_wait_s = (unsigned)cfg_getint(cfg, "report_wait");
    conf->digest_after_min = (unsigned)cfg_getint(cfg, "digest_after");
    copy(conf->devices, sizeof conf->devices, cfg_getstr(cfg, "devices"));
    for (size_t i = 0; i < ANSWER_COUNT; i++)
        copy((char *)conf + answers[i].offset, CONF_TEXT_SIZE, cfg_getstr(cfg, answers[i].name));
    take_modems(conf, cfg);
    take_smpp(conf, cfg);
    if (cfg_size(cfg, "radio") > 0)
        conf_radio_take(conf, cfg_getnsec(cfg, "radio", 0));
    if (cfg_size(cfg, "newsroom") > 0)
        take_newsroom(&conf->newsroom, cfg_getnsec(cfg, "newsroom", 0));
}

/* Both are carriers in the store, by name. */
static enum err check_names(const struct conf *conf, char why[CONF_WHY_MAX], const char *path)
{
    for (unsigned i = 0; i < conf->smpp_count; i++)
        for (unsigned j = 0; j < conf->modem_count; j++)
            if (strcmp(conf->smpp[i].name, conf->modems[j].name) == 0) {
                (void)snprintf(why, CONF_WHY_MAX,
                    "%s: smpp \"%s\" has the name of a modem; it needs one of its own", path,
                    conf->smpp[i].name);
                return ERR_VALUE;
            }
    return ERR_OK;
}

static enum err check_whole(const struct conf *conf, char why[CONF_WHY_MAX], const char *path)
{
    const char *missing = conf->sender[0] == '\0'  ? "sender = \"NAME\""
                          : conf->state[0] == '\0' ? "state = \"/var/lib/dabyl\""
                          : conf->fingerprint[0] == '\0'
                              ? "fingerprint = \"XXXX-...\" (dabylctl key newsroom prints it)"
                              : NULL;
    if (missing == NULL)
        return check_names(conf, why, path);
    (void)snprintf(why, CONF_WHY_MAX, "%s: this line is missing: %s", path, missing);
    return ERR_VALUE;
}

/* Depth of open sections after one more byte; texts and #-comments are passed over. */
static int next_depth(int depth, char *inside, int c)
{
    if (*inside == '"') {
        *inside = c == '"' ? '\0' : '"';
        return depth;
    }
    if (*inside == '#') {
        *inside = c == '\n' ? '\0' : '#';
        return depth;
    }
    if (c == '"' || c == '#')
        *inside = (char)c;
    return c == '{' ? depth + 1 : c == '}' ? depth - 1 : depth;
}

/* libconfuse takes a file that ends inside a section, as a torn one does: refuse it. */
static enum err check_closed(char why[CONF_WHY_MAX], const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        (void)snprintf(why, CONF_WHY_MAX, "%s: %s", path, strerror(errno));
        return err_from_errno(errno);
    }
    int depth = 0;
    int line = 1;
    int open_line = 0;
    char inside = '\0';
    for (int c = getc(file); c != EOF; c = getc(file)) {
        int next = next_depth(depth, &inside, c);
        if (next > depth)
            open_line = line;
        depth = next;
        line += c == '\n';
    }
    (void)fclose(file);
    if (depth <= 0)
        return ERR_OK;
    (void)snprintf(
        why, CONF_WHY_MAX, "%s:%d: this section is not closed; it needs a '}'", path, open_line);
    return ERR_FORMAT;
}

static enum err parse(cfg_t *cfg, char why[CONF_WHY_MAX], const char *path)
{
    enum err err = check_closed(why, path);
    if (err != ERR_OK)
        return err;
    (void)cfg_set_error_function(cfg, on_error);
    set_checks(cfg);
    current_why = why;
    int result = cfg_parse(cfg, path);
    current_why = NULL;
    if (result == CFG_SUCCESS)
        return ERR_OK;
    if (why[0] == '\0')
        (void)snprintf(why, CONF_WHY_MAX, "%s: cannot be read as a configuration", path);
    return ERR_FORMAT;
}

enum err conf_load(struct conf *conf, char why[CONF_WHY_MAX], const char *path)
{
    cfg_opt_t modem[] = {CFG_STR("device", "", CFGF_NONE), CFG_STR("number", "", CFGF_NONE),
        CFG_STR("imei", "", CFGF_NONE), CFG_STR("iccid", "", CFGF_NONE),
        CFG_STR("usb_reset", "", CFGF_NONE), CFG_STR("ussd", "", CFGF_NONE),
        CFG_STR("ussd_pattern", "", CFGF_NONE),
        CFG_INT("ussd_every", USSD_EVERY_DEFAULT_S, CFGF_NONE), CFG_STR("pin", "", CFGF_NONE),
        CFG_INT("pace", 0, CFGF_NONE), CFG_INT("per_minute", 0, CFGF_NONE),
        CFG_INT("per_hour", 0, CFGF_NONE), CFG_INT("per_day", 0, CFGF_NONE),
        CFG_INT("prompt_timeout", PROMPT_TIMEOUT_DEFAULT_S, CFGF_NONE),
        CFG_INT("answer_timeout", ANSWER_TIMEOUT_DEFAULT_S, CFGF_NONE), CFG_END()};
    cfg_opt_t smpp[] = {CFG_STR("host", "", CFGF_NONE), CFG_INT("port", PORT_DEFAULT, CFGF_NONE),
        CFG_STR("system_id", "", CFGF_NONE), CFG_STR("password_file", "", CFGF_NONE),
        CFG_STR("source", "", CFGF_NONE), CFG_INT("window", WINDOW_DEFAULT, CFGF_NONE),
        CFG_INT("per_second", 0, CFGF_NONE),
        CFG_INT("answer_timeout", ANSWER_TIMEOUT_DEFAULT_S, CFGF_NONE), CFG_END()};
    cfg_opt_t radio[CONF_RADIO_OPTIONS];
    conf_radio_fill(radio);
    cfg_opt_t newsroom[] = {CFG_STR("listen", LISTEN_DEFAULT, CFGF_NONE),
        CFG_INT("port", NEWSROOM_PORT_DEFAULT, CFGF_NONE), CFG_STR("names", "", CFGF_NONE),
        CFG_STR("page", "", CFGF_NONE), CFG_END()};
    cfg_opt_t options[] = {CFG_STR("sender", "", CFGF_NONE), CFG_STR("state", "", CFGF_NONE),
        CFG_STR("fingerprint", "", CFGF_NONE), CFG_BOOL("latin_first", cfg_false, CFGF_NONE),
        CFG_INT("parts", 2, CFGF_NONE), CFG_INT("report_wait", REPORT_WAIT_DEFAULT_S, CFGF_NONE),
        CFG_INT("digest_after", DIGEST_AFTER_DEFAULT_MIN, CFGF_NONE),
        CFG_STR("devices", DEVICES_DEFAULT, CFGF_NONE), CFG_STR("radio_text_kk", "", CFGF_NONE),
        CFG_STR("radio_text_ru", "", CFGF_NONE), CFG_STR("radio_text_en", "", CFGF_NONE),
        CFG_STR("lawyer_text_kk", "", CFGF_NONE), CFG_STR("lawyer_text_ru", "", CFGF_NONE),
        CFG_STR("lawyer_text_en", "", CFGF_NONE),
        CFG_SEC("modem", modem, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
        CFG_SEC("smpp", smpp, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
        CFG_SEC("radio", radio, CFGF_MULTI), CFG_SEC("newsroom", newsroom, CFGF_MULTI), CFG_END()};
    memset(conf, 0, sizeof *conf);
    why[0] = '\0';
    cfg_t *cfg = cfg_init(options, CFGF_NONE);
    if (cfg == NULL)
        return ERR_SYSTEM;
    enum err err = parse(cfg, why, path);
    if (err == ERR_OK) {
        take(conf, cfg);
        err = check_whole(conf, why, path);
    }
    cfg_free(cfg);
    return err;
}
