#include "audio/programme.h"

#include "audio/order.h"

#include <stdlib.h>
#include <string.h>

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

bool programme_exists(const char *text)
{
    const struct order order = order_find(text);

    return order_is_known(&order);
}

const char *programme_name(const char *text)
{
    const char *name = order_find(text).name;

    return name[0] == '\0' ? "own" : name;
}

static enum err put_segment(
    struct programme *programme, const struct order_item *item, enum bulletin_language language)
{
    const struct segment_wish wish = {
        .language = language, .brief = item->brief, .milliseconds = item->milliseconds};
    struct segment *segment;

    if (programme->count == PROGRAMME_SEGMENTS_MAX)
        return ERR_LONG;
    segment = &programme->segments[programme->count++];
    *segment = (struct segment){.kind = item->kind, .language = language};
    return item->kind->create(&segment->state, &programme->source, &wish);
}

/* So often, each time once or once for each language. */
static enum err put_item(
    struct programme *programme, const struct order_item *item, uint8_t languages)
{
    uint8_t wanted = item->kind->each ? item->languages & languages : item->languages;
    enum err err = ERR_OK;

    for (unsigned i = 0; i < item->times; i++)
        for (int language = 0; language < BULLETIN_LANGUAGE_COUNT && !err; language++)
            if ((wanted & 1u << language) != 0)
                err = put_segment(programme, item, (enum bulletin_language)language);
    return err;
}

static size_t count_samples(const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return segment->kind->samples(segment->state);
}

static bool has_kind(const struct programme *programme, const struct segment_kind *kind)
{
    for (size_t i = 0; i < programme->count; i++)
        if (programme->segments[i].kind == kind)
            return true;
    return false;
}

static enum err insert_ident(struct programme *programme, size_t index)
{
    const struct segment_wish wish = {.language = BULLETIN_KK};
    struct segment *segment = &programme->segments[index];

    memmove(segment + 1, segment, (programme->count - index) * sizeof(*segment));
    *segment = (struct segment){.kind = &segment_ident};
    programme->count++;
    return segment_ident.create(&segment->state, &programme->source, &wish);
}

/* Where an order says who sends, whoever tunes in late is told, too: in front of what would make the time since the beginning or the
 * last telling too long. */
static enum err repeat_ident(struct programme *programme)
{
    const size_t every = (size_t)PROGRAMME_IDENT_S * SEGMENT_RATE_HZ;
    size_t since = 0;
    enum err err = ERR_OK;

    if (!has_kind(programme, &segment_ident))
        return ERR_OK;
    for (size_t i = 0; i < programme->count && !err; i++) {
        bool told = programme->segments[i].kind == &segment_ident;

        if (!told && since > every / 4 && since + count_samples(programme, i) > every &&
            programme->count < PROGRAMME_SEGMENTS_MAX) {
            err = insert_ident(programme, i);
            told = true;
        }
        since = told ? 0 : since + count_samples(programme, i);
    }
    return err;
}

enum err programme_new(
    struct programme **programme, const char *text, const struct programme_input *input)
{
    uint8_t languages = input->languages ? input->languages : 0xff;
    const struct order order = order_find(text);
    struct programme *new = segment_allocate(sizeof(*new));
    const char *words = order.words;
    struct order_item item;
    enum err err = ERR_OK;

    languages &= input->bulletin->languages;
    new->source = (struct segment_source){.input = input, .high_hz = order.high_hz};
    if (!order_is_known(&order) || !languages)
        err = ERR_MISSING;
    while (!err && order_next(&item, &words))
        err = put_item(new, &item, languages);
    if (!err)
        err = new->count > 0 ? repeat_ident(new) : ERR_MISSING;
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
    for (int i = 0; i < SEGMENT_CAROUSEL_COUNT; i++)
        free(programme->source.carousels[i]);
    free(programme);
}

size_t programme_count(const struct programme *programme)
{
    return programme->count;
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
