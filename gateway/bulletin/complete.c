#include "gateway/bulletin/complete.h"

#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/phrases.h"

#include <string.h>

#define EVENTS_MAX 255
#define STEM_SHORT                                                                                 \
    4 /* letters: longer names are compared without their last one, which case endings change */
#define WORD_SHORT 2 /* letters: so short a word counts only alone */
#define MINUTE_DIGITS 2

static const struct {
    const char *name;
    const char *why;
} parts[] = {
    [COMPLETE_SOURCE] = {"source", "an Extreme alert must say how sure it is: choose a certainty"},
    [COMPLETE_GUIDANCE] = {"guidance",
        "an Extreme alert must say what to do: an instruction in each language"},
    [COMPLETE_HAZARD] = {"hazard", "an Extreme alert must say what the danger is: choose an event"},
    [COMPLETE_PLACE] = {"place",
        "an Extreme alert must say where: regions, and a place's name in each language"},
    [COMPLETE_TIME] = {"time",
        "an Extreme alert must say when: choose an urgency, and name the time of what is to come"},
    [COMPLETE_IMPACT] = {"impact",
        "an Extreme alert must say what it does to people: a description in each language"},
};

/* Words that say where when the whole country is meant, and words that say when: beginnings of words. */
static const char *const country_words[BULLETIN_LANGUAGE_COUNT][4] = {
    [BULLETIN_KK] = {"ел бойын", "елде", "бүкіл ел", NULL},
    [BULLETIN_RU] = {"стран", "республик", "повсеместно", NULL},
    [BULLETIN_EN] = {"country", "nationwide", "everywhere", NULL},
};

/* Words that follow or precede a place's name, so that it may stand first in its sentence. */
static const char *const place_words[BULLETIN_LANGUAGE_COUNT][10] = {
    [BULLETIN_KK] = {"ауданы", "көшесі", "қаласы", "ауылы", "даңғылы", "алаңы", "облысы", "кенті",
        "өзені", NULL},
    [BULLETIN_RU] = {"район", "микрорайон", "област", "посёл", "проспект", "площад", NULL},
    [BULLETIN_EN] = {"district", "microdistrict", "region", "village", "avenue", "square", NULL},
};

static const char *const time_words[BULLETIN_LANGUAGE_COUNT][12] = {
    [BULLETIN_KK] = {"қазір", "бүгін", "ертең", "сағат", "минут", "тәулік", "таңертең", "таңғы",
        "кешк", "түн", "күн", NULL},
    [BULLETIN_RU] = {"сейчас", "сегодня", "завтра", "час", "минут", "суток", "утр", "вечер", "ноч",
        "полдень", "днём", NULL},
    [BULLETIN_EN] = {"now", "today", "tomorrow", "tonight", "hour", "minute", "morning", "evening",
        "night", "noon", "day", NULL},
};

/* A word of a text as it stands there. */
struct word {
    const char *at;
    const char *end;
    bool first;   /* of a sentence, so that its capital says nothing */
    bool capital; /* "Abai", but neither "ABAI" nor "abai" */
};

static bool is_letter(uint32_t code)
{
    bool ascii = (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
    bool latin = code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7;
    return ascii || latin || (code >= 0x400 && code <= 0x52f);
}

static bool is_upper(uint32_t code)
{
    return is_letter(code) && utf8_upper(code) == code;
}

static bool ends_sentence(uint32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == ':' || code == 0x2026;
}

static bool is_space_or_quote(uint32_t code)
{
    return code == ' ' || code == '"' || code == 0xab || code == 0x201c || code == 0x201e;
}

/* The next word at or after *text, which is moved behind it; first must be true at the start of a text and is kept between
 * calls. False at the end. */
static bool next_word(struct word *word, const char **text, bool *first)
{
    const char *at = *text;
    uint32_t code = 0;
    for (;;) {
        word->at = at;
        code = utf8_next(&at);
        if (code == 0)
            return false;
        if (is_letter(code))
            break;
        if (ends_sentence(code))
            *first = true;
        else if (!is_space_or_quote(code))
            *first = false;
    }
    const char *second = at;
    word->first = *first;
    word->capital = is_upper(code);
    code = utf8_next(&second);
    word->capital = word->capital && is_letter(code) && !is_upper(code);
    for (word->end = at; is_letter(utf8_next(&at)); word->end = at)
        continue;
    *text = word->end;
    *first = false;
    return true;
}

/* Does text begin with the stem of a name, whatever the case? */
static bool begins_with(const char *text, const char *name, size_t letters)
{
    for (; letters > 0; letters--)
        if (utf8_upper(utf8_next(&text)) != utf8_upper(utf8_next(&name)))
            return false;
    return true;
}

static size_t count_stem(const char *name)
{
    size_t letters = utf8_count(name);
    return letters > STEM_SHORT ? letters - 1 : letters;
}

static bool is_named(const struct word *word, const char *name)
{
    size_t letters = count_stem(name);
    if (!begins_with(word->at, name, letters))
        return false;
    return letters > WORD_SHORT || (size_t)(word->end - word->at) == strlen(name);
}

static bool is_any_of(const struct word *word, const char *const *names)
{
    for (; *names != NULL; names++)
        if (begins_with(word->at, *names, utf8_count(*names)))
            return true;
    return false;
}

/* ---- place ---- */

static bool is_region(const struct word *word, enum bulletin_language language)
{
    for (unsigned bit = 0; bit < AREA_COUNT; bit++) {
        const struct area *area = area_find_bit(bit);
        if (is_named(word, area->name[language]) ||
            (area->centre[language] != NULL && is_named(word, area->centre[language])))
            return true;
    }
    return false;
}

/* "Құлсарыда": in Kulsary. */
static bool is_locative(const struct word *word)
{
    static const char *const endings[] = {"да", "де", "та", "те"};
    size_t size = strlen(endings[0]);
    if (!word->capital || (size_t)(word->end - word->at) <= 2 * size)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (memcmp(word->end - size, endings[i], size) == 0)
            return true;
    return false;
}

static bool is_place(const struct word *word, const struct bulletin *b, enum bulletin_language l)
{
    if (word->capital && !word->first)
        return true;
    if (is_any_of(word, place_words[l]) || is_region(word, l) ||
        (l == BULLETIN_KK && is_locative(word)))
        return true;
    return (b->regions & BULLETIN_COUNTRY) != 0 && is_any_of(word, country_words[l]);
}

/* "FLOOD: microdistrict 3", as templates write it. */
static bool has_second_half(const char *headline)
{
    struct word word;
    bool first = true;
    const char *colon = strstr(headline, ": ");
    return colon != NULL && next_word(&word, &colon, &first);
}

static bool names_place(const struct bulletin *b, enum bulletin_language language)
{
    const struct bulletin_text *text = &b->text[language];
    const char *const lines[] = {text->headline, text->instruction, text->description};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct word word;
        bool first = true;
        const char *at = lines[i];
        while (next_word(&word, &at, &first))
            if (is_place(&word, b, language))
                return true;
    }
    return has_second_half(text->headline);
}

