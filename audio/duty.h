/* duty: how long a transmitter has been keyed within the last hour, so that it is never keyed for more than its share: amplifiers
 * are made for speech, and data are as hard as a carrier. Pure: the time (boot clock) is a parameter.
 */
#ifndef AUDIO_DUTY_H
#define AUDIO_DUTY_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define DUTY_WINDOW_MS 3600000
#define DUTY_SPANS_MAX                                                                             \
    128 /* more than there are transmissions in an hour; beyond, the two oldest are counted as one */

struct duty {
    size_t count;
    struct duty_span {
        int64_t begin_ms;
        int64_t end_ms;
    } spans[DUTY_SPANS_MAX]; /* oldest first */
};

struct duty_clocks {
    int64_t boot_ms;
    int64_t wall_s;
};

/* It was keyed from begin_ms until end_ms, which is not before the last span's end. */
void duty_add(struct duty *duty, int64_t begin_ms, int64_t end_ms);
/* The last one ended at end_ms, whatever was said of it. */
void duty_end(struct duty *duty, int64_t end_ms);
/* As if the whole share had just been used: where nobody knows. */
void duty_fill(struct duty *duty, int64_t now_ms, unsigned percent);
/* Milliseconds keyed within the hour before now_ms. */
int64_t duty_used_ms(const struct duty *duty, int64_t now_ms);
/* How long until length_ms more stay within percent of any hour: 0 if they may begin now. A length that is more than the whole
 * share waits until the hour before is empty. */
int64_t duty_wait_ms(const struct duty *duty, int64_t now_ms, int64_t length_ms, unsigned percent);

/* A record for the disk, with the two clocks by which it is read again:
 *
 *   off  len  field
 *     0    1  version, 1
 *     1    8  boot clock, milliseconds
 *     9    8  wall clock, seconds
 *    17    1  count of spans, then of each 8 begin, 8 end, boot clock, milliseconds
 *     *    8  FNV-1a of all before
 */
#define DUTY_RECORD_MAX (18 + 16 * DUTY_SPANS_MAX + 8)
void duty_encode(uint8_t record[DUTY_RECORD_MAX], size_t *size, const struct duty *duty,
    const struct duty_clocks *now);
/* As of now: nothing of it lies in the future. Where the machine has been started since, and the wall clock goes wrong, as little time
 * is taken to have passed as can be. ERR_FORMAT, ERR_VERSION,
 * ERR_SHORT, ERR_LONG. */
ERR_CHECKED enum err duty_decode(
    struct duty *duty, const uint8_t *record, size_t size, const struct duty_clocks *now);

#endif
