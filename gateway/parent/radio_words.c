#include "gateway/parent/radio_words.h"

#include "audio/ax25.h"
#include "audio/radio_transmitter.h"

#include <stdio.h>

static void add(struct radio_words *words, const char *option, const char *value)
{
    if (value[0] != '\0')
        words->pairs[words->count++] = (struct radio_words_pair){option, value};
}

static const char *print(char text[RADIO_WORDS_NUMBER_SIZE], int number)
{
    (void)snprintf(text, RADIO_WORDS_NUMBER_SIZE, "%d", number);
    return text;
}

void radio_words_fill(struct radio_words *words, const struct conf *conf)
{
    const struct conf_transmitter *from = &conf->transmitter;
    *words = (struct radio_words){.count = 0};
    if (from->card[0] == '\0')
        return;
    add(words, "--card", from->card);
    add(words, "--receiver", from->receiver);
    add(words, "--receiver-level", print(words->receiver_level, from->receiver_level));
    add(words, "--ptt", from->ptt);
    add(words, "--ptt-device", from->ptt_device);
    add(words, "--rig", from->rig);
    add(words, "--mode", from->mode);
    add(words, "--frequency", from->frequency);
    add(words, "--at", from->at);
    add(words, "--lead-ms", print(words->lead_ms, (int)from->lead_ms));
    add(words, "--max-seconds", print(words->max_seconds, (int)from->max_seconds));
    add(words, "--duty", print(words->duty, (int)from->duty));
}

enum err radio_words_check(char why[CONF_WHY_MAX], const struct conf *conf, const char *path)
{
    const struct conf_transmitter *from = &conf->transmitter;
    const struct radio_transmitter words = {.card = from->card,
        .receiver = from->receiver,
        .ptt = from->ptt,
        .ptt_device = from->ptt_device,
        .rig = from->rig,
        .mode = from->mode,
        .frequency = from->frequency,
        .at = from->at};
    struct on_air_config on_air;
    char what[RADIO_TRANSMITTER_WHY_MAX];
    if (conf->radio_call[0] != '\0' && ax25_check_call(conf->radio_call)) {
        (void)snprintf(why, CONF_WHY_MAX, "%s: radio: call is '%s'; it may be like UN7ABC-10", path,
            conf->radio_call);
        return ERR_VALUE;
    }
    if (!conf->radio || radio_transmitter_read(&on_air, what, &words) == ERR_OK)
        return ERR_OK;
    (void)snprintf(why, CONF_WHY_MAX, "%s: radio: %s", path, what);
    return ERR_VALUE;
}
