/* normal_language: what a language is to the normaliser: its tables, and how it says a number. For normal*.c alone.
 *
 * All keys of tables are in upper case: words are compared in it.
 */
#ifndef AUDIO_NORMAL_LANGUAGE_H
#define AUDIO_NORMAL_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NORMAL_WORD_SIZE 128    /* bytes of a word with its NUL; a longer one is taken in pieces */
#define NORMAL_DIGITS_SIZE 40   /* of a phone number with its groups */
#define NORMAL_WHOLE_DIGITS 12  /* longer numbers are read digit by digit */
#define NORMAL_FRACTION_SIZE 12 /* digits after the comma and a NUL */

/* The words so far. A first word too many sets full and stops it. */
struct normal_sink {
    char *words;
    size_t size;
    size_t used;
    bool full;
};

/* Adds words, apart from what stands there. */
void normal_say(struct normal_sink *sink, const char *words);
void normal_say_bytes(struct normal_sink *sink, const char *bytes, size_t size);
/* Adds an ending to the last word. */
void normal_attach(struct normal_sink *sink, const char *ending);
/* Adds a mark of punctuation to the last word; a stronger one takes the place of a comma. */
void normal_mark(struct normal_sink *sink, char mark);

struct normal_pair {
    const char *from; /* NULL ends a table */
    const char *to;
};

/* What must follow an abbreviation, spaces aside, for it to be one. */
enum normal_next { NORMAL_ANY, NORMAL_DIGIT, NORMAL_CAPITAL };

struct normal_sign {
    const char *
        sign; /* exactly as written; NULL ends the table; a longer one stands before its beginning */
    const char *words;
    enum normal_next next;
};

enum normal_gender { NORMAL_MASCULINE, NORMAL_FEMININE, NORMAL_NEUTER };

/* A unit after a number. Languages without plural forms fill in `one` alone. */
struct normal_unit {
    const char *
        sign; /* exactly as written; NULL ends the table; a longer one stands before its beginning */
    const char *before; /* words before the number, or NULL */
    const char *one;    /* 1, 21, ... */
    const char *few;    /* 2-4, 22-24, ...; also after a decimal */
    const char *many;
    const char *after; /* words after it all, or NULL */
    enum normal_gender gender;
};

enum normal_kind {
    NORMAL_WHOLE,    /* whole */
    NORMAL_DECIMAL,  /* whole, fraction */
    NORMAL_TIME,     /* whole: hours, minutes */
    NORMAL_DATE,     /* whole: day, month, year */
    NORMAL_FRACTION, /* whole of `under` parts */
    NORMAL_DIGITS    /* digits, one by one, groups parted by spaces, maybe a + in front */
};

struct normal_value {
    enum normal_kind kind;
    bool minus;
    unsigned zeros; /* leading ones of a whole number */
    uint64_t whole;
    unsigned minutes;
    unsigned month; /* 1 to 12 */
    unsigned year;  /* 0: not said */
    unsigned under; /* 2 to 10 */
    char fraction[NORMAL_FRACTION_SIZE];
    char digits[NORMAL_DIGITS_SIZE];
};

/* A number with all that belongs to it. */
struct normal_number {
    struct normal_value value;
    bool roman; /* written in Roman numerals */
    bool range;
    struct normal_value until;      /* of a range */
    const struct normal_unit *unit; /* or NULL */
    char suffix
        [NORMAL_WORD_SIZE]; /* the letters joined to it, as written: "ші", "го", "th", "шағын"; or empty */
    char before[NORMAL_WORD_SIZE]; /* the word before it in upper case, or empty */
    char after[NORMAL_WORD_SIZE];  /* the word after it in upper case, or empty */
};

struct normal_language {
    const char *digit[10];
    const char *plus;
    const char *letter[26];   /* names of the Latin letters */
    const char *spelling[26]; /* a word for each that can't be misheard */
    bool latin;               /* written in Latin letters */
    bool comma_groups;        /* a comma parts thousands: 1,500 */
    const char *vowels;       /* capital vowels; a word of capitals without one is spelled */
    const struct normal_pair *consonants; /* names of letters for that */
    const struct normal_pair
        *script; /* letters of another script to this one's; longer keys first */
    const struct normal_pair *words;   /* whole words to what is said */
    const struct normal_pair *endings; /* abbreviations that end with a full stop, without it */
    const struct normal_sign *signs;
    const struct normal_unit *units;
    const char *const
        *calls; /* beginnings of words beside which 112 is a number to call; NULL ends it */
    const char *const *joins;   /* words between two such numbers */
    const char *const *hours;   /* words before a time that is written 18.05 */
    const char *const *days;    /* words before a day that is written 24.11 */
    const char *const *counted; /* beginnings of words after a decimal that is written 24.11 */
    const char *const *houses;  /* beginnings of words before 1/2 where it is no fraction */
    const char *const *years; /* words after a date's year that add nothing, with their full stop */
    const char *inner_y;      /* for a Latin y after a consonant */
    const char *dot;          /* said between the parts of an address in the network */
    void (*say_number)(struct normal_sink *sink, const struct normal_number *number);
    /* Says a word of this language's letters in a way that the synthesiser reads right; NULL: as it is. */
    void (*say_word)(struct normal_sink *sink, const char *word);
};

/* Grammar, for the languages' tables. */
void normal_ru_say_number(struct normal_sink *sink, const struct normal_number *number);
void normal_kk_say_number(struct normal_sink *sink, const struct normal_number *number);
/* The synthesiser gives у after a consonant no vowel (су, келу): ұ or ү is written before it, as it is spoken. */
void normal_kk_say_word(struct normal_sink *sink, const char *word);

extern const struct normal_language normal_kk;
extern const struct normal_language normal_ru;
extern const struct normal_language normal_en;

/* Reads the number at text with all that belongs to it, given the byte before it (0 at the start) and the word before
 * it; returns its size in bytes, 0 if there is none. */
size_t normal_number_read(struct normal_number *number, const char *text, char previous,
    const char *before, const struct normal_language *language);

/* Reads 24.11, 24.11.2026, 24/11/2026, 2026-11-24, and 18.30 as a time; returns its size, 0 if there is none. */
size_t normal_date_read(struct normal_value *value, const char *text, const char *before,
    const struct normal_language *language);
/* Reads 3/4 before what is parted; returns its size, 0 if there is none. */
size_t normal_fraction_read(struct normal_value *value, const char *text, const char *before,
    const struct normal_language *language);
/* Reads a Roman numeral to 39; returns its size, 0 if there is none. */
size_t normal_roman_read(
    struct normal_value *value, const char *text, const struct normal_language *language);
/* The size of the unit's sign that text begins with, 0 if none. */
size_t normal_unit_size(const char *text, const struct normal_language *language);

/* Says digits one by one, with a pause between groups. */
void normal_say_digits(
    struct normal_sink *sink, const char *digits, const struct normal_language *language);

/* The size of the word that text begins with, 0 if none: letters, and apostrophes between them. */
size_t normal_word_size(const char *text);
/* text[0..size) in upper case, cut to fit. */
void normal_upper(char upper[NORMAL_WORD_SIZE], const char *text, size_t size);
/* Is the word one of the list, or does it begin or end with one? */
bool normal_among(const char *word, const char *const *list);
bool normal_begins(const char *word, const char *const *list);
bool normal_ends(const char *word, const char *const *list);
/* The row with this key, or NULL. */
const char *normal_find(const struct normal_pair *table, const char *key);

#endif
