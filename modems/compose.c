#include "modems/compose.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"
#include "gateway/bulletin/phrases.h"
#include "modems/sentence.h"
#include "modems/translit.h"

#include <stdio.h>
#include <string.h>

#define PHRASE_SIZE 256
#define NUMBER_TEXT_SIZE 12

/* What each kind says between the time and the headline, and whether it says until when it holds. */
static const struct {
    bool follows; /* names the number of what it follows */
    bool until;
    enum phrase phrase; /* where it follows something */
} kinds[BULLETIN_KIND_COUNT] = {
    [BULLETIN_ALERT] = {false, true, PHRASE_COUNT},
    [BULLETIN_UPDATE] = {true, true, PHRASE_UPDATE},
    [BULLETIN_RETRACT] = {true, false, PHRASE_RETRACT},
    [BULLETIN_ALL_CLEAR] = {true, false, PHRASE_ALL_CLEAR},
    [BULLETIN_DRILL] = {false, true, PHRASE_COUNT},
};

/* Whom to ask next if the wanted language is missing. */
static const enum bulletin_language substitutes[BULLETIN_LANGUAGE_COUNT][BULLETIN_LANGUAGE_COUNT] =
    {
        [BULLETIN_KK] = {BULLETIN_KK, BULLETIN_RU, BULLETIN_EN},
        [BULLETIN_RU] = {BULLETIN_RU, BULLETIN_KK, BULLETIN_EN},
        [BULLETIN_EN] = {BULLETIN_EN, BULLETIN_RU, BULLETIN_KK},
};

/* A text being written; the first error sticks. */
struct draft {
    const struct compose_request *request;
    char *text;
    size_t size;
    size_t used;
    enum err err;
};

/* Appends in the subscriber's script; `language` is that of the words. */
static void put_in(struct draft *draft, const char *words, enum bulletin_language language)
{
    bool latin = draft->request->latin || draft->request->language == BULLETIN_EN;
    char *at = draft->text + draft->used;
    size_t room = draft->size - draft->used, length = strlen(words);
    if (draft->err != ERR_OK)
        return;
    if (latin)
        draft->err = translit_print_latin(at, room, words, language);
    else if (length < room)
        memcpy(at, words, length + 1);
    else
        draft->err = ERR_LONG;
    if (draft->err == ERR_OK)
        draft->used += strlen(at);
}

static void put(struct draft *draft, const char *words)
{
    put_in(draft, words, draft->request->language);
}

static void put_phrase(struct draft *draft, enum phrase phrase, const char *name, const char *value)
{
    char text[PHRASE_SIZE];
    const char *const values[] = {name, value, NULL};
    enum err err =
        phrases_fill(text, sizeof text, phrases_get(phrase, draft->request->language), values);
    if (err == ERR_OK)
        put(draft, text);
    else
        draft->err = err;
}

static void print_number(char text[NUMBER_TEXT_SIZE], uint32_t number)
{
    (void)snprintf(text, NUMBER_TEXT_SIZE, "%u", (unsigned)number);
}

/* The word for drill: the reader's language first, then the others; `brief` takes only the first word of each. */
static void put_drill(struct draft *draft, bool brief)
{
    enum bulletin_language first = draft->request->language;
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        enum bulletin_language language = substitutes[first][i];
        const char *phrase = phrases_get(PHRASE_DRILL, language);
        char word[PHRASE_SIZE];
        int size = (int)(brief ? strcspn(phrase, " ") : strlen(phrase));
        (void)snprintf(word, sizeof word, "%s%.*s", i > 0 ? "/" : "", size, phrase);
        put_in(draft, word, language);
    }
}

/* Does text begin with these words? Case is ignored. */
static bool begins_with(const char *text, const char *words)
{
    while (*words != '\0')
        if (utf8_upper(utf8_next(&text)) != utf8_upper(utf8_next(&words)))
            return false;
    return true;
}

/* Bytes of that mark of the list, ended by NULL, in which text[0..size) ends; 0 if in none. */
static size_t measure_end(const char *text, size_t size, const char *const *marks)
{
    for (; *marks != NULL; marks++) {
        size_t length = strlen(*marks);
        if (size >= length && memcmp(text + size - length, *marks, length) == 0)
            return length;
    }
    return 0;
}

