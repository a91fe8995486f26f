/* subscribers: who gets texts: sealed number, language and letters, regions, level, consent; and the audience: how many
 * there are of each kind, kept up to date by every change, so that a commit needs no walk over them.
 */
#ifndef GATEWAY_STORE_SUBSCRIBERS_H
#define GATEWAY_STORE_SUBSCRIBERS_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

#define SUBSCRIBERS_WORD_SIZE 33 /* UTF-8, with its NUL */

struct subscribers_entry {
    int64_t id; /* never used again */
    uint8_t hash[VAULT_HASH_SIZE];
    char number[MESSAGES_NUMBER_SIZE]; /* in clear: not to be logged or shown unmasked */
    uint8_t language;                  /* enum bulletin_language */
    uint8_t latin;                     /* 1: Latin letters */
    uint32_t regions;
    uint8_t level; /* least severity */
    bool stopped;
    bool tester; /* gets drills that are not for everyone */
    int64_t joined_s;
    char consent[MESSAGES_DETAIL_SIZE];
    char
        word[SUBSCRIBERS_WORD_SIZE]; /* in every bulletin to this person; kept sealed; empty none */
};

/* Kinds of subscribers that a mask of regions and a severity concern. */
struct subscribers_audience {
    uint32_t regions;
    uint8_t severity;
    bool testers; /* only testers among them */
};

/* ERR_MISSING; ERR_SEAL if the number does not open. */
ERR_CHECKED enum err subscribers_find(
    struct store *store, struct subscribers_entry *entry, const char *number);
ERR_CHECKED enum err subscribers_get(
    struct store *store, struct subscribers_entry *entry, int64_t id);
/* No more than the number's hash and whether there is to be no text: opens no seal. ERR_MISSING. */
ERR_CHECKED enum err subscribers_get_hash(
    struct store *store, uint8_t hash[VAULT_HASH_SIZE], bool *stopped, int64_t id);
/* The first with an id over after. */
ERR_CHECKED enum err subscribers_next(
    struct store *store, struct subscribers_entry *entry, int64_t after);

/* A new one: entry->number and the settings are taken; id, hash and joined_s are filled in. ERR_LONG. */
ERR_CHECKED enum err subscribers_add(
    struct store *store, struct subscribers_entry *entry, int64_t now_s);
/* Changes all but the number of one that was read before. */
void subscribers_save(struct store *store, const struct subscribers_entry *entry, int64_t now_s);
/* Forgets the number altogether. */
void subscribers_remove(struct store *store, const struct subscribers_entry *entry);

/* How many get texts now; how many of them are testers. */
uint32_t subscribers_count(struct store *store);
uint32_t subscribers_count_testers(struct store *store);
/* How many of them a bulletin concerns. */
uint32_t subscribers_count_audience(
    struct store *store, const struct subscribers_audience *audience);
/* Whether a bulletin concerns this one. */
bool subscribers_is_concerned(
    const struct subscribers_audience *audience, const struct subscribers_entry *subscriber);
/* The same of regions and level alone: for who is known to be a tester where that counts. */
bool subscribers_concerned(
    const struct subscribers_audience *audience, uint32_t regions, uint8_t level);

/* Calls visit for each kind with its count. */
typedef void subscribers_visitor(void *arg, const struct subscribers_entry *kind, uint32_t count);
void subscribers_visit_kinds(struct store *store, subscribers_visitor *visit, void *arg);
/* The same of testers alone. */
void subscribers_visit_testers(struct store *store, subscribers_visitor *visit, void *arg);
/* The same of those whom an audience concerns. */
void subscribers_visit_audience(struct store *store, const struct subscribers_audience *audience,
    subscribers_visitor *visit, void *arg);

#endif
