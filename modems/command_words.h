/* command_words: the words that subscribers text, as data.
 */
#ifndef MODEMS_COMMAND_WORDS_H
#define MODEMS_COMMAND_WORDS_H

#include "modems/command.h"

struct command_word {
    const char *word; /* in capitals, as it is spelt */
    enum command_verb verb;
    enum bulletin_language
        language; /* COMMAND_ANY_LANGUAGE for words that are the same in several */
    bool latin;   /* not English, but in Latin letters */
    int value; /* COMMAND_LANGUAGE: enum bulletin_language; COMMAND_SCRIPT: enum command_script; else 0 */
};

/* Words that look alike (command_fold_word) have the same verb and value. Ends with a NULL word. */
extern const struct command_word command_words[];

#endif
