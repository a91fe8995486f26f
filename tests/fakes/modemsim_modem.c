#include "tests/fakes/modemsim_modem.h"

#include "tests/fakes/modemsim_clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRICKLE_BYTES 3
#define TRICKLE_S 0.004
#define FIRST_MR_STEP 37 /* modems begin at different references */

/* Luhn's digit over `count` digits, ISO/IEC 7812-1 annex B. */
static char luhn_digit(const char *digits, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(digits[count - 1 - i] - '0') * (i % 2 ? 1 : 2);
        sum += digit / 10 + digit % 10;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

static void identity_make(
    struct modem_identity *id, const struct modem_options *options, unsigned index)
{
    unsigned long long base = strtoull(options->imei_base, NULL, 10);
    snprintf(id->imei, sizeof id->imei - 1, "%014llu", (base + index) % 100000000000000ULL);
    id->imei[14] = luhn_digit(id->imei, 14);
    id->imei[15] = 0;
    snprintf(id->imsi, sizeof id->imsi, "40101%010u", 7000000U + index);
    snprintf(id->iccid, sizeof id->iccid - 1, "899770100000%06u", index);
    id->iccid[18] = luhn_digit(id->iccid, 18);
    id->iccid[19] = 0;
    snprintf(id->number, sizeof id->number, "+7700555%04u", index);
    snprintf(id->smsc, sizeof id->smsc, "+77012001%03u", index % 4);
}

void modem_init(struct modem *modem, struct sim *sim, unsigned index)
{
    *modem = (struct modem){.sim = sim, .index = index, .has_sim = true, .has_network = true};
    modem->tty.master = modem->tty.slave = modem->tty.watch = -1;
    identity_make(&modem->identity, &sim->options, index);
    store_init(&modem->store, sim->options.store_size);
    modem->balance = sim->options.balance;
    modem->next_mr = (uint8_t)(sim->options.seed + index * FIRST_MR_STEP);
    modem->pending_end = &modem->pending;
    modem_reset(modem);
}

void modem_wipe(struct modem *modem)
{
    pty_close(&modem->tty, modem->sim->notify);
    while (modem->pending) {
        struct modem_pending *next = modem->pending->next;
        free(modem->pending);
        modem->pending = next;
    }
    free(modem->tty.queue);
    out_wipe(&modem->out);
    out_wipe(&modem->urcs);
    out_wipe(&modem->message.text);
}

void modem_reset(struct modem *modem)
{
    at_init(&modem->at);
    out_clear(&modem->out);
    out_clear(&modem->urcs);
    modem->pin_given = modem->sim->options.pin == NULL;
    modem->function = 1;
    modem->operator_format = 0;
    modem->life++;
}

void modem_put(struct modem *modem, const char *text)
{
    out_text(&modem->out, text);
}

static void line_add(struct out *out, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

static void line_add(struct out *out, const char *format, va_list list)
{
    char text[FAULT_URC_SIZE * 8];
    vsnprintf(text, sizeof text, format, list);
    out_text(out, "\r\n");
    out_text(out, text);
    out_text(out, "\r\n");
}

void modem_line(struct modem *modem, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    line_add(&modem->out, format, list);
    va_end(list);
}

void modem_urc(struct modem *modem, const char *format, ...)
{
    bool wait = modem->at.mode == AT_ENTRY || modem->at.mode == AT_AWAIT_PROMPT;
    va_list list;
    va_start(list, format);
    line_add(wait ? &modem->urcs : &modem->out, format, list);
    va_end(list);
    if (!wait)
        modem_flush(modem);
}

void modem_release(struct modem *modem)
{
    out_bytes(&modem->out, modem->urcs.data, modem->urcs.length);
    out_clear(&modem->urcs);
}

static void trickle_on(struct modem *modem, void *data)
{
    (void)data;
    modem->trickling = false;
    modem_flush(modem);
}

void modem_flush(struct modem *modem)
{
    static const char nuls[3] = {0};
    bool speaks = modem->health == MODEM_WELL;
    if (speaks && modem->nul && modem->out.length)
        pty_put(&modem->tty, nuls, sizeof nuls);
    if (speaks && modem->out.length)
        pty_put(&modem->tty, modem->out.data, modem->out.length);
    out_clear(&modem->out);
    if (!modem->trickle) {
        pty_flush(&modem->tty, PTY_QUEUE_BYTES);
        return;
    }
    if (modem->trickling)
        return;
    pty_flush(&modem->tty, TRICKLE_BYTES);
    modem->trickling = pty_waiting(&modem->tty);
    if (modem->trickling)
        modem_later(modem, TRICKLE_S, trickle_on, NULL);
}

void modem_note(struct modem *modem, const char *event)
{
    log_event(&modem->sim->log, modem->index, event, NULL, NULL);
}

void modem_later(
    struct modem *modem, double seconds, void (*run)(struct modem *, void *), void *data)
{
    struct timer timer = {.modem = modem, .run = run, .data = data, .only_while = &modem->life};
    timer_add(&modem->sim->timers, clock_us_of(seconds), timer);
}
