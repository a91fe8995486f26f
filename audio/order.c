#include "audio/order.h"

#include "audio/tone.h"

#include <string.h>

#define START_MS 400    /* a transmitter needs as long before what it sends is whole */
#define HF_HIGH_HZ 2700 /* what an SSB transmitter's filter passes */
#define FM_HIGH_HZ 3000
#define SEPARATORS " ,"
#define LANGUAGES_SIGN ':'
#define AND_SIGN '+'
#define TIMES_SIGN '*'
#define WORD_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"
#define LANGUAGE_SIZE 3

static const struct order orders[] = {
    {"hf", "start tone pause brief data mfsk voice data ident", HF_HIGH_HZ},
    {"fm", "start speech afsk fast data afsk fast data voice2400 data ident", FM_HIGH_HZ},
};

/* What the words of an order mean. */
static const struct word {
    const char *word;
    const struct segment_kind *kind;
    unsigned milliseconds;
    bool brief;
} words[] = {
    {"start", &segment_pause, START_MS, false},
    {"pause", &segment_pause, SEGMENT_PAUSE_MS, false},
    {"tone", &segment_tone, TONE_SECONDS * 1000, false},
    {"speech", &segment_speech, 0, false},
    {"brief", &segment_speech, 0, true},
    {"data", &segment_data, 0, false},
    {"fast", &segment_fast, 0, false},
    {"mfsk", &segment_mfsk, 0, false},
    {"voice", &segment_voice, 0, false},
    {"voice700d", &segment_voice, 0, false},
    {"voice700e", &segment_voice_700e, 0, false},
    {"voice2400", &segment_voice_2400, 0, false},
    {"afsk", &segment_afsk, 0, false},
    {"armour", &segment_armour, 0, false},
    {"ident", &segment_ident, 0, false},
    {"same", &segment_same, 0, false},
    {"sameend", &segment_same_end, 0, false},
};

struct order order_find(const char *text)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
        if (strcmp(orders[i].name, text) == 0)
            return orders[i];
    return (struct order){.name = "", .words = text, .high_hz = HF_HIGH_HZ};
}

bool order_is_known(const struct order *order)
{
    const char *text = order->words;
    struct order_item item;
    unsigned count = 0;

    if (strnlen(text, ORDER_SIZE_MAX + 1) > ORDER_SIZE_MAX)
        return false;
    while (order_next(&item, &text))
        count++;
    return count > 0 && *text == '\0';
}

static const struct word *find_word(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strlen(words[i].word) == size && memcmp(words[i].word, text, size) == 0)
            return &words[i];
    return NULL;
}

/* ":kk+ru", if there is one; false if it is none that can be. */
static bool take_languages(struct order_item *item, const char **at)
{
    item->languages = item->kind->each ? (1u << BULLETIN_LANGUAGE_COUNT) - 1 : 1u;
    if (**at != LANGUAGES_SIGN)
        return true;
    item->languages = 0;
    do {
        char name[LANGUAGE_SIZE] = "";
        enum bulletin_language language;

        ++*at;
        memcpy(name, *at, strnlen(*at, LANGUAGE_SIZE - 1));
        if (bulletin_parse_language(&language, name) != ERR_OK)
            return false;
        item->languages |= (uint8_t)(1u << language);
        *at += LANGUAGE_SIZE - 1;
    } while (**at == AND_SIGN);
    return item->kind->each;
}

/* "*3", if there is one. */
static bool take_times(struct order_item *item, const char **at)
{
    item->times = 1;
    if (**at != TIMES_SIGN)
        return true;
    item->times = (unsigned)((*at)[1] - '0');
    if (item->times < 1 || item->times > ORDER_TIMES_MAX)
        return false;
    *at += 2;
    return true;
}

bool order_next(struct order_item *item, const char **text)
{
    const char *at = *text + strspn(*text, SEPARATORS);
    size_t size = strspn(at, WORD_LETTERS);
    const struct word *word = find_word(at, size);

    *text = at;
    if (!word)
        return false;
    *item = (struct order_item){
        .kind = word->kind, .milliseconds = word->milliseconds, .brief = word->brief};
    at += size;
    if (!take_languages(item, &at) || !take_times(item, &at) ||
        (*at != '\0' && !strchr(SEPARATORS, *at)))
        return false;
    *text = at;
    return true;
}
