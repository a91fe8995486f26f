#include "audio/normal.h"

#include "audio/normal_language.h"
#include "gateway/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define CAPITALS_MAX 5 /* letters of an abbreviation that is spelled */

static const struct normal_language *const languages[BULLETIN_LANGUAGE_COUNT] = {
    [BULLETIN_KK] = &normal_kk, [BULLETIN_RU] = &normal_ru, [BULLETIN_EN] = &normal_en};

/* Where a text stands. */
struct scan {
    struct normal_sink sink;
    const struct normal_language *language;
    const char *at;
    char previous;                 /* byte before it, 0 at the start */
    char before[NORMAL_WORD_SIZE]; /* last word in upper case; empty after a mark */
};

void normal_say_bytes(struct normal_sink *sink, const char *bytes, size_t size)
{
    size_t space = sink->used > 0 && sink->words[sink->used - 1] != '-';

    if (sink->full || size == 0)
        return;
    if (sink->used + space + size + 1 > sink->size) {
        sink->full = true;
        return;
    }
    if (space)
        sink->words[sink->used++] = ' ';
    memcpy(sink->words + sink->used, bytes, size);
    sink->used += size;
    sink->words[sink->used] = '\0';
}

void normal_say(struct normal_sink *sink, const char *words)
{
    normal_say_bytes(sink, words, strlen(words));
}

void normal_attach(struct normal_sink *sink, const char *ending)
{
    size_t size = strlen(ending);

    if (sink->full || size == 0)
        return;
    if (sink->used + size + 1 > sink->size) {
        sink->full = true;
        return;
    }
    memcpy(sink->words + sink->used, ending, size + 1);
    sink->used += size;
}

void normal_mark(struct normal_sink *sink, char mark)
{
    char text[2] = {mark, '\0'};
    char last = ' ';

    if (sink->used > 0)
        last = sink->words[sink->used - 1];
    if (last == ' ' || (strchr(".!?", last) && mark != last))
        return;
    if (last == mark || (strchr(",;:", last) && mark == ','))
        return;
    if (strchr(",;:", last)) {
        sink->words[sink->used - 1] = mark;
        return;
    }
    normal_attach(sink, text);
}

static bool is_latin(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7);
}

static bool is_letter(uint32_t code)
{
    return is_latin(code) || (code >= 0x400 && code <= 0x52f && code != 0x482) ||
           (code >= 0x300 && code <= 0x36f);
}

size_t normal_word_size(const char *text)
{
    const char *at = text;
    const char *end = text;

    while (*at) {
        uint32_t code = utf8_next(&at);

        if (is_letter(code))
            end = at;
        else if ((code != '\'' && code != 0x2019) || end == text)
            break;
    }
    return (size_t)(end - text);
}

void normal_upper(char upper[NORMAL_WORD_SIZE], const char *text, size_t size)
{
    const char *at = text;
    size_t used = 0;

    while (at < text + size && used + 5 < NORMAL_WORD_SIZE)
        used += utf8_put(upper + used, utf8_upper(utf8_next(&at)));
    upper[used] = '\0';
}

bool normal_among(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(word, *list) == 0)
            return true;
    }
    return false;
}

bool normal_begins(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (strncmp(word, *list, strlen(*list)) == 0)
            return true;
    }
    return false;
}

bool normal_ends(const char *word, const char *const *list)
{
    size_t size = strlen(word);

    for (; *list; list++) {
        size_t end = strlen(*list);

        if (end <= size && strcmp(word + size - end, *list) == 0)
            return true;
    }
    return false;
}

const char *normal_find(const struct normal_pair *table, const char *key)
{
    for (; table->from; table++) {
        if (strcmp(table->from, key) == 0)
            return table->to;
    }
    return NULL;
}

/* The longest-first row that text begins with, or NULL. */
static const struct normal_pair *find_beginning(const struct normal_pair *table, const char *text)
{
    for (; table->from; table++) {
        if (strncmp(text, table->from, strlen(table->from)) == 0)
            return table;
    }
    return NULL;
}

static size_t take_space(struct scan *scan)
{
    static const char *const wide[] = {"\u00a0", "\u202f", "\u2009", NULL};

    if (normal_begins(scan->at, wide))
        return (unsigned char)*scan->at == 0xc2 ? 2 : 3;
    return strspn(scan->at, " \t\r\n");
}

static size_t take_number(struct scan *scan)
{
    struct normal_number number;
    size_t size =
        normal_number_read(&number, scan->at, scan->previous, scan->before, scan->language);

    if (size > 0) {
        scan->language->say_number(&scan->sink, &number);
        scan->before[0] = '\0';
    }
    return size;
}

/* Does what must follow a sign stand there? */
static bool follows(const char *text, enum normal_next next)
{
    const char *at = text + strspn(text, " ");
    uint32_t code;

    if (next == NORMAL_DIGIT)
        return *at >= '0' && *at <= '9';
    if (next == NORMAL_ANY)
        return true;
    if (strncmp(at, "«", 2) == 0)
        at += 2;
    code = utf8_next(&at);
    return is_letter(code) && utf8_upper(code) == code;
}

