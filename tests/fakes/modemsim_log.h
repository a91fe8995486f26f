/* log: what the network saw, one JSON object a line, each written at once. */
#ifndef TESTS_FAKES_MODEMSIM_LOG_H
#define TESTS_FAKES_MODEMSIM_LOG_H

#include "tests/fakes/modemsim_out.h"

#include <stdbool.h>

struct log {
    int fd; /* -1: nothing is kept */
    bool failed;
    struct out line;
};

/* Appends to the file at path; "-" is standard output; NULL none. False with errno. */
bool log_open(struct log *log, const char *path);
/* Begins a line with time, modem (0: none) and event. The caller adds `,"key":value` and ends it. */
struct out *log_begin(struct log *log, unsigned modem, const char *event);
/* Writes the line. A failure is told once on standard error, the emulator goes on. */
void log_end(struct log *log);
/* A whole line with one more text; key NULL: none. */
void log_event(
    struct log *log, unsigned modem, const char *event, const char *key, const char *value);
void log_close(struct log *log);

#endif
