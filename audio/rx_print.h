/* rx_print: what dabyl-rx says: bulletins for people or as JSON on one stream, notices on another. A write that fails is
 * remembered by the stream: ask ferror(out).
 */
#ifndef AUDIO_RX_PRINT_H
#define AUDIO_RX_PRINT_H

#include "audio/collect.h"
#include "audio/rx_front.h"
#include "audio/rx_judge.h"

#include <stdio.h>

/* A bulletin for people: what it says, who signed it, and in the first line whether it is to be believed. */
void rx_print_text(FILE *out, const struct rx_heard *heard);
/* One object of json_print_bulletin on one line. ERR_LONG. */
ERR_CHECKED enum err rx_print_json(FILE *out, const struct rx_heard *heard);
/* One line: something was heard that could not be verified, and why; or a roster was taken. */
void rx_print_notice(FILE *out, const struct rx_heard *heard);
/* One line for each newsroom that has sent numbers which were not heard. */
void rx_print_missing(FILE *out, const struct rx_judge *judge);
/* Frames, signal and objects. */
void rx_print_stats(FILE *out, const struct rx_front_stats *front, const struct collect *collect);

#endif