static size_t take_sign(struct scan *scan)
{
    for (const struct normal_sign *sign = scan->language->signs; sign->sign; sign++) {
        size_t size = strlen(sign->sign);

        if (strncmp(scan->at, sign->sign, size) != 0 || !follows(scan->at + size, sign->next))
            continue;
        normal_say(&scan->sink, sign->words);
        normal_upper(scan->before, sign->words, strlen(sign->words));
        return size;
    }
    return 0;
}

/* "А. Б. Ахметов": the name of a letter; the full stop ends no sentence. */
static size_t take_initial(struct scan *scan)
{
    const char *at = scan->at;
    char upper[NORMAL_WORD_SIZE];
    const char *name;
    size_t size = normal_word_size(at);
    uint32_t code = *at ? utf8_next(&at) : 0;

    if (size == 0 || at != scan->at + size || utf8_upper(code) != code || *at != '.' ||
        !follows(at + 1, NORMAL_CAPITAL))
        return 0;
    normal_upper(upper, scan->at, size);
    name = scan->language->consonants ? normal_find(scan->language->consonants, upper) : NULL;
    if (!name && !scan->language->latin && code < 0x80)
        name = scan->language->letter[upper[0] - 'A'];
    if (name)
        normal_say(&scan->sink, name);
    else
        normal_say_bytes(&scan->sink, scan->at, size);
    if (scan->language->latin && code == 'A')
        normal_mark(&scan->sink, ','); /* else it would be the article */
    return size + 1;
}

/* The full stop and the at sign of an address in the network. */
static size_t take_dot(struct scan *scan)
{
    if (*scan->at != '.' || (scan->previous | 0x20) < 'a' || (scan->previous | 0x20) > 'z' ||
        scan->at[1] < 'a' || scan->at[1] > 'z')
        return 0;
    normal_say(&scan->sink, scan->language->dot);
    return 1;
}

/* What a word is made of. */
struct makeup {
    unsigned letters;
    bool latin;
    bool other; /* letters that are not Latin */
    bool capitals;
};

static struct makeup look(const char *word, size_t size)
{
    struct makeup made = {.capitals = true};
    const char *at = word;

    while (at < word + size) {
        uint32_t code = utf8_next(&at);

        if (!is_letter(code))
            continue;
        made.letters++;
        made.capitals = made.capitals && utf8_upper(code) == code;
        *(is_latin(code) ? &made.latin : &made.other) = true;
    }
    return made;
}

/* Letters of the other script, by the table; letters that it lacks are left out. */
static void say_foreign(struct scan *scan, const char *upper)
{
    char word[3 * NORMAL_WORD_SIZE] = "";
    size_t used = 0;
    bool consonant = false; /* the letter before is one */
    const char *to;

    while (*upper) {
        const struct normal_pair *row = find_beginning(scan->language->script, upper);

        if (!row) {
            utf8_next(&upper);
            continue;
        }
        to = *upper == 'Y' && consonant && row->from[1] == '\0' ? scan->language->inner_y : row->to;
        consonant = *upper > 'A' && *upper <= 'Z' && !strchr("EIOUY", *upper);
        used += (size_t)snprintf(word + used, sizeof(word) - used, "%s", to);
        if (used >= sizeof(word))
            break;
        upper += strlen(row->from);
    }
    normal_say(&scan->sink, word);
}

static void say_letters(struct scan *scan, const char *upper)
{
    for (; *upper; upper++) {
        if (*upper >= 'A' && *upper <= 'Z')
            normal_say(&scan->sink, scan->language->letter[*upper - 'A']);
    }
}

static bool has_vowel(const char *upper, const char *vowels)
{
    while (*upper) {
        char letter[5] = "";

        utf8_put(letter, utf8_next(&upper));
        if (strstr(vowels, letter))
            return true;
    }
    return false;
}

/* A word of capitals without a vowel: the names of its letters. */
static bool say_consonants(struct scan *scan, const char *upper)
{
    if (!scan->language->consonants || has_vowel(upper, scan->language->vowels))
        return false;
    while (*upper) {
        const struct normal_pair *row = find_beginning(scan->language->consonants, upper);

        if (row)
            normal_say(&scan->sink, row->to);
        if (row)
            upper += strlen(row->from);
        else
            utf8_next(&upper);
    }
    return true;
}

static void say_word(struct scan *scan, const char *word, size_t size, const char *upper)
{
    const struct normal_language *language = scan->language;
    struct makeup made = look(word, size);
    bool abbreviation = made.capitals && made.letters <= CAPITALS_MAX;
    bool foreign = language->latin ? made.other : made.latin;
    char copy[NORMAL_WORD_SIZE];

    if (foreign && !language->latin && !made.other && (abbreviation || made.letters == 1))
        say_letters(scan, upper);
    else if (foreign)
        say_foreign(scan, upper);
    else if (abbreviation && made.letters > 1 && say_consonants(scan, upper))
        return;
    else if (language->say_word) {
        (void)snprintf(copy, sizeof(copy), "%.*s", (int)size, word);
        language->say_word(&scan->sink, copy);
    } else {
        normal_say_bytes(&scan->sink, word, size);
    }
}

