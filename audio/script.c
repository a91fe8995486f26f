#include "audio/script.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/phrases.h"

#include <stdio.h>
#include <string.h>

#define PHRASE_SIZE 512
#define WHEN_SIZE 64
#define NUMBER_SIZE 12

/* Names of months as they stand after a day. */
static const char *const months[BULLETIN_LANGUAGE_COUNT][12] = {
    [BULLETIN_KK] = {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз",
        "қыркүйек", "қазан", "қараша", "желтоқсан"},
    [BULLETIN_RU] = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
        "сентября", "октября", "ноября", "декабря"},
    [BULLETIN_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December"}};

/* A text that grows; the first piece too many makes it too long. */
struct draft {
    char *text;
    size_t size;
    size_t used;
    enum err err;
};

static void put(struct draft *draft, const char *text)
{
    int size;

    if (draft->err)
        return;
    size = snprintf(draft->text + draft->used, draft->size - draft->used, "%s", text);
    if (size < 0 || (size_t)size >= draft->size - draft->used) {
        draft->err = ERR_LONG;
        return;
    }
    draft->used += (size_t)size;
}

/* A sentence, closed by a full stop if it has no mark of its own. */
static void put_sentence(struct draft *draft, const char *text)
{
    size_t size = strlen(text);

    if (size == 0)
        return;
    put(draft, text);
    put(draft, strchr(".!?", text[size - 1]) ? " " : ". ");
}

static void put_phrase(
    struct draft *draft, const struct script *script, enum phrase phrase, const char *const *values)
{
    char text[PHRASE_SIZE];
    enum err err = phrases_fill(text, sizeof(text), phrases_get(phrase, script->language), values);

    if (err && !draft->err)
        draft->err = err;
    if (!err)
        put_sentence(draft, text);
}

/* "18:00"; with the day where it is not the day of sending: a listener may hear it after midnight. */
static void print_when(char when[WHEN_SIZE], int64_t time_s, const struct script *script)
{
    char hhmm[CLOCK_HHMM_SIZE];
    unsigned day, month, sent_day, sent_month;
    const char *name;

    clock_print_hhmm(hhmm, time_s);
    clock_local_day(&day, &month, time_s);
    clock_local_day(&sent_day, &sent_month, script->bulletin->sent_s);
    name = months[script->language][(month - 1) % 12];
    if (day == sent_day)
        (void)snprintf(when, WHEN_SIZE, "%s", hhmm);
    else if (script->language == BULLETIN_KK)
        (void)snprintf(when, WHEN_SIZE, "%u-ші %s %s", day, name, hhmm);
    else if (script->language == BULLETIN_RU)
        (void)snprintf(when, WHEN_SIZE, "%s %u-го %s", hhmm, day, name);
    else
        (void)snprintf(when, WHEN_SIZE, "%s on the %uth of %s", hhmm, day, name);
}

void script_print_sender(char name[SCRIPT_SENDER_MAX], const char *sender)
{
    size_t size;

    (void)snprintf(name, SCRIPT_SENDER_MAX, "%s", sender);
    size = strlen(name);
    if (!strpbrk(name, "AEIOUY"))
        return;
    for (size_t i = 1; i < size; i++) {
        if (name[i] >= 'A' && name[i] <= 'Z' && name[i - 1] != ' ')
            name[i] = (char)(name[i] - 'A' + 'a');
    }
}

static void put_intro(struct draft *draft, const struct script *script)
{
    char number[NUMBER_SIZE], when[WHEN_SIZE], sender[SCRIPT_SENDER_MAX];

    (void)snprintf(number, sizeof(number), "%u", (unsigned)script->bulletin->number);
    print_when(when, script->bulletin->sent_s, script);
    script_print_sender(sender, script->sender);
    put_phrase(draft, script, PHRASE_VOICE_INTRO,
        (const char *const[]){"s", sender, "n", number, "t", when, NULL});
}

/* What a bulletin of this kind says before its own text; PHRASE_COUNT nothing. */
static const enum phrase leads[BULLETIN_KIND_COUNT] = {[BULLETIN_ALERT] = PHRASE_COUNT,
    [BULLETIN_UPDATE] = PHRASE_UPDATE,
    [BULLETIN_RETRACT] = PHRASE_RETRACT,
    [BULLETIN_ALL_CLEAR] = PHRASE_ALL_CLEAR,
    [BULLETIN_DRILL] = PHRASE_DRILL,
    [BULLETIN_ROSTER] = PHRASE_COUNT};

static void put_lead(struct draft *draft, const struct script *script)
{
    char number[NUMBER_SIZE];

    if (leads[script->bulletin->kind] == PHRASE_COUNT)
        return;
    (void)snprintf(number, sizeof(number), "%u", (unsigned)script->bulletin->follows);
    put_phrase(
        draft, script, leads[script->bulletin->kind], (const char *const[]){"n", number, NULL});
}

static void put_drill(struct draft *draft, const struct script *script)
{
    if (script->bulletin->kind == BULLETIN_DRILL)
        put_phrase(draft, script, PHRASE_VOICE_DRILL, (const char *const[]){NULL});
}

static void put_body(struct draft *draft, const struct script *script)
{
    const struct bulletin_text *text = &script->bulletin->text[script->language];
    char when[WHEN_SIZE];

    put_sentence(draft, text->headline);
    put_sentence(draft, text->instruction);
    if (!script->brief)
        put_sentence(draft, text->description);
    print_when(when, bulletin_expires_s(script->bulletin), script);
    put_phrase(draft, script, PHRASE_VOICE_UNTIL, (const char *const[]){"t", when, NULL});
}

/* The code is spelled already: it goes in as words. */
static void put_code(struct draft *draft, const struct script *script)
{
    char spelled[PHRASE_SIZE / 2];
    enum err err = normal_spell(spelled, sizeof(spelled), script->code, script->language);

    if (err && !draft->err)
        draft->err = err;
    if (!err)
        put_phrase(draft, script, PHRASE_VOICE_CODE, (const char *const[]){"c", spelled, NULL});
}

enum err script_write(char *words, size_t size, const struct script *script)
{
    char text[NORMAL_TEXT_MAX];
    struct draft draft = {.text = text, .size = sizeof(text)};

    if (!(script->bulletin->languages & 1u << script->language))
        return ERR_MISSING;
    put_intro(&draft, script);
    put_lead(&draft, script);
    put_drill(&draft, script);
    put_body(&draft, script);
    put_code(&draft, script);
    put_drill(&draft, script);
    return draft.err ? draft.err : normal_text(words, size, text, script->language);
}
