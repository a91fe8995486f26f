/* smpp_worker: the process of one bind to an operator's service centre (SMPP 3.4, as ESME, bind_transceiver). To the dispatcher it
 * is a modem that holds several parts at a time: the same messages on fd 3, the same durability point.
 *
 *   dispatcher <-- fd 3 --> smpp_worker: smpp_jobs (parts) and smpp_inbound (texts, receipts) <-- smpp_link --> centre
 *
 *   DOWN --the pause is over--> CONNECTING --TCP--> BINDING --bind_transceiver_resp--> BOUND
 *   any --refused, closed, silent--> DOWN
 *   BOUND --SIGTERM--> LEAVING --answers are in, or their time is over: unbind--> ended
 */
#ifndef MODEMS_SMPP_WORKER_H
#define MODEMS_SMPP_WORKER_H

#include "modems/smpp_ids.h"
#include "modems/smpp_inbound.h"
#include "modems/smpp_jobs.h"
#include "modems/smpp_link.h"
#include "modems/smpp_pace.h"

#define SMPP_WORKER_MAIL_MAX 4096 /* messages that the dispatcher does not take yet */

struct smpp_worker_options {
    const char *name;
    const char *host;
    const char *port;
    const char *system_id;
    const char *password_file;
    const char *source; /* the sender that phones show; empty: the centre's choice */
    unsigned window;
    unsigned per_second;
    int enquire_ms; /* silence after which the centre is asked whether it is there */
    int answer_timeout_ms;
    int message_fd; /* to the dispatcher */
};

enum smpp_stage {
    SMPP_DOWN,
    SMPP_CONNECTING,
    SMPP_BINDING,
    SMPP_BOUND,
    SMPP_LEAVING,
    SMPP_STAGE_COUNT
};

struct smpp_worker {
    const struct smpp_worker_options *options;
    struct loop *loop;
    enum smpp_stage stage;
    struct loop_source *deadline; /* of the stage */
    struct loop_source *tick;
    struct loop_source *pace_timer;
    struct loop_source *message_source;
    struct loop_source *term;
    struct loop_source *interrupt;
    uint32_t sequence;  /* of our last request */
    int64_t heard_ms;   /* when the centre last said anything */
    int64_t bound_ms;   /* when it was bound */
    bool enquired;      /* asked since, not answered */
    bool unbind_sent;   /* LEAVING */
    bool slow;          /* the centre throttles us, and that was told */
    unsigned failures;  /* in a row, to connect or bind */
    bool no_reference;  /* the centre refuses user_message_reference */
    uint64_t unmatched; /* receipts for parts that are not known */
    struct smpp_pace pace;
    struct smpp_jobs jobs;
    struct smpp_inbound inbound;
    struct smpp_ids ids;
    struct smpp_link link;
    size_t mail_at; /* ring: the oldest that waits */
    size_t mail_count;
    struct message mail[SMPP_WORKER_MAIL_MAX];
};

/* Runs until the dispatcher goes away or SIGTERM comes; returns the program's exit code. */
int smpp_worker_run(const struct smpp_worker_options *options);

/* To the dispatcher, at once or as soon as it reads. */
void smpp_worker_tell(struct smpp_worker *worker, const struct message *message);
void smpp_worker_tell_state(
    struct smpp_worker *worker, enum message_condition state, const char *detail);
/* To the centre, with the next flush. */
uint32_t smpp_worker_next_sequence(struct smpp_worker *worker);
void smpp_worker_respond(
    struct smpp_worker *worker, uint32_t request, uint32_t sequence, uint32_t status);
/* Whether parts may be submitted. */
bool smpp_worker_is_bound(const struct smpp_worker *worker);

#endif
