#include "modems/smpp_pace.h"

#define TOKEN 1000      /* one text */
#define BURSTS_PER_S 20 /* a second's texts come in at least so many bursts */
#define MS_PER_S 1000

void smpp_pace_init(struct smpp_pace *pace, unsigned per_second, unsigned window)
{
    *pace = (struct smpp_pace){.per_second = per_second, .window = window, .allowed = window};
}

static int64_t most_tokens(const struct smpp_pace *pace)
{
    int64_t most = (int64_t)pace->per_second * TOKEN / BURSTS_PER_S;
    return most > TOKEN ? most : TOKEN;
}

static void fill(struct smpp_pace *pace, int64_t now_ms)
{
    int64_t passed_ms = now_ms - pace->filled_ms;
    if (passed_ms > MS_PER_S)
        passed_ms = MS_PER_S;
    pace->filled_ms = now_ms;
    pace->tokens += passed_ms * pace->per_second * TOKEN / MS_PER_S;
    if (pace->tokens > most_tokens(pace))
        pace->tokens = most_tokens(pace);
}

bool smpp_pace_take(struct smpp_pace *pace, unsigned open, int64_t now_ms)
{
    if (open >= pace->allowed || now_ms < pace->until_ms)
        return false;
    if (pace->per_second == 0)
        return true;
    fill(pace, now_ms);
    if (pace->tokens < TOKEN)
        return false;
    pace->tokens -= TOKEN;
    return true;
}

int64_t smpp_pace_wait_ms(const struct smpp_pace *pace, int64_t now_ms)
{
    if (now_ms < pace->until_ms)
        return pace->until_ms - now_ms;
    if (pace->per_second == 0 || pace->tokens >= TOKEN)
        return 0;
    int64_t each_ms = MS_PER_S / (int64_t)pace->per_second;
    return each_ms > 0 ? each_ms : 1;
}

void smpp_pace_good(struct smpp_pace *pace)
{
    if (pace->allowed == pace->window) {
        pace->pause_ms = 0;
        return;
    }
    if (++pace->good < pace->allowed)
        return;
    pace->good = 0;
    pace->allowed++;
}

void smpp_pace_throttled(struct smpp_pace *pace, int64_t now_ms)
{
    if (now_ms < pace->until_ms)
        return;
    pace->pause_ms = pace->pause_ms == 0 ? SMPP_PACE_PAUSE_MIN_MS : pace->pause_ms * 2;
    if (pace->pause_ms > SMPP_PACE_PAUSE_MAX_MS)
        pace->pause_ms = SMPP_PACE_PAUSE_MAX_MS;
    pace->until_ms = now_ms + pace->pause_ms;
    pace->allowed = pace->allowed > 1 ? pace->allowed / 2 : 1;
    pace->good = 0;
}
