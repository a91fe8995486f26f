/* outbox: deliveries in flight and those that went otherwise than well: one row each; and references, by which delivery
 * reports find their bulletin. What the states mean and what a crash does to each stands in README.md; who moves a row
 * from one to the other is the dispatcher.
 */
#ifndef GATEWAY_STORE_OUTBOX_H
#define GATEWAY_STORE_OUTBOX_H

#include "gateway/store/store.h"

enum outbox_state {
    OUTBOX_CLAIMED,    /* given to a modem; nothing is on the air */
    OUTBOX_SUBMITTING, /* the modem may write Ctrl-Z */
    OUTBOX_NEXT,       /* a part is sent, the next one waits for the same modem */
    OUTBOX_RETRY,      /* surely not sent: again when due */
    OUTBOX_DOUBT,      /* may have been sent: waits for a report until due, then once more */
    OUTBOX_UNKNOWN,    /* may have been sent, final */
    OUTBOX_MISSED,     /* counted as failed or skipped, and nothing of it has got to the phone */
    OUTBOX_REACHED,    /* has it though no cursor brought it: as an answer, or before moving */
    OUTBOX_NAMED,      /* the digest that names it has not been settled */
    OUTBOX_TOLD,       /* counted as told by a digest, and the cursor has not come there yet */
    OUTBOX_STATE_COUNT
};

#define OUTBOX_MR_NONE (-1)
#define OUTBOX_OTHERS_MS 10000
#define OUTBOX_REFS_PER_MR 16 /* open references of one modem and TP-MR that are surely kept */

struct outbox_entry {
    int64_t id;
    uint32_t bulletin;  /* 0: an answer */
    int64_t cursor;     /* whose counts it belongs to; 0 for an answer */
    int64_t subscriber; /* or the answer's id */
    enum outbox_state state;
    uint8_t part;     /* being sent or to be sent next, from 1 */
    uint8_t parts;    /* of the whole text; 0 not yet known */
    int mr;           /* TP-MR of the last submission, or OUTBOX_MR_NONE */
    int64_t modem;    /* the one that has it or had it last; 0 none */
    uint32_t attempt; /* claims so far: tells a stale message from a modem from the current one */
    uint8_t failures;
    uint8_t doubts;
    bool again; /* this claim repeats a part that was in doubt, or that another modem has sent */
    int64_t due_ms;   /* CLOCK_BOOTTIME: not before */
    int64_t other_ms; /* CLOCK_BOOTTIME: from then on any modem may have it, before only the same */
    uint32_t code;    /* the last error's */
    uint8_t reached;  /* the last part that has, or may have, got to the phone; 0 none */
    uint32_t regions; /* that the subscriber had chosen when it was given to a modem; 0 not yet */
    int64_t digest;   /* id of the row of the digest that names it; its own: it is one; 0 neither */
};

/* What a digest names has, or may have (1), or has surely not (0) got to the phone. */
void outbox_set_named_reached(
    struct store *store, const struct outbox_entry *digest, uint8_t reached);
/* Adds and fills in the id. */
void outbox_add(struct store *store, struct outbox_entry *entry);
/* Its part has, or may have, got to the phone. */
void outbox_note_reached(struct outbox_entry *entry);
void outbox_save(struct store *store, const struct outbox_entry *entry);
/* The same of one that was claimed and becomes submitting: only state and TP-MR are written. */
void outbox_submit(struct store *store, const struct outbox_entry *entry);
void outbox_remove(struct store *store, int64_t id);

/* Whether a bulletin has a row for this subscriber: somebody who changed language while it was going out. */
bool outbox_find_delivery(struct store *store, uint32_t bulletin, int64_t subscriber);

/* Whether a bulletin has surely not reached this subscriber though the cursor has passed, or its retraction goes there
 * by outbox_follow_reached. */
bool outbox_was_passed_by(struct store *store, uint32_t bulletin, int64_t subscriber);
/* How many the cursors have taken without anything reaching them. */
uint32_t outbox_count_passed_by(struct store *store, uint32_t bulletin);
/* How many it has reached that no cursor has taken. */
uint32_t outbox_count_besides(struct store *store, uint32_t bulletin);
/* Makes a row OUTBOX_REACHED unless there is one of this subscriber. cursor: the one that has taken the subscriber; 0 none. */
void outbox_mark_reached(
    struct store *store, uint32_t bulletin, int64_t subscriber, int64_t cursor);
