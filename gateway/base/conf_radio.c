#include "gateway/base/conf_radio.h"

#include <confuse.h>
#include <stdio.h>
#include <string.h>

#define RECEIVER_LEVEL_DEFAULT (-35)
#define LEAD_DEFAULT_MS 400
#define MAX_SECONDS_DEFAULT 600
#define DUTY_DEFAULT 25
#define QUIET_HOURLY "hourly"
#define QUIET_NEVER "never"

static const struct range {
    const char *name;
    long least;
    long most;
} ranges[] = {
    {"receiver_level", -90, 0},
    {"lead_ms", 300, 500},
    {"max_seconds", 10, 3600},
    {"duty", 1, 100},
};

/* Texts: key, longest, and where it goes. */
static const struct text {
    const char *name;
    size_t size;
    size_t offset;
} texts[] = {
    {"directory", CONF_PATH_MAX, offsetof(struct conf, radio_directory)},
    {"programme", CONF_PROGRAMME_MAX, offsetof(struct conf, radio_programme)},
    {"call", CONF_CALL_MAX, offsetof(struct conf, radio_call)},
    {"card", CONF_CARD_MAX, offsetof(struct conf, transmitter.card)},
    {"receiver", CONF_CARD_MAX, offsetof(struct conf, transmitter.receiver)},
    {"ptt", CONF_NAME_MAX, offsetof(struct conf, transmitter.ptt)},
    {"ptt_device", CONF_PATH_MAX, offsetof(struct conf, transmitter.ptt_device)},
    {"rig", CONF_HOST_MAX, offsetof(struct conf, transmitter.rig)},
    {"mode", CONF_NAME_MAX, offsetof(struct conf, transmitter.mode)},
    {"frequency", CONF_TIMES_MAX, offsetof(struct conf, transmitter.frequency)},
    {"at", CONF_TIMES_MAX, offsetof(struct conf, transmitter.at)},
};

void conf_radio_fill(struct cfg_opt_t *options)
{
    const cfg_opt_t all[CONF_RADIO_OPTIONS] = {CFG_STR("directory", "", CFGF_NONE),
        CFG_STR("programme", "hf", CFGF_NONE), CFG_STR("call", "", CFGF_NONE),
        CFG_STR("card", "", CFGF_NONE), CFG_STR("receiver", "", CFGF_NONE),
        CFG_INT("receiver_level", RECEIVER_LEVEL_DEFAULT, CFGF_NONE),
        CFG_STR("ptt", "none", CFGF_NONE), CFG_STR("ptt_device", "", CFGF_NONE),
        CFG_STR("rig", "", CFGF_NONE), CFG_STR("mode", "", CFGF_NONE),
        CFG_STR("frequency", "", CFGF_NONE), CFG_STR("at", ":00 :30", CFGF_NONE),
        CFG_INT("lead_ms", LEAD_DEFAULT_MS, CFGF_NONE),
        CFG_INT("max_seconds", MAX_SECONDS_DEFAULT, CFGF_NONE),
        CFG_INT("duty", DUTY_DEFAULT, CFGF_NONE), CFG_STR("quiet", QUIET_HOURLY, CFGF_NONE),
        CFG_END()};

    memcpy(options, all, sizeof all);
}

static int check_numbers(cfg_t *cfg, cfg_t *radio)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const struct range *range = &ranges[i];
        long value = cfg_getint(radio, range->name);
        if (value < range->least || value > range->most) {
            cfg_error(cfg, "%s is %ld; it may be %ld to %ld", range->name, value, range->least,
                range->most);
            return -1;
        }
    }
    return 0;
}

static int check_texts(cfg_t *cfg, cfg_t *radio)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *value = cfg_getstr(radio, texts[i].name);
        if (strlen(value) >= texts[i].size) {
            cfg_error(cfg, "%s is %zu bytes long; it may have %zu", texts[i].name, strlen(value),
                texts[i].size - 1);
            return -1;
        }
    }
    return 0;
}

/* Each is of no use without the other. */
static int check_needs(cfg_t *cfg, cfg_t *radio)
{
    static const struct {
        const char *name;
        const char *needs;
        const char *example;
    } rows[] = {
        {"receiver", "card", "card = \"plughw:1,0\""},
        {"ptt_device", "card", "card = \"plughw:1,0\""},
        {"rig", "card", "card = \"plughw:1,0\""},
        {"frequency", "rig", "rig = \"127.0.0.1:4532\""},
        {"mode", "rig", "rig = \"127.0.0.1:4532\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (cfg_getstr(radio, rows[i].name)[0] != '\0' &&
            cfg_getstr(radio, rows[i].needs)[0] == '\0') {
            cfg_error(cfg, "radio has %s and needs %s", rows[i].name, rows[i].example);
            return -1;
        }
    return 0;
}

static int check_quiet(cfg_t *cfg, cfg_t *radio)
{
    const char *quiet = cfg_getstr(radio, "quiet");
    if (strcmp(quiet, QUIET_HOURLY) == 0 || strcmp(quiet, QUIET_NEVER) == 0)
        return 0;
    cfg_error(cfg, "quiet is '%s'; it may be hourly or never", quiet);
    return -1;
}

int conf_radio_check(struct cfg_t *cfg, struct cfg_opt_t *opt)
{
    cfg_t *radio = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
    if (check_texts(cfg, radio) != 0 || check_numbers(cfg, radio) != 0 ||
        check_quiet(cfg, radio) != 0)
        return -1;
    return check_needs(cfg, radio);
}

void conf_radio_take(struct conf *conf, struct cfg_t *from)
{
    struct conf_transmitter *transmitter = &conf->transmitter;

    conf->radio = true;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        (void)snprintf(
            (char *)conf + texts[i].offset, texts[i].size, "%s", cfg_getstr(from, texts[i].name));
    conf->radio_quiet = strcmp(cfg_getstr(from, "quiet"), QUIET_HOURLY) == 0;
    transmitter->receiver_level = (int)cfg_getint(from, "receiver_level");
    transmitter->lead_ms = (unsigned)cfg_getint(from, "lead_ms");
    transmitter->max_seconds = (unsigned)cfg_getint(from, "max_seconds");
    transmitter->duty = (unsigned)cfg_getint(from, "duty");
    if (conf->radio_directory[0] == '\0')
        (void)snprintf(conf->radio_directory, sizeof conf->radio_directory, "%.*s/air",
            (int)sizeof conf->radio_directory - 5, conf->state);
}
