#include "tests/fakes/modemsim_clock.h"

#include <time.h>

#define CLOCK_LONGEST_S (366.0 * 86400)

int64_t clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * CLOCK_SECOND_US + now.tv_nsec / 1000;
}

int64_t clock_wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_us_of(double seconds)
{
    if (!(seconds > 0))
        return 0;
    return (int64_t)((seconds < CLOCK_LONGEST_S ? seconds : CLOCK_LONGEST_S) * CLOCK_SECOND_US);
}
