#include "tests/fakes/modemsim_fault.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAULT_SPEC_SIZE 256

enum argument { NONE, SECONDS, BYTES, STATUS, CODE, SECONDS_CODE, NUMBER, NUMBER_CODE, LINE };

/* brackets where there is a default */
static const char *const argument_names[] = {"", "[=SECONDS]", "[=BYTES]", "[=STATUS]", "[=CODE]",
    "[=SECONDS[,CODE]]", "[=NUMBER]", "=NUMBER[,CODE]", "=LINE"};

static const struct kind {
    const char *name;
    enum argument argument;
    bool of_message; /* strikes one message */
    bool at_once;    /* without @N it begins at once */
    double value;    /* when none is given */
    unsigned code;
    const char *help;
} kinds[FAULT_KINDS] = {
    [FAULT_NO_PROMPT] = {"no-prompt", NONE, true, false, 0, 0, "AT+CMGS is not answered"},
    [FAULT_SILENT_AFTER] = {"silent-after", NONE, true, false, 0, 0,
        "no answer after Ctrl-Z, the network did not take it"},
    [FAULT_SILENT_TAKEN] = {"silent-taken", NONE, true, false, 0, 0,
        "no answer after Ctrl-Z, though the network took it"},
    [FAULT_ERROR] = {"error", CODE, true, false, 0, 500, "+CMS ERROR, the network did not take it"},
    [FAULT_ERROR_TAKEN] = {"error-taken", CODE, true, false, 0, 500,
        "+CMS ERROR, though the network took it"},
    [FAULT_GARBAGE] = {"garbage", BYTES, true, false, 64, 0, "random bytes before +CMGS"},
    [FAULT_LATE_PROMPT] = {"late-prompt", SECONDS, true, false, 0.5, 0,
        "unsolicited lines before a late prompt, and before the answer"},
    [FAULT_SLOW] = {"slow", SECONDS, true, false, 10, 0, "the answer comes later by so much"},
    [FAULT_LONG_CDS] = {"long-cds", BYTES, true, false, 5000, 0,
        "a +CDS line of so many characters behind the answer"},
    [FAULT_VANISH_TAKEN] = {"vanish-taken", SECONDS, true, false, 10, 0,
        "the network took it, then the tty vanishes instead of an answer"},
    [FAULT_REPORT_NONE] = {"report-none", NONE, true, false, 0, 0, "no delivery report"},
    [FAULT_REPORT_FAILED] = {"report-failed", STATUS, true, false, 0x46, 0,
        "the report says that it failed (TP-ST)"},
    [FAULT_REPORT_TRYING] = {"report-trying", STATUS, true, false, 0x20, 0,
        "a report that is not final, then the final one"},
    [FAULT_REPORT_TWICE] = {"report-twice", NONE, true, false, 0, 0, "the report comes twice"},
    [FAULT_REPORT_WRONG] = {"report-wrong", NUMBER, true, false, 0, 0,
        "the report names another number"},
    [FAULT_REPORT_EARLY] = {"report-early", NONE, true, false, 0, 0,
        "the report comes before +CMGS"},
    [FAULT_VANISH] = {"vanish", SECONDS, true, true, 10, 0,
        "the tty vanishes and comes back as another one; with @N at Ctrl-Z, not taken"},
    [FAULT_HANG] = {"hang", NONE, false, true, 0, 0, "never answers again"},
    [FAULT_STALL] = {"stall", NONE, false, true, 0, 0, "never reads its tty again"},
    [FAULT_MUTE] = {"mute", SECONDS, false, true, 5, 0,
        "never answers again, but sends ^RSSI every so many seconds"},
    [FAULT_RSSI] = {"rssi", SECONDS, false, true, 5, 0, "^RSSI every so many seconds"},
    [FAULT_NO_NETWORK] = {"no-network", SECONDS_CODE, false, true, 60, 331,
        "+CREG 2 and +CMS ERROR for so long"},
    [FAULT_NO_SIM] = {"no-sim", SECONDS, false, true, 60, 0, "the SIM is out for so long"},
    [FAULT_NO_CREDIT] = {"no-credit", CODE, false, true, 0, 50,
        "out of credit: every message is refused, *100# says 0"},
    [FAULT_POISON] = {"poison", NUMBER_CODE, false, true, 0, 28, "one number is always refused"},
    [FAULT_STORE_FULL] = {"store-full", NONE, false, true, 0, 0,
        "the SIM's store is filled with old texts"},
    [FAULT_NUL] = {"nul", NONE, false, true, 0, 0, "NUL bytes before each answer"},
    [FAULT_SPLIT] = {"split", NONE, false, true, 0, 0, "answers come three bytes at a time"},
    [FAULT_URC] = {"urc", LINE, false, true, 0, 0, "any unsolicited line"},
    [FAULT_CLEAR] = {"clear", NONE, false, true, 0, 0, "ends all faults of the modem"},
};

const char *fault_name(enum fault_id id)
{
    return kinds[id].name;
}

bool fault_of_message(enum fault_id id)
{
    return kinds[id].of_message;
}

/* Cuts MARK and the digits behind it off the end; "*" is for ever. False when there is no such end. */
static bool suffix_take(unsigned *number, char *text, char mark, bool star)
{
    char *at = strrchr(text, mark);
    if (!at || !at[1])
        return false;
    if (star && strcmp(at + 1, "*") == 0)
        *number = FAULT_FOR_EVER;
    else if (at[1 + strspn(at + 1, "0123456789")] || strlen(at + 1) > 9)
        return false;
    else
        *number = (unsigned)strtoul(at + 1, NULL, 10);
    *at = 0;
    return true;
}

