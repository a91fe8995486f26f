#include "modems/command.h"

#include "gateway/base/names.h"
#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "modems/command_words.h"

#include <stdio.h>
#include <string.h>

#define GROUP_SIZE 160 /* bytes of the names of places in one text */
#define CODE_LETTERS 4 /* of a check code */
#define DIGITS_MAX 8   /* of a bulletin's number */
#define DELETE 0x7f    /* the control character */
#define ASCII_END 0x80
#define MARK_FIRST 0x300
#define MARK_LAST 0x36f
#define UTF8_MOST 4 /* bytes of one character */

/* Words end here. */
static const char separators[] = " \t\r\n,;:";
/* Stands around words without meaning anything. */
static const char trimmed[] = ".!?\"'()[]*#/«»“”„’…—№";

/* Capitals that look or are typed alike: each of `from` is read as `to`; NULL drops it. */
static const struct {
    const char *to;
    const char *from;
} folds[] = {
    {"A", "АӘÄ"},
    {"B", "В"},
    {"C", "СÇ"},
    {"E", "ЕЁ"},
    {"G", "Ğ"},
    {"H", "НҢҺ"},
    {"I", "ІİI"},
    {"J", "Ј"},
    {"K", "КҚ"},
    {"M", "М"},
    {"N", "ÑŊ"},
    {"O", "ОӨÖ"},
    {"P", "Р"},
    {"S", "ЅŞ"},
    {"T", "Т"},
    {"U", "ÜŪ"},
    {"X", "Х"},
    {"Y", "УҰҮ"},
    {"Г", "Ғ"},
    {"И", "Й"},
    {"Ш", "Щ"},
    {NULL, "ЬЪ"},
};

static const struct names verb_names[] = {
    {COMMAND_NONE, "none"},
    {COMMAND_UNKNOWN, "unknown"},
    {COMMAND_START, "start"},
    {COMMAND_STOP, "stop"},
    {COMMAND_DELETE, "delete"},
    {COMMAND_HELP, "help"},
    {COMMAND_LANGUAGE, "language"},
    {COMMAND_SCRIPT, "script"},
    {COMMAND_AREA, "area"},
    {COMMAND_LEVEL, "level"},
    {COMMAND_LAST, "last"},
    {COMMAND_NUMBER, "number"},
    {COMMAND_CHECK, "check"},
    {COMMAND_WORD, "word"},
    {COMMAND_RADIO, "radio"},
    {COMMAND_REPORT, "report"},
    {COMMAND_RX, "rx"},
    {COMMAND_OK, "ok"},
    {COMMAND_LAWYER, "lawyer"},
    {COMMAND_MORE, "more"},
    {0, NULL},
};

/* A word of the text, without what is trimmed. */
struct slice {
    const char *start;
    size_t size;
};

const char *command_print_verb(enum command_verb verb)
{
    return names_print(verb_names, (int)verb);
}

static bool is_among(const char *set, uint32_t code)
{
    while (*set != '\0')
        if (utf8_next(&set) == code)
            return true;
    return false;
}

static bool is_separator(uint32_t code)
{
    return code == 0xa0 || is_among(separators, code);
}

/* Copies one capital as its look-alike; returns the bytes. */
static size_t fold_letter(char *to, uint32_t code)
{
    if (code >= MARK_FIRST && code <= MARK_LAST)
        return 0;
    if (code < ASCII_END) {
        *to = (char)code;
        return 1;
    }
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        if (!is_among(folds[i].from, code))
            continue;
        size_t size = folds[i].to != NULL ? strlen(folds[i].to) : 0;
        if (size > 0)
            memcpy(to, folds[i].to, size);
        return size;
    }
    return utf8_put(to, code);
}

void command_fold_word(char folded[COMMAND_FOLDED_SIZE], const char *word, size_t size)
{
    size_t used = 0;
    for (const char *at = word; at < word + size && used + UTF8_MOST < COMMAND_FOLDED_SIZE;)
        used += fold_letter(folded + used, utf8_upper(utf8_next(&at)));
    folded[used] = '\0';
}

