/* cap_time: times as CAP 1.2, 3.3.2 writes them: "2026-01-31T23:59:59+05:00", always with a numeric offset. Pure.
 */
#ifndef GATEWAY_BULLETIN_CAP_TIME_H
#define GATEWAY_BULLETIN_CAP_TIME_H

#include "gateway/base/err.h"

#include <stdint.h>

#define CAP_TIME_SIZE 26

/* To seconds since 1970-01-01Z. ERR_FORMAT for another form (Z, fractions), or a day or hour that does not exist. */
ERR_CHECKED enum err cap_time_parse(int64_t *wall_s, const char *text);
/* In Kazakhstan's time, +05:00. */
void cap_time_print(char text[CAP_TIME_SIZE], int64_t wall_s);

#endif
