/* command: what a subscriber's text asks for.
 *
 *     message = ["#"] word [argument]
 *
 * Case, punctuation around words and look-alike letters (А and A, Қ and K) do not matter; words come in Kazakh, Russian, English
 * and in Latin spelling (command_words.c, one table). STOP counts wherever it stands in a text of up to three words,
 * except in a REPORT. A bare number asks for that bulletin in full. Any text at all can be parsed.
 */
#ifndef MODEMS_COMMAND_H
#define MODEMS_COMMAND_H

#include "gateway/bulletin/bulletin.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COMMAND_ANY_LANGUAGE                                                                       \
    BULLETIN_LANGUAGE_COUNT    /* the word does not tell, or none was chosen */
#define COMMAND_WORD_SIZE 33   /* bytes of a personal word or a check code, with a NUL */
#define COMMAND_FOLDED_SIZE 48 /* bytes of a folded keyword, with a NUL */
#define COMMAND_LEVEL_MAX 3
#define COMMAND_RECEPTION_MAX 5
#define COMMAND_STOP_WORDS 3 /* STOP may stand anywhere in so many words */

enum command_verb {
    COMMAND_NONE,    /* nothing in it that could be a word */
    COMMAND_UNKNOWN, /* begins with no word of ours */
    COMMAND_START,   /* regions, chosen and script, each as far as given */
    COMMAND_STOP,
    COMMAND_DELETE, /* forget me */
    COMMAND_HELP,
    COMMAND_LANGUAGE, /* chosen */
    COMMAND_SCRIPT,   /* script */
    COMMAND_AREA,     /* regions, or add and remove */
    COMMAND_LEVEL,    /* level, 1..COMMAND_LEVEL_MAX: how severe it must be */
    COMMAND_LAST,
    COMMAND_NUMBER, /* number: that bulletin in full */
    COMMAND_CHECK, /* number, and word if a check code was given: is it real? Or text: what is it about */
    COMMAND_WORD, /* word: a personal word */
    COMMAND_RADIO,
    COMMAND_REPORT, /* text: a tip for the desk */
    COMMAND_RX,     /* number and level, 1..COMMAND_RECEPTION_MAX: a listener's reception report */
    COMMAND_OK,     /* seen */
    COMMAND_LAWYER,
    COMMAND_MORE, /* the words that HELP has no room for */
    COMMAND_VERB_COUNT
};

enum command_script { COMMAND_SCRIPT_NONE, COMMAND_LATIN, COMMAND_CYRILLIC };

enum command_fault {
    COMMAND_FINE,
    COMMAND_ARGUMENT_MISSING, /* it needs one */
    COMMAND_ARGUMENT_WRONG /* a place, number or level that we do not know; what was understood is set */
};

/* Fields that the verb does not name are 0, "", NULL or COMMAND_ANY_LANGUAGE. */
struct command {
    enum command_verb verb;
    enum command_fault fault;
    enum bulletin_language
        language; /* of the keyword: answer in it; COMMAND_ANY_LANGUAGE for a number, "OK", "?" */
    bool latin;   /* a Kazakh or Russian keyword in Latin letters: answer in them */
    enum bulletin_language chosen;
    enum command_script script;
    uint32_t regions; /* masks as in area.h */
    uint32_t add;
    uint32_t remove;
    uint32_t number; /* of a bulletin, 1..BULLETIN_NUMBER_MAX */
    uint8_t level;
    char word[COMMAND_WORD_SIZE];
    const char *text; /* into the text that was parsed, to its end */
};

/* text is terminated and need not be UTF-8. */
void command_parse(struct command *command, const char *text);

/* "start"; "?" for a value out of range. For logs and records of consent. */
const char *command_print_verb(enum command_verb verb);

/* word[0..size) in capitals, look-alikes as one, without soft signs and marks: equal for what people take for the same
 * word. Cut at COMMAND_FOLDED_SIZE - 1 bytes, where no keyword is as long. */
void command_fold_word(char folded[COMMAND_FOLDED_SIZE], const char *word, size_t size);

#endif
