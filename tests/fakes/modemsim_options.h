/* options: a command line read by a table. */
#ifndef TESTS_FAKES_MODEMSIM_OPTIONS_H
#define TESTS_FAKES_MODEMSIM_OPTIONS_H

#include "tests/fakes/modemsim_out.h"

#include <stdbool.h>
#include <stddef.h>

#define OPTIONS_LIST_MAX 128

enum options_type {
    OPTIONS_TEXT,   /* const char * */
    OPTIONS_NUMBER, /* double */
    OPTIONS_COUNT,  /* unsigned */
    OPTIONS_SWITCH, /* bool: on or off */
    OPTIONS_FLAG,   /* bool: set by its name alone */
    OPTIONS_LIST,   /* struct options_list: may come again */
    OPTIONS_PLAIN,  /* const char *: an argument without a name */
};

struct options_list {
    const char *items[OPTIONS_LIST_MAX];
    size_t count;
};

struct options_row {
    const char *name; /* without "--"; NULL ends the table; for OPTIONS_PLAIN as help shows it */
    enum options_type type;
    void *target;
    double least, most; /* of numbers */
    const char *value;  /* for help: "SECONDS" */
    const char *help;
};

/* Reads `--name value` and `--name=value`. False with a line on standard error that says what to do. */
bool options_read(const struct options_row *rows, int count, char *const *words);
/* A line for each row. */
void options_print(struct out *out, const struct options_row *rows);

#endif
