/* timer: what is to happen later, in the order of time (a binary heap). */
#ifndef TESTS_FAKES_MODEMSIM_TIMER_H
#define TESTS_FAKES_MODEMSIM_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct modem;

struct timer {
    struct modem *modem;
    void (*run)(struct modem *modem, void *data);
    void *data;                 /* heap or NULL; freed after run, or unrun */
    const uint32_t *only_while; /* runs only while this counter keeps its value; NULL: always */
    uint32_t value;             /* set by timer_add */
    int64_t due_us;             /* set by timer_add */
    uint64_t order;             /* set by timer_add: what is due at the same time keeps its order */
};

struct timers {
    struct timer *heap; /* owned */
    size_t count, size;
    uint64_t next_order;
};

/* Takes data. */
void timer_add(struct timers *timers, int64_t delay_us, struct timer timer);
/* Runs what is due at now_us. */
void timer_run_due(struct timers *timers, int64_t now_us);
/* Milliseconds for poll until the next is due, rounded up; -1 when there is none. */
int timer_wait_ms(const struct timers *timers, int64_t now_us);
void timer_wipe(struct timers *timers);

#endif
