#include "audio/script_sign.h"

#include "audio/schedule.h"
#include "gateway/base/clock.h"
#include "gateway/bulletin/phrases.h"

#include <stdio.h>
#include <string.h>

#define HOUR_MIN 60
#define TEXT_SIZE 768
#define WORD_SIZE 64
#define CALL_SIZE 16

/* Local minutes of an hour, or of a day. */
struct list {
    size_t count;
    unsigned minutes[SCHEDULE_MINUTES];
};

static bool is_set(const struct schedule *schedule, unsigned minute)
{
    return (schedule->minutes[minute / 8] >> minute % 8 & 1) != 0;
}

/* Minutes at which a broadcast begins in each hour, and the other times of the day. */
static void sort_out(struct list *hourly, struct list *daily, const struct schedule *schedule)
{
    hourly->count = daily->count = 0;
    for (unsigned minute = 0; minute < SCHEDULE_MINUTES; minute++) {
        unsigned hours = 0;

        for (unsigned at = minute % HOUR_MIN; at < SCHEDULE_MINUTES; at += HOUR_MIN)
            hours += is_set(schedule, at);
        if (minute < HOUR_MIN && hours == SCHEDULE_HOURS)
            hourly->minutes[hourly->count++] = minute;
        else if (hours != SCHEDULE_HOURS && is_set(schedule, minute))
            daily->minutes[daily->count++] = minute;
    }
}

/* Every so many minutes, from the full hour on; 0: at other moments. */
static unsigned find_step(const struct list *hourly)
{
    unsigned step = hourly->count > 2 ? HOUR_MIN / (unsigned)hourly->count : 0;

    for (size_t i = 0; i < hourly->count; i++)
        if (hourly->minutes[i] != i * step)
            return 0;
    return step;
}

/* Between two of a list. */
static const char *join(size_t i, size_t count, enum bulletin_language language)
{
    static const char *const last[BULLETIN_LANGUAGE_COUNT] = {" және ", " и ", " and "};

    return i == 0 ? "" : i + 1 < count ? ", " : last[language];
}

static enum err add(char text[TEXT_SIZE], const char *before, enum phrase phrase,
    enum bulletin_language language, const char *value)
{
    size_t used = strlen(text);
    const char *const values[] = {"t", value, "n", value, "c", value, NULL};
    int size = snprintf(text + used, TEXT_SIZE - used, "%s", before);

    if (size < 0 || (size_t)size >= TEXT_SIZE - used)
        return ERR_LONG;
    used += (size_t)size;
    return phrases_fill(text + used, TEXT_SIZE - used, phrases_get(phrase, language), values);
}

/* "every hour, at the full hour and at half past" */
static enum err add_hourly(
    char text[TEXT_SIZE], const struct list *hourly, enum bulletin_language language)
{
    unsigned step = find_step(hourly);
    char word[WORD_SIZE];
    enum err err;

    (void)snprintf(word, sizeof(word), "%u", step);
    if (step > 0)
        return add(text, "", PHRASE_SIGN_EVERY, language, word);
    err = add(text, "", PHRASE_SIGN_HOURLY, language, "");
    for (size_t i = 0; i < hourly->count && !err; i++) {
        (void)snprintf(word, sizeof(word), "%u", hourly->minutes[i]);
        err = add(text, i == 0 ? " " : join(i, hourly->count, language),
            hourly->minutes[i] == 0 ? PHRASE_SIGN_FULL : PHRASE_SIGN_MINUTES, language, word);
    }
    return err;
}

/* "each day at 07:15 and 19:15" */
static enum err add_daily(
    char text[TEXT_SIZE], const struct list *daily, enum bulletin_language language)
{
    char words[SCRIPT_SIGN_TIMES_MAX * WORD_SIZE] = "";
    size_t used = 0;

    for (size_t i = 0; i < daily->count; i++)
        used += (size_t)snprintf(words + used, sizeof(words) - used, "%s%02u:%02u",
            join(i, daily->count, language), daily->minutes[i] / HOUR_MIN,
            daily->minutes[i] % HOUR_MIN);
    return add(text, "", PHRASE_SIGN_DAILY, language, words);
}

static enum err put_times(char text[TEXT_SIZE], const struct script_sign *sign)
{
    struct schedule schedule = {{0}, {0}};
    struct list hourly, daily;
    char times[TEXT_SIZE] = "";
    enum err err = ERR_OK;

    if (schedule_parse_times(&schedule, sign->times))
        return ERR_OK;
    sort_out(&hourly, &daily, &schedule);
    if (hourly.count + daily.count == 0 || daily.count > SCRIPT_SIGN_TIMES_MAX ||
        (hourly.count > SCRIPT_SIGN_TIMES_MAX && find_step(&hourly) == 0))
        return ERR_OK;
    if (hourly.count > 0)
        err = add_hourly(times, &hourly, sign->language);
    if (!err && hourly.count > 0 && daily.count > 0)
        err = add(times, "", PHRASE_SIGN_AND, sign->language, "");
    if (!err && daily.count > 0)
        err = add_daily(times, &daily, sign->language);
    return err ? err : add(text, text[0] ? " " : "", PHRASE_SIGN_TIMES, sign->language, times);
}

/* The station's own, without what tells its transmitters apart. */
static enum err put_call(char text[TEXT_SIZE], const struct script_sign *sign)
{
    char call[CALL_SIZE], spelled[TEXT_SIZE / 2];
    enum err err;

    (void)snprintf(call, sizeof(call), "%.*s", (int)strcspn(sign->call, "-"), sign->call);
    err = normal_spell_call(spelled, sizeof(spelled), call, sign->language);
    return err ? err : add(text, "", PHRASE_SIGN_CALL, sign->language, spelled);
}

enum err script_sign_write(char *words, size_t size, const struct script_sign *sign)
{
    char text[TEXT_SIZE] = "";
    enum err err = ERR_OK;

    if (sign->call && sign->call[0] != '\0')
        err = put_call(text, sign);
    if (!err && sign->times && sign->times[0] != '\0')
        err = put_times(text, sign);
    if (!err && text[0] == '\0')
        err = ERR_MISSING;
    return err ? err : normal_text(words, size, text, sign->language);
}
