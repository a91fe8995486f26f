/* bulletins: what has been accepted: the sealed bytes, what lists show of them, and how far each has come.
 */
#ifndef GATEWAY_STORE_BULLETINS_H
#define GATEWAY_STORE_BULLETINS_H

#include "gateway/bulletin/seal.h"
#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

struct bulletins_entry {
    uint32_t key; /* what other tables call it by */
    uint32_t number;
    uint8_t kind;
    uint8_t state; /* enum message_bulletin_state */
    int64_t sent_s;
    int64_t expires_s;
    uint32_t follows;
    uint32_t regions;
    uint8_t severity; /* its own, or that of what it follows if that is worse: whom it concerns */
    char code[SEAL_CODE_SIZE];
    int64_t committed_s;
    uint32_t recipients; /* whom it concerned when it was committed */
    bool testers;        /* a drill, or the retraction of one, for testers alone */
    uint32_t oks;        /* answers OK to a drill, one a person */
    bool emptied;        /* closed: only counts remain */
    uint8_t aired;
    char air_path[MESSAGES_DETAIL_SIZE];
    uint32_t air_seconds;
    int64_t aired_s;
};

/* A retraction has the number of what it retracts: the key tells both apart. */
uint32_t bulletins_key(uint32_t number, uint8_t kind);

/* Of deliveries under way or that went otherwise than well, by enum outbox_state. */
#define BULLETINS_STATES 10

/* In the open transaction. The key must be new. */
void bulletins_add(struct store *store, const struct bulletins_entry *entry,
    const struct message_sealed_bytes *sealed);
/* ERR_MISSING. */
ERR_CHECKED enum err bulletins_get(
    struct store *store, struct bulletins_entry *entry, uint32_t key);
ERR_CHECKED enum err bulletins_get_sealed(
    struct store *store, struct message_sealed_bytes *sealed, uint32_t key);
void bulletins_set_state(struct store *store, uint32_t key, enum message_bulletin_state state);
void bulletins_set_aired(
    struct store *store, uint32_t key, const struct message_aired *aired, int64_t now_s);
/* The key of the newest that has been aired before a key; 0 if none. */
uint32_t bulletins_find_aired(struct store *store, uint32_t before);
/* A subscriber has answered OK to a drill: counted once. */
void bulletins_add_ok(struct store *store, uint32_t key, int64_t subscriber);

/* The bulletin that a retraction takes back; 0 of other bulletins. */
uint32_t bulletins_retracted(uint32_t key);

/* The highest number of a bulletin or roster seen; 0 if none. */
uint32_t bulletins_highest(struct store *store);
/* Keys of those being sent, ascending; returns how many, at most room. */
unsigned bulletins_list_live(struct store *store, uint32_t *keys, unsigned room);
/* Those that have gone out, or were superseded, and may still be retracted. */
unsigned bulletins_list_retractable(
    struct store *store, uint32_t *keys, unsigned room, int64_t now_s);
/* Those held; the same. */
unsigned bulletins_list_held(struct store *store, uint32_t *keys, unsigned room);
/* Those before a key, descending. */
unsigned bulletins_list_latest(struct store *store, uint32_t *keys, unsigned room, uint32_t before);

void bulletins_count_deliveries(
    struct store *store, uint32_t counts[BULLETINS_STATES], uint32_t key);
/* The first that ended at or before a time, of which nothing is in flight and that still has rows about people; 0 if none. */
uint32_t bulletins_find_closable(struct store *store, int64_t before_s);
/* Leaves only counts: deliveries, references and marks are forgotten. */
void bulletins_empty(struct store *store, uint32_t key);

#endif
