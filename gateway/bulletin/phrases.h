/* phrases: the fixed wording in Kazakh, Russian and English. All wording is data (phrases.c): a table complete in
 * three languages, so that a native editor can correct it without reading code.
 */
#ifndef GATEWAY_BULLETIN_PHRASES_H
#define GATEWAY_BULLETIN_PHRASES_H

#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

/* What the program itself says. Placeholders in the texts: {n} a number, {t} a time, {c} a check code, {a} regions,
 * {w} a word, {s} the sender's name. Each phrase uses those that its line names; the answers that name none take none. */
enum phrase {
    PHRASE_DRILL,     /* the word for drill: "УЧЕБНАЯ ТРЕВОГА" */
    PHRASE_UPDATE,    /* "ОБНОВЛЕНИЕ" */
    PHRASE_RETRACT,   /* "ОШИБКА: сообщение №{n} неверно." */
    PHRASE_ALL_CLEAR, /* "ОПАСНОСТЬ МИНОВАЛА" */
    PHRASE_UNTIL,     /* "До {t}." */
    PHRASE_MORE, /* "Полностью: ответьте {n}." what to text back for the rest */
    PHRASE_JOINED, /* answer to START: what you get, for where {a}, how to leave, that the operator sees it */
    PHRASE_LEFT,            /* answer to STOP */
    PHRASE_FORGOTTEN,       /* answer to DELETE */
    PHRASE_HELP,            /* answer to HELP: the words that one may text */
    PHRASE_HELP_MORE,       /* answer to MORE: those that HELP has no room for */
    PHRASE_LANGUAGE_SET,    /* answer to KK, RU, EN: in the new language */
    PHRASE_SCRIPT_SET,      /* answer to LAT, KIR */
    PHRASE_AREA_SET,        /* answer to AREA: {a} */
    PHRASE_AREA_UNKNOWN,    /* the place is not known: how to write it */
    PHRASE_NOTHING,         /* answer to LAST when nothing is in force */
    PHRASE_REAL,            /* answer to CHECK: "№{n} is ours, sent {t}, code {c}, in force" */
    PHRASE_REAL_EXPIRED,    /* №{n} of {t} is ours, but over */
    PHRASE_REAL_RETRACTED,  /* №{n} is ours, but withdrawn */
    PHRASE_NOT_OURS,        /* "We sent no №{n}." */
    PHRASE_UNKNOWN_WORD,    /* a word that we do not know: HELP */
    PHRASE_THANKS,          /* answer to OK */
    PHRASE_WORD_SET,        /* answer to WORD: {w} */
    PHRASE_LEVEL_SET,       /* answer to LEVEL: {n} */
    PHRASE_REPORTED,        /* answer to REPORT: {n} of the report */
    PHRASE_RADIO,           /* answer to RADIO where the configuration says nothing more */
    PHRASE_NO_RADIO,        /* there is no radio */
    PHRASE_RADIO_NOW,       /* {n} is on the air now, on the frequency {w} */
    PHRASE_RADIO_NOW_ANY,   /* the same where the frequency is not known */
    PHRASE_RADIO_NEXT,      /* the next broadcast begins at {t}, on the frequency {w} */
    PHRASE_RADIO_NEXT_ANY,  /* the same without a frequency */
    PHRASE_RADIO_ASK,       /* the newsroom knows the frequency */
    PHRASE_DIGEST,          /* what is in force, {a}, and how to get it in full */
    PHRASE_DIGEST_UNTIL,    /* one of them: {n}, what it is about {w}, until {t} */
    PHRASE_DIGEST_ITEM,     /* the same without until when: an all-clear */
    PHRASE_MODEM_TEST,      /* to an operator's phone: {s}, the modem {w}, {t} */
    PHRASE_VOICE_INTRO,     /* spoken: "This is {s}. Bulletin number {n}, {t}." */
    PHRASE_VOICE_CODE,      /* spoken: "Check code: {c}." */
    PHRASE_VOICE_UNTIL,     /* spoken: "In force until {t}." */
    PHRASE_VOICE_DRILL,     /* spoken: "This is only a drill." */
    PHRASE_SIGN_CALL,       /* spoken: "Call sign: {c}." */
    PHRASE_SIGN_TIMES,      /* spoken: "We broadcast {t}.", of the following */
    PHRASE_SIGN_EVERY,      /* "every {n} minutes" */
    PHRASE_SIGN_HOURLY,     /* "every hour", then one or more of the next two */
    PHRASE_SIGN_FULL,       /* "at the full hour" */
    PHRASE_SIGN_MINUTES,    /* "at {n} minutes past" */
    PHRASE_SIGN_AND,        /* between the hours and the day */
    PHRASE_SIGN_DAILY,      /* "each day at {t}" */
    PHRASE_QUIET,           /* spoken: "This is {s}. It is {t}. All is quiet." */
    PHRASE_QUIET_NEWEST,    /* spoken: "The newest one was number {n}." */
    PHRASE_QUIET_NEXT,      /* spoken: "We send again at {t}." */
    PHRASE_RUMOUR_CHECKING, /* answer to CHECK with words: it is being looked into */
    PHRASE_RUMOUR_ANSWERED, /* our No {n} says of it: {a}, its headline */
    PHRASE_RUMOUR_UNKNOWN,  /* we know nothing of it yet, the newsroom hears of the question */
    PHRASE_COUNT
};

/* A phrase in a language; never NULL. */
const char *phrases_get(enum phrase phrase, enum bulletin_language language);

/* Fills the placeholders: values is a list of pairs "n", "41", ..., ended by NULL. Writes a terminated text; ERR_LONG if
 * it does not fit, ERR_MISSING if a placeholder has no value. */
ERR_CHECKED enum err phrases_fill(
    char *text, size_t size, const char *phrase, const char *const *values);

/* The phrase book of events: code 1.. to a name in JSON ("shooting") and a word or two in capitals for the start of a
 * text ("СТРЕЛЬБА"). NULL for an unknown code; code 0 is "no event" and has no words. */
const char *phrases_event_name(uint8_t event);
const char *phrases_event_word(uint8_t event, enum bulletin_language language);
/* By its name, or by the short one that templates use ("quake"). ERR_MISSING for an unknown name. */
ERR_CHECKED enum err phrases_event_parse(uint8_t *event, const char *name);

#endif
