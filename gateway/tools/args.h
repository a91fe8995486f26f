/* args: dabylctl's options and exit codes, and the errors that it tells people.
 */
#ifndef GATEWAY_TOOLS_ARGS_H
#define GATEWAY_TOOLS_ARGS_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define ARGS_WORDS_MAX 8
#define ARGS_EDITORS_MAX 32
#define ARGS_STATIONS_MAX 5
#define ARGS_SETS_MAX 32
#define ARGS_PATH_SIZE 512

/* Exit codes, part of the interface (dabylctl(8)). */
enum args_exit {
    ARGS_EXIT_OK = 0,
    ARGS_EXIT_REFUSED = 1, /* refused by the gateway, or a check failed */
    ARGS_EXIT_USAGE = 2,   /* the command line is wrong */
    ARGS_EXIT_GATEWAY = 3, /* no gateway there, or its configuration cannot be read */
    ARGS_EXIT_INPUT = 4,   /* a file cannot be read, written or understood */
    ARGS_EXIT_KEY = 5,     /* wrong passphrase or wrong key */
};

struct args {
    bool json;
    bool yes;
    bool watch;
    bool numbers;
    bool sms;
    bool full;
    bool print;
    bool help;
    bool testers;
    bool remove;
    const char *config;
    const char *state;
    const char *key;
    const char *passphrase_file;
    const char *from;
    const char *to;
    const char *out;
    const char *lang;
    const char *script;
    const char *air;
    const char *roster;
    const char *fingerprint;
    const char *name;
    const char *consent;
    const char *format;
    const char *sender;
    const char *parts;
    const char *approvals;
    const char *number;
    const char *days;
    const char *revoke;
    const char *template_name;
    const char *regions;
    const char *lifetime;
    const char *severity;
    const char *ask;
    const char *claim;
    const char *evidence;
    const char *answer;
    unsigned editor_count;
    const char *editors[ARGS_EDITORS_MAX];
    unsigned station_count;
    const char *stations[ARGS_STATIONS_MAX];
    unsigned set_count;
    const char *sets[ARGS_SETS_MAX];
    unsigned word_count; /* after the command's own words */
    const char *words[ARGS_WORDS_MAX];
};

/* Reads options and words. ERR_VALUE after telling what is wrong. */
ERR_CHECKED enum err args_parse(struct args *args, int argc, char **argv);
/* ERR_VALUE, told, if an option was given that is not in allowed (names separated by spaces). json, config, state and
 * help are always allowed. */
ERR_CHECKED enum err args_check_allowed(const struct args *args, const char *allowed);
/* A whole number from least to most, or fallback for NULL. ERR_VALUE, told. */
ERR_CHECKED enum err args_number(
    long *value, const char *text, const char *what, const long range[3]);

/* Tells on standard error, "dabylctl: ..." and returns code. */
int args_fail(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads a whole file of at most size bytes; told on failure: ERR_LONG, or as errno says. */
ERR_CHECKED enum err args_load_file(
    unsigned char *bytes, size_t *used, size_t size, const char *path);
/* Writes a file aside and renames it; mode 0600 if secret, else 0644. Told on failure. */
ERR_CHECKED enum err args_save_file(
    const char *path, const unsigned char *bytes, size_t size, bool secret);

#endif
