/* answers: what a subscriber's text is answered with, within limits: at most so many an hour and a day to a number and one
 * for each keyword in ten minutes, so that a machine that answers back starts no loop.
 */
#ifndef GATEWAY_DISPATCHER_ANSWERS_H
#define GATEWAY_DISPATCHER_ANSWERS_H

#include "gateway/bulletin/phrases.h"
#include "gateway/dispatcher/site.h"
#include "gateway/store/subscribers.h"
#include "modems/command.h"

#define ANSWERS_PER_HOUR 3
#define ANSWERS_PER_DAY 10
#define ANSWERS_SAME_WORD_S 600
#define ANSWERS_WAITING_MAX 500 /* not yet sent, of the whole site */
/* The confirmation of STOP, and what a new subscriber must know now. */
#define ANSWERS_URGENT_PER_HOUR 6
#define ANSWERS_URGENT_PER_DAY 20
#define ANSWERS_URGENT_WAITING_MAX 20000

/* A text and who sent it. */
struct answers_talk {
    struct site *site;
    int64_t modem;                     /* that the text came in by */
    char number[MESSAGES_NUMBER_SIZE]; /* "+77011234567" */
    uint8_t hash[VAULT_HASH_SIZE];
    bool known; /* subscriber is filled in */
    struct subscribers_entry subscriber;
    struct command command;
    enum bulletin_language language; /* to answer in */
    bool latin;
    bool
        urgent; /* with wider limits: the one confirmation of STOP, and what a new subscriber must know now */
    int64_t now_s;
};

/* Whether an answer would be queued now. */
bool answers_may_say(const struct answers_talk *talk);
/* Queues a phrase; values as for phrases_fill. Dropped silently if a limit is reached. */
void answers_say(struct answers_talk *talk, enum phrase phrase, const char *const *values);
/* Queues words of our own, in the language of the talk. */
void answers_say_text(struct answers_talk *talk, const char *text);
/* Queues a bulletin within a budget of parts. */
void answers_say_bulletin(struct answers_talk *talk, uint32_t key, unsigned parts);

#endif
