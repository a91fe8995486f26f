#include "tests/fakes/modemsim_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct options_row *row_find(const struct options_row *rows, const char *word)
{
    bool named = strncmp(word, "--", 2) == 0;
    size_t length = named ? strcspn(word + 2, "=") : 0;
    for (; rows->name; rows++) {
        if (!named && rows->type == OPTIONS_PLAIN)
            return rows;
        if (named && rows->type != OPTIONS_PLAIN && strlen(rows->name) == length &&
            strncmp(rows->name, word + 2, length) == 0)
            return rows;
    }
    return NULL;
}

static bool number_set(const struct options_row *row, const char *value)
{
    char *end;
    errno = 0;
    double number = strtod(value, &end);
    bool whole = row->type != OPTIONS_COUNT || number == (double)(long)number;
    if (end == value || *end || errno || !(number >= row->least && number <= row->most) || !whole) {
        fprintf(stderr, "dabyl-modemsim: --%s %s: give a %snumber from %g to %g\n", row->name,
            value, row->type == OPTIONS_COUNT ? "whole " : "", row->least, row->most);
        return false;
    }
    if (row->type == OPTIONS_COUNT)
        *(unsigned *)row->target = (unsigned)number;
    else
        *(double *)row->target = number;
    return true;
}

static bool list_add(struct options_list *list, const struct options_row *row, const char *value)
{
    if (list->count == OPTIONS_LIST_MAX) {
        fprintf(stderr, "dabyl-modemsim: --%s: more than %d\n", row->name, OPTIONS_LIST_MAX);
        return false;
    }
    list->items[list->count++] = value;
    return true;
}

static bool value_set(const struct options_row *row, const char *value)
{
    switch (row->type) {
    case OPTIONS_NUMBER:
    case OPTIONS_COUNT:
        return number_set(row, value);
    case OPTIONS_SWITCH:
        *(bool *)row->target = strcmp(value, "on") == 0;
        if (strcmp(value, "on") == 0 || strcmp(value, "off") == 0)
            return true;
        fprintf(stderr, "dabyl-modemsim: --%s %s: on or off\n", row->name, value);
        return false;
    case OPTIONS_LIST:
        return list_add(row->target, row, value);
    case OPTIONS_TEXT:
    case OPTIONS_PLAIN:
    case OPTIONS_FLAG:
    default:
        *(const char **)row->target = value;
        return true;
    }
}

bool options_read(const struct options_row *rows, int count, char *const *words)
{
    for (int i = 0; i < count; i++) {
        const struct options_row *row = row_find(rows, words[i]);
        if (!row) {
            fprintf(stderr, "dabyl-modemsim: %s: not known here; see --help\n", words[i]);
            return false;
        }
        const char *equal = row->type == OPTIONS_PLAIN ? NULL : strchr(words[i], '=');
        if (row->type == OPTIONS_FLAG) {
            *(bool *)row->target = true;
            continue;
        }
        if (row->type != OPTIONS_PLAIN && !equal && i + 1 == count) {
            fprintf(stderr, "dabyl-modemsim: --%s wants %s\n", row->name, row->value);
            return false;
        }
        const char *value = equal ? equal + 1 : row->type == OPTIONS_PLAIN ? words[i] : words[++i];
        if (!value_set(row, value))
            return false;
    }
    return true;
}

void options_print(struct out *out, const struct options_row *rows)
{
    for (; rows->name; rows++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s%s%s", rows->type == OPTIONS_PLAIN ? "" : "--", rows->name,
            rows->value ? " " : "", rows->value ? rows->value : "");
        out_print(out, "  %-24s %s\n", name, rows->help);
    }
}
