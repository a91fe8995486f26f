/* inbox: texts from phones, each counted once however often the modem reads it out; and the answers to them.
 */
#ifndef GATEWAY_STORE_INBOX_H
#define GATEWAY_STORE_INBOX_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

#define INBOX_JOIN_S 86400        /* 24 h: parts of one text wait this long for each other */
#define INBOX_KEEP_S 259200       /* 72 h: then a text's digest is forgotten, it can't come again */
#define INBOX_PENDING_MAX 32      /* parts of unfinished texts from one number */
#define INBOX_JOINED_SIZE 4096    /* bytes of a joined text */
#define INBOX_ANSWER_SIZE 4096    /* bytes of an answer */
#define INBOX_SAME_MODEM_S 20     /* that an answer waits for the modem that the text came in by */
#define INBOX_TEST_WORD 1000      /* in place of a keyword: a test text, for its modem alone */
#define INBOX_ANSWER_KEEP_S 90000 /* a little over a day, for the limit a day */

/* Records a text from a modem in the open transaction; false if it is there already. Only parts of longer texts keep
 * their words, sealed, until they are joined. hash is the number's. */
bool inbox_add(struct store *store, const struct message_inbound *inbound, const char *modem,
    const uint8_t hash[VAULT_HASH_SIZE], int64_t now_s);
/* Puts the parts of a text together once all are there, and forgets their words. ERR_BUSY if some are still missing,
 * ERR_LONG if the whole does not fit, ERR_SEAL. */
ERR_CHECKED enum err inbox_join(struct store *store, char text[INBOX_JOINED_SIZE],
    const struct message_inbound *inbound, const uint8_t hash[VAULT_HASH_SIZE], int64_t now_s);
/* Forgets digests and answers that are older than their time. */
void inbox_purge(struct store *store, int64_t now_s);

enum inbox_answer_state { INBOX_QUEUED, INBOX_TAKEN, INBOX_DONE };

struct inbox_answer {
    int64_t id;
    uint8_t hash[VAULT_HASH_SIZE];
    char number[MESSAGES_NUMBER_SIZE]; /* in clear: not to be logged or shown unmasked */
    char text[INBOX_ANSWER_SIZE];
    int word; /* the keyword that is answered, or INBOX_TEST_WORD */
    int64_t
        modem; /* that the text came in by: people expect the answer from the number that they wrote to */
};

/* Queues; number, text, word and modem are taken. ERR_LONG. */
ERR_CHECKED enum err inbox_add_answer(
    struct store *store, const struct inbox_answer *answer, int64_t now_s);
ERR_CHECKED enum err inbox_get_answer(struct store *store, struct inbox_answer *answer, int64_t id);
/* The oldest that is queued for this modem, or that has waited for its own for too long: its id, or 0. */
int64_t inbox_find_answer(struct store *store, int64_t modem, int64_t now_s);
/* A test text that is queued for this modem: its id, or 0. */
int64_t inbox_find_test(struct store *store, int64_t modem);
/* Test texts not yet done, of all modems. */
uint32_t inbox_count_tests(struct store *store);
/* Drops test texts that were queued before a time and that no modem has taken. */
void inbox_end_tests(struct store *store, int64_t before_s);
void inbox_set_answer(struct store *store, int64_t id, enum inbox_answer_state state);
/* Drops what is queued for a number. */
void inbox_drop_answers(struct store *store, const uint8_t hash[VAULT_HASH_SIZE]);
/* Drops all that is not yet done, also what modems had. */
void inbox_drop_all(struct store *store);
/* Not yet done. */
uint32_t inbox_count_waiting(struct store *store);
/* Whether so many are not yet done; looks at no more of them. */
bool inbox_has_waiting(struct store *store, uint32_t count);
/* To a number since a time; word -1 for all. */
uint32_t inbox_count_since(
    struct store *store, const uint8_t hash[VAULT_HASH_SIZE], int64_t since_s, int word);

#endif
