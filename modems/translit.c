#include "modems/translit.h"

#include "gateway/base/utf8.h"
#include "modems/gsm7.h"

#include <stdbool.h>
#include <string.h>

#define UTF8_MOST 4 /* bytes of one character */

#define NUMERO 0x2116    /* its "No " brings its own space */
#define MARK_FIRST 0x300 /* combining marks */
#define MARK_LAST 0x36f

/* Each character of `from` becomes `plain`. Of letters the small forms are listed. */
static const struct {
    const char *plain;
    const char *from;
} plains[] = {
    {"\"", "«»“”„‟″"},
    {"'", "`´ʼ‘’‚‛′‹›"},
    {"-", "·‐‑‒–—―•−¬¯●▪"},
    {" ", "\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"},
    {"", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff°¨¸¶"},
    {"\n", "\u2028\u2029"},
    {"...", "…"},
    {"No ", "№"},
    {"tg", "₸"},
    {"rub", "₽"},
    {"->", "→"},
    {"<=", "≤"},
    {">=", "≥"},
    {"+-", "±"},
    {"x", "×"},
    {"/", "⁄"},
    {":", "÷"},
    {"+", "†"},
    {"~", "≈"},
    {"|", "¦"},
    {"(c)", "©"},
    {"(r)", "®"},
    {"u", "µ"},
    {"1", "¹"},
    {"2", "²"},
    {"3", "³"},
    {"1/4", "¼"},
    {"1/2", "½"},
    {"3/4", "¾"},
    {"a", "àáâãāăąª"},
    {"c", "çćĉċč¢"},
    {"d", "ďđð"},
    {"e", "èêëēĕėęě"},
    {"g", "ĝġģ"},
    {"gh", "ğ"},
    {"h", "ĥħ"},
    {"i", "ìíîïĩīĭįı"},
    {"I", "İ"},
    {"ij", "ĳ"},
    {"j", "ĵ"},
    {"k", "ķĸ"},
    {"l", "ĺļľŀł"},
    {"n", "ńņňŉ"},
    {"ñ", "ŋ"},
    {"o", "òóôõōŏº"},
    {"ö", "ő"},
    {"oe", "œ"},
    {"r", "ŕŗř"},
    {"s", "śŝșſ"},
    {"S", "Ș"},
    {"sh", "şš"},
    {"t", "ţťŧț"},
    {"T", "Ț"},
    {"th", "þ"},
    {"u", "ùúûũūŭůų"},
    {"ü", "ű"},
    {"w", "ŵ"},
    {"y", "ýÿŷ"},
    {"z", "źż"},
    {"zh", "ž"},
};

/* A small letter and the mark behind it that some programs write for one letter; other marks are only left out. */
static const struct {
    uint32_t letter;
    uint32_t mark;
    uint32_t both;
} pairs[] = {
    {0x438, 0x306, 0x439}, /* й */
    {0x443, 0x306, 0x45e}, /* ў */
    {0x435, 0x308, 0x451}, /* ё */
    {0x456, 0x308, 0x457}, /* ї */
    {'a', 0x300, 0xe0}, {'a', 0x308, 0xe4}, {'a', 0x30a, 0xe5}, {'e', 0x300, 0xe8},
    {'e', 0x301, 0xe9}, {'i', 0x300, 0xec}, {'n', 0x303, 0xf1}, {'o', 0x300, 0xf2},
    {'o', 0x308, 0xf6}, {'u', 0x300, 0xf9}, {'u', 0x308, 0xfc}, {'g', 0x306, 0x11f}, /* ğ */
    {'s', 0x327, 0x15f},                                                             /* ş */
};

/* Small Cyrillic letters; where ru is NULL it is as kk. Those of other neighbours' alphabets stand in names of places. */
static const struct {
    uint32_t code;
    const char *kk;
    const char *ru;
} cyrillic[] = {
    {0x430, "a", NULL},   /* а */
    {0x431, "b", NULL},   /* б */
    {0x432, "v", NULL},   /* в */
    {0x433, "g", NULL},   /* г */
    {0x434, "d", NULL},   /* д */
    {0x435, "e", NULL},   /* е */
    {0x436, "j", "zh"},   /* ж */
    {0x437, "z", NULL},   /* з */
    {0x438, "i", NULL},   /* и */
    {0x439, "i", "y"},    /* й */
    {0x43a, "k", NULL},   /* к */
    {0x43b, "l", NULL},   /* л */
    {0x43c, "m", NULL},   /* м */
    {0x43d, "n", NULL},   /* н */
    {0x43e, "o", NULL},   /* о */
    {0x43f, "p", NULL},   /* п */
    {0x440, "r", NULL},   /* р */
    {0x441, "s", NULL},   /* с */
    {0x442, "t", NULL},   /* т */
    {0x443, "u", NULL},   /* у */
    {0x444, "f", NULL},   /* ф */
    {0x445, "h", NULL},   /* х */
    {0x446, "ts", NULL},  /* ц */
    {0x447, "ch", NULL},  /* ч */
    {0x448, "sh", NULL},  /* ш */
    {0x449, "sch", NULL}, /* щ */
    {0x44a, "", NULL},    /* ъ */
    {0x44b, "y", NULL},   /* ы */
    {0x44c, "", NULL},    /* ь */
    {0x44d, "e", NULL},   /* э */
    {0x44e, "iu", "yu"},  /* ю */
    {0x44f, "ia", "ya"},  /* я */
    {0x451, "io", "e"},   /* ё */
    {0x454, "e", NULL},   /* є */
    {0x456, "i", NULL},   /* і */
    {0x457, "i", NULL},   /* ї */
    {0x458, "j", NULL},   /* ј */
    {0x45e, "u", NULL},   /* ў */
    {0x491, "g", NULL},   /* ґ */
    {0x493, "gh", NULL},  /* ғ */
    {0x497, "j", NULL},   /* җ */
    {0x49b, "q", NULL},   /* қ */
    {0x4a3, "ñ", "n"},    /* ң */
    {0x4af, "ü", "u"},    /* ү */
    {0x4b1, "u", NULL},   /* ұ */
    {0x4b3, "h", NULL},   /* ҳ */
    {0x4b7, "j", NULL},   /* ҷ */
    {0x4bb, "h", NULL},   /* һ */
    {0x4d9, "ä", "a"},    /* ә */
    {0x4e9, "ö", "o"},    /* ө */
};

struct output {
    char *text;
    size_t size; /* room, with the NUL */
    size_t used;
    enum err err;
};

static void put_code(struct output *out, uint32_t code)
{
    char bytes[UTF8_MOST];
    size_t length = utf8_put(bytes, code);
    if (out->used + length >= out->size) {
        out->err = ERR_LONG;
        return;
    }
    memcpy(out->text + out->used, bytes, length);
    out->used += length;
}

static bool is_cyrillic(uint32_t code)
{
    return code >= 0x400 && code <= 0x52f;
}

static bool is_capital(uint32_t code)
{
    bool latin = (code >= 'A' && code <= 'Z') || (code >= 0xc0 && code <= 0xde && code != 0xd7);
    bool either = is_cyrillic(code) || (code >= 0x100 && code <= 0x17f);
    return latin || (either && utf8_upper(code) == code);
}

/* Is `code` this small letter or, if it is a capital, its capital? */
static bool is_letter(uint32_t code, uint32_t small, bool capital)
{
    return code == small || (capital && code == utf8_upper(small));
}

static const char *find_plain(uint32_t code)
{
    if (code >= MARK_FIRST && code <= MARK_LAST)
        return "";
    bool capital = is_capital(code);
    for (size_t i = 0; i < sizeof plains / sizeof *plains; i++) {
        const char *from = plains[i].from;
        while (*from != '\0')
            if (is_letter(code, utf8_next(&from), capital))
                return plains[i].plain;
    }
    return NULL;
}

static const char *find_latin(uint32_t code, enum bulletin_language language)
{
    bool capital = is_capital(code);
    for (size_t i = 0; i < sizeof cyrillic / sizeof *cyrillic; i++)
        if (is_letter(code, cyrillic[i].code, capital))
            return language == BULLETIN_KK || cyrillic[i].ru == NULL ? cyrillic[i].kk
                                                                     : cyrillic[i].ru;
    return NULL;
}

static uint32_t peek_code(const char *text)
{
    return utf8_next(&text);
}

static bool is_word(uint32_t code)
{
    return is_capital(code) || is_capital(utf8_upper(code));
}

/* Among capitals: the next letter is one, or the word ends here and the letter before is one. */
static bool is_shouted(uint32_t before, uint32_t after)
{
    return is_capital(after) || (!is_word(after) && is_capital(before));
}

static void put_letters(
    struct output *out, const char *letters, bool first_capital, bool all_capitals)
{
    bool capital = first_capital;
    while (*letters != '\0') {
        uint32_t code = utf8_next(&letters);
        put_code(out, capital ? utf8_upper(code) : code);
        capital = all_capitals;
    }
}

/* The next character, with the mark behind it if both are one letter. */
static uint32_t next_letter(const char **text)
{
    uint32_t code = utf8_next(text), mark = peek_code(*text);
    if (mark < MARK_FIRST || mark > MARK_LAST)
        return code;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (mark != pairs[i].mark || !is_letter(code, pairs[i].letter, true))
            continue;
        (void)utf8_next(text);
        return code == pairs[i].letter ? pairs[i].both : utf8_upper(pairs[i].both);
    }
    return code;
}

