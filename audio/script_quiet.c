#include "audio/script_quiet.h"

#include "audio/script.h"
#include "gateway/base/clock.h"
#include "gateway/bulletin/phrases.h"

#include <stdio.h>
#include <string.h>

#define TEXT_SIZE 1024
#define NUMBER_SIZE 12

/* One more sentence behind what is there. */
static enum err add(char text[TEXT_SIZE], const struct script_quiet *script, enum phrase phrase,
    const char *const *values)
{
    size_t used = strlen(text);
    enum err err;

    if (used > 0)
        text[used++] = ' ';
    err =
        phrases_fill(text + used, TEXT_SIZE - used, phrases_get(phrase, script->language), values);
    return err;
}

enum err script_quiet_write(char *words, size_t size, const struct script_quiet *script)
{
    char text[TEXT_SIZE] = "", time[CLOCK_HHMM_SIZE], next[CLOCK_HHMM_SIZE], number[NUMBER_SIZE];
    char sender[SCRIPT_SENDER_MAX];
    enum err err;

    script_print_sender(sender, script->sender);
    clock_print_hhmm(time, script->time_s);
    clock_print_hhmm(next, script->next_s);
    (void)snprintf(number, sizeof(number), "%u", (unsigned)script->number);
    err = add(text, script, PHRASE_QUIET, (const char *const[]){"s", sender, "t", time, NULL});
    if (!err && script->number > 0)
        err = add(text, script, PHRASE_QUIET_NEWEST, (const char *const[]){"n", number, NULL});
    if (!err && script->next_s > 0)
        err = add(text, script, PHRASE_QUIET_NEXT, (const char *const[]){"t", next, NULL});
    return err ? err : normal_text(words, size, text, script->language);
}