/* ---- time ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "7:05", "18:00" */
static bool has_clock(const char *text)
{
    for (const char *colon = strchr(text, ':'); colon != NULL; colon = strchr(colon + 1, ':'))
        if (colon > text && is_digit(colon[-1]) && is_digit(colon[1]) &&
            is_digit(colon[MINUTE_DIGITS]))
            return true;
    return false;
}

static bool names_time(const struct bulletin *b, enum bulletin_language language)
{
    const struct bulletin_text *text = &b->text[language];
    const char *const lines[] = {text->headline, text->instruction, text->description};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct word word;
        bool first = true;
        const char *at = lines[i];
        if (has_clock(at))
            return true;
        while (next_word(&word, &at, &first))
            if (is_any_of(&word, time_words[language]))
                return true;
    }
    return false;
}

/* ---- the other parts ---- */

static bool has_words(const char *text)
{
    struct word word;
    bool first = true;
    return next_word(&word, &text, &first);
}

static bool has_instruction(const struct bulletin *b, enum bulletin_language language)
{
    return has_words(b->text[language].instruction);
}

static bool has_description(const struct bulletin *b, enum bulletin_language language)
{
    return has_words(b->text[language].description);
}

static bool is_event(const struct word *word, enum bulletin_language language)
{
    for (unsigned event = 1; event <= EVENTS_MAX; event++) {
        const char *name = phrases_event_word((uint8_t)event, language);
        if (name == NULL)
            return false;
        if (is_named(word, name))
            return true;
    }
    return false;
}

static bool names_hazard(const struct bulletin *b, enum bulletin_language language)
{
    struct word word;
    bool first = true;
    const char *at = b->text[language].headline;
    while (next_word(&word, &at, &first))
        if (is_event(&word, language))
            return true;
    return false;
}

/* Is it so in each language, of which there is one at least? */
static bool each(const struct bulletin *b,
    bool (*says)(const struct bulletin *b, enum bulletin_language language))
{
    bool any = false;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        if ((b->languages >> i & 1) == 0)
            continue;
        if (!says(b, (enum bulletin_language)i))
            return false;
        any = true;
    }
    return any;
}

static bool has_hazard(const struct bulletin *b)
{
    return phrases_event_name(b->event) != NULL || each(b, names_hazard);
}

static bool has_time(const struct bulletin *b)
{
    bool to_come = b->urgency == BULLETIN_EXPECTED || b->urgency == BULLETIN_FUTURE;
    if (b->lifetime_min == 0 || b->urgency == BULLETIN_URGENCY_UNKNOWN)
        return false;
    return !to_come || each(b, names_time);
}

const char *complete_print_part(enum complete_part part)
{
    return (unsigned)part < COMPLETE_PART_COUNT ? parts[part].name : "?";
}

unsigned complete_find_missing(const struct bulletin *bulletin)
{
    const bool there[] = {
        [COMPLETE_SOURCE] = bulletin->certainty != BULLETIN_CERTAINTY_UNKNOWN,
        [COMPLETE_GUIDANCE] = each(bulletin, has_instruction),
        [COMPLETE_HAZARD] = has_hazard(bulletin),
        [COMPLETE_PLACE] = bulletin->regions != 0 && each(bulletin, names_place),
        [COMPLETE_TIME] = has_time(bulletin),
        [COMPLETE_IMPACT] = each(bulletin, has_description),
    };
    unsigned missing = 0;
    for (unsigned part = 0; part < COMPLETE_PART_COUNT; part++)
        missing |= (there[part] ? 0u : 1u) << part;
    return missing;
}

enum err complete_check(const struct bulletin *bulletin, const char **why)
{
    bool warns = bulletin->kind == BULLETIN_ALERT || bulletin->kind == BULLETIN_UPDATE;
    if (!warns || bulletin->severity != BULLETIN_EXTREME)
        return ERR_OK;
    unsigned missing = complete_find_missing(bulletin);
    if (missing == 0)
        return ERR_OK;
    unsigned part = 0;
    while ((missing >> part & 1) == 0)
        part++;
    if (why != NULL)
        *why = parts[part].why;
    return ERR_MISSING;
}