static bool is_space(uint32_t code)
{
    const char *plain = code == ' ' ? " " : find_plain(code);
    return plain != NULL && strcmp(plain, " ") == 0;
}

/* `latin` says whether Cyrillic is changed, too. */
static enum err print_plain(
    struct output *out, const char *text, bool latin, enum bulletin_language language)
{
    if (out->size == 0)
        return ERR_LONG;
    uint32_t before = 0;
    while (*text != '\0' && out->err == ERR_OK) {
        uint32_t code = next_letter(&text);
        const char *plain = NULL;
        if (latin && is_cyrillic(code))
            plain = find_latin(code, language);
        else if (gsm7_cost(code) == 0)
            plain = find_plain(code);
        bool capital = is_capital(code);
        if (plain == NULL)
            put_code(out, code);
        else
            put_letters(out, plain, capital, capital && is_shouted(before, peek_code(text)));
        while (code == NUMERO && is_space(peek_code(text)))
            (void)utf8_next(&text);
        before = code;
    }
    out->text[out->used] = '\0';
    return out->err;
}

enum err translit_normalize(char *out, size_t size, const char *text)
{
    struct output output = {.size = size};
    output.text = out;
    return print_plain(&output, text, false, BULLETIN_EN);
}

enum err translit_print_latin(
    char *out, size_t size, const char *text, enum bulletin_language language)
{
    struct output output = {.size = size};
    output.text = out;
    return print_plain(&output, text, true, language);
}

void translit_list_misfits(char *out, size_t size, const char *text)
{
    struct output output = {.size = size};
    output.text = out;
    while (*text != '\0' && size > 0 && output.err == ERR_OK) {
        char bytes[UTF8_MOST + 1] = {0};
        uint32_t code = utf8_next(&text);
        out[output.used] = '\0';
        if (gsm7_cost(code) > 0 || utf8_put(bytes, code) == 0 || strstr(out, bytes) != NULL)
            continue;
        put_code(&output, code);
    }
    if (size > 0)
        out[output.used] = '\0';
}
