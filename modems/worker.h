/* worker: the process of one modem. It owns the tty, the link to the dispatcher and the state of the part under way; its
 * child, the talker, runs libgammu on a private PTY. Between the two sits the filter.
 *
 *   dispatcher <-- fd 3 --> worker <-- socketpair --> talker (libgammu)
 *                           |    \____ filter ____ private PTY _/
 *                          tty
 *
 *   GONE --tty opens--> SYNC --answers--> CHECK --SIM ready--> CONNECT --libgammu is in--> READY
 *   SYNC, CHECK --another modem than ours, or none--> GONE, and the next tty is tried
 *   any --the talker dies, hangs or cannot connect--> PAUSE --> SYNC
 *   any --the tty vanishes--> GONE
 *   READY --the talker dies after Ctrl-Z--> ORPHAN --the answer comes, or its time is over--> PAUSE
 *
 * These are the stages of one connection; how the modem is, and what is done when it ails, is told by health.h.
 */
#ifndef MODEMS_WORKER_H
#define MODEMS_WORKER_H

#include "gateway/base/loop.h"
#include "gateway/messages/messages.h"
#include "modems/filter.h"
#include "modems/health.h"
#include "modems/job.h"
#include "modems/pace.h"
#include "modems/precheck.h"
#include "modems/seek.h"
#include "modems/storage.h"
#include "modems/talk.h"
#include "modems/tty.h"
#include "modems/ussd.h"
#include "modems/vitals.h"

#include <stdbool.h>
#include <sys/types.h>

#define WORKER_OUTBOX_MAX 32
#define WORKER_PDUS_MAX                                                                            \
    16 /* reports and texts that came without being stored and wait to be decoded */
#define WORKER_FLOW_MAX 65536
#define WORKER_GONE_POLL_MS 250
#define WORKER_CHANGED_SIZE 128

struct worker_options {
    const char *device;  /* empty: any of devices that is the one below */
    const char *devices; /* shell patterns with spaces between */
    const char *imei;    /* empty: any */
    const char *iccid;
    const char *name;
    const char *pin;  /* empty: none */
    int pace_percent; /* of libgammu's own pauses, to begin with */
    int prompt_timeout_ms;
    int answer_timeout_ms;
    int sweep_ms;
    int patience_ms;          /* of illness before the modem is restarted */
    const char *usb_reset;    /* program that cycles its power, empty: none */
    const char *ussd;         /* what asks for the credit, empty: nothing does */
    const char *ussd_pattern; /* POSIX extended, the amount in its first group */
    int ussd_every_s;
    bool identify;              /* say who the modem is and end; there is no dispatcher */
    bool quick;                 /* a tty that says nothing is given up soon */
    bool json;                  /* in JSON */
    int message_fd;             /* to the dispatcher, -1 if none */
    struct talk_shared *shared; /* memory that a child of ours shares */
};

enum worker_stage {
    WORKER_GONE,
    WORKER_SYNC,
    WORKER_CHECK,
    WORKER_CONNECT,
    WORKER_READY,
    WORKER_ORPHAN,
    WORKER_PAUSE,
    WORKER_STAGE_COUNT
};

/* Bytes that a descriptor does not take yet. */
struct worker_flow {
    int fd;
    struct loop_source *source;
    size_t size;
    uint8_t bytes[WORKER_FLOW_MAX];
};

/* Asking for the credit of the SIM. */
struct worker_credit {
    regex_t pattern;
    int64_t amount;    /* -1 unknown */
    int64_t next_ms;   /* not to be asked for before */
    int64_t until_ms;  /* the network's answer is awaited, 0 not */
    int64_t asked_ms;  /* when it was asked for last */
    unsigned form;     /* enum ussd_form, of the last question */
    unsigned failures; /* in a row */
    bool cancel;       /* the network waits for more */
};

struct worker {
    const struct worker_options *options;
    struct loop *loop;
    enum worker_stage stage;
    struct health health;
    struct seek seek;
    char device[SEEK_PATH_MAX];   /* its tty, as it was opened last */
    char tty_path[SEEK_PATH_MAX]; /* the same without links, kept when it vanishes */
    bool seeking;                 /* by identity */
    bool ours;                    /* the tty's modem is the one that we look for */
    bool restart_modem;           /* once it answers */
    pid_t power;                  /* the program that cycles its power, 0 none */
    struct loop_source *power_source;
    enum talk_type request; /* that the talker works on, TALK_NONE if idle */
    struct worker_flow tty;
    struct worker_flow pty;
    int claim; /* on the tty, -1 none */
    struct tty_pair pair;
    int talk_fd;
    pid_t talker;
    struct loop_source *talk_source;
    struct loop_source *child_source;
    struct loop_source *message_source;
    struct loop_source *deadline; /* of the stage or the request */
    struct loop_source *tick;
    struct loop_source *sweep_timer;
    struct loop_source *term;
    struct loop_source *interrupt;
    struct loop_source *round_end;
    struct filter filter;
    struct precheck check;
    enum precheck_result check_result; /* what the precheck said last */
    bool answered;                     /* it was, and nobody has followed yet */
    bool check_waits;                  /* its command is written when the deadline comes */
    bool synced;                       /* the filter has said so */
    bool restart;                      /* the orphan's answer has come */
    unsigned syncs;                    /* tries */
    struct pace pace;
    const char *haste; /* what a modem too quickly spoken to may have done, NULL: nothing */
    const char *unfit; /* why its SIM is to be looked at anew, NULL: no reason */
    struct pdu_guard_note crash; /* what was being decoded when a talker died */
    struct job job;
    struct storage storage;
    bool pulled;
    bool quitting; /* ends as soon as nothing is awaited */
    bool sweep_due;
    bool vitals_due;
    unsigned ask_step; /* of the vitals, or past their end: the credit */
    bool ask_answered;
    unsigned idle_ticks; /* without a part */
    struct vitals vitals;
    struct worker_credit credit;
    unsigned sweep_failures; /* talkers that died or hung in one */
    unsigned chores;         /* requests since the last part */
    int64_t part_ms;         /* when the last part began, */
    int64_t free_ms;         /* and ended: CLOCK_BOOTTIME */
    unsigned ticks;
    unsigned silent_ticks; /* since the modem last said anything to the point */
    uint32_t removing;     /* the place that TALK_REMOVE deletes */
    struct message_modem_hello hello;
    char changed[WORKER_CHANGED_SIZE]; /* for people: what is not as before */
    size_t pdu_count;
    char pdus[WORKER_PDUS_MAX][TALK_HEX_SIZE];
    size_t outbox_count;
    struct message outbox[WORKER_OUTBOX_MAX];
};

