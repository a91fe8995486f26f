#include "audio/schedule.h"

#include "gateway/base/clock.h"

#include <string.h>

#define MINUTE_S 60
#define HOUR_MIN 60
#define DAY_S 86400
#define HZ_DIGITS_MAX 9
#define HOUR_MASK_ALL 0xffffffu

static int64_t local_s(int64_t wall_s)
{
    return wall_s + CLOCK_LOCAL_OFFSET_S;
}

/* Digits up to the first other character. ERR_FORMAT for none or too many. */
static enum err read_number(uint32_t *number, const char **text, unsigned digits_max)
{
    unsigned digits = 0;

    *number = 0;
    while (**text >= '0' && **text <= '9') {
        if (++digits > digits_max)
            return ERR_FORMAT;
        *number = *number * 10 + (uint32_t)(*(*text)++ - '0');
    }
    return digits > 0 ? ERR_OK : ERR_FORMAT;
}

/* The next word; its size, 0 at the end. */
static size_t next_word(const char **text)
{
    *text += strspn(*text, " ,");
    return strcspn(*text, " ,");
}

static enum err read_time(struct schedule *schedule, const char *word, size_t size)
{
    const char *at = word;
    uint32_t first = 0, last = SCHEDULE_HOURS - 1, minute;

    if (*at != ':') {
        if (read_number(&first, &at, 2))
            return ERR_FORMAT;
        last = first;
    }
    if (*at++ != ':' || read_number(&minute, &at, 2) || (size_t)(at - word) != size)
        return ERR_FORMAT;
    if (last >= SCHEDULE_HOURS || minute >= HOUR_MIN)
        return ERR_VALUE;
    for (uint32_t hour = first; hour <= last; hour++) {
        uint32_t bit = hour * HOUR_MIN + minute;

        schedule->minutes[bit / 8] |= (uint8_t)(1u << bit % 8);
    }
    return ERR_OK;
}

enum err schedule_parse_times(struct schedule *schedule, const char *text)
{
    enum err err = ERR_OK;

    memset(schedule->minutes, 0, sizeof(schedule->minutes));
    for (size_t size = next_word(&text); size > 0 && !err; size = next_word(&text)) {
        err = read_time(schedule, text, size);
        text += size;
    }
    return err;
}

/* From the hour `first` until before `end`, over midnight where that is the smaller one. */
static enum err set_band(
    struct schedule *schedule, uint32_t *seen, uint32_t first, uint32_t end, uint32_t hz)
{
    uint32_t count =
        first == end ? SCHEDULE_HOURS : (end + SCHEDULE_HOURS - first) % SCHEDULE_HOURS;

    if (first >= SCHEDULE_HOURS || end > SCHEDULE_HOURS || hz == 0 || hz > SCHEDULE_HZ_MAX)
        return ERR_VALUE;
    if (count == 0) /* "00-24" */
        count = SCHEDULE_HOURS;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t hour = (first + i) % SCHEDULE_HOURS;

        if (*seen & 1u << hour)
            return ERR_VALUE;
        *seen |= 1u << hour;
        schedule->hz[hour] = hz;
    }
    return ERR_OK;
}

static enum err read_band(struct schedule *schedule, uint32_t *seen, const char *word, size_t size)
{
    const char *at = word;
    uint32_t first = 0, end = 0, hz;

    if (memchr(word, '=', size)) {
        if (read_number(&first, &at, 2) || *at++ != '-' || read_number(&end, &at, 2) ||
            *at++ != '=')
            return ERR_FORMAT;
    }
    if (read_number(&hz, &at, HZ_DIGITS_MAX) || (size_t)(at - word) != size)
        return ERR_FORMAT;
    return set_band(schedule, seen, first, end, hz);
}

enum err schedule_parse_bands(struct schedule *schedule, const char *text)
{
    uint32_t seen = 0;
    enum err err = ERR_OK;

    memset(schedule->hz, 0, sizeof(schedule->hz));
    for (size_t size = next_word(&text); size > 0 && !err; size = next_word(&text)) {
        err = read_band(schedule, &seen, text, size);
        text += size;
    }
    if (err)
        return err;
    return seen == 0 || seen == HOUR_MASK_ALL ? ERR_OK : ERR_VALUE;
}

int64_t schedule_next(const struct schedule *schedule, int64_t now_s)
{
    int64_t minute = local_s(now_s) / MINUTE_S;

    for (int64_t i = 1; i <= SCHEDULE_MINUTES; i++) {
        uint32_t bit = (uint32_t)((minute + i) % SCHEDULE_MINUTES);

        if (schedule->minutes[bit / 8] & 1u << bit % 8)
            return (minute + i) * MINUTE_S - CLOCK_LOCAL_OFFSET_S;
    }
    return SCHEDULE_NEVER;
}

