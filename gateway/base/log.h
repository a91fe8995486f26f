/* log: one line per event on standard error: UTC time, program, level, event. Phone numbers are masked: every run of
 * seven or more digits keeps only its last two. Never blocks: what does not fit the pipe is dropped. Not for pure code.
 */
#ifndef GATEWAY_BASE_LOG_H
#define GATEWAY_BASE_LOG_H

#include "gateway/base/err.h"

#include <stddef.h>

#define LOG_LINE_MAX 1024 /* bytes; a longer line is cut */

/* An event reads `name key=value key=value`: log_info("part_sent job=%u modem=%s", ...). */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The world's fault that somebody must look at. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Ours, or no memory: logs, then ends the process with exit code 70; the parent restarts it. */
void log_fatal(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* Masks runs of seven or more digits in place, keeping the last two: "+77011234567" becomes "+*********67". */
void log_mask(char *text);

#endif
