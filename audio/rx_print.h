/* rx_print: what dabyl-rx says: bulletins for people or as JSON on one stream, notices on another. A write that fails is
 * remembered by the stream: ask ferror(out).
 */
#ifndef AUDIO_RX_PRINT_H
#define AUDIO_RX_PRINT_H

#include "audio/collect.h"
#include "audio/rx_front.h"
#include "audio/rx_judge.h"

#include <stdbool.h>
#include <stdio.h>

#define RX_PRINT_NOTICE_SIZE 512

/* A bulletin for people: what it says, who signed it, and in the first line whether it is to be believed. */
void rx_print_text(FILE *out, const struct rx_heard *heard);
/* One object of json_print_bulletin on one line. ERR_LONG. */
ERR_CHECKED enum err rx_print_json(FILE *out, const struct rx_heard *heard);
/* Why it can't be believed, for people. */
const char *rx_print_reason(const struct rx_heard *heard);
/* What was heard and could not be verified, and why; or that a roster was taken. */
void rx_print_notice(char notice[RX_PRINT_NOTICE_SIZE], const struct rx_heard *heard);
/* The numbers that a newsroom has sent and that were not heard. False, and an empty text, if there are none. */
bool rx_print_missing(char notice[RX_PRINT_NOTICE_SIZE], const struct rx_newsroom *newsroom);
/* Frames, signal and objects. */
void rx_print_stats(FILE *out, const struct rx_front_stats *front, const struct collect *collect);

#endif
