#include "gateway/dispatcher/gist.h"

#include "gateway/base/utf8.h"
#include "modems/command.h"

#include <string.h>

#define WORKING_SIZE 513 /* bytes of a text that are looked at, with a NUL */
#define UTF8_MOST 4
#define RUN_DIGITS 4   /* that may stand together */
#define TOTAL_DIGITS 6 /* that may be in a text */
#define WORD_LEAST 2   /* letters: "в" and "a" say nothing */

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_letter(uint32_t code)
{
    bool ascii = (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
    bool latin = code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7;
    return ascii || latin || (code >= 0x400 && code <= 0x52f);
}

/* Capitals and digits, one space for all else. */
static void put_words(char words[WORKING_SIZE], const char *text)
{
    size_t used = 0;
    while (used + UTF8_MOST + 1 < WORKING_SIZE) {
        uint32_t code = utf8_next(&text);
        if (code == 0)
            break;
        if (is_digit(code) || is_letter(code))
            used += utf8_put(words + used, utf8_upper(code));
        else if (used > 0 && words[used - 1] != ' ')
            words[used++] = ' ';
    }
    if (used > 0 && words[used - 1] == ' ')
        used--;
    words[used] = '\0';
}

/* Digits from here on, over spaces; *end is behind the last. */
static size_t count_run(const char *text, const char **end)
{
    size_t digits = 0;
    *end = text;
    for (; is_digit((unsigned char)*text) || *text == ' '; text++)
        if (*text != ' ') {
            digits++;
            *end = text + 1;
        }
    return digits;
}

static size_t count_digits(const char *text)
{
    size_t digits = 0;
    for (; *text != '\0'; text++)
        digits += is_digit((unsigned char)*text);
    return digits;
}

/* In place: it only becomes shorter. */
static void hide_numbers(char *words)
{
    size_t most = count_digits(words) > TOTAL_DIGITS ? 0 : RUN_DIGITS;
    char *to = words;
    for (const char *at = words; *at != '\0';) {
        const char *end = at;
        if (is_digit((unsigned char)*at) && count_run(at, &end) > most) {
            *to++ = '*';
            at = end;
        } else {
            const char *stop = end > at ? end : at + 1;
            while (at < stop)
                *to++ = *at++;
        }
    }
    *to = '\0';
}

void gist_print(char gist[MESSAGES_WORDS_SIZE], const char *text)
{
    char words[WORKING_SIZE] = "";
    put_words(words, text);
    hide_numbers(words);
    size_t size = strlen(words);
    if (size >= MESSAGES_WORDS_SIZE) {
        size_t cut = MESSAGES_WORDS_SIZE - 1;
        while (cut > 0 && words[cut] != ' ')
            cut--;
        size = cut > 0 ? cut : utf8_cut(words, size, MESSAGES_WORDS_SIZE - 1);
    }
    memcpy(gist, words, size);
    gist[size] = '\0';
}

/* The next word at *at, folded, and *at moved behind it; false at the end. Words of digits and single letters are passed over. */
static bool next_word(char folded[COMMAND_FOLDED_SIZE], const char **at)
{
    while (**at != '\0') {
        size_t size = strcspn(*at, " ");
        bool says = size > 0 && strcspn(*at, "0123456789*") >= size;
        command_fold_word(folded, *at, size);
        *at += size;
        *at += strspn(*at, " ");
        if (says && utf8_count(folded) >= WORD_LEAST)
            return true;
    }
    return false;
}

/* How many letters may differ at the end of words that begin with so many alike. */
static const struct {
    size_t same;
    size_t rest;
} endings[] = {{0, 0}, {3, 1}, {4, 2}, {5, 4}};

static bool is_alike(const char *a, const char *b)
{
    size_t same = 0;
    uint32_t left, right;
    do {
        left = utf8_next(&a);
        right = utf8_next(&b);
        same += left == right && left != 0;
    } while (left == right && left != 0);
    size_t rest_a = left == 0 ? 0 : 1 + utf8_count(a), rest_b = right == 0 ? 0 : 1 + utf8_count(b);
    size_t rest = rest_a > rest_b ? rest_a : rest_b;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (same >= endings[i].same && rest <= endings[i].rest)
            return true;
    return false;
}

static bool is_among(const char *known, const char *word)
{
    char other[COMMAND_FOLDED_SIZE];
    while (next_word(other, &known))
        if (is_alike(other, word))
            return true;
    return false;
}

unsigned gist_match(const char *known, const char *asks)
{
    char word[COMMAND_FOLDED_SIZE];
    unsigned count = 0, found = 0;
    while (next_word(word, &asks)) {
        count++;
        found += is_among(known, word);
    }
    return found * 2 >= count ? found : 0;
}
