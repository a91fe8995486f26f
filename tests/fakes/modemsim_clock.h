/* clock: the only place of the emulator that asks the time. */
#ifndef TESTS_FAKES_MODEMSIM_CLOCK_H
#define TESTS_FAKES_MODEMSIM_CLOCK_H

#include <stdint.h>

#define CLOCK_SECOND_US 1000000

/* For intervals; never steps. */
int64_t clock_us(void);
/* Milliseconds since 1970-01-01Z. */
int64_t clock_wall_ms(void);
/* Seconds as an option gives them; 0 to a year, what is outside is cut. */
int64_t clock_us_of(double seconds);

#endif
