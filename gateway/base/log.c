#include "gateway/base/log.h"

#include "gateway/base/clock.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MASK_RUN_MIN 7
#define MASK_KEEP 2
#define EXIT_SOFTWARE 70
#define PROGRAM_MAX 64 /* bytes of a program's name that a line shows */
#define PREFIX_MAX 128 /* time, program and level, with the spaces between */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void log_mask(char *text)
{
    while (*text != '\0') {
        size_t run = 0;
        while (is_digit(text[run]))
            run++;
        if (run >= MASK_RUN_MIN)
            memset(text, '*', run - MASK_KEEP);
        text += run > 0 ? run : 1;
    }
}

__attribute__((format(printf, 2, 0))) static void write_line(
    const char *level, const char *format, va_list args)
{
    char event[LOG_LINE_MAX];
    if (vsnprintf(event, sizeof event, format, args) < 0)
        return;
    log_mask(event);
    for (char *c = event; *c != '\0'; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    char when[CLOCK_UTC_SIZE];
    clock_print_utc(when, clock_wall_s());
    char line[LOG_LINE_MAX + PREFIX_MAX];
    int size = snprintf(line, sizeof line, "%s %.*s %s %s\n", when, PROGRAM_MAX,
        program_invocation_short_name, level, event);
    if (size > 0 && write(STDERR_FILENO, line, (size_t)size) < 0)
        return; /* a full or closed log must not stop the gateway */
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("info", format, args);
    va_end(args);
}

void log_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("warn", format, args);
    va_end(args);
}

void log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("error", format, args);
    va_end(args);
}

void log_fatal(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("fatal", format, args);
    va_end(args);
    _exit(EXIT_SOFTWARE);
}
