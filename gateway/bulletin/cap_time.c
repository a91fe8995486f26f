#include "gateway/bulletin/cap_time.h"

#include "gateway/base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LENGTH (CAP_TIME_SIZE - 1)
#define SIGN_AT 19
#define FIELD_COUNT 8
#define OFFSET_HOURS_MAX 14

/* Where the numbers stand, with what is most. */
static const struct {
    uint8_t at, digits;
    int least, most;
} fields[FIELD_COUNT] = {
    {0, 4, 1, 9999},
    {5, 2, 1, 12},
    {8, 2, 1, 31},
    {11, 2, 0, 23},
    {14, 2, 0, 59},
    {17, 2, 0, 59},
    {20, 2, 0, OFFSET_HOURS_MAX},
    {23, 2, 0, 59},
};

/* Days from 1970-01-01 to a day of the Gregorian calendar. Years begin with March here, so that leap days end them. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

static bool read_field(int *value, const char *text, size_t row)
{
    *value = 0;
    for (unsigned i = 0; i < fields[row].digits; i++) {
        char digit = text[fields[row].at + i];
        if (digit < '0' || digit > '9')
            return false;
        *value = *value * 10 + (digit - '0');
    }
    return *value >= fields[row].least && *value <= fields[row].most;
}

enum err cap_time_parse(int64_t *wall_s, const char *text)
{
    int value[FIELD_COUNT];
    if (strlen(text) != LENGTH || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[22] != ':' ||
        (text[SIGN_AT] != '+' && text[SIGN_AT] != '-'))
        return ERR_FORMAT;
    for (size_t row = 0; row < FIELD_COUNT; row++)
        if (!read_field(&value[row], text, row))
            return ERR_FORMAT;
    if (value[2] > month_length(value[0], value[1]))
        return ERR_FORMAT;
    int64_t offset_s = ((int64_t)value[6] * 60 + value[7]) * 60;
    int64_t local_s = days_of(value[0], value[1], value[2]) * 86400 + (int64_t)value[3] * 3600 +
                      (int64_t)value[4] * 60 + value[5];
    *wall_s = text[SIGN_AT] == '-' ? local_s + offset_s : local_s - offset_s;
    return ERR_OK;
}

void cap_time_print(char text[CAP_TIME_SIZE], int64_t wall_s)
{
    char utc[CLOCK_UTC_SIZE];
    clock_print_utc(utc, wall_s + CLOCK_LOCAL_OFFSET_S);
    (void)snprintf(text, CAP_TIME_SIZE, "%.19s+%02d:%02d", utc, CLOCK_LOCAL_OFFSET_S / 3600,
        CLOCK_LOCAL_OFFSET_S / 60 % 60);
}