/* Makes a row OUTBOX_MISSED unless there is one: no cursor has taken the subscriber, though a retraction's would. */
void outbox_mark_missed(struct store *store, uint32_t bulletin, int64_t subscriber);
/* A row due now of a retraction for each that is OUTBOX_REACHED of what it retracts, counted by a cursor; returns how many. */
uint32_t outbox_follow_reached(
    struct store *store, uint32_t retraction, int64_t cursor, uint32_t retracted);

/* Each of these gives ERR_MISSING if there is none. */
ERR_CHECKED enum err outbox_get(struct store *store, struct outbox_entry *entry, int64_t id);
/* That of a bulletin and a subscriber. */
ERR_CHECKED enum err outbox_find_of(
    struct store *store, struct outbox_entry *entry, uint32_t bulletin, int64_t subscriber);
/* The first with an id over after that a digest names, besides its own. */
ERR_CHECKED enum err outbox_find_named(struct store *store, struct outbox_entry *entry,
    const struct outbox_entry *digest, int64_t after);
/* A digest that waits, surely not sent, is due, and is for this modem. */
ERR_CHECKED enum err outbox_find_digest(
    struct store *store, struct outbox_entry *entry, int64_t modem, int64_t now_ms);
/* The message whose next part waits for this modem. */
ERR_CHECKED enum err outbox_find_next(
    struct store *store, struct outbox_entry *entry, int64_t modem);
/* A retry or doubt of a bulletin that is due and that this modem may have. */
ERR_CHECKED enum err outbox_find_due(struct store *store, struct outbox_entry *entry,
    uint32_t bulletin, int64_t modem, int64_t now_ms);
/* The same for a modem that may be failing: what is in doubt has only one more try, so others have OUTBOX_OTHERS_MS for it. */
ERR_CHECKED enum err outbox_find_due_sure(struct store *store, struct outbox_entry *entry,
    uint32_t bulletin, int64_t modem, int64_t now_ms);
/* The first with an id over after: that a modem has (claimed, submitting, next); the same of all modems; that waits for
 * a subscriber or a bulletin (next, retry, doubt; of a bulletin also what is named and surely not sent); in doubt or unknown. */
ERR_CHECKED enum err outbox_find_held(
    struct store *store, struct outbox_entry *entry, int64_t modem, int64_t after);
ERR_CHECKED enum err outbox_find_any_held(
    struct store *store, struct outbox_entry *entry, int64_t after);
ERR_CHECKED enum err outbox_find_waiting_of_subscriber(
    struct store *store, struct outbox_entry *entry, int64_t subscriber, int64_t after);
ERR_CHECKED enum err outbox_find_waiting_of_bulletin(
    struct store *store, struct outbox_entry *entry, uint32_t bulletin, int64_t after);
ERR_CHECKED enum err outbox_find_doubt(
    struct store *store, struct outbox_entry *entry, int64_t after);
/* This modem is set aside: its doubts are for any other as soon as they are due, unless a phone would have to join parts of
 * two numbers. */
void outbox_release(struct store *store, int64_t modem);
/* This modem is well again: what it has failed to send is due now, if it was within for_ms. */
void outbox_hasten(struct store *store, int64_t modem, int64_t now_ms, int64_t for_ms);
/* Whether at least so many of a bulletin's wait to be sent again and are due by then. */
bool outbox_has_retries(struct store *store, uint32_t bulletin, int64_t by_ms, unsigned count);
/* When the next retry or doubt becomes due, or free for other modems or for all, after now_ms; 0 if none. */
int64_t outbox_soonest(struct store *store, int64_t now_ms);
/* At start: clocks of before mean nothing; retries are due now, doubts at doubt_ms. What has been begun, or was in doubt, is
 * for the same modem alone for same_ms more. */
void outbox_restart_clock(struct store *store, int64_t now_ms, int64_t doubt_ms, int64_t same_ms);

/* Where a report belongs. */
struct outbox_ref {
    int64_t id;
    int64_t modem;
    int mr;
    uint8_t hash[VAULT_HASH_SIZE]; /* of the number */
    uint32_t bulletin;
    int64_t cursor;
    uint32_t regions; /* that the subscriber had chosen */
};

/* The newest to ref's number whose last part is in doubt or unknown on its modem with its mr, or was and has not been sent
 * again. ERR_MISSING. */
ERR_CHECKED enum err outbox_find_doubtful(
    struct store *store, struct outbox_entry *entry, const struct outbox_ref *ref);
void outbox_add_ref(struct store *store, const struct outbox_ref *ref);
/* The newest open one with ref's modem, mr and hash; fills in the rest. ERR_MISSING. */
ERR_CHECKED enum err outbox_find_ref(struct store *store, struct outbox_ref *ref);
void outbox_remove_ref(struct store *store, int64_t id);

#endif
