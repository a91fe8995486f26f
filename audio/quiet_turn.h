/* quiet_turn: where nothing is in force the radio sends the quiet programme (quiet.h) at the first time of the schedule in each hour. It
 * is made shortly before, in a process of its own that does not have the station's key; only what the dispatcher has told since the radio
 * has come counts: the newest number, until when something is in force, the roster. A turn that is missed is left out.
 */
#ifndef AUDIO_QUIET_TURN_H
#define AUDIO_QUIET_TURN_H

#include "audio/on_air.h"
#include "audio/radio_role.h"

#define QUIET_TURN_AHEAD_S 45 /* so long before its time it is made */
#define QUIET_TURN_LATE_S 60  /* later than that it is not begun */

struct quiet_turn;

/* Opens the station's key, or makes it. NULL, with a line in the log, where the role has no folder for it or it can't be read; all
 * that follows takes NULL. role and on_air must outlive it. */
struct quiet_turn *quiet_turn_new(const struct radio_role *role, struct on_air *on_air);
/* What the dispatcher says. */
void quiet_turn_tell(struct quiet_turn *turn, const struct message_quiet *quiet);
/* A bulletin has come: what is said is cut off, and nothing is said before the dispatcher has spoken again. */
void quiet_turn_hold(struct quiet_turn *turn);
/* Makes or sends what is due: to be called now and then. */
void quiet_turn_look(struct quiet_turn *turn);
void quiet_turn_free(struct quiet_turn *turn);

/* The first time after now_s that is the first one of its hour; SCHEDULE_NEVER if there is none. */
int64_t quiet_turn_find(const struct schedule *schedule, int64_t now_s);

#endif