/* Does text name this number as that of a message? */
static bool names_number(const char *text, const char *number)
{
    static const char digits[] = "0123456789";
    static const char *const signs[] = {"№", "№ ", "№\u00a0", "No ", "No. ", "#", NULL};
    for (const char *at = text; *(at += strcspn(at, digits)) != '\0';) {
        size_t size = strspn(at, digits);
        if (size == strlen(number) && strncmp(at, number, size) == 0 &&
            measure_end(text, (size_t)(at - text), signs) > 0)
            return true;
        at += size;
    }
    return false;
}

/* "ОБНОВЛЕНИЕ №40: ", "ОШИБКА: сообщение №40 неверно. ", or "(№40) " where the headline says the word itself. */
static void put_follows(struct draft *draft, const char *headline)
{
    const struct bulletin *bulletin = draft->request->bulletin;
    enum phrase phrase = kinds[bulletin->kind].phrase;
    const char *word = phrases_get(phrase, draft->request->language);
    char number[NUMBER_TEXT_SIZE], lead[PHRASE_SIZE];
    print_number(number, bulletin->follows);
    if (phrase == PHRASE_RETRACT) {
        if (names_number(headline, number))
            return;
        put_phrase(draft, phrase, "n", number);
        put(draft, " ");
        return;
    }
    if (begins_with(headline, word))
        (void)snprintf(lead, sizeof lead, "(№%s) ", number);
    else
        (void)snprintf(lead, sizeof lead, "%s №%s: ", word, number);
    put(draft, lead);
}

/* text[0..size) needs no full stop: it ends in a mark of its own, quotation marks and brackets set aside. */
static bool ends_sentence(const char *text, size_t size)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "»", "”", "“", "’", NULL};
    static const char *const stops[] = {".", "!", "?", "…", ":", NULL};
    size_t mark;
    while ((mark = measure_end(text, size, closing)) > 0)
        size -= mark;
    return measure_end(text, size, stops) > 0;
}

/* Behind the last word that was said. */
static void put_stop(struct draft *draft)
{
    while (draft->used > 0 && draft->text[draft->used - 1] == ' ')
        draft->text[--draft->used] = '\0';
    if (!ends_sentence(draft->text, draft->used))
        put(draft, ".");
}

/* All up to the headline and its full stop. */
static void put_head(struct draft *draft)
{
    const struct compose_request *request = draft->request;
    const struct bulletin *bulletin = request->bulletin;
    const char *headline = bulletin->text[request->language].headline;
    char hhmm[CLOCK_HHMM_SIZE], source[PHRASE_SIZE];
    if (bulletin->kind == BULLETIN_DRILL) {
        put_drill(draft, false);
        put(draft, " ");
    }
    clock_print_hhmm(hhmm, bulletin->sent_s);
    (void)snprintf(
        source, sizeof source, "%s №%u %s ", request->sender, (unsigned)bulletin->number, hhmm);
    put(draft, source);
    if (kinds[bulletin->kind].follows)
        put_follows(draft, headline);
    put(draft, headline);
    put_stop(draft);
}

void compose_print_until(char text[COMPOSE_MOMENT_SIZE], const struct bulletin *bulletin)
{
    unsigned day, month, sent_day, sent_month;
    char hhmm[CLOCK_HHMM_SIZE];
    int64_t until_s = bulletin_expires_s(bulletin);
    clock_print_hhmm(hhmm, until_s);
    clock_local_day(&day, &month, until_s);
    clock_local_day(&sent_day, &sent_month, bulletin->sent_s);
    if (day == sent_day && month == sent_month)
        (void)snprintf(text, COMPOSE_MOMENT_SIZE, "%s", hhmm);
    else
        (void)snprintf(text, COMPOSE_MOMENT_SIZE, "%02u.%02u %s", day % 100, month % 100, hhmm);
}

