/* clock: the only place that asks the time. Pure code takes the time as a parameter instead.
 */
#ifndef GATEWAY_BASE_CLOCK_H
#define GATEWAY_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define CLOCK_LOCAL_OFFSET_S 18000 /* 5 h: Kazakhstan, UTC+5 everywhere since 1 March 2024 */
#define CLOCK_UTC_SIZE 21          /* "2026-01-31T23:59:59Z" and a NUL */
#define CLOCK_ORDINAL_SIZE 8       /* "0312359" and a NUL */
#define CLOCK_HHMM_SIZE 6          /* "23:59" and a NUL */

/* Wall time, seconds since 1970-01-01Z. */
int64_t clock_wall_s(void);
/* Wall time, milliseconds since 1970-01-01Z. */
int64_t clock_wall_ms(void);
/* For intervals: CLOCK_BOOTTIME, goes on during suspend, never steps. */
int64_t clock_boot_ms(void);
/* RFC 3339 in UTC, "2026-01-31T23:59:59Z". */
void clock_print_utc(char text[CLOCK_UTC_SIZE], int64_t wall_s);
/* Day of the year, hour and minute in UTC, "0312359". */
void clock_print_ordinal(char text[CLOCK_ORDINAL_SIZE], int64_t wall_s);
/* Local (Kazakhstan) hours and minutes, "23:59". */
void clock_print_hhmm(char text[CLOCK_HHMM_SIZE], int64_t wall_s);
/* Local day of the month 1-31 and month 1-12, for texts that reach into tomorrow. */
void clock_local_day(unsigned *day, unsigned *month, int64_t wall_s);

#endif
