#include "gateway/base/clock.h"

#include <time.h>

static int64_t now_ms(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_wall_ms(void)
{
    return now_ms(CLOCK_REALTIME);
}

int64_t clock_wall_s(void)
{
    return now_ms(CLOCK_REALTIME) / 1000;
}

int64_t clock_boot_ms(void)
{
    return now_ms(CLOCK_BOOTTIME);
}

static struct tm broken_down(int64_t wall_s)
{
    time_t seconds = (time_t)wall_s;
    struct tm parts = {0};
    (void)gmtime_r(&seconds, &parts);
    return parts;
}

void clock_print_utc(char text[CLOCK_UTC_SIZE], int64_t wall_s)
{
    struct tm parts = broken_down(wall_s);
    if (strftime(text, CLOCK_UTC_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        text[0] = '\0';
}

void clock_print_ordinal(char text[CLOCK_ORDINAL_SIZE], int64_t wall_s)
{
    struct tm parts = broken_down(wall_s);
    if (strftime(text, CLOCK_ORDINAL_SIZE, "%j%H%M", &parts) == 0)
        text[0] = '\0';
}

void clock_print_hhmm(char text[CLOCK_HHMM_SIZE], int64_t wall_s)
{
    struct tm parts = broken_down(wall_s + CLOCK_LOCAL_OFFSET_S);
    if (strftime(text, CLOCK_HHMM_SIZE, "%H:%M", &parts) == 0)
        text[0] = '\0';
}

void clock_local_day(unsigned *day, unsigned *month, int64_t wall_s)
{
    struct tm parts = broken_down(wall_s + CLOCK_LOCAL_OFFSET_S);
    *day = (unsigned)parts.tm_mday;
    *month = (unsigned)parts.tm_mon + 1;
}
