#include "audio/lives.h"

#include "gateway/base/log.h"

#include <string.h>

static struct live *find(struct lives *lives, uint32_t number, bool retraction)
{
    for (size_t i = 0; i < SCHEDULE_LIVE_MAX; i++) {
        struct live *live = &lives->list[i];

        if (live->item.number == number && live->item.retraction == retraction)
            return live;
    }
    return NULL;
}

struct live *lives_find(struct lives *lives, const struct schedule_item *item)
{
    return find(lives, item->number, item->retraction);
}

struct live *lives_find_key(struct lives *lives, uint32_t key)
{
    return find(lives, key >> 1, (key & 1u) != 0);
}

bool lives_has(const struct lives *lives, uint32_t key)
{
    return schedule_find(&lives->queue, key >> 1, (key & 1u) != 0) != SCHEDULE_NONE;
}

static void forget(struct lives *lives, const struct schedule_item *item)
{
    struct live *live = lives_find(lives, item);

    live_remove(item, lives->directory);
    if (live)
        live->item = (struct schedule_item){.number = 0};
}

void lives_drop(struct lives *lives, size_t index)
{
    const struct schedule_item item = lives->queue.items[index];

    schedule_remove(&lives->queue, index);
    forget(lives, &item);
}

/* There is a place as long as the queue has one. */
void lives_put(struct lives *lives, const struct live *live)
{
    struct schedule_item gone;
    struct live *place;

    schedule_add(&lives->queue, &gone, &live->item);
    if (gone.number != 0)
        forget(lives, &gone);
    place = lives_find(lives, &live->item);
    if (!place)
        place = find(lives, 0, false);
    if (!place)
        log_fatal("no_place number=%u", (unsigned)live->item.number);
    *place = *live;
}

void lives_save(struct lives *lives, const struct schedule_item *item)
{
    struct live *live = lives_find(lives, item);
    enum err err;

    if (!live)
        return;
    live->item = *item;
    err = live_save(live, lives->directory);
    if (err)
        log_error("live_not_saved number=%u error=%s", (unsigned)item->number, err_name(err));
}

/* -- sounds */

static const struct live *live_of(const struct lives *lives, const struct schedule_item *item)
{
    for (size_t i = 0; i < SCHEDULE_LIVE_MAX; i++)
        if (schedule_key(&lives->list[i].item) == schedule_key(item))
            return &lives->list[i];
    return NULL;
}

static bool is_wanted(
    const struct lives *lives, const struct schedule_item *item, const struct lives_wish *wish)
{
    const struct live *live = live_of(lives, item);

    if (!live || schedule_key(item) == wish->but_key ||
        live_judge(live, &lives->queue) == LIVE_TRUE)
        return false;
    if (live->failed_ms != 0 && wish->now_ms - live->failed_ms < LIVES_REMAKE_MS)
        return false;
    return item->due_s <= wish->now_s || item->due_s - wish->now_s <= wish->ahead_s;
}

static bool is_wanted_before(
    const struct schedule_item *a, const struct schedule_item *b, int64_t now_s)
{
    if (a->due_s <= now_s && b->due_s <= now_s)
        return schedule_is_before(a, b);
    return a->due_s != b->due_s ? a->due_s < b->due_s : schedule_is_before(a, b);
}

const struct live *lives_find_stale(const struct lives *lives, const struct lives_wish *wish)
{
    const struct schedule_item *best = NULL;

    for (size_t i = 0; i < lives->queue.count; i++) {
        const struct schedule_item *item = &lives->queue.items[i];

        if (is_wanted(lives, item, wish) && (!best || is_wanted_before(item, best, wish->now_s)))
            best = item;
    }
    return best ? live_of(lives, best) : NULL;
}

size_t lives_list_others(
    const struct lives *lives, const struct live *others[SCHEDULE_LIVE_MAX], uint32_t key)
{
    size_t count = 0;

    for (size_t i = 0; i < SCHEDULE_LIVE_MAX; i++) {
        const struct live *live = &lives->list[i];

        if (live->item.number != 0 && schedule_key(&live->item) != key)
            others[count++] = live;
    }
    return count;
}

void lives_remake(struct lives *lives, uint32_t key, const struct live *sound, int64_t now_ms)
{
    struct live *live = lives_find_key(lives, key);
    int index = schedule_find(&lives->queue, key >> 1, (key & 1u) != 0);

    if (!live || index == SCHEDULE_NONE)
        return;
    live->failed_ms = sound ? 0 : now_ms;
    if (!sound)
        return;
    live->seconds = sound->seconds;
    live->made = sound->made;
    memcpy(live->path, sound->path, sizeof(live->path));
    lives_save(lives, &lives->queue.items[index]);
}
