/* duty: how long a transmitter has been keyed within the last hour, so that it is never keyed for more than its share: amplifiers
 * are made for speech, and data are as hard as a carrier. Pure: the time (boot clock) is a parameter.
 */
#ifndef AUDIO_DUTY_H
#define AUDIO_DUTY_H

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

/* It was keyed from begin_ms until end_ms, which is not before the last span's end. */
void duty_add(struct duty *duty, int64_t begin_ms, int64_t end_ms);
/* Milliseconds keyed within the hour before now_ms. */
int64_t duty_used_ms(const struct duty *duty, int64_t now_ms);
/* How long until length_ms more stay within percent of any hour: 0 if they may begin now. A length that is more than the whole
 * share waits until the hour before is empty. */
int64_t duty_wait_ms(const struct duty *duty, int64_t now_ms, int64_t length_ms, unsigned percent);

#endif