/* The next word at *at, which is moved behind it; false at the end. A "?" that stands alone is a word. */
static bool next_word(struct slice *word, const char **at)
{
    while (**at != '\0') {
        const char *start = NULL, *end = NULL, *question = NULL;
        while (**at != '\0') {
            const char *here = *at;
            uint32_t code = utf8_next(at);
            if (is_separator(code))
                break;
            if (code == '?')
                question = here;
            if (is_among(trimmed, code))
                continue;
            if (start == NULL)
                start = here;
            end = *at;
        }
        if (start != NULL)
            *word = (struct slice){start, (size_t)(end - start)};
        else if (question != NULL)
            *word = (struct slice){question, 1};
        if (start != NULL || question != NULL)
            return true;
    }
    return false;
}

static bool is_spelt(const struct slice *word, const char *capitals)
{
    const char *at = word->start;
    while (at < word->start + word->size)
        if (*capitals == '\0' || utf8_upper(utf8_next(&at)) != utf8_next(&capitals))
            return false;
    return *capitals == '\0';
}

/* Is this what the word (of ours, in capitals) folds to? */
static bool is_folded(const char *folded, const char *word)
{
    while (*word != '\0') {
        char letter[UTF8_MOST];
        size_t size = fold_letter(letter, utf8_next(&word));
        for (size_t i = 0; i < size; i++)
            if (*folded == '\0' || *folded++ != letter[i])
                return false;
    }
    return *folded == '\0';
}

/* Our word that this one is, or NULL. Spelt alike is better than looking alike: КАЗ and ҚАЗ, TOKTA and ТОҚТА. */
static const struct command_word *find_word(const struct slice *word)
{
    const struct command_word *found = NULL;
    char folded[COMMAND_FOLDED_SIZE];
    command_fold_word(folded, word->start, word->size);
    for (const struct command_word *row = command_words; row->word != NULL; row++) {
        if (!is_folded(folded, row->word))
            continue;
        if (is_spelt(word, row->word))
            return row;
        if (found == NULL)
            found = row;
    }
    return found;
}

/* Our word that begins at *at, of one or two words, and *at moved behind it; NULL if there is none, and *at is then behind
 * the first word. */
static const struct command_word *next_keyword(const char **at)
{
    struct slice first, second;
    if (!next_word(&first, at))
        return NULL;
    const char *behind = *at;
    if (next_word(&second, &behind)) {
        char pair[2 * COMMAND_FOLDED_SIZE];
        char a[COMMAND_FOLDED_SIZE], b[COMMAND_FOLDED_SIZE];
        command_fold_word(a, first.start, first.size);
        command_fold_word(b, second.start, second.size);
        (void)snprintf(pair, sizeof pair, "%s %s", a, b);
        const struct slice both = {pair, strlen(pair)};
        const struct command_word *found = find_word(&both);
        if (found != NULL) {
            *at = behind;
            return found;
        }
    }
    return find_word(&first);
}

static size_t count_words(const char *text)
{
    struct slice word;
    size_t count = 0;
    while (next_word(&word, &text))
        count++;
    return count;
}

/* STOP anywhere in a short text. */
static const struct command_word *find_stop(const char *text)
{
    if (count_words(text) > COMMAND_STOP_WORDS)
        return NULL;
    while (*text != '\0') {
        const struct command_word *found = next_keyword(&text);
        if (found != NULL && found->verb == COMMAND_STOP)
            return found;
    }
    return NULL;
}

/* "41", "N41", "No41"; 0 if it is no number that a bulletin can have. */
static uint32_t parse_number(const struct slice *word)
{
    char folded[COMMAND_FOLDED_SIZE];
    command_fold_word(folded, word->start, word->size);
    const char *at = folded + (*folded == 'N');
    at += at > folded && *at == 'O';
    size_t count = strspn(at, "0123456789");
    if (count == 0 || count > DIGITS_MAX || at[count] != '\0')
        return 0;
    uint32_t number = 0;
    for (; *at != '\0'; at++)
        number = number * 10 + (uint32_t)(*at - '0');
    return number <= BULLETIN_NUMBER_MAX ? number : 0;
}

