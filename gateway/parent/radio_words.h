/* radio_words: from the radio section of the configuration to dabyl-radio's options for a transmitter.
 */
#ifndef GATEWAY_PARENT_RADIO_WORDS_H
#define GATEWAY_PARENT_RADIO_WORDS_H

#include "gateway/base/conf.h"

#define RADIO_WORDS_PAIRS_MAX 12
#define RADIO_WORDS_NUMBER_SIZE 12

struct radio_words {
    char receiver_level[RADIO_WORDS_NUMBER_SIZE];
    char lead_ms[RADIO_WORDS_NUMBER_SIZE];
    char max_seconds[RADIO_WORDS_NUMBER_SIZE];
    char duty[RADIO_WORDS_NUMBER_SIZE];
    unsigned count;
    struct radio_words_pair {
        const char *option;
        const char *value; /* never empty */
    } pairs[RADIO_WORDS_PAIRS_MAX];
};

/* What must be told to a radio with a transmitter; no pairs where there is no card. conf must outlive words. */
void radio_words_fill(struct radio_words *words, const struct conf *conf);
/* Would dabyl-radio take them? ERR_VALUE; why gets one line. */
ERR_CHECKED enum err radio_words_check(
    char why[CONF_WHY_MAX], const struct conf *conf, const char *path);

#endif