static bool number_read(double *value, const char *text, char **end)
{
    errno = 0;
    *value = strncmp(text, "0x", 2) == 0 ? (double)strtoul(text, end, 16) : strtod(text, end);
    return *end != text && errno == 0 && *value >= 0 && *value < 1e9;
}

static bool values_read(struct fault *fault, char *value)
{
    enum argument argument = kinds[fault->id].argument;
    bool text = argument == NUMBER || argument == NUMBER_CODE || argument == LINE;
    char *comma = argument == LINE ? NULL : strchr(value, ',');
    double first = 0, second = 0;
    char *end;
    if (comma) {
        *comma = 0;
        if ((argument != SECONDS_CODE && argument != NUMBER_CODE) ||
            !number_read(&second, comma + 1, &end) || *end)
            return false;
        fault->code = (unsigned)second;
    }
    if (text) {
        int length = snprintf(fault->text, sizeof fault->text, "%s", value);
        return length > 0 && (size_t)length < sizeof fault->text;
    }
    if (argument == NONE || !number_read(&first, value, &end) || *end)
        return false;
    if (argument == CODE)
        fault->code = (unsigned)first;
    else
        fault->value = first;
    return true;
}

static bool kind_find(struct fault *fault, const char *name)
{
    for (unsigned id = 0; id < FAULT_KINDS; id++) {
        if (strcmp(kinds[id].name, name) == 0) {
            *fault = (struct fault){.id = (enum fault_id)id,
                .value = kinds[id].value,
                .code = kinds[id].code,
                .left = 1};
            return true;
        }
    }
    return false;
}

bool fault_parse(struct fault *fault, char *error, size_t error_size, const char *spec)
{
    char text[FAULT_SPEC_SIZE];
    unsigned left = 1, first = 0;
    if ((size_t)snprintf(text, sizeof text, "%s", spec) >= sizeof text) {
        snprintf(error, error_size, "a fault of more than %d characters", FAULT_SPEC_SIZE - 1);
        return false;
    }
    bool times = suffix_take(&left, text, 'x', true);
    bool at = suffix_take(&first, text, '@', false);
    char *equal = strchr(text, '=');
    if (equal)
        *equal++ = 0;
    if (!kind_find(fault, text)) {
        snprintf(error, error_size, "no fault is called \"%s\"; `dabyl-modemsim faults` lists them",
            text);
        return false;
    }
    if (equal && !values_read(fault, equal)) {
        snprintf(error, error_size, "\"%s\": write %s%s[@N][xK]", spec, text,
            argument_names[kinds[fault->id].argument]);
        return false;
    }
    if ((times && !left) || (at && !first) ||
        (!fault->text[0] && (fault->id == FAULT_POISON || fault->id == FAULT_URC))) {
        snprintf(error, error_size, "\"%s\": %s", spec,
            (times && !left) || (at && !first) ? "@N and xK count from 1" : "its value is missing");
        return false;
    }
    fault->first = first;
    fault->left = fault->id == FAULT_POISON && !times ? FAULT_FOR_EVER : left;
    return true;
}

bool fault_add(struct fault_set *set, const struct fault *fault)
{
    if (set->count == FAULT_LIST_MAX)
        return false;
    struct fault *mine = &set->list[set->count++];
    *mine = *fault;
    if (mine->first)
        mine->first += set->attempts;
    else if (!kinds[mine->id].at_once)
        mine->first = set->attempts + 1;
    return true;
}

static void list_remove(struct fault_set *set, size_t at)
{
    set->count--;
    memmove(set->list + at, set->list + at + 1, (set->count - at) * sizeof *set->list);
}

static void times_lower(struct fault *fault)
{
    if (fault->left != FAULT_FOR_EVER)
        fault->left--;
}

void fault_arm(struct fault_set *set)
{
    set->attempts++;
    memset(set->on, 0, sizeof set->on);
    for (size_t i = 0; i < set->count;) {
        struct fault *fault = &set->list[i];
        if (kinds[fault->id].of_message && fault->first && fault->first <= set->attempts) {
            set->on[fault->id] = true;
            set->now[fault->id] = *fault;
            times_lower(fault);
        }
        if (fault->left)
            i++;
        else
            list_remove(set, i);
    }
}

bool fault_due(struct fault *fault, struct fault_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        bool waits = set->list[i].first > set->attempts;
        bool stays = kinds[set->list[i].id].of_message && set->list[i].first;
        if (waits || stays || set->list[i].id == FAULT_POISON)
            continue;
        *fault = set->list[i];
        list_remove(set, i);
        return true;
    }
    return false;
}

const struct fault *fault_on(const struct fault_set *set, enum fault_id id)
{
    return set->on[id] ? &set->now[id] : NULL;
}

const struct fault *fault_poison(const struct fault_set *set, const char *number)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct fault *fault = &set->list[i];
        if (fault->id == FAULT_POISON && fault->first <= set->attempts &&
            strcmp(fault->text, number) == 0)
            return fault;
    }
    return NULL;
}

void fault_clear(struct fault_set *set)
{
    set->count = 0;
    memset(set->on, 0, sizeof set->on);
}

void fault_print_help(struct out *out)
{
    for (int message = 1; message >= 0; message--) {
        out_text(out, message ? "of one message (without @N the next one):\n"
                              : "of the modem (without @N at once):\n");
        for (unsigned id = 0; id < FAULT_KINDS; id++) {
            const struct kind *kind = &kinds[id];
            char name[48];
            snprintf(name, sizeof name, "%s%s", kind->name, argument_names[kind->argument]);
            if (kind->of_message == (bool)message)
                out_print(out, "  %-26s %s\n", name, kind->help);
        }
    }
}
