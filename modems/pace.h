/* pace: how much of libgammu's own pauses a modem needs, learnt while it works. Pure. The share falls while all is well; after
 * an error that too short a pause may have made it is whole again, and does not fall so far as where that happened until
 * much has gone well since.
 */
#ifndef MODEMS_PACE_H
#define MODEMS_PACE_H

#include <stdbool.h>

#define PACE_FULL 100

struct pace {
    unsigned percent; /* of libgammu's pauses */
    unsigned
        too_quick; /* at or below this it has failed; a failure at no pause counts as one percent */
    unsigned good; /* parts since the last change */
    unsigned trusted; /* parts since the last failure */
};

/* percent: where to begin, at most PACE_FULL. */
void pace_init(struct pace *pace, unsigned percent);
/* A part went well. true if the pace is another now. */
bool pace_good(struct pace *pace);
/* An error that haste may have made. true if the pace is another now. */
bool pace_bad(struct pace *pace);

#endif
