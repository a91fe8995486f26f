#include "audio/radio_transmitter.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAD_DEFAULT_MS 400
#define LEAD_MIN_MS 300
#define LEAD_MAX_MS 500
#define MAX_DEFAULT_S 600
#define MAX_MIN_S 1
#define MAX_MAX_S 3600
#define DUTY_DEFAULT 25
#define LEVEL_DEFAULT_DBFS (-35)
#define LEVEL_MIN_DBFS (-90)

__attribute__((format(printf, 2, 3))) static enum err say(
    char why[RADIO_TRANSMITTER_WHY_MAX], const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(why, RADIO_TRANSMITTER_WHY_MAX, format, arguments);
    va_end(arguments);
    return ERR_VALUE;
}

static bool is_given(const char *word)
{
    return word && word[0] != '\0';
}

static const char *or_empty(const char *word)
{
    return word ? word : "";
}

struct number {
    const char *name;
    const char *word;
    long least;
    long most;
    long value; /* the default, then what was read */
};

static enum err read_number(struct number *number, char why[RADIO_TRANSMITTER_WHY_MAX])
{
    char *end;
    long value;

    if (!is_given(number->word))
        return ERR_OK;
    errno = 0;
    value = strtol(number->word, &end, 10);
    if (errno || *end != '\0' || value < number->least || value > number->most)
        return say(why, "%s is '%s'; it may be %ld to %ld", number->name, number->word,
            number->least, number->most);
    number->value = value;
    return ERR_OK;
}

static enum err read_numbers(struct transmitter_config *config, char why[RADIO_TRANSMITTER_WHY_MAX],
    const struct radio_transmitter *words)
{
    struct number numbers[] = {
        {"lead_ms", words->lead_ms, LEAD_MIN_MS, LEAD_MAX_MS, LEAD_DEFAULT_MS},
        {"max_seconds", words->max_seconds, MAX_MIN_S, MAX_MAX_S, MAX_DEFAULT_S},
        {"duty", words->duty, 1, 100, DUTY_DEFAULT},
        {"receiver_level", words->receiver_level, LEVEL_MIN_DBFS, 0, LEVEL_DEFAULT_DBFS}};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        if (read_number(&numbers[i], why))
            return ERR_VALUE;
    config->lead_ms = (unsigned)numbers[0].value;
    config->max_s = (unsigned)numbers[1].value;
    config->duty_percent = (unsigned)numbers[2].value;
    config->receiver_dbfs = (int)numbers[3].value;
    return ERR_OK;
}

static enum err read_keyer(struct keyer_config *keyer, char why[RADIO_TRANSMITTER_WHY_MAX],
    const struct radio_transmitter *words)
{
    const char *ptt = is_given(words->ptt) ? words->ptt : "none";
    bool tty;

    if (keyer_parse_line(&keyer->line, ptt))
        return say(why, "ptt is '%s'; it may be none, rts, dtr, rigctld", ptt);
    tty = keyer->line == KEYER_RTS || keyer->line == KEYER_DTR;
    if (tty != is_given(words->ptt_device))
        return say(why,
            tty ? "ptt '%s' needs ptt_device, a tty" : "ptt '%s' has no use for ptt_device", ptt);
    if (keyer->line == KEYER_RIGCTLD && !is_given(words->rig))
        return say(why, "ptt 'rigctld' needs rig, such as 127.0.0.1:4532");
    if (is_given(words->rig) && !rig_is_place(words->rig))
        return say(why,
            "rig is '%s'; it must be an IPv4 address and a port, such as 127.0.0.1:4532",
            words->rig);
    if ((size_t)snprintf(keyer->device, sizeof(keyer->device), "%s", or_empty(words->ptt_device)) >=
            sizeof(keyer->device) ||
        (size_t)snprintf(keyer->rig, sizeof(keyer->rig), "%s", or_empty(words->rig)) >=
            sizeof(keyer->rig))
        return say(why, "ptt_device or rig is too long");
    return ERR_OK;
}

static enum err read_mode(struct transmitter_config *config, char why[RADIO_TRANSMITTER_WHY_MAX],
    const struct radio_transmitter *words)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const char *mode = or_empty(words->mode);

    if (strlen(mode) >= RIG_MODE_SIZE || strspn(mode, letters) != strlen(mode))
        return say(why, "mode is '%s'; it must be one of rigctld's, such as USB, PKTUSB, FM", mode);
    config->mode = mode;
    return ERR_OK;
}

enum err radio_transmitter_read(struct on_air_config *on_air, char why[RADIO_TRANSMITTER_WHY_MAX],
    const struct radio_transmitter *words)
{
    struct transmitter_config *config = &on_air->transmitter;

    config->card = is_given(words->card) ? words->card : NULL;
    config->receiver = is_given(words->receiver) ? words->receiver : NULL;
    if (schedule_parse_times(&on_air->schedule, or_empty(words->at)))
        return say(
            why, "at is '%s'; it must be times, such as ':00 :30' or '07:15 19:15'", words->at);
    if (schedule_parse_bands(&on_air->schedule, or_empty(words->frequency)))
        return say(why,
            "frequency is '%s'; it must be hertz, or hertz for each hour of a day, such as "
            "'06-20=7105000 20-06=5505000'",
            words->frequency);
    if (read_numbers(config, why, words) || read_keyer(&config->keyer, why, words))
        return ERR_VALUE;
    return read_mode(config, why, words);
}