/* The next word as a number, over a "No" that stands alone; 0 if it is none. */
static uint32_t next_number(const char **at)
{
    struct slice word;
    if (!next_word(&word, at))
        return 0;
    bool sign = is_spelt(&word, "N") || is_spelt(&word, "NO");
    return !sign || next_word(&word, at) ? parse_number(&word) : 0;
}

static bool is_at_end(const char *at)
{
    struct slice word;
    return !next_word(&word, &at);
}

/* Names of places, collected until a sign or the end. */
struct group {
    char names[GROUP_SIZE];
    size_t used;
    char sign; /* '+', '-' or 0 */
    bool overflow;
};

static void add_name(struct group *group, const struct slice *word)
{
    if (group->used + word->size + 2 > sizeof group->names) {
        group->overflow = true;
        return;
    }
    if (group->used > 0)
        group->names[group->used++] = ' ';
    memcpy(group->names + group->used, word->start, word->size);
    group->used += word->size;
    group->names[group->used] = '\0';
}

/* Adds the group's places to the command; the next one begins with this sign. */
static void end_group(struct command *command, struct group *group, char sign)
{
    uint32_t regions = 0;
    bool wrong =
        group->overflow || (group->used > 0 && area_parse(&regions, group->names) != ERR_OK);
    if (wrong)
        command->fault = COMMAND_ARGUMENT_WRONG;
    else if (group->sign == '+')
        command->add |= regions;
    else if (group->sign == '-')
        command->remove |= regions;
    else
        command->regions |= regions;
    *group = (struct group){.sign = sign};
}

/* '+' or '-' if the word begins with one, which is then cut off; 0 if not. A dash is a minus, too. */
static char take_sign(struct slice *word)
{
    const char *at = word->start;
    uint32_t code = utf8_next(&at);
    if (code != '+' && code != '-' && code != 0x2212 && code != 0x2013)
        return 0;
    word->size -= (size_t)(at - word->start);
    word->start = at;
    return code == '+' ? '+' : '-';
}

/* Places, and where it is asked for, words for language and script among them. */
static void parse_places(struct command *command, const char *rest, bool options)
{
    struct group group = {.sign = 0};
    struct slice word;
    while (next_word(&word, &rest)) {
        const struct command_word *found = options ? find_word(&word) : NULL;
        enum command_verb verb = found != NULL ? found->verb : COMMAND_UNKNOWN;
        char sign = take_sign(&word);
        if (verb == COMMAND_LANGUAGE)
            command->chosen = (enum bulletin_language)found->value;
        if (verb == COMMAND_SCRIPT)
            command->script = (enum command_script)found->value;
        if (sign != 0)
            end_group(command, &group, sign);
        if (verb != COMMAND_LANGUAGE && verb != COMMAND_SCRIPT && verb != COMMAND_AREA &&
            word.size > 0)
            add_name(&group, &word);
    }
    end_group(command, &group, 0);
}

static void parse_start(struct command *command, const char *rest)
{
    parse_places(command, rest, true);
    command->regions |= command->add;
    command->add = 0;
    command->remove = 0;
}

static void parse_area(struct command *command, const char *rest)
{
    parse_places(command, rest, false);
    bool none = command->regions == 0 && command->add == 0 && command->remove == 0;
    if (none && command->fault == COMMAND_FINE)
        command->fault = COMMAND_ARGUMENT_MISSING;
}

/* 1..most, or 0 and a fault. */
static uint8_t next_level(struct command *command, const char **at, unsigned most)
{
    uint32_t level = is_at_end(*at) ? 0 : next_number(at);
    if (level >= 1 && level <= most)
        return (uint8_t)level;
    command->fault = COMMAND_ARGUMENT_WRONG;
    return 0;
}

static void parse_level(struct command *command, const char *rest)
{
    if (is_at_end(rest))
        command->fault = COMMAND_ARGUMENT_MISSING;
    else
        command->level = next_level(command, &rest, COMMAND_LEVEL_MAX);
}

