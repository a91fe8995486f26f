#include "tests/fakes/modemsim_condition.h"

#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_inbound.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RSSI_SHOWN 17
#define STORE_FILLER_FROM "+77000000000"

/* Runs later unless the fault is cleared before. Survives a power cut. Takes data. */
static void trouble_later(
    struct modem *modem, double seconds, void (*run)(struct modem *, void *), void *data)
{
    struct timer timer = {.modem = modem, .run = run, .data = data, .only_while = &modem->trouble};
    timer_add(&modem->sim->timers, clock_us_of(seconds), timer);
}

bool condition_appear(struct modem *modem)
{
    if (pty_show(&modem->tty, modem->sim->notify))
        return true;
    fprintf(stderr, "dabyl-modemsim: %s: %s\n", modem->tty.link,
        errno == EEXIST ? "exists and is not a link; move it away" : strerror(errno));
    return false;
}

static void vanish_end(struct modem *modem, void *data)
{
    const struct pty *fresh = data;
    modem->tty.master = fresh->master;
    modem->tty.slave = fresh->slave;
    memcpy(modem->tty.device, fresh->device, sizeof fresh->device);
    if (!condition_appear(modem))
        return;
    log_event(&modem->sim->log, modem->index, "return", "device", modem->tty.device);
    inbound_retry(modem);
}

void condition_vanish(struct modem *modem, double seconds)
{
    struct pty *fresh = out_of_heap(sizeof *fresh);
    /* taken while the old one still is, so that its number is another */
    if (modem->tty.master < 0 || !pty_open(fresh)) {
        free(fresh);
        return;
    }
    modem_note(modem, "vanish");
    pty_close(&modem->tty, modem->sim->notify);
    modem_reset(modem);
    struct timer timer = {.modem = modem, .run = vanish_end, .data = fresh};
    timer_add(&modem->sim->timers, clock_us_of(seconds), timer);
}

static void rssi_tick(struct modem *modem, void *data)
{
    double *seconds = data;
    char line[32];
    int length = snprintf(line, sizeof line, "\r\n^RSSI: %d\r\n", RSSI_SHOWN);
    if (modem->health == MODEM_MUTE) {
        pty_put(&modem->tty, line, (size_t)length);
        pty_flush(&modem->tty, PTY_QUEUE_BYTES);
    } else {
        modem_put(modem, line);
        modem_flush(modem);
    }
    double *again = out_of_heap(sizeof *again);
    *again = *seconds;
    trouble_later(modem, *seconds, rssi_tick, again);
}

static void rssi_begin(struct modem *modem, double seconds)
{
    double *every = out_of_heap(sizeof *every);
    *every = seconds > 0.001 ? seconds : 0.001;
    trouble_later(modem, *every, rssi_tick, every);
}

static void network_say(struct modem *modem)
{
    if (modem->at.set[AT_SET_CREG])
        modem_urc(modem, "+CREG: %d", modem->has_network ? 1 : 2);
}

static void network_end(struct modem *modem, void *data)
{
    (void)data;
    modem->has_network = true;
    modem_note(modem, "network_back");
    network_say(modem);
    inbound_retry(modem);
}

static void sim_end(struct modem *modem, void *data)
{
    (void)data;
    modem->has_sim = true;
    modem_note(modem, "sim_back");
}

static void store_fill(struct modem *modem)
{
    while (store_used(&modem->store) < modem->store.size)
        inbound_text(modem, STORE_FILLER_FROM, "old text", INBOUND_SILENT);
}

static void clear_all(struct modem *modem)
{
    fault_clear(&modem->faults);
    modem->trouble++;
    modem->health = MODEM_WELL;
    modem->trickle = modem->nul = false;
    modem->credit_code = 0;
    modem->has_sim = true;
    if (!modem->has_network)
        network_end(modem, NULL);
}

static void condition_begin(struct modem *modem, const struct fault *fault)
{
    log_event(&modem->sim->log, modem->index, "fault", "name", fault_name(fault->id));
    switch ((int)fault->id) {
    case FAULT_VANISH:
        condition_vanish(modem, fault->value);
        break;
    case FAULT_HANG:
        modem->health = MODEM_HUNG;
        break;
    case FAULT_STALL:
        modem->health = MODEM_STALLED;
        break;
    case FAULT_MUTE:
        modem->health = MODEM_MUTE;
        rssi_begin(modem, fault->value);
        break;
    case FAULT_RSSI:
        rssi_begin(modem, fault->value);
        break;
    case FAULT_NO_NETWORK:
        modem->has_network = false;
        modem->network_code = fault->code;
        network_say(modem);
        trouble_later(modem, fault->value, network_end, NULL);
        break;
    case FAULT_NO_SIM:
        modem->has_sim = false;
        trouble_later(modem, fault->value, sim_end, NULL);
        break;
    case FAULT_NO_CREDIT:
        modem->credit_code = fault->code;
        break;
    case FAULT_STORE_FULL:
        store_fill(modem);
        break;
    case FAULT_NUL:
        modem->nul = true;
        break;
    case FAULT_SPLIT:
        modem->trickle = true;
        break;
    case FAULT_URC:
        modem_urc(modem, "%s", fault->text);
        break;
    case FAULT_CLEAR:
    default:
        clear_all(modem);
        break;
    }
}

void condition_begin_due(struct modem *modem)
{
    struct fault fault;
    while (fault_due(&fault, &modem->faults))
        condition_begin(modem, &fault);
}

bool condition_add(struct modem *modem, const struct fault *fault)
{
    if (fault->id == FAULT_CLEAR && !fault->first) {
        condition_begin(modem, fault);
        return true;
    }
    if (!fault_add(&modem->faults, fault))
        return false;
    condition_begin_due(modem);
    return true;
}
