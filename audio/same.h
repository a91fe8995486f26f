/* same: the header by which receivers of the North American Emergency Alert System know an alert (SAME, 47 CFR 11.31): text at
 * 520.83 bits a second, three times. Weather radios with an alarm and programs such as multimon-ng (-a EAS) read it. Pure.
 *
 * ZCZC-ORG-EEE-PSSCCC-PSSCCC+TTTT-JJJHHMM-LLLLLLLL-
 *   ORG       CIV: civil authorities, the only sender of SAME's four that fits
 *   EEE       what happens: by the kind of bulletin, its response and event, or its category
 *   PSSCCC    where: SAME has FIPS numbers of counties of the United States and none for other countries. So that no county is
 *             named, SS is 99, which FIPS gives to no state and SAME to no waters; CCC is the bit of the region (area.h),
 *             000 the whole country, P (a part of it) 0. A receiver that was told numbers sounds only for those.
 *   TTTT      how long it holds, hours and minutes: in quarters of an hour up to one, then in halves, rounded up
 *   JJJHHMM   when it was sent: day of the year, hour and minute, UTC
 *   LLLLLLLL  who sends
 *
 * It carries no signature. In the United States nobody but stations of the system may send these sounds, tests included (11.45).
 */
#ifndef AUDIO_SAME_H
#define AUDIO_SAME_H

#include "audio/pcm.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

#define SAME_BAUD (25000.0 / 48.0)
#define SAME_MARK_HZ (4.0 * SAME_BAUD)  /* 2,083.3 Hz: a 1 */
#define SAME_SPACE_HZ (3.0 * SAME_BAUD) /* 1,562.5 Hz: a 0 */
#define SAME_TIMES 3
#define SAME_PAUSE_MS 1000 /* behind each */
#define SAME_TEXT_SIZE 269 /* 268 letters at most, and a NUL */
#define SAME_STATION_MAX 8
#define SAME_END "NNNN" /* the end of what the header announced */

/* The header of a bulletin that has been checked (bulletin_check_header). Of station, a call sign or name, the first eight letters
 * before any '-' are taken; what is no letter, digit or '/' is left out. */
void same_print(char text[SAME_TEXT_SIZE], const struct bulletin *bulletin, const char *station);

/* Samples of a text, header or SAME_END, sent three times. */
size_t same_count_samples(const char *text, unsigned rate_hz);
/* Appends its sound, at pcm's rate. peak 0..32767. */
void same_append(struct pcm *pcm, const char *text, double peak);

#endif
