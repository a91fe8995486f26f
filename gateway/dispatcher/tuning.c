#include "gateway/dispatcher/tuning.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/phrases.h"
#include "modems/segment.h"

#include <stdio.h>
#include <string.h>

#define HZ_PER_KHZ 1000u
#define HZ_PER_MHZ 1000000u
#define MHZ_FROM_HZ (30 * HZ_PER_MHZ) /* as people speak of it: below in kHz, from there in MHz */
#define WORD_SIZE 48
#define NUMBER_SIZE 12
#define MODE_LETTERS_MAX 4

/* "7105.5": whole and fraction, without zeros at its end. */
static void print_decimal(char number[NUMBER_SIZE], uint32_t hz, uint32_t unit, int digits)
{
    size_t used = (size_t)snprintf(
        number, NUMBER_SIZE, "%u.%0*u", (unsigned)(hz / unit), digits, (unsigned)(hz % unit));
    while (number[used - 1] == '0')
        number[--used] = '\0';
    if (number[used - 1] == '.')
        number[used - 1] = '\0';
}

/* "7105 kHz USB"; packets through a data port are on the same band: PKTUSB is USB. */
static void print_frequency(char word[WORD_SIZE], uint32_t hz, const struct tuning *tuning)
{
    static const char *const units[2][2] = {{"кГц", "МГц"}, {"kHz", "MHz"}};
    const char *mode = strncmp(tuning->mode, "PKT", 3) == 0 ? tuning->mode + 3 : tuning->mode;
    bool mega = hz >= MHZ_FROM_HZ, foreign = tuning->latin || tuning->language == BULLETIN_EN;
    bool known = mode[0] != '\0' && strlen(mode) <= MODE_LETTERS_MAX;
    char number[NUMBER_SIZE];
    print_decimal(number, hz, mega ? HZ_PER_MHZ : HZ_PER_KHZ, mega ? 6 : 3);
    (void)snprintf(word, WORD_SIZE, "%s %s%s%s", number, units[foreign][mega], known ? " " : "",
        known ? mode : "");
}

/* "18:00", with the day where it is another one. */
static void print_when(char when[WORD_SIZE], int64_t at_s, int64_t now_s)
{
    char hhmm[CLOCK_HHMM_SIZE];
    unsigned day, month, today, this_month;
    clock_print_hhmm(hhmm, at_s);
    clock_local_day(&day, &month, at_s);
    clock_local_day(&today, &this_month, now_s);
    if (day == today && month == this_month)
        (void)snprintf(when, WORD_SIZE, "%s", hhmm);
    else
        (void)snprintf(when, WORD_SIZE, "%02u.%02u %s", day, month, hhmm);
}

static void put(char text[TUNING_TEXT_SIZE], enum phrase phrase, const struct tuning *tuning,
    const char *const *values)
{
    size_t used = strlen(text);
    if (used > 0)
        text[used++] = ' ';
    if (phrases_fill(text + used, TUNING_TEXT_SIZE - used, phrases_get(phrase, tuning->language),
            values) != ERR_OK)
        text[used > 0 ? used - 1 : 0] = '\0';
}

static void put_now(char text[TUNING_TEXT_SIZE], const struct tuning *tuning)
{
    char number[NUMBER_SIZE], where[WORD_SIZE];
    const char *const values[] = {"n", number, "w", where, NULL};
    (void)snprintf(number, sizeof number, "%u", (unsigned)tuning->on_air->number);
    print_frequency(where, tuning->on_air->hz, tuning);
    put(text, tuning->on_air->hz != 0 ? PHRASE_RADIO_NOW : PHRASE_RADIO_NOW_ANY, tuning, values);
}

/* where: also on which frequency; the same is not said twice. */
static void put_next(char text[TUNING_TEXT_SIZE], const struct tuning *tuning, bool where)
{
    char when[WORD_SIZE], frequency[WORD_SIZE];
    const char *const values[] = {"t", when, "w", frequency, NULL};
    print_when(when, tuning->on_air->next_s, tuning->now_s);
    print_frequency(frequency, tuning->on_air->next_hz, tuning);
    put(text, where ? PHRASE_RADIO_NEXT : PHRASE_RADIO_NEXT_ANY, tuning, values);
}

static bool is_one_part(const char *text)
{
    struct segment_size size;
    segment_measure(&size, text);
    return size.parts == 1;
}

enum err tuning_print(char text[TUNING_TEXT_SIZE], const struct tuning *tuning)
{
    const struct message_on_air *on_air = tuning->on_air;
    bool sends = on_air->state == MESSAGE_ON_AIR_KEYED && on_air->number != 0;
    bool will = on_air->state != MESSAGE_ON_AIR_NONE && on_air->next_s > tuning->now_s;
    bool known = on_air->next_hz != 0 && !(sends && on_air->hz == on_air->next_hz);
    char now[TUNING_TEXT_SIZE];
    text[0] = '\0';
    if (!sends && !will)
        return ERR_MISSING;
    if (sends)
        put_now(text, tuning);
    memcpy(now, text, sizeof now);
    if (will)
        put_next(text, tuning, known);
    if (sends ? on_air->hz == 0 : on_air->next_hz == 0)
        put(text, PHRASE_RADIO_ASK, tuning, (const char *const[]){NULL});
    if (sends && !is_one_part(text))
        memcpy(text, now, sizeof now);
    return ERR_OK;
}
