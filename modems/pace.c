#include "modems/pace.h"

#define GOOD_PARTS 10     /* after so many the pauses are halved */
#define TRUSTED_PARTS 200 /* after so many a failure counts half */
#define LEAST 1           /* percent: less is none */

void pace_init(struct pace *pace, unsigned percent)
{
    *pace = (struct pace){.percent = percent < PACE_FULL ? percent : PACE_FULL};
}

bool pace_good(struct pace *pace)
{
    if (++pace->trusted >= TRUSTED_PARTS) {
        pace->trusted = 0;
        pace->too_quick /= 2;
    }
    unsigned next = pace->percent <= LEAST ? 0 : pace->percent / 2;
    bool lower = pace->too_quick == 0 || next > pace->too_quick;
    if (pace->percent == 0 || !lower || ++pace->good < GOOD_PARTS)
        return false;
    pace->good = 0;
    pace->percent = next;
    return true;
}

bool pace_bad(struct pace *pace)
{
    bool raised = pace->percent < PACE_FULL;
    pace->good = pace->trusted = 0;
    if (raised)
        pace->too_quick = pace->percent == 0 ? LEAST : pace->percent;
    pace->percent = PACE_FULL;
    return raised;
}
