/* smpp_jobs: the parts that a bind has, and what the dispatcher is told of them. Twice as many are asked for as may be unanswered:
 * while some are under way others are claimed already, which costs nothing if this process dies.
 *
 *   FREE --PART--> WAITING --window and rate allow: HOLD--> HELD --GO: submit_sm--> SUBMITTED --answer: SENT or FAILED--> FREE
 *   HELD --DROP or expired--> FREE          WAITING, HELD --link lost: FAILED--> FREE
 *   SUBMITTED --link lost: FAILED in doubt--> FREE
 *   SUBMITTED --no answer: FAILED in doubt--> LATE --a late answer: SENT; or its time is over--> FREE
 */
#ifndef MODEMS_SMPP_JOBS_H
#define MODEMS_SMPP_JOBS_H

#include "gateway/messages/messages.h"
#include "modems/smpp_pdu.h"

#define SMPP_JOBS_WINDOW_MAX 256
#define SMPP_JOBS_MAX (2 * SMPP_JOBS_WINDOW_MAX)

struct smpp_worker;

enum smpp_job_state {
    SMPP_JOB_FREE,
    SMPP_JOB_WAITING,
    SMPP_JOB_HELD,
    SMPP_JOB_SUBMITTED,
    SMPP_JOB_LATE,
    SMPP_JOB_STATE_COUNT
};

struct smpp_job {
    enum smpp_job_state state;
    uint16_t reference; /* ours: over 255 */
    uint32_t order;     /* WAITING: the oldest goes first */
    uint32_t sequence;  /* SUBMITTED, LATE: of its submit_sm */
    int64_t until_ms;   /* WAITING, SUBMITTED, LATE: the end of its time */
    struct message_part part;
};

struct smpp_jobs {
    unsigned slots;
    unsigned asked; /* pulls that have not been answered */
    unsigned count[SMPP_JOB_STATE_COUNT];
    uint32_t order;
    uint16_t reference; /* the last one given */
    struct smpp_job list[SMPP_JOBS_MAX];
};

void smpp_jobs_init(struct smpp_worker *worker);
/* The dispatcher's messages. */
void smpp_jobs_part(struct smpp_worker *worker, const struct message_part *part);
void smpp_jobs_go(struct smpp_worker *worker, uint64_t number);
void smpp_jobs_drop(struct smpp_worker *worker, uint64_t number);
/* submit_sm_resp, or a generic_nack; message_id may be empty. false if no part has this sequence number. */
bool smpp_jobs_answer(
    struct smpp_worker *worker, const struct smpp_pdu_header *header, const char *message_id);
/* Asks for parts, and holds those that may go now. */
void smpp_jobs_next(struct smpp_worker *worker);
/* The link is no more: all parts are given back. */
void smpp_jobs_lost(struct smpp_worker *worker);
/* Once a second. */
void smpp_jobs_tick(struct smpp_worker *worker);

#endif
