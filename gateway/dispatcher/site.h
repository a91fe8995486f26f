/* site: what every part of the dispatcher works on: the store, the configuration, the roster, the plan, the room on the
 * disk; and the wish for work that the round serves.
 */
#ifndef GATEWAY_DISPATCHER_SITE_H
#define GATEWAY_DISPATCHER_SITE_H

#include "gateway/base/conf.h"
#include "gateway/base/trust.h"
#include "gateway/bulletin/roster.h"
#include "gateway/dispatcher/plan.h"
#include "gateway/dispatcher/tally.h"
#include "gateway/store/ballast.h"
#include "gateway/store/store.h"

struct copy;
struct peers;

struct site {
    struct store *store;
    struct conf conf;
    struct ballast ballast;
    bool has_roster;
    struct roster roster;
    struct message_sealed_bytes roster_bytes;
    struct plan plan;
    struct tally tally;  /* of this round */
    struct peers *peers; /* modems and radio */
    struct copy *copy;   /* being made for a backup; NULL none */
    int64_t exported;    /* the last subscriber given away; an export goes on only from there */
    int64_t started_s;
    struct trust trust;
    enum trust_verdict time; /* whether wall time is believed: if not, nothing is ended by it */
    uint32_t inbound;        /* texts since the start */
    bool work;        /* something may have become sendable since idle modems were last served */
    uint32_t air_key; /* a bulletin has been accepted and is to be sent to the radio; 0 none */
    int64_t refused_minute;
    int64_t noted_minute;
    unsigned noted_count;   /* notes of the newsroom's page in that minute */
    unsigned refused_count; /* rows of audit about refusals in that minute */
};

/* Reads roster and plan from an open store. */
void site_load(struct site *site);
void site_free(struct site *site);
/* Wall time as far as it is known (trust.h): what everything is judged by. */
int64_t site_now_s(struct site *site);
/* Once a second, in the open transaction: is wall time to be believed? The last that was is kept. */
void site_check_time(struct site *site);
/* One line for people. */
void site_explain(char why[MESSAGES_DETAIL_SIZE], const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* ERR_FULL if nothing new may be taken in, with a line for people. */
ERR_CHECKED enum err site_check_room(const struct site *site, char why[MESSAGES_DETAIL_SIZE]);
/* An audit row. */
void site_audit(struct site *site, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for what was refused, at most so many a minute: strangers must not fill the disk. */
void site_audit_refusal(struct site *site, const char *what, enum err err, const char *why);
/* A roster arrived: pinned by the configuration's fingerprint, newer than ours. why is for people. */
ERR_CHECKED enum err site_put_roster(
    struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct message_sealed_bytes *sealed);

#endif
