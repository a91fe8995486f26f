/* delivery: the life of a delivery: which part a modem gets next, and what each of a modem's words does to it. The states
 * and what a crash does to each stand in gateway/store/README.md. All changes go into the open transaction; what is sent
 * because of them may leave only after the commit.
 */
#ifndef GATEWAY_DISPATCHER_DELIVERY_H
#define GATEWAY_DISPATCHER_DELIVERY_H

#include "gateway/dispatcher/site.h"

#define DELIVERY_JOB_SHIFT 16 /* of a job: the delivery's id stands above it */

/* What a modem may be given. */
enum delivery_want {
    DELIVERY_TESTS = 1, /* test texts */
    DELIVERY_BEGUN = 2, /* the rest of texts of which it has sent a part */
    DELIVERY_NEW = 4,   /* everything else */
    DELIVERY_DOUBTS =
        8 /* with NEW: the last try of what is in doubt before others have had time for it */
};

/* The next part for an idle modem, claimed: MESSAGE_PART. ERR_MISSING if there is none now, ERR_BUSY if there may be one
 * after another step of walking. */
ERR_CHECKED enum err delivery_claim(
    struct site *site, struct message *part, int64_t modem, unsigned want);
/* The PDU is written: reply is MESSAGE_PART_GO (submitting is recorded) or MESSAGE_PART_DROP. */
void delivery_hold(
    struct site *site, struct message *reply, int64_t modem, const struct message_job *hold);
void delivery_sent(struct site *site, int64_t modem, const struct message_part_sent *sent);
/* Returns how often the delivery had failed before. */
unsigned delivery_failed(
    struct site *site, int64_t modem, const struct message_part_failed *failed);
/* A delivery report. */
void delivery_report(struct site *site, int64_t modem, const struct message_report *report);
/* The modem says that it is idle: what it holds according to the store is given back; but its text's next part waits on. */
void delivery_settle(struct site *site, int64_t modem);
/* The modem's process has gone: gives back what it held. */
void delivery_release(struct site *site, int64_t modem);
/* The modem is paused: the texts that it has begun go on by others. */
void delivery_pass_on(struct site *site, int64_t modem);
/* At start, before any modem is served: gives back what all held. */
void delivery_recover(struct site *site);

#endif
