/* health: how a modem is, and what is done about it when it ails. Pure: the caller says what happened and when, carries out
 * the plan and logs the moves by their names.
 *
 *            | appeared  ready   failed  reset      vanished
 *   ---------+----------------------------------------------
 *   gone     | starting  -       -       resetting  -
 *   starting | -         online  sick    resetting  gone
 *   online   | -         -       sick    resetting  gone
 *   sick     | -         online  -       resetting  gone
 *   resetting| starting  online  sick    -          gone
 *
 * The ladder, from the gentlest: restart the talker, open the tty anew, restart the modem by AT+CFUN=1,1, cycle its power. The
 * two harsh rungs wait until the modem has been ill for a while, come no sooner after it has appeared, rest for longer each
 * time, and the talker and the tty go on being tried meanwhile: a modem is never reset in a loop.
 */
#ifndef MODEMS_HEALTH_H
#define MODEMS_HEALTH_H

#include "gateway/messages/messages.h"

#include <stdbool.h>
#include <stdint.h>

#define HEALTH_PATIENCE_MS                                                                         \
    30000 /* of illness before the modem is restarted; power is cycled after twice that */

enum health_state {
    HEALTH_GONE,      /* no tty */
    HEALTH_STARTING,  /* the tty is open, the driver is connecting */
    HEALTH_ONLINE,    /* takes and sends texts */
    HEALTH_SICK,      /* does not answer, or wrongly */
    HEALTH_RESETTING, /* was told to restart, or is without power */
    HEALTH_STATE_COUNT
};

enum health_event {
    HEALTH_APPEARED, /* its tty is open */
    HEALTH_READY,
    HEALTH_FAILED,
    HEALTH_RESET, /* a harsh rung begins */
    HEALTH_VANISHED,
    HEALTH_EVENT_COUNT
};

enum health_trouble {
    HEALTH_SILENT, /* not a word, even to the simplest question */
    HEALTH_UNFIT,  /* it answers, but cannot be used: SIM */
    HEALTH_DRIVER, /* it answers, but the driver fails with it */
    HEALTH_TROUBLE_COUNT
};

enum health_remedy {
    HEALTH_RESTART_TALKER,
    HEALTH_REOPEN_TTY,
    HEALTH_RESTART_MODEM, /* AT+CFUN=1,1: 3GPP TS 27.007, 8.2 */
    HEALTH_CYCLE_POWER,
    HEALTH_REMEDY_COUNT
};

struct health_plan {
    enum health_remedy remedy;
    int pause_ms; /* before the next try */
};

struct health {
    enum health_state state;
    bool can_cycle_power;
    int64_t patience_ms;
    int64_t appeared_ms;                     /* when the tty last came */
    int64_t online_ms;                       /* since when it is online */
    int64_t ill_ms;                          /* since when it ails, -1 well */
    unsigned troubles[HEALTH_TROUBLE_COUNT]; /* since it was last well */
    unsigned vanished;                       /* times since it was last well */
    unsigned times[HEALTH_REMEDY_COUNT];     /* a harsh remedy was tried */
    int64_t next_ms[HEALTH_REMEDY_COUNT];    /* and is not tried again before */
};

void health_init(struct health *health, bool can_cycle_power, int64_t patience_ms);
/* true if the state is another now. */
bool health_move(struct health *health, enum health_event event, int64_t now_ms);
/* It ails: what is to be done. A harsh remedy in the plan counts as begun. */
struct health_plan health_ail(struct health *health, enum health_trouble trouble, int64_t now_ms);
/* It did what it is there for: earlier troubles are forgotten, and the ladder begins at its gentlest rung. */
void health_worked(struct health *health);
/* Now and then: so does a modem that has been online for a minute; after an hour the rests are short again. */
void health_tick(struct health *health, int64_t now_ms);
/* Once it has vanished: before it is looked for. A modem that comes and goes all the time is not run after. */
int health_absence_ms(const struct health *health);
/* Since it was last well. */
unsigned health_troubles(const struct health *health);
/* What others are told. */
enum message_condition health_condition(enum health_state state);
/* "gone", "starting" ... */
const char *health_name(enum health_state state);
/* "restart talker" ... */
const char *health_remedy_name(enum health_remedy remedy);

#endif
