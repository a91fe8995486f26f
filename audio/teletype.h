/* teletype: plain text as minimodem, and any Bell 103 modem's ear, reads it at 110 baud: mark 1,270 Hz, space 1,070 Hz; a start bit
 * (space), eight bits, lowest first, a stop bit (mark): ten bits a character. What is sent is text that can be checked by
 * itself, such as a bulletin's armour: nothing here detects errors.
 */
#ifndef AUDIO_TELETYPE_H
#define AUDIO_TELETYPE_H

#include "audio/pcm.h"

#define TELETYPE_BAUD 110.0
#define TELETYPE_MARK_HZ 1270.0
#define TELETYPE_SPACE_HZ 1070.0

/* Samples of a text, known before it is sounded. */
size_t teletype_count_samples(const char *text, unsigned rate_hz);
/* Appends its sound, at pcm's rate, between two stretches of mark. peak 0..32767. */
void teletype_append(struct pcm *pcm, const char *text, double peak);

#endif