/* All behind the last sentence; `more` says what to text back for the rest. */
static void put_tail(struct draft *draft, bool more)
{
    const struct compose_request *request = draft->request;
    const struct bulletin *bulletin = request->bulletin;
    const char *word = request->word != NULL ? request->word : "";
    char text[PHRASE_SIZE];
    if (kinds[bulletin->kind].until) {
        compose_print_until(text, bulletin);
        put(draft, " ");
        put_phrase(draft, PHRASE_UNTIL, "t", text);
    }
    (void)snprintf(text, sizeof text, " (%s%s%s)", request->code, *word != '\0' ? " " : "", word);
    put(draft, text);
    if (more) {
        print_number(text, bulletin->number);
        put(draft, " ");
        put_phrase(draft, PHRASE_MORE, "n", text);
    }
    if (bulletin->kind == BULLETIN_DRILL) {
        put(draft, " ");
        put_drill(draft, true);
    }
}

static bool fits(struct draft *draft, bool more)
{
    struct draft whole = *draft;
    struct segment_size size;
    put_tail(&whole, more);
    segment_measure(&size, whole.text);
    draft->text[draft->used] = '\0';
    return whole.err == ERR_OK && size.parts <= draft->request->parts;
}

/* Appends sentences of a field while they fit; returns the bytes of the field that are said. */
static size_t put_sentences(struct draft *draft, const char *field)
{
    const char *at = field + sentence_measure_space(field);
    size_t said = (size_t)(at - field), size;
    while ((size = sentence_measure(at)) > 0) {
        char sentence[BULLETIN_DESCRIPTION_MAX + 2];
        struct draft longer = *draft;
        (void)snprintf(sentence, sizeof sentence, " %.*s", (int)size, at);
        put(&longer, sentence);
        put_stop(&longer);
        if (longer.err != ERR_OK || !fits(&longer, false))
            break;
        *draft = longer;
        at += size;
        at += sentence_measure_space(at);
        said = (size_t)(at - field);
    }
    draft->text[draft->used] = '\0';
    return said;
}

static void count_left(struct compose *compose, const char *left)
{
    compose->left_bytes += strlen(left);
    for (; *left != '\0'; compose->left_sentences++) {
        left += sentence_measure(left);
        left += sentence_measure_space(left);
    }
}

static enum err check_request(const struct compose_request *request)
{
    const struct bulletin *bulletin = request->bulletin;
    if (bulletin->kind == BULLETIN_ROSTER || request->parts > COMPOSE_PARTS_ALL)
        return ERR_VALUE;
    if (strlen(request->sender) > COMPOSE_NAME_MAX || strlen(request->code) > COMPOSE_NAME_MAX ||
        (request->word != NULL && strlen(request->word) > COMPOSE_NAME_MAX))
        return ERR_LONG;
    return (bulletin->languages & 1u << request->language) != 0 ? ERR_OK : ERR_MISSING;
}

enum err compose_text(struct compose *compose, const struct compose_request *request)
{
    enum err err = check_request(request);
    if (err != ERR_OK)
        return err;
    struct compose_request whole = *request;
    if (whole.parts == 0)
        whole.parts = COMPOSE_PARTS_DEFAULT;
    const struct bulletin_text *text = &whole.bulletin->text[whole.language];
    struct draft draft = {.request = &whole, .text = compose->text, .size = sizeof compose->text};
    *compose = (struct compose){0};
    put_head(&draft);
    if (draft.err != ERR_OK)
        return draft.err;
    compose->instruction_bytes = put_sentences(&draft, text->instruction);
    count_left(compose, text->instruction + compose->instruction_bytes);
    if (compose->left_sentences == 0)
        compose->description_bytes = put_sentences(&draft, text->description);
    count_left(compose, text->description + compose->description_bytes);
    compose->more = compose->left_sentences > 0 && fits(&draft, true);
    put_tail(&draft, compose->more);
    segment_measure(&compose->size, compose->text);
    compose->over = compose->size.parts > whole.parts;
    return draft.err;
}

enum bulletin_language compose_find_language(
    const struct bulletin *bulletin, enum bulletin_language wanted)
{
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++)
        if ((bulletin->languages & 1u << substitutes[wanted][i]) != 0)
            return substitutes[wanted][i];
    return wanted;
}
