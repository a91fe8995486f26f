#include "audio/programme.h"

#include "audio/tone.h"
#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

#define START_MS 400    /* a transmitter needs as long before what it sends is whole */
#define HF_HIGH_HZ 2700 /* what an SSB transmitter's filter passes */
#define FM_HIGH_HZ 3000
#define SEPARATORS " ,"

static const struct order {
    const char *name;
    const char *words;
    double high_hz; /* upper end of the band of plain speech */
} orders[] = {
    {"hf", "start tone pause brief data mfsk voice data ident", HF_HIGH_HZ},
    {"fm", "start speech afsk data afsk data ident", FM_HIGH_HZ},
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
    {"mfsk", &segment_mfsk, 0, false},
    {"voice", &segment_voice, 0, false},
    {"afsk", &segment_afsk, 0, false},
    {"armour", &segment_armour, 0, false},
    {"ident", &segment_ident, 0, false},
};

struct segment {
    const struct segment_kind *kind;
    enum bulletin_language language;
    void *state;
};

struct programme {
    struct segment_source source;
    size_t count;
    struct segment segments[PROGRAMME_SEGMENTS_MAX];
};

/* A named order's words; an order is its own. */
static const struct order *find_order(struct order *own, const char *text)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
        if (strcmp(orders[i].name, text) == 0)
            return &orders[i];
    *own = (struct order){.name = "", .words = text, .high_hz = HF_HIGH_HZ};
    return own;
}

static const struct word *find_word(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strlen(words[i].word) == size && memcmp(words[i].word, text, size) == 0)
            return &words[i];
    return NULL;
}

/* The next word of an order, *text moves on. NULL at its end, or for what is no word: then *text is not at its end. */
static const struct word *next_word(const char **text)
{
    const char *start = *text + strspn(*text, SEPARATORS);
    size_t size = strcspn(start, SEPARATORS);
    const struct word *word = find_word(start, size);

    *text = word || size == 0 ? start + size : start;
    return word;
}

bool programme_exists(const char *order)
{
    struct order own;
    const char *text = find_order(&own, order)->words;
    unsigned count = 0;

    if (strnlen(order, PROGRAMME_ORDER_MAX + 1) > PROGRAMME_ORDER_MAX)
        return false;
    while (next_word(&text))
        count++;
    return count > 0 && *text == '\0';
}

const char *programme_name(const char *order)
{
    struct order own;
    const char *name = find_order(&own, order)->name;

    return name[0] == '\0' ? "own" : name;
}

static enum err put_segment(
    struct programme *programme, const struct word *word, enum bulletin_language language)
{
    const struct segment_wish wish = {
        .language = language, .brief = word->brief, .milliseconds = word->milliseconds};
    struct segment *segment;

    if (programme->count == PROGRAMME_SEGMENTS_MAX)
        return ERR_LONG;
    segment = &programme->segments[programme->count++];
    *segment = (struct segment){.kind = word->kind, .language = language};
    return word->kind->create(&segment->state, &programme->source, &wish);
}

/* Once, or once for each language. */
static enum err put_word(struct programme *programme, const struct word *word, uint8_t languages)
{
    enum err err = ERR_OK;

    if (!word->kind->each)
        return put_segment(programme, word, BULLETIN_KK);
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT && !err; language++)
        if ((languages & 1u << language) != 0)
            err = put_segment(programme, word, (enum bulletin_language)language);
    return err;
}

enum err programme_new(
    struct programme **programme, const char *order, const struct programme_input *input)
{
    uint8_t languages = input->languages ? input->languages : 0xff;
    struct programme *new = segment_allocate(sizeof(*new));
    const struct word *word;
    struct order own;
    const struct order *found = find_order(&own, order);
    const char *text = found->words;
    enum err err = ERR_OK;

    languages &= input->bulletin->languages;
    new->source = (struct segment_source){.input = input, .high_hz = found->high_hz};
    if (!programme_exists(order) || !languages)
        err = ERR_MISSING;
    while (!err && (word = next_word(&text)))
        err = put_word(new, word, languages);
    if (err) {
        programme_free(new);
        return err;
    }
    *programme = new;
    return ERR_OK;
}

void programme_free(struct programme *programme)
{
    if (!programme)
        return;
    for (size_t i = 0; i < programme->count; i++)
        programme->segments[i].kind->destroy(programme->segments[i].state);
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        pcm_wipe(&programme->source.spoken[language][0]);
        pcm_wipe(&programme->source.spoken[language][1]);
    }
    free(programme->source.carousels[0]);
    free(programme->source.carousels[1]);
    free(programme);
}

size_t programme_count(const struct programme *programme)
{
    return programme->count;
}

static size_t count_samples(const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return segment->kind->samples(segment->state);
}

struct programme_segment programme_describe(const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return (struct programme_segment){.name = segment->kind->name,
        .language = segment->kind->each ? bulletin_print_language(segment->language) : NULL,
        .seconds = (double)count_samples(programme, index) / SEGMENT_RATE_HZ};
}

double programme_seconds(const struct programme *programme)
{
    size_t samples = 0;

    for (size_t i = 0; i < programme->count; i++)
        samples += count_samples(programme, i);
    return (double)samples / SEGMENT_RATE_HZ;
}

enum err programme_render(struct pcm *pcm, const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return segment->kind->render(pcm, segment->state);
}
