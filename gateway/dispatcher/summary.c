#include "gateway/dispatcher/summary.h"

#include "gateway/bulletin/phrases.h"
#include "modems/compose.h"
#include "modems/translit.h"

#include <stdio.h>
#include <string.h>

#define ITEM_SIZE 1024
#define NUMBER_SIZE 12

/* What each kind is called in front of what it is about, and whether it says until when it holds. */
static const struct {
    enum phrase phrase; /* PHRASE_COUNT: nothing */
    bool until;
} kinds[BULLETIN_KIND_COUNT] = {
    [BULLETIN_ALERT] = {PHRASE_COUNT, true},
    [BULLETIN_UPDATE] = {PHRASE_UPDATE, true},
    [BULLETIN_RETRACT] = {PHRASE_COUNT, false},
    [BULLETIN_ALL_CLEAR] = {PHRASE_ALL_CLEAR, false},
    [BULLETIN_DRILL] = {PHRASE_DRILL, true},
    [BULLETIN_ROSTER] = {PHRASE_COUNT, false},
};

bool summary_add(struct summary *summary, const struct bulletin *bulletin)
{
    if (summary->count == SUMMARY_ITEMS_MAX)
        return false;
    unsigned at = summary->count++;
    for (; at > 0 && bulletin_compare_priority(summary->items[at - 1], bulletin) < 0; at--)
        summary->items[at] = summary->items[at - 1];
    summary->items[at] = bulletin;
    return true;
}

/* What it is about, in the reader's letters: the event's words, or the headline in a language that it has. */
static enum err print_about(char *text, size_t size, const struct bulletin *bulletin,
    const struct summary_reader *reader, bool brief)
{
    const char *word = phrases_event_word(bulletin->event, reader->language);
    enum bulletin_language language = compose_find_language(bulletin, reader->language);
    const char *headline = bulletin->text[language].headline;
    size_t length = strlen(headline);
    while (length > 0 && strchr(".!; ", headline[length - 1]) != NULL)
        length--;
    if (brief && word != NULL)
        return (size_t)snprintf(text, size, "%s", word) < size ? ERR_OK : ERR_LONG;
    char cut[BULLETIN_HEADLINE_MAX + 1];
    (void)snprintf(cut, sizeof cut, "%.*s", (int)length, headline);
    if (reader->latin || reader->language == BULLETIN_EN)
        return translit_print_latin(text, size, cut, language);
    return (size_t)snprintf(text, size, "%s", cut) < size ? ERR_OK : ERR_LONG;
}

/* "№41 ОБНОВЛЕНИЕ: ПАВОДОК до 23:05". A drill says only that: nobody is to take it for what it plays. */
static enum err print_item(char *text, size_t size, const struct bulletin *bulletin,
    const struct summary_reader *reader, bool brief)
{
    char about[ITEM_SIZE] = "", what[ITEM_SIZE], number[NUMBER_SIZE], until[COMPOSE_MOMENT_SIZE];
    enum phrase phrase = kinds[bulletin->kind].phrase;
    const char *kind = phrase != PHRASE_COUNT ? phrases_get(phrase, reader->language) : "";
    enum err err = ERR_OK;
    if (bulletin->kind != BULLETIN_DRILL)
        err = print_about(about, sizeof about, bulletin, reader, brief);
    if (strcmp(about, kind) == 0)
        about[0] = '\0';
    const char *colon = about[0] != '\0' && kind[0] != '\0' ? ": " : "";
    if ((size_t)snprintf(what, sizeof what, "%s%s%s", kind, colon, about) >= sizeof what)
        err = ERR_LONG;
    if (err != ERR_OK)
        return err;
    (void)snprintf(number, sizeof number, "%u", (unsigned)bulletin->number);
    compose_print_until(until, bulletin);
    const char *const values[] = {"n", number, "w", what, "t", until, NULL};
    phrase = kinds[bulletin->kind].until ? PHRASE_DIGEST_UNTIL : PHRASE_DIGEST_ITEM;
    return phrases_fill(text, size, phrases_get(phrase, reader->language), values);
}

static enum err print_items(char *text, size_t size, const struct summary *summary,
    const struct summary_reader *reader, bool brief)
{
    size_t used = 0;
    text[0] = '\0';
    for (unsigned i = 0; i < summary->count; i++) {
        char item[ITEM_SIZE];
        enum err err = print_item(item, sizeof item, summary->items[i], reader, brief);
        if (err != ERR_OK)
            return err;
        int more = snprintf(text + used, size - used, "%s%s", i > 0 ? "; " : "", item);
        if (more < 0 || (size_t)more >= size - used)
            return ERR_LONG;
        used += (size_t)more;
    }
    return ERR_OK;
}

static enum err print_way(char *text, size_t size, const struct summary *summary,
    const struct summary_reader *reader, bool brief)
{
    char items[COMPOSE_TEXT_SIZE], said[COMPOSE_TEXT_SIZE], whole[COMPOSE_TEXT_SIZE];
    const char *const values[] = {"a", items, NULL};
    bool word = reader->word[0] != '\0';
    enum err err = print_items(items, sizeof items, summary, reader, brief);
    if (err == ERR_OK)
        err = phrases_fill(said, sizeof said, phrases_get(PHRASE_DIGEST, reader->language), values);
    if (err != ERR_OK)
        return err;
    int used = snprintf(whole, sizeof whole, "%s%s%s%s%s%s", reader->sender,
        reader->sender[0] != '\0' ? " " : "", said, word ? " (" : "", reader->word,
        word ? ")" : "");
    if (used < 0 || (size_t)used >= sizeof whole)
        return ERR_LONG;
    if (reader->latin || reader->language == BULLETIN_EN)
        return translit_print_latin(text, size, whole, reader->language);
    return (size_t)snprintf(text, size, "%s", whole) < size ? ERR_OK : ERR_LONG;
}

enum err summary_print(
    char *text, size_t size, const struct summary *summary, const struct summary_reader *reader)
{
    struct segment_size measure = {0};
    enum err err = print_way(text, size, summary, reader, false);
    if (err == ERR_OK)
        segment_measure(&measure, text);
    if (err == ERR_OK && measure.parts <= reader->parts)
        return ERR_OK;
    err = print_way(text, size, summary, reader, true);
    if (err == ERR_OK)
        segment_measure(&measure, text);
    return err == ERR_OK && measure.parts > SUMMARY_PARTS_MAX ? ERR_LONG : err;
}