uint32_t schedule_hz(const struct schedule *schedule, int64_t at_s)
{
    return schedule->hz[local_s(at_s) % DAY_S / (HOUR_MIN * MINUTE_S)];
}

static bool is_urgent(const struct bulletin *bulletin)
{
    return bulletin->kind == BULLETIN_RETRACT || bulletin->kind == BULLETIN_ALL_CLEAR ||
           (bulletin->kind != BULLETIN_DRILL && bulletin->severity >= BULLETIN_SEVERE);
}

struct schedule_item schedule_make(
    const struct schedule *schedule, const struct bulletin *bulletin, int64_t now_s)
{
    bool urgent = is_urgent(bulletin);

    return (struct schedule_item){.number = bulletin->number,
        .retraction = bulletin->kind == BULLETIN_RETRACT,
        .urgent = urgent,
        .severity = (uint8_t)bulletin->severity,
        .expires_s = bulletin->sent_s + (int64_t)bulletin->lifetime_min * MINUTE_S,
        .due_s = urgent ? now_s : schedule_next(schedule, now_s)};
}

int schedule_find(const struct schedule_queue *queue, uint32_t number, bool retraction)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].number == number && queue->items[i].retraction == retraction)
            return (int)i;
    return SCHEDULE_NONE;
}

uint32_t schedule_key(const struct schedule_item *item)
{
    return item->number << 1 | (item->retraction ? 1u : 0u);
}

bool schedule_is_before(const struct schedule_item *a, const struct schedule_item *b)
{
    if (a->retraction != b->retraction)
        return a->retraction;
    if (a->severity != b->severity)
        return a->severity > b->severity;
    return a->due_s != b->due_s ? a->due_s < b->due_s : a->number > b->number;
}

static size_t find_least(const struct schedule_queue *queue)
{
    size_t least = 0;

    for (size_t i = 1; i < queue->count; i++) {
        const struct schedule_item *a = &queue->items[i], *b = &queue->items[least];

        if (a->severity != b->severity ? a->severity < b->severity : a->number < b->number)
            least = i;
    }
    return least;
}

void schedule_add(
    struct schedule_queue *queue, struct schedule_item *gone, const struct schedule_item *item)
{
    int same = schedule_find(queue, item->number, item->retraction);

    *gone = (struct schedule_item){0};
    if (same != SCHEDULE_NONE) {
        queue->items[same] = *item;
        return;
    }
    if (queue->count == SCHEDULE_LIVE_MAX) {
        size_t least = find_least(queue);

        *gone = queue->items[least];
        schedule_remove(queue, least);
    }
    queue->items[queue->count++] = *item;
}

void schedule_remove(struct schedule_queue *queue, size_t index)
{
    queue->count--;
    memmove(&queue->items[index], &queue->items[index + 1],
        (queue->count - index) * sizeof(queue->items[0]));
}

int schedule_find_expired(const struct schedule_queue *queue, int64_t now_s)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].expires_s <= now_s)
            return (int)i;
    return SCHEDULE_NONE;
}

int schedule_find_due(const struct schedule_queue *queue, int64_t now_s)
{
    int best = SCHEDULE_NONE;

    for (size_t i = 0; i < queue->count; i++) {
        const struct schedule_item *item = &queue->items[i];

        if (!item->held && item->due_s <= now_s &&
            (best == SCHEDULE_NONE || schedule_is_before(item, &queue->items[best])))
            best = (int)i;
    }
    return best;
}

int64_t schedule_soonest(const struct schedule_queue *queue)
{
    int64_t soonest_s = SCHEDULE_NEVER;

    for (size_t i = 0; i < queue->count; i++)
        if (!queue->items[i].held && queue->items[i].due_s < soonest_s)
            soonest_s = queue->items[i].due_s;
    return soonest_s;
}

void schedule_aired(
    const struct schedule *schedule, struct schedule_item *item, int64_t begun_s, int64_t now_s)
{
    static const unsigned repeats_s[] = {SCHEDULE_SECOND_S, SCHEDULE_THIRD_S};

    if (item->first_s == 0)
        item->first_s = begun_s;
    if (item->turns < UINT8_MAX)
        item->turns++;
    if (item->urgent && item->turns <= sizeof(repeats_s) / sizeof(repeats_s[0]))
        item->due_s = item->first_s + repeats_s[item->turns - 1];
    else
        item->due_s = schedule_next(schedule, now_s);
}

void schedule_postpone(struct schedule_item *item, int64_t now_s, unsigned wait_s)
{
    item->due_s = now_s + wait_s;
}