static void copy_word(struct command *command, const struct slice *word)
{
    if (word->size < sizeof command->word) {
        memcpy(command->word, word->start, word->size);
        command->word[word->size] = '\0';
    } else {
        command->fault = COMMAND_ARGUMENT_WRONG;
    }
}

/* Four letters and digits, in capitals and with look-alikes as Latin ones. */
static void take_code(struct command *command, const char *rest)
{
    struct slice word;
    char folded[COMMAND_FOLDED_SIZE];
    if (!next_word(&word, &rest))
        return;
    command_fold_word(folded, word.start, word.size);
    const struct slice code = {folded, strlen(folded)};
    if (code.size == CODE_LETTERS && utf8_count(folded) == CODE_LETTERS)
        copy_word(command, &code);
}

/* A number, a check code, or both. */
static void parse_check(struct command *command, const char *rest)
{
    const char *behind = rest;
    command->number = next_number(&behind);
    if (command->number == 0)
        command->fault = is_at_end(rest) ? COMMAND_ARGUMENT_MISSING : COMMAND_ARGUMENT_WRONG;
    take_code(command, command->number != 0 ? behind : rest);
    if (command->number == 0 && !is_at_end(rest))
        command->text = rest;
}

static bool is_printable(const struct slice *word)
{
    for (size_t i = 0; i < word->size; i++)
        if ((unsigned char)word->start[i] < ' ' || word->start[i] == DELETE)
            return false;
    return utf8_check(word->start, word->size) == ERR_OK;
}

static void parse_personal_word(struct command *command, const char *rest)
{
    struct slice word;
    if (!next_word(&word, &rest))
        command->fault = COMMAND_ARGUMENT_MISSING;
    else if (!is_at_end(rest) || !is_printable(&word))
        command->fault = COMMAND_ARGUMENT_WRONG;
    else
        copy_word(command, &word);
}

static void parse_report(struct command *command, const char *rest)
{
    rest += strspn(rest, separators);
    command->text = rest;
    if (*rest == '\0')
        command->fault = COMMAND_ARGUMENT_MISSING;
}

static void parse_reception(struct command *command, const char *rest)
{
    command->number = next_number(&rest);
    if (command->number == 0)
        command->fault = COMMAND_ARGUMENT_WRONG;
    command->level = next_level(command, &rest, COMMAND_RECEPTION_MAX);
}

/* How each verb reads what follows its keyword; NULL: it takes nothing. */
static void (*const parse_argument[COMMAND_VERB_COUNT])(struct command *, const char *) = {
    [COMMAND_START] = parse_start,
    [COMMAND_AREA] = parse_area,
    [COMMAND_LEVEL] = parse_level,
    [COMMAND_CHECK] = parse_check,
    [COMMAND_WORD] = parse_personal_word,
    [COMMAND_REPORT] = parse_report,
    [COMMAND_RX] = parse_reception,
};

static void set_keyword(struct command *command, const struct command_word *word)
{
    command->verb = word->verb;
    command->language = word->language;
    command->latin = word->latin;
    if (word->verb == COMMAND_LANGUAGE)
        command->chosen = (enum bulletin_language)word->value;
    if (word->verb == COMMAND_SCRIPT)
        command->script = (enum command_script)word->value;
}

void command_parse(struct command *command, const char *text)
{
    *command = (struct command){.language = COMMAND_ANY_LANGUAGE, .chosen = COMMAND_ANY_LANGUAGE};
    if (is_at_end(text))
        return;
    const char *rest = text, *behind = text;
    const struct command_word *word = next_keyword(&rest);
    if (word == NULL || word->verb != COMMAND_REPORT) {
        const struct command_word *stop = find_stop(text);
        word = stop != NULL ? stop : word;
    }
    if (word != NULL) {
        set_keyword(command, word);
        if (parse_argument[word->verb] != NULL)
            parse_argument[word->verb](command, rest);
        return;
    }
    command->verb = COMMAND_UNKNOWN;
    uint32_t number = next_number(&behind);
    if (number != 0 && is_at_end(behind)) {
        command->verb = COMMAND_NUMBER;
        command->number = number;
    }
}