/* Runs until the dispatcher goes away or SIGTERM comes; returns the program's exit code. */
int worker_run(const struct worker_options *options);

/* ---- worker.c: its stages ---- */

/* To the dispatcher, at once or as soon as it reads. false if too much waits already; urgent ones have room of their own. */
bool worker_tell(struct worker *worker, const struct message *message, bool urgent);
void worker_tell_state(struct worker *worker, const char *detail);
/* Its health changes: logged by name, and told. */
void worker_move(struct worker *worker, enum health_event event, const char *why);
void worker_enter(struct worker *worker, enum worker_stage stage);
void worker_start_sync(struct worker *worker);
void worker_on_pause_over(struct worker *worker);
void worker_set_deadline(struct worker *worker, int after_ms);
/* libgammu is connected. */
void worker_ready(struct worker *worker);
/* Who only wants to know which modem it is gets the reason why it is not told. */
void worker_fail_identify(struct worker *worker, const char *why);
/* The modem or its talker is sick: kills the talker, gives the part back, and does what health plans. */
void worker_ail(struct worker *worker, enum health_trouble trouble, const char *why);
/* The same: the driver fails with it. */
void worker_fail(struct worker *worker, const char *why);
/* The talker is dead or given up, but the modem may still answer for a part: waits for that, to the deadline. */
void worker_orphan(struct worker *worker, const char *why);
/* The tty has vanished. */
void worker_gone(struct worker *worker, const char *why);
/* What the descriptors say. */
void worker_on_tty(struct worker *worker);
void worker_on_event(struct worker *worker, enum filter_event event, int value, const char *text);

/* ---- worker_chores.c: what the talker is asked for ---- */

void worker_request(struct worker *worker, const struct talk *talk);
void worker_end_request(struct worker *worker);
/* Gives the idle talker its next request, and asks the dispatcher for a part. */
void worker_next(struct worker *worker);
void worker_sweep_soon(struct worker *worker);
void worker_on_sweep_timer(void *arg);
void worker_keep_pdu(struct worker *worker, const char *hex);
void worker_drop_pdu(struct worker *worker);
void worker_on_talk(struct worker *worker, const struct talk *talk);

/* ---- worker_ask.c: what the modem is asked by the worker itself ---- */

void worker_ask_init(struct worker *worker);
void worker_ask_end(struct worker *worker);
/* Begins the next question if one is due and the talker is idle; true if it did. */
bool worker_ask_next(struct worker *worker);
/* The filter's events: a line, the end of an answer, what the network says. Never call the filter. */
void worker_ask_line(struct worker *worker, const char *line);
void worker_ask_done(struct worker *worker, const char *line);
void worker_ask_ussd(struct worker *worker, const char *line);
/* After the events: goes on to the next question. */
void worker_ask_follow(struct worker *worker);
/* Once a second. */
void worker_ask_tick(struct worker *worker);
/* A SIM may be out of credit: it is asked for soon. */
void worker_ask_credit_soon(struct worker *worker);
/* Another SIM: what was known is of the one before. */
void worker_ask_forget(struct worker *worker);

/* ---- worker_open.c: which tty ---- */

/* Opens the tty, or the next that may be ours, and begins to speak; if there is none, looks again soon. */
void worker_open(struct worker *worker);
/* The modem at this tty is not ours, or none: leaves it for the next one. */
void worker_pass(struct worker *worker, enum seek_verdict verdict, const char *why);
/* It is ours. */
void worker_found(struct worker *worker);

/* ---- worker_remedy.c: what is done about an illness ---- */

void worker_remedy(struct worker *worker, const struct health_plan *plan);
/* The modem answers: tells it to restart. */
void worker_restart_modem(struct worker *worker);
void worker_end_power(struct worker *worker);

/* ---- worker_health.c: what is learnt from failures ---- */

/* A talker has failed: was it by what it decoded? */
void worker_note_crash(struct worker *worker);
/* An error that too short a pause may have caused, or a modem that has died: told apart by whether it answers now. */
void worker_suspect_haste(struct worker *worker, const char *why);
void worker_judge_haste(struct worker *worker, bool answers);
void worker_went_well(struct worker *worker);
void worker_on_talker_ended(struct worker *worker, int wait_status);

/* ---- worker_link.c: its descriptors and the process of the talker ---- */

void worker_link_init(struct worker *worker);
ERR_CHECKED enum err worker_link_open_tty(struct worker *worker);
void worker_link_close_tty(struct worker *worker);
/* What waits to be read by the modem is for nobody any more. */
void worker_link_discard(struct worker *worker);
ERR_CHECKED enum err worker_link_start_talker(struct worker *worker);
/* Kills it and waits for its end. */
void worker_link_stop_talker(struct worker *worker);
/* Writes what waits, to both sides. May find that the tty is gone (worker_gone). */
void worker_link_flush(struct worker *worker);

#endif
