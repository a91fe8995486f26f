/* job: the life of the part that the modem has under way, and what the dispatcher is told of it.
 *
 *   NONE --PART--> WAITING --the talker is free--> WRITING --the PDU is with the modem: HOLD--> HELD
 *   HELD --GO: Ctrl-Z--> SUBMITTED --answer: SENT or FAILED--> ENDING --the talker is done--> NONE
 *   HELD --DROP or expired: ESC--> ENDING
 *   SUBMITTED --no answer: the talker goes--> LINGER --a late answer: SENT or FAILED; else FAILED in doubt--> NONE
 *
 * In doubt is what Ctrl-Z was written for; everything that ends earlier was not sent.
 */
#ifndef MODEMS_JOB_H
#define MODEMS_JOB_H

#include "gateway/messages/messages.h"
#include "modems/filter.h"
#include "modems/talk.h"

#include <stdbool.h>

struct worker;

enum job_state {
    JOB_NONE,
    JOB_WAITING,
    JOB_WRITING,
    JOB_HELD,
    JOB_SUBMITTED,
    JOB_ENDING,
    JOB_LINGER,
    JOB_STATE_COUNT
};

struct job {
    enum job_state state;
    struct message_part part;
    unsigned waited_ticks; /* WAITING */
};

/* The dispatcher's messages. */
void job_part(struct worker *worker, const struct message_part *part);
void job_go(struct worker *worker, uint64_t job);
void job_drop(struct worker *worker, uint64_t job);
/* The talker is free: gives it the part. */
void job_start(struct worker *worker);
/* The filter's events. Never calls the filter. */
void job_event(struct worker *worker, enum filter_event event, int value, const char *text);
/* The talker has ended its request. */
void job_done(struct worker *worker, const struct talk_done *done);
/* The time for the present step is over. */
void job_timeout(struct worker *worker);
/* The talker is no more: can the part still be answered? Then the tty is left as it is. */
bool job_is_awaited(const struct worker *worker);
/* Tty and talker are gone or given up: what is left is told now. */
void job_abandon(struct worker *worker);
/* Once a second: the end of WAITING, expiry while HELD. */
void job_tick(struct worker *worker);

#endif