/* An ending that a hyphen joins to a word of foreign letters: SMS-ті. */
static size_t take_ending(struct scan *scan, const char *word, size_t size)
{
    struct makeup made = look(word, size);
    char ending[NORMAL_WORD_SIZE];
    size_t more = word[size] == '-' ? normal_word_size(word + size + 1) : 0;

    if (scan->language->latin || !made.latin || more == 0 || more >= sizeof(ending))
        return 0;
    made = look(word + size + 1, more);
    if (made.latin || made.capitals || made.letters > 4)
        return 0;
    memcpy(ending, word + size + 1, more);
    ending[more] = '\0';
    normal_attach(&scan->sink, ending);
    return 1 + more;
}

static size_t take_word(struct scan *scan)
{
    size_t size = normal_word_size(scan->at);
    const char *words;
    size_t dot = 0;

    if (size == 0)
        return 0;
    size = size < NORMAL_WORD_SIZE ? size : utf8_cut(scan->at, size, NORMAL_WORD_SIZE - 1);
    normal_upper(scan->before, scan->at, size);
    words = scan->at[size] == '.' ? normal_find(scan->language->endings, scan->before) : NULL;
    dot = words ? 1 : 0;
    if (!words)
        words = normal_find(scan->language->words, scan->before);
    if (words)
        normal_say(&scan->sink, words);
    else
        say_word(scan, scan->at, size, scan->before);
    return size + dot + (dot ? 0 : take_ending(scan, scan->at, size));
}

/* A hyphen inside a word stays; a dash between words is a pause. */
static size_t take_dash(struct scan *scan)
{
    static const char *const dashes[] = {"–", "—", "‑", "−", "-", NULL};
    size_t size = *scan->at == '-' ? 1 : 3;
    bool joined = false;

    if (!normal_begins(scan->at, dashes))
        return 0;
    joined =
        scan->previous != ' ' && scan->previous != '\0' && normal_word_size(scan->at + size) > 0;
    if (size == 1 && joined) {
        normal_attach(&scan->sink, "-");
        return 1;
    }
    normal_mark(&scan->sink, ',');
    scan->before[0] = '\0';
    return size;
}

static size_t take_mark(struct scan *scan)
{
    static const struct normal_pair marks[] = {{".", "."}, {",", ","}, {"!", "!"}, {"?", "?"},
        {":", ":"}, {";", ";"}, {"…", "."}, {"(", ","}, {")", ","}, {"[", ","}, {"]", ","},
        {"/", ","}, {"\001", "."}, {NULL, NULL}};
    const struct normal_pair *row = find_beginning(marks, scan->at);

    if (!row)
        return 0;
    normal_mark(&scan->sink, row->to[0]);
    scan->before[0] = '\0';
    return strlen(row->from);
}

/* Whatever has no sound. */
static size_t take_rest(struct scan *scan)
{
    const char *next = scan->at;

    utf8_next(&next);
    return (size_t)(next - scan->at);
}

static size_t (*const takers[])(struct scan *scan) = {take_space, take_number, take_sign,
    take_initial, take_dot, take_word, take_dash, take_mark, take_rest};

enum err normal_text(char *words, size_t size, const char *text, enum bulletin_language language)
{
    struct scan scan = {
        .sink = {.words = words, .size = size}, .language = languages[language], .at = text};

    if (size == 0)
        return ERR_LONG;
    words[0] = '\0';
    while (*scan.at) {
        size_t taken = 0;

        for (size_t i = 0; taken == 0 && i < sizeof(takers) / sizeof(takers[0]); i++)
            taken = takers[i](&scan);
        scan.at += taken;
        scan.previous = scan.at[-1];
    }
    return scan.sink.full ? ERR_LONG : ERR_OK;
}

/* Letters as their names and words of the spelling alphabet, or in brief as the words alone. */
static enum err spell(
    struct normal_sink sink, const char *code, enum bulletin_language language, bool brief)
{
    const struct normal_language *names = languages[language];

    if (sink.size == 0)
        return ERR_LONG;
    sink.words[0] = '\0';
    for (; *code; code++) {
        bool letter = *code >= 'A' && *code <= 'Z';

        if (!letter && (*code < '0' || *code > '9'))
            return ERR_TEXT;
        if (!brief)
            normal_mark(&sink, ',');
        if (letter && !brief) {
            normal_say(&sink, names->letter[*code - 'A']);
            normal_mark(&sink, ',');
        }
        normal_say(&sink, letter ? names->spelling[*code - 'A'] : names->digit[*code - '0']);
    }
    return sink.full ? ERR_LONG : ERR_OK;
}

enum err normal_spell(char *words, size_t size, const char *code, enum bulletin_language language)
{
    return spell((struct normal_sink){.words = words, .size = size}, code, language, false);
}

enum err normal_spell_call(
    char *words, size_t size, const char *call, enum bulletin_language language)
{
    return spell((struct normal_sink){.words = words, .size = size}, call, language, true);
}
