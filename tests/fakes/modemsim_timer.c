#include "tests/fakes/modemsim_timer.h"

#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_out.h"

#include <stdlib.h>
#include <string.h>

#define TIMER_FIRST_SIZE 64
#define TIMER_WAIT_MAX_MS 3600000

static bool timer_before(const struct timer *a, const struct timer *b)
{
    return a->due_us != b->due_us ? a->due_us < b->due_us : a->order < b->order;
}

static void heap_grow(struct timers *t)
{
    if (t->count < t->size)
        return;
    size_t size = t->size ? t->size * 2 : TIMER_FIRST_SIZE;
    struct timer *heap = out_of_heap(size * sizeof *heap);
    if (t->count)
        memcpy(heap, t->heap, t->count * sizeof *heap);
    free(t->heap);
    t->heap = heap;
    t->size = size;
}

void timer_add(struct timers *timers, int64_t delay_us, struct timer timer)
{
    heap_grow(timers);
    timer.due_us = clock_us() + delay_us;
    timer.order = timers->next_order++;
    timer.value = timer.only_while ? *timer.only_while : 0;
    size_t at = timers->count++;
    while (at > 0 && timer_before(&timer, &timers->heap[(at - 1) / 2])) {
        timers->heap[at] = timers->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    timers->heap[at] = timer;
}

static struct timer heap_take(struct timers *t)
{
    struct timer first = t->heap[0], last = t->heap[--t->count];
    size_t at = 0;
    for (size_t child = 1; child < t->count; child = at * 2 + 1) {
        if (child + 1 < t->count && timer_before(&t->heap[child + 1], &t->heap[child]))
            child++;
        if (timer_before(&last, &t->heap[child]))
            break;
        t->heap[at] = t->heap[child];
        at = child;
    }
    t->heap[at] = last;
    return first;
}

void timer_run_due(struct timers *timers, int64_t now_us)
{
    while (timers->count && timers->heap[0].due_us <= now_us) {
        struct timer timer = heap_take(timers);
        if (!timer.only_while || *timer.only_while == timer.value)
            timer.run(timer.modem, timer.data);
        free(timer.data);
    }
}

int timer_wait_ms(const struct timers *timers, int64_t now_us)
{
    if (!timers->count)
        return -1;
    int64_t wait_ms = (timers->heap[0].due_us - now_us + 999) / 1000;
    if (wait_ms < 0)
        return 0;
    return wait_ms < TIMER_WAIT_MAX_MS ? (int)wait_ms : TIMER_WAIT_MAX_MS;
}

void timer_wipe(struct timers *timers)
{
    for (size_t i = 0; i < timers->count; i++)
        free(timers->heap[i].data);
    free(timers->heap);
    *timers = (struct timers){0};
}
